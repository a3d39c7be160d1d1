// `halint test`: runs the examples inside rule files, of the built-in rules or of others.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/file_system.h"
#include "base/text.h"
#include "check/examples.h"
#include "cli/command.h"
#include "cli/flags.h"
#include "report/report.h"

namespace halint {
namespace {

constexpr std::uint64_t kMaxRuleBytes = 1 << 20;

// Rule files of a directory and below; a file is taken whatever it is called.
void find_rule_files(const FileSystem& files, const std::string& path, std::vector<std::string>& found) {
  if (!files.is_directory(path)) {
    found.push_back(path);
    return;
  }
  for (const DirectoryEntry& entry : files.list(path)) {
    const std::string below = join_path(path, entry.name);
    if (entry.is_directory && !entry.name.starts_with('.')) find_rule_files(files, below, found);
    if (!entry.is_directory && entry.name.ends_with(".yaml")) found.push_back(below);
  }
}

std::string describe_failures(const ExampleResults& results) {
  std::string text;
  for (const ExampleFailure& failure : results.failures) {
    text += fmt::format("{}:{}: {}: {}\n", failure.file, failure.line, failure.rule, failure.example);
    for (const std::string& difference : failure.differences) text += fmt::format("  {}\n", difference);
  }
  return text;
}

Outcome run_all(const RuleSet& rules) {
  const ExampleResults results = run_examples(rules, rules.rules());
  Outcome outcome;
  outcome.output = describe_failures(results);
  outcome.output += fmt::format("{} of {}: {} passed, {} failed.\n", plural(results.count, "example"),
                                plural(rules.rules().size(), "rule"), results.count - results.failures.size(),
                                results.failures.size());
  outcome.exit_code = results.failures.empty() ? kExitPassed : kExitFailed;
  return outcome;
}

}  // namespace

Outcome run_test(const Invocation& invocation) {
  CLI::App app(
      "Runs the examples inside rule files: of the built-in rules, or of these files and directories.\n\n"
      "usage: halint test [FILE...]",
      "test");
  std::vector<std::string> paths;
  if (auto instead = parse_flags(app, invocation.arguments, paths)) return *instead;
  if (paths.empty()) return run_all(builtin_rules());

  const std::unique_ptr<FileSystem> files = invocation.open_files(".");
  std::vector<std::string> names;
  for (const std::string& path : paths) find_rule_files(*files, path, names);
  if (names.empty()) return trouble("there is no rule file (*.yaml) in there");
  std::vector<std::string> texts;
  for (const std::string& name : names) {
    Result<std::string> text = files->read(name, kMaxRuleBytes);
    if (!text) return trouble(text.error().message);
    texts.push_back(std::move(*text));
  }
  std::vector<NamedText> rule_files;
  for (std::size_t i = 0; i < names.size(); ++i) rule_files.push_back({names[i], texts[i]});

  Sources sources;
  const Parsed<RuleSet> loaded = load_rules(sources, rule_files, builtin_schema());
  if (!loaded.diagnostics.empty()) {
    Outcome outcome;
    outcome.errors = render_diagnostics(loaded.diagnostics, sources, RenderOptions());
    outcome.exit_code = kExitTrouble;
    return outcome;
  }
  return run_all(loaded.value);
}

}  // namespace halint
