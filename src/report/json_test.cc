// Tests of the report for programs: parsed back and compared field by field.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <nlohmann/json.hpp>

#include "report/testing.h"

namespace halint {
namespace {

using Json = nlohmann::ordered_json;

class JsonTest : public ReportTest {
 protected:
  std::string text(const Report& report, const RenderOptions& options = {}) const {
    return render(ReportFormat::kJson, report, sources_, builtin_rules(), options);
  }
  Json parse(const Report& report, const RenderOptions& options = {}) const {
    return Json::parse(text(report, options), nullptr, false);
  }
};

TEST_F(JsonTest, SaysWhoMadeItAndWhatWasRead) {
  RenderOptions options;
  options.version = "0.1.0";
  Json report = parse(everything(), options);
  EXPECT_EQ(report["schema"], "halint-report/1");
  EXPECT_EQ(report["tool"],
            (Json{{"name", "halint"}, {"version", "0.1.0"}, {"profile", "recommended"}, {"rules", 144}}));
  Json summary = {{"error", 2},
                  {"warning", 1},
                  {"note", 0},
                  {"new", 3},
                  {"suppressed", 0},
                  {"baseline", 0},
                  {"inconclusive", 1},
                  {"files", 41},
                  {"nodes", 187},
                  {"edges", 312},
                  {"gate", {{"fail_on", "error"}, {"passed", false}}}};
  EXPECT_EQ(report["summary"], summary);
  options.fail_on = std::nullopt;
  Json gate = {{"fail_on", "never"}, {"passed", true}};
  EXPECT_EQ(parse(everything(), options)["summary"]["gate"], gate);
}

TEST_F(JsonTest, HoldsAWholeFinding) {
  Report report;
  report.findings = {shared_nat()};
  Json finding = parse(report)["findings"][0];
  EXPECT_EQ(finding["id"], "b5e1c07a94d20f6e8b3377a1c2d45e90");
  EXPECT_EQ(finding["rule"], "nat-gateway-single-az");
  EXPECT_EQ(finding["severity"], "error");
  EXPECT_EQ(finding["tags"], (Json{"availability", "nat"}));
  EXPECT_EQ(finding["message"], "private subnets in 2 zones share 1 NAT gateway");
  EXPECT_EQ(finding["label"], "the only instance is `this[0]`, in eu-west-1a");
  // Six empty lines stand before, and the header has 33 characters.
  Json location = {{"file", "infra/network/nat.tf"},
                   {"start", {{"line", 7}, {"column", 1}, {"offset", 6}}},
                   {"end", {{"line", 7}, {"column", 34}, {"offset", 39}}}};
  EXPECT_EQ(finding["location"], location);
  const Json& subject = finding["subjects"][0];
  EXPECT_EQ(subject["address"], "tf:infra#module.network.aws_nat_gateway.this[0]");
  EXPECT_EQ(subject["kind"], "nat_gateway");
  EXPECT_EQ(subject["type"], "aws_nat_gateway");
  EXPECT_EQ(subject["location"], location);
  EXPECT_EQ(subject["via"][0]["file"], "infra/main.tf");
  ASSERT_EQ(finding["evidence"].size(), 2u);
  EXPECT_EQ(finding["evidence"][1]["text"], "the route table of the other zone points at it");
  EXPECT_EQ(finding["evidence"][1]["location"]["start"], (Json{{"line", 22}, {"column", 28}, {"offset", 21 + 27}}));
  EXPECT_EQ(finding["origins"][0]["location"]["file"], "infra/prod.tfvars");
  EXPECT_TRUE(finding["when"].is_null());
  EXPECT_EQ(finding["path"], Json::array());
  EXPECT_EQ(finding["fixes"], Json::array());
  EXPECT_EQ(finding["status"], "new");
  EXPECT_EQ(finding["impact"], "if eu-west-1a fails, 6 resources in eu-west-1b lose outbound access");
  EXPECT_EQ(finding["help"], "create one NAT gateway per zone and route each zone to its own");
}

TEST_F(JsonTest, HoldsPathConditionAndAssumptions) {
  Report report;
  report.findings = {database_route()};
  Json finding = parse(report)["findings"][0];
  EXPECT_EQ(finding["path"].size(), 4u);
  EXPECT_EQ(finding["path"][0]["text"], "`aws_db_instance.orders` is placed in it");
  EXPECT_EQ(finding["when"], "Environment is prod");
  EXPECT_EQ(finding["assumptions"][1], "the zones of `var.azs` are distinct");
  EXPECT_EQ(finding["subjects"].size(), 2u);
}

TEST_F(JsonTest, ListsDiagnosticsAmongTheFindings) {
  Json report = parse(everything());
  ASSERT_EQ(report["findings"].size(), 3u);
  const Json& broken = report["findings"][0];
  EXPECT_EQ(broken["rule"], "syntax-error");
  EXPECT_TRUE(broken["id"].is_null());
  EXPECT_EQ(broken["subjects"], Json::array());
  EXPECT_EQ(broken["evidence"][0]["text"], "in this block");
}

TEST_F(JsonTest, ListsWhatWasNotDecidedAndNotRead) {
  Json report = parse(everything());
  const Json& check = report["inconclusive"][0];
  EXPECT_EQ(check["rule"], "nat-gateway-single-az");
  EXPECT_EQ(check["severity"], "error");
  EXPECT_EQ(check["subjects"], (Json::array({"tf:infra#aws_vpc.dev"})));
  EXPECT_EQ(check["reason"], "`var.az_count` has no default and no value");
  EXPECT_EQ(check["decide"], (Json::array({"--var az_count=2"})));
  EXPECT_EQ(check["location"]["start"]["line"], 14);
  EXPECT_EQ(report["not_analysed"][0]["reason"], "`deploy/site.yaml.j2` is a template of another engine");
}

TEST_F(JsonTest, HasNoPlaceForThePlaceless) {
  Report report;
  report.diagnostics = {{Span{}, Severity::kNote, "not-analysed", "nothing", "", {}}};
  EXPECT_TRUE(parse(report)["findings"][0]["location"].is_null());
}

TEST_F(JsonTest, SurvivesTextThatIsNotUtf8) {
  Report report;
  Finding finding;
  finding.message = "bad \xFF byte, \x1b and \"quotes\"";
  report.findings = {finding};
  Json parsed = parse(report);
  ASSERT_FALSE(parsed.is_discarded());
  EXPECT_EQ(parsed["findings"][0]["message"], "bad \uFFFD byte, \x1b and \"quotes\"");
}

TEST_F(JsonTest, IsTheSameForTheSameReport) {
  Report report = everything();
  std::string first = text(report);
  EXPECT_EQ(text(report), first);
  EXPECT_TRUE(first.starts_with("{\n  \"schema\": \"halint-report/1\",\n  \"tool\": {"));
  EXPECT_TRUE(first.ends_with("}\n"));
}

}  // namespace
}  // namespace halint
