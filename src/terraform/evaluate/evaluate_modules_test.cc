// Modules, what is broken in them, and limits.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "terraform/evaluate/evaluated_for_test.h"

namespace halint {
namespace {

TEST(Evaluate, ModulesPassValuesBothWays) {
  Evaluated result({{"main.tf", R"(
variable "n" {}
module "net" {
  source = "./net"
  count  = 2
  cidr   = "10.${count.index}.0.0/16"
  n      = var.n
}
resource "r" "a" {
  x = module.net[1].cidr
  y = module.net[*].id
}
)"},
                    {"net/main.tf", R"(
variable "cidr" {}
variable "n" {}
variable "d" { default = "d" }
resource "aws_vpc" "v" {
  cidr_block = var.cidr
  n = var.n
  d = var.d
  p = path.module
}
output "cidr" { value = aws_vpc.v.cidr_block }
output "id" { value = aws_vpc.v.id }
)"}});
  EXPECT_EQ(result.roots(), (Texts{"."}));
  EXPECT_EQ(result.addresses(), (Texts{"module.net[0].aws_vpc.v", "module.net[1].aws_vpc.v", "r.a"}));
  EXPECT_EQ(result.at("r.a", "x"), "\"10.1.0.0/16\"");
  EXPECT_EQ(result.at("r.a", "y"), "[module.net[0].aws_vpc.v.id, module.net[1].aws_vpc.v.id]");
  EXPECT_EQ(result.at("module.net[0].aws_vpc.v", "n"), "var.n");
  EXPECT_EQ(result.at("module.net[0].aws_vpc.v", "d"), "\"d\"");
  EXPECT_EQ(result.at("module.net[0].aws_vpc.v", "p"), "\"net\"");
  const Resource* vpc = result.find("module.net[0].aws_vpc.v");
  EXPECT_EQ(vpc->scope, "module.net[0]");
  ASSERT_EQ(vpc->via.size(), 1u);
  EXPECT_EQ(result.text(vpc->via[0]), "module \"net\"");
}

TEST(Evaluate, ModulesWireInCirclesThatAreNone) {
  Evaluated result(
      {{"main.tf",
        "module \"a\" {\n  source = \"./m\"\n  in = \"x\"\n}\nmodule \"b\" {\n  source = \"./m\"\n  in = "
        "module.a.out\n}\n"},
       {"m/main.tf",
        "variable \"in\" {}\noutput \"out\" { value = \"${var.in}!\" }\nresource \"r\" \"a\" { x = var.in }\n"}});
  EXPECT_EQ(result.at("module.b.r.a", "x"), "\"x!\"");
}

TEST(Evaluate, RootsAreWhatNobodyCalls) {
  Evaluated result({{"main.tf", "resource \"r\" \"a\" {}\n"},
                    {"examples/simple/main.tf", "module \"m\" { source = \"../../\" }\n"},
                    {"other/main.tf", "resource \"r\" \"b\" {}\n"}});
  EXPECT_EQ(result.roots(), (Texts{"examples/simple", "other"}));
  EXPECT_EQ(result.addresses(), (Texts{"module.m.r.a"}));
}

TEST(Evaluate, ModulesThatAreNotThereAreOpaque) {
  Evaluated result(
      "module \"vpc\" {\n  source = \"acme/vpc/aws\"\n  cidr = \"10.0.0.0/16\"\n}\nmodule \"off\" {\n "
      " source = \"x/y/z\"\n  count = 0\n}\nresource \"r\" \"a\" { x = module.vpc.vpc_id }\n");
  ASSERT_EQ(result.configuration.opaque.size(), 1u);
  EXPECT_EQ(result.configuration.opaque[0].address, "module.vpc");
  EXPECT_EQ(result.configuration.opaque[0].reason, "module `acme/vpc/aws` is not installed");
  EXPECT_EQ(to_text(result.configuration.opaque[0].inputs), "{cidr = \"10.0.0.0/16\"}");
  Value value = result.value("r.a", "x");
  EXPECT_EQ(value.why().reason, UnknownReason::kExternal);
  EXPECT_EQ(to_text(*value.symbol()), "module.vpc.vpc_id");
}

TEST(Evaluate, InstalledModulesAreRead) {
  Evaluated result(
      {{"main.tf", "module \"net\" { source = \"x/net/aws\" }\nresource \"r\" \"a\" { x = module.net.id }\n"},
       {".terraform/modules/modules.json",
        R"({"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"net","Source":"x/net/aws","Dir":".terraform/modules/net"},{"Key":"net.sub","Source":"x/sub/aws","Dir":".terraform/modules/net.sub"}]})"},
       {".terraform/modules/net/main.tf",
        "module \"sub\" { source = \"x/sub/aws\" }\noutput \"id\" { value = module.sub.id }\n"},
       {".terraform/modules/net.sub/main.tf", "output \"id\" { value = \"deep\" }\n"}});
  EXPECT_TRUE(result.configuration.opaque.empty());
  EXPECT_EQ(result.at("r.a", "x"), "\"deep\"");
  EXPECT_EQ(result.roots(), (Texts{"."}));
}

TEST(Evaluate, ProvidersHaveAnIdentity) {
  Evaluated result(
      {{"main.tf",
        "provider \"aws\" {\n  alias = \"eu\"\n}\nresource \"aws_vpc\" \"a\" { provider = aws.eu }\nmodule \"m\" {\n  "
        "source = \"./m\"\n  providers = { aws = aws.eu, aws.other = aws }\n}\n"},
       {"m/main.tf", "resource \"aws_vpc\" \"b\" {}\nresource \"aws_vpc\" \"c\" { provider = aws.other }\n"}});
  EXPECT_EQ(result.find("aws_vpc.a")->provider, "aws.eu");
  EXPECT_EQ(result.find("module.m.aws_vpc.b")->provider, "aws.eu");
  EXPECT_EQ(result.find("module.m.aws_vpc.c")->provider, "");
}

TEST(Evaluate, FilesStayInTheWorkspace) {
  Evaluated result({{"main.tf",
                     "resource \"r\" \"a\" {\n  x = file(\"${path.module}/t.txt\")\n  y = templatefile(\"t.tpl\", { "
                     "name = \"you\", list = [1, 2] })\n}\n"},
                    {"t.txt", "text"},
                    {"t.tpl", "Hi ${name}%{ for i in list } ${i}%{ endfor }"}});
  EXPECT_EQ(result.at("r.a", "x"), "\"text\"");
  EXPECT_EQ(result.at("r.a", "y"), "\"Hi you 1 2\"");
}

TEST(Evaluate, WorkspaceAndPaths) {
  TerraformOptions options;
  options.workspace = "prod";
  Evaluated result("resource \"r\" \"a\" { x = \"${terraform.workspace} ${path.module} ${path.root}\" }\n", options);
  EXPECT_EQ(result.at("r.a", "x"), "\"prod . .\"");
}

TEST(Evaluate, MistakesAreDiagnostics) {
  Evaluated result(
      "locals {\n  a = local.b\n  b = local.a\n}\nresource \"r\" \"a\" {\n  x = local.a\n  y = local.azz\n  z = "
      "var.nope\n  w = lenght([])\n}\n");
  EXPECT_EQ(result.diagnostics(),
            (Texts{"main.tf:3: `local.a` depends on itself", "main.tf:7: `local.azz` is not declared",
                   "main.tf:8: `var.nope` is not declared", "main.tf:9: there is no function `lenght`"}));
  EXPECT_EQ(result.configuration.diagnostics[3].help, "did you mean `length`?");
  EXPECT_EQ(result.value("r.a", "x").why().reason, UnknownReason::kInvalid);
}

TEST(Evaluate, UndeclaredResourcesAreUnknownWithoutNoise) {
  Evaluated result("resource \"r\" \"a\" {\n  x = aws_vpc.elsewhere.id\n  y = data.aws_vpc.elsewhere.id\n}\n");
  EXPECT_TRUE(result.diagnostics().empty());
  EXPECT_EQ(result.value("r.a", "x").why().reason, UnknownReason::kInvalid);
}

TEST(Evaluate, ModulesThatCallThemselvesEnd) {
  Evaluated result({{"main.tf", "module \"a\" { source = \"./a\" }\n"},
                    {"a/main.tf", "module \"b\" { source = \"../b\" }\n"},
                    {"b/main.tf", "module \"a\" { source = \"../a\" }\nresource \"r\" \"x\" {}\n"}});
  EXPECT_EQ(result.diagnostics(), (Texts{"b/main.tf:1: module `../a` calls itself"}));
  EXPECT_EQ(result.addresses(), (Texts{"module.a.module.b.r.x"}));
  Evaluated circle(
      {{"a/main.tf", "module \"b\" { source = \"../b\" }\n"}, {"b/main.tf", "module \"a\" { source = \"../a\" }\n"}});
  EXPECT_EQ(circle.roots(), (Texts{"a"}));
}

TEST(Evaluate, HostileInputHitsLimits) {
  for (const char* text :
       {"resource \"r\" \"a\" { count = 1000000000 }\n",
        "resource \"r\" \"a\" { for_each = toset([for i in range(0, 1024) : \"k${i}\"]) }\n",

        "locals { l = range(0, 1024) }\nresource \"r\" \"a\" { x = [for a in local.l : [for b in local.l : a * b]] "
        "}\n"}) {
    TerraformOptions options;
    options.limits.steps = 200'000;
    Evaluated result(text, options);
    ASSERT_FALSE(result.configuration.diagnostics.empty()) << text;
    EXPECT_EQ(result.configuration.diagnostics[0].rule, "limit-exceeded") << text;
  }
  std::string chain;
  for (int i = 0; i < 5000; ++i) chain += "l" + std::to_string(i) + " = local.l" + std::to_string(i + 1) + "\n";
  Evaluated result("locals {\n" + chain + "l5000 = 1\n}\nresource \"r\" \"a\" { x = local.l0 }\n");
  EXPECT_EQ(result.value("r.a", "x").why().reason, UnknownReason::kLimit);
}

TEST(Evaluate, ASelfReferenceIsACycle) {
  Evaluated result(
      "resource \"r\" \"a\" {\n  x = r.a.y\n  y = r.a.x\n}\nresource \"r\" \"b\" {\n  count = length(r.b)\n}\n");
  EXPECT_EQ(result.diagnostics().size(), 2u);
}

TEST(Evaluate, BrokenFilesLeaveTheRest) {
  Evaluated result(
      {{"a.tf", "resource \"r\" \"a\" {\n  x = local.gone\n  y =\n}\n"}, {"b.tf", "resource \"r\" \"b\" { x = 1 }\n"}});
  EXPECT_EQ(result.at("r.b", "x"), "1");
  ASSERT_EQ(result.diagnostics().size(), 1u);
  EXPECT_EQ(result.diagnostics()[0].substr(0, 7), "a.tf:3:");
}

TEST(Evaluate, TwoOfANameAreSaid) {
  Evaluated result("resource \"r\" \"a\" { x = 1 }\nresource \"r\" \"a\" { x = 2 }\nresource \"r\" {}\n");
  EXPECT_EQ(result.diagnostics(), (Texts{"main.tf:2: `r.a` is declared twice in this module",
                                         "main.tf:3: a `resource` block has 2 labels, not 1"}));
  EXPECT_EQ(result.at("r.a", "x"), "1");
}

}  // namespace
}  // namespace halint
