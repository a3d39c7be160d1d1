// Runs the examples inside rule files.
// SPDX-License-Identifier: Apache-2.0
#include "check/examples.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/file_system.h"
#include "base/parallel.h"
#include "base/source_file.h"
#include "check/check.h"
#include "check/expectations.h"
#include "check/find_config.h"

namespace halint {
namespace {

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kBad:
      return "bad";
    case Verdict::kGood:
      return "good";
    case Verdict::kInconclusive:
      return "inconclusive";
  }
  return "";
}

std::string title_of(const RuleExample& example) {
  std::string title = fmt::format("{} {}", name_of(example.format), name_of(example.verdict));
  if (!example.name.empty()) title += fmt::format(" `{}`", example.name);
  return title;
}

std::vector<Mark> all_marks(const Sources& sources) {
  std::vector<Mark> marks;
  for (std::uint32_t index = 1; index <= sources.size(); ++index) {
    for (Mark& mark : read_marks(sources, {index})) marks.push_back(std::move(mark));
  }
  return marks;
}

std::vector<std::string> differences_of(const Rule& rule, const RuleExample& example, const Sources& sources,
                                        const Report& report) {
  std::vector<std::string> differences = report.defects;
  // Marks count in bad examples only, so that one text can serve several cases.
  std::vector<Mark> marks;
  if (example.verdict == Verdict::kBad) {
    marks = all_marks(sources);
    const bool has_own =
        std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) { return mark.rule == rule.id; });
    if (!has_own) differences.push_back("a bad example without a mark: write `#  ^^^ error: rule` under a line");
  }
  for (std::string& difference : compare(sources, marks, report)) differences.push_back(std::move(difference));
  if (example.verdict == Verdict::kGood) {
    for (const Inconclusive& undecided : report.inconclusive) {
      differences.push_back(fmt::format("not decided for `{}`: {}", undecided.address, undecided.reason));
    }
  }
  if (example.verdict == Verdict::kInconclusive && report.inconclusive.empty()) {
    differences.push_back("no check was inconclusive");
  }
  return differences;
}

// An example may bring its own `.halint.yaml`: which nginx runs where, what the policy is.
std::vector<std::string> read_config(const RuleExample& example, Sources& sources, const RuleSet& rules,
                                     CheckOptions& options) {
  const auto file = example.files.find(".halint.yaml");
  if (file == example.files.end()) return {};
  const Parsed<Config> config = load_config(sources, file->first, file->second, rules);
  apply_config(config.value, options);
  std::vector<std::string> faults;
  for (const Diagnostic& diagnostic : config.diagnostics) faults.push_back(diagnostic.message);
  return faults;
}

std::vector<std::string> run_example(const RuleSet& rules, const Rule& rule, const RuleExample& example) {
  const auto files = memory_file_system(example.files);
  CheckOptions options;
  (example.format == Format::kCloudFormation ? options.parameters : options.variables) = example.variables;
  options.unset_variables = example.unset;
  options.select = {rule.id};
  options.jobs = 1;
  Sources sources;
  std::vector<std::string> faults = read_config(example, sources, rules, options);
  if (!faults.empty()) return faults;
  const Report report = check(*files, sources, rules, options);
  return differences_of(rule, example, sources, report);
}

}  // namespace

ExampleResults run_examples(const RuleSet& rules, std::span<const Rule* const> selected, unsigned jobs) {
  std::vector<ExampleResults> of_rule(selected.size());
  parallel_for(
      selected.size(),
      [&](std::size_t i) {
        const Rule& rule = *selected[i];
        for (const RuleExample& example : read_examples(rule)) {
          ++of_rule[i].count;
          std::vector<std::string> differences = run_example(rules, rule, example);
          if (differences.empty()) continue;
          of_rule[i].failures.push_back({rule.id, title_of(example), rule.file, example.line, std::move(differences)});
        }
      },
      jobs);

  ExampleResults all;
  for (ExampleResults& results : of_rule) {
    all.count += results.count;
    std::move(results.failures.begin(), results.failures.end(), std::back_inserter(all.failures));
  }
  return all;
}

}  // namespace halint
