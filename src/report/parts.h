// What the formats share: findings and halint's own diagnostics as one list, and words about them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"

namespace halint {

// Findings and diagnostics in the order of the report. A diagnostic is shown as a finding without subjects and
// identity. The report must outlive it.
class Listing {
 public:
  Listing(const Report& report, const Sources& sources);
  Listing(const Listing&) = delete;
  Listing& operator=(const Listing&) = delete;

  const std::vector<const Finding*>& items() const { return items_; }

 private:
  std::vector<Finding> converted_;
  std::vector<const Finding*> items_;
};

// A diagnostic as a finding: its notes are the evidence.
Finding as_finding(const Diagnostic& diagnostic);

struct Counts {
  std::size_t error = 0;
  std::size_t warning = 0;
  std::size_t note = 0;
  std::size_t total() const { return error + warning + note; }
};
// Findings and diagnostics together.
Counts count(const Report& report);
// "1 error, 2 warnings"; empty if there is nothing.
std::string in_words(const Counts& counts);

// As escape_controls, but of several lines, which stay.
std::string escape_lines(std::string_view text);

// Findings of one rule that read the same at the same place, such as those of several roots that call one module: the
// first stands for all, and has the subjects of all.
struct Repeated {
  Finding finding;
  std::size_t times = 1;
};
std::vector<Repeated> without_repetition(const std::vector<const Finding*>& items);

// "tf:infra#module.network.aws_subnet.a" -> "module.network.aws_subnet.a".
std::string_view short_address(std::string_view address);

// "tf:infra/prod#aws_vpc.a" -> "infra/prod". Empty if it has none.
std::string_view root_of(std::string_view address);

// The part of a span on its first line, without the line's ending.
Span first_line_of(const Sources& sources, const Span& span);

// The block of one finding, as `full` shows it. `times` says how many it stands for.
std::string render_finding(const Finding& finding, const Sources& sources, const RuleSet& rules,
                           const RenderOptions& options, std::size_t times = 1);
std::string render_full(const Report& report, const Sources& sources, const RuleSet& rules,
                        const RenderOptions& options);
std::string render_concise(const Report& report, const Sources& sources, const RenderOptions& options);
std::string render_json(const Report& report, const Sources& sources, const RenderOptions& options);
std::string render_github(const Report& report, const Sources& sources);
std::string render_gitlab(const Report& report, const Sources& sources);
std::string render_junit(const Report& report, const Sources& sources, const RuleSet& rules,
                         const RenderOptions& options);
std::string render_markdown(const Report& report, const Sources& sources, const RuleSet& rules,
                            const RenderOptions& options);
std::string render_sarif(const Report& report, const Sources& sources, const RuleSet& rules,
                         const RenderOptions& options);

}  // namespace halint
