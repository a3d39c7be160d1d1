// The report as JUnit's XML, which most CI servers show as test results.
//
// A file with findings is a suite, a finding a failed case; each rule that ran without finding is a passed case, since
// an empty report looks like a failed job to some servers.
// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "report/parts.h"

namespace halint {
namespace {

// XML 1.0 has no way to write most control characters; they are written as their escapes.
std::string escape(std::string_view text) {
  std::string result;
  for (char c : escape_lines(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string failed_case(const Sources& sources, const RuleSet& rules, const RenderOptions& options,
                        const Finding& finding) {
  std::string line, where = "halint";
  if (finding.span.is_known()) {
    where = sources.path(finding.span.file);
    line = fmt::format(" line=\"{}\"", sources.begin_of(finding.span).line);
  }
  RenderOptions plain = options;
  plain.color = false;
  return fmt::format(
      "    <testcase name=\"{}: {}\" classname=\"{}\" file=\"{}\"{}>\n"
      "      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>\n",
      escape(finding.rule), escape(finding.message), escape(finding.rule), escape(where), line,
      name_of(finding.severity), escape(finding.message), escape(render_finding(finding, sources, rules, plain)));
}

}  // namespace

std::string render_junit(const Report& report, const Sources& sources, const RuleSet& rules,
                         const RenderOptions& options) {
  Listing listing(report, sources);
  std::map<std::string_view, std::vector<const Finding*>> by_file;
  std::set<std::string_view> failed;
  for (const Finding* finding : listing.items()) {
    by_file[finding->span.is_known() ? sources.path(finding->span.file) : "halint"].push_back(finding);
    failed.insert(finding->rule);
  }
  std::string suites;
  std::size_t passed = 0;
  std::string passed_cases;
  for (const Rule* rule : options.active_rules) {
    if (failed.contains(rule->id)) continue;
    passed_cases += fmt::format("    <testcase name=\"{0}\" classname=\"{0}\"/>\n", escape(rule->id));
    ++passed;
  }
  for (const auto& [path, findings] : by_file) {
    suites += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n", escape(path), findings.size(),
                          findings.size());
    for (const Finding* finding : findings) suites += failed_case(sources, rules, options, *finding);
    suites += "  </testsuite>\n";
  }
  if (passed > 0) {
    suites +=
        fmt::format("  <testsuite name=\"rules without findings\" tests=\"{}\" failures=\"0\">\n{}  </testsuite>\n",
                    passed, passed_cases);
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"halint\" tests=\"{}\" failures=\"{}\">\n"
      "{}</testsuites>\n",
      passed + listing.items().size(), listing.items().size(), suites);
}

}  // namespace halint
