// Tests of effective route tables, tiers and egress.
// SPDX-License-Identifier: Apache-2.0
#include "topology/topology_for_test.h"

namespace halint {
namespace {

using testing::Test;

// A VPC with an internet gateway, a NAT gateway in a public subnet, and a subnet `s` whose table the test draws.
constexpr std::string_view kNetwork = R"(
  aws_vpc.main { cidr_block = "10.0.0.0/16" }
  aws_internet_gateway.igw { vpc_id = aws_vpc.main.id }
  aws_subnet.front { vpc_id = aws_vpc.main.id }
  aws_nat_gateway.nat { subnet_id = aws_subnet.front.id }
  aws_subnet.s { vpc_id = aws_vpc.main.id }
)";

class Routes : public TopologyTest {
 protected:
  void draw_network(std::string_view more) { draw(std::string(kNetwork).append(more)); }
  // `s` is associated with a table of these routes.
  void draw_table(std::string_view routes) {
    draw_network(
        "aws_route_table.t { vpc_id = aws_vpc.main.id, " + std::string(routes) +
        " } aws_route_table_association.a { subnet_id = aws_subnet.s.id, route_table_id = aws_route_table.t.id }");
  }
  std::string tier(std::string_view subnet = "aws_subnet.s") { return ask(subnet, "tier"); }
  std::string egress() { return ask("aws_subnet.s", "egress"); }
};

TEST_F(Routes, PublicByInlineRoute) {
  draw_table(R"(route { cidr_block = "0.0.0.0/0", gateway_id = aws_internet_gateway.igw.id })");
  EXPECT_EQ(tier(), "public");
  EXPECT_EQ(egress(), "aws_internet_gateway.igw");
  EXPECT_EQ(ask("aws_subnet.s", "route_table"), "aws_route_table.t");
  EXPECT_EQ(ask("aws_subnet.s", "default_routes"), "aws_route_table.t/route[0]");
}

TEST_F(Routes, PublicBySplitRoute) {
  draw_table("");
  EXPECT_EQ(tier(), "isolated");
  draw_network(R"(
    aws_route_table.t { vpc_id = aws_vpc.main.id }
    aws_route_table_association.a { subnet_id = aws_subnet.s.id, route_table_id = aws_route_table.t.id }
    aws_route.r { route_table_id = aws_route_table.t.id, destination_cidr_block = "0.0.0.0/0",
      gateway_id = aws_internet_gateway.igw.id })");
  EXPECT_EQ(tier(), "public");
  EXPECT_EQ(egress(), "aws_internet_gateway.igw");
}

TEST_F(Routes, PublicByIpv6) {
  draw_table(R"(route { ipv6_cidr_block = "::/0", gateway_id = aws_internet_gateway.igw.id })");
  EXPECT_EQ(tier(), "public");
}

TEST_F(Routes, PrivateByNatGateway) {
  draw_table(R"(route { cidr_block = "0.0.0.0/0", nat_gateway_id = aws_nat_gateway.nat.id })");
  EXPECT_EQ(tier(), "private");
  EXPECT_EQ(ask("aws_subnet.s", "nat_gateways_used"), "aws_nat_gateway.nat");
  EXPECT_EQ(ask("aws_nat_gateway.nat", "users"), "aws_subnet.s");
  EXPECT_EQ(ask("aws_route_table.t", "nat_gateways"), "aws_nat_gateway.nat");
  EXPECT_EQ(ask("aws_route_table.t", "subnets"), "aws_subnet.s");
}

TEST_F(Routes, KindOfTheTargetCountsNotTheAttribute) {
  draw_table(R"(route { cidr_block = "0.0.0.0/0", gateway_id = aws_nat_gateway.nat.id })");
  EXPECT_EQ(tier(), "private") << "AWS takes a NAT gateway's id in gateway_id";
  EXPECT_EQ(egress(), "aws_nat_gateway.nat");
  draw_table(R"(route { cidr_block = "0.0.0.0/0", gateway_id = "igw-12345678" })");
  EXPECT_EQ(tier(), "public") << "a literal id says what it is";
  draw_table(R"(route { cidr_block = "0.0.0.0/0", gateway_id = "vgw-12345678" })");
  EXPECT_EQ(tier(), "private");
}

TEST_F(Routes, OtherWaysOutArePrivate) {
  draw_table(R"(route { cidr_block = "0.0.0.0/0", transit_gateway_id = "tgw-1" })");
  EXPECT_EQ(tier(), "private");
  draw_table(R"(route { ipv6_cidr_block = "::/0", egress_only_gateway_id = aws_egress_only_internet_gateway.e.id })");
  EXPECT_EQ(tier(), "private");
  draw_table(R"(route { cidr_block = "0.0.0.0/0", network_interface_id = aws_network_interface.n.id })");
  EXPECT_EQ(tier(), "private");
}

TEST_F(Routes, UnknownTargetIsUnknown) {
  draw_table(R"(route { cidr_block = "0.0.0.0/0", gateway_id = var.gateway })");
  EXPECT_EQ(tier(), "unknown: `var.gateway` is not known");
}

TEST_F(Routes, OnlyRoutesToEverywhereCount) {
  draw_table(R"(route { cidr_block = "192.168.0.0/16", gateway_id = aws_internet_gateway.igw.id })");
  EXPECT_EQ(tier(), "isolated");
  EXPECT_EQ(egress(), "");
}

TEST_F(Routes, TwoHalvesAreEverywhere) {
  draw_table(R"(route { cidr_block = "0.0.0.0/1", gateway_id = aws_internet_gateway.igw.id }
                route { cidr_block = "128.0.0.0/1", gateway_id = aws_internet_gateway.igw.id })");
  EXPECT_EQ(tier(), "public");
  EXPECT_EQ(ask("aws_subnet.s", "default_routes"), "aws_route_table.t/route[0], aws_route_table.t/route[1]");
  draw_table(R"(route { cidr_block = "0.0.0.0/1", gateway_id = aws_internet_gateway.igw.id })");
  EXPECT_EQ(tier(), "isolated") << "one half alone is not everywhere";
  draw_table(R"(route { cidr_block = "0.0.0.0/1", gateway_id = aws_internet_gateway.igw.id }
                route { ipv6_cidr_block = "8000::/1", gateway_id = aws_internet_gateway.igw.id })");
  EXPECT_EQ(tier(), "isolated") << "halves of different families";
}

TEST_F(Routes, PrefixListMayHoldEverything) {
  draw_table(R"(route { destination_prefix_list_id = "pl-123", gateway_id = aws_internet_gateway.igw.id })");
  EXPECT_EQ(tier().substr(0, 8), "unknown:");
  draw_table(R"(route { cidr_block = var.range, nat_gateway_id = aws_nat_gateway.nat.id })");
  EXPECT_EQ(tier().substr(0, 8), "unknown:");
  draw_table(R"(route { cidr_block = "${var.base}/16", gateway_id = aws_internet_gateway.igw.id })");
  EXPECT_EQ(tier(), "isolated") << "whatever its base, a /16 is not everywhere";
}

TEST_F(Routes, PublicIsMonotone) {
  draw_table(R"(route { cidr_block = "0.0.0.0/0", gateway_id = aws_internet_gateway.igw.id }
                route { cidr_block = var.range, nat_gateway_id = var.gateway })");
  EXPECT_EQ(tier(), "public") << "no other route takes the internet away";
}

TEST_F(Routes, KnownDefaultRouteMakesPrivateWhateverElseMayBeThere) {
  draw_network(R"(
    aws_route_table.t { vpc_id = aws_vpc.main.id, route { cidr_block = "0.0.0.0/0",
      nat_gateway_id = aws_nat_gateway.nat.id } }
    aws_route_table_association.a { subnet_id = aws_subnet.s.id, route_table_id = aws_route_table.t.id }
    aws_route.r { route_table_id = ?, destination_cidr_block = "10.9.0.0/16", transit_gateway_id = "tgw-1" })");
  EXPECT_EQ(tier(), "private") << "a table has one route to 0.0.0.0/0";
  EXPECT_EQ(ask("aws_subnet.s", "nat_gateways_used"), "aws_nat_gateway.nat");
}

TEST_F(Routes, IsolatedNeedsAClosedTable) {
  draw_network(R"(
    aws_route_table.t { vpc_id = aws_vpc.main.id }
    aws_route_table_association.a { subnet_id = aws_subnet.s.id, route_table_id = aws_route_table.t.id }
    aws_route.r { route_table_id = ?, destination_cidr_block = "0.0.0.0/0",
      gateway_id = aws_internet_gateway.igw.id })");
  EXPECT_EQ(tier(), "unknown: it is not known") << "the route may belong to this table";
  draw_network(R"(
    aws_route_table.t { vpc_id = aws_vpc.main.id }
    aws_route_table_association.a { subnet_id = aws_subnet.s.id, route_table_id = aws_route_table.t.id }
    opaque module.routes { tables = [aws_route_table.t.id] })");
  EXPECT_EQ(tier(), "unknown: module `module.routes` is not installed");
  draw_table("propagating_vgws = [aws_vpn_gateway.v.id]");
  EXPECT_EQ(tier(), "unknown: a VPN gateway may propagate a default route into `aws_route_table.t`");
  draw_table("lifecycle { ignore_changes = [\"route\"] }");
  EXPECT_EQ(tier(), "unknown: routes of `aws_route_table.t` change outside these files (`ignore_changes`)");
}

TEST_F(Routes, UncertainRouteIsUnknown) {
  draw_network(R"(
    aws_route_table.t { vpc_id = aws_vpc.main.id }
    aws_route_table_association.a { subnet_id = aws_subnet.s.id, route_table_id = aws_route_table.t.id }
    aws_route.r[0]? { route_table_id = aws_route_table.t.id, destination_cidr_block = "0.0.0.0/0",
      nat_gateway_id = aws_nat_gateway.nat.id })");
  EXPECT_EQ(tier().substr(0, 8), "unknown:") << "private or isolated";
  EXPECT_EQ(ask("aws_subnet.s", "nat_gateways_used"), "aws_nat_gateway.nat?");
}

TEST_F(Routes, WithoutAssociationTheMainTableGoverns) {
  draw_network("");
  EXPECT_EQ(tier(), "isolated") << "nobody changes the main table";
  EXPECT_EQ(ask("aws_subnet.s", "route_table"), "null");
  draw_network(R"(aws_default_route_table.d { default_route_table_id = aws_vpc.main.default_route_table_id,
                  route { cidr_block = "0.0.0.0/0", gateway_id = aws_internet_gateway.igw.id } })");
  EXPECT_EQ(tier(), "public");
  draw_network(R"(aws_route.r { route_table_id = aws_vpc.main.main_route_table_id, destination_cidr_block = "0.0.0.0/0",
                  gateway_id = aws_internet_gateway.igw.id })");
  EXPECT_EQ(tier(), "public") << "a route that is added to the table which came with the VPC";
  draw_network(
      R"(aws_route_table.t { vpc_id = aws_vpc.main.id, route { cidr_block = "0.0.0.0/0",
          nat_gateway_id = aws_nat_gateway.nat.id } }
                  aws_main_route_table_association.m { vpc_id = aws_vpc.main.id,
                    route_table_id = aws_route_table.t.id })");
  EXPECT_EQ(tier(), "private");
  EXPECT_EQ(ask("aws_route_table.t", "subnets"), "aws_subnet.front, aws_subnet.s");
}

