// Tests of what decided: the inputs behind `count`, `for_each`, dynamic blocks and chosen attributes.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "terraform/evaluate/evaluated_for_test.h"

namespace halint {
namespace {

// "aws_x.a: `single` is true (main.tf:2)", with the first line of what was decided in brackets where that is known.
Texts decisions_of(const Evaluated& result) {
  Texts all;
  for (const Decision& decision : result.configuration.decisions) {
    std::string where = decision.where.is_known() ? " [" + result.text(decision.where) + "]" : "";
    all.push_back(std::string(decision.address) + where + ": " + std::string(decision.text) + " (" +
                  result.place(decision.origin) + ")");
  }
  return all;
}

TEST(Decisions, ACountIsTracedToTheVariable) {
  Evaluated result({{"main.tf",
                     "variable \"single\" {}\nvariable \"zones\" { default = [\"a\", \"b\"] }\n"
                     "locals { number = var.single ? 1 : length(var.zones) }\n"
                     "resource \"aws_x\" \"a\" { count = local.number }\n"},
                    {"terraform.tfvars", "\nsingle = true\n"}});
  EXPECT_EQ(decisions_of(result), Texts{"aws_x.a: `single` is true (terraform.tfvars:2)"});
}

TEST(Decisions, TheBranchThatIsTakenCounts) {
  Evaluated result(
      "variable \"single\" { default = false }\nvariable \"zones\" { default = [\"a\", \"b\"] }\n"
      "variable \"other\" { default = 7 }\n"
      "resource \"aws_x\" \"a\" { count = var.single ? var.other : length(var.zones) }\n");
  EXPECT_EQ(decisions_of(result),
            (Texts{"aws_x.a: `single` is false (main.tf:1)", "aws_x.a: `zones` has 2 elements (main.tf:2)"}));
}

TEST(Decisions, ModulesPassItOn) {
  Evaluated result({{"main.tf",
                     "variable \"env\" { default = \"dev\" }\nmodule \"m\" {\n  source = \"./m\"\n"
                     "  single = var.env == \"dev\"\n  size = 2\n}\n"},
                    {"m/main.tf",
                     "variable \"single\" {}\nvariable \"size\" {}\n"
                     "resource \"aws_x\" \"a\" { count = var.single ? 1 : 3 }\n"
                     "resource \"aws_y\" \"a\" { for_each = toset([for i in range(var.size) : tostring(i)]) }\n"}});
  EXPECT_EQ(decisions_of(result),
            (Texts{"module.m.aws_x.a: `env` is \"dev\" (main.tf:1)", "module.m.aws_y.a: `size` is 2 (main.tf:5)"}));
}

TEST(Decisions, CallsOutputsAndResourcesAreFollowed) {
  Evaluated result(
      {{"main.tf",
        "module \"m\" {\n  source = \"./m\"\n  count = local.calls\n}\nlocals { calls = 1 }\n"
        "resource \"aws_z\" \"a\" { for_each = aws_y.a }\n"
        "resource \"aws_y\" \"a\" { for_each = toset(module.m[0].names) }\n"},
       {"m/main.tf", "variable \"names\" { default = [\"a\"] }\noutput \"names\" { value = var.names }\n"}});
  EXPECT_EQ(decisions_of(result),
            (Texts{"aws_y.a: `names` has 1 element (m/main.tf:1)", "aws_z.a: `names` has 1 element (m/main.tf:1)",
                   "module.m: `local.calls` is 1 (main.tf:5)"}));
}

TEST(Decisions, AttributesAndDynamicBlocksAreTold) {
  Evaluated result(
      "variable \"env\" { default = \"dev\" }\nvariable \"ports\" { default = [80, 443] }\n"
      "resource \"aws_x\" \"a\" {\n  multi = var.env == \"prod\" ? true : false\n  dynamic \"rule\" {\n"
      "    for_each = var.ports\n    content { port = rule.value }\n  }\n}\n");
  EXPECT_EQ(decisions_of(result),
            (Texts{"aws_x.a [multi = var.env == \"prod\" ? true : false]: `env` is \"dev\" (main.tf:1)",
                   "aws_x.a [dynamic \"rule\"]: `ports` has 2 elements (main.tf:2)"}));
}

TEST(Decisions, SecretsAndUnknownsAreNotSaid) {
  Evaluated result(
      "variable \"secret\" {\n  default = 2\n  sensitive = true\n}\nvariable \"unknown\" {}\n"
      "resource \"aws_x\" \"a\" { count = var.secret }\nresource \"aws_x\" \"b\" { count = var.unknown ? 1 : 0 }\n");
  EXPECT_EQ(decisions_of(result), Texts{"aws_x.a: `secret` is (sensitive) (main.tf:2)"});
}

TEST(Decisions, LongChainsEnd) {
  std::string text = "locals {\n  n0 = 1\n";
  for (int i = 1; i < 60; ++i) {
    std::string last = "local.n" + std::to_string(i - 1);
    text += "  n" + std::to_string(i) + " = " + last + " > 0 ? " + last + " : " + last + "\n";
  }
  Evaluated result(text + "}\nresource \"aws_x\" \"a\" { count = local.n59 }\n");
  EXPECT_EQ(result.addresses().size(), 1u);
}

}  // namespace
}  // namespace halint
