// The report for editors: one line for each finding, in the form of compilers.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "report/parts.h"

namespace halint {
namespace {

// "infra/nat.tf:7:1"; what has no place belongs to the program, as compilers say it.
std::string place_of(const Sources& sources, const Span& span, const RenderOptions& options) {
  return span.is_known() ? location_of(sources, span, options.viewpoint) : "halint";
}

// " (3 times: infra/dev, infra/prod, infra/test)": the roots, when each has its own.
std::string times(const Repeated& line) {
  constexpr std::size_t kMostRoots = 3;
  if (line.times == 1) return "";
  std::vector<std::string> roots;
  for (const Subject& subject : line.finding.subjects) {
    std::string root = escape_controls(root_of(subject.address));
    if (std::find(roots.begin(), roots.end(), root) == roots.end()) roots.push_back(std::move(root));
  }
  if (roots.size() < 2) return fmt::format(" ({} times)", line.times);
  std::string names =
      fmt::format("{}", fmt::join(roots.begin(), roots.begin() + std::min(roots.size(), kMostRoots), ", "));
  if (roots.size() > kMostRoots) names += fmt::format(" and {} more", roots.size() - kMostRoots);
  return fmt::format(" ({} times: {})", line.times, names);
}

}  // namespace

std::string render_concise(const Report& report, const Sources& sources, const RenderOptions& options) {
  const Palette& palette = options.color ? kColored : kPlain;
  Listing listing(report, sources);
  const std::vector<Repeated> lines = without_repetition(listing.items());
  std::string out;
  std::size_t shown = 0;
  for (const Repeated& line : lines) {
    if (options.max_findings > 0 && shown >= options.max_findings) break;
    const Finding& finding = line.finding;
    out += fmt::format("{}: {}: {} [{}]{}\n", place_of(sources, finding.span, options),
                       colored(name_of(finding.severity), palette.of(finding.severity), palette),
                       escape_controls(finding.message), escape_controls(finding.rule), times(line));
    shown += line.times;
  }
  if (shown < listing.items().size()) {
    out += fmt::format("{} not shown.\n", plural(listing.items().size() - shown, "more finding"));
  }
  if (options.show_suppressed) {
    for (const Suppressed& item : report.suppressed) {
      out += fmt::format("{}: {}: suppressed: {} [{}]\n", place_of(sources, item.finding.span, options),
                         colored("note", palette.note, palette), escape_controls(item.finding.message),
                         escape_controls(item.finding.rule));
    }
  }
  if (options.show_inconclusive) {
    for (const Inconclusive& check : report.inconclusive) {
      out += fmt::format("{}: {}: inconclusive: `{}` could not be checked: {} [{}]\n",
                         place_of(sources, check.span, options), colored("note", palette.note, palette),
                         escape_controls(short_address(check.address)), escape_controls(check.reason),
                         escape_controls(check.rule));
    }
    for (const std::string& reason : report.left_out) {
      out += fmt::format("halint: note: left out: {}\n", escape_controls(reason));
    }
  }
  return out + render_summary(report, options);
}

}  // namespace halint
