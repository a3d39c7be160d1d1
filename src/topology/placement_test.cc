// Tests of where things stand, and of what stands behind a load balancer.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "topology/topology_for_test.h"

namespace halint {
namespace {

constexpr std::string_view kSubnets = R"(
  aws_vpc.main { cidr_block = "10.0.0.0/16" }
  aws_subnet.a { vpc_id = aws_vpc.main.id, availability_zone = "eu-west-1a" }
  aws_subnet.b { vpc_id = aws_vpc.main.id, availability_zone = "eu-west-1b" }
  aws_subnet.free { vpc_id = aws_vpc.main.id }
)";

class Placement : public TopologyTest {
 protected:
  void draw_subnets(std::string_view more) { draw(std::string(kSubnets).append(more)); }
};

TEST_F(Placement, ZoneOfASubnet) {
  draw_subnets(R"(
    aws_subnet.id { availability_zone_id = "euw1-az1" }
    aws_subnet.listed { availability_zone = data.aws_availability_zones.z.names[1] }
    aws_subnet.letter { availability_zone = "${var.region}c" })");
  EXPECT_EQ(ask("aws_subnet.a", "zone"), "eu-west-1a");
  EXPECT_EQ(ask("aws_subnet.id", "zone"), "euw1-az1");
  EXPECT_EQ(ask("aws_subnet.listed", "zone"), "data.aws_availability_zones.z.names[1]");
  EXPECT_EQ(ask("aws_subnet.letter", "zone"), "${var.region}c");
  EXPECT_EQ(value("aws_subnet.free", "zone").as_zone().kind, ZoneTerm::Kind::kFree);
  EXPECT_EQ(hops("aws_subnet.a", "zone"), (std::vector<std::string>{"`aws_subnet.a` is in eu-west-1a"}));
}

TEST_F(Placement, Instances) {
  draw_subnets(R"(
    aws_instance.a { subnet_id = aws_subnet.a.id }
    aws_instance.free { subnet_id = aws_subnet.free.id, availability_zone = "eu-west-1c" }
    aws_instance.none { availability_zone = "eu-west-1c" }
    aws_instance.nowhere { })");
  EXPECT_EQ(ask("aws_instance.a", "subnets_in"), "aws_subnet.a");
  EXPECT_EQ(ask("aws_instance.a", "zones"), "eu-west-1a");
  EXPECT_EQ(ask("aws_instance.free", "zones"), "eu-west-1c") << "its own zone says more than its subnet";
  EXPECT_EQ(ask("aws_instance.none", "zones"), "eu-west-1c");
  EXPECT_EQ(ask("aws_instance.nowhere", "zones"), "...") << "somewhere in the default VPC";
}

TEST_F(Placement, AutoScalingGroups) {
  draw_subnets(R"(
    aws_launch_template.t { network_interfaces { subnet_id = aws_subnet.b.id } }
    aws_autoscaling_group.own { vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id] }
    aws_autoscaling_group.template { launch_template { id = aws_launch_template.t.id } }
    aws_autoscaling_group.zones { availability_zones = ["eu-west-1a", "eu-west-1c"] }
    aws_autoscaling_group.given { vpc_zone_identifier = var.subnets }
    aws_autoscaling_group.some { vpc_zone_identifier = [aws_subnet.a.id, ...] }
    aws_autoscaling_group.one { vpc_zone_identifier = [var.subnet] })");
  EXPECT_EQ(ask("aws_autoscaling_group.own", "zones"), "eu-west-1a, eu-west-1b");
  EXPECT_EQ(ask("aws_autoscaling_group.template", "subnets_in"), "aws_subnet.b");
  EXPECT_EQ(ask("aws_autoscaling_group.zones", "zones"), "eu-west-1a, eu-west-1c");
  EXPECT_EQ(ask("aws_autoscaling_group.given", "zones"), "...");
  EXPECT_EQ(value("aws_autoscaling_group.given", "zones").rest()->detail, "`var.subnets` is not known");
  EXPECT_EQ(ask("aws_autoscaling_group.some", "zones"), "eu-west-1a, ...");
  EXPECT_EQ(ask("aws_autoscaling_group.one", "subnets_in"), "var.subnet") << "one subnet, so one zone, whichever it is";
}

TEST_F(Placement, SummariesStandForMany) {
  draw_subnets(R"(
    aws_subnet.some[?]* { vpc_id = aws_vpc.main.id,
      availability_zone = data.aws_availability_zones.z.names[?count.index] }
    aws_autoscaling_group.g { vpc_zone_identifier = aws_subnet.some[*].id })");
  Value zones = value("aws_autoscaling_group.g", "zones");
  ASSERT_NE(zones.rest(), nullptr) << "one summary is no single zone";
  EXPECT_NE(zones.rest()->detail.find("aws_subnet.some"), std::string_view::npos);
}

