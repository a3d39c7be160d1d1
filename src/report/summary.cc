// The last lines of a report: how much was found, what was not looked at, and whether the run passed.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "report/parts.h"
#include "report/report.h"

namespace halint {
namespace {

std::size_t at_or_above(const Counts& counts, Severity level) {
  std::size_t number = counts.error;
  if (level <= Severity::kWarning) number += counts.warning;
  if (level <= Severity::kNote) number += counts.note;
  return number;
}

// The highest level that would let the run fail. Requires: something was found.
Severity highest(const Counts& counts) {
  if (counts.error > 0) return Severity::kError;
  return counts.warning > 0 ? Severity::kWarning : Severity::kNote;
}

std::string_view rules_at_or_above(Severity level) {
  if (level == Severity::kError) return "error rules";
  return level == Severity::kWarning ? "error and warning rules" : "rules";
}

// "`--var az_count` would decide 2 of them.": the inputs that would decide most, at most three.
std::string what_would_decide(const Report& report) {
  constexpr std::size_t kMost = 3;
  std::map<std::string, std::size_t> counts;
  for (const Inconclusive& check : report.inconclusive) {
    if (!check.decide.empty()) ++counts[check.decide];
  }
  std::vector<std::pair<std::string, std::size_t>> inputs(counts.begin(), counts.end());
  std::stable_sort(inputs.begin(), inputs.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  for (std::size_t i = 0; i < std::min(inputs.size(), kMost); ++i) {
    text += fmt::format("{}`{}` would decide {} of them", i > 0 ? ", " : "", escape_controls(inputs[i].first),
                        inputs[i].second);
  }
  return text.empty() ? "" : text + ".\n";
}

// "2 files not understood (syntax-error), 3 files left out (-v lists them)."
std::string what_was_not_read(const Report& report, const RenderOptions& options) {
  std::set<FileId> broken;
  for (const Diagnostic& diagnostic : report.diagnostics) {
    if (diagnostic.rule == "syntax-error" && diagnostic.span.is_known()) broken.insert(diagnostic.span.file);
  }
  std::string text;
  if (!broken.empty()) text = plural(broken.size(), "file") + " not fully understood (syntax-error)";
  if (!report.left_out.empty()) {
    if (!text.empty()) text += ", ";
    text += plural(report.left_out.size(), "file") + " left out";
    if (!options.show_inconclusive) text += " (-v lists them)";
  }
  return text.empty() ? "" : text + ".\n";
}

}  // namespace

Gate judge(const Report& report, const RenderOptions& options) {
  Counts counts = count(report);
  if (!options.fail_on) {
    if (counts.total() == 0) return {true, "Passed: no findings."};
    return {true, fmt::format("Passed: {}, but --fail-on never.", in_words(counts))};
  }
  Severity level = *options.fail_on;
  if (std::size_t number = at_or_above(counts, level); number > 0) {
    return {false, fmt::format("Failed: {} at or above {}.", plural(number, "finding"), name_of(level))};
  }
  if (options.fail_on_inconclusive) {
    std::size_t undecided = 0;
    for (const Inconclusive& check : report.inconclusive) undecided += check.severity >= level ? 1 : 0;
    if (undecided > 0) {
      return {false, fmt::format("Failed: {} of {} (--fail-on-inconclusive).", plural(undecided, "inconclusive check"),
                                 rules_at_or_above(level))};
    }
  }
  if (counts.total() == 0) return {true, "Passed: no findings."};
  return {true, fmt::format("Passed: {}, none at or above {} (--fail-on {} would fail).", in_words(counts),
                            name_of(level), name_of(highest(counts)))};
}

std::string render_summary(const Report& report, const RenderOptions& options) {
  Counts counts = count(report);
  std::string text = counts.total() == 0
                         ? "No findings."
                         : fmt::format("Found {}: {}.", plural(counts.total(), "finding"), in_words(counts));
  if (!report.suppressed.empty()) text += fmt::format(" {} suppressed.", report.suppressed.size());
  if (!report.inconclusive.empty()) {
    text += fmt::format(" {} inconclusive", report.inconclusive.size());
    text += options.show_inconclusive ? "." : " (-v lists them).";
  }
  return text + "\n" + what_would_decide(report) + what_was_not_read(report, options) +
         (report.defects.empty() ? judge(report, options).verdict + "\n" : "");  // A broken run judges nothing.
}

}  // namespace halint
