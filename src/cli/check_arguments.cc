// The table of flags of `halint check`.
// SPDX-License-Identifier: Apache-2.0
#include "cli/check_arguments.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <string_view>
#include <utility>

#include "base/text.h"
#include "check/suppressions.h"
#include "cli/flags.h"

namespace halint {
namespace {

constexpr std::string_view kLevels[] = {"error", "warning", "note", "never"};
constexpr std::string_view kSettableLevels[] = {"error", "warning", "note", "off"};
constexpr std::string_view kFormats[] = {"full", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown"};
constexpr std::string_view kColors[] = {"auto", "always", "never"};
constexpr std::string_view kPrints[] = {"graph"};
constexpr std::string_view kStops[] = {"parse", "graph"};

void declare_rule_flags(CLI::App& app, CheckArguments& to) {
  declare_rule_selection(app, to.rules);
  app.add_option("--fail-on", to.fail_on,
                 "exit 1 if there is a finding at or above: error (default), warning, note, never")
      ->type_name("LEVEL")
      ->group("Rules");
  app.add_option("--severity", to.severities, "another severity of a rule, or of a glob's: error, warning, note, off")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("RULE=LEVEL")
      ->group("Rules");
  app.add_flag("--fail-on-inconclusive", to.fail_on_inconclusive,
               "exit 1 too if a rule at or above --fail-on could not be decided")
      ->group("Rules");
}

void declare_configuration_flags(CLI::App& app, CheckArguments& to) {
  const char* group = "Configuration";
  app.add_option("--config", to.config, "the configuration; default: the nearest .halint.yaml above the first path")
      ->type_name("FILE")
      ->group(group);
  app.add_flag("--isolated", to.isolated, "read no configuration")->group(group);
  app.add_flag("--error-on-empty", to.error_on_empty, "exit 2 if there is nothing that halint reads")->group(group);
  app.add_option("--exclude", to.exclude, "files and directories to leave out, such as 'examples/**'")
      ->allow_extra_args(false)
      ->type_name("GLOB")
      ->group(group);
}

void declare_input_flags(CLI::App& app, CheckArguments& to) {
  const char* group = "Terraform";
  app.add_option("--var", to.variables, "a variable's value, like terraform's flag")
      ->allow_extra_args(false)
      ->type_name("NAME=VALUE")
      ->group(group);
  app.add_option("--var-file", to.variable_files, "a file of variables (.tfvars)")
      ->allow_extra_args(false)
      ->type_name("FILE")
      ->group(group);
  app.add_option("--workspace", to.terraform_workspace, "the value of terraform.workspace")
      ->type_name("NAME")
      ->group(group);
  app.add_option("--param", to.parameters, "the value of a template's parameter")
      ->allow_extra_args(false)
      ->type_name("NAME=VALUE")
      ->group("CloudFormation");
  app.add_option("--parameters", to.parameter_files, "a file of parameters, as the AWS CLI or CodePipeline take it")
      ->allow_extra_args(false)
      ->type_name("FILE")
      ->group("CloudFormation");
}

void declare_suppression_flags(CLI::App& app, CheckArguments& to) {
  const char* group = "Suppressions";
  app.add_flag("--ignore-suppressions", to.ignore_suppressions, "show also what a halint-ignore comment silences")
      ->group(group);
  app.add_option("--today", to.today, "the day on which `until` dates are judged; default: today in UTC")
      ->type_name("DATE")
      ->group(group);
}

void declare_output_flags(CLI::App& app, CheckArguments& to) {
  const char* group = "Output";
  app.add_option("-f,--format", to.formats,
                 "full (default), concise, json, sarif, github, gitlab, junit, markdown; repeatable, one into stdout")
      ->allow_extra_args(false)
      ->type_name("FORMAT[=FILE]")
      ->group(group);
  app.add_option("-o,--output", to.output, "the file of the last --format")->type_name("FILE")->group(group);
  app.add_option("--color", to.color, "auto, always, never")->type_name("WHEN")->capture_default_str()->group(group);
  app.add_flag("-v,--show-inconclusive", to.show_inconclusive, "list the checks that could not be decided, and why")
      ->group(group);
  app.add_flag("--show-suppressed", to.show_suppressed, "list what comments silence, and write it into SARIF")
      ->group(group);
  app.add_option("--max-findings", to.max_findings, "show no more in full and concise; 0: all")
      ->type_name("N")
      ->group(group);
  app.add_flag("-q", to.quiet, "the last lines only; -qq: nothing")->group(group);
  app.add_option("--print", to.print, "graph: print the graph instead of findings")->type_name("WHAT")->group(group);
  app.add_flag("--statistics", to.count_values, "how much of each root could be evaluated, instead of findings")
      ->group(group);
  app.add_flag("--stats", to.show_statistics, "time for each phase and memory, on stderr")->group(group);
  app.add_option("-j,--jobs", to.jobs, "threads; 0: as many as cores")
      ->type_name("N")
      ->check(CLI::Range(0, 1024))
      ->group(group);
  app.add_option("--stop-after", to.stop_after)->group("");
}

std::optional<Outcome> check_words(const CheckArguments& arguments) {
  if (auto wrong = check_word("fail-on", "--fail-on", arguments.fail_on)) return wrong;
  std::size_t on_stdout = 0;
  for (const std::string& text : arguments.formats) {
    const FormatChoice choice = format_choice(text);
    if (auto wrong = check_choice("--format", choice.format, kFormats)) return wrong;
    if (text.ends_with('=')) return trouble(fmt::format("`--format {}` names no file", escape_controls(text)));
    if (choice.file.empty()) ++on_stdout;
  }
  if (!arguments.output.empty() && on_stdout > 0) --on_stdout;
  if (on_stdout > 1) return trouble("two reports go to stdout", "give a file to one of them: --format sarif=FILE");
  if (auto wrong = check_choice("--color", arguments.color, kColors)) return wrong;
  if (!arguments.print.empty()) {
    if (auto wrong = check_choice("--print", arguments.print, kPrints)) return wrong;
  }
  if (!arguments.stop_after.empty()) {
    if (auto wrong = check_choice("--stop-after", arguments.stop_after, kStops)) return wrong;
  }
  if (!arguments.today.empty() && !date_of(arguments.today)) {
    return trouble(fmt::format("`--today {}` is not a date", escape_controls(arguments.today)),
                   "write it like 2027-01-31");
  }
  for (const auto& [flag, values] :
       {std::pair("--var", &arguments.variables), std::pair("--param", &arguments.parameters)}) {
    for (const std::string& value : *values) {
      const std::size_t equals = value.find('=');
      if (equals != 0 && equals != std::string::npos) continue;
      return trouble(fmt::format("`{} {}` has no name or no value", flag, escape_controls(value)),
                     fmt::format("write {} NAME=VALUE", flag));
    }
  }
  return std::nullopt;
}

}  // namespace

std::variant<RuleSetting, Outcome> severity_choice(const RuleSet& rules, const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string::npos) {
    return trouble(fmt::format("`--severity {}` has no rule or no level", escape_controls(text)),
                   "write --severity RULE=LEVEL");
  }
  RuleSetting setting;
  setting.pattern = text.substr(0, equals);
  const std::string level = text.substr(equals + 1);
  if (auto wrong = check_choice("--severity", level, kSettableLevels)) return *wrong;
  if (auto wrong = check_rule_selection(rules, {{setting.pattern}, {}, {}})) return *wrong;
  setting.severity = severity_named(level);
  setting.is_off = level == "off";
  return setting;
}

FormatChoice format_choice(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) return {text, ""};
  return {text.substr(0, equals), text.substr(equals + 1)};
}

std::optional<Outcome> check_word(const std::string& key, const std::string& origin, const std::string& word) {
  if (word.empty()) return std::nullopt;
  return key == "fail-on" ? check_choice(origin, word, kLevels) : check_choice(origin, word, kFormats);
}

std::variant<CheckArguments, Outcome> read_check_arguments(const std::vector<std::string>& arguments) {
  CLI::App app(
      "Finds what is wrong with the availability and the network of an infrastructure.\n\n"
      "usage: halint [check] [FLAGS] [PATH...]      (PATH: a directory or a file; default: .)",
      "check");
  CheckArguments result;
  declare_rule_flags(app, result);
  declare_configuration_flags(app, result);
  declare_input_flags(app, result);
  declare_suppression_flags(app, result);
  declare_output_flags(app, result);
  std::vector<std::string> paths;
  if (auto instead = parse_flags(app, arguments, paths)) return *instead;
  if (auto wrong = check_words(result)) return *wrong;
  if (!paths.empty()) result.paths = std::move(paths);
  return result;
}

}  // namespace halint
