// How much of each root could be evaluated, and why the rest could not.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "graph/value_statistics.h"
#include "report/report.h"

namespace halint {
namespace {

constexpr std::size_t kMostSentences = 10;

// "98.3 %"; rounded down, so that 100 means all.
std::string share(std::size_t part, std::size_t whole) {
  if (whole == 0) return "100 %";
  std::size_t permille = part * 1000 / whole;
  return permille == 1000 ? "100 %" : fmt::format("{}.{} %", permille / 10, permille % 10);
}

void add_lines(const std::string& name, const ValueStatistics& values, std::string& text) {
  text +=
      fmt::format("{}: {}, {} fully evaluated ({}); {}", escape_controls(name), plural(values.resources, "resource"),
                  values.complete, share(values.complete, values.resources), plural(values.values, "value"));
  std::string_view separator = ", not known: ";
  for (std::size_t i = 0; i < kUnknownReasons; ++i) {
    if (values.unknown[i] == 0) continue;
    text += fmt::format("{}{} {}", separator, values.unknown[i], describe(static_cast<UnknownReason>(i)));
    separator = ", ";
  }
  text += '\n';
}

}  // namespace

ValueStatistics total_values(const Report& report) {
  ValueStatistics total;
  for (const RootValues& root : report.values) add(total, root.values);
  return total;
}

std::string render_statistics(const Report& report) {
  std::string text;
  for (const RootValues& root : report.values) add_lines(root.root, root.values, text);
  const ValueStatistics total = total_values(report);
  if (report.values.size() != 1)
    add_lines(fmt::format("total of {}", plural(report.values.size(), "root")), total, text);
  std::vector<std::pair<std::string, std::size_t>> sentences(total.details.begin(), total.details.end());
  std::ranges::stable_sort(sentences, [](const auto& a, const auto& b) { return a.second > b.second; });
  if (sentences.size() > kMostSentences) sentences.resize(kMostSentences);
  if (!sentences.empty()) text += "most often:\n";
  for (const auto& [sentence, count] : sentences) text += fmt::format("{:>7} {}\n", count, escape_controls(sentence));
  return text + "\n";
}

}  // namespace halint