TEST_F(Routes, MadeMainTableOutranksTheDefaultOne) {
  draw_network(R"(
    aws_default_route_table.d { default_route_table_id = aws_vpc.main.default_route_table_id }
    aws_route_table.t { vpc_id = aws_vpc.main.id, route { cidr_block = "0.0.0.0/0",
      gateway_id = aws_internet_gateway.igw.id } }
    aws_main_route_table_association.m { vpc_id = aws_vpc.main.id, route_table_id = aws_route_table.t.id })");
  EXPECT_EQ(tier(), "public");
}

TEST_F(Routes, MainTableOfAVpcThatIsNotMadeHereIsUnknown) {
  draw(R"(data.aws_vpc.v { id = "vpc-1" } aws_subnet.s { vpc_id = data.aws_vpc.v.id })");
  EXPECT_EQ(tier().substr(0, 8), "unknown:");
  draw(R"(aws_subnet.s { vpc_id = var.vpc })");
  EXPECT_EQ(tier().substr(0, 8), "unknown:");
  draw(R"(aws_default_vpc.v { } aws_subnet.s { vpc_id = aws_default_vpc.v.id })");
  EXPECT_EQ(tier().substr(0, 8), "unknown:") << "AWS gave it a route to the internet, somebody may have taken it";
}

