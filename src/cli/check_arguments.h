// What the command line of `halint check` says.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "check/config.h"
#include "cli/command.h"
#include "cli/rule_selection.h"

namespace halint {

// Words as they were given, checked to be among the choices; the environment is not in here.
struct CheckArguments {
  std::vector<std::string> paths = {"."};
  std::vector<std::string> variables;  // NAME=VALUE
  std::vector<std::string> variable_files;
  std::string terraform_workspace;      // Empty: not given.
  std::vector<std::string> parameters;  // NAME=VALUE
  std::vector<std::string> parameter_files;
  RuleSelection rules;
  std::string fail_on;               // Empty: not given. So are the next ones.
  std::vector<std::string> formats;  // "full", "sarif=out.sarif".
  std::string output;                // The file of the last format.
  std::string config;
  bool isolated = false;
  std::vector<std::string> exclude;
  std::string color = "auto";
  std::string print;       // "graph", or empty.
  std::string stop_after;  // "parse", or empty: for measurements.
  bool show_inconclusive = false;
  bool show_suppressed = false;
  bool fail_on_inconclusive = false;
  bool error_on_empty = false;
  std::vector<std::string> severities;  // RULE=LEVEL
  std::size_t max_findings = 0;         // 0: all.
  bool show_statistics = false;
  bool count_values = false;  // --statistics
  bool ignore_suppressions = false;
  std::string today;  // "2026-11-25"; empty: not given.
  int quiet = 0;
  int jobs = 0;
};

// RULE=LEVEL as the configuration would say it, or what is wrong with it.
std::variant<RuleSetting, Outcome> severity_choice(const RuleSet& rules, const std::string& text);

// FORMAT or FORMAT=FILE.
struct FormatChoice {
  std::string format;
  std::string file;  // Empty: stdout.
};
FormatChoice format_choice(const std::string& text);

// What to say if `word` is not one that `--fail-on` (key "fail-on") or `--format` knows; `origin` is the flag or the
// variable that holds it.
std::optional<Outcome> check_word(const std::string& key, const std::string& origin, const std::string& word);

// The arguments, or what to say and how to end instead.
std::variant<CheckArguments, Outcome> read_check_arguments(const std::vector<std::string>& arguments);

}  // namespace halint
