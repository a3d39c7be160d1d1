// Tests of the summary of a CI job.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "report/testing.h"

namespace halint {
namespace {

class MarkdownTest : public ReportTest {
 protected:
  std::string render(const Report& report) const {
    return halint::render(ReportFormat::kMarkdown, report, sources_, builtin_rules(), {});
  }
};

TEST_F(MarkdownTest, BeginsWithTheVerdictAndListsTheWorstFirst) {
  const std::string text = render(everything());
  EXPECT_TRUE(text.starts_with(
      "### halint\n\n**Failed: 2 findings at or above error.** Found 3 findings: 2 errors, 1 warning. 1 inconclusive "))
      << text;
  const std::size_t error = text.find(
      "| error | nat-gateway-single-az | infra/network/nat.tf:7 | private subnets in 2 zones share 1 NAT gateway |\n");
  const std::size_t warning = text.find("| warning | db-subnet-default-route | infra/network/subnets.tf:24 | ");
  ASSERT_NE(error, std::string::npos) << text;
  ASSERT_NE(warning, std::string::npos) << text;
  EXPECT_LT(error, warning);
  EXPECT_NE(text.find("<details><summary>error: nat-gateway-single-az</summary>\n\n```text\nerror[nat-gateway"),
            std::string::npos);
}

TEST_F(MarkdownTest, LeavesNothingOfTheInputToBeMarkup) {
  FileId file = add("a|b`.tf", 1, "```` <script>\n");
  Report report;
  Finding finding;
  finding.rule = "x";
  finding.message = "`a|b` of <script> [x](http://y) *z* @someone";
  finding.span = {file, 0, 5};
  finding.label = "here";
  report.findings = {finding};
  const std::string text = render(report);
  EXPECT_NE(text.find("| error | x | a\\|b\\`.tf:1 | `a\\|b` of \\<script\\> \\[x\\](http://y) \\*z\\* \\@someone |\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("\n`````text\n"), std::string::npos) << "the fence is longer than what it holds";
}

TEST_F(MarkdownTest, StaysBelowTheLimitOfAStep) {
  FileId file = add("a.tf", 1, std::string(300, 'a') + "\n");
  Report report;
  Finding finding;
  finding.rule = "x";
  finding.span = {file, 0, 300};
  for (int i = 0; i < 9000; ++i) {
    finding.message = std::to_string(i) + " " + std::string(200, 'm');
    report.findings.push_back(finding);
  }
  const std::string text = render(report);
  EXPECT_LT(text.size(), std::size_t{1} << 20);
  EXPECT_NE(text.find(" more findings not shown here.\n"), std::string::npos);
  EXPECT_NE(text.find(" findings without room for details here.\n"), std::string::npos);
}

TEST_F(MarkdownTest, SaysSoWhenAllIsWell) {
  EXPECT_EQ(render(Report{}), "### halint\n\n**Passed: no findings.** No findings. \n");
}

}  // namespace
}  // namespace halint
