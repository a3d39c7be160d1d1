// Tests of the last lines: counts, verdict, what was not read.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <gtest/gtest.h>

#include "report/report.h"

namespace halint {
namespace {

Report report_of(int errors, int warnings, int notes) {
  Report report;
  auto add = [&](int number, Severity severity) {
    for (int i = 0; i < number; ++i) {
      Finding finding;
      finding.severity = severity;
      report.findings.push_back(finding);
    }
  };
  add(errors, Severity::kError);
  add(warnings, Severity::kWarning);
  add(notes, Severity::kNote);
  return report;
}

RenderOptions fail_on(std::optional<Severity> level) {
  RenderOptions options;
  options.fail_on = level;
  return options;
}

TEST(Gate, FailsAtOrAboveTheLevel) {
  EXPECT_EQ(judge(report_of(1, 2, 0), {}).verdict, "Failed: 1 finding at or above error.");
  EXPECT_FALSE(judge(report_of(1, 2, 0), {}).passed);
  EXPECT_EQ(judge(report_of(1, 2, 3), fail_on(Severity::kWarning)).verdict, "Failed: 3 findings at or above warning.");
  EXPECT_EQ(judge(report_of(1, 2, 3), fail_on(Severity::kNote)).verdict, "Failed: 6 findings at or above note.");
}

TEST(Gate, PassesBelowTheLevelAndSaysWhatWouldFail) {
  Gate gate = judge(report_of(0, 2, 0), {});
  EXPECT_TRUE(gate.passed);
  EXPECT_EQ(gate.verdict, "Passed: 2 warnings, none at or above error (--fail-on warning would fail).");
  EXPECT_EQ(judge(report_of(0, 1, 2), {}).verdict,
            "Passed: 1 warning, 2 notes, none at or above error (--fail-on warning would fail).");
  EXPECT_EQ(judge(report_of(0, 0, 1), fail_on(Severity::kWarning)).verdict,
            "Passed: 1 note, none at or above warning (--fail-on note would fail).");
  EXPECT_EQ(judge(report_of(0, 0, 0), {}).verdict, "Passed: no findings.");
}

TEST(Gate, NeverFailsWhenToldSo) {
  Gate gate = judge(report_of(3, 0, 0), fail_on(std::nullopt));
  EXPECT_TRUE(gate.passed);
  EXPECT_EQ(gate.verdict, "Passed: 3 errors, but --fail-on never.");
  EXPECT_EQ(judge(report_of(0, 0, 0), fail_on(std::nullopt)).verdict, "Passed: no findings.");
}

TEST(Gate, CountsDiagnosticsAsFindings) {
  Report report = report_of(0, 0, 0);
  report.diagnostics.push_back({Span{}, Severity::kError, "syntax-error", "x", "", {}});
  EXPECT_FALSE(judge(report, {}).passed) << "a file that was not read must not look clean";
}

TEST(Gate, FailsOnInconclusiveChecksWhenAsked) {
  Report report = report_of(0, 0, 0);
  report.inconclusive = {{"a", Severity::kError, "", Span{}, "", ""},
                         {"b", Severity::kError, "", Span{}, "", ""},
                         {"c", Severity::kWarning, "", Span{}, "", ""}};
  RenderOptions options;
  EXPECT_TRUE(judge(report, options).passed);
  options.fail_on_inconclusive = true;
  EXPECT_EQ(judge(report, options).verdict, "Failed: 2 inconclusive checks of error rules (--fail-on-inconclusive).");
  options.fail_on = Severity::kWarning;
  EXPECT_EQ(judge(report, options).verdict,
            "Failed: 3 inconclusive checks of error and warning rules (--fail-on-inconclusive).");
  options.fail_on = std::nullopt;
  EXPECT_TRUE(judge(report, options).passed);
  report.inconclusive = {{"c", Severity::kWarning, "", Span{}, "", ""}};
  options.fail_on = Severity::kError;
  EXPECT_TRUE(judge(report, options).passed) << "only rules that could fail the run count";
}

TEST(Summary, CountsAndJudges) {
  EXPECT_EQ(render_summary(report_of(1, 2, 0), {}),
            "Found 3 findings: 1 error, 2 warnings.\nFailed: 1 finding at or above error.\n");
  EXPECT_EQ(render_summary(report_of(0, 0, 0), {}), "No findings.\nPassed: no findings.\n");
}

TEST(Summary, NamesTheInputsThatWouldDecideMost) {
  Report report;
  for (const char* decide : {"--var b", "--var a", "--var b", "", "--var c", "--var d"}) {
    report.inconclusive.push_back({"x", Severity::kError, "", Span{}, "unknown", decide});
  }
  EXPECT_EQ(render_summary(report, {}),
            "No findings. 6 inconclusive (-v lists them).\n"
            "`--var b` would decide 2 of them, `--var a` would decide 1 of them, `--var c` would decide 1 of them.\n"
            "Passed: no findings.\n");
}

TEST(Summary, CountsBrokenFilesOnce) {
  Report report;
  for (std::uint32_t file : {1u, 1u, 2u}) {
    report.diagnostics.push_back({Span{FileId{file}, 0, 1}, Severity::kError, "syntax-error", "x", "", {}});
  }
  report.diagnostics.push_back({Span{FileId{3}, 0, 1}, Severity::kError, "limit-exceeded", "x", "", {}});
  report.left_out = {"a", "b"};
  EXPECT_EQ(render_summary(report, {}),
            "Found 4 findings: 4 errors.\n"
            "2 files not fully understood (syntax-error), 2 files left out (-v lists them).\n"
            "Failed: 4 findings at or above error.\n");
}

TEST(ReportFormat, IsFoundByName) {
  for (ReportFormat format : {ReportFormat::kFull, ReportFormat::kConcise, ReportFormat::kJson, ReportFormat::kSarif}) {
    EXPECT_EQ(report_format_named(name_of(format)), format);
  }
  EXPECT_EQ(report_format_named("xml"), std::nullopt);
  EXPECT_TRUE(is_machine_readable(ReportFormat::kSarif));
  EXPECT_FALSE(is_machine_readable(ReportFormat::kConcise));
}

}  // namespace
}  // namespace halint
