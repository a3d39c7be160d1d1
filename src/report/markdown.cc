// The report as Markdown, for the summary of a CI job: the verdict, a table, and each finding to fold out.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "report/parts.h"

namespace halint {
namespace {

// GitHub takes 1 MiB for a step, and shows nothing of what is larger. Rows get half of it, blocks the rest.
constexpr std::size_t kMostRowBytes = 450'000;
constexpr std::size_t kMostBytes = 950'000;

// One line of text. What stands in `backticks` stays code, everything else stays plain.
std::string plain(std::string_view text) {
  const bool is_paired = std::count(text.begin(), text.end(), '`') % 2 == 0;
  bool in_code = false;
  std::string out;
  for (const char c : escape_controls(text)) {
    if (c == '`' && is_paired) in_code = !in_code;
    const bool is_markup = std::string_view("\\*_[]<>&|~#!@`").find(c) != std::string_view::npos;
    const bool stays = in_code ? c != '|' : c == '`' && is_paired;
    if (is_markup && !stays) out += '\\';
    out += c;
  }
  return out;
}

// Longer than any run of backticks inside.
std::string fence_around(std::string_view text) {
  std::size_t longest = 2, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return std::string(longest + 1, '`');
}

// The verdict first, since it is what people look for; a run that failed has none.
std::string summary_of(const Report& report, const RenderOptions& options) {
  std::string verdict = judge(report, options).verdict;
  std::string summary = render_summary(report, options);
  const std::size_t at = summary.rfind(verdict);
  if (at == summary.npos) {
    verdict = "halint could not do its job.";
  } else {
    summary.resize(at);
  }
  std::replace(summary.begin(), summary.end(), '\n', ' ');
  return fmt::format("**{}** {}\n", plain(verdict), plain(summary));
}

std::string place_of(const Sources& sources, const Finding& finding) {
  if (!finding.span.is_known()) return "";
  return plain(fmt::format("{}:{}", sources.path(finding.span.file), sources.begin_of(finding.span).line));
}

std::string row(const Sources& sources, const Repeated& line) {
  return fmt::format("| {} | {} | {} | {}{} |\n", name_of(line.finding.severity), plain(line.finding.rule),
                     place_of(sources, line.finding), plain(line.finding.message),
                     line.times > 1 ? fmt::format(" ({} times)", line.times) : "");
}

std::string table(const Sources& sources, const std::vector<Repeated>& lines) {
  if (lines.empty()) return "";
  std::string out = "\n| | rule | where | what |\n|---|---|---|---|\n";
  std::size_t shown = 0;
  for (; shown < lines.size() && out.size() < kMostRowBytes; ++shown) out += row(sources, lines[shown]);
  if (shown < lines.size()) out += fmt::format("\n{} not shown here.\n", plural(lines.size() - shown, "more finding"));
  return out;
}

std::string block(const Finding& finding, const Sources& sources, const RuleSet& rules, const RenderOptions& options,
                  std::size_t times) {
  const std::string text = render_finding(finding, sources, rules, options, times);
  const std::string fence = fence_around(text);
  return fmt::format("\n<details><summary>{}: {}</summary>\n\n{}text\n{}{}\n\n</details>\n", name_of(finding.severity),
                     finding.rule, fence, text, fence);
}

}  // namespace

std::string render_markdown(const Report& report, const Sources& sources, const RuleSet& rules,
                            const RenderOptions& options) {
  RenderOptions uncolored = options;
  uncolored.color = false;
  Listing listing(report, sources);
  std::vector<Repeated> lines = without_repetition(listing.items());
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Repeated& a, const Repeated& b) { return a.finding.severity > b.finding.severity; });
  std::string out = "### halint\n\n" + summary_of(report, uncolored) + table(sources, lines);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string text = block(lines[i].finding, sources, rules, uncolored, lines[i].times);
    if (out.size() + text.size() > kMostBytes)
      return out + fmt::format("\n{} without room for details here.\n", plural(lines.size() - i, "finding"));
    out += text;
  }
  return out;
}

}  // namespace halint
