// The page of a rule in docs/rules: what `halint explain --format markdown` prints.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "rules/rule.h"

namespace halint {

// Markdown, ending in a line break. A function of the rule file alone.
std::string rule_page(const Rule& rule);

}  // namespace halint
