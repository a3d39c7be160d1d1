// What a run found, as bytes: for people, for editors, for programs, for code scanning.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/code_frame.h"
#include "base/diagnostic.h"
#include "base/source_file.h"
#include "check/check.h"
#include "rules/rule.h"

namespace halint {

enum class ReportFormat : std::uint8_t { kFull, kConcise, kJson, kSarif, kGithub, kGitlab, kJunit, kMarkdown };

// "full", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown".
std::string_view name_of(ReportFormat format);
std::optional<ReportFormat> report_format_named(std::string_view name);
// Read by programs: summary and verdict are not part of it.
bool is_machine_readable(ReportFormat format);

struct RenderOptions {
  bool color = false;              // Text.
  Viewpoint viewpoint;             // Text. Programs get paths relative to the root of the workspace.
  bool show_inconclusive = false;  // Text. Programs get them in any case.
  bool show_suppressed = false;    // Text and SARIF. JSON holds them in any case.
  std::size_t max_findings = 0;    // Text. 0: all.

  std::optional<Severity> fail_on = Severity::kError;  // Nothing: never.
  bool fail_on_inconclusive = false;

  std::string version;
  std::string profile = "recommended";
  std::string docs_url;                   // Base of the published documentation. Empty: no links.
  std::string root_uri;                   // SARIF: "file:///home/me/repository/". Empty: not said.
  std::string category;                   // SARIF: tells several runs on one commit apart. Empty: not said.
  std::vector<const Rule*> active_rules;  // SARIF: rules that were on. Rules with results are added.
};

// The whole report, in one order: file, position, rule, identity. Same report, same bytes.
std::string render(ReportFormat format, const Report& report, const Sources& sources, const RuleSet& rules,
                   const RenderOptions& options);

// "Found 3 findings: 1 error, 2 warnings." and what was not decided or not read; then the verdict.
// Text reports end with it; for others it goes to stderr.
std::string render_summary(const Report& report, const RenderOptions& options);

// How much of each root could be evaluated, and why the rest could not. Text, instead of findings; JSON holds it too.
std::string render_statistics(const Report& report);
ValueStatistics total_values(const Report& report);

// Diagnostics that belong to no run: of a configuration, of rule files.
std::string render_diagnostics(const std::vector<Diagnostic>& diagnostics, const Sources& sources,
                               const RenderOptions& options);

// The graphs of a run as text; requires `CheckOptions::keep_graphs`.
std::string render_graphs(const Report& report);

struct Gate {
  bool passed = true;
  std::string verdict;  // "Failed: 1 finding at or above error."
};
Gate judge(const Report& report, const RenderOptions& options);

}  // namespace halint
