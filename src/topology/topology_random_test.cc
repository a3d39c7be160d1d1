// Random networks: every fact has an answer whatever the input, and what is said although something is unknown stays
// true whatever that something turns out to be.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <random>
#include <string>

#include "topology/topology_for_test.h"

namespace halint {
namespace {

// Draws the same network from the same seed. With `hole` set, one attribute is left unknown.
class RandomNetwork {
 public:
  RandomNetwork(unsigned seed, int hole) : random_(seed), hole_(hole) {}

  std::string draw() {
    std::string text = "aws_vpc.v0 { } aws_vpc.v1 { } aws_internet_gateway.g { vpc_id = aws_vpc.v0.id }";
    for (int i = 0; i < 4; ++i) {
      text += fmt::format(" aws_subnet.s{} {{ vpc_id = {}, availability_zone = {}, map_public_ip_on_launch = {} }}", i,
                          vpc(), zone(), boolean());
      text += fmt::format(" aws_nat_gateway.n{} {{ subnet_id = {} }}", i, subnet());
      text += fmt::format(" aws_security_group.g{} {{ {} }}", i, group_rule());
      text +=
          fmt::format(" aws_instance.i{} {{ subnet_id = {}, vpc_security_group_ids = [{}], source_dest_check = {} }}",
                      i, subnet(), group(), boolean());
    }
    for (int i = 0; i < 3; ++i) {
      // At most one route to 0.0.0.0/0 in each table, as AWS has it.
      text += fmt::format(" aws_route_table.t{} {{ vpc_id = {}, route {{ cidr_block = {}, gateway_id = {} }} }}", i,
                          vpc(), range(), gateway());
      text += fmt::format(" aws_lb_target_group.t{} {{ }}", i);
    }
    // One association for each subnet at most.
    for (int i = 0; i < 3; ++i) {
      text +=
          fmt::format(" aws_route_table_association.a{0} {{ subnet_id = aws_subnet.s{0}.id, route_table_id = {1} }}", i,
                      value(fmt::format("aws_route_table.t{}.id", below(3))));
    }
    text += fmt::format(" aws_lb.l {{ internal = {}, subnets = [{}, {}] }}", boolean(), subnet(), subnet());
    text += fmt::format(" aws_lb_listener.l {{ load_balancer_arn = {}, default_action {{ target_group_arn = {} }} }}",
                        value("aws_lb.l.arn"), target_group());
    text += fmt::format(" aws_lb_target_group_attachment.a {{ target_group_arn = {}, target_id = {} }}", target_group(),
                        value(fmt::format("aws_instance.i{}.id", below(4))));
    text += fmt::format(
        " aws_db_subnet_group.d {{ subnet_ids = [{}, {}] }} aws_db_instance.d {{ engine = {}, db_subnet_group_name = "
        "{}, vpc_security_group_ids = [{}] }}",
        subnet(), subnet(), value(R"("mysql")"), value("aws_db_subnet_group.d.name"), group());
    text += fmt::format(
        " aws_autoscaling_group.a {{ vpc_zone_identifier = [{}], target_group_arns = [{}], launch_template {{ id = "
        "aws_launch_template.l.id }} }}",
        subnet(), target_group());
    return text + fmt::format(" aws_launch_template.l {{ vpc_security_group_ids = [{}] }}", group());
  }

  int values() const { return values_; }

 private:
  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_() % limit); }
  // Everything that may be the hole passes here.
  std::string value(std::string text) { return values_++ == hole_ ? "?" : text; }

