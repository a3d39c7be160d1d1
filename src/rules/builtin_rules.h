// The rule files that are compiled into the binary.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "graph/schema.h"

namespace halint {

// Generated from rules/**/*.yaml.
std::span<const NamedText> builtin_rule_files();

}  // namespace halint
