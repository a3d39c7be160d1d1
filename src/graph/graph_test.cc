// What the graph makes of resources: attributes, edges, nodes of blocks.
// SPDX-License-Identifier: Apache-2.0
#include "graph/graph.h"

#include <gtest/gtest.h>

#include <string>

#include "graph/graph_for_test.h"

namespace halint {
namespace {

TEST(Graph, ReadsAttributesWithDefaults) {
  Graph graph = build(R"(
    aws_db_instance.a { multi_az = "true", port = "5432", engine = "MySQL" }
    aws_db_instance.b { multi_az = var.multi, backup_retention_period = null }
    aws_lb.a { internal = true }
    aws_lb.b {}
    aws_lb_target_group.a { health_check { path = "/health", port = 8080 } }
    aws_autoscaling_group.a { tag { key = "Name", value = "web" }, tag { key = "Role", value = "app" } })");
  EXPECT_EQ(attribute(graph, "aws_db_instance.a", "multi_az"), "true");
  EXPECT_EQ(attribute(graph, "aws_db_instance.a", "port"), "5432");
  EXPECT_EQ(attribute(graph, "aws_db_instance.a", "engine"), "\"mysql\"");
  EXPECT_EQ(attribute(graph, "aws_db_instance.a", "is_replica"), "false");
  EXPECT_EQ(attribute(graph, "aws_db_instance.b", "multi_az"), "var.multi");
  EXPECT_EQ(attribute(graph, "aws_db_instance.b", "backup_retention"), "0");
  EXPECT_EQ(attribute(graph, "aws_db_instance.b", "port"), "(absent)");
  EXPECT_EQ(attribute(graph, "aws_lb.a", "scheme"), "\"internal\"");
  EXPECT_EQ(attribute(graph, "aws_lb.b", "scheme"), "\"internet-facing\"");
  EXPECT_EQ(attribute(graph, "aws_lb_target_group.a", "health_check_path"), "\"/health\"");
  EXPECT_EQ(attribute(graph, "aws_lb_target_group.a", "health_check_port"), "\"8080\"");
  EXPECT_EQ(attribute(graph, "aws_autoscaling_group.a", "tags"), "{Name = \"web\", Role = \"app\"}");
}

TEST(Graph, PlacesAttributesWhereTheyAreWritten) {
  std::string_view text = R"(aws_db_instance.a { multi_az = false })";
  Graph graph = build(text);
  const Node& node = *graph.find("aws_db_instance.a");
  AttributeId multi_az = graph.schema().find_attribute("db_instance", "multi_az")->id;
  AttributeId port = graph.schema().find_attribute("db_instance", "port")->id;
  Span span = graph.attribute_span(node.id, multi_az);
  EXPECT_EQ(text.substr(span.begin, span.end - span.begin), "multi_az = false ");
  EXPECT_EQ(graph.attribute_span(node.id, port), node.header);
}

TEST(Graph, LinksByReference) {
  Graph graph = build(R"(
    aws_vpc.main {}
    aws_subnet.a { vpc_id = aws_vpc.main.id }
    aws_subnet.b { vpc_id = aws_vpc.main.id }
    aws_lb.web { subnets = [aws_subnet.a.id, aws_subnet.b.id] }
    aws_lb.mapped { subnet_mapping { subnet_id = aws_subnet.a.id }, subnet_mapping { subnet_id = aws_subnet.b.id } })");
  EXPECT_EQ(targets(graph, "aws_subnet.a", "vpc"), "aws_vpc.main");
  EXPECT_EQ(sources(graph, "aws_vpc.main", "subnet", "vpc"), "aws_subnet.a aws_subnet.b");
  EXPECT_EQ(targets(graph, "aws_lb.web", "subnets"), "aws_subnet.a aws_subnet.b");
  EXPECT_EQ(targets(graph, "aws_lb.mapped", "subnets"), "aws_subnet.a aws_subnet.b");
  EXPECT_EQ(graph.edge_count(), 6u);
}

TEST(Graph, LinksByName) {
  Graph graph = build(R"(
    aws_db_subnet_group.main { name = "main" }
    aws_db_subnet_group.named { name = "${var.prefix}-db" }
    aws_db_instance.a { db_subnet_group_name = "main" }
    aws_db_instance.b { db_subnet_group_name = "${var.prefix}-db" }
    aws_db_instance.c { db_subnet_group_name = "elsewhere" }
    aws_elasticache_subnet_group.main { name = "main" })");
  EXPECT_EQ(targets(graph, "aws_db_instance.a", "subnet_group"), "aws_db_subnet_group.main");
  EXPECT_EQ(targets(graph, "aws_db_instance.b", "subnet_group"), "aws_db_subnet_group.named");
  EXPECT_EQ(targets(graph, "aws_db_instance.c", "subnet_group"), "elsewhere");
  EXPECT_TRUE(graph.find("elsewhere")->is_external);
}

TEST(Graph, MakesANodeOfEachPeer) {
  Graph graph = build(R"(
    aws_security_group.app {}
    aws_security_group.db {
      ingress { from_port = 5432, to_port = 5432, protocol = "tcp", cidr_blocks = ["10.0.0.0/8", "10.1.0.0/16"],
                security_groups = [aws_security_group.app.id], self = true }
      egress { from_port = 0, to_port = 0, protocol = "-1", cidr_blocks = ["0.0.0.0/0"], ipv6_cidr_blocks = ["::/0"],
        self = false }
    })");
  EXPECT_EQ(sources(graph, "aws_security_group.db", "sg_rule", "group"),
            "aws_security_group.db/ingress[0]/cidr[0] aws_security_group.db/ingress[0]/cidr[1] "
            "aws_security_group.db/ingress[0]/peer[0] aws_security_group.db/ingress[0]/is_self[0] "
            "aws_security_group.db/egress[0]/cidr[0] aws_security_group.db/egress[0]/cidr[1]");
  EXPECT_EQ(sources(graph, "aws_security_group.app", "sg_rule", "peer"), "aws_security_group.db/ingress[0]/peer[0]");
  EXPECT_EQ(attribute(graph, "aws_security_group.db/ingress[0]/cidr[1]", "cidr"), "\"10.1.0.0/16\"");
  EXPECT_EQ(attribute(graph, "aws_security_group.db/ingress[0]/cidr[1]", "is_self"), "false");
  EXPECT_EQ(attribute(graph, "aws_security_group.db/ingress[0]/is_self[0]", "is_self"), "true");
  EXPECT_EQ(attribute(graph, "aws_security_group.db/egress[0]/cidr[1]", "cidr"), "\"::/0\"");
  EXPECT_EQ(attribute(graph, "aws_security_group.db/egress[0]/cidr[0]", "direction"), "\"egress\"");
  EXPECT_EQ(attribute(graph, "aws_security_group.db", "has_egress"), "true");
  EXPECT_EQ(attribute(graph, "aws_security_group.app", "has_egress"), "false");
  const Node& rule = *graph.find("aws_security_group.db/ingress[0]/peer[0]");
  EXPECT_EQ(graph.node(rule.owner).address, "aws_security_group.db");
}

// The same rule, written in each of the ways that the provider knows.
TEST(Graph, TwinsOfInlineBlocksAreEqual) {
  std::string_view inline_block = R"(aws_security_group.s { ingress {
      from_port = 22, to_port = 22, protocol = "tcp", cidr_blocks = ["10.0.0.0/8"] } })";
  std::string_view old_rule = R"(aws_security_group.s {}  aws_security_group_rule.r {
      type = "ingress", security_group_id = aws_security_group.s.id
      from_port = 22, to_port = 22, protocol = "6", cidr_blocks = ["10.0.0.0/8"] })";
  std::string_view new_rule = R"(aws_security_group.s {}  aws_vpc_security_group_ingress_rule.r {
      security_group_id = aws_security_group.s.id, from_port = 22, to_port = 22, ip_protocol = "TCP",
        cidr_ipv4 = "10.0.0.0/8" })";
  for (std::string_view text : {inline_block, old_rule, new_rule}) {
    Graph graph = build(text);
    const Node& group = *graph.find("aws_security_group.s");
    Targets rules = graph.sources(group.id, "sg_rule", "group");
    ASSERT_EQ(rules.links.size(), 1u) << text;
    EXPECT_EQ(rules.rest, nullptr);
    NodeId rule = rules.links[0].node;
    EXPECT_EQ(to_text(graph.attribute(rule, "direction")), "\"ingress\"");
    EXPECT_EQ(to_text(graph.attribute(rule, "protocol")), "\"tcp\"");
    EXPECT_EQ(to_text(graph.attribute(rule, "from_port")), "22");
    EXPECT_EQ(to_text(graph.attribute(rule, "to_port")), "22");
    EXPECT_EQ(to_text(graph.attribute(rule, "cidr")), "\"10.0.0.0/8\"");
    EXPECT_EQ(to_text(graph.attribute(rule, "is_self")), "false");
  }
}

