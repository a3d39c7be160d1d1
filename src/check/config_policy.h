// The values that rules compare with, by name.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "rules/rule.h"

namespace halint {

// A member of `Policy` of one of the types that there are.
using PolicyMemberPointer =
    std::variant<std::int64_t Policy::*, double Policy::*, std::string Policy::*, std::vector<std::int64_t> Policy::*>;

struct PolicyEntry {
  std::string_view name;  // As rules read it.
  PolicyMemberPointer member;
  std::vector<std::string_view> words;  // Of a text: what it may be. Empty: anything.
};

std::span<const PolicyEntry> policy_entries();

}  // namespace halint
