// The report for editors: one line for each finding, in the form of compilers.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "report/parts.h"

namespace halint {
namespace {

// "infra/nat.tf:7:1"; what has no place belongs to the program, as compilers say it.
std::string place_of(const Sources& sources, const Span& span, const RenderOptions& options) {
  return span.is_known() ? location_of(sources, span, options.viewpoint) : "halint";
}

}  // namespace

std::string render_concise(const Report& report, const Sources& sources, const RenderOptions& options) {
  const Palette& palette = options.color ? kColored : kPlain;
  Listing listing(report, sources);
  std::size_t shown = listing.items().size();
  if (options.max_findings > 0) shown = std::min(shown, options.max_findings);
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) {
    const Finding& finding = *listing.items()[i];
    out += fmt::format("{}: {}: {} [{}]\n", place_of(sources, finding.span, options),
                       colored(name_of(finding.severity), palette.of(finding.severity), palette),
                       escape_controls(finding.message), escape_controls(finding.rule));
  }
  if (shown < listing.items().size()) {
    out += fmt::format("{} not shown.\n", plural(listing.items().size() - shown, "more finding"));
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