TEST(Graph, ReadsRoutesOfBothKinds) {
  Graph graph = build(R"(
    aws_internet_gateway.igw {}
    aws_nat_gateway.nat {}
    aws_route_table.public { route { cidr_block = "0.0.0.0/0", gateway_id = aws_internet_gateway.igw.id } }
    aws_route_table.private { route { cidr_block = "10.0.0.0/16", gateway_id = "local" } }
    aws_route.nat { route_table_id = aws_route_table.private.id, destination_cidr_block = "0.0.0.0/0",
                    gateway_id = aws_nat_gateway.nat.id }
    aws_route.given { route_table_id = aws_route_table.private.id, destination_ipv6_cidr_block = "::/0",
      gateway_id = var.gateway }
    aws_route.literal { route_table_id = aws_route_table.private.id, destination_prefix_list_id = "pl-1",
      gateway_id = "vgw-1" })");
  EXPECT_EQ(sources(graph, "aws_route_table.public", "route", "table"), "aws_route_table.public/route[0]");
  EXPECT_EQ(targets(graph, "aws_route_table.public/route[0]", "target"), "aws_internet_gateway.igw");
  EXPECT_EQ(sources(graph, "aws_route_table.private", "route", "table"),
            "aws_route_table.private/route[0] aws_route.nat aws_route.given aws_route.literal");
  EXPECT_EQ(targets(graph, "aws_route_table.private/route[0]", "target"), "");
  EXPECT_EQ(attribute(graph, "aws_route_table.private/route[0]", "target_id"), "\"local\"");
  EXPECT_EQ(targets(graph, "aws_route.nat", "target"), "aws_nat_gateway.nat");
  // The attribute may hold any gateway: what kind it is, the name of the attribute does not tell.
  EXPECT_EQ(graph.schema().kind(graph.find("var.gateway")->kind).name, "other");
  EXPECT_EQ(graph.schema().kind(graph.find("vgw-1")->kind).name, "vpn_gateway");
}

