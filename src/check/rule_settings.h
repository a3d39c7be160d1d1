// What a configuration says of single rules: another severity, off, not to be silenced.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "check/config.h"
#include "rules/rule.h"

namespace halint {

// All that the settings say of one rule. A slug beats a glob; of equals, the later one wins.
struct RuleVerdict {
  std::optional<Severity> severity;
  bool is_off = false;
  bool is_ignorable = true;
};
RuleVerdict settings_of(std::span<const RuleSetting> settings, std::string_view rule);

// What to say of an item of `select` or `ignore` that names no rule, and what was probably meant.
struct UnknownItem {
  std::string message;
  std::string help;
};
UnknownItem explain_unknown_item(const RuleSet& rules, std::string_view item);

}  // namespace halint
