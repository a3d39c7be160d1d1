// Rules on sketched graphs: what fires, what stays undecided and why, and what a finding says.
// SPDX-License-Identifier: Apache-2.0
#include "rules/evaluate.h"

#include <gtest/gtest.h>

#include "graph/sketch_for_test.h"

namespace halint {
namespace {

class EvaluateRules : public testing::Test {
 protected:
  // The part of a rule file between its header and its examples.
  void add_rule(const std::string& id, std::string_view logic) {
    texts.push_back("id: " + id + "\ntitle: T\nseverity: error\ntags: [test]\n" + std::string(logic) +
                    "\nexamples: { terraform: { bad: a, good: b } }\n");
    names.push_back("rules/" + id + ".yaml");
  }

  void run(std::string text, Policy policy = {}) {
    source = std::move(text);
    std::vector<NamedText> files;
    for (std::size_t i = 0; i < texts.size(); ++i) files.push_back({names[i], texts[i]});
    Parsed<RuleSet> loaded = load_rules(sources, files, builtin_schema());
    for (const Diagnostic& diagnostic : loaded.diagnostics)
      ADD_FAILURE() << diagnostic.message << " " << diagnostic.help;
    rules = std::move(loaded.value);
    graph = std::make_unique<Graph>(builtin_schema(), sketch(source));
    const Topology topology(*graph, {});
    results = evaluate_rules(topology, rules, rules.rules(), policy, "tf:infra#");
  }

  // "rule: message [subjects]", sorted.
  std::vector<std::string> findings() const {
    std::vector<std::string> result;
    for (const Finding& finding : results.findings) {
      std::string text = finding.rule + ": " + finding.message + " [";
      for (const Subject& subject : finding.subjects)
        text += (text.back() == '[' ? "" : ", ") + subject.address.substr(9);
      result.push_back(text + "]");
    }
    std::sort(result.begin(), result.end());
    return result;
  }

  std::vector<std::string> undecided() const {
    std::vector<std::string> result;
    for (const Inconclusive& one : results.inconclusive)
      result.push_back(one.rule + " at " + one.address.substr(9) + ": " + one.reason);
    return result;
  }

  // What a span underlines; a sketch takes the space after it along.
  std::string text_at(const Span& span) const {
    std::string text = span.file.index == 1 ? source.substr(span.begin, span.end - span.begin) : "";
    while (text.ends_with(' ') || text.ends_with(',')) text.pop_back();
    return text;
  }

