// The flags that choose rules.
// SPDX-License-Identifier: Apache-2.0
#include "cli/rule_selection.h"

#include <CLI/CLI.hpp>

#include "check/rule_settings.h"

namespace halint {

void declare_rule_selection(CLI::App& app, RuleSelection& to) {
  // Without allow_extra_args(false), `--select a PATH` would take the path for a second item.
  const auto declare = [&](const char* flag, std::vector<std::string>& items, const char* purpose) {
    app.add_option(flag, items, purpose)->delimiter(',')->allow_extra_args(false)->type_name("LIST")->group("Rules");
  };
  declare("--select", to.select, "only these: slugs, globs ('nat-*'), tag:NAME, severity:LEVEL, all");
  declare("--extend-select", to.extend_select, "these as well");
  declare("--ignore", to.ignore, "not these; a slug beats a glob, a glob beats a tag or a severity");
}

std::optional<Outcome> check_rule_selection(const RuleSet& rules, const RuleSelection& selection) {
  std::vector<std::string> items = selected_items(selection);
  std::vector<std::string> unknown;
  rules.select(items, selection.ignore, &unknown);
  if (unknown.empty()) return std::nullopt;
  const UnknownItem said = explain_unknown_item(rules, unknown.front());
  return trouble(said.message, said.help);
}

std::vector<std::string> selected_items(const RuleSelection& selection) {
  if (selection.extend_select.empty()) return selection.select;
  std::vector<std::string> items = selection.select.empty() ? std::vector<std::string>{"all"} : selection.select;
  items.insert(items.end(), selection.extend_select.begin(), selection.extend_select.end());
  return items;
}

std::vector<const Rule*> select_rules(const RuleSet& rules, const RuleSelection& selection) {
  return rules.select(selected_items(selection), selection.ignore);
}

}  // namespace halint
