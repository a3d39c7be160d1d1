// Which findings a comment silences, and which comments are in vain.
// SPDX-License-Identifier: Apache-2.0
#include "check/suppressions.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <set>

#include "base/text.h"
#include "check/rule_settings.h"

namespace halint {
namespace {

bool meet(const Span& a, const Span& b) {
  return a.is_known() && a.file == b.file && a.begin < b.end && b.begin < a.end;
}

// A suppression with the text that it covers, and what became of it.
struct Active {
  Suppression suppression;
  Span range;  // kFile, kStart: up to the end. Unknown: what `remark` says.
  std::set<std::string> used;
  std::set<std::string> on_path;  // Rules whose findings only lead past here.

  bool is_range() const { return suppression.reach != Suppression::Reach::kNext; }

  bool covers(const Span& place) const { return meet(is_range() ? range : suppression.remark.target, place); }

  bool covers(const Subject& subject) const {
    if (covers(subject.whole.is_known() ? subject.whole : subject.header)) return true;
    const Span& around = is_range() ? range : suppression.remark.block;
    return std::ranges::any_of(subject.via, [&](const Span& call) { return meet(around, call); });
  }
};

bool names(const Suppression& suppression, std::string_view rule) {
  return std::ranges::find(suppression.rules, rule) != suppression.rules.end();
}

class Suppressor {
 public:
  Suppressor(Suppressible& run, const RuleSet& rules, std::span<const Rule* const> selected,
             std::span<const Inconclusive> inconclusive, std::span<const RuleSetting> settings,
             const SuppressionOptions& options)
      : run_(run),
        rules_(rules),
        selected_(selected),
        inconclusive_(inconclusive),
        settings_(settings),
        options_(options) {}

  void run(const std::vector<Remark>& remarks) {
    for (const Diagnostic& diagnostic : run_.diagnostics) {
      if (diagnostic.rule == "syntax-error") broken_.insert(diagnostic.span.file);
    }
    for (const Remark& remark : remarks) read(remark);
    if (!options_.are_ignored) silence();
    for (const Active& active : active_) report(active);
  }

 private:
  void warn(std::string rule, const Span& span, std::string message, std::string help,
            Severity severity = Severity::kWarning) {
    run_.diagnostics.push_back({span, severity, std::move(rule), std::move(message), std::move(help), {}});
  }

  void read(const Remark& remark) {
    ReadSuppression result = read_suppression(remark);
    if (!result.fault.empty()) {
      return warn("unused-suppression", remark.span, std::move(result.fault),
                  "write `halint-ignore[slug]: reason`, or `halint-ignore[slug] until 2027-01-31: reason`");
    }
    check_names(result.suppression);
    if (result.suppression.reach == Suppression::Reach::kEnd) return close(result.suppression);
    Active active = {std::move(result.suppression), {}, {}, {}};
    const Span& span = active.suppression.remark.span;
    if (active.is_range()) active.range = {span.file, span.begin, UINT32_MAX};
    if (active.suppression.reach == Suppression::Reach::kFile) {
      active.range.begin = 0;
      if (!remark.leads_file) {
        return warn("unused-suppression", span, "`halint-ignore-file` stands behind the first block, and does nothing",
                    "move it to the top of the file");
      }
    }
    active_.push_back(std::move(active));
  }

  void check_names(const Suppression& suppression) {
    for (const std::string& rule : suppression.rules) {
      if (rules_.find(rule) != nullptr) continue;
      std::string_view meant = rules_.suggest(rule);
      warn("unknown-rule", suppression.remark.span, fmt::format("no rule is called `{}`", escape_controls(rule)),
           meant.empty() ? "`halint rules` lists them" : fmt::format("did you mean `{}`?", meant));
    }
  }

  // Ends the nearest open range that names these rules.
  void close(const Suppression& end) {
    for (Active& active : active_ | std::views::reverse) {
      const Span& span = active.suppression.remark.span;
      bool is_open = active.suppression.reach == Suppression::Reach::kStart && active.range.end == UINT32_MAX &&
                     span.file == end.remark.span.file && active.suppression.rules == end.rules;
      if (!is_open) continue;
      active.range.end = end.remark.span.end;
      return;
    }
    warn("unused-suppression", end.remark.span, "`halint-ignore-end` without `halint-ignore-start` of the same rules",
         "write `halint-ignore-start[slug]: reason` above");
  }

  bool has_expired(const Suppression& suppression) const {
    return suppression.until && options_.today && *suppression.until < *options_.today;
  }

