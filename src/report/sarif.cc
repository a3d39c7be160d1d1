// The report for code scanning: SARIF 2.1.0, within the limits and habits of GitHub and of the SARIF viewers.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/file_system.h"
#include "report/line_hash.h"
#include "report/parts.h"
#include "report/sarif_rules.h"

namespace halint {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostLocations = 50;  // Of one result.
constexpr std::size_t kMostLinks = 10;      // In one message.
constexpr std::size_t kMostSubjects = 10;

std::string percent_encoded(std::string_view path) {
  std::string out;
  for (unsigned char c : path) {
    bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
                 c == '_' || c == '~' || c == '/';
    out += plain ? std::string(1, static_cast<char>(c)) : fmt::format("%{:02X}", c);
  }
  return out;
}

// A text as a sentence that may stand beside others. What would look like a link is taken apart.
std::string sentence(std::string_view text, bool capital) {
  std::string out;
  for (char c : text) {
    if (c == '\r') continue;
    if (c == '(' && out.ends_with(']')) out += ' ';
    out += c == '\n' ? ' ' : c;
  }
  while (out.ends_with(' ')) out.pop_back();
  if (out.empty()) return out;
  if (capital && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  if (!out.ends_with('.') && !out.ends_with('!') && !out.ends_with('?')) out += '.';
  return out;
}

class SarifWriter {
 public:
  SarifWriter(const Report& report, const Sources& sources, const RuleSet& rules, const RenderOptions& options)
      : report_(report),
        sources_(sources),
        options_(options),
        listing_(report, sources),
        rules_(sarif_rules(report, listing_, rules, options)) {}

  Json run();

 private:
  Json artifact(const Span& span) const;
  Json physical_location(const Span& span) const;
  Json related(const Finding& finding) const;
  std::string message(const Finding& finding, const Json& related) const;
  Json code_flow(const Finding& finding) const;
  Json result(const Finding& finding);
  Json notification(Severity level, std::string text) const;
  Json notifications() const;
  Json driver() const;
  std::string line_hash(const Span& span);

  const Report& report_;
  const Sources& sources_;
  const RenderOptions& options_;
  Listing listing_;
  SarifRules rules_;
  std::map<FileId, std::vector<std::string>> line_hashes_;
};

Json SarifWriter::artifact(const Span& span) const {
  std::string_view path = sources_.path(span.file);
  if (path.starts_with('/')) return {{"uri", "file://" + percent_encoded(path)}};
  return {{"uri", percent_encoded(path)}, {"uriBaseId", "SRCROOT"}};
}

// One line, since GitHub annotates a pull request only if all lines of a region are in the diff.
Json SarifWriter::physical_location(const Span& span) const {
  Span shown = first_line_of(sources_, span);
  std::uint32_t line = sources_.begin_of(shown).line;
  std::uint32_t start = sources_.column_in(shown.file, shown.begin, Encoding::kUtf16) + 1;
  std::uint32_t end = sources_.column_in(shown.file, shown.end, Encoding::kUtf16) + 1;
  return {{"artifactLocation", artifact(span)},
          {"region",
           {{"startLine", line}, {"startColumn", start}, {"endLine", line}, {"endColumn", std::max(start, end)}}}};
}

// Evidence and origins that have a place, numbered from 1.
Json SarifWriter::related(const Finding& finding) const {
  Json list = Json::array();
  auto add = [&](const Span& span, const std::string& text) {
    if (!span.is_known() || list.size() >= kMostLocations) return;
    list.push_back({{"id", list.size() + 1},
                    {"message", {{"text", sentence(text.empty() ? "related" : text, false)}}},
                    {"physicalLocation", physical_location(span)}});
  };
  for (const Evidence& evidence : finding.evidence) add(evidence.span, evidence.text);
  for (const ValueOrigin& origin : finding.origins) add(origin.span, origin.text);
  return list;
}

// The first sentence is all that GitHub shows where space is short. Related places are reached through links only.
std::string SarifWriter::message(const Finding& finding, const Json& related) const {
  std::string text = sentence(finding.message, false);
  if (!finding.impact.empty()) text += " " + sentence(finding.impact, true);
  if (!finding.when.empty()) text += fmt::format(" This holds when {}", sentence(finding.when, false));
  std::size_t links = std::min(related.size(), kMostLinks);
  for (std::size_t i = 0; i < links; ++i) {
    const Json& place = related[i]["physicalLocation"];
    std::string uri = place["artifactLocation"]["uri"].get<std::string>();
    text += i == 0 ? " See " : i + 1 == links ? " and " : ", ";
    // Percent-encoded, so there is no bracket in it that would end the link's text.
    text += fmt::format("[{}:{}]({})", file_name_of(uri), place["region"]["startLine"].get<std::uint32_t>(), i + 1);
  }
  return links > 0 ? text + "." : text;
}

// The path of a finding; without one the evidence, from the blamed place on, and where its values come from.
Json SarifWriter::code_flow(const Finding& finding) const {
  Json locations = Json::array();
  auto add = [&](const Span& span, const std::string& text, int level) {
    if (!span.is_known() || locations.size() >= kMostLocations) return;
    Json step = {{"nestingLevel", level}};
    bool on_subject = std::any_of(finding.subjects.begin(), finding.subjects.end(),
                                  [&](const Subject& subject) { return subject.whole.contains(span); });
    if (on_subject) step["importance"] = "essential";
    step["location"] = {{"message", {{"text", sentence(text.empty() ? "related" : text, false)}}},
                        {"physicalLocation", physical_location(span)}};
    locations.push_back(std::move(step));
  };
  if (finding.path.empty()) {
    add(finding.span, finding.label.empty() ? finding.message : finding.label, 0);
    for (const Evidence& evidence : finding.evidence) add(evidence.span, evidence.text, 0);
    for (const ValueOrigin& origin : finding.origins) add(origin.span, origin.text, 1);
    if (locations.size() < 2) return Json::array();
  }
  for (const Evidence& hop : finding.path) add(hop.span, hop.text, 0);
  if (locations.empty()) return Json::array();
  Json flow = {{"threadFlows", Json::array({{{"locations", std::move(locations)}}})}};
  return Json::array({std::move(flow)});
}

std::string SarifWriter::line_hash(const Span& span) {
  auto [hashes, is_new] = line_hashes_.try_emplace(span.file);
  if (is_new) hashes->second = line_hashes(sources_.file(span.file).text);
  std::size_t line = sources_.begin_of(span).line;
  return line <= hashes->second.size() ? hashes->second[line - 1] : "";
}

// Requires: the finding has a place.
Json SarifWriter::result(const Finding& finding) {
  Json places = related(finding);
  Json location = {{"physicalLocation", physical_location(finding.span)}};
  if (!finding.label.empty()) location["message"] = {{"text", sentence(finding.label, false)}};
  for (std::size_t i = 0; i < std::min(finding.subjects.size(), kMostSubjects); ++i) {
    location["logicalLocations"].push_back(
        {{"fullyQualifiedName", short_address(finding.subjects[i].address)}, {"kind", "resource"}});
  }
  Json fingerprints = Json::object();
  if (std::string hash = line_hash(finding.span); !hash.empty()) fingerprints["primaryLocationLineHash"] = hash;
  if (!finding.id.empty()) fingerprints["halintIdentity/v1"] = finding.id;

  Json result = {{"ruleId", finding.rule},
                 {"ruleIndex", rules_.indices.find(finding.rule)->second},
                 {"level", name_of(finding.severity)},
                 {"message", {{"text", message(finding, places)}}},
                 {"locations", Json::array({std::move(location)})}};
  if (!places.empty()) result["relatedLocations"] = std::move(places);
  if (Json flow = code_flow(finding); !flow.empty()) result["codeFlows"] = std::move(flow);
  result["partialFingerprints"] = std::move(fingerprints);
  if (!finding.subjects.empty()) result["properties"] = {{"address", finding.subjects.front().address}};
  if (!finding.projects.empty()) result["properties"]["projects"] = finding.projects;
  return result;
}

Json SarifWriter::notification(Severity level, std::string text) const {
  return {{"level", name_of(level)}, {"message", {{"text", sentence(text, true)}}}};
}

// What is no result, but must not get lost: undecided checks, what was not read, what has no place in any file.
Json SarifWriter::notifications() const {
  Json list = Json::array();
  auto add_rule = [&](Json& note, const std::string& rule) {
    note["associatedRule"] = {{"id", rule}, {"index", rules_.indices.find(rule)->second}};
  };
  for (const Finding* finding : listing_.items()) {
    if (finding->span.is_known()) continue;
    list.push_back(notification(finding->severity, finding->message));
    add_rule(list.back(), finding->rule);
  }
  for (const Inconclusive& check : report_.inconclusive) {
    std::string text =
        fmt::format("could not check {} for `{}`: {}", check.rule, short_address(check.address), check.reason);
    if (!check.decide.empty()) text += fmt::format(" (decide: {})", check.decide);
    Json note = notification(Severity::kNote, std::move(text));
    if (check.span.is_known()) {
      note["locations"] = Json::array({{{"physicalLocation", physical_location(check.span)}}});
    }
    add_rule(note, check.rule);
    list.push_back(std::move(note));
  }
  for (const std::string& reason : report_.left_out) list.push_back(notification(Severity::kNote, reason));
  for (const std::string& defect : report_.defects) list.push_back(notification(Severity::kError, defect));
  return list;
}

Json SarifWriter::driver() const {
  Json driver = {{"name", "halint"}};
  if (!options_.version.empty()) {
    driver["version"] = options_.version;
    driver["semanticVersion"] = options_.version;
  }
  if (!options_.docs_url.empty()) driver["informationUri"] = options_.docs_url;
  driver["rules"] = rules_.descriptors;
  return driver;
}

Json SarifWriter::run() {
  Json results = Json::array();
  for (const Finding* finding : listing_.items()) {
    if (finding->span.is_known()) results.push_back(result(*finding));
  }
  if (options_.show_suppressed) {
    for (const Suppressed& item : report_.suppressed) {
      if (!item.finding.span.is_known()) continue;
      Json suppression = {{"kind", "inSource"}, {"status", "accepted"}};
      if (!item.reason.empty()) suppression["justification"] = item.reason;
      suppression["location"] = {{"physicalLocation", physical_location(item.span)}};
      results.push_back(result(item.finding));
      results.back()["suppressions"] = Json::array({std::move(suppression)});
    }
  }
  Json invocation = {{"executionSuccessful", report_.defects.empty()}};
  Json root = {{"description", {{"text", "The root of the repository."}}}};
  if (!options_.root_uri.empty()) {
    invocation["workingDirectory"] = {{"uri", options_.root_uri}};
    root = {{"uri", options_.root_uri}};
  }
  invocation["toolExecutionNotifications"] = notifications();

  Json run = {{"tool", {{"driver", driver()}}}};
  if (!options_.category.empty()) run["automationDetails"] = {{"id", fmt::format("halint/{}/", options_.category)}};
  run["invocations"] = Json::array({std::move(invocation)});
  run["originalUriBaseIds"] = {{"SRCROOT", std::move(root)}};
  run["results"] = std::move(results);
  run["columnKind"] = "utf16CodeUnits";
  return run;
}

}  // namespace

std::string render_sarif(const Report& report, const Sources& sources, const RuleSet& rules,
                         const RenderOptions& options) {
  Json document = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                   {"version", "2.1.0"},
                   {"runs", Json::array({SarifWriter(report, sources, rules, options).run()})}};
  return document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace halint
