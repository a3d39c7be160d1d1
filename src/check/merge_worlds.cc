// One list of findings out of those of several worlds: each says in which of them it holds.
// SPDX-License-Identifier: Apache-2.0
#include "check/merge_worlds.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>
#include <utility>

namespace halint {
namespace {

constexpr std::size_t kMostTexts = 3;

// The choices that are the same in all worlds in which something holds: "`Environment` is dev".
std::string condition_of(const std::vector<std::vector<WorldInput>>& worlds, const std::set<std::size_t>& holding) {
  // One input alone may decide: then its choices in the worlds that hold occur in no other.
  std::map<std::string, std::set<std::string>> inside, outside;
  for (std::size_t i = 0; i < worlds.size(); ++i) {
    for (const WorldInput& input : worlds[i]) (holding.contains(i) ? inside : outside)[input.input].insert(input.text);
  }
  auto join = [](const auto& texts, std::string_view word) {
    std::string out;
    std::size_t count = 0;
    for (const std::string& text : texts) {
      if (count++ == kMostTexts) return out + fmt::format(" {} in {} more cases", word, texts.size() - kMostTexts);
      out += (out.empty() ? "" : fmt::format(" {} ", word)) + text;
    }
    return out;
  };
  for (const auto& [input, texts] : inside) {
    const std::set<std::string>& others = outside[input];
    bool is_alone = true;
    for (const std::string& text : texts) is_alone = is_alone && !others.contains(text);
    if (!is_alone || others.empty()) continue;
    // "`Environment` is dev or stage".
    const std::string subject = fmt::format("`{}` is ", input);
    std::vector<std::string> values;
    for (const std::string& text : texts)
      values.push_back(!values.empty() && text.starts_with(subject) ? text.substr(subject.size()) : text);
    return join(values, "or");
  }
  std::vector<std::string> common;
  for (const auto& [input, texts] : inside) {
    if (texts.size() == 1) common.push_back(*texts.begin());
  }
  if (!common.empty()) return join(common, "and");
  for (const WorldInput& input : worlds[*holding.begin()]) common.push_back(input.text);
  return join(common, "and");
}

}  // namespace

std::vector<Finding> merge_worlds(const std::vector<std::vector<WorldInput>>& worlds,
                                  std::vector<std::vector<Finding>> findings) {
  if (worlds.size() == 1) return std::move(findings[0]);
  std::map<std::string, std::set<std::size_t>> holding;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    for (const Finding& finding : findings[i]) holding[finding.id].insert(i);
  }
  std::vector<Finding> merged;
  std::set<std::string> said;
  for (std::vector<Finding>& of_world : findings) {
    for (Finding& finding : of_world) {
      if (!said.insert(finding.id).second) continue;
      const std::set<std::size_t>& in = holding[finding.id];
      if (in.size() < worlds.size()) {
        const std::string condition = condition_of(worlds, in);
        finding.when = finding.when.empty() ? condition : fmt::format("{} and {}", condition, finding.when);
      }
      merged.push_back(std::move(finding));
    }
  }
  return merged;
}

}  // namespace halint
