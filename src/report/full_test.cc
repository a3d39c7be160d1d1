// Tests of the report for people, against text written by hand after the interface's specification.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "report/testing.h"

namespace halint {
namespace {

class FullTest : public ReportTest {
 protected:
  std::string render(const Report& report, const RenderOptions& options = {}) const {
    return halint::render(ReportFormat::kFull, report, sources_, builtin_rules(), options);
  }
};

TEST_F(FullTest, ShowsCauseEvidenceAndFix) {
  Report report;
  report.findings = {shared_nat()};
  EXPECT_EQ(render(report), R"(error[nat-gateway-single-az]: private subnets in 2 zones share 1 NAT gateway
  --> infra/network/nat.tf:7:1
   |
 7 | resource "aws_nat_gateway" "this" {
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the only instance is `this[0]`, in eu-west-1a
 8 |   count         = var.single_nat_gateway ? 1 : length(var.azs)
   |                   ---------------------- `true` in project `prod`
   |
note: the route table of the other zone points at it
  --> infra/network/routes.tf:22:28
   |
22 |   nat_gateway_id         = aws_nat_gateway.this[0].id
   |                            ^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
note: the choice is made here
  --> infra/prod.tfvars:3:22
   |
 2 | azs                = ["eu-west-1a", "eu-west-1b"]
   |                      ---------------------------- two zones
 3 | single_nat_gateway = true
   |                      ^^^^
   |
   = impact: if eu-west-1a fails, 6 resources in eu-west-1b lose outbound access
   = via: module.network (infra/main.tf:1:1)
help: create one NAT gateway per zone and route each zone to its own
   = explain: halint explain nat-gateway-single-az

Found 1 finding: 1 error.
Failed: 1 finding at or above error.
)");
}

TEST_F(FullTest, ListsThePathAndSaysUnderWhichCondition) {
  Report report;
  report.findings = {database_route()};
  EXPECT_EQ(
      render(report),
      R"(warning[db-subnet-default-route]: the subnets of database `aws_db_instance.orders` have a default route to a NAT gateway
  --> infra/network/subnets.tf:24:1
   |
24 | resource "aws_subnet" "database" {
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `database[0]` and `database[1]`, used only by `aws_db_subnet_group.main`
   |
note: they share the route tables of the private subnets
  --> infra/network/subnets.tf:34:20
   |
34 |   route_table_id = aws_route_table.private[count.index].id
   |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
path: 4 hops
   1  infra/data/rds.tf:12:26         `aws_db_instance.orders` is placed in it
   2  infra/data/rds.tf:6:16          the group contains `aws_subnet.database[0]`
   3  infra/network/subnets.tf:34:20  which uses `aws_route_table.private[0]`
   4  infra/network/subnets.tf:24:1   and is a subnet of its own
   = impact: whoever controls the database can open connections to the internet
   = when: Environment is prod
   = assumes: `0.0.0.0/0` is the internet
   = assumes: the zones of `var.azs` are distinct
help: associate the database subnets with a route table that has no default route
   = explain: halint explain db-subnet-default-route

Found 1 finding: 1 warning.
Passed: 1 warning, none at or above error (--fail-on warning would fail).
)");
}

TEST_F(FullTest, ShowsItsOwnDiagnosticsLikeFindings) {
  Report report;
  report.diagnostics = {broken_file()};
  EXPECT_EQ(render(report), R"(error[syntax-error]: expected an expression after `=`
 --> infra/app.tf:4:10
  |
3 | locals {
  | ------ in this block
4 |   name =
  |          ^
  |
help: write a value, or remove the attribute

Found 1 finding: 1 error.
1 file not fully understood (syntax-error).
Failed: 1 finding at or above error.
)");
}

TEST_F(FullTest, ListsInconclusiveChecksWhenAsked) {
  Report report;
  report.inconclusive = {undecided()};
  report.left_out = {"`a.yaml` is a template"};
  RenderOptions options;
  EXPECT_EQ(render(report, options), R"(No findings. 1 inconclusive (-v lists them).
`--var az_count=2` would decide 1 of them.
1 file left out (-v lists them).
Passed: no findings.
)");
  options.show_inconclusive = true;
  EXPECT_EQ(render(report, options), R"(inconclusive[nat-gateway-single-az]: `aws_vpc.dev` could not be checked
  --> infra/dev.tf:14:15
   = because: `var.az_count` has no default and no value
   = decide: --var az_count=2

left out: `a.yaml` is a template

No findings. 1 inconclusive.
`--var az_count=2` would decide 1 of them.
1 file left out.
Passed: no findings.
)");
}

TEST_F(FullTest, NamesTheRootOfAnInconclusiveCheckInAModule) {
  Report report;
  report.inconclusive = {undecided()};
  report.inconclusive[0].address = "tf:infra/prod#module.dev.aws_vpc.dev";
  RenderOptions options;
  options.show_inconclusive = true;
  std::string text = render(report, options);
  EXPECT_NE(text.find("   = decide: --var az_count=2\n   = in: infra/prod\n"), std::string::npos) << text;
}

TEST_F(FullTest, SortsEverythingByPlace) {
  Report report = everything();
  std::string text = render(report);
  std::size_t broken = text.find("--> infra/app.tf"), nat = text.find("--> infra/network/nat.tf:7:1"),
              subnets = text.find("--> infra/network/subnets.tf:24:1");
  EXPECT_LT(broken, nat);
  EXPECT_LT(nat, subnets);
  EXPECT_NE(subnets, std::string::npos);
  std::swap(report.findings[0], report.findings[1]);
  EXPECT_EQ(render(report), text);
}

TEST_F(FullTest, LeavesOutWhatIsTooMuch) {
  Report report = everything();
  RenderOptions options;
  options.max_findings = 1;
  std::string text = render(report, options);
  EXPECT_NE(text.find("error[syntax-error]"), std::string::npos);
  EXPECT_EQ(text.find("error[nat-gateway-single-az]"), std::string::npos);
  EXPECT_NE(text.find("\n2 more findings not shown.\n\nFound 3 findings: 2 errors, 1 warning."), std::string::npos)
      << text;
}

TEST_F(FullTest, NumbersPlacesThatFindNoRoom) {
  Finding finding;
  finding.rule = "tier-single-az";
  finding.severity = Severity::kNote;
  finding.message = "many places";
  finding.span = find(add("a.tf", 1, "zero"), "zero");
  for (int i = 1; i <= 5; ++i) {
    std::string name = "place" + std::to_string(i);
    finding.evidence.push_back({find(add(name + ".tf", 100, name), name), "here is " + name});
  }
  Report report;
  report.findings = {finding};
  std::string text = render(report);
  EXPECT_NE(text.find(R"(note: here is place3
   --> place3.tf:100:1
    |
100 | place3
    | ^^^^^^
    |
note: 2 more places
    4  place4.tf:100:1  here is place4
    5  place5.tf:100:1  here is place5
)"),
            std::string::npos)
      << text;
}

TEST_F(FullTest, NamesNestedModuleCalls) {
  Finding finding = shared_nat();
  FileId inner = add("infra/network/main.tf", 3, "module \"nat\" {}");
  finding.subjects[0].address = "tf:infra#module.network[\"a.b]\"].module.nat.aws_nat_gateway.this[0]";
  finding.subjects[0].via.push_back(find(inner, "module \"nat\""));
  Report report;
  report.findings = {finding};
  std::string text = render(report);
  EXPECT_NE(text.find("   = via: module.network[\"a.b]\"] (infra/main.tf:1:1), "
                      "module.network[\"a.b]\"].module.nat (infra/network/main.tf:3:1)\n"),
            std::string::npos)
      << text;
}

TEST_F(FullTest, IndentsProseOfSeveralLines) {
  Report report;
  Finding finding;
  finding.rule = "nat-gateway-single-az";
  finding.message = "no place";
  finding.impact = "first\nsecond";
  finding.help = "do this:\n\n    a = 1\n";
  report.findings = {finding};
  EXPECT_EQ(render(report), R"(error[nat-gateway-single-az]: no place
  = impact: first
            second
help: do this:

          a = 1
  = explain: halint explain nat-gateway-single-az

Found 1 finding: 1 error.
Failed: 1 finding at or above error.
)");
}

TEST_F(FullTest, LetsNothingReachTheTerminalRaw) {
  Report report;
  Finding finding;
  finding.rule = "x";
  finding.message = "name `\x1b[2J`";
  finding.span = find(add("\x07.tf", 1, "a\x1b"), "a\x1b");
  finding.label = "\x1b[0m";
  finding.evidence = {{Span{}, "\x1b]0;title\x07"}};
  finding.impact = finding.when = finding.help = "\x1b";
  finding.assumptions = {"\x7f"};
  report.findings = {finding};
  report.inconclusive = {{"y", Severity::kError, "tf:.#\x1b", Span{}, "\x1b", "--var \x1b"}};
  report.left_out = {"\x1b"};
  RenderOptions options;
  options.show_inconclusive = true;
  for (ReportFormat format : {ReportFormat::kFull, ReportFormat::kConcise}) {
    std::string text = halint::render(format, report, sources_, builtin_rules(), options);
    EXPECT_EQ(text.find_first_of("\x1b\x07\x7f"), std::string::npos) << text;
    EXPECT_NE(text.find("\\x1b[2J"), std::string::npos);
  }
}

TEST_F(FullTest, ColorsOnlyWhenTold) {
  Report report;
  report.findings = {shared_nat()};
  EXPECT_EQ(render(report).find('\x1b'), std::string::npos);
  RenderOptions options;
  options.color = true;
  std::string text = render(report, options);
  EXPECT_TRUE(text.starts_with("\x1b[1;31merror[nat-gateway-single-az]\x1b[0m: private subnets")) << text;
  EXPECT_NE(text.find("\n\x1b[1;34mnote\x1b[0m: the choice"), std::string::npos);
  EXPECT_NE(text.find("\n\x1b[1;32mhelp\x1b[0m: create"), std::string::npos);
  std::string stripped = text;
  for (std::string_view code : {"\x1b[1;31m", "\x1b[1;34m", "\x1b[1;32m", "\x1b[0m"}) {
    for (std::size_t at; (at = stripped.find(code)) != std::string::npos;) stripped.erase(at, code.size());
  }
  EXPECT_EQ(stripped, render(report)) << "nothing is said by colour alone";
}

TEST_F(FullTest, ShowsPathsFromTheWorkingDirectory) {
  Report report;
  report.findings = {shared_nat()};
  RenderOptions options;
  options.viewpoint.here = "infra/network";
  std::string text = render(report, options);
  EXPECT_NE(text.find("--> nat.tf:7:1\n"), std::string::npos);
  EXPECT_NE(text.find("--> ../prod.tfvars:3:22\n"), std::string::npos);
  EXPECT_NE(text.find("= via: module.network (../main.tf:1:1)\n"), std::string::npos);
}

TEST_F(FullTest, ShowsDiagnosticsOutsideOfARun) {
  std::vector<Diagnostic> diagnostics = {broken_file()};
  diagnostics.push_back(diagnostics[0]);
  std::string text = render_diagnostics(diagnostics, sources_, {});
  EXPECT_TRUE(text.starts_with("error[syntax-error]: expected an expression"));
  EXPECT_NE(text.find("attribute\n\nerror[syntax-error]"), std::string::npos);
  EXPECT_EQ(render_diagnostics({}, sources_, {}), "");
}

}  // namespace
}  // namespace halint
