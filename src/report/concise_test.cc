// Tests of the report for editors.
// SPDX-License-Identifier: Apache-2.0
#include <sstream>
#include <string>

#include "report/testing.h"

namespace halint {
namespace {

class ConciseTest : public ReportTest {
 protected:
  std::string render(const Report& report, const RenderOptions& options = {}) const {
    return halint::render(ReportFormat::kConcise, report, sources_, builtin_rules(), options);
  }
};

TEST_F(ConciseTest, PrintsOneLineForEachFinding) {
  EXPECT_EQ(
      render(everything()),
      "infra/app.tf:4:10: error: expected an expression after `=` [syntax-error]\n"
      "infra/network/nat.tf:7:1: error: private subnets in 2 zones share 1 NAT gateway [nat-gateway-single-az]\n"
      "infra/network/subnets.tf:24:1: warning: the subnets of database `aws_db_instance.orders` have a default route "
      "to a NAT gateway [db-subnet-default-route]\n"
      "Found 3 findings: 2 errors, 1 warning. 1 inconclusive (-v lists them).\n"
      "`--var az_count=2` would decide 1 of them.\n"
      "1 file not fully understood (syntax-error), 1 file left out (-v lists them).\n"
      "Failed: 2 findings at or above error.\n");
}

TEST_F(ConciseTest, ListsInconclusiveChecksWhenAsked) {
  RenderOptions options;
  options.show_inconclusive = true;
  std::string text = render(everything(), options);
  EXPECT_NE(text.find("infra/dev.tf:14:15: note: inconclusive: `aws_vpc.dev` could not be checked: `var.az_count` has "
                      "no default and no value [nat-gateway-single-az]\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("halint: note: left out: `deploy/site.yaml.j2` is"), std::string::npos);
}

// `file:line:column: severity: message`, which is what editors look for in the output of gcc.
TEST_F(ConciseTest, IsReadByTheMatchersOfCompilers) {
  std::istringstream lines(render(everything()));
  std::string line;
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(std::getline(lines, line));
    std::istringstream fields(line);
    std::string file, number, column, severity;
    ASSERT_TRUE(std::getline(fields, file, ':') && std::getline(fields, number, ':') &&
                std::getline(fields, column, ':') && std::getline(fields, severity, ':'));
    EXPECT_TRUE(file.ends_with(".tf")) << line;
    EXPECT_EQ(number.find_first_not_of("0123456789"), std::string::npos) << line;
    EXPECT_EQ(column.find_first_not_of("0123456789"), std::string::npos) << line;
    EXPECT_TRUE(severity == " error" || severity == " warning" || severity == " note") << line;
  }
}

// Several roots call one module.
TEST_F(ConciseTest, SaysTheSameOnce) {
  Report report;
  Finding first = shared_nat();
  Finding other = first;
  first.subjects[0].address = "tf:infra/dev#module.network.aws_nat_gateway.this[0]";
  other.subjects[0].address = "tf:infra/prod#module.network.aws_nat_gateway.this[0]";
  Finding third = other;
  third.message = "private subnets in 3 zones share 1 NAT gateway";
  report.findings = {first, third, other};
  std::string text = render(report);
  EXPECT_TRUE(
      text.starts_with("infra/network/nat.tf:7:1: error: private subnets in 2 zones share 1 NAT gateway "
                       "[nat-gateway-single-az] (2 times: infra/dev, infra/prod)\n"
                       "infra/network/nat.tf:7:1: error: private subnets in 3 zones share"))
      << text;
  EXPECT_NE(text.find("Found 3 findings: 3 errors."), std::string::npos) << text;
}

TEST_F(ConciseTest, GivesThePlacelessAName) {
  Report report;
  report.diagnostics = {{Span{}, Severity::kNote, "not-analysed", "nothing to read", "", {}}};
  EXPECT_TRUE(render(report).starts_with("halint: note: nothing to read [not-analysed]\n"));
}

TEST_F(ConciseTest, ColorsTheSeverity) {
  Report report;
  report.findings = {shared_nat()};
  RenderOptions options;
  options.color = true;
  EXPECT_TRUE(render(report, options).starts_with("infra/network/nat.tf:7:1: \x1b[1;31merror\x1b[0m: private"));
}

}  // namespace
}  // namespace halint
