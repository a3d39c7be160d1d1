// Tests of roles.
// SPDX-License-Identifier: Apache-2.0
#include "topology/topology_for_test.h"

namespace halint {
namespace {

// A public subnet, and a group that lets in SSH from an office.
constexpr std::string_view kNetwork = R"(
  aws_vpc.main { cidr_block = "10.0.0.0/16" }
  aws_internet_gateway.igw { vpc_id = aws_vpc.main.id }
  aws_subnet.front { vpc_id = aws_vpc.main.id }
  aws_subnet.back { vpc_id = aws_vpc.main.id }
  aws_route_table.front { vpc_id = aws_vpc.main.id, route { cidr_block = "0.0.0.0/0",
    gateway_id = aws_internet_gateway.igw.id } }
  aws_route_table_association.front { subnet_id = aws_subnet.front.id, route_table_id = aws_route_table.front.id }
  aws_security_group.ssh { ingress { protocol = "tcp", from_port = 22, to_port = 22,
    cidr_blocks = ["203.0.113.0/24"] } }
  aws_security_group.web { ingress { protocol = "tcp", from_port = 443, to_port = 443, cidr_blocks = ["0.0.0.0/0"] } }
)";

class Roles : public TopologyTest {
 protected:
  void draw_network(std::string_view more, TopologyOptions options = {}) {
    draw(std::string(kNetwork).append(more), std::move(options));
  }
  std::string role(std::string_view address) { return ask(address, "role"); }
};

TEST_F(Roles, BastionByStructure) {
  draw_network(
      R"(aws_instance.a { subnet_id = aws_subnet.front.id, vpc_security_group_ids = [aws_security_group.ssh.id] })");
  EXPECT_EQ(role("aws_instance.a"), "bastion") << "public, and SSH is all that it offers";
  EXPECT_EQ(ask("aws_instance.a", "role_source"), "structure");
  draw_network(
      R"(aws_instance.a { subnet_id = aws_subnet.back.id, vpc_security_group_ids = [aws_security_group.ssh.id] })");
  EXPECT_EQ(role("aws_instance.a"), "other") << "SSH to a private machine";
  draw_network(
      R"(aws_instance.a { subnet_id = aws_subnet.front.id, vpc_security_group_ids = [aws_security_group.ssh.id,
          aws_security_group.web.id] })");
  EXPECT_EQ(role("aws_instance.a"), "other") << "a public web server with SSH is no bastion";
}

TEST_F(Roles, BastionByTheTrustOfOthers) {
  draw_network(R"(
    aws_instance.a { subnet_id = aws_subnet.back.id, vpc_security_group_ids = [aws_security_group.ops.id] }
    aws_security_group.ops { }
    aws_security_group.app { ingress { protocol = "tcp", from_port = 22, to_port = 22,
      security_groups = [aws_security_group.ops.id] } })");
  EXPECT_EQ(role("aws_instance.a"), "bastion") << "3 for the trust of others, 1 for letting in nothing else";
  draw_network(R"(
    aws_instance.a { subnet_id = aws_subnet.front.id, vpc_security_group_ids = [aws_security_group.web.id] }
    aws_security_group.db { ingress { protocol = "-1", from_port = 0, to_port = 0,
      security_groups = [aws_security_group.web.id] } })");
  EXPECT_EQ(role("aws_instance.a"), "other") << "a rule for everything is not about SSH";
}

TEST_F(Roles, AMachineThatDeploysIsNoBastion) {
  const std::string trusted = R"(
    aws_security_group.app { ingress { protocol = "tcp", from_port = 22, to_port = 22,
      security_groups = [aws_security_group.ssh.id] } }
    aws_instance.NAME { subnet_id = aws_subnet.front.id, vpc_security_group_ids = [aws_security_group.ssh.id] })";
  for (std::string_view name : {"jenkins", "gitlab_runner", "build_server"}) {
    std::string text = trusted;
    text.replace(text.find("NAME"), 4, name);
    draw_network(text);
    EXPECT_EQ(role("aws_instance." + std::string(name)), "other") << name;
  }
  std::string text = trusted;
  text.replace(text.find("NAME"), 4, "jenkins_bastion");
  draw_network(text);
  EXPECT_EQ(role("aws_instance.jenkins_bastion"), "bastion") << "what is called a bastion is one";
}

TEST_F(Roles, BastionByName) {
  draw_network(
      R"(aws_instance.bastion { subnet_id = aws_subnet.back.id,
          vpc_security_group_ids = [aws_security_group.none.id] } aws_security_group.none { })");
  EXPECT_EQ(role("aws_instance.bastion"), "bastion");
  EXPECT_EQ(ask("aws_instance.bastion", "role_source"), "name");
  for (std::string_view tag : {"prod-bastion-1", "JumpHost", "ssh-gateway", "my jump box", "${var.env}-bastion"}) {
    draw_network(
        "aws_security_group.none { } aws_instance.a { subnet_id = aws_subnet.back.id, vpc_security_group_ids = "
        "[aws_security_group.none.id], "
        "tags = { Name = \"" +
        std::string(tag) + "\" } }");
    EXPECT_EQ(role("aws_instance.a"), "bastion") << tag;
  }
  draw_network(
      R"(aws_security_group.none { } aws_instance.a { subnet_id = aws_subnet.back.id,
          vpc_security_group_ids = [aws_security_group.none.id], tags = { Name = "bastionless" } })");
  EXPECT_EQ(role("aws_instance.a"), "other");
}

