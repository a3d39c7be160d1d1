// Where the graph stops knowing: what is made elsewhere, one of several, parts that were not read.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "graph/graph_for_test.h"

namespace halint {
namespace {

TEST(GraphReach, SaysThatOneOfSeveralNamesakesIsMeant) {
  Graph graph = build(R"(
    aws_db_subnet_group.a { name = "main" }
    aws_db_subnet_group.b { name = "main" }
    aws_db_instance.a { db_subnet_group_name = "main" })");
  EXPECT_EQ(targets(graph, "aws_db_instance.a", "subnet_group"), "aws_db_subnet_group.a? aws_db_subnet_group.b?");
}

TEST(GraphReach, NamesAreThoseOfAProvider) {
  std::vector<Configuration> configurations = sketch(R"(
    aws_db_subnet_group.here { name = "main" }
    aws_db_subnet_group.there { name = "main" }
    aws_db_instance.here { db_subnet_group_name = "main" }
    aws_db_instance.elsewhere { db_subnet_group_name = "main" })");
  configurations.front().resources[1].provider = "aws.other";
  configurations.front().resources[3].provider = "aws.third";
  Graph graph(builtin_schema(), std::move(configurations));
  EXPECT_EQ(targets(graph, "aws_db_instance.here", "subnet_group"), "aws_db_subnet_group.here");
  EXPECT_EQ(targets(graph, "aws_db_instance.elsewhere", "subnet_group"),
            "aws_db_subnet_group.here? aws_db_subnet_group.there?");
}

TEST(GraphReach, GivesUpOnCrowdsOfNamesakes) {
  std::string text = "aws_db_instance.a { db_subnet_group_name = \"main\" }";
  for (int i = 0; i < 101; ++i) text += " aws_db_subnet_group.g" + std::to_string(i) + " { name = \"main\" }";
  Graph graph = build(text);
  EXPECT_EQ(targets(graph, "aws_db_instance.a", "subnet_group"), "...");
}

// A thousand times a thousand, and more.
TEST(GraphReach, HasALimitOfEdges) {
  std::string text = "aws_lb.a { subnets = [";
  for (int i = 0; i < 1000; ++i) text += "aws_subnet.s" + std::to_string(i) + ".id ";
  text += "] }";
  for (int i = 0; i < 1000; ++i) text += " aws_subnet.s" + std::to_string(i) + " {}";
  std::vector<Configuration> configurations = sketch(text);
  Configuration& configuration = configurations.front();
  for (int i = 0; i < 1100; ++i) {
    Resource again = configuration.resources.front();
    again.address = configuration.arena->copy("aws_lb.b[" + std::to_string(i) + "]");
    configuration.resources.push_back(again);
  }
  Graph graph(builtin_schema(), std::move(configurations));
  EXPECT_EQ(graph.edge_count(), 1'000'000u);
  ASSERT_EQ(graph.diagnostics().size(), 1u);
  EXPECT_EQ(graph.diagnostics()[0].rule, "limit-exceeded");
  EXPECT_EQ(targets(graph, "aws_lb.b[1099]", "subnets"), "...");
  EXPECT_EQ(graph.targets(graph.find("aws_lb.b[0]")->id, "subnets").rest, nullptr);
}

TEST(GraphReach, MakesOneExternalNodeForEachIdentity) {
  Graph graph = build(R"(
    data.aws_vpc.shared { tags = { Name = "shared" } }
    aws_subnet.a { vpc_id = data.aws_vpc.shared.id }
    aws_subnet.b { vpc_id = data.aws_vpc.shared.id }
    aws_subnet.c { vpc_id = var.vpc_id }
    aws_subnet.d { vpc_id = var.vpc_id }
    aws_subnet.e { vpc_id = "vpc-0123" }
    aws_lb.a { subnets = var.subnet_ids, security_groups = ["sg-1", var.groups[0], module.sg.id] })");
  EXPECT_EQ(sources(graph, "data.aws_vpc.shared", "subnet", "vpc"), "aws_subnet.a aws_subnet.b ...");
  EXPECT_EQ(sources(graph, "var.vpc_id", "subnet", "vpc"), "aws_subnet.c aws_subnet.d ...");
  EXPECT_EQ(targets(graph, "aws_subnet.e", "vpc"), "vpc-0123");
  EXPECT_EQ(targets(graph, "aws_lb.a", "subnets"), "...");
  EXPECT_EQ(targets(graph, "aws_lb.a", "security_groups"), "sg-1 var.groups[0] module.sg.id");
  EXPECT_EQ(attribute(graph, "var.vpc_id", "tenancy"), "(unknown: `var.vpc_id` is not known)");
  EXPECT_EQ(attribute(graph, "data.aws_vpc.shared", "tenancy"), "data.aws_vpc.shared.instance_tenancy");
  EXPECT_EQ(attribute(graph, "data.aws_vpc.shared", "tags"), "{Name = \"shared\"}");
}

TEST(GraphReach, FindsWhatIsReadBack) {
  Graph graph = build(R"(
    data.aws_vpc.given { id = var.vpc_id }
    aws_subnet.a { vpc_id = var.vpc_id }
    data.aws_subnet.x {}
    aws_security_group.a { vpc_id = data.aws_subnet.x.vpc_id }
    aws_subnet.known { vpc_id = var.vpc_id }
    aws_security_group.b { vpc_id = aws_subnet.known.vpc_id })");
  EXPECT_EQ(targets(graph, "aws_subnet.a", "vpc"), "data.aws_vpc.given");
  EXPECT_EQ(targets(graph, "aws_security_group.a", "vpc"), "data.aws_subnet.x.vpc_id");
  EXPECT_EQ(targets(graph, "data.aws_subnet.x", "vpc"), "data.aws_subnet.x.vpc_id");
  EXPECT_EQ(targets(graph, "aws_security_group.b", "vpc"), "data.aws_vpc.given");
}

TEST(GraphReach, KnowsThatUnreadBlocksMayHoldMore) {
  Graph graph = build(R"(
    aws_route_table.known { route = [] }
    aws_route_table.unknown { route = ? }
    aws_route_table.partly { route = [{ cidr_block = "0.0.0.0/0" }, ...] }
    aws_security_group.given { ingress { from_port = 22, to_port = 22, protocol = "tcp", cidr_blocks = var.cidrs } })");
  EXPECT_EQ(sources(graph, "aws_route_table.known", "route", "table"), "");
  EXPECT_EQ(sources(graph, "aws_route_table.unknown", "route", "table"), "...");
  EXPECT_EQ(sources(graph, "aws_route_table.partly", "route", "table"), "aws_route_table.partly/route[0] ...");
  // Of an unknown list of peers one rule stands for all.
  const Node& rule = *graph.find("aws_security_group.given/ingress[0]/cidr[0]");
  EXPECT_EQ(rule.multiplicity.least, 0u);
  EXPECT_EQ(rule.multiplicity.most, Multiplicity::kInfinite);
  EXPECT_EQ(attribute(graph, rule.address, "cidr"), "var.cidrs");
  EXPECT_EQ(attribute(graph, rule.address, "from_port"), "22");
}

TEST(GraphReach, IgnoredChangesMayAddBlocks) {
  Graph graph = build(R"(
    aws_route_table.a { lifecycle { ignore_changes = ["route"] } }
    aws_route_table.b { lifecycle { ignore_changes = ["tags"] } }
    aws_security_group.c { lifecycle { ignore_changes = ["all"] } })");
  EXPECT_EQ(sources(graph, "aws_route_table.a", "route", "table"), "...");
  EXPECT_EQ(sources(graph, "aws_route_table.b", "route", "table"), "");
  EXPECT_EQ(sources(graph, "aws_security_group.c", "sg_rule", "group"), "...");
}

TEST(GraphReach, AnAssociationWithUnknownBeginningMayBeAnybodys) {
  Graph graph = build(R"(
    aws_subnet.a {}
    aws_route_table.r {}
    aws_route_table.s {}
    aws_route_table_association.a { subnet_id = ?, route_table_id = aws_route_table.r.id })");
  EXPECT_EQ(targets(graph, "aws_subnet.a", "associated_with"), "...");
  EXPECT_EQ(sources(graph, "aws_route_table.r", "subnet", "associated_with"), "...");
  EXPECT_EQ(sources(graph, "aws_route_table.s", "subnet", "associated_with"), "");
}

TEST(GraphReach, AnUnknownTargetMayBeAnyone) {
  Graph graph = build(R"(
    aws_vpc.main {}
    aws_vpc.other {}
    aws_subnet.known { vpc_id = aws_vpc.main.id }
    aws_subnet.unknown { vpc_id = ? })");
  EXPECT_EQ(sources(graph, "aws_vpc.main", "subnet", "vpc"), "aws_subnet.known ...");
  EXPECT_EQ(sources(graph, "aws_vpc.other", "subnet", "vpc"), "...");
  // What is given from outside was there before.
  Graph given = build(R"(
    aws_vpc.main {}
    aws_lb.a { subnets = var.subnets }
    aws_subnet.a {})");
  EXPECT_EQ(sources(given, "aws_subnet.a", "load_balancer", "subnets"), "");
}

TEST(GraphReach, PairsInstancesOfSummaries) {
  Graph graph = build(R"(
    aws_subnet.p[?]* {}
    aws_route_table.r[?]* {}
    aws_route_table_association.a[?]* {
      subnet_id = aws_subnet.p[?count.index].id, route_table_id = aws_route_table.r[?count.index].id }
    aws_nat_gateway.n { subnet_id = aws_subnet.p[?var.i].id }
    aws_lb.all { subnets = [aws_subnet.p[?].id] })");
  EXPECT_EQ(targets(graph, "aws_subnet.p[?]", "associated_with"), "aws_route_table.r[?]");
  EXPECT_EQ(targets(graph, "aws_nat_gateway.n", "subnet"), "aws_subnet.p[?]?");
  EXPECT_EQ(targets(graph, "aws_lb.all", "subnets"), "aws_subnet.p[?]?");
}

TEST(GraphReach, AnUnknownIndexMayBeEach) {
  Graph graph = build(R"(
    aws_subnet.a[0] {}
    aws_subnet.a[1] {}
    aws_subnet.one[0] {}
    aws_nat_gateway.n { subnet_id = aws_subnet.a[?].id }
    aws_nat_gateway.sure { subnet_id = aws_subnet.a[1].id }
    aws_lb.all { subnets = [aws_subnet.a[*].id] })");
  EXPECT_EQ(targets(graph, "aws_nat_gateway.sure", "subnet"), "aws_subnet.a[1]");
  EXPECT_EQ(targets(graph, "aws_lb.all", "subnets"), "aws_subnet.a[0] aws_subnet.a[1]");
}

TEST(GraphReach, FollowsSplatsOfUnknownLength) {
  Graph graph = build(R"(
    aws_subnet.p[?]* {}
    aws_subnet.k[0] {}
    aws_subnet.k[1] {}
    aws_lb.a { subnets = aws_subnet.p[*].id }
    aws_lb.b { subnets = aws_subnet.k[*].id }
    aws_lb.c { subnets = [aws_subnet.p[*].id[*], aws_subnet.k[0].id] }
    aws_instance.i { subnet_id = aws_subnet.k[*].id[?count.index] })");
  EXPECT_EQ(targets(graph, "aws_lb.c", "subnets"), "aws_subnet.p[?] aws_subnet.k[0]");
  EXPECT_EQ(targets(graph, "aws_instance.i", "subnet"), "aws_subnet.k[0]? aws_subnet.k[1]?");
  EXPECT_EQ(targets(graph, "aws_lb.a", "subnets"), "aws_subnet.p[?]");
  EXPECT_EQ(targets(graph, "aws_lb.b", "subnets"), "aws_subnet.k[0] aws_subnet.k[1]");
}

TEST(GraphReach, ABlockThatMayNotBeThereDecidesNothing) {
  std::vector<Configuration> configurations = sketch("aws_lb_target_group.t { health_check = [{ path = \"/x\" }] }");
  Configuration& configuration = configurations.front();
  Arena& arena = *configuration.arena;
  Resource& group = configuration.resources.front();
  const Value block = group.body.member("health_check").items().front().with_maybe();
  group.body = Value::map(arena, {{"health_check", Value::list(arena, std::span(&block, 1)), {}}});
  Graph graph(builtin_schema(), std::move(configurations));
  EXPECT_TRUE(graph.attribute(graph.find("aws_lb_target_group.t")->id, "health_check_path").is_unknown());
}

TEST(GraphReach, KnownModulesAddNoMoreThanTheySay) {
  Graph graph = build(R"(
    aws_vpc.main {}
    opaque module.sg = "terraform-aws-modules/security-group/aws//modules/http-80" { vpc_id = aws_vpc.main.id }
    opaque module.label = "cloudposse/label/null" { vpc_id = aws_vpc.main.id })");
  EXPECT_EQ(sources(graph, "aws_vpc.main", "security_group", "vpc"), "...");
  EXPECT_EQ(sources(graph, "aws_vpc.main", "subnet", "vpc"), "");
  EXPECT_EQ(targets(graph, "aws_vpc.main", "main_route_table"), "");
  // The same name elsewhere says nothing.
  Graph other = build(R"(
    aws_vpc.main {}
    opaque module.sg = "git::https://example.com/cloudposse/label/null" { vpc_id = aws_vpc.main.id })");
  EXPECT_EQ(sources(other, "aws_vpc.main", "subnet", "vpc"), "...");
}

TEST(GraphReach, ManyOpaquePartsAreTold) {
  std::string text = "aws_vpc.main {} aws_vpc.last {} aws_vpc.other {}";
  for (int i = 0; i < 70; ++i)
    text += " opaque module.m" + std::to_string(i) + " = \"a/b/null\" { vpc_id = aws_vpc.main.id }";
  text += " opaque module.x { vpc_id = aws_vpc.last.id }";
  Graph graph = build(text);
  EXPECT_EQ(sources(graph, "aws_vpc.last", "subnet", "vpc"), "...");
  EXPECT_EQ(sources(graph, "aws_vpc.other", "subnet", "vpc"), "");
}

// Identities of calls, as the evaluator writes them.
Value call(Arena& arena, std::string_view text) {
  const Symbol* symbol = arena.make<Symbol>(Symbol{Symbol::Kind::kCall, arena.copy(text), {}});
  return Value::unknown(arena, {UnknownReason::kVariable, "`var.own` has no value", {}, symbol, Shape::kAny});
}

Graph with_vpc_of_subnet(std::string_view text, std::string_view identity) {
  std::vector<Configuration> configurations = sketch(text);
  Configuration& configuration = configurations.front();
  Arena& arena = *configuration.arena;
  for (Resource& resource : configuration.resources) {
    if (resource.name == "s") resource.body = Value::map(arena, {{"vpc_id", call(arena, identity), {}}});
  }
  return Graph(builtin_schema(), std::move(configurations));
}

TEST(GraphReach, ACallMayGiveWhatItNames) {
  std::string_view text = "aws_vpc.a {} module.net[0].aws_vpc.b[0] {} aws_vpc.c {} aws_subnet.s {}";
  Graph choice = with_vpc_of_subnet(text, "if(var.own, [aws_vpc.a.id, module.net[0].aws_vpc.b[0].id][0], var.vpc_id)");
  EXPECT_EQ(targets(choice, "aws_subnet.s", "vpc"), "aws_vpc.a? module.net[0].aws_vpc.b[0]? ...");
  EXPECT_EQ(sources(choice, "aws_vpc.a", "subnet", "vpc"), "aws_subnet.s? ...");
  EXPECT_EQ(sources(choice, "aws_vpc.c", "subnet", "vpc"), "...");
  // Nothing that is made here: an identity of its own, as good as a variable.
  Graph given = with_vpc_of_subnet(text, "coalesce(var.vpc_id, module.x.vpc_id)");
  EXPECT_EQ(targets(given, "aws_subnet.s", "vpc"), "coalesce(var.vpc_id, module.x.vpc_id)");
  EXPECT_EQ(sources(given, "aws_vpc.a", "subnet", "vpc"), "");
  // A name that hides what it stands for.
  Graph hidden = with_vpc_of_subnet(text, "module.net.local.vpc_id");
  EXPECT_EQ(targets(hidden, "aws_subnet.s", "vpc"), "...");
  EXPECT_EQ(sources(hidden, "aws_vpc.a", "subnet", "vpc"), "...");
  // A data source may find what is made here.
  Graph read = with_vpc_of_subnet(text, "sort(data.aws_vpcs.all.ids)");
  EXPECT_EQ(sources(read, "aws_vpc.a", "subnet", "vpc"), "...");
}

TEST(GraphReach, DataSourcesMayReadBackWhatIsMade) {
  Graph graph = build(R"(
    aws_vpc.main {}
    aws_subnet.a { vpc_id = aws_vpc.main.id }
    data.aws_subnet.found { vpc_id = aws_vpc.main.id }
    aws_lb.a { subnets = [data.aws_subnet.found.id] })");
  EXPECT_EQ(targets(graph, "aws_lb.a", "subnets"), "data.aws_subnet.found");
  EXPECT_EQ(sources(graph, "aws_subnet.a", "load_balancer", "subnets"), "...");
  Graph other = build(R"(
    aws_subnet.a {}
    data.aws_subnet.found { vpc_id = var.vpc }
    aws_lb.a { subnets = [data.aws_subnet.found.id] })");
  EXPECT_EQ(sources(other, "aws_subnet.a", "load_balancer", "subnets"), "");
}

TEST(GraphReach, OpaquePartsMayAddToWhatTheyAreTold) {
  Graph graph = build(R"(
    aws_vpc.told {}
    aws_vpc.other {}
    aws_subnet.a { vpc_id = aws_vpc.told.id }
    aws_route_table.t {}
    opaque module.eks { vpc = aws_vpc.told.id, subnets = [aws_subnet.a.id] })");
  EXPECT_EQ(sources(graph, "aws_vpc.told", "subnet", "vpc"), "aws_subnet.a ...");
  EXPECT_EQ(sources(graph, "aws_vpc.other", "subnet", "vpc"), "");
  EXPECT_EQ(targets(graph, "aws_subnet.a", "associated_with"), "...");
  EXPECT_EQ(targets(graph, "aws_subnet.a", "vpc"), "aws_vpc.told");
  EXPECT_EQ(sources(graph, "aws_route_table.t", "route", "table"), "");
  ASSERT_NE(graph.opaque(""), nullptr);
  EXPECT_EQ(graph.opaque("")->detail, "module `module.eks` is not installed");
  Graph untold = build("aws_vpc.a {}  opaque module.x");
  EXPECT_EQ(sources(untold, "aws_vpc.a", "subnet", "vpc"), "...");
  EXPECT_EQ(build("aws_vpc.a {}").opaque(""), nullptr);
}

}  // namespace
}  // namespace halint
