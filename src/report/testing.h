// For the tests of reports: three findings in hand-written files, those of the interface's specification.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "report/report.h"

namespace halint {

class ReportTest : public testing::Test {
 protected:
  // A file whose lines before the given ones are empty.
  FileId add(std::string path, std::size_t first_line, std::string_view text) {
    return sources_.add(std::move(path), std::string(first_line - 1, '\n') + std::string(text));
  }

  // The first place of `needle` in a file.
  Span find(FileId file, std::string_view needle) const {
    std::size_t at = sources_.file(file).text.find(needle);
    EXPECT_NE(at, std::string::npos) << needle;
    return {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + needle.size())};
  }

  Subject subject(std::string address, std::string kind, std::string type, Span header) const {
    return {std::move(address), std::move(kind), std::move(type), header, header, {}};
  }

  // One NAT gateway for two zones: evidence in three files, a module, an origin.
  Finding shared_nat() {
    FileId nat = add("infra/network/nat.tf", 7,
                     "resource \"aws_nat_gateway\" \"this\" {\n"
                     "  count         = var.single_nat_gateway ? 1 : length(var.azs)\n"
                     "}\n");
    FileId routes = add("infra/network/routes.tf", 22, "  nat_gateway_id         = aws_nat_gateway.this[0].id\n");
    FileId vars = add("infra/prod.tfvars", 2,
                      "azs                = [\"eu-west-1a\", \"eu-west-1b\"]\n"
                      "single_nat_gateway = true\n");
    FileId main = add("infra/main.tf", 1, "module \"network\" {\n}\n");
    Finding finding;
    finding.rule = "nat-gateway-single-az";
    finding.severity = Severity::kError;
    finding.tags = {"availability", "nat"};
    finding.message = "private subnets in 2 zones share 1 NAT gateway";
    finding.span = find(nat, "resource \"aws_nat_gateway\" \"this\"");
    finding.label = "the only instance is `this[0]`, in eu-west-1a";
    finding.subjects = {
        subject("tf:infra#module.network.aws_nat_gateway.this[0]", "nat_gateway", "aws_nat_gateway", finding.span)};
    finding.subjects[0].via = {find(main, "module \"network\"")};
    finding.evidence = {{find(nat, "var.single_nat_gateway"), "`true` in project `prod`"},
                        {find(routes, "aws_nat_gateway.this[0].id"), "the route table of the other zone points at it"}};
    finding.origins = {{find(vars, "true"), "the choice is made here"},
                       {find(vars, "[\"eu-west-1a\", \"eu-west-1b\"]"), "two zones"}};
    finding.impact = "if eu-west-1a fails, 6 resources in eu-west-1b lose outbound access";
    finding.help = "create one NAT gateway per zone and route each zone to its own";
    finding.id = "b5e1c07a94d20f6e8b3377a1c2d45e90";
    return finding;
  }

  // Database subnets with a way out: a numbered path.
  Finding database_route() {
    FileId subnets = add("infra/network/subnets.tf", 24,
                         "resource \"aws_subnet\" \"database\" {\n"
                         "\n\n\n\n\n\n\n\n\n"
                         "  route_table_id = aws_route_table.private[count.index].id\n");
    FileId rds = add("infra/data/rds.tf", 6,
                     "  subnet_ids = module.network.database_subnets\n"
                     "\n\n\n\n\n"
                     "  db_subnet_group_name = aws_db_subnet_group.main.name\n");
    Finding finding;
    finding.rule = "db-subnet-default-route";
    finding.severity = Severity::kWarning;
    finding.tags = {"security", "rds"};
    finding.message = "the subnets of database `aws_db_instance.orders` have a default route to a NAT gateway";
    finding.span = find(subnets, "resource \"aws_subnet\" \"database\"");
    finding.label = "`database[0]` and `database[1]`, used only by `aws_db_subnet_group.main`";
    finding.subjects = {
        subject("tf:infra#module.network.aws_subnet.database[0]", "subnet", "aws_subnet", finding.span),
        subject("tf:infra#module.network.aws_subnet.database[1]", "subnet", "aws_subnet", finding.span)};
    Span table = find(subnets, "aws_route_table.private[count.index].id");
    finding.evidence = {{table, "they share the route tables of the private subnets"}};
    finding.path = {{find(rds, "aws_db_subnet_group.main.name"), "`aws_db_instance.orders` is placed in it"},
                    {find(rds, "module.network.database_subnets"), "the group contains `aws_subnet.database[0]`"},
                    {table, "which uses `aws_route_table.private[0]`"},
                    {finding.span, "and is a subnet of its own"}};
    finding.impact = "whoever controls the database can open connections to the internet";
    finding.when = "Environment is prod";
    finding.assumptions = {"`0.0.0.0/0` is the internet", "the zones of `var.azs` are distinct"};
    finding.help = "associate the database subnets with a route table that has no default route";
    finding.id = "00112233445566778899aabbccddeeff";
    return finding;
  }

  // A file that cannot be parsed, with a note.
  Diagnostic broken_file() {
    FileId file = add("infra/app.tf", 3, "locals {\n  name = \n}\n");
    Diagnostic diagnostic;
    diagnostic.span = {file, find(file, "name = ").end, find(file, "name = ").end};
    diagnostic.rule = "syntax-error";
    diagnostic.message = "expected an expression after `=`";
    diagnostic.help = "write a value, or remove the attribute";
    diagnostic.notes = {{find(file, "locals"), "in this block"}};
    return diagnostic;
  }

  Inconclusive undecided() {
    FileId file = add("infra/dev.tf", 14, "  count     = var.az_count\n");
    return {"nat-gateway-single-az",
            Severity::kError,
            "tf:infra#aws_vpc.dev",
            find(file, "var.az_count"),
            "`var.az_count` has no default and no value",
            "--var az_count=2"};
  }

  Report everything() {
    Report report;
    report.findings = {database_route(), shared_nat()};
    report.diagnostics = {broken_file()};
    report.inconclusive = {undecided()};
    report.left_out = {"`deploy/site.yaml.j2` is a template of another engine"};
    report.statistics.files = 41;
    report.statistics.nodes = 187;
    report.statistics.edges = 312;
    report.statistics.rules = 144;
    return report;
  }

  Sources sources_;
};

}  // namespace halint