  std::string vpc() { return value(fmt::format("aws_vpc.v{}.id", below(2))); }
  std::string subnet() { return value(fmt::format("aws_subnet.s{}.id", below(4))); }
  std::string group() { return value(fmt::format("aws_security_group.g{}.id", below(4))); }
  std::string target_group() { return value(fmt::format("aws_lb_target_group.t{}.arn", below(3))); }
  std::string boolean() { return value(below(2) == 0 ? "true" : "false"); }
  std::string zone() { return value(fmt::format("\"{}\"", below(2) == 0 ? "a" : "b")); }
  std::string range() {
    constexpr const char* kRanges[] = {R"("0.0.0.0/0")", R"("0.0.0.0/0")", R"("::/0")", R"("10.0.0.0/8")"};
    return value(kRanges[below(4)]);
  }
  std::string gateway() {
    switch (below(4)) {
      case 0:
        return value("aws_internet_gateway.g.id");
      case 1:
        return value(R"("igw-12345678")");
      case 2:
        return value(R"("tgw-12345678")");
      default:
        return value(fmt::format("aws_nat_gateway.n{}.id", below(4)));
    }
  }
  std::string group_rule() {
    constexpr const char* kProtocols[] = {R"("tcp")", R"("-1")", R"("udp")"};
    std::string peer =
        below(2) == 0 ? fmt::format("cidr_blocks = [{}]", range()) : fmt::format("security_groups = [{}]", group());
    std::uint32_t port = below(3) == 0 ? 22 : 3306;
    return fmt::format("ingress {{ protocol = {}, from_port = {}, to_port = {}, {} }}", value(kProtocols[below(3)]),
                       value(std::to_string(port)), value(std::to_string(port)), peer);
  }

  std::mt19937 random_;
  int hole_;
  int values_ = 0;
};

class RandomTopology : public TopologyTest {
 protected:
  bool has_fact(const Node& of, const FactInfo& fact) const {
    return Topology::find_fact(graph->schema(), graph->schema().kind(of.kind).name, fact.name) == &fact;
  }
  // Address and fact -> answer.
  std::map<std::string, std::string> answers(bool is_backwards = false) const {
    std::vector<std::pair<const Node*, const FactInfo*>> questions;
    for (const Node& each : graph->nodes()) {
      for (const FactInfo& fact : Topology::facts()) {
        if (has_fact(each, fact)) questions.emplace_back(&each, &fact);
      }
    }
    if (is_backwards) std::reverse(questions.begin(), questions.end());
    std::map<std::string, std::string> found;
    for (const auto& [each, fact] : questions) {
      found[fmt::format("{}.{}", each->address, fact->name)] = text_of(topology->fact(each->id, fact->id));
      for (const Hop& hop : topology->why(each->id, fact->name)) EXPECT_FALSE(hop.text.empty());
    }
    return found;
  }
};

TEST_F(RandomTopology, AnswersDoNotDependOnTheOrderOfQuestions) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    std::string text = RandomNetwork(seed, static_cast<int>(seed % 7)).draw();
    draw(text);
    std::map<std::string, std::string> forwards = answers();
    draw(text);
    EXPECT_EQ(forwards, answers(true)) << text;
  }
}

// clang-format off
constexpr const char* kNames[] = {
    "vpc_id", "subnet_id", "subnet_ids", "subnets", "route_table_id", "gateway_id", "target_id", "security_groups",
    "vpc_security_group_ids", "security_group_id", "source_security_group_id", "target_group_arn", "listener_arn",
    "load_balancer_arn", "availability_zone", "availability_zones", "vpc_zone_identifier", "cidr_block",
    "cidr_blocks", "destination_cidr_block", "engine", "port", "from_port", "to_port", "protocol", "type",
    "internal", "tags", "db_subnet_group_name", "cluster_identifier", "replicate_source_db", "subnet_group_name",
    "instance", "default_route_table_id", "lifecycle", "propagating_vgws", "source_dest_check", "max_size"};
constexpr const char* kBlocks[] = {
    "ingress", "egress", "route", "default_action", "action", "launch_template", "network_interfaces",
    "broker_node_group_info", "lifecycle"};
// clang-format on

