// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <memory>

#include "graph/sketch_for_test.h"
#include "report/picture/layout.h"
#include "report/picture/writers.h"

namespace halint::picture {
namespace {

class PictureTest : public testing::Test {
 protected:
  Scene scene_of(std::string_view text) {
    project_ = {"infra", std::make_unique<Graph>(builtin_schema(), sketch(text))};
    topology_ = std::make_unique<Topology>(*project_.graph, TopologyOptions{});
    return make_scene(report_, project_, *topology_);
  }

  Report report_;
  Project project_;
  std::unique_ptr<Topology> topology_;
};

constexpr std::string_view kThreeZones = R"(
  aws_vpc.main { cidr_block = "10.0.0.0/16" }
  aws_subnet.app_b { vpc_id = aws_vpc.main.id, availability_zone = "eu-west-1b" }
  aws_subnet.app_a { vpc_id = aws_vpc.main.id, availability_zone = "eu-west-1a" }
  aws_subnet.tools_c { vpc_id = aws_vpc.main.id, availability_zone = "eu-west-1c" }
  aws_instance.one[0] { subnet_id = aws_subnet.app_a.id }
  aws_instance.one[1] { subnet_id = aws_subnet.app_a.id }
  aws_instance.one[2] { subnet_id = aws_subnet.app_b.id }
)";

TEST_F(PictureTest, ColumnsAreZonesInOrderOfTheirNames) {
  const Scene scene = scene_of(kThreeZones);
  EXPECT_EQ(scene.columns, (std::vector<std::string>{"eu-west-1a", "eu-west-1b", "eu-west-1c"}));
  EXPECT_EQ(scene.zone_count, 3u);
}

TEST_F(PictureTest, InstancesOfOneBlockInOneCellAreOneBox) {
  const Scene scene = scene_of(kThreeZones);
  std::vector<std::string> titles;
  for (const Thing& thing : scene.things) {
    if (thing.kind == "instance") titles.push_back(title_of(thing));
  }
  EXPECT_EQ(titles, (std::vector<std::string>{"2 × aws_instance.one", "aws_instance.one[2]"}));
}

TEST_F(PictureTest, AZoneThatARowDoesNotReachIsHatched) {
  const Scene scene = scene_of(kThreeZones);
  std::size_t missing = 0;
  for (const TierRow& tier : scene.vpcs.at(0).tiers) {
    for (const SubnetRow& row : tier.rows) {
      if (row.cells.size() == 2) {
        EXPECT_EQ(row.missing, std::vector<std::size_t>{2});
        ++missing;
      }
    }
  }
  EXPECT_EQ(missing, 1u);
  EXPECT_FALSE(lay_out(scene).hatched.empty());
}

constexpr std::string_view kServers = R"(
  aws_vpc.main { cidr_block = "10.0.0.0/16" }
  aws_subnet.app { vpc_id = aws_vpc.main.id, availability_zone = "eu-west-1a" }
  aws_security_group.app { vpc_id = aws_vpc.main.id }
  aws_security_group.db { vpc_id = aws_vpc.main.id, ingress = [{ from_port = 5432, to_port = 5432, protocol = "tcp", security_groups = [aws_security_group.app.id] }] }
  aws_instance.one { subnet_id = aws_subnet.app.id, vpc_security_group_ids = [aws_security_group.app.id] }
  aws_db_instance.main { engine = "postgres", vpc_security_group_ids = [aws_security_group.db.id] }
)";

std::vector<std::string> traffic_of(const Scene& scene) {
  std::vector<std::string> lines;
  for (const Line& line : scene.lines) {
    if (line.kind == LineKind::kTraffic)
      lines.push_back(scene.things[line.from].name + " > " + scene.things[line.to].name);
  }
  return lines;
}

TEST_F(PictureTest, ASubnetSpeaksForAllThatItHolds) {
  std::string text(kServers);
  EXPECT_EQ(traffic_of(scene_of(text)), std::vector<std::string>{"aws_instance.one > aws_db_instance.main"});
  text += "aws_instance.two { subnet_id = aws_subnet.app.id, vpc_security_group_ids = [aws_security_group.app.id] }\n";
  EXPECT_EQ(traffic_of(scene_of(text)), std::vector<std::string>{"aws_subnet.app > aws_db_instance.main"});
  text += "aws_instance.three { subnet_id = aws_subnet.app.id }\n";
  EXPECT_EQ(traffic_of(scene_of(text)).size(), 2u) << "not all of it is let in";
}

TEST_F(PictureTest, TooManyBoxesBecomeCounts) {
  std::string text = R"(aws_vpc.main { cidr_block = "10.0.0.0/16" }
    aws_subnet.app { vpc_id = aws_vpc.main.id, availability_zone = "eu-west-1a" })";
  for (int i = 0; i < 300; ++i) text += "\naws_instance.x" + std::to_string(i) + "y { subnet_id = aws_subnet.app.id }";
  const Scene scene = scene_of(text);
  EXPECT_NE(scene.note.find("too many"), std::string::npos);
  EXPECT_LT(lay_out(scene).shapes.size(), 10u);
}

TEST(Escape, NothingOfAHostileNameIsMarkup) {
  EXPECT_EQ(escape_xml("</text><script>\"'&\x01"), "&lt;/text&gt;&lt;script&gt;&quot;&#39;&amp;\\x01");
  EXPECT_EQ(escape_dot("a\"]; b -> c [x=\"\n"), "a\\\"]; b -> c [x=\\\"\\\\x0a");
  EXPECT_EQ(escape_mermaid("a\"]<b>;`#"), "a#34;#93;#60;b#62;#59;#96;#35;");
  EXPECT_EQ(shorten("abcdefghij", 5), "ab…ij");
}

}  // namespace
}  // namespace halint::picture
