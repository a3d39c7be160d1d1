// What a configuration says of single rules: another severity, off, not to be silenced.
// SPDX-License-Identifier: Apache-2.0
#include "check/rule_settings.h"

#include "base/glob.h"

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

}  // namespace halint
