// What a run found, as bytes: for people, for editors, for programs, for code scanning.
// SPDX-License-Identifier: Apache-2.0
#include "report/report.h"

#include <fmt/format.h>

#include "graph/print_graph.h"
#include "report/parts.h"

namespace halint {
namespace {

constexpr ReportFormat kFormats[] = {ReportFormat::kFull,  ReportFormat::kConcise, ReportFormat::kJson,
                                     ReportFormat::kSarif, ReportFormat::kGithub,  ReportFormat::kGitlab,
                                     ReportFormat::kJunit, ReportFormat::kMarkdown};

}  // namespace

std::string_view name_of(ReportFormat format) {
  switch (format) {
    case ReportFormat::kFull:
      return "full";
    case ReportFormat::kConcise:
      return "concise";
    case ReportFormat::kJson:
      return "json";
    case ReportFormat::kSarif:
      return "sarif";
    case ReportFormat::kGithub:
      return "github";
    case ReportFormat::kGitlab:
      return "gitlab";
    case ReportFormat::kJunit:
      return "junit";
    case ReportFormat::kMarkdown:
      return "markdown";
  }
  return "full";
}

std::optional<ReportFormat> report_format_named(std::string_view name) {
  for (ReportFormat format : kFormats) {
    if (name == name_of(format)) return format;
  }
  return std::nullopt;
}

bool is_machine_readable(ReportFormat format) {
  return format != ReportFormat::kFull && format != ReportFormat::kConcise;
}

std::string render(ReportFormat format, const Report& report, const Sources& sources, const RuleSet& rules,
                   const RenderOptions& options) {
  switch (format) {
    case ReportFormat::kFull:
      return render_full(report, sources, rules, options);
    case ReportFormat::kConcise:
      return render_concise(report, sources, options);
    case ReportFormat::kJson:
      return render_json(report, sources, options);
    case ReportFormat::kSarif:
      return render_sarif(report, sources, rules, options);
    case ReportFormat::kGithub:
      return render_github(report, sources);
    case ReportFormat::kGitlab:
      return render_gitlab(report, sources);
    case ReportFormat::kJunit:
      return render_junit(report, sources, rules, options);
    case ReportFormat::kMarkdown:
      return render_markdown(report, sources, rules, options);
  }
  return "";
}

std::string render_graphs(const Report& report) {
  std::string text;
  for (const Project& project : report.projects) {
    if (report.projects.size() > 1) text += fmt::format("# {}\n", project.root);
    text += print_graph(*project.graph);
  }
  return text;
}

}  // namespace halint