  using Texts = std::vector<std::string>;
  Sources sources;
  std::string source;
  std::vector<std::string> texts;
  std::vector<std::string> names;
  RuleSet rules;
  std::unique_ptr<Graph> graph;
  RuleResults results;
};

constexpr std::string_view kMultiAz = R"(each: db_instance
when: "!db_instance.is_replica"
require: db_instance.multi_az
report: { blame: db_instance, at: db_instance.multi_az, message: "`{db_instance.address}` runs in one zone", label: one zone, impact: "it is down" }
help: Set it.)";

TEST_F(EvaluateRules, TrueFalseUnknown) {
  add_rule("single-az", kMultiAz);
  run(R"(aws_db_instance.good { multi_az = true }
         aws_db_instance.bad { engine = "mysql", multi_az = false }
         aws_db_instance.absent { engine = "mysql" }
         aws_db_instance.var { multi_az = var.ha }
         aws_db_instance.replica { multi_az = var.ha, replicate_source_db = aws_db_instance.good.identifier })");
  EXPECT_EQ(findings(), Texts({"single-az: `aws_db_instance.absent` runs in one zone [aws_db_instance.absent]",
                               "single-az: `aws_db_instance.bad` runs in one zone [aws_db_instance.bad]"}));
  EXPECT_EQ(undecided(), Texts({"single-az at aws_db_instance.var: `var.ha` is not known"}));
  EXPECT_EQ(results.defects, Texts());
  for (const Finding& finding : results.findings) {
    const bool is_bad = finding.subjects[0].address == "tf:infra#aws_db_instance.bad";
    EXPECT_EQ(text_at(finding.span), is_bad ? "multi_az = false" : "aws_db_instance.absent");
    EXPECT_EQ(finding.label, "one zone");
    EXPECT_EQ(finding.impact, "it is down");
    EXPECT_EQ(finding.help, "Set it.");
    EXPECT_EQ(finding.subjects[0].kind, "db_instance");
    EXPECT_EQ(finding.subjects[0].type, "aws_db_instance");
    EXPECT_EQ(finding.id.size(), 32u);
  }
}

TEST_F(EvaluateRules, WhatIsNotMadeHereIsNotChecked) {
  add_rule("no-name", "each: vpc\nrequire: vpc.is_default\nreport: { message: m }");
  add_rule("outside", "each: vpc\nexternal: true\nrequire: \"!vpc.is_external\"\nreport: { message: m }");
  run("data.aws_vpc.theirs { default = true } aws_vpc.ours { cidr_block = \"10.0.0.0/16\" }");
  EXPECT_EQ(findings(), Texts({"no-name: m [aws_vpc.ours]", "outside: m [data.aws_vpc.theirs]"}));
}

TEST_F(EvaluateRules, OneFindingForAllThatIsBlamed) {
  add_rule("open", R"(each: vpc
let:
  wide: vpc.subnets.filter(s, s.auto_public_ip)
require: wide.size() == 0
report:
  blame: wide
  message: "{plural(wide.size(), 'subnet')}: {wide.map(s, s.address)}"
  evidence:
    - { for: s in wide, at: s.auto_public_ip, text: "in {s.name}" }
    - { at: wide.first().vpc, text: here, if: wide.size() > 1 }
    - { at: vpc, text: never, if: wide.size() > 9 })");
  run(R"(aws_vpc.v { cidr_block = "10.0.0.0/16" }
         aws_subnet.c[10] { vpc_id = aws_vpc.v.id, map_public_ip_on_launch = true }
         aws_subnet.c[2] { vpc_id = aws_vpc.v.id, map_public_ip_on_launch = true }
         aws_subnet.d { vpc_id = aws_vpc.v.id })");
  ASSERT_EQ(findings(),
            Texts({"open: 2 subnets: aws_subnet.c[10] and aws_subnet.c[2] [aws_subnet.c[2], aws_subnet.c[10]]"}));
  const std::vector<Evidence>& evidence = results.findings[0].evidence;
  ASSERT_EQ(evidence.size(), 3u);
  EXPECT_EQ(text_at(evidence[0].span), "map_public_ip_on_launch = true");
  EXPECT_EQ(evidence[0].text, "in c");
  EXPECT_EQ(evidence[2].text, "here");
  EXPECT_EQ(text_at(evidence[2].span), "vpc_id = aws_vpc.v.id");
}

TEST_F(EvaluateRules, NodesThatMayNotExist) {
  add_rule("single-az", kMultiAz);
  add_rule("no-nat", "each: vpc\nrequire: vpc.subnets.exists(s, s.nat_gateways.size() > 0)\nreport: { message: m }");
  run(R"(aws_db_instance.maybe? { engine = "mysql" }
         aws_vpc.v { cidr_block = "10.0.0.0/16" } aws_vpc.w { cidr_block = "10.1.0.0/16" }
         aws_subnet.s { vpc_id = aws_vpc.v.id } aws_subnet.t { vpc_id = aws_vpc.w.id }
         aws_nat_gateway.n? { subnet_id = aws_subnet.s.id })");
  EXPECT_EQ(findings(), Texts({"no-nat: m [aws_vpc.w]",
                               "single-az: `aws_db_instance.maybe` runs in one zone [aws_db_instance.maybe]"}));
  EXPECT_EQ(undecided(), Texts({"no-nat at aws_vpc.v: it is not known whether `aws_nat_gateway.n` exists"}));
  for (const Finding& finding : results.findings) {
    EXPECT_EQ(finding.when, finding.rule == "single-az" ? "`aws_db_instance.maybe` exists" : "");
  }
}

TEST_F(EvaluateRules, WhatWasNotReadMayHoldIt) {
  add_rule("no-nat", "each: vpc\nrequire: vpc.subnets.exists(s, s.nat_gateways.size() > 0)\nreport: { message: m }");
  run(R"(aws_vpc.v { cidr_block = "10.0.0.0/16" } aws_subnet.s { vpc_id = aws_vpc.v.id }
         opaque module.nat { subnet = aws_subnet.s.id })");
  EXPECT_EQ(findings(), Texts());
  EXPECT_EQ(undecided(), Texts({"no-nat at aws_vpc.v: module `module.nat` is not installed"}));
}

TEST_F(EvaluateRules, UnknownConditionsNeverFire) {
  add_rule(
      "tagged",
      "each: subnet\nwhen: subnet.auto_public_ip\nrequire: subnet.cidr.prefixLength() > 20\nreport: { message: m }");
  run(R"(aws_subnet.unknown_false { map_public_ip_on_launch = var.x, cidr_block = "10.0.0.0/16" }
         aws_subnet.unknown_true { map_public_ip_on_launch = var.x, cidr_block = "10.0.0.0/24" }
         aws_subnet.false_unknown { map_public_ip_on_launch = false, cidr_block = var.y }
         aws_subnet.true_unknown { map_public_ip_on_launch = true, cidr_block = var.y })");
  EXPECT_EQ(findings(), Texts());
  EXPECT_EQ(undecided(), Texts({"tagged at aws_subnet.unknown_false: `var.x` is not known",
                                "tagged at aws_subnet.true_unknown: `var.y` is not known"}));
}

TEST_F(EvaluateRules, ErrorsAreDefectsOfTheRule) {
  add_rule("broken", "each: subnet\nrequire: subnet.vpc.cidrs[0] == '10.0.0.0/16'\nreport: { message: m }");
  run("aws_subnet.lonely { cidr_block = \"10.0.0.0/24\" }");
  EXPECT_EQ(findings(), Texts());
  EXPECT_EQ(undecided(), Texts({"broken at aws_subnet.lonely: `.cidrs` of null"}));
  EXPECT_EQ(results.defects, Texts({"the rule `broken` fails at `tf:infra#aws_subnet.lonely`: `.cidrs` of null"}));
}

TEST_F(EvaluateRules, Zones) {
  add_rule("zones", R"(each: vpc
require: vpc.subnets.map(s, s.zone).distinct_zones() >= policy.target_azs
report: { message: "{plural(vpc.subnets.map(s, s.zone).distinct_zones(), 'zone')}: {vpc.subnets.map(s, s.zone)}" })");
  run(R"(aws_vpc.one { cidr_block = "10.0.0.0/16" } aws_vpc.two { cidr_block = "10.0.0.0/16" } aws_vpc.free { cidr_block = "10.0.0.0/16" }
         aws_subnet.a { vpc_id = aws_vpc.one.id, availability_zone = "eu-west-1a" }
         aws_subnet.b { vpc_id = aws_vpc.one.id, availability_zone = "eu-west-1a" }
         aws_subnet.c { vpc_id = aws_vpc.two.id, availability_zone = data.aws_availability_zones.all.names[0] }
         aws_subnet.d { vpc_id = aws_vpc.two.id, availability_zone = data.aws_availability_zones.all.names[1] }
         aws_subnet.e { vpc_id = aws_vpc.free.id } aws_subnet.f { vpc_id = aws_vpc.free.id })");
  EXPECT_EQ(findings(), Texts({"zones: 1 zone: eu-west-1a and eu-west-1a [aws_vpc.one]"}));
  ASSERT_EQ(undecided().size(), 1u);
  EXPECT_EQ(results.inconclusive[0].address, "tf:infra#aws_vpc.free");
  Policy policy;
  policy.target_azs = 1;
  run(source, policy);
  EXPECT_EQ(findings(), Texts());
}

TEST_F(EvaluateRules, PortsOfSecurityGroupRules) {
  add_rule("ssh", R"(each: security_group
let:
  wide: security_group.rules.filter(r, r.direction == 'ingress' && r.is_world && policy.ssh_ports.exists(p, r.covers(p)))
require: wide.size() == 0
report: { blame: security_group, message: "{wide.map(r, r.from_port)}" })");
  run(R"(aws_security_group.ssh { ingress { from_port = 20, to_port = 22, protocol = "tcp", cidr_blocks = ["0.0.0.0/0"] } }
         aws_security_group.all { ingress { from_port = 0, to_port = 0, protocol = "-1", cidr_blocks = ["0.0.0.0/0"] } }
         aws_security_group.udp { ingress { from_port = 22, to_port = 22, protocol = "udp", cidr_blocks = ["0.0.0.0/0"] } }
         aws_security_group.web { ingress { from_port = 443, to_port = var.to, protocol = "tcp", cidr_blocks = ["0.0.0.0/0"] } }
         aws_security_group.low { ingress { from_port = 1, to_port = var.to, protocol = "tcp", cidr_blocks = ["0.0.0.0/0"] } })");
  EXPECT_EQ(findings(), Texts({"ssh: 0 [aws_security_group.all]", "ssh: 20 [aws_security_group.ssh]"}));
  EXPECT_EQ(undecided(), Texts({"ssh at aws_security_group.low: `var.to` is not known"}));
}

// One cause, one finding.
TEST_F(EvaluateRules, TheCauseOutranksItsSymptoms) {
  add_rule("cause", "each: vpc\nrequire: vpc.cidrs.size() > 1\noutranks: [symptom, middle]\nreport: { message: m }");
  add_rule("middle", "each: internet_gateway\nrequire: \"false\"\noutranks: [last]\nreport: { message: m }");
  add_rule("symptom", "each: nat_gateway\nrequire: nat_gateway.mode == 'regional'\nreport: { message: m }");
  add_rule("last", "each: eip\nrequire: \"false\"\nreport: { message: m }");
  add_rule("other", "each: nat_gateway\nrequire: nat_gateway.mode == 'regional'\nreport: { message: m }");
  run(R"(aws_vpc.bad { cidr_block = "10.0.0.0/16" }
         aws_subnet.s { vpc_id = aws_vpc.bad.id }
         aws_nat_gateway.in_bad { subnet_id = aws_subnet.s.id }
         aws_subnet.lonely { cidr_block = "10.0.0.0/24" }
         aws_nat_gateway.lonely { subnet_id = aws_subnet.lonely.id }
         aws_internet_gateway.i { vpc_id = aws_vpc.bad.id }
         aws_eip.e { domain = "vpc" })");
  EXPECT_EQ(findings(), Texts({"cause: m [aws_vpc.bad]", "last: m [aws_eip.e]", "other: m [aws_nat_gateway.in_bad]",
                               "other: m [aws_nat_gateway.lonely]", "symptom: m [aws_nat_gateway.lonely]"}));
}

TEST_F(EvaluateRules, ACauseInOtherSubnetsIsAnotherCause) {
  add_rule("tier", R"(each: vpc
let:
  bad: vpc.subnets.filter(s, s.auto_public_ip)
require: bad.size() == 0
outranks: [asg]
report: { blame: bad, message: m })");
  add_rule("asg", "each: autoscaling_group\nrequire: \"false\"\nreport: { message: m }");
  run(R"(aws_vpc.v { cidr_block = "10.0.0.0/16" }
         aws_subnet.bad { vpc_id = aws_vpc.v.id, map_public_ip_on_launch = true }
         aws_subnet.good { vpc_id = aws_vpc.v.id }
         aws_autoscaling_group.here { vpc_zone_identifier = [aws_subnet.bad.id] }
         aws_autoscaling_group.there { vpc_zone_identifier = [aws_subnet.good.id] })");
  EXPECT_EQ(findings(), Texts({"asg: m [aws_autoscaling_group.there]", "tier: m [aws_subnet.bad]"}));
}

TEST_F(EvaluateRules, TheSameFindingOnce) {
  add_rule("vpc-of-subnet", "each: subnet\nrequire: subnet.vpc.is_default\nreport: { blame: subnet.vpc, message: m }");
  add_rule("each-subnet",
           "each: subnet\nrequire: subnet.vpc.is_default\nreport: { blame: subnet.vpc, message: m, discriminator: "
           "\"{subnet.address}\" }");
  run(R"(aws_vpc.v { cidr_block = "10.0.0.0/16" } aws_subnet.a { vpc_id = aws_vpc.v.id } aws_subnet.b { vpc_id = aws_vpc.v.id })");
  EXPECT_EQ(findings(),
            Texts({"each-subnet: m [aws_vpc.v]", "each-subnet: m [aws_vpc.v]", "vpc-of-subnet: m [aws_vpc.v]"}));
}

// The same resources in another order give the same findings with the same identities.
TEST_F(EvaluateRules, OrderDoesNotMatter) {
  add_rule("open",
           "each: vpc\nlet: { wide: \"vpc.subnets.filter(s, s.auto_public_ip)\" }\nrequire: wide.size() == 0\nreport: "
           "{ blame: wide, message: m }");
  const std::string vpc = "aws_vpc.v { cidr_block = \"10.0.0.0/16\" }\n";
  const std::string a = "aws_subnet.a { vpc_id = aws_vpc.v.id, map_public_ip_on_launch = true }\n";
  const std::string b = "aws_subnet.b { vpc_id = aws_vpc.v.id, map_public_ip_on_launch = true }\n";
  run(vpc + a + b);
  const std::vector<std::string> before = findings();
  const std::string id = results.findings[0].id;
  run(b + a + vpc);
  EXPECT_EQ(findings(), before);
  EXPECT_EQ(results.findings[0].id, id);
  EXPECT_EQ(text_at(results.findings[0].span), "aws_subnet.a");
}

}  // namespace
}  // namespace halint