TEST_F(Placement, DataStoresThroughTheirGroups) {
  draw_subnets(R"(
    aws_db_subnet_group.g { subnet_ids = [aws_subnet.a.id, aws_subnet.b.id] }
    aws_elasticache_subnet_group.g { subnet_ids = [aws_subnet.b.id] }
    aws_db_instance.d { db_subnet_group_name = aws_db_subnet_group.g.name }
    aws_db_instance.pinned { db_subnet_group_name = aws_db_subnet_group.g.name, availability_zone = "eu-west-1b" }
    aws_db_instance.multi { db_subnet_group_name = aws_db_subnet_group.g.name, availability_zone = "eu-west-1b",
      multi_az = true }
    aws_db_instance.replica { replicate_source_db = aws_db_instance.d.identifier }
    aws_db_instance.outside { db_subnet_group_name = "made-by-hand" }
    aws_db_instance.none { engine = "mysql" }
    aws_rds_cluster.c { db_subnet_group_name = aws_db_subnet_group.g.name }
    aws_rds_cluster_instance.i { cluster_identifier = aws_rds_cluster.c.id }
    aws_elasticache_replication_group.r { subnet_group_name = aws_elasticache_subnet_group.g.name }
    aws_msk_cluster.k { broker_node_group_info { client_subnets = [aws_subnet.a.id, aws_subnet.b.id] } })");
  EXPECT_EQ(ask("aws_db_instance.d", "subnets_in"), "aws_subnet.a, aws_subnet.b");
  EXPECT_EQ(ask("aws_db_instance.pinned", "zones"), "eu-west-1b");
  EXPECT_EQ(ask("aws_db_instance.multi", "zones"), "eu-west-1a, eu-west-1b");
  EXPECT_EQ(ask("aws_db_instance.replica", "subnets_in"), "aws_subnet.a, aws_subnet.b");
  EXPECT_EQ(ask("aws_db_instance.outside", "subnets_in"), "...");
  EXPECT_EQ(ask("aws_db_instance.none", "subnets_in"), "...");
  EXPECT_EQ(ask("aws_rds_cluster_instance.i", "zones"), "eu-west-1a, eu-west-1b");
  EXPECT_EQ(ask("aws_elasticache_replication_group.r", "zones"), "eu-west-1b");
  EXPECT_EQ(ask("aws_msk_cluster.k", "zones"), "eu-west-1a, eu-west-1b");
}

TEST_F(Placement, ReplicasOfEachOtherEnd) {
  draw_subnets(R"(
    aws_db_instance.x { replicate_source_db = aws_db_instance.y.identifier }
    aws_db_instance.y { replicate_source_db = aws_db_instance.x.identifier })");
  EXPECT_EQ(ask("aws_db_instance.x", "subnets_in"), "...");
  EXPECT_EQ(ask("aws_db_instance.x", "service_port").substr(0, 8), "unknown:");
}

TEST_F(Placement, LongChainsEnd) {
  std::string text = "aws_db_instance.d0 { engine = \"mysql\", db_subnet_group_name = \"by-hand\" }";
  for (int i = 1; i < 20000; ++i) {
    text += fmt::format(" aws_db_instance.d{} {{ replicate_source_db = aws_db_instance.d{}.identifier }}", i, i - 1);
  }
  draw(text);
  EXPECT_EQ(ask("aws_db_instance.d19999", "service_port").substr(0, 8), "unknown:");
  EXPECT_EQ(ask("aws_db_instance.d9", "subnets_in"), "...");
  EXPECT_EQ(ask("aws_db_instance.d50", "service_port"), "3306");
}

TEST_F(Placement, MembersOfASubnet) {
  draw_subnets(R"(
    aws_db_subnet_group.g { subnet_ids = [aws_subnet.a.id, aws_subnet.b.id] }
    aws_db_instance.d { db_subnet_group_name = aws_db_subnet_group.g.name }
    aws_instance.i { subnet_id = aws_subnet.a.id }
    aws_lb.l { subnets = [aws_subnet.a.id] }
    aws_launch_template.t { network_interfaces { subnet_id = aws_subnet.a.id } }
    aws_autoscaling_group.g { launch_template { id = aws_launch_template.t.id } })");
  EXPECT_EQ(ask("aws_subnet.a", "members"), "aws_instance.i, aws_lb.l, aws_db_instance.d, aws_autoscaling_group.g");
  EXPECT_EQ(ask("aws_subnet.free", "members"), "");
}