TEST_F(Roles, VpnHostIsNoBastion) {
  draw_network(R"(
    aws_security_group.vpn {
      ingress { protocol = "udp", from_port = 1194, to_port = 1194, cidr_blocks = ["0.0.0.0/0"] }
      ingress { protocol = "tcp", from_port = 22, to_port = 22, cidr_blocks = ["203.0.113.0/24"] } }
    aws_instance.bastion { subnet_id = aws_subnet.back.id, vpc_security_group_ids = [aws_security_group.vpn.id] }
    aws_instance.b { subnet_id = aws_subnet.front.id, vpc_security_group_ids = [aws_security_group.vpn.id] })");
  EXPECT_EQ(role("aws_instance.bastion"), "other") << "3 + 2 - 3";
  EXPECT_EQ(role("aws_instance.b"), "other");
}

TEST_F(Roles, NatInstances) {
  draw_network(R"(
    aws_instance.nat { subnet_id = aws_subnet.front.id, source_dest_check = false,
      vpc_security_group_ids = [aws_security_group.web.id] }
    aws_instance.box { subnet_id = aws_subnet.front.id, vpc_security_group_ids = [aws_security_group.web.id] }
    aws_route_table.back { vpc_id = aws_vpc.main.id, route { cidr_block = "0.0.0.0/0",
      network_interface_id = "eni-1" } }
    aws_route.r { route_table_id = aws_route_table.back.id, destination_cidr_block = "0.0.0.0/0",
      instance_id = aws_instance.box.id })");
  EXPECT_EQ(role("aws_instance.nat"), "nat");
  EXPECT_EQ(role("aws_instance.box"), "nat") << "a default route leads to it";
}

TEST_F(Roles, AppByTargetGroup) {
  draw_network(R"(
    aws_lb_target_group.t { port = 80 }
    aws_instance.a { subnet_id = aws_subnet.back.id }
    aws_lb_target_group_attachment.a { target_group_arn = aws_lb_target_group.t.arn, target_id = aws_instance.a.id }
    aws_autoscaling_group.b { target_group_arns = [aws_lb_target_group.t.arn] }
    aws_autoscaling_group.c { }
    aws_autoscaling_attachment.c { autoscaling_group_name = aws_autoscaling_group.c.name,
      lb_target_group_arn = aws_lb_target_group.t.arn }
    aws_autoscaling_group.d { load_balancers = [aws_elb.e.name] }
    aws_instance.e { subnet_id = aws_subnet.back.id }
    aws_elb.e { instances = [aws_instance.e.id] }
    aws_instance.worker { subnet_id = aws_subnet.back.id })");
  for (std::string_view address : {"aws_instance.a", "aws_autoscaling_group.b", "aws_autoscaling_group.c",
                                   "aws_autoscaling_group.d", "aws_instance.e"}) {
    EXPECT_EQ(role(address), "app") << address;
    EXPECT_EQ(ask(address, "serves_load_balancer"), "true") << address;
  }
  EXPECT_EQ(role("aws_instance.worker"), "other");
  EXPECT_EQ(ask("aws_autoscaling_group.c", "attached_groups"), "aws_lb_target_group.t");
}

TEST_F(Roles, AppByItsDataStore) {
  draw_network(R"(
    aws_security_group.app { }
    aws_security_group.db { ingress { protocol = "tcp", from_port = 3306, to_port = 3306,
      security_groups = [aws_security_group.app.id] } }
    aws_db_instance.d { engine = "mysql", vpc_security_group_ids = [aws_security_group.db.id] }
    aws_instance.a { subnet_id = aws_subnet.back.id, vpc_security_group_ids = [aws_security_group.app.id] })");
  EXPECT_EQ(role("aws_instance.a"), "app");
}

TEST_F(Roles, BastionThatReachesTheDatabaseStaysABastion) {
  draw_network(R"(
    aws_security_group.db { ingress { protocol = "tcp", from_port = 3306, to_port = 3306,
      security_groups = [aws_security_group.ssh.id] } }
    aws_db_instance.d { engine = "mysql", vpc_security_group_ids = [aws_security_group.db.id] }
    aws_instance.bastion { subnet_id = aws_subnet.front.id, vpc_security_group_ids = [aws_security_group.ssh.id] })");
  EXPECT_EQ(role("aws_instance.bastion"), "bastion");
}