TEST_F(Routes, DataSourceMayReadTheMainTable) {
  draw_network(R"(data.aws_route_table.main { vpc_id = aws_vpc.main.id }
                  aws_route.r { route_table_id = data.aws_route_table.main.id, destination_cidr_block = "0.0.0.0/0",
                                gateway_id = aws_internet_gateway.igw.id })");
  EXPECT_EQ(tier(), "unknown: `data.aws_route_table.main` may be the main route table of `aws_vpc.main`");
}

TEST_F(Routes, TwoAssociationsCountIfTheyAgree) {
  constexpr std::string_view kTwo = R"(
    aws_route_table.a { vpc_id = aws_vpc.main.id, route { cidr_block = "0.0.0.0/0",
      gateway_id = aws_internet_gateway.igw.id } }
    aws_route_table.b { vpc_id = aws_vpc.main.id, route { cidr_block = "0.0.0.0/0",
      gateway_id = aws_internet_gateway.igw.id } }
    aws_route_table.c { vpc_id = aws_vpc.main.id }
    aws_route_table_association.a { subnet_id = aws_subnet.s.id, route_table_id = aws_route_table.a.id }
  )";
  draw_network(std::string(kTwo) +
               "aws_route_table_association.b { subnet_id = aws_subnet.s.id, route_table_id = aws_route_table.b.id }");
  EXPECT_EQ(tier(), "public");
  draw_network(std::string(kTwo) +
               "aws_route_table_association.c { subnet_id = aws_subnet.s.id, route_table_id = aws_route_table.c.id }");
  EXPECT_EQ(tier().substr(0, 8), "unknown:");
  EXPECT_EQ(ask("aws_subnet.s", "route_table").substr(0, 8), "unknown:");
}

