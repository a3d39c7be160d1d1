// The report for GitLab's merge requests: a Code Quality artifact.
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "report/parts.h"

namespace halint {
namespace {

using Json = nlohmann::ordered_json;

std::string_view severity_of(Severity severity) {
  if (severity == Severity::kError) return "major";
  return severity == Severity::kWarning ? "minor" : "info";
}

}  // namespace

std::string render_gitlab(const Report& report, const Sources& sources) {
  Listing listing(report, sources);
  Json issues = Json::array();
  for (const Finding* finding : listing.items()) {
    // GitLab shows nothing that has no place.
    if (!finding->span.is_known()) continue;
    std::string_view path = sources.path(finding->span.file);
    std::uint32_t line = sources.begin_of(finding->span).line;
    // halint's own findings have no identity; their place and text tell them apart.
    std::string fingerprint = finding->id.empty() ? finding->rule + ":" + std::string(path) + ":" +
                                                        std::to_string(finding->span.begin) + ":" + finding->message
                                                  : finding->id;
    issues.push_back({{"description", finding->message},
                      {"check_name", finding->rule},
                      {"fingerprint", std::move(fingerprint)},
                      {"severity", severity_of(finding->severity)},
                      {"location", {{"path", path}, {"lines", {{"begin", line}}}}}});
  }
  return issues.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace halint
