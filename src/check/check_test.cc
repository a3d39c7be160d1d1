// Tests of the pipeline: what it reads, in which order it says things, and that the same input gives the same report.
// SPDX-License-Identifier: Apache-2.0
#include "check/check.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace halint {
namespace {

constexpr char kRule[] = R"(id: test-single-az
title: A database stands in one zone
severity: error
tags: [availability]
why: A zone may fail.
each: db_instance
require: db_instance.multi_az
report:
  blame: db_instance
  message: "`{db_instance.address}` stands in one zone"
help: Set multi_az.
examples:
  terraform:
    bad: |
      resource "aws_db_instance" "a" {
        #      ^^^^^^^^^^^^^^^^^ error: test-single-az
      }
    good: |
      resource "aws_db_instance" "a" {
        multi_az = true
      }
)";

class Check : public testing::Test {
 protected:
  Check() {
    const std::vector<NamedText> files = {{"test-single-az.yaml", kRule}};
    Parsed<RuleSet> loaded = load_rules(rule_sources_, files, builtin_schema());
    EXPECT_TRUE(loaded.diagnostics.empty()) << loaded.diagnostics[0].message;
    rules_ = std::move(loaded.value);
  }

  Report run(std::map<std::string, std::string> files) {
    sources_ = std::make_unique<Sources>();
    return check(*memory_file_system(std::move(files)), *sources_, rules_, options_);
  }

  // "a.tf:1 rule" of each finding.
  std::vector<std::string> places(const Report& report) const {
    std::vector<std::string> all;
    for (const Finding& finding : report.findings) {
      all.push_back(std::string(sources_->path(finding.span.file)) + ":" +
                    std::to_string(sources_->begin_of(finding.span).line) + " " + finding.rule);
    }
    return all;
  }

  Sources rule_sources_;
  RuleSet rules_;
  CheckOptions options_;
  std::unique_ptr<Sources> sources_;
};

constexpr char kBad[] = "resource \"aws_db_instance\" \"a\" {\n}\n";
constexpr char kByVariable[] =
    "variable \"ha\" {\n  type = bool\n}\nresource \"aws_db_instance\" \"a\" {\n  multi_az = var.ha\n}\n";

TEST_F(Check, FindsInTheOrderOfFilesAndLines) {
  const Report report = run({{"b/main.tf", std::string(kBad) + "resource \"aws_db_instance\" \"b\" {\n}\n"},
                             {"a/main.tf", kBad},
                             {"a/good.tf", "resource \"aws_db_instance\" \"good\" {\n  multi_az = true\n}\n"}});
  EXPECT_EQ(places(report), (std::vector<std::string>{"a/main.tf:1 test-single-az", "b/main.tf:1 test-single-az",
                                                      "b/main.tf:3 test-single-az"}));
  EXPECT_EQ(report.statistics.files, 3u);
  EXPECT_EQ(report.statistics.nodes, 4u);
  EXPECT_EQ(report.statistics.rules, 1u);
}

TEST_F(Check, SubjectsAreNamedByRootAndAddress) {
  const Report report = run({{"a/main.tf", kBad}});
  ASSERT_EQ(report.findings.size(), 1u);
  ASSERT_EQ(report.findings[0].subjects.size(), 1u);
  EXPECT_EQ(report.findings[0].subjects[0].address, "tf:a#aws_db_instance.a");
  EXPECT_EQ(report.findings[0].id.size(), 32u);
}

TEST_F(Check, AModuleOfTwoRootsIsFoundInEach) {
  const Report report = run({{"one/main.tf", "module \"m\" {\n  source = \"../m\"\n}\n"},
                             {"two/main.tf", "module \"m\" {\n  source = \"../m\"\n}\n"},
                             {"m/main.tf", kBad}});
  ASSERT_EQ(report.findings.size(), 2u);
  EXPECT_EQ(report.findings[0].span, report.findings[1].span);
  EXPECT_NE(report.findings[0].id, report.findings[1].id);
}