// Any type with any attribute of any value.
TEST_F(RandomTopology, NonsenseIsAnsweredToo) {
  const std::vector<std::string> types = builtin_schema().resource_types(Format::kTerraform, false);
  for (unsigned seed = 0; seed < 60; ++seed) {
    std::mt19937 random(seed);
    auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random()) % limit; };
    std::vector<std::string> addresses;
    for (int i = 0; i < 30; ++i) {
      std::string type = types[below(types.size())];
      addresses.push_back(fmt::format("{}.r{}", type, i));
      if (below(4) == 0) addresses.back() += below(2) == 0 ? "[0]" : "[?]";
    }
    std::function<std::string(int)> value = [&](int depth) -> std::string {
      constexpr const char* kSuffixes[] = {".id", ".arn", ".name", ".vpc_id", "[*].id", ""};
      switch (below(depth > 2 ? 6 : 9)) {
        case 0:
          return "?";
        case 1:
          return below(2) == 0 ? "true" : "null";
        case 2:
          return below(2) == 0 ? "22" : "-1";
        case 3:
          return below(2) == 0 ? R"("0.0.0.0/0")" : R"("tcp")";
        case 4:
          return below(2) == 0 ? "var.x" : R"("${var.region}a")";
        case 5:
        case 6:
          return addresses[below(addresses.size())] + kSuffixes[below(6)];
        case 7:
          return fmt::format("{{ {} = {} }}", kNames[below(std::size(kNames))], value(depth + 1));
        default:
          return fmt::format("[{}, {} {}]", value(depth + 1), value(depth + 1), below(3) == 0 ? ", ..." : "");
      }
    };
    std::string text;
    for (const std::string& address : addresses) {
      text += address + (address.ends_with("[?]") ? "* {" : below(6) == 0 ? "? {" : " {");
      for (std::size_t i = below(8); i > 0; --i) {
        text += fmt::format(" {} = {}", kNames[below(std::size(kNames))], value(0));
      }
      for (std::size_t i = below(3); i > 0; --i) {
        std::string_view block = kBlocks[below(std::size(kBlocks))];
        text += fmt::format(" {} {{ {} = {}, {} = {} }}", block, kNames[below(std::size(kNames))], value(0),
                            kNames[below(std::size(kNames))], value(0));
      }
      text += " }\n";
    }
    draw(text);
    EXPECT_FALSE(answers().empty());
  }
}

TEST_F(RandomTopology, WhatIsCertainStaysTrueWhateverTheUnknownIs) {
  // Facts that promise certainty. Names, intents and roles also weigh what is likely.
  auto promises = [](std::string_view key) {
    for (std::string_view fact : {".tier", ".zone", ".is_world", ".route_table", ".is_public", ".hosts_public_entry",
                                  ".serves_load_balancer", ".service_port", ".allows_all_egress", ".peer_is_cidr"}) {
      if (key.ends_with(fact)) return true;
    }
    return false;
  };
  auto is_unknown = [](const std::string& answer) { return answer.starts_with("unknown: ") || answer == "(any zone)"; };
  std::size_t compared = 0;
  for (unsigned seed = 0; seed < 25; ++seed) {
    RandomNetwork whole(seed, -1);
    std::string known = whole.draw();
    draw(known);
    std::map<std::string, std::string> truth = answers();
    for (int hole = static_cast<int>(seed % 5); hole < whole.values(); hole += 5) {
      std::string text = RandomNetwork(seed, hole).draw();
      draw(text);
      for (const auto& [key, answer] : answers()) {
        auto real = truth.find(key);
        if (!promises(key) || is_unknown(answer) || real == truth.end()) continue;
        ++compared;
        EXPECT_EQ(answer, real->second) << key << " of seed " << seed << ", hole " << hole << "\n"
                                        << text.substr(0, text.find('?') + 40);
      }
      if (HasFailure()) return;
    }
  }
  EXPECT_GT(compared, 5000u);
}

}  // namespace
}  // namespace halint