TEST(Graph, ReadsResourcesThatAreOnlyEdges) {
  Graph graph = build(R"(
    aws_vpc.main {}
    aws_subnet.a {}
    aws_route_table.r {}
    aws_route_table.m {}
    aws_internet_gateway.igw {}
    aws_route_table_association.a { subnet_id = aws_subnet.a.id, route_table_id = aws_route_table.r.id }
    aws_main_route_table_association.m { vpc_id = aws_vpc.main.id, route_table_id = aws_route_table.m.id }
    aws_internet_gateway_attachment.i { vpc_id = aws_vpc.main.id, internet_gateway_id = aws_internet_gateway.igw.id }
    aws_vpc_ipv4_cidr_block_association.c { vpc_id = aws_vpc.main.id, cidr_block = "10.1.0.0/16" }
    aws_autoscaling_group.g { name = "web" }
    aws_lb_target_group.t {}
    aws_autoscaling_attachment.x { autoscaling_group_name = "web", lb_target_group_arn = aws_lb_target_group.t.arn })");
  EXPECT_EQ(targets(graph, "aws_subnet.a", "associated_with"), "aws_route_table.r");
  EXPECT_EQ(targets(graph, "aws_vpc.main", "main_route_table"), "aws_route_table.m");
  EXPECT_EQ(targets(graph, "aws_internet_gateway.igw", "vpc"), "aws_vpc.main");
  EXPECT_EQ(attribute(graph, "aws_vpc.main", "cidrs"), "[\"10.1.0.0/16\"]");
  EXPECT_EQ(targets(graph, "aws_autoscaling_group.g", "target_groups"), "aws_lb_target_group.t");
  EXPECT_EQ(graph.find("aws_route_table_association.a"), nullptr);
}

