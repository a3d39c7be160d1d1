// Tests of what subnets are meant and used for.
// SPDX-License-Identifier: Apache-2.0
#include "topology/words.h"

#include "topology/topology_for_test.h"

namespace halint {
namespace {

class SubnetUse : public TopologyTest {
 protected:
  std::string named(std::string_view tags_and_more) {
    draw("aws_subnet.this { " + std::string(tags_and_more) + " }");
    return ask("aws_subnet.this", "named_as");
  }
};

TEST(Words, AreLettersBetweenAnythingElseAndHumps) {
  EXPECT_EQ(words_of("prod-public_1a"), (std::vector<std::string>{"prod", "public", "a"}));
  EXPECT_EQ(words_of("PublicSubnetA"), (std::vector<std::string>{"public", "subnet", "a"}));
  EXPECT_EQ(words_of("VPCPublicSubnet"), (std::vector<std::string>{"vpc", "public", "subnet"}));
  EXPECT_EQ(words_of("publisher"), (std::vector<std::string>{"publisher"}));
  EXPECT_TRUE(words_of("").empty());
}

TEST_F(SubnetUse, NamesWithWordBoundaries) {
  EXPECT_EQ(named(R"(tags = { Name = "prod-public-1" })"), "public");
  EXPECT_EQ(named(R"(tags = { Name = "DMZ" })"), "public");
  EXPECT_EQ(named(R"(tags = { Name = "publisher-1" })"), "") << "no word of its own";
  EXPECT_EQ(named(R"(tags = { Name = "republic" })"), "");
  EXPECT_EQ(named(R"(tags = { Name = "private-db-a" })"), "data");
  EXPECT_EQ(named(R"(tags = { Name = "ex-block-public-access-private-a" })"), "private") << "the last word counts";
  EXPECT_EQ(named(R"(tags = { Name = "private-cloud-public-a" })"), "public");
  EXPECT_EQ(named(R"(tags = { Name = "my-app-public-a" })"), "public") << "many projects are called app";
  EXPECT_EQ(named(R"(tags = { Name = "my-app-a" })"), "private");
  EXPECT_EQ(named(R"(tags = { Name = "data-lake-subnet-a" })"), "") << "data is the project here";
  EXPECT_EQ(named(R"(tags = { Name = "prod-data-a" })"), "data");
  EXPECT_EQ(named(R"(tags = { Name = "DataSubnet1" })"), "data");
  EXPECT_EQ(named(R"(tags = { Name = "${var.env}-private" })"), "private") << "the written part counts";
  EXPECT_EQ(named(R"(tags = { Tier = "database" })"), "data");
  EXPECT_EQ(named(R"(tags = { Owner = "public relations" })"), "") << "whose it is says nothing";
  EXPECT_EQ(named(R"(tags = ?)"), "") << "never unknown";
  draw(R"(aws_subnet.intra { } aws_subnet.private { tags = { Name = "public-cloud-vpc-subnet" } })");
  EXPECT_EQ(ask("aws_subnet.intra", "named_as"), "data");
  EXPECT_EQ(ask("aws_subnet.private", "named_as"), "private") << "the label is nearer than a tag";
  draw(R"(aws_subnet.all["public-a"] { })");
  EXPECT_EQ(ask(R"(aws_subnet.all["public-a"])", "named_as"), "public");
}

TEST_F(SubnetUse, IntentByMembersFirst) {
  draw(R"(
    aws_subnet.private { }
    aws_nat_gateway.n { subnet_id = aws_subnet.private.id }
    aws_subnet.x { map_public_ip_on_launch = true }
    aws_subnet.app { map_public_ip_on_launch = true }
    aws_subnet.y { }
    aws_db_subnet_group.g { subnet_ids = [aws_subnet.y.id] }
    aws_subnet.z { }
    aws_lb.l { internal = false, subnets = [aws_subnet.z.id] })");
  EXPECT_EQ(ask("aws_subnet.private", "intent"), "public") << "structure outranks names";
  EXPECT_EQ(ask("aws_subnet.x", "intent"), "public");
  EXPECT_EQ(ask("aws_subnet.app", "intent"), "private");
  EXPECT_EQ(ask("aws_subnet.y", "intent"), "data");
  EXPECT_EQ(ask("aws_subnet.z", "intent"), "public");
}

TEST_F(SubnetUse, DataOnly) {
  draw(R"(
    aws_subnet.d { } aws_subnet.files { } aws_subnet.shared { } aws_subnet.empty { }
    aws_efs_mount_target.t { subnet_id = aws_subnet.files.id } aws_subnet.lambda { } aws_subnet.watched { }
    aws_db_subnet_group.g { subnet_ids = [aws_subnet.d.id, aws_subnet.shared.id, aws_subnet.lambda.id,
      aws_subnet.watched.id] }
    aws_instance.i { subnet_id = aws_subnet.shared.id }
    aws_lambda_function.f { vpc_config { subnet_ids = [aws_subnet.lambda.id] } }
    aws_network_acl.n { subnet_ids = [aws_subnet.watched.id] })");
  EXPECT_EQ(ask("aws_subnet.d", "is_data_only"), "true");
  EXPECT_EQ(ask("aws_subnet.files", "is_data_only"), "true");
  EXPECT_EQ(ask("aws_subnet.shared", "is_data_only"), "false");
  EXPECT_EQ(ask("aws_subnet.empty", "is_data_only"), "false");
  EXPECT_EQ(ask("aws_subnet.lambda", "is_data_only"),
            "unknown: `aws_lambda_function.f` uses it too, and what that is for is not known");
  EXPECT_EQ(ask("aws_subnet.watched", "is_data_only"), "true") << "a network ACL puts nothing into a subnet";
}

TEST_F(SubnetUse, DataOnlyWithUnreadParts) {
  constexpr std::string_view kParts = R"(
    aws_subnet.x { } aws_subnet.database { }
    aws_db_subnet_group.g { subnet_ids = [aws_subnet.x.id, aws_subnet.database.id] }
    opaque module.m { subnets = [aws_subnet.x.id, aws_subnet.database.id] })";
  draw(kParts);
  EXPECT_EQ(ask("aws_subnet.x", "is_data_only"), "unknown: module `module.m` is not installed");
  EXPECT_EQ(ask("aws_subnet.database", "is_data_only"), "true") << "name and structure agree";
}

TEST_F(SubnetUse, PublicEntries) {
  draw(R"(
    aws_subnet.lb { } aws_subnet.inner { } aws_subnet.nat { } aws_subnet.hop { } aws_subnet.ssm { } aws_subnet.maybe { }
    aws_lb.l { subnets = [aws_subnet.lb.id] }
    aws_lb.i { internal = true, subnets = [aws_subnet.inner.id] }
    aws_lb.m { internal = var.internal, subnets = [aws_subnet.maybe.id] }
    aws_nat_gateway.n { subnet_id = aws_subnet.nat.id }
    aws_nat_gateway.p { subnet_id = aws_subnet.inner.id, connectivity_type = "private" }
    aws_security_group.none { }
    aws_instance.bastion { subnet_id = aws_subnet.hop.id, associate_public_ip_address = true,
      vpc_security_group_ids = [aws_security_group.none.id] }
    aws_instance.ssm_bastion { subnet_id = aws_subnet.ssm.id,
      vpc_security_group_ids = [aws_security_group.none.id] })");
  EXPECT_EQ(ask("aws_subnet.lb", "hosts_public_entry"), "true");
  EXPECT_EQ(ask("aws_subnet.inner", "hosts_public_entry"), "false");
  EXPECT_EQ(ask("aws_subnet.nat", "hosts_public_entry"), "true");
  EXPECT_EQ(ask("aws_subnet.hop", "hosts_public_entry"), "true");
  EXPECT_EQ(ask("aws_subnet.ssm", "hosts_public_entry"), "false")
      << "a bastion without public address is reached otherwise";
  EXPECT_EQ(ask("aws_subnet.maybe", "hosts_public_entry"), "unknown: `var.internal` is not known");
}

TEST_F(SubnetUse, NeedsAvailability) {
  draw(R"(
    aws_vpc.main { cidr_block = "10.0.0.0/16" } aws_vpc.empty { cidr_block = "10.1.0.0/16" }
    aws_subnet.db { vpc_id = aws_vpc.main.id } aws_subnet.nat { vpc_id = aws_vpc.main.id } aws_subnet.box {
      vpc_id = aws_vpc.empty.id }
    aws_db_subnet_group.g { subnet_ids = [aws_subnet.db.id] }
    aws_db_instance.d { db_subnet_group_name = aws_db_subnet_group.g.name }
    aws_nat_gateway.n { subnet_id = aws_subnet.nat.id }
    aws_instance.box { subnet_id = aws_subnet.box.id })");
  EXPECT_EQ(ask("aws_subnet.db", "needs_availability"), "true");
  EXPECT_EQ(ask("aws_subnet.nat", "needs_availability"), "false");
  EXPECT_EQ(ask("aws_subnet.box", "needs_availability"), "false") << "one machine that serves nobody";
  EXPECT_EQ(ask("aws_vpc.main", "has_compute"), "true");
  EXPECT_EQ(ask("aws_vpc.empty", "has_compute"), "false");
}

}  // namespace
}  // namespace halint