  void silence() {
    std::vector<Finding> loud;
    for (Finding& finding : run_.findings) {
      Active* by = find(finding);
      if (by == nullptr) {
        loud.push_back(std::move(finding));
        continue;
      }
      const Suppression& suppression = by->suppression;
      run_.suppressed.push_back(
          {std::move(finding), suppression.reason, suppression.until_text, suppression.remark.span});
    }
    run_.findings = std::move(loud);
  }

  // The suppression that silences `finding`. An expired one leaves a word on it.
  Active* find(Finding& finding) {
    Active* found = nullptr;
    if (!settings_of(settings_, finding.rule).is_ignorable) return nullptr;
    for (Active& active : active_) {
      if (!names(active.suppression, finding.rule)) continue;
      bool is_about = std::ranges::any_of(finding.subjects, [&](const Subject& s) { return active.covers(s); }) ||
                      active.covers(finding.span);
      if (!is_about) {
        if (std::ranges::any_of(finding.evidence, [&](const Evidence& e) { return active.covers(e.span); }))
          active.on_path.insert(finding.rule);
        continue;
      }
      active.used.insert(finding.rule);
      if (has_expired(active.suppression)) {
        finding.ignored = fmt::format(
            "until {}, {} ago", active.suppression.until_text,
            plural(static_cast<std::size_t>(days_between(*active.suppression.until, *options_.today)), "day"));
      } else if (found == nullptr) {
        found = &active;
      }
    }
    return found;
  }

  void report(const Active& active) {
    const Suppression& suppression = active.suppression;
    if (options_.require_reason && suppression.reason.empty()) {
      warn("suppression-without-reason", suppression.remark.span, "the suppression gives no reason",
           "write why after a colon: `halint-ignore[slug]: reason`");
    }
    report_end(suppression);
    if (options_.are_ignored || broken_.contains(suppression.remark.span.file)) return;
    for (const std::string& rule : suppression.rules) {
      if (!active.used.contains(rule)) report_unused(active, rule);
    }
  }

  void report_end(const Suppression& suppression) {
    constexpr int kSoon = 14;
    if (!suppression.until || !options_.today) return;
    int left = days_between(*options_.today, *suppression.until);
    if (left < 0) {
      warn("expired-suppression", suppression.remark.span,
           fmt::format("the suppression ended on {}, {} ago", suppression.until_text,
                       plural(static_cast<std::size_t>(-left), "day")),
           "mend the finding, or give a new date");
    } else if (left <= kSoon) {
      warn("suppression-expires-soon", suppression.remark.span,
           fmt::format("the suppression ends on {}, in {}", suppression.until_text,
                       plural(static_cast<std::size_t>(left), "day")),
           "", Severity::kNote);
    }
  }

  void report_unused(const Active& active, const std::string& rule) {
    const Rule* known = rules_.find(rule);
    bool ran = std::ranges::find(selected_, known) != selected_.end();
    if (known == nullptr || !ran) return;
    bool is_open = std::ranges::any_of(
        inconclusive_, [&](const Inconclusive& check) { return check.rule == rule && active.covers(check.span); });
    if (is_open) return;
    const Span& span = active.suppression.remark.span;
    if (!settings_of(settings_, rule).is_ignorable) {
      return warn("unused-suppression", span, fmt::format("`{}` cannot be silenced by a comment here", rule),
                  "the configuration says `ignorable: false`; mend the finding");
    }
    if (active.on_path.contains(rule)) {
      return warn("unused-suppression", span, fmt::format("`{}` is not found here: this only lies on the path", rule),
                  "put the comment on the block that the finding names");
    }
    warn("unused-suppression", span, fmt::format("`{}` is not found here", rule), "remove the comment");
  }

  Suppressible& run_;
  const RuleSet& rules_;
  std::span<const Rule* const> selected_;
  std::span<const Inconclusive> inconclusive_;
  std::span<const RuleSetting> settings_;
  const SuppressionOptions& options_;
  std::vector<Active> active_;
  std::set<FileId> broken_;
};

}  // namespace

void apply_suppressions(Suppressible& run, const std::vector<Remark>& remarks, const RuleSet& rules,
                        std::span<const Rule* const> selected, std::span<const Inconclusive> inconclusive,
                        std::span<const RuleSetting> settings, const SuppressionOptions& options) {
  if (!remarks.empty()) Suppressor(run, rules, selected, inconclusive, settings, options).run(remarks);
}

}  // namespace halint