TEST_F(Routes, OneOfSeveralTablesCountsIfTheyAgree) {
  constexpr std::string_view kTables = R"(
    aws_route_table.t[0] { vpc_id = aws_vpc.main.id, route { cidr_block = "0.0.0.0/0",
      nat_gateway_id = aws_nat_gateway.nat.id } }
    aws_route_table.t[1] { vpc_id = aws_vpc.main.id, route { cidr_block = "0.0.0.0/0",
      nat_gateway_id = aws_nat_gateway.nat.id } }
    aws_route_table_association.a { subnet_id = aws_subnet.s.id, route_table_id = aws_route_table.t.id })";
  // Make it aws_route_table.t[var.i].id, of which it is not known which instance that is.
  std::vector<Configuration> configurations = sketch(std::string(kNetwork).append(kTables));
  Arena& arena = *configurations[0].arena;
  Resource& association = configurations[0].resources.back();
  std::vector<Member> members(association.body.members().begin(), association.body.members().end());
  for (Member& member : members) {
    if (member.key != "route_table_id") continue;
    const Step path[] = {{.kind = Step::Kind::kSome, .name = "var.i"}, {.kind = Step::Kind::kAttribute, .name = "id"}};
    Symbol table = *member.value.symbol();
    table.path = arena.copy(std::span<const Step>(path));
    Unknown unknown = member.value.why();
    unknown.symbol = arena.make<Symbol>(table);
    member.value = Value::unknown(arena, unknown, member.value.origin());
  }
  association.body = Value::map(arena, members);
  draw(std::move(configurations));
  EXPECT_EQ(tier(), "private");
  EXPECT_EQ(ask("aws_subnet.s", "nat_gateways_used"), "aws_nat_gateway.nat");
  EXPECT_EQ(ask("aws_subnet.s", "route_table"), "unknown: several route tables may govern `aws_subnet.s`");
}

TEST_F(Routes, UnknownAssociationLeavesTheMainTableInDoubt) {
  constexpr std::string_view kTable = "aws_route_table.t { vpc_id = aws_vpc.main.id } ";
  draw_network(std::string(kTable) +
               "aws_route_table_association.a { subnet_id = ?, route_table_id = aws_route_table.t.id }");
  EXPECT_EQ(tier(), "unknown: it is not known");
  EXPECT_EQ(ask("aws_route_table.t", "subnets"), "...");
  draw_network(std::string(kTable) +
               "aws_route_table_association.a { subnet_id = var.s, route_table_id = aws_route_table.t.id }");
  EXPECT_EQ(tier(), "isolated") << "a subnet that is given from outside is none of those that are made here";
}

TEST_F(Routes, SummariesArePairedByTheirIndex) {
  draw(R"(
    aws_vpc.main { cidr_block = "10.0.0.0/16" }
    aws_subnet.front[?]* { vpc_id = aws_vpc.main.id,
      availability_zone = data.aws_availability_zones.z.names[?count.index] }
    aws_subnet.back[?]* { vpc_id = aws_vpc.main.id,
      availability_zone = data.aws_availability_zones.z.names[?count.index] }
    aws_nat_gateway.nat[?]* { subnet_id = aws_subnet.front[?count.index].id }
    aws_route_table.t[?]* { vpc_id = aws_vpc.main.id }
    aws_route.r[?]* { route_table_id = aws_route_table.t[?count.index].id, destination_cidr_block = "0.0.0.0/0",
                      nat_gateway_id = aws_nat_gateway.nat[?count.index].id }
    aws_route_table_association.a[?]* { subnet_id = aws_subnet.back[?count.index].id,
      route_table_id = aws_route_table.t[?count.index].id })");
  EXPECT_EQ(ask("aws_subnet.back[?]", "tier"), "private");
  EXPECT_EQ(ask("aws_subnet.back[?]", "nat_gateways_used"), "aws_nat_gateway.nat[?]");
  EXPECT_EQ(ask("aws_nat_gateway.nat[?]", "zone"), ask("aws_subnet.back[?]", "zone"));
  EXPECT_EQ(ask("aws_nat_gateway.nat[?]", "users"), "aws_subnet.back[?]?, ...");
}

