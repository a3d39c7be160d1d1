// Tests of security groups.
// SPDX-License-Identifier: Apache-2.0
#include "topology/topology_for_test.h"

namespace halint {
namespace {

class SecurityGroups : public TopologyTest {
 protected:
  // One group `g` with these ingress blocks, each of which is a rule.
  void draw_group(std::string_view blocks) {
    draw("aws_security_group.g { " + std::string(blocks) +
         " } aws_instance.i { vpc_security_group_ids = [aws_security_group.g.id] }");
  }
  std::vector<NodeId> rules(std::string_view of = "aws_instance.i") const {
    std::vector<NodeId> nodes;
    for (const Value& rule : value(of, "ingress").items()) nodes.push_back(rule.as_node());
    return nodes;
  }
  // Of each rule in order.
  std::string world() const {
    std::string text;
    for (NodeId rule : rules()) text += (text.empty() ? "" : " ") + text_of(topology->fact(rule, "is_world"));
    return text;
  }
  std::string covers(std::int64_t port) const { return covers(Value::integer(port)); }
  std::string covers(const Value& port) const {
    std::string text;
    for (NodeId rule : rules()) text += (text.empty() ? "" : " ") + text_of(topology->covers(rule, port));
    return text;
  }
};

TEST_F(SecurityGroups, CoversPortsOfTcp) {
  draw_group(R"(ingress { protocol = "tcp", from_port = 20, to_port = 22, cidr_blocks = ["10.0.0.0/8"] })");
  EXPECT_EQ(covers(22), "true");
  EXPECT_EQ(covers(20), "true");
  EXPECT_EQ(covers(23), "false");
  EXPECT_EQ(covers(19), "false");
}

TEST_F(SecurityGroups, AllProtocolsCoverEveryPort) {
  draw_group(R"(ingress { protocol = "-1", from_port = 0, to_port = 0, cidr_blocks = ["10.0.0.0/8"] }
                ingress { protocol = "all", from_port = 0, to_port = 0, cidr_blocks = ["10.0.0.0/8"] })");
  EXPECT_EQ(covers(3306), "true true");
}

TEST_F(SecurityGroups, PortZeroOfTcpIsPortZeroOnly) {
  draw_group(R"(ingress { protocol = "tcp", from_port = 0, to_port = 0, cidr_blocks = ["0.0.0.0/0"] })");
  EXPECT_EQ(covers(22), "false");
  EXPECT_EQ(covers(0), "true");
}

TEST_F(SecurityGroups, OtherProtocolsCoverNoPortOfTcp) {
  draw_group(R"(ingress { protocol = "udp", from_port = 0, to_port = 65535, cidr_blocks = ["0.0.0.0/0"] }
                ingress { protocol = "icmp", from_port = -1, to_port = -1, cidr_blocks = ["0.0.0.0/0"] }
                ingress { protocol = "icmp", from_port = 8, to_port = 0, cidr_blocks = ["0.0.0.0/0"] }
                ingress { protocol = "50", from_port = 0, to_port = 0, cidr_blocks = ["0.0.0.0/0"] })");
  EXPECT_EQ(covers(8), "false false false false");
}

TEST_F(SecurityGroups, ProtocolNumbersAndCapitals) {
  draw_group(R"(ingress { protocol = "6", from_port = 22, to_port = 22, cidr_blocks = ["10.0.0.0/8"] }
                ingress { protocol = "TCP", from_port = 22, to_port = 22, cidr_blocks = ["10.0.0.0/8"] })");
  EXPECT_EQ(covers(22), "true true");
}

TEST_F(SecurityGroups, UnknownPortsAndProtocols) {
  draw_group(R"(ingress { protocol = "tcp", from_port = var.from, to_port = 100, cidr_blocks = ["10.0.0.0/8"] }
                ingress { protocol = var.protocol, from_port = 22, to_port = 22, cidr_blocks = ["10.0.0.0/8"] })");
  EXPECT_EQ(covers(22), "unknown: `var.from` is not known unknown: `var.protocol` is not known");
  EXPECT_EQ(covers(200).substr(0, 6), "false ") << "beyond the end, whatever the beginning";
  draw_group(R"(ingress { protocol = "-1", from_port = var.x, to_port = var.x, cidr_blocks = ["10.0.0.0/8"] })");
  EXPECT_EQ(covers(22), "true");
  Unknown why{.reason = UnknownReason::kVariable, .detail = "which port", .decide = {}};
  EXPECT_EQ(covers(Value::unknown(&why)), "true") << "all ports, so that one too";
  draw_group(R"(ingress { protocol = "tcp", from_port = 1, to_port = 2, cidr_blocks = ["10.0.0.0/8"] })");
  EXPECT_EQ(covers(Value::unknown(&why)), "unknown: which port");
}

TEST_F(SecurityGroups, World) {
  draw_group(R"(ingress { protocol = "tcp", from_port = 1, to_port = 1,
                          cidr_blocks = ["0.0.0.0/0", "10.0.0.0/23", "8.0.0.0/7"], ipv6_cidr_blocks = ["::/0"] })");
  EXPECT_EQ(world(), "true false false true") << "a /23 is not the world, nor is a /7";
}

TEST_F(SecurityGroups, WorldAsUnion) {
  draw_group(R"(ingress { protocol = "tcp", from_port = 22, to_port = 22, cidr_blocks = ["0.0.0.0/1", "10.0.0.0/8"] }
                ingress { protocol = "tcp", from_port = 22, to_port = 22, cidr_blocks = ["128.0.0.0/1"] })");
  EXPECT_EQ(world(), "true false true") << "10.0.0.0/8 adds nothing to the halves";
  draw_group(R"(ingress { protocol = "tcp", from_port = 22, to_port = 22, cidr_blocks = ["0.0.0.0/1"] }
                ingress { protocol = "tcp", from_port = 0, to_port = 65535, cidr_blocks = ["128.0.0.0/1"] })");
  EXPECT_EQ(world(), "true false") << "for port 22 together, for the others only one half";
  draw_group(R"(ingress { protocol = "tcp", from_port = 22, to_port = 22, cidr_blocks = ["0.0.0.0/1"] }
                ingress { protocol = "tcp", from_port = 80, to_port = 80, cidr_blocks = ["128.0.0.0/1"] })");
  EXPECT_EQ(world(), "false false") << "halves of different ports";
  draw_group(
      R"(ingress { protocol = "tcp", from_port = 22, to_port = 22, cidr_blocks = ["0.0.0.0/0", "10.0.0.0/8"] })");
  EXPECT_EQ(world(), "true false") << "the world beside it does not make a range the world";
}

TEST_F(SecurityGroups, UnknownRanges) {
  draw_group(
      R"(ingress { protocol = "tcp", from_port = 22, to_port = 22, cidr_blocks = [var.office, "${var.ip}/32"] })");
  EXPECT_EQ(world(), "unknown: `var.office` is not known false");
  draw(R"(data.aws_vpc.v { id = "vpc-1" }
          aws_security_group.g { ingress { protocol = "-1", from_port = 0, to_port = 0,
            cidr_blocks = [data.aws_vpc.v.cidr_block] } }
          aws_instance.i { vpc_security_group_ids = [aws_security_group.g.id] })");
  EXPECT_EQ(world(), "false") << "no VPC is larger than a /16";
}

TEST_F(SecurityGroups, PeersThatAreNoRange) {
  draw(R"(aws_security_group.peer { }
          aws_security_group.g {
            ingress { protocol = "tcp", from_port = 1, to_port = 1, security_groups = [aws_security_group.peer.id] }
            ingress { protocol = "tcp", from_port = 1, to_port = 1, self = true }
            ingress { protocol = "tcp", from_port = 1, to_port = 1, prefix_list_ids = ["pl-123"] }
          }
          aws_instance.i { vpc_security_group_ids = [aws_security_group.g.id] })");
  EXPECT_EQ(world(), "false false unknown: the ranges in `pl-123` are not known");
  std::string ranges;
  for (NodeId rule : rules()) ranges += text_of(topology->fact(rule, "peer_is_cidr")) + " ";
  EXPECT_EQ(ranges, "false false false ");
}

TEST_F(SecurityGroups, RulesOfAllSpellings) {
  draw(
      R"(aws_security_group.g { ingress { protocol = "tcp", from_port = 1, to_port = 1, cidr_blocks = ["10.0.0.0/8"] } }
          aws_security_group_rule.r { type = "ingress", security_group_id = aws_security_group.g.id, protocol = "tcp",
                                      from_port = 2, to_port = 2, cidr_blocks = ["10.0.0.0/8"] }
          aws_security_group_rule.out { type = "egress", security_group_id = aws_security_group.g.id, protocol = "tcp",
                                        from_port = 4, to_port = 4, cidr_blocks = ["10.0.0.0/8"] }
          aws_vpc_security_group_ingress_rule.v { security_group_id = aws_security_group.g.id, ip_protocol = "tcp",
                                                  from_port = 3, to_port = 3, cidr_ipv4 = "10.0.0.0/8" }
          aws_instance.i { vpc_security_group_ids = [aws_security_group.g.id] })");
  EXPECT_EQ(rules().size(), 3u);
  EXPECT_EQ(covers(1), "true false false");
  EXPECT_EQ(value("aws_instance.i", "egress_rules").items().size(), 1u);
  EXPECT_EQ(value("aws_security_group.g", "ingress").items().size(), 3u);
}

TEST_F(SecurityGroups, GroupsThroughWhatLaunches) {
  draw(R"(aws_security_group.g { }
          aws_launch_template.t { vpc_security_group_ids = [aws_security_group.g.id] }
          aws_launch_template.n { network_interfaces { security_groups = [aws_security_group.g.id] } }
          aws_autoscaling_group.a { launch_template { id = aws_launch_template.t.id } }
          aws_autoscaling_group.b { launch_template { id = aws_launch_template.n.id } }
          aws_autoscaling_group.c { launch_template { id = var.template } }
          aws_autoscaling_group.d { launch_configuration = aws_launch_configuration.l.name }
          aws_launch_configuration.l { security_groups = [aws_security_group.g.id] })");
  EXPECT_EQ(ask("aws_autoscaling_group.a", "groups"), "aws_security_group.g");
  EXPECT_EQ(ask("aws_autoscaling_group.b", "groups"), "aws_security_group.g");
  EXPECT_EQ(ask("aws_autoscaling_group.c", "groups"), "...");
  EXPECT_EQ(ask("aws_autoscaling_group.d", "groups"), "aws_security_group.g");
  EXPECT_EQ(ask("aws_security_group.g", "members"),
            "aws_autoscaling_group.a, aws_autoscaling_group.b, aws_autoscaling_group.d");
}

TEST_F(SecurityGroups, GroupsThroughTheCluster) {
  draw(R"(aws_security_group.g { }
          aws_rds_cluster.c { vpc_security_group_ids = [aws_security_group.g.id] }
          aws_rds_cluster_instance.i { cluster_identifier = aws_rds_cluster.c.id })");
  EXPECT_EQ(ask("aws_rds_cluster_instance.i", "groups"), "aws_security_group.g");
}

TEST_F(SecurityGroups, RulesThatAreNotInTheFiles) {
  draw(R"(aws_instance.i { vpc_security_group_ids = ["sg-12345678"] })");
  EXPECT_EQ(ask("aws_instance.i", "ingress"), "...");
  draw(R"(aws_instance.i { vpc_security_group_ids = ? })");
  EXPECT_EQ(ask("aws_instance.i", "groups"), "...");
  draw(R"(aws_security_group.g { } aws_instance.i { vpc_security_group_ids = [aws_security_group.g.id] }
          opaque module.more { group = aws_security_group.g.id })");
  EXPECT_EQ(ask("aws_instance.i", "ingress"), "...") << "the module may add rules to the group";
}

TEST_F(SecurityGroups, EgressDependsOnTheFormat) {
  draw("aws_security_group.g { }");
  EXPECT_EQ(ask("aws_security_group.g", "allows_all_egress"), "false") << "Terraform takes the default rule away";
  draw(
      R"(aws_security_group.g { egress { protocol = "-1", from_port = 0, to_port = 0, cidr_blocks = ["0.0.0.0/0"] }
          })");
  EXPECT_EQ(ask("aws_security_group.g", "allows_all_egress"), "true");
  draw(
      R"(aws_security_group.g { egress { protocol = "tcp", from_port = 443, to_port = 443,
          cidr_blocks = ["0.0.0.0/0"] } })");
  EXPECT_EQ(ask("aws_security_group.g", "allows_all_egress"), "false");
}

TEST_F(SecurityGroups, MembersOfUnmappedTypes) {
  draw(R"(aws_security_group.g { }
          aws_lambda_function.f { vpc_config { security_group_ids = [aws_security_group.g.id] } }
          aws_ssm_parameter.p { value = aws_security_group.g.id })");
  EXPECT_EQ(ask("aws_security_group.g", "members"), "aws_lambda_function.f") << "a stored parameter is no member";
}

TEST_F(SecurityGroups, SaysWhy) {
  draw_group(
      R"(ingress { protocol = "tcp", from_port = 22, to_port = 22, cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"] })");
  EXPECT_EQ(hops("aws_security_group.g/ingress[0]/cidr[0]", "is_world"),
            (std::vector<std::string>{"0.0.0.0/1 is the whole internet together with other rules",
                                      "128.0.0.0/1 is a part of it"}));
  EXPECT_EQ(hops("aws_instance.i", "ingress"),
            (std::vector<std::string>{"`aws_security_group.g` protects `aws_instance.i`", "lets in 0.0.0.0/1",
                                      "lets in 128.0.0.0/1"}));
}

}  // namespace
}  // namespace halint