TEST(Graph, GivesWhatIsMadeAlong) {
  Graph graph = build(R"(
    aws_vpc.main {}
    aws_route.r { route_table_id = aws_vpc.main.main_route_table_id, destination_cidr_block = "0.0.0.0/0" }
    aws_route.s { route_table_id = aws_vpc.main.default_route_table_id, destination_cidr_block = "10.0.0.0/8" })");
  EXPECT_EQ(targets(graph, "aws_vpc.main", "main_route_table"), "aws_vpc.main.default_route_table_id");
  EXPECT_EQ(sources(graph, "aws_vpc.main.default_route_table_id", "route", "table"), "aws_route.r aws_route.s");
  EXPECT_EQ(targets(graph, "aws_vpc.main.default_route_table_id", "vpc"), "aws_vpc.main");
  EXPECT_EQ(attribute(graph, "aws_vpc.main.default_route_table_id", "is_main"), "true");
  EXPECT_FALSE(graph.find("aws_vpc.main.default_route_table_id")->is_external);
}

TEST(Graph, AdoptsWhatIsMadeAlong) {
  Graph graph = build(R"(
    aws_vpc.main {}
    aws_default_route_table.d { default_route_table_id = aws_vpc.main.default_route_table_id, route = [] }
    aws_default_security_group.d { vpc_id = aws_vpc.main.id }
    aws_route.r { route_table_id = aws_vpc.main.main_route_table_id, destination_cidr_block = "0.0.0.0/0" }
    aws_instance.i { vpc_security_group_ids = [aws_vpc.main.default_security_group_id] })");
  EXPECT_EQ(targets(graph, "aws_vpc.main", "main_route_table"), "aws_default_route_table.d");
  EXPECT_EQ(targets(graph, "aws_default_route_table.d", "vpc"), "aws_vpc.main");
  EXPECT_EQ(targets(graph, "aws_route.r", "table"), "aws_default_route_table.d");
  EXPECT_EQ(targets(graph, "aws_instance.i", "security_groups"), "aws_default_security_group.d");
}

TEST(Graph, FindsTheInstanceBehindItsNetworkCard) {
  Graph graph = build(R"(
    aws_instance.nat { source_dest_check = false, network_interface {
      network_interface_id = aws_network_interface.n.id } }
    aws_network_interface.n {}
    aws_security_group.s {}
    aws_network_interface_sg_attachment.a {
      network_interface_id = aws_instance.nat.primary_network_interface_id,
        security_group_id = aws_security_group.s.id }
    aws_route.r { route_table_id = "rtb-1", network_interface_id = aws_instance.nat.primary_network_interface_id }
    aws_route.s { route_table_id = "rtb-1", network_interface_id = aws_network_interface.n.id })");
  EXPECT_EQ(targets(graph, "aws_route.r", "target"), "aws_instance.nat");
  EXPECT_EQ(targets(graph, "aws_route.s", "target"), "aws_network_interface.n");
  EXPECT_EQ(targets(graph, "aws_instance.nat", "network_interfaces"), "aws_network_interface.n");
  EXPECT_EQ(targets(graph, "aws_instance.nat", "security_groups"), "aws_security_group.s");
}

TEST(Graph, RegistersTargetsBothWays) {
  Graph graph = build(R"(
    aws_lb_target_group.t {}
    aws_instance.i {}
    aws_lb_target_group_attachment.a { target_group_arn = aws_lb_target_group.t.arn, target_id = aws_instance.i.id,
      port = 80 }
    aws_lb_target_group_attachment.ip { target_group_arn = aws_lb_target_group.t.arn, target_id = "10.0.0.1" })");
  EXPECT_EQ(targets(graph, "aws_instance.i", "target_groups"), "aws_lb_target_group.t");
  EXPECT_EQ(sources(graph, "aws_lb_target_group.t", "target_attachment", "target_group"),
            "aws_lb_target_group_attachment.a aws_lb_target_group_attachment.ip");
  EXPECT_EQ(targets(graph, "aws_lb_target_group_attachment.ip", "target"), "10.0.0.1");
  EXPECT_EQ(sources(graph, "aws_lb_target_group.t", "instance", "target_groups"), "aws_instance.i");
}

