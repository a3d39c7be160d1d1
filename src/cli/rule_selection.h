// The flags that choose rules: --select, --extend-select, --ignore.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "rules/rule.h"

namespace CLI {
class App;
}

namespace halint {

struct RuleSelection {
  std::vector<std::string> select;
  std::vector<std::string> extend_select;
  std::vector<std::string> ignore;
};

void declare_rule_selection(CLI::App& app, RuleSelection& to);

// An item that names no rule is a wrong command: a gate that checks nothing must not look closed.
std::optional<Outcome> check_rule_selection(const RuleSet& rules, const RuleSelection& selection);

// What `RuleSet::select` is to be given: --extend-select adds to the default set, or to that of --select.
std::vector<std::string> selected_items(const RuleSelection& selection);

std::vector<const Rule*> select_rules(const RuleSet& rules, const RuleSelection& selection);

}  // namespace halint
