// `halint rules`: lists rules as a table or as JSON.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/flags.h"
#include "cli/rule_selection.h"
#include "rules/rule.h"

namespace halint {
namespace {

constexpr std::string_view kFormats[] = {"table", "json"};

std::string as_table(std::span<const Rule* const> rules) {
  std::size_t width = 0;
  for (const Rule* rule : rules) width = std::max(width, rule->id.size());
  std::string table;
  for (const Rule* rule : rules) {
    table += fmt::format("{:<{}}  {:<7}  {}\n", rule->id, width, name_of(rule->severity), rule->title);
  }
  return table;
}

std::string as_json(std::span<const Rule* const> rules) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Rule* rule : rules) {
    nlohmann::ordered_json item;
    item["id"] = rule->id;
    item["title"] = rule->title;
    item["severity"] = std::string(name_of(rule->severity));
    item["tags"] = rule->tags;
    item["each"] = rule->each;
    list.push_back(std::move(item));
  }
  return list.dump(2) + "\n";
}

}  // namespace

Outcome run_rules(const Invocation& invocation) {
  CLI::App app("Lists the rules.\n\nusage: halint rules [--select LIST] [--ignore LIST] [--format table|json]",
               "rules");
  RuleSelection selection;
  std::string format = "table";
  declare_rule_selection(app, selection);
  app.add_option("-f,--format", format, "table or json")->type_name("FORMAT")->capture_default_str();
  std::vector<std::string> words;
  if (auto instead = parse_flags(app, invocation.arguments, words)) return *instead;
  if (!words.empty()) return trouble("`halint rules` takes no path", "halint rules --select " + words.front());
  if (auto wrong = check_choice("--format", format, kFormats)) return *wrong;
  if (auto wrong = check_rule_selection(builtin_rules(), selection)) return *wrong;

  const std::vector<const Rule*> rules = select_rules(builtin_rules(), selection);
  Outcome outcome;
  outcome.output = format == "json" ? as_json(rules) : as_table(rules);
  return outcome;
}

}  // namespace halint
