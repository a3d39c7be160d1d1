// Variables: where their values come from, and what is told of them.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "terraform/evaluate/evaluated_for_test.h"

namespace halint {
namespace {

TEST(Evaluate, VariablesTakeTheStrongestValue) {
  std::map<std::string, std::string> files = {
      {"main.tf", "variable \"v\" { default = \"default\" }\nresource \"r\" \"a\" { x = var.v }\n"}};
  EXPECT_EQ(Evaluated(files).at("r.a", "x"), "\"default\"");
  TerraformOptions options;
  options.environment = {{"v", "environment"}};
  EXPECT_EQ(Evaluated(files, options).at("r.a", "x"), "\"environment\"");
  files["terraform.tfvars"] = "v = \"tfvars\"\n";
  EXPECT_EQ(Evaluated(files, options).at("r.a", "x"), "\"tfvars\"");
  files["a.auto.tfvars"] = "v = \"auto a\"\n";
  files["b.auto.tfvars"] = "v = \"auto b\"\n";
  EXPECT_EQ(Evaluated(files, options).at("r.a", "x"), "\"auto b\"");
  files["prod.tfvars"] = "v = \"file\"\n";
  options.variable_files = {"prod.tfvars"};
  EXPECT_EQ(Evaluated(files, options).at("r.a", "x"), "\"file\"");
  options.variables = {{"v", "flag"}};
  EXPECT_EQ(Evaluated(files, options).at("r.a", "x"), "\"flag\"");
}

TEST(Evaluate, VariablesAreConverted) {
  TerraformOptions options;
  options.variables = {{"b", "true"}, {"n", "3"}, {"l", "[\"a\", 1]"}};
  Evaluated result(R"(
variable "b" { type = bool }
variable "n" { type = number }
variable "l" { type = list(string) }
variable "o" {
  type = object({ a = string, b = optional(number, 7), c = optional(bool) })
  default = { a = 1 }
}
resource "r" "a" {
  x = [var.b, var.n, var.l, var.o]
}
)",
                   options);
  EXPECT_EQ(result.at("r.a", "x"), "[true, 3, [\"a\", \"1\"], {a = \"1\", b = 7, c = null}]");
}

TEST(Evaluate, AVariableWithoutValueSaysHowToDecideIt) {
  Evaluated result("variable \"azs\" {}\nresource \"r\" \"a\" { x = var.azs[1] }\n");
  Value value = result.value("r.a", "x");
  ASSERT_TRUE(value.is_unknown());
  EXPECT_EQ(value.why().reason, UnknownReason::kVariable);
  EXPECT_EQ(value.why().detail, "`var.azs` has no default and no value");
  EXPECT_EQ(value.why().decide, "--var azs");
  ASSERT_NE(value.symbol(), nullptr);
  EXPECT_EQ(to_text(*value.symbol()), "var.azs[1]");
}

TEST(Evaluate, OptionsCanTakeAValueAway) {
  TerraformOptions options;
  options.unset_variables = {"v"};
  EXPECT_EQ(Evaluated("variable \"v\" { default = 1 }\nresource \"r\" \"a\" { x = var.v }\n", options).at("r.a", "x"),
            "var.v");
}

TEST(Evaluate, OriginIsTheLiteralThatDecides) {
  Evaluated result({{"main.tf",
                     "variable \"v\" {}\nlocals { w = var.v ? \"yes\" : \"no\" }\nresource \"r\" \"a\" {\n  x = "
                     "var.v\n  y = local.w\n}\n"},
                    {"terraform.tfvars", "\nv = true\n"}});
  EXPECT_EQ(result.place(result.value("r.a", "x").origin()), "terraform.tfvars:2");
  EXPECT_EQ(result.text(result.value("r.a", "y").origin()), "\"yes\"");
  const Resource* resource = result.find("r.a");
  EXPECT_EQ(result.text(resource->body.members()[0].span), "x = var.v");
  EXPECT_EQ(result.text(resource->header), "resource \"r\" \"a\"");
}

TEST(Evaluate, SensitiveValuesStaySecret) {
  Evaluated result(
      "variable \"p\" {\n  default = \"secret\"\n  sensitive = true\n}\nresource \"r\" \"a\" {\n  x = \"p=${var.p}\"\n "
      " y = { a = var.p }\n}\n");
  EXPECT_TRUE(result.value("r.a", "x").is_sensitive());
  EXPECT_EQ(result.at("r.a", "y").find("secret"), std::string::npos);
}

}  // namespace
}  // namespace halint
