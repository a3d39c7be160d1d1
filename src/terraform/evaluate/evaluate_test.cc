// Terraform to resources: what each construct evaluates to.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "terraform/evaluate/evaluated_for_test.h"

namespace halint {
namespace {

// `expression` as the attribute `x` of `r.a`, below `declarations`.
std::string evaluate(const std::string& expression, const std::string& declarations = "") {
  Evaluated result(declarations + "\nresource \"r\" \"a\" {\n  x = " + expression + "\n}\n");
  return result.at("r.a", "x");
}

TEST(Evaluate, Expressions) {
  EXPECT_EQ(evaluate("1 + 2 * 3"), "7");
  EXPECT_EQ(evaluate("\"a${1 + 1}b\""), "\"a2b\"");
  EXPECT_EQ(evaluate("true ? \"a\" : \"b\""), "\"a\"");
  EXPECT_EQ(evaluate("\"true\" ? 1 : 2"), "1");
  EXPECT_EQ(evaluate("{ a = 1, \"b\" = [2] }"), "{a = 1, b = [2]}");
  EXPECT_EQ(evaluate("[for i, s in [\"a\", \"b\"] : \"${i}${s}\" if i > 0]"), "[\"1b\"]");
  EXPECT_EQ(evaluate("{ for k, v in { a = 1, b = 2 } : v => k }"), "{1 = \"a\", 2 = \"b\"}");
  EXPECT_EQ(evaluate("{ for v in [\"a1\", \"a2\", \"b1\"] : substr(v, 0, 1) => v... }"),
            "{a = [\"a1\", \"a2\"], b = [\"b1\"]}");
  EXPECT_EQ(evaluate("[{ a = 1 }, { a = 2 }][*].a"), "[1, 2]");
  EXPECT_EQ(evaluate("[{ a = [1] }, { a = [2] }].*.a[0]"), "[1]");
  EXPECT_EQ(evaluate("null[*]"), "[]");
  EXPECT_EQ(evaluate("concat([1], [[2], [3]]...)"), "[1, 2, 3]");
  EXPECT_EQ(evaluate("<<-EOT\n    %{ for s in [\"a\", \"b\"] ~}\n    - ${s}\n    %{ endfor ~}\n  EOT\n"),
            "\"    - a\n    - b\n\"");
}

TEST(Evaluate, TryAndCanAreLazy) {
  EXPECT_EQ(evaluate("try({ a = 1 }.b, 2)"), "2");
  EXPECT_EQ(evaluate("try([][0], null)"), "null");
  EXPECT_EQ(evaluate("can({ a = 1 }.b)"), "false");
  EXPECT_EQ(evaluate("can({ a = 1 }.a)"), "true");
  EXPECT_EQ(evaluate("try(var.x.y, 2)", "variable \"x\" {}"), "var.x.y");
}

TEST(Evaluate, CountMakesInstances) {
  Evaluated result(
      "locals { n = 2 }\nresource \"r\" \"a\" {\n  count = local.n\n  x = count.index\n}\nresource \"r\" \"b\" {\n  x "
      "= r.a[1].x\n  y = r.a[*].id\n  z = length(r.a)\n}\n");
  EXPECT_EQ(result.addresses(), (Texts{"r.a[0]", "r.a[1]", "r.b"}));
  EXPECT_EQ(result.at("r.a[1]", "x"), "1");
  EXPECT_EQ(result.at("r.b", "x"), "1");
  EXPECT_EQ(result.at("r.b", "y"), "[r.a[0].id, r.a[1].id]");
  EXPECT_EQ(result.at("r.b", "z"), "2");
  EXPECT_TRUE(result.value("r.a[0]", "count").is_absent());
}

TEST(Evaluate, ForEachMakesInstances) {
  Evaluated result(R"(
resource "r" "a" {
  for_each = { one = 1, two = 2 }
  x = "${each.key}=${each.value}"
}
resource "r" "b" {
  for_each = toset(["p", "q"])
  x = each.value
}
resource "r" "c" {
  x = values(r.a)[*].id
  y = r.a["one"].x
  z = { for k, v in r.b : k => v.id }
}
)");
  EXPECT_EQ(result.addresses(), (Texts{"r.a[\"one\"]", "r.a[\"two\"]", "r.b[\"p\"]", "r.b[\"q\"]", "r.c"}));
  EXPECT_EQ(result.at("r.a[\"two\"]", "x"), "\"two=2\"");
  EXPECT_EQ(result.at("r.c", "x"), "[r.a[\"one\"].id, r.a[\"two\"].id]");
  EXPECT_EQ(result.at("r.c", "y"), "\"one=1\"");
  EXPECT_EQ(result.at("r.c", "z"), "{p = r.b[\"p\"].id, q = r.b[\"q\"].id}");
}

TEST(Evaluate, AnUnknownCountIsOneSummary) {
  Evaluated result(R"(
variable "azs" { type = list(string) }
resource "aws_subnet" "s" {
  count             = length(var.azs)
  availability_zone = var.azs[count.index]
}
resource "aws_nat_gateway" "n" {
  count     = length(var.azs)
  subnet_id = aws_subnet.s[count.index].id
}
resource "r" "a" {
  zone  = aws_subnet.s[0].availability_zone
  other = aws_subnet.s[1].availability_zone
  ids   = aws_subnet.s[*].id
}
)");
  EXPECT_EQ(result.addresses(), (Texts{"aws_nat_gateway.n[?]", "aws_subnet.s[?]", "r.a"}));
  const Resource* subnet = result.find("aws_subnet.s[?]");
  EXPECT_EQ(subnet->multiplicity.least, 0u);
  EXPECT_EQ(subnet->multiplicity.most, Multiplicity::kInfinite);
  EXPECT_EQ(result.at("aws_subnet.s[?]", "availability_zone"), "var.azs[count.index]");
  EXPECT_EQ(result.at("aws_nat_gateway.n[?]", "subnet_id"), "aws_subnet.s[?][count.index].id");
  // Read with the index that was asked for, so that two of them stay apart.
  EXPECT_EQ(result.at("r.a", "zone"), "var.azs[0]");
  EXPECT_EQ(result.at("r.a", "other"), "var.azs[1]");
  Value ids = result.value("r.a", "ids");
  ASSERT_TRUE(ids.is(ValueKind::kList));
  ASSERT_NE(ids.rest(), nullptr);
  EXPECT_EQ(to_text(*ids.rest()->symbol), "aws_subnet.s[?][*].id");
}

TEST(Evaluate, AnUnknownConditionIsZeroOrOne) {
  Evaluated result(R"(
variable "enabled" {}
resource "r" "a" {
  count = var.enabled ? 1 : 0
}
resource "r" "b" {
  for_each = var.enabled ? { k = 1 } : {}
}
resource "r" "c" {
  x = one(r.a[*].id)
  y = try(r.a[0].id, null)
  z = var.enabled ? 1 : 2
  w = var.enabled ? "same" : "same"
}
)");
  EXPECT_EQ(result.addresses(), (Texts{"r.a[0]", "r.b[\"k\"]", "r.c"}));
  for (const char* address : {"r.a[0]", "r.b[\"k\"]"}) {
    EXPECT_EQ(result.find(address)->multiplicity.least, 0u) << address;
    EXPECT_EQ(result.find(address)->multiplicity.most, 1u) << address;
  }
  EXPECT_EQ(result.at("r.c", "y"), "r.a[0].id");
  EXPECT_TRUE(result.value("r.c", "z").is(ValueKind::kInterval));
  EXPECT_EQ(result.at("r.c", "w"), "\"same\"");
}

TEST(Evaluate, UnknownForEachPairsByKey) {
  Evaluated result(R"(
variable "subnets" {}
resource "aws_subnet" "s" {
  for_each          = var.subnets
  availability_zone = each.value.az
}
resource "r" "a" {
  for_each  = var.subnets
  subnet_id = aws_subnet.s[each.key].id
  zone      = aws_subnet.s[each.key].availability_zone
}
resource "r" "b" { ids = values(aws_subnet.s)[*].id }
)");
  EXPECT_EQ(result.at("aws_subnet.s[?]", "availability_zone"), "var.subnets[each.key].az");
  EXPECT_EQ(result.at("r.a[?]", "subnet_id"), "aws_subnet.s[?][each.key].id");
  EXPECT_EQ(result.at("r.a[?]", "zone"), "var.subnets[each.key].az");
  ASSERT_NE(result.value("r.b", "ids").rest(), nullptr);
}

TEST(Evaluate, ElementsOfUnknownListsPairByIndex) {
  Evaluated result(R"(
variable "azs" {}
variable "subnets" {}
locals {
  private = [for s in var.subnets : s if s.private]
  by_name = { for s in var.subnets : s.name => s }
}
resource "aws_subnet" "s" {
  count             = length(var.azs)
  availability_zone = element(var.azs, count.index)
}
resource "r" "a" {
  count = length(var.azs)
  x     = element(aws_subnet.s[*].id, count.index)
  y     = aws_subnet.s.*.id[count.index]
  z     = element(aws_subnet.s[*].id, 1)
  w     = aws_subnet.s.*.availability_zone[count.index]
  v     = aws_subnet.s.*.availability_zone[0]
}
resource "r" "p" {
  count = length(local.private)
  x     = local.private[count.index].az
}
resource "r" "m" {
  for_each = local.by_name
  x        = each.value.az
}
resource "r" "n" {
  for_each = r.m
  x        = each.value.id
}
)");
  EXPECT_EQ(result.at("aws_subnet.s[?]", "availability_zone"), "var.azs[count.index]");
  EXPECT_EQ(result.at("r.a[?]", "x"), "aws_subnet.s[?][count.index].id");
  EXPECT_EQ(result.at("r.a[?]", "y"), "aws_subnet.s[?][count.index].id");
  EXPECT_EQ(result.at("r.a[?]", "z"), "element(aws_subnet.s[?], 1).id");
  EXPECT_EQ(result.at("r.a[?]", "w"), "var.azs[count.index]");
  EXPECT_EQ(result.at("r.a[?]", "v"), "element(var.azs, 0)");
  EXPECT_EQ(result.at("r.p[?]", "x"), "var.subnets[count.index].az");
  EXPECT_EQ(result.at("r.m[?]", "x"), "local.by_name[each.key].az");
  EXPECT_EQ(result.at("r.n[?]", "x"), "r.m[?][each.key].id");
}

TEST(Evaluate, AnElementAtAnIndexIsNoIndex) {
  Evaluated result(R"(
variable "n" {}
variable "places" {}
variable "azs" {}
resource "r" "a" {
  count = var.n
  x     = var.azs[var.places[count.index]]
}
)");
  // Not var.azs[count.index], which would pair with others that are.
  EXPECT_EQ(result.at("r.a[?]", "x"), "var.azs[var.places[count.index]]");
}

TEST(Evaluate, TheRegionOfTheProviderIsKnown) {
  Evaluated result(R"(
variable "region" { default = "eu-west-1" }
provider "aws" { region = var.region }
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
data "aws_region" "here" {}
data "aws_region" "there" { provider = aws.us }
resource "r" "a" { x = "${data.aws_region.here.name} ${data.aws_region.there.id}" }
)");
  EXPECT_EQ(result.at("r.a", "x"), "\"eu-west-1 us-east-1\"");
}

TEST(Evaluate, DataSourcesAreSymbols) {
  Evaluated result(R"(
data "aws_availability_zones" "a" {}
data "aws_region" "r" {}
locals { azs = slice(data.aws_availability_zones.a.names, 0, 2) }
resource "r" "a" {
  x = local.azs
  y = element(data.aws_availability_zones.a.names, 4)
  z = data.aws_availability_zones.a.zone_ids[0]
  w = data.aws_region.r.name
}
resource "r" "b" {
  for_each = toset(local.azs)
  x = each.value
}
)");
  EXPECT_EQ(result.at("r.a", "x"), "[data.aws_availability_zones.a.names[0], data.aws_availability_zones.a.names[1]]");
  EXPECT_EQ(result.value("r.a", "x").items()[0].why().shape, Shape::kZoneName);
  EXPECT_EQ(result.value("r.a", "x").items()[0].why().reason, UnknownReason::kData);
  ASSERT_NE(result.value("r.a", "y").symbol(), nullptr);
  EXPECT_EQ(result.value("r.a", "y").symbol()->path.back().kind, Step::Kind::kElement);
  EXPECT_EQ(result.value("r.a", "z").why().shape, Shape::kZoneId);
  EXPECT_EQ(result.value("r.a", "w").why().shape, Shape::kRegion);
  EXPECT_EQ(result.addresses().size(), 3u);
}

TEST(Evaluate, TheZonesOfARegionAreOneList) {
  std::string ask = "data \"aws_availability_zones\" \"z\" { state = \"available\" }\n";
  Evaluated result(
      {{"main.tf", ask + "module \"m\" { source = \"./m\" }\nmodule \"other\" {\n  source = \"./m\"\n  providers = { "
                         "aws = aws.other }\n}\nresource \"r\" \"a\" { x = data.aws_availability_zones.z.names[0] }\n"},
       {"m/main.tf",
        ask + "data \"aws_availability_zones\" \"all\" {}\nresource \"r\" \"b\" {\n  x = "
              "data.aws_availability_zones.z.names[0]\n  y = data.aws_availability_zones.all.names[0]\n}\n"}});
  EXPECT_EQ(result.at("r.a", "x"), "data.aws_availability_zones.z.names[0]");
  EXPECT_EQ(result.at("module.m.r.b", "x"), "data.aws_availability_zones.z.names[0]");
  EXPECT_EQ(result.at("module.m.r.b", "y"), "module.m.data.aws_availability_zones.all.names[0]");
  EXPECT_EQ(result.at("module.other.r.b", "x"), "module.other.data.aws_availability_zones.z.names[0]");
}

TEST(Evaluate, DataCanBeGiven) {
  TerraformOptions options;
  options.data = {{"aws_availability_zones", "names", "[\"us-east-1a\", \"us-east-1b\"]"},
                  {"data.aws_vpc.v", "id", "\"vpc-1\""}};
  Evaluated result(
      "data \"aws_availability_zones\" \"a\" {}\ndata \"aws_vpc\" \"v\" {}\nresource \"r\" \"a\" {\n  x = "
      "data.aws_availability_zones.a.names[1]\n  y = data.aws_vpc.v.id\n}\n",
      options);
  EXPECT_EQ(result.at("r.a", "x"), "\"us-east-1b\"");
  EXPECT_EQ(result.at("r.a", "y"), "\"vpc-1\"");
}

TEST(Evaluate, ReferencesAreReadThroughOrComputed) {
  Evaluated result(R"(
resource "aws_vpc" "v" {
  cidr_block = "10.0.0.0/16"
  name       = null
  tags { Name = "x" }
}
resource "r" "a" {
  x = aws_vpc.v.cidr_block
  y = aws_vpc.v.id
  z = aws_vpc.v.tags[0].Name
  w = aws_vpc.v[*].id
  n = aws_vpc.v.name
}
)");
  EXPECT_EQ(result.at("r.a", "x"), "\"10.0.0.0/16\"");
  EXPECT_EQ(result.at("r.a", "y"), "aws_vpc.v.id");
  EXPECT_EQ(result.value("r.a", "y").why().reason, UnknownReason::kComputed);
  EXPECT_EQ(result.at("r.a", "z"), "\"x\"");
  EXPECT_EQ(result.at("r.a", "w"), "[aws_vpc.v.id]");
  EXPECT_EQ(result.at("r.a", "n"), "aws_vpc.v.name");
}

TEST(Evaluate, BlocksAndDynamicBlocksAreLists) {
  Evaluated result(R"(
variable "more" {}
resource "r" "a" {
  rule { port = 1 }
  dynamic "rule" {
    for_each = [2, 3]
    iterator = it
    content {
      port = it.value
      first = it.key == 0
      dynamic "peer" {
        for_each = { a = 1 }
        content { name = "${peer.key}${it.value}" }
      }
    }
  }
  dynamic "open" {
    for_each = var.more
    content { x = open.value }
  }
  same = [{ port = 1 }]
  lifecycle {
    ignore_changes        = [rule, tags["x"]]
    create_before_destroy = true
  }
  provisioner "local-exec" { command = self.id }
  depends_on = [r.b]
}
)");
  EXPECT_EQ(result.at("r.a", "rule"),
            "[{port = 1}, {first = true, peer = [{name = \"a2\"}], port = 2}, {first = false, peer = [{name = "
            "\"a3\"}], port = 3}]");
  EXPECT_EQ(result.at("r.a", "same"), "[{port = 1}]");
  ASSERT_NE(result.value("r.a", "open").rest(), nullptr);
  EXPECT_EQ(result.value("r.a", "open").rest()->decide, "--var more");
  EXPECT_EQ(result.at("r.a", "lifecycle"),
            "[{create_before_destroy = true, ignore_changes = [\"rule\", \"tags[\"x\"]\"]}]");
  EXPECT_TRUE(result.value("r.a", "provisioner").is_absent());
  EXPECT_TRUE(result.value("r.a", "depends_on").is_absent());
  EXPECT_TRUE(result.diagnostics().empty());
}

}  // namespace
}  // namespace halint
