// Comments that silence a finding: what they say, which findings they meet, and which of them are in vain.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/remark.h"
#include "base/source_file.h"
#include "check/config.h"
#include "rules/finding.h"
#include "rules/rule.h"

namespace halint {

// A day of the calendar, comparable: "2027-01-31".
struct Date {
  int year = 0, month = 0, day = 0;
  friend auto operator<=>(const Date&, const Date&) = default;
};
// None if `text` is not a day that exists, in ISO 8601's form.
std::optional<Date> date_of(std::string_view text);
// The day of a time in seconds since 1970, in UTC.
Date day_of(std::int64_t seconds);
// Days from `a` to `b`, negative if `b` comes first.
int days_between(const Date& a, const Date& b);

// `halint-ignore[SLUG, SLUG] until 2027-01-31: reason`
struct Suppression {
  enum class Reach : std::uint8_t { kNext, kFile, kStart, kEnd };
  Reach reach = Reach::kNext;
  std::vector<std::string> rules;
  std::optional<Date> until;  // That day included, in UTC.
  std::string until_text;
  std::string reason;
  Remark remark;
};
// The suppression that a remark is, or what is wrong with it, in a sentence.
struct ReadSuppression {
  Suppression suppression;
  std::string fault;  // Empty if it is sound.
};
ReadSuppression read_suppression(const Remark& remark);

// A finding that is silent, and why.
struct Suppressed {
  Finding finding;
  std::string reason;
  std::string until;  // "2027-01-31", or empty.
  Span span;          // Of the comment.
};

struct SuppressionOptions {
  std::optional<Date> today;  // None: no end date passes.
  bool require_reason = true;
  bool are_ignored = false;  // --ignore-suppressions: none of them does anything.
};

// What was said of the whole run, and is now parted in two.
struct Suppressible {
  std::vector<Finding> findings;
  std::vector<Suppressed> suppressed;
  std::vector<Diagnostic> diagnostics;  // In: the run's own. Out: with those about suppressions.
};

// Moves the findings that a remark silences. `selected` are the rules that ran, `inconclusive` the checks that were not
// decided: a suppression of these is not in vain. `settings` may say that a rule is not silenced.
void apply_suppressions(Suppressible& run, const std::vector<Remark>& remarks, const RuleSet& rules,
                        std::span<const Rule* const> selected, std::span<const Inconclusive> inconclusive,
                        std::span<const RuleSetting> settings, const SuppressionOptions& options);

}  // namespace halint
