// What a configuration says of single rules: another severity, off, not to be silenced.
// SPDX-License-Identifier: Apache-2.0
#include "check/rule_settings.h"

#include <fmt/format.h>

#include <set>

#include "base/glob.h"
#include "base/text.h"

namespace halint {

RuleVerdict settings_of(std::span<const RuleSetting> settings, std::string_view rule) {
  RuleVerdict verdict;
  for (bool exact : {false, true}) {
    for (const RuleSetting& setting : settings) {
      bool is_meant = exact ? setting.pattern == rule : setting.pattern != rule && glob_match(setting.pattern, rule);
      if (!is_meant) continue;
      if (setting.severity) verdict.severity = setting.severity;
      if (setting.is_off || setting.severity) verdict.is_off = setting.is_off;
      if (!setting.is_ignorable) verdict.is_ignorable = false;
    }
  }
  return verdict;
}

UnknownItem explain_unknown_item(const RuleSet& rules, std::string_view item) {
  constexpr std::string_view kTag = "tag:", kSeverity = "severity:";
  const auto explain = [&](std::string message, std::optional<std::string_view> meant, std::string_view prefix,
                           std::string_view otherwise) -> UnknownItem {
    return {std::move(message), meant ? fmt::format("did you mean `{}{}`?", prefix, *meant) : std::string(otherwise)};
  };
  if (item.starts_with(kTag)) {
    const std::string_view tag = item.substr(kTag.size());
    std::set<std::string_view> tags;
    for (const Rule* rule : rules.rules()) tags.insert(rule->tags.begin(), rule->tags.end());
    const std::vector<std::string_view> candidates(tags.begin(), tags.end());
    return explain(fmt::format("no rule has the tag `{}`", escape_controls(tag)), did_you_mean(tag, candidates), kTag,
                   "`halint rules` lists the tags");
  }
  if (item.starts_with(kSeverity)) {
    const std::string_view level = item.substr(kSeverity.size());
    constexpr std::string_view kLevels[] = {"error", "warning", "note"};
    return explain(fmt::format("`{}` is no severity", escape_controls(level)), did_you_mean(level, kLevels), kSeverity,
                   "there are: error, warning, note");
  }
  const std::string_view meant = rules.suggest(item);
  return explain(fmt::format("no rule is called `{}`", escape_controls(item)),
                 meant.empty() ? std::nullopt : std::optional(meant), "", "`halint rules` lists them");
}

}  // namespace halint