TEST_F(Placement, ServicePorts) {
  draw(R"(
    aws_db_instance.given { engine = "mysql", port = 3307 }
    aws_db_instance.mysql { engine = "mysql" }
    aws_db_instance.postgres { engine = "postgres" }
    aws_db_instance.oracle { engine = "oracle-se2" }
    aws_db_instance.strange { engine = "strange" }
    aws_db_instance.unset { engine = var.engine }
    aws_rds_cluster.c { engine = "aurora-postgresql" }
    aws_rds_cluster_instance.i { cluster_identifier = aws_rds_cluster.c.id, engine = "aurora-postgresql" }
    aws_elasticache_cluster.m { engine = "memcached" }
    aws_elasticache_replication_group.r { }
    aws_msk_cluster.k { })");
  EXPECT_EQ(ask("aws_db_instance.given", "service_port"), "3307");
  EXPECT_EQ(ask("aws_db_instance.mysql", "service_port"), "3306");
  EXPECT_EQ(ask("aws_db_instance.postgres", "service_port"), "5432");
  EXPECT_EQ(ask("aws_db_instance.oracle", "service_port"), "1521");
  EXPECT_EQ(ask("aws_db_instance.strange", "service_port"),
            "unknown: the port of `aws_db_instance.strange` is not known");
  EXPECT_EQ(ask("aws_db_instance.unset", "service_port"), "unknown: `var.engine` is not known");
  EXPECT_EQ(ask("aws_rds_cluster_instance.i", "service_port"), "5432");
  EXPECT_EQ(ask("aws_elasticache_cluster.m", "service_port"), "11211");
  EXPECT_EQ(ask("aws_elasticache_replication_group.r", "service_port"), "6379");
  EXPECT_EQ(ask("aws_msk_cluster.k", "service_ports"), "9094, 9092, 9096, 9098");
}

constexpr std::string_view kBalanced = R"(
  aws_lb.l { subnets = [aws_subnet.a.id] }
  aws_lb_target_group.t { port = 80 }
  aws_lb_listener.web { load_balancer_arn = aws_lb.l.arn, port = 443, default_action { type = "forward",
    target_group_arn = aws_lb_target_group.t.arn } }
)";

TEST_F(Placement, TargetsBehindAListener) {
  draw_subnets(std::string(kBalanced) + R"(
    aws_autoscaling_group.g { vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id],
      target_group_arns = [aws_lb_target_group.t.arn] }
    aws_instance.i { subnet_id = aws_subnet.b.id }
    aws_instance.other { subnet_id = aws_subnet.b.id }
    aws_lb_target_group_attachment.i { target_group_arn = aws_lb_target_group.t.arn, target_id = aws_instance.i.id })");
  EXPECT_EQ(ask("aws_lb.l", "targets"), "aws_autoscaling_group.g, aws_instance.i");
  EXPECT_EQ(ask("aws_lb.l", "target_zones"), "eu-west-1a, eu-west-1b, eu-west-1b");
  EXPECT_EQ(ask("aws_lb.l", "all_target_groups"), "aws_lb_target_group.t");
  EXPECT_EQ(ask("aws_lb_target_group.t", "members"), "aws_autoscaling_group.g, aws_instance.i");
  EXPECT_EQ(ask("aws_lb_target_group.t", "served_by"), "aws_lb.l");
  EXPECT_EQ(ask("aws_lb.l", "zones"), "eu-west-1a");
}

TEST_F(Placement, TargetsBehindARule) {
  draw_subnets(std::string(kBalanced) + R"(
    aws_lb_target_group.r { port = 80 }
    aws_lb_listener_rule.r { listener_arn = aws_lb_listener.web.arn, action { type = "forward",
      target_group_arn = aws_lb_target_group.r.arn } }
    aws_instance.i { subnet_id = aws_subnet.b.id }
    aws_lb_target_group_attachment.i { target_group_arn = aws_lb_target_group.r.arn, target_id = aws_instance.i.id })");
  EXPECT_EQ(ask("aws_lb.l", "targets"), "aws_instance.i");
  EXPECT_EQ(ask("aws_lb_target_group.r", "served_by"), "aws_lb.l");
}

TEST_F(Placement, TargetsByAddress) {
  draw_subnets(std::string(kBalanced) + R"(
    aws_lb_target_group_attachment.i { target_group_arn = aws_lb_target_group.t.arn, target_id = "10.0.0.7" })");
  EXPECT_EQ(ask("aws_lb.l", "targets"), "...") << "nobody knows what has this address";
}

TEST_F(Placement, TargetsThatAreNotInTheFiles) {
  draw_subnets(R"(
    aws_lb.l { subnets = [aws_subnet.a.id] }
    aws_lb_listener.web { load_balancer_arn = aws_lb.l.arn, port = 443, default_action { type = "forward",
      target_group_arn = var.group } })");
  EXPECT_EQ(ask("aws_lb.l", "targets"), "...");
}

TEST_F(Placement, ClassicLoadBalancers) {
  draw_subnets(R"(
    aws_instance.i { subnet_id = aws_subnet.b.id }
    aws_elb.e { availability_zones = ["eu-west-1a"], instances = [aws_instance.i.id] }
    aws_autoscaling_group.g { vpc_zone_identifier = [aws_subnet.a.id], load_balancers = [aws_elb.e.name] })");
  EXPECT_EQ(ask("aws_elb.e", "targets"), "aws_autoscaling_group.g, aws_instance.i");
  EXPECT_EQ(ask("aws_elb.e", "zones"), "eu-west-1a");
}

}  // namespace
}  // namespace halint