TEST(Graph, ReadsListenersWithTheirActions) {
  Graph graph = build(R"(
    aws_lb.l { name = "web" }
    aws_lb_target_group.a {}
    aws_lb_target_group.b {}
    aws_acm_certificate.c {}
    aws_lb_listener.https { load_balancer_arn = aws_lb.l.arn, protocol = "https", port = 443,
      certificate_arn = aws_acm_certificate.c.arn
      default_action { type = "forward", forward { target_group { arn = aws_lb_target_group.a.arn }
                                                   target_group { arn = aws_lb_target_group.b.arn } } } }
    aws_lb_listener.http { load_balancer_arn = aws_lb.l.arn, default_action { type = "redirect", redirect {
      protocol = "HTTPS" } } }
    aws_lb_listener_rule.r { listener_arn = aws_lb_listener.https.arn
      action { type = "forward", target_group_arn = aws_lb_target_group.b.arn } }
    aws_elb.classic { listener { lb_port = 443, lb_protocol = "https", ssl_certificate_id = aws_acm_certificate.c.arn }
                      instances = [aws_instance.i.id] }
    aws_instance.i {}
    aws_route53_record.www { alias { name = "dualstack.${aws_lb.l.dns_name}" } })");
  EXPECT_EQ(sources(graph, "aws_lb.l", "listener", "load_balancer"), "aws_lb_listener.https aws_lb_listener.http");
  EXPECT_EQ(targets(graph, "aws_lb_listener.https", "target_groups"), "aws_lb_target_group.a aws_lb_target_group.b");
  EXPECT_EQ(attribute(graph, "aws_lb_listener.https", "protocol"), "\"HTTPS\"");
  EXPECT_EQ(sources(graph, "aws_lb_listener.http", "listener_action", "listener"),
            "aws_lb_listener.http/default_action[0]");
  EXPECT_EQ(attribute(graph, "aws_lb_listener.http/default_action[0]", "redirect_protocol"), "\"HTTPS\"");
  EXPECT_EQ(targets(graph, "aws_lb_listener_rule.r/action[0]", "target_groups"), "aws_lb_target_group.b");
  EXPECT_EQ(targets(graph, "aws_elb.classic/listener[0]", "certificates"), "aws_acm_certificate.c");
  EXPECT_EQ(targets(graph, "aws_elb.classic", "instances"), "aws_instance.i");
  EXPECT_EQ(attribute(graph, "aws_elb.classic", "lb_type"), "\"classic\"");
  EXPECT_EQ(targets(graph, "aws_route53_record.www", "alias"), "aws_lb.l");
}

TEST(Graph, TakesEmptyTextsForNothing) {
  Graph graph = build(R"(
    aws_subnet.a { availability_zone = "", vpc_id = "" }
    aws_route_table.t { route = [{ cidr_block = "", ipv6_cidr_block = "::/0", gateway_id = "",
      nat_gateway_id = "nat-1" }] })");
  EXPECT_EQ(attribute(graph, "aws_subnet.a", "az"), "(absent)");
  EXPECT_EQ(targets(graph, "aws_subnet.a", "vpc"), "");
  EXPECT_EQ(attribute(graph, "aws_route_table.t/route[0]", "destination"), "\"::/0\"");
  EXPECT_EQ(targets(graph, "aws_route_table.t/route[0]", "target"), "nat-1");
}

TEST(Graph, KeepsUnmappedResources) {
  Graph graph = build(R"(aws_s3_bucket.b { bucket = "x", tags = { a = "b" } })");
  const Node& node = *graph.find("aws_s3_bucket.b");
  EXPECT_EQ(node.kind, KindId{});
  EXPECT_EQ(to_text(node.body.member("bucket")), "\"x\"");
  EXPECT_EQ(attribute(graph, "aws_s3_bucket.b", "tags"), "{a = \"b\"}");
}

TEST(Graph, IsEmptyWithoutResources) {
  Graph graph(builtin_schema(), {});
  EXPECT_TRUE(graph.nodes().empty());
  EXPECT_EQ(graph.find("x"), nullptr);
}

}  // namespace
}  // namespace halint