TEST_F(Check, ASyntaxErrorOfASharedModuleIsSaidOnce) {
  const Report report = run({{"one/main.tf", "module \"m\" {\n  source = \"../m\"\n}\n"},
                             {"two/main.tf", "module \"m\" {\n  source = \"../m\"\n}\n"},
                             {"m/main.tf", "resource \"aws_vpc\" \"a\" {\n  cidr_block =\n}\n"}});
  EXPECT_EQ(std::count_if(report.diagnostics.begin(), report.diagnostics.end(),
                          [](const Diagnostic& d) { return d.rule == "syntax-error"; }),
            1);
}

TEST_F(Check, UnknownIsInconclusiveAndNeverAFinding) {
  const Report report = run({{"main.tf", kByVariable}});
  EXPECT_TRUE(report.findings.empty());
  ASSERT_EQ(report.inconclusive.size(), 1u);
  EXPECT_EQ(report.inconclusive[0].decide, "--var ha");
}

TEST_F(Check, VariablesDecide) {
  options_.variables = {{"ha", "false"}};
  EXPECT_EQ(run({{"main.tf", kByVariable}}).findings.size(), 1u);
  options_.variables = {{"ha", "true"}};
  const Report report = run({{"main.tf", kByVariable}});
  EXPECT_TRUE(report.findings.empty());
  EXPECT_TRUE(report.inconclusive.empty());
}

TEST_F(Check, AVariableMayLoseItsDefault) {
  const std::string text = "variable \"ha\" {\n  default = false\n}\n" + std::string(kByVariable).substr(31);
  EXPECT_EQ(run({{"main.tf", text}}).findings.size(), 1u);
  options_.unset_variables = {"ha"};
  const Report report = run({{"main.tf", text}});
  EXPECT_TRUE(report.findings.empty());
  EXPECT_EQ(report.inconclusive.size(), 1u);
}

TEST_F(Check, RunsOnlyTheSelectedRules) {
  options_.ignore = {"test-*"};
  const Report report = run({{"main.tf", kBad}});
  EXPECT_TRUE(report.findings.empty());
  EXPECT_EQ(report.statistics.rules, 0u);
}

TEST_F(Check, StopsWhereItIsTold) {
  options_.stop_after = StopAfter::kParse;
  EXPECT_EQ(run({{"main.tf", kBad}}).statistics.nodes, 0u);
  options_.stop_after = StopAfter::kGraph;
  options_.keep_graphs = true;
  const Report report = run({{"main.tf", kBad}});
  EXPECT_TRUE(report.findings.empty());
  ASSERT_EQ(report.projects.size(), 1u);
  EXPECT_TRUE(report.projects[0].graph->find("aws_db_instance.a"));
}

TEST_F(Check, DoesNotDependOnTheNumberOfThreads) {
  std::map<std::string, std::string> files;
  for (int i = 0; i < 40; ++i) files["root" + std::to_string(i) + "/main.tf"] = i % 3 ? kBad : kByVariable;
  options_.jobs = 1;
  const Report one = run(files);
  const std::vector<std::string> expected = places(one);
  options_.jobs = 8;
  const Report eight = run(files);
  EXPECT_EQ(places(eight), expected);
  ASSERT_EQ(eight.inconclusive.size(), one.inconclusive.size());
  for (std::size_t i = 0; i < one.inconclusive.size(); ++i) {
    EXPECT_EQ(eight.inconclusive[i].address, one.inconclusive[i].address);
  }
}

TEST_F(Check, NothingToReadIsNothingFound) {
  const Report report = run({{"README.md", "# nothing\n"}});
  EXPECT_TRUE(report.findings.empty());
  EXPECT_TRUE(report.diagnostics.empty());
  EXPECT_EQ(report.statistics.files, 0u);
}

}  // namespace
}  // namespace halint
