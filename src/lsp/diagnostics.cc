// Findings as the editor shows them.
// SPDX-License-Identifier: Apache-2.0
#include "lsp/diagnostics.h"

#include <fmt/format.h>

#include "base/text.h"

namespace halint::lsp {
namespace {

// DiagnosticSeverity and DiagnosticTag of the protocol.
constexpr int kError = 1, kWarning = 2, kInformation = 3;
constexpr int kUnnecessary = 1;

int severity_of(Severity severity) {
  if (severity == Severity::kError) return kError;
  return severity == Severity::kWarning ? kWarning : kInformation;
}

class Writer {
 public:
  Writer(const Analysis& analysis, const ClientAbilities& client)
      : analysis_(analysis), sources_(*analysis.sources), client_(client) {}

  std::map<std::string, Json> run() {
    for (const Finding& finding : analysis_.report.findings) add(finding);
    for (const Diagnostic& diagnostic : analysis_.report.diagnostics) add(diagnostic);
    return std::move(lists_);
  }

 private:
  // Null if the place is in no file that an editor can open.
  Json* add_to(const Span& span) {
    std::string path = analysis_.path_of(span.file);
    if (path.empty()) return nullptr;
    Json& list = lists_[path];
    if (list.is_null()) list = Json::array();
    return &list;
  }

  Json location(const Span& span) const {
    return {{"uri", uri_of_path(analysis_.path_of(span.file))},
            {"range", first_line_range(sources_, span, client_.encoding)}};
  }

  void relate(Json& related, std::string& message, const Span& span, const std::string& text) const {
    std::string path = analysis_.path_of(span.file);
    if (path.empty()) return;
    if (client_.shows_related_information) {
      related.push_back({{"location", location(span)}, {"message", text}});
    } else {
      message += fmt::format("\n{}:{}: {}", sources_.path(span.file), sources_.begin_of(span).line, text);
    }
  }

  void add(const Finding& finding) {
    Json* list = add_to(finding.span);
    if (list == nullptr) return;
    std::string message = finding.message;
    if (!finding.impact.empty()) message += "\n" + finding.impact;
    if (!finding.when.empty()) message += "\nwhen " + finding.when;
    Json related = Json::array();
    for (const Evidence& evidence : finding.evidence) relate(related, message, evidence.span, evidence.text);
    for (const Evidence& hop : finding.path) relate(related, message, hop.span, hop.text);
    for (const ValueOrigin& origin : finding.origins) relate(related, message, origin.span, origin.text);
    Json diagnostic = {{"range", first_line_range(sources_, finding.span, client_.encoding)},
                       {"severity", severity_of(finding.severity)},
                       {"code", finding.rule},
                       {"source", "halint"},
                       {"message", std::move(message)},
                       {"data", {{"id", finding.id}, {"rule", finding.rule}, {"ignore", ignore_edit(finding)}}}};
    if (client_.shows_related_information && !related.empty()) diagnostic["relatedInformation"] = std::move(related);
    list->push_back(std::move(diagnostic));
  }

  void add(const Diagnostic& fault) {
    Json* list = add_to(fault.span);
    if (list == nullptr) return;
    std::string message = fault.message;
    if (!fault.help.empty()) message += "\n" + fault.help;
    Json diagnostic = {{"range", first_line_range(sources_, fault.span, client_.encoding)},
                       {"severity", severity_of(fault.severity)},
                       {"code", fault.rule},
                       {"source", "halint"},
                       {"message", std::move(message)}};
    if (fault.rule == "unused-suppression") diagnostic["tags"] = {kUnnecessary};
    list->push_back(std::move(diagnostic));
  }

  // Where the comment of a suppression goes: on the first blamed block, or on the call that makes it.
  Json ignore_edit(const Finding& finding) const {
    for (const Subject& subject : finding.subjects) {
      Span block = subject.whole.is_known() ? subject.whole : subject.header;
      if (analysis_.path_of(block.file).empty() && !subject.via.empty()) block = subject.via.front();
      std::string path = analysis_.path_of(block.file);
      if (path.empty()) continue;
      if (path.ends_with(".json")) return json_edit(path, block, finding.rule);
      std::uint32_t line = sources_.begin_of(block).line;
      std::string_view text = sources_.line(block.file, line);
      std::string_view indent = text.substr(0, text.find_first_not_of(" \t"));
      return {{"uri", uri_of_path(path)},
              {"position", {{"line", line - 1}, {"character", 0}}},
              {"text", fmt::format("{}# halint-ignore[{}]: reason\n", indent, finding.rule)}};
    }
    return nullptr;
  }

  // Terraform's JSON takes comments as members; other JSON has no comments.
  Json json_edit(const std::string& path, const Span& block, const std::string& rule) const {
    std::string_view text = sources_.text(block);
    std::size_t brace = text.find('{');
    if (!path.ends_with(".tf.json") || brace == text.npos) return nullptr;
    std::uint32_t after = block.begin + static_cast<std::uint32_t>(brace) + 1;
    return {{"uri", uri_of_path(path)},
            {"position", position_at(sources_, block.file, after, client_.encoding)},
            {"text", fmt::format("\"//\": \"halint-ignore[{}]: reason\", ", rule)}};
  }

  const Analysis& analysis_;
  const Sources& sources_;
  const ClientAbilities& client_;
  std::map<std::string, Json> lists_;
};

}  // namespace

std::map<std::string, Json> diagnostics_of(const Analysis& analysis, const ClientAbilities& client) {
  return Writer(analysis, client).run();
}

}  // namespace halint::lsp
