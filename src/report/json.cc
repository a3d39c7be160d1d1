// The report for programs: `halint-report/1`. Within version 1 fields are only added.
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "report/parts.h"

namespace halint {
namespace {

using Json = nlohmann::ordered_json;

Json position_of(const Sources& sources, FileId file, std::uint32_t offset) {
  Position position = sources.position(file, offset);
  return {{"line", position.line}, {"column", position.column}, {"offset", offset}};
}

// Null for what has no place.
Json location_of(const Sources& sources, const Span& span) {
  if (!span.is_known()) return nullptr;
  return {{"file", sources.path(span.file)},
          {"start", position_of(sources, span.file, span.begin)},
          {"end", position_of(sources, span.file, span.end)}};
}

template <typename Place>
Json places_of(const Sources& sources, const std::vector<Place>& places) {
  Json list = Json::array();
  for (const Place& place : places) {
    list.push_back({{"text", place.text}, {"location", location_of(sources, place.span)}});
  }
  return list;
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json subjects_of(const Sources& sources, const Finding& finding) {
  Json list = Json::array();
  for (const Subject& subject : finding.subjects) {
    Json via = Json::array();
    for (const Span& call : subject.via) via.push_back(location_of(sources, call));
    list.push_back({{"address", subject.address},
                    {"kind", subject.kind},
                    {"type", subject.type},
                    {"location", location_of(sources, subject.header)},
                    {"via", std::move(via)}});
  }
  return list;
}

Json finding_of(const Sources& sources, const Finding& finding) {
  return {{"id", text_or_null(finding.id)},
          {"rule", finding.rule},
          {"severity", name_of(finding.severity)},
          {"tags", finding.tags},
          {"message", finding.message},
          {"label", text_or_null(finding.label)},
          {"subjects", subjects_of(sources, finding)},
          {"location", location_of(sources, finding.span)},
          {"evidence", places_of(sources, finding.evidence)},
          {"path", places_of(sources, finding.path)},
          {"origins", places_of(sources, finding.origins)},
          {"assumptions", finding.assumptions},
          {"when", text_or_null(finding.when)},
          {"fixes", Json::array()},
          {"projects", finding.projects},
          {"status", "new"},
          {"impact", text_or_null(finding.impact)},
          {"help", text_or_null(finding.help)}};
}

Json suppressed_of(const Sources& sources, const Suppressed& suppressed) {
  const SourceFile& file = sources.file(suppressed.span.file);
  Json json = finding_of(sources, suppressed.finding);
  json["status"] = "suppressed";
  json["suppression"] = {{"kind", "inSource"},
                         {"reason", text_or_null(suppressed.reason)},
                         {"until", text_or_null(suppressed.until)},
                         {"file", file.path},
                         {"line", sources.begin_of(suppressed.span).line}};
  return json;
}

Json inconclusive_of(const Sources& sources, const Inconclusive& check) {
  Json decide = Json::array();
  if (!check.decide.empty()) decide.push_back(check.decide);
  return {{"rule", check.rule},
          {"severity", name_of(check.severity)},
          {"subjects", Json::array({check.address})},
          {"location", location_of(sources, check.span)},
          {"projects", Json::array()},
          {"reason", check.reason},
          {"decide", std::move(decide)}};
}

Json summary_of(const Report& report, const RenderOptions& options) {
  Counts counts = count(report);
  Json gate = {{"fail_on", options.fail_on ? name_of(*options.fail_on) : "never"},
               {"passed", judge(report, options).passed}};
  return {{"error", counts.error},
          {"warning", counts.warning},
          {"note", counts.note},
          {"new", counts.total()},
          {"suppressed", report.suppressed.size()},
          {"baseline", 0},
          {"inconclusive", report.inconclusive.size()},
          {"files", report.statistics.files},
          {"nodes", report.statistics.nodes},
          {"edges", report.statistics.edges},
          {"gate", std::move(gate)}};
}

Json values_of(const ValueStatistics& values) {
  Json unknown = Json::object();
  for (std::size_t i = 0; i < kUnknownReasons; ++i) {
    unknown[name_of(static_cast<UnknownReason>(i))] = values.unknown[i];
  }
  return {{"resources", values.resources},
          {"fully_evaluated", values.complete},
          {"values", values.values},
          {"unknown", std::move(unknown)}};
}

Json statistics_of(const Report& report) {
  Json roots = Json::array();
  for (const RootValues& root : report.values) {
    Json item = {{"root", root.root}};
    item.update(values_of(root.values));
    roots.push_back(std::move(item));
  }
  return {{"total", values_of(total_values(report))}, {"roots", std::move(roots)}};
}

}  // namespace

std::string render_json(const Report& report, const Sources& sources, const RenderOptions& options) {
  Listing listing(report, sources);
  Json findings = Json::array(), suppressed = Json::array(), inconclusive = Json::array(), not_analysed = Json::array();
  for (const Finding* finding : listing.items()) findings.push_back(finding_of(sources, *finding));
  for (const Suppressed& item : report.suppressed) suppressed.push_back(suppressed_of(sources, item));
  for (const Inconclusive& check : report.inconclusive) inconclusive.push_back(inconclusive_of(sources, check));
  for (const std::string& reason : report.left_out) not_analysed.push_back({{"reason", reason}});
  Json document = {{"schema", "halint-report/1"},
                   {"tool",
                    {{"name", "halint"},
                     {"version", options.version},
                     {"profile", options.profile},
                     {"rules", report.statistics.rules}}},
                   {"summary", summary_of(report, options)},
                   {"findings", std::move(findings)},
                   {"inconclusive", std::move(inconclusive)},
                   {"suppressed", std::move(suppressed)},
                   {"not_analysed", std::move(not_analysed)}};
  if (!report.values.empty()) document["statistics"] = statistics_of(report);
  // Bytes that are not UTF-8 (of a path, of a name) become U+FFFD: JSON cannot hold them.
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace halint
