// The forms that a module can be written in: override files, OpenTofu's files, JSON.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "terraform/evaluate/evaluated_for_test.h"

namespace halint {
namespace {

TEST(Forms, OverrideFilesChangeWhatTheOthersDeclare) {
  Evaluated result(
      {{"main.tf",
        "locals {\n  a = 1\n  b = 2\n}\nresource \"r\" \"a\" {\n  x = local.a\n  y = local.b\n  k { v = 1 }\n  l { v = "
        "1 }\n}\n"},
       {"z_override.tf", "locals { b = 3 }\nresource \"r\" \"a\" {\n  x = \"changed\"\n  k { v = 2 }\n}\n"},
       {"override.tf", "variable \"unused\" {}\n"}});
  EXPECT_TRUE(result.diagnostics().empty());
  EXPECT_EQ(result.at("r.a", "x"), "\"changed\"");
  EXPECT_EQ(result.at("r.a", "y"), "3");
  EXPECT_EQ(result.at("r.a", "k"), "[{v = 2}]");
  EXPECT_EQ(result.at("r.a", "l"), "[{v = 1}]");
}

TEST(Forms, TofuFilesReplaceTheirTwins) {
  Evaluated result({{"a.tf", "resource \"r\" \"a\" { x = 1 }\n"},
                    {"a.tofu", "resource \"r\" \"a\" { x = 2 }\n"},
                    {"b.tofu", "resource \"r\" \"b\" {}\n"}});
  EXPECT_EQ(result.at("r.a", "x"), "2");
  EXPECT_NE(result.find("r.b"), nullptr);
}

TEST(Forms, JsonSaysTheSame) {
  Evaluated result({{"main.tf.json", R"json({
  "//": "a comment",
  "variable": { "azs": { "type": "list(string)" }, "text": { "default": "${not a template}" } },
  "locals": { "n": 2 },
  "resource": {
  "r" : {
    "a" : {
      "count" : "${local.n}",
      "x" : "zone ${var.azs[count.index]}\n",
      "tags" : {"Name" : "r"},
      "ingress" : [ {"port" : 80} ],
      "dynamic" : {"rule" : {"for_each" : [ 1, 2 ], "content" : {"port" : "${rule.value}"}}},
      "lifecycle" : {"ignore_changes" : ["tags"]},
      "provider" : "aws.eu"
    },
          "b" : [ {"y" : "${r.a[*].id}", "z" : "${var.text}"} ]
  }
  }
})json"},
                    {"terraform.tfvars.json", R"({ "azs": ["a", "b"] })"}});
  EXPECT_TRUE(result.diagnostics().empty());
  EXPECT_EQ(result.addresses(), (Texts{"r.a[0]", "r.a[1]", "r.b"}));
  EXPECT_EQ(result.at("r.a[1]", "x"), "\"zone b\n\"");
  EXPECT_EQ(result.at("r.a[0]", "rule"), "[{port = 1}, {port = 2}]");
  EXPECT_EQ(result.at("r.a[0]", "ingress"), "[{port = 80}]");
  EXPECT_EQ(result.at("r.a[0]", "lifecycle"), "[{ignore_changes = [\"tags\"]}]");
  EXPECT_EQ(result.find("r.a[0]")->provider, "aws.eu");
  EXPECT_EQ(result.at("r.b", "y"), "[r.a[0].id, r.a[1].id]");
  EXPECT_EQ(result.at("r.b", "z"), "\"${not a template}\"");
  EXPECT_EQ(result.text(result.find("r.b")->header), "\"b\"");
}

TEST(Forms, BrokenJsonSaysWhere) {
  Evaluated result({{"a.tf.json", "{\n  \"locals\": { \"a\": 1,, }\n}\n"}, {"b.tf", "resource \"r\" \"b\" {}\n"}});
  EXPECT_EQ(result.diagnostics(), (Texts{"a.tf.json:2: expected a name in quotes"}));
  EXPECT_NE(result.find("r.b"), nullptr);
}

TEST(Forms, OverridesOfLifecycleLeaveItsOtherArguments) {
  Evaluated result(
      {{"main.tf",
        "resource \"r\" \"a\" {\n  lifecycle {\n    ignore_changes = [route]\n    prevent_destroy = true\n  "
        "}\n}\n"},
       {"override.tf",
        "resource \"r\" \"a\" {\n  lifecycle {\n    create_before_destroy = true\n    prevent_destroy = "
        "false\n  }\n}\n"}});
  EXPECT_EQ(result.at("r.a", "lifecycle"),
            "[{create_before_destroy = true, ignore_changes = [\"route\"], prevent_destroy = false}]");
}

TEST(Forms, BlocksOfOneFormOverrideThoseOfTheOther) {
  Evaluated result({{"main.tf", "resource \"r\" \"a\" {\n  k { v = 1 }\n  k { v = 2 }\n  l = [{ v = 1 }]\n}\n"},
                    {"a_override.tf.json", R"({"resource": {"r": {"a": {"k": [{"v": 3}]}}}})"},
                    {"b_override.tf",
                     "resource \"r\" \"a\" {\n  dynamic \"l\" {\n    for_each = [4, 5]\n    content { v = "
                     "l.value }\n  }\n}\n"}});
  EXPECT_EQ(result.at("r.a", "k"), "[{v = 3}]");
  EXPECT_EQ(result.at("r.a", "l"), "[{v = 4}, {v = 5}]");
}

TEST(Forms, AliasedProvidersAreOverriddenByTheirOwnKind) {
  Evaluated result({{"main.tf",
                     "provider \"aws\" { region = \"eu-west-1\" }\nprovider \"aws\" {\n  alias  = \"b\"\n  region = "
                     "\"eu-west-2\"\n}\ndata \"aws_region\" \"a\" {}\ndata \"aws_region\" \"b\" { provider = aws.b "
                     "}\nresource \"r\" \"a\" { x = [data.aws_region.a.name, data.aws_region.b.name] }\n"},
                    {"override.tf", "provider \"aws\" {\n  alias  = \"b\"\n  region = \"us-east-1\"\n}\n"}});
  EXPECT_EQ(result.at("r.a", "x"), "[\"eu-west-1\", \"us-east-1\"]");
}

// In JSON an attribute cannot be told from a block, but for what stands beside and around a dynamic one.
TEST(Forms, DynamicBlocksOfJsonJoinOthersOnAllLevels) {
  Evaluated result(std::map<std::string, std::string>{{"main.tf.json", R"json({
  "resource": {
    "r": {
      "a": {
        "rule": [{"port": 1}, {"port": 2}],
        "action": {
          "kind": "forward",
          "forward": [
            {"target": {"arn": "x"}, "dynamic": {"target": {"for_each": ["y"], "content": {"arn": "${target.value}"}}}}
          ]
        },
        "dynamic": [
          {"rule": {"for_each": {"a": 3}, "iterator": "it", "content": {"port": "${it.value}", "name": "${it.key}"}}}
        ],
        "tags": {"dynamic": "yes"},
        "data": {"dynamic": {"x": {"y": 1}}}
      }
    }
  }
})json"}});
  EXPECT_TRUE(result.diagnostics().empty());
  EXPECT_EQ(result.at("r.a", "rule"), "[{port = 1}, {port = 2}, {name = \"a\", port = 3}]");
  EXPECT_EQ(result.at("r.a", "action"),
            "[{forward = [{target = [{arn = \"x\"}, {arn = \"y\"}]}], kind = \"forward\"}]");
  EXPECT_EQ(result.at("r.a", "tags"), "{dynamic = \"yes\"}");
  EXPECT_EQ(result.at("r.a", "data"), "{dynamic = {x = {y = 1}}}");
}

TEST(Forms, ProvidersArePassedOnInJson) {
  Evaluated result(
      {{"main.tf.json", R"json({
  "provider": {"aws": [{"region": "eu-west-1"}, {"alias": "b", "region": "eu-west-2"}]},
  "module": {"m": {"source": "./m", "providers": {"aws": "aws.b"}}}
})json"},
       {"m/main.tf", "data \"aws_region\" \"r\" {}\nresource \"r\" \"a\" { x = data.aws_region.r.name }\n"}});
  EXPECT_EQ(result.at("module.m.r.a", "x"), "\"eu-west-2\"");
}

}  // namespace
}  // namespace halint
