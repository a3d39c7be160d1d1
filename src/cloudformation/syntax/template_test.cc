// Templates as text: what is one, the places of things, what is wrong with the text, limits.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/stopwatch.h"
#include "cloudformation/evaluated_for_test.h"

namespace halint {
namespace {

TEST(Templates, AreToldByWhatTheySay) {
  const std::string resources = "Resources:\n  A: {Type: 'AWS::X::Y'}\n";
  EvaluatedTemplates read({{"a.yaml", resources},
                           {"b.template", "{\"Resources\": {\"B\": {\"Type\": \"AWS::X::Y\"}}}"},
                           {"c.yml", "kind: Deployment\nspec: {Resources: 1}\n"},
                           {"d.json", "{\"Type\": \"AWS::X::Y\"}"},
                           {"e.yaml", "openapi: 3.0.0\npaths: [\n"},
                           {"f.txt", resources},
                           {"g.yaml", "a: 1\n---\n" + resources}});
  EXPECT_EQ(read.workspace.roots(), (std::vector<std::string>{"a.yaml", "b.template", "g.yaml"}));
  EXPECT_EQ(read.messages(), "");
}

TEST(Templates, SpansAreExact) {
  const std::string text =
      "# ä comment\r\nResources:\r\n  Net:\r\n    Type: AWS::X::Y\r\n    Properties:\r\n      A: 'it''s'  # no\r\n"
      "      B: !Ref\r\n        AWS::Region\r\n      C: [x, {y: \"q\\\"\"}, ]\r\n      D: |\r\n        one\r\n        "
      "two\r\n"
      "      E: two\r\n        words\r\n";
  for (const std::string& mark : {std::string(), std::string("\xEF\xBB\xBF")}) {
    EvaluatedTemplates read(mark + text);
    const Resource& net = *read.find("Net");
    auto text_at = [&](const char* property) {
      for (const Member& member : net.body.members()) {
        if (member.key == property) return std::string(read.sources.text(member.span));
      }
      return std::string("none");
    };
    EXPECT_EQ(read.sources.text(net.header), "Net");
    EXPECT_EQ(text_at("A"), "A: 'it''s'");
    EXPECT_EQ(text_at("C"), "C: [x, {y: \"q\\\"\"}, ]");
    EXPECT_EQ(text_at("D"), "D: |\r\n        one\r\n        two");
    EXPECT_EQ(text_at("E"), "E: two\r\n        words");
    EXPECT_EQ(read.value("Net", "A"), "\"it's\"");
    EXPECT_NE(read.value("Net", "B").find("AWS::Region"), std::string::npos);
    EXPECT_EQ(read.sources.text(net.whole).substr(0, 4), "Net:");
    EXPECT_TRUE(read.sources.text(net.whole).ends_with("words"));
  }
}

TEST(Templates, JsonSpansAreExact) {
  EvaluatedTemplates read(std::map<std::string, std::string>{
      {"a.json", "{\"Resources\": {\"N\": {\"Type\": \"A::B::C\", \"Properties\": {\"P\": \"a\\u00e4\"}}}}"}});
  const Resource& net = *read.find("N");
  EXPECT_EQ(read.sources.text(net.body.members()[0].span), "\"P\": \"a\\u00e4\"");
  EXPECT_EQ(read.value("N", "P"), "\"aä\"");
}

TEST(Templates, WhatIsWrongIsSaid) {
  const std::string head = "AWSTemplateFormatVersion: 2010-09-09\nResources:\n";
  EXPECT_EQ(EvaluatedTemplates(head + "  A: {Type: 'A::B::C'}\n  A: {Type: 'A::B::D'}\n").messages(),
            "invalid-configuration: `A` is written twice\n");
  EXPECT_EQ(EvaluatedTemplates(head + "\tA: {Type: 'A::B::C'}\n").messages(),
            "syntax-error: a tab cannot indent YAML\n");
  EXPECT_NE(EvaluatedTemplates(head + "  A: [\n").messages().find("syntax-error"), std::string::npos);
  for (const char* text : {"\"AWS::EC2::VPC", "'AWS::EC2::VPC", "\"AWS::EC2::VPC\\\"", "'AWS::EC2::VPC''"}) {
    EXPECT_EQ(EvaluatedTemplates(head + "  A: {Type: 'A::B::C'}\n  B:\n    Type: " + text + "\n  C: {}\n").messages(),
              "syntax-error: this quote is never closed\n");
  }
  for (const char* text : {"\"A::B::C\"", "'A::B::C'''", "\"A::B::C\\\"\"", "'A::B::C'"})
    EXPECT_EQ(EvaluatedTemplates(head + "  B:\n    Type: " + text).messages(), "");
  EXPECT_NE(EvaluatedTemplates(head + "  A: \xff\n").messages().find("not UTF-8"), std::string::npos);
  EXPECT_NE(
      EvaluatedTemplates(head + "  A: {Type: 'A::B::C', Properties: {P: !Ref Nobody}}\n").messages().find("`Nobody`"),
      std::string::npos);
}

TEST(Templates, BrokenWithoutAVersionIsStillATemplate) {
  const std::string broken = "Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n    Properties: [\n";
  EXPECT_NE(EvaluatedTemplates(broken).messages().find("syntax-error"), std::string::npos);
  EvaluatedTemplates json(
      {{"a.json", std::string(R"({"Resources": {"Vpc": {"Type": "AWS::EC2::VPC", "Properties": [}}})")}});
  EXPECT_NE(json.messages().find("syntax-error"), std::string::npos);
  // Below something else it is no template of its own.
  EXPECT_EQ(EvaluatedTemplates("input:\n  Resources:\n    Vpc:\n      Type: AWS::EC2::VPC\n  X: [\n").messages(), "");
  EXPECT_EQ(EvaluatedTemplates("Resources:\n  Type: Custom::X\n  X: [\n").messages(), "");
}

TEST(Templates, ModulesOfRainMayAddResources) {
  const std::string user = "Resources:\n  A: {Type: 'A::B::C', Properties: {P: !Ref LogBucket}}\n";
  EXPECT_NE(EvaluatedTemplates(user).messages().find("`LogBucket`"), std::string::npos);
  EXPECT_EQ(EvaluatedTemplates(user + "  Log: {Type: !Rain::Module bucket.yaml}\n").messages().find("`LogBucket`"),
            std::string::npos);
}

TEST(Templates, AnchorsAreFilledIn) {
  EvaluatedTemplates read("X: &tags [{Key: a}]\nResources:\n  A: {Type: 'A::B::C', Properties: {T: *tags}}\n");
  EXPECT_EQ(read.value("A", "T"), "[{Key = \"a\"}]");
}

TEST(Templates, LimitsHold) {
  const std::string head = "AWSTemplateFormatVersion: 2010-09-09\nResources:\n  A: {Type: 'A::B::C'}\n";
  std::string bomb = head + "L0: &l0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    bomb += fmt::format("L{0}: &l{0} [", i);
    for (int j = 0; j < 10; ++j) bomb += fmt::format("*l{}, ", i - 1);
    bomb += "]\n";
  }
  Stopwatch watch;
  EXPECT_NE(EvaluatedTemplates(bomb).messages().find("aliases filled in"), std::string::npos);
  EXPECT_NE(EvaluatedTemplates(head + "D: " + std::string(5000, '[')).messages().find("nest"), std::string::npos);
  EvaluatedTemplates deep(
      {{"a.json", "{\"AWSTemplateFormatVersion\": \"x\", \"Resources\": " + std::string(100'000, '[')}});
  EXPECT_NE(deep.messages().find("nest deeper"), std::string::npos);
  // Larger than any template: none of ours.
  EXPECT_TRUE(EvaluatedTemplates(head + std::string(50u << 20, '#')).worlds.empty());
  EXPECT_LT(watch.lap(), 20'000);
}

}  // namespace
}  // namespace halint