TEST_F(Routes, NatGatewaysByListPosition) {
  draw(R"(
    aws_vpc.main { cidr_block = "10.0.0.0/16" }
    aws_subnet.front[0] { vpc_id = aws_vpc.main.id, availability_zone = "a" }
    aws_subnet.front[1] { vpc_id = aws_vpc.main.id, availability_zone = "b" }
    aws_subnet.back[0] { vpc_id = aws_vpc.main.id, availability_zone = "a" }
    aws_subnet.back[1] { vpc_id = aws_vpc.main.id, availability_zone = "b" }
    aws_nat_gateway.nat[0] { subnet_id = aws_subnet.front[0].id }
    aws_nat_gateway.nat[1] { subnet_id = aws_subnet.front[1].id }
    aws_route_table.t[0] { vpc_id = aws_vpc.main.id, route { cidr_block = "0.0.0.0/0",
      nat_gateway_id = aws_nat_gateway.nat[0].id } }
    aws_route_table.t[1] { vpc_id = aws_vpc.main.id, route { cidr_block = "0.0.0.0/0",
      nat_gateway_id = aws_nat_gateway.nat[0].id } }
    aws_route_table_association.a[0] { subnet_id = aws_subnet.back[0].id, route_table_id = aws_route_table.t[0].id }
    aws_route_table_association.a[1] { subnet_id = aws_subnet.back[1].id, route_table_id = aws_route_table.t[1].id })");
  EXPECT_EQ(ask("aws_nat_gateway.nat[0]", "users"), "aws_subnet.back[0], aws_subnet.back[1]");
  EXPECT_EQ(ask("aws_nat_gateway.nat[1]", "users"), "");
  EXPECT_EQ(ask("aws_nat_gateway.nat[1]", "zone"), "b");
}

TEST_F(Routes, SharedTableServesSeveralSubnets) {
  draw_network(R"(
    aws_route_table.t { vpc_id = aws_vpc.main.id, route { cidr_block = "0.0.0.0/0",
      nat_gateway_id = aws_nat_gateway.nat.id } }
    aws_route_table_association.a { subnet_id = aws_subnet.s.id, route_table_id = aws_route_table.t.id }
    aws_route_table_association.b { subnet_id = aws_subnet.front.id, route_table_id = aws_route_table.t.id })");
  EXPECT_EQ(ask("aws_route_table.t", "subnets"), "aws_subnet.front, aws_subnet.s");
}

TEST_F(Routes, TableThatIsNotMadeHere) {
  draw_network("aws_route_table_association.a { subnet_id = aws_subnet.s.id, route_table_id = \"rtb-1\" }");
  EXPECT_EQ(tier(), "unknown: the routes of `rtb-1` are not in these files");
  draw_network(R"(aws_route_table_association.a { subnet_id = aws_subnet.s.id, route_table_id = "rtb-1" }
    aws_route.r { route_table_id = "rtb-1", destination_cidr_block = "0.0.0.0/0",
      gateway_id = aws_internet_gateway.igw.id })");
  EXPECT_EQ(tier(), "public") << "one known route is enough";
}

TEST_F(Routes, SaysWhy) {
  draw_table(R"(route { cidr_block = "0.0.0.0/0", nat_gateway_id = aws_nat_gateway.nat.id })");
  EXPECT_EQ(hops("aws_subnet.s", "tier"),
            (std::vector<std::string>{"`aws_subnet.s` is associated with `aws_route_table.t`",
                                      "0.0.0.0/0 leads to `aws_nat_gateway.nat`"}));
  draw_network("");
  EXPECT_EQ(hops("aws_subnet.s", "tier").size(), 2u);
  draw_table(R"(route { cidr_block = "0.0.0.0/0", gateway_id = var.gateway })");
  EXPECT_EQ(hops("aws_subnet.s", "tier").back(), "`var.gateway` is not known");
}

}  // namespace
}  // namespace halint
