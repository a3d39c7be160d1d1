// Each intrinsic function in its forms, with arguments that are known and that are not.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "cloudformation/evaluated_for_test.h"

namespace halint {
namespace {

// Reads `expression` as a property of a resource beside some others.
std::string value_of(const std::string& expression) {
  EvaluatedTemplates read(R"(
Parameters:
  Name: {Type: String, Default: web}
  Port: {Type: Number, Default: 443}
  Vpc: {Type: 'AWS::EC2::VPC::Id'}
  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}
  Ranges: {Type: CommaDelimitedList, Default: 'a, b,c'}
  Image: {Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /aws/image}
Mappings:
  Sizes:
    prod: {Type: large, Count: 2}
    dev: {Type: small, Count: 2}
Conditions:
  Yes: !Equals [!Ref Name, web]
  No: !Not [!Condition Yes]
Resources:
  Own: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Zoned: {Type: 'AWS::EC2::Subnet', Properties: {AvailabilityZone: !Select [1, !GetAZs '']}}
  Tested:
    Type: AWS::Test::Thing
    Properties:
      P: )" + expression + "\n");
  EXPECT_EQ(read.messages(), "") << expression;
  EXPECT_EQ(read.worlds.size(), 1u);
  const Value& value = read.find("Tested")->body.member("P");
  return value.is_unknown() ? "unknown: " + std::string(value.why().detail) : to_text(value);
}

// The identity of what is not known.
std::string symbol_of(const std::string& expression) {
  EvaluatedTemplates read(
      "Parameters: {Vpc: {Type: String}, Cut: {Type: Number}, Subnets: {Type: CommaDelimitedList}}\n"
      "Resources:\n"
      "  Own: {Type: 'AWS::EC2::VPC'}\n"
      "  Tested:\n    Type: AWS::Test::Thing\n    Properties:\n      P: " +
      expression + "\n");
  const Value& value = read.find("Tested")->body.member("P");
  return value.symbol() != nullptr ? to_text(*value.symbol()) : "none: " + to_text(value);
}

TEST(Functions, Ref) {
  EXPECT_EQ(value_of("!Ref Name"), "\"web\"");
  EXPECT_EQ(value_of("{Ref: Port}"), "\"443\"");
  EXPECT_EQ(value_of("\n        Ref: Ranges"), R"(["a", "b", "c"])");
  EXPECT_EQ(symbol_of("!Ref Own"), "Own.Ref");
  EXPECT_EQ(symbol_of("!Ref Vpc"), "Vpc");
  EXPECT_EQ(symbol_of("!Ref AWS::Region"), "AWS::Region");
  EXPECT_NE(value_of("!Ref Image").find("parameter store"), std::string::npos);
}

TEST(Functions, GetAtt) {
  EXPECT_EQ(symbol_of("!GetAtt Own.DefaultSecurityGroup"), "Own.DefaultSecurityGroup");
  EXPECT_EQ(symbol_of("!GetAtt [Own, DefaultSecurityGroup]"), "Own.DefaultSecurityGroup");
  EXPECT_EQ(symbol_of("{'Fn::GetAtt': [Own, A.B]}"), "Own.A.B");
  // What the template says itself.
  EXPECT_EQ(value_of("!GetAtt Own.CidrBlock"), "\"10.0.0.0/16\"");
}

TEST(Functions, Sub) {
  EXPECT_EQ(value_of("!Sub '${Name}-${!Name}-x'"), "\"web-${Name}-x\"");
  EXPECT_EQ(value_of("!Sub ['${A}:${Port}', {A: !Ref Name}]"), "\"web:443\"");
  EXPECT_EQ(value_of("!Sub '${Own.CidrBlock}'"), "\"10.0.0.0/16\"");
  EXPECT_EQ(symbol_of("!Sub '${Own}'"), "Own.Ref");
  EXPECT_EQ(value_of("!Sub |\n        line ${Name}\n        end"), "\"line web\nend\n\"");
}

TEST(Functions, JoinSplitSelect) {
  EXPECT_EQ(value_of("!Join ['-', [a, !Ref Port, c]]"), "\"a-443-c\"");
  EXPECT_EQ(value_of("!Join [',', !Ref Ranges]"), "\"a,b,c\"");
  EXPECT_EQ(value_of("!Split ['|', 'a|b|']"), R"(["a", "b", ""])");
  EXPECT_EQ(value_of("!Select ['1', !Ref Ranges]"), "\"b\"");
  EXPECT_EQ(value_of("!Select [0, !Split ['/', !GetAtt Own.CidrBlock]]"), "\"10.0.0.0\"");
  // A list that is joined and split again is the same list.
  EXPECT_EQ(symbol_of("!Select [1, !Split [',', !Join [',', [x, !Ref Own]]]]"), "Own.Ref");
  EXPECT_EQ(symbol_of("!Select [1, !Ref Subnets]"), "Subnets[1]");
  EXPECT_NE(value_of("!Select [7, !Ref Ranges]").find("there is none at 7"), std::string::npos);
}

TEST(Functions, ZonesAreDistinctTerms) {
  EXPECT_EQ(symbol_of("!Select [0, !GetAZs '']"), "Fn::GetAZs(AWS::Region)[0]");
  EXPECT_EQ(symbol_of("!Select [1, {'Fn::GetAZs': !Ref AWS::Region}]"), symbol_of("!Select [1, !GetAZs '']"));
  EXPECT_NE(symbol_of("!Select [0, !GetAZs '']"), symbol_of("!Select [1, !GetAZs '']"));
  EXPECT_EQ(symbol_of("!Select [0, !GetAZs us-east-1]"), "Fn::GetAZs(us-east-1)[0]");
}

TEST(Functions, Cidr) {
  EXPECT_EQ(value_of("!Cidr [!GetAtt Own.CidrBlock, 3, 8]"), R"(["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"])");
  EXPECT_EQ(value_of("!Select [2, !Cidr [10.0.0.0/16, '4', '12']]"), "\"10.0.32.0/20\"");
  EXPECT_EQ(value_of("!Cidr ['2001:db8::/56', 2, 64]"), R"(["2001:db8::/64", "2001:db8:0:1::/64"])");
  EXPECT_NE(value_of("!Cidr [10.0.0.0/24, 3, 7]").find("holds no"), std::string::npos);
  EXPECT_EQ(symbol_of("!Select [0, !Cidr [!Ref Vpc, 6, 8]]"), "Fn::Cidr(Vpc, \"6\", \"8\")[0]");
}

TEST(Functions, FindInMap) {
  EXPECT_EQ(value_of("!FindInMap [Sizes, prod, Type]"), "\"large\"");
  EXPECT_EQ(value_of("!FindInMap [Sizes, test, Type, {DefaultValue: tiny}]"), "\"tiny\"");
  // Whatever the region is, the cells are all the same.
  EXPECT_EQ(value_of("!FindInMap [Sizes, !Ref AWS::Region, Count]"), "\"2\"");
  EXPECT_NE(value_of("!FindInMap [Sizes, !Ref AWS::Region, Type]").find("unknown"), std::string::npos);
}

TEST(Functions, IfAndNoValue) {
  EXPECT_EQ(value_of("!If [Yes, a, b]"), "\"a\"");
  EXPECT_EQ(value_of("!If [No, a, b]"), "\"b\"");
  EXPECT_EQ(value_of("[x, !If [No, a, !Ref AWS::NoValue]]"), "[\"x\"]");
  EXPECT_EQ(value_of("{x: 1, y: !If [No, a, !Ref AWS::NoValue]}"), "{x = \"1\"}");
  EXPECT_EQ(value_of("!Ref AWS::NoValue"), to_text(Value::absent()));
}

TEST(Functions, TheRest) {
  EXPECT_EQ(value_of("!Base64 ab"), "\"YWI=\"");
  EXPECT_EQ(value_of("!Length [a, b]"), "\"2\"");
  EXPECT_EQ(value_of("{'Fn::ToJsonString': {a: [x, 'y\"']}}"), R"("{"a":["x","y\""]}")");
  EXPECT_EQ(symbol_of("!ImportValue net-Vpc"), "Fn::ImportValue(\"net-Vpc\")");
  EXPECT_NE(value_of("'{{resolve:ssm:/db/name}}'").find("when the stack is made"), std::string::npos);
  EXPECT_NE(value_of("{'Fn::Transform': {Name: 'AWS::Include'}}").find("macro"), std::string::npos);
  EXPECT_NE(value_of("!Rain::Embed x").find("none of CloudFormation's functions"), std::string::npos);
}

TEST(Functions, WrongArgumentsAreNotKnown) {
  for (const char* wrong : {"!Join x", "!Select [a, [b]]", "!Select [0]", "!Split ['', x]", "!Sub [[]]", "!If [Yes]",
                            "!FindInMap [Sizes]", "!Cidr [x]", "!GetAtt Own", "!Ref [a]", "!Base64 [a]"}) {
    EXPECT_NE(value_of(wrong).find("unknown"), std::string::npos) << wrong;
  }
}

}  // namespace
}  // namespace halint
