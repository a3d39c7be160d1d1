// The report as GitHub's workflow commands: annotations on the lines of a pull request.
//
// GitHub shows ten annotations of a kind for a step, first come, first served; so the worst come first, and the tenth
// says how many there are besides. (Workflow commands for GitHub Actions, "Setting an error message".)
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "report/parts.h"

namespace halint {
namespace {

constexpr std::size_t kMostOfAKind = 9;

std::string escape(std::string_view text, bool is_property) {
  std::string result;
  for (char c : text) {
    switch (c) {
      case '%':
        result += "%25";
        break;
      case '\r':
        result += "%0D";
        break;
      case '\n':
        result += "%0A";
        break;
      case ':':
        result += is_property ? "%3A" : ":";
        break;
      case ',':
        result += is_property ? "%2C" : ",";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string_view command_of(Severity severity) {
  if (severity == Severity::kError) return "error";
  return severity == Severity::kWarning ? "warning" : "notice";
}

std::string place_of(const Sources& sources, const Span& span) {
  Span line = first_line_of(sources, span);
  Position begin = sources.begin_of(line), end = sources.end_of(line);
  return fmt::format(",file={},line={},endLine={},col={},endColumn={}", escape(sources.path(span.file), true),
                     begin.line, end.line, begin.column, std::max(end.column, begin.column + 1));
}

std::string annotation(const Sources& sources, const Finding& finding) {
  std::string text = finding.message;
  if (!finding.impact.empty()) text += "\n\n" + finding.impact;
  for (const Evidence& evidence : finding.evidence) {
    if (!evidence.span.is_known()) continue;
    Position at = sources.begin_of(evidence.span);
    text += fmt::format("\nnote: {}:{} {}", sources.path(evidence.span.file), at.line, evidence.text);
  }
  if (!finding.help.empty()) text += "\nhelp: " + finding.help;
  return fmt::format("::{} title={}{}::{}\n", command_of(finding.severity), escape(finding.rule, true),
                     finding.span.is_known() ? place_of(sources, finding.span) : "", escape(escape_lines(text), false));
}

}  // namespace

std::string render_github(const Report& report, const Sources& sources) {
  Listing listing(report, sources);
  std::vector<const Finding*> items = listing.items();
  std::stable_sort(items.begin(), items.end(),
                   [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
  std::string out;
  std::array<std::size_t, 3> counts = {};
  std::size_t left_out = 0;
  for (const Finding* finding : items) {
    if (++counts[static_cast<std::size_t>(finding->severity)] <= kMostOfAKind)
      out += annotation(sources, *finding);
    else
      ++left_out;
  }
  if (left_out > 0) out += fmt::format("::notice title=halint::{} not shown here\n", plural(left_out, "more finding"));
  return out;
}

}  // namespace halint
