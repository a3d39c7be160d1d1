// Tests of the report for code scanning: the structure that GitHub and the viewers expect.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <nlohmann/json.hpp>

#include "report/sarif_rules.h"
#include "report/testing.h"

namespace halint {
namespace {

using Json = nlohmann::ordered_json;

class SarifTest : public ReportTest {
 protected:
  std::string text(const Report& report, const RenderOptions& options = {}) const {
    return render(ReportFormat::kSarif, report, sources_, builtin_rules(), options);
  }
  Json run(const Report& report, const RenderOptions& options = {}) const {
    Json document = Json::parse(text(report, options), nullptr, false);
    EXPECT_EQ(document["version"], "2.1.0");
    EXPECT_EQ(document["$schema"], "https://json.schemastore.org/sarif-2.1.0.json");
    EXPECT_EQ(document["runs"].size(), 1u);
    return document["runs"][0];
  }
};

TEST_F(SarifTest, DescribesOneRun) {
  RenderOptions options;
  options.version = "0.1.0";
  Json run = this->run(everything(), options);
  const Json& driver = run["tool"]["driver"];
  EXPECT_EQ(driver["name"], "halint");
  EXPECT_EQ(driver["version"], "0.1.0");
  EXPECT_EQ(driver["semanticVersion"], "0.1.0");
  EXPECT_EQ(run["columnKind"], "utf16CodeUnits");
  EXPECT_TRUE(run["invocations"][0]["executionSuccessful"].get<bool>());
  EXPECT_TRUE(run["originalUriBaseIds"].contains("SRCROOT"));
  EXPECT_FALSE(run.contains("artifacts")) << "an array of mere locations is a warning of validators";
  EXPECT_FALSE(run.contains("automationDetails"));
  options.category = "infra";
  options.root_uri = "file:///home/me/repository/";
  run = this->run(everything(), options);
  EXPECT_EQ(run["automationDetails"]["id"], "halint/infra/");
  EXPECT_EQ(run["originalUriBaseIds"]["SRCROOT"]["uri"], "file:///home/me/repository/");
  EXPECT_EQ(run["invocations"][0]["workingDirectory"]["uri"], "file:///home/me/repository/");
}

TEST_F(SarifTest, HasResultsAlsoWhenClean) {
  Json run = this->run(Report{});
  ASSERT_TRUE(run["results"].is_array());
  EXPECT_TRUE(run["results"].empty());
  EXPECT_TRUE(run["tool"]["driver"]["rules"].is_array());
  EXPECT_TRUE(run["invocations"][0]["toolExecutionNotifications"].is_array());
}

TEST_F(SarifTest, HoldsAWholeResult) {
  Report report;
  report.findings = {shared_nat()};
  Json result = run(report)["results"][0];
  EXPECT_EQ(result["ruleId"], "nat-gateway-single-az");
  EXPECT_EQ(result["ruleIndex"], 0);
  EXPECT_EQ(result["level"], "error");
  EXPECT_EQ(result["message"]["text"],
            "private subnets in 2 zones share 1 NAT gateway. If eu-west-1a fails, 6 resources in eu-west-1b lose "
            "outbound access. See [nat.tf:8](1), [routes.tf:22](2), [prod.tfvars:3](3) and [prod.tfvars:2](4).");
  ASSERT_EQ(result["locations"].size(), 1u);
  const Json& location = result["locations"][0];
  Json artifact = {{"uri", "infra/network/nat.tf"}, {"uriBaseId", "SRCROOT"}};
  EXPECT_EQ(location["physicalLocation"]["artifactLocation"], artifact);
  Json region = {{"startLine", 7}, {"startColumn", 1}, {"endLine", 7}, {"endColumn", 34}};
  EXPECT_EQ(location["physicalLocation"]["region"], region);
  EXPECT_EQ(location["message"]["text"], "the only instance is `this[0]`, in eu-west-1a.");
  Json logical = {{"fullyQualifiedName", "module.network.aws_nat_gateway.this[0]"}, {"kind", "resource"}};
  EXPECT_EQ(location["logicalLocations"], (Json::array({logical})));
  EXPECT_EQ(result["partialFingerprints"]["halintIdentity/v1"], "b5e1c07a94d20f6e8b3377a1c2d45e90");
  // From the transcription named in line_hash_test.cc.
  EXPECT_EQ(result["partialFingerprints"]["primaryLocationLineHash"], "cd9c0cedcb9ff2d3:1");
  EXPECT_EQ(result["properties"]["address"], "tf:infra#module.network.aws_nat_gateway.this[0]");
}

TEST_F(SarifTest, LeadsFromTheBlamedPlaceOverTheEvidenceToWhereValuesComeFrom) {
  Report report;
  report.findings = {shared_nat()};
  Json result = run(report)["results"][0];
  ASSERT_EQ(result["codeFlows"].size(), 1u);
  const Json& steps = result["codeFlows"][0]["threadFlows"][0]["locations"];
  ASSERT_EQ(steps.size(), 5u);
  EXPECT_EQ(steps[0]["location"]["message"]["text"], "the only instance is `this[0]`, in eu-west-1a.");
  EXPECT_EQ(steps[0]["importance"], "essential");
  EXPECT_EQ(steps[2]["location"]["message"]["text"], "the route table of the other zone points at it.");
  EXPECT_EQ(steps[2]["nestingLevel"], 0);
  EXPECT_EQ(steps[3]["location"]["message"]["text"], "the choice is made here.");
  EXPECT_EQ(steps[3]["nestingLevel"], 1);
  report.findings[0].evidence.clear();
  report.findings[0].origins.clear();
  EXPECT_FALSE(run(report)["results"][0].contains("codeFlows")) << "one place is no way";
}

// Code scanning shows suppressed results as open alerts.
TEST_F(SarifTest, HoldsSuppressedResultsOnlyWhenAsked) {
  Report report;
  Finding nat = shared_nat();
  Span comment = nat.subjects[0].via[0];
  report.suppressed = {{nat, "the second zone comes with the move", "2027-01-31", comment}};
  EXPECT_TRUE(run(report)["results"].empty());
  RenderOptions options;
  options.show_suppressed = true;
  Json results = run(report, options)["results"];
  ASSERT_EQ(results.size(), 1u);
  const Json& suppression = results[0]["suppressions"][0];
  EXPECT_EQ(suppression["kind"], "inSource");
  EXPECT_EQ(suppression["status"], "accepted");
  EXPECT_EQ(suppression["justification"], "the second zone comes with the move");
  EXPECT_EQ(suppression["location"]["physicalLocation"]["artifactLocation"]["uri"], "infra/main.tf");
}

TEST_F(SarifTest, DescribesItsOwnFindings) {
  FileId file = add("a.tf", 1, "# halint-ignore[x]\n");
  for (const char* rule :
       {"syntax-error", "limit-exceeded", "invalid-configuration", "not-analysed", "unused-suppression",
        "expired-suppression", "suppression-expires-soon", "suppression-without-reason", "unknown-rule"}) {
    Report report;
    report.diagnostics = {{{file, 0, 3}, Severity::kWarning, rule, "something", "", {}}};
    Json descriptor = run(report)["tool"]["driver"]["rules"][0];
    EXPECT_NE(descriptor["shortDescription"]["text"], descriptor["fullDescription"]["text"]) << rule;
  }
}

TEST_F(SarifTest, LinksEachRelatedPlaceFromTheMessage) {
  Report report;
  report.findings = {shared_nat()};
  Json result = run(report)["results"][0];
  ASSERT_EQ(result["relatedLocations"].size(), 4u);
  std::string message = result["message"]["text"];
  for (std::size_t i = 0; i < 4; ++i) {
    const Json& related = result["relatedLocations"][i];
    EXPECT_EQ(related["id"], i + 1);
    EXPECT_FALSE(related["message"]["text"].get<std::string>().empty());
    EXPECT_NE(message.find("](" + std::to_string(i + 1) + ")"), std::string::npos);
  }
  EXPECT_EQ(result["relatedLocations"][1]["message"]["text"], "the route table of the other zone points at it.");
  EXPECT_EQ(result["relatedLocations"][1]["physicalLocation"]["region"]["startColumn"], 28);
}

TEST_F(SarifTest, TurnsThePathIntoACodeFlow) {
  Report report;
  report.findings = {database_route()};
  Json result = run(report)["results"][0];
  ASSERT_EQ(result["codeFlows"].size(), 1u);
  const Json& steps = result["codeFlows"][0]["threadFlows"][0]["locations"];
  ASSERT_EQ(steps.size(), 4u);
  EXPECT_EQ(steps[0]["location"]["message"]["text"], "`aws_db_instance.orders` is placed in it.");
  EXPECT_EQ(steps[0]["location"]["physicalLocation"]["region"]["startLine"], 12);
  EXPECT_EQ(steps[0]["nestingLevel"], 0);
  EXPECT_FALSE(steps[0].contains("importance"));
  EXPECT_EQ(steps[3]["importance"], "essential") << "it stands on a subject";
  EXPECT_NE(result["message"]["text"].get<std::string>().find(" This holds when Environment is prod."),
            std::string::npos);
}

TEST_F(SarifTest, DescribesEachRuleOnce) {
  Report report = everything();
  Json rules = run(report)["tool"]["driver"]["rules"];
  ASSERT_EQ(rules.size(), 3u);
  EXPECT_EQ(rules[0]["id"], "db-subnet-default-route");
  EXPECT_EQ(rules[1]["id"], "nat-gateway-single-az");
  EXPECT_EQ(rules[2]["id"], "syntax-error");
  for (const Json& rule : rules) {
    for (const char* key : {"shortDescription", "fullDescription", "help"}) {
      EXPECT_FALSE(rule[key]["text"].get<std::string>().empty()) << rule["id"] << " " << key;
    }
    EXPECT_LE(rule["fullDescription"]["text"].get<std::string>().size(), 4 * 1024u);
    EXPECT_FALSE(rule.contains("helpUri")) << "no documentation is published";
  }
  EXPECT_EQ(rules[1]["name"], "NatGatewaySingleAz");
  EXPECT_EQ(rules[1]["shortDescription"]["text"], builtin_rules().find("nat-gateway-single-az")->title);
  EXPECT_EQ(rules[1]["defaultConfiguration"]["level"], "error");
  std::string why = read_prose(*builtin_rules().find("nat-gateway-single-az")).why;
  EXPECT_NE(rules[1]["help"]["markdown"].get<std::string>().find(why.substr(0, 40)), std::string::npos);
  Json results = run(report)["results"];
  for (const Json& result : results) {
    EXPECT_EQ(rules[result["ruleIndex"].get<std::size_t>()]["id"], result["ruleId"]);
  }
}

// GitHub makes an alert with a number a security alert.
TEST_F(SarifTest, GivesOnlySecurityRulesASecuritySeverity) {
  Rule open_port, single_zone;
  open_port.id = "open-port";
  open_port.tags = {"security", "ingress"};
  open_port.severity = Severity::kWarning;
  single_zone.id = "single-zone";
  single_zone.tags = {"availability"};
  single_zone.severity = Severity::kNote;
  RenderOptions options;
  options.active_rules = {&single_zone, &open_port};
  Json rules = run(Report{}, options)["tool"]["driver"]["rules"];
  ASSERT_EQ(rules.size(), 2u);
  EXPECT_EQ(rules[0]["id"], "open-port");
  Json security = {{"tags", {"security", "ingress"}}, {"precision", "very-high"}, {"security-severity", "5.5"}};
  EXPECT_EQ(rules[0]["properties"], security);
  Json availability = {
      {"tags", Json::array({"availability"})}, {"precision", "very-high"}, {"problem.severity", "recommendation"}};
  EXPECT_EQ(rules[1]["properties"], availability);
}

TEST_F(SarifTest, LinksDocumentationWhereThereIsSome) {
  RenderOptions options;
  options.docs_url = "https://docs.test/halint/";
  Report report;
  report.findings = {shared_nat()};
  Json driver = run(report, options)["tool"]["driver"];
  EXPECT_EQ(driver["rules"][0]["helpUri"], "https://docs.test/halint/rules/nat-gateway-single-az.md");
}

TEST_F(SarifTest, NotifiesOfWhatIsNoResult) {
  Report report = everything();
  report.diagnostics.push_back({Span{}, Severity::kError, "limit-exceeded", "too many files", "", {}});
  Json run = this->run(report);
  EXPECT_EQ(run["results"].size(), 3u) << "each result has a place";
  const Json& notes = run["invocations"][0]["toolExecutionNotifications"];
  ASSERT_EQ(notes.size(), 3u);
  EXPECT_EQ(notes[0]["level"], "error");
  EXPECT_EQ(notes[0]["message"]["text"], "Too many files.");
  EXPECT_EQ(notes[0]["associatedRule"]["id"], "limit-exceeded");
  EXPECT_EQ(notes[1]["level"], "note");
  EXPECT_EQ(notes[1]["message"]["text"],
            "Could not check nat-gateway-single-az for `aws_vpc.dev`: `var.az_count` has no default and no value "
            "(decide: --var az_count=2).");
  EXPECT_EQ(notes[1]["associatedRule"]["id"], "nat-gateway-single-az");
  EXPECT_EQ(notes[1]["locations"][0]["physicalLocation"]["region"]["startLine"], 14);
  EXPECT_EQ(notes[2]["message"]["text"], "`deploy/site.yaml.j2` is a template of another engine.");
  for (const Json& note : {notes[0], notes[1]}) {
    EXPECT_EQ(run["tool"]["driver"]["rules"][note["associatedRule"]["index"].get<std::size_t>()]["id"],
              note["associatedRule"]["id"]);
  }
}

TEST_F(SarifTest, CountsColumnsInUtf16AndEncodesPaths) {
  FileId file = add("infra dir/é[1]#%.tf", 1, "/* 😀日 */ name = 1\n");
  Report report;
  Finding finding;
  finding.rule = "x";
  finding.message = "see [a](1) of `m[0](b)`";
  finding.span = find(file, "name = 1");
  finding.evidence = {{finding.span, ""}};
  report.findings = {finding};
  Json result = run(report)["results"][0];
  const Json& place = result["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "infra%20dir/%C3%A9%5B1%5D%23%25.tf");
  // Before it: "/* " 3, the smile 2, 日 1, " */ " 4.
  EXPECT_EQ(place["region"]["startColumn"], 11);
  EXPECT_EQ(place["region"]["endColumn"], 19);
  EXPECT_EQ(result["message"]["text"], "see [a] (1) of `m[0] (b)`. See [%C3%A9%5B1%5D%23%25.tf:1](1).");
}

TEST_F(SarifTest, ShowsOnlyTheFirstLineOfABlock) {
  FileId file = add("a.tf", 1, "locals {\r\n  a = 1\r\n}\r\n");
  Report report;
  Finding finding;
  finding.rule = "x";
  finding.message = "x";
  finding.span = {file, 0, 20};
  report.findings = {finding};
  Json region = {{"startLine", 1}, {"startColumn", 1}, {"endLine", 1}, {"endColumn", 9}};
  EXPECT_EQ(run(report)["results"][0]["locations"][0]["physicalLocation"]["region"], region);
}

TEST_F(SarifTest, BoundsTheNumberOfPlaces) {
  FileId file = add("a.tf", 1, std::string(200, 'a'));
  Report report;
  Finding finding;
  finding.rule = "x";
  finding.message = "x";
  finding.span = {file, 0, 1};
  for (std::uint32_t i = 0; i < 100; ++i) finding.evidence.push_back({{file, i, i + 1}, "here"});
  finding.path = finding.evidence;
  report.findings = {finding};
  Json result = run(report)["results"][0];
  EXPECT_EQ(result["relatedLocations"].size(), 50u);
  EXPECT_EQ(result["codeFlows"][0]["threadFlows"][0]["locations"].size(), 50u);
}

TEST_F(SarifTest, IsOneLineAndTheSameForTheSameReport) {
  Report report = everything();
  std::string first = text(report);
  EXPECT_EQ(first.find('\n'), first.size() - 1);
  EXPECT_EQ(text(report), first);
}

TEST(PascalCase, JoinsTheWordsOfASlug) {
  EXPECT_EQ(pascal_case("nat-gateway-single-az"), "NatGatewaySingleAz");
  EXPECT_EQ(pascal_case("rds"), "Rds");
  EXPECT_EQ(pascal_case("sg-22-open"), "Sg22Open");
}

}  // namespace
}  // namespace halint