TEST_F(Roles, TargetOfALoadBalancerIsNoBastion) {
  draw_network(R"(
    aws_lb_target_group.t { port = 80 }
    aws_instance.a { subnet_id = aws_subnet.front.id, vpc_security_group_ids = [aws_security_group.ssh.id] }
    aws_lb_target_group_attachment.a { target_group_arn = aws_lb_target_group.t.arn, target_id = aws_instance.a.id })");
  EXPECT_EQ(role("aws_instance.a"), "app");
}

TEST_F(Roles, GivenRoles) {
  TopologyOptions options;
  options.roles = {{"app", {"aws_instance.a*"}}, {"bastion", {"aws_instance.exact"}}};
  draw_network(
      "aws_instance.a { subnet_id = aws_subnet.back.id } aws_instance.exact { subnet_id = aws_subnet.back.id }",
      options);
  EXPECT_EQ(role("aws_instance.a"), "app");
  EXPECT_EQ(role("aws_instance.exact"), "bastion");
  EXPECT_EQ(ask("aws_instance.a", "role_source"), "given");
}

TEST_F(Roles, RoleGivenByTag) {
  std::vector<Configuration> configurations = sketch("aws_instance.a { tags = { role_tag = \"bastion\" } }");
  Arena& arena = *configurations[0].arena;
  Value tags = Value::map(arena, {{"halint:role", Value::string(arena, "bastion"), {}}});
  configurations[0].resources[0].body = Value::map(arena, {{"tags", tags, {}}});
  draw(std::move(configurations));
  EXPECT_EQ(role("aws_instance.a"), "bastion");
}

TEST_F(Roles, RangesOfOtherPortsFromTheOptions) {
  TopologyOptions options;
  options.ssh_ports = {2222};
  draw_network(R"(
    aws_security_group.high { ingress { protocol = "tcp", from_port = 2222, to_port = 2222,
      cidr_blocks = ["203.0.113.0/24"] } }
    aws_instance.a { subnet_id = aws_subnet.front.id, vpc_security_group_ids = [aws_security_group.high.id] })",
               options);
  EXPECT_EQ(role("aws_instance.a"), "bastion");
}

TEST_F(Roles, AutoScalingGroupOfOne) {
  constexpr std::string_view kGroup = R"(
    aws_launch_template.t { vpc_security_group_ids = [aws_security_group.ssh.id] }
    aws_autoscaling_group.a { launch_template { id = aws_launch_template.t.id },
      vpc_zone_identifier = [aws_subnet.front.id], max_size = )";
  draw_network(std::string(kGroup) + "1 }");
  EXPECT_EQ(role("aws_autoscaling_group.a"), "bastion");
  draw_network(std::string(kGroup) + "6 }");
  EXPECT_EQ(role("aws_autoscaling_group.a"), "other") << "bastions do not come by the dozen";
}

TEST_F(Roles, UnknownOnlyWhereItMatters) {
  draw_network(R"(aws_instance.bastion { subnet_id = ?, vpc_security_group_ids = [aws_security_group.ssh.id] })");
  EXPECT_EQ(role("aws_instance.bastion"), "bastion") << "name, SSH and nothing else are enough";
  draw_network(R"(aws_instance.a { subnet_id = ?, vpc_security_group_ids = [aws_security_group.ssh.id] })");
  EXPECT_EQ(role("aws_instance.a"), "unknown: it is not known") << "in a public subnet it would be one";
  draw_network(R"(aws_instance.a { subnet_id = ?, vpc_security_group_ids = [aws_security_group.web.id] })");
  EXPECT_EQ(role("aws_instance.a"), "other");
  draw_network(R"(
    aws_lb_target_group.t { port = 80 }
    aws_instance.a { subnet_id = aws_subnet.back.id }
    aws_lb_target_group_attachment.a { target_group_arn = aws_lb_target_group.t.arn, target_id = ? })");
  EXPECT_EQ(role("aws_instance.a"), "unknown: it is not known") << "it may be the target";
}

TEST_F(Roles, IsPublic) {
  draw_network(R"(
    aws_instance.a { subnet_id = aws_subnet.front.id }
    aws_instance.b { subnet_id = aws_subnet.back.id }
    aws_instance.c { subnet_id = aws_subnet.back.id } aws_eip.c { instance = aws_instance.c.id }
    aws_instance.d { subnet_id = aws_subnet.back.id, associate_public_ip_address = true })");
  EXPECT_EQ(ask("aws_instance.a", "is_public"), "true");
  EXPECT_EQ(ask("aws_instance.b", "is_public"), "false");
  EXPECT_EQ(ask("aws_instance.c", "is_public"), "true");
  EXPECT_EQ(ask("aws_instance.d", "is_public"), "true");
}

TEST_F(Roles, SaysWhy) {
  draw_network(
      R"(aws_instance.bastion { subnet_id = aws_subnet.front.id,
          vpc_security_group_ids = [aws_security_group.ssh.id] })");
  EXPECT_EQ(hops("aws_instance.bastion", "role"),
            (std::vector<std::string>{"the name of `aws_instance.bastion` says that it is a bastion",
                                      "SSH is let in from addresses", "it is reachable from the internet"}));
}

}  // namespace
}  // namespace halint
