// Tests of the registry of facts, against the schema and the documentation, and of the cost of large graphs.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <chrono>
#include <set>
#include <string>

#include "base/file_system.h"
#include "topology/topology_for_test.h"

namespace halint {
namespace {

class Facts : public TopologyTest {};

TEST_F(Facts, EveryFactBelongsToKindsAndShadowsNoMember) {
  const Schema& schema = builtin_schema();
  for (const FactInfo& fact : Topology::facts()) {
    std::vector<KindId> kinds = schema.kinds_named(fact.receiver);
    EXPECT_FALSE(kinds.empty()) << fact.receiver;
    EXPECT_FALSE(fact.doc.empty()) << fact.name;
    for (KindId id : kinds) {
      const KindInfo& kind = schema.kind(id);
      // A fact outranks what is written under its name: `zones` are those of the subnets, then those that are given.
      if (fact.name != "zones") {
        EXPECT_EQ(schema.find_attribute(kind.name, fact.name), nullptr) << kind.name << "." << fact.name;
      }
      EXPECT_EQ(schema.find_edge(kind.name, fact.name), nullptr) << kind.name << "." << fact.name;
      EXPECT_EQ(Topology::find_fact(schema, kind.name, fact.name), &fact) << kind.name << "." << fact.name;
    }
    // A reverse edge of this name would be ambiguous too.
    for (const KindInfo& source : schema.kinds()) {
      for (const EdgeInfo& edge : source.edges) {
        if (edge.reverse != fact.name) continue;
        for (const std::string& target : edge.to) {
          for (KindId id : kinds) EXPECT_NE(schema.kind(id).name, target) << fact.receiver << "." << fact.name;
        }
      }
    }
  }
}

TEST_F(Facts, AreFoundByKindAndByGroup) {
  const Schema& schema = builtin_schema();
  EXPECT_NE(Topology::find_fact(schema, "instance", "role"), nullptr);
  EXPECT_NE(Topology::find_fact(schema, "compute", "role"), nullptr);
  EXPECT_EQ(Topology::find_fact(schema, "subnet", "role"), nullptr);
  EXPECT_EQ(Topology::find_fact(schema, "subnet", "no_such_fact"), nullptr);
  EXPECT_EQ(Topology::find_fact(schema, "no_such_kind", "role"), nullptr);
}

TEST_F(Facts, DocumentationListsThem) {
  Result<std::string> text = disk_file_system(HALINT_SOURCE_DIR)->read("docs/graph.md", 1 << 20);
  ASSERT_TRUE(text.ok());
  std::set<std::string> documented, registered;
  std::size_t table = text->find("| receiver | fact | type |");
  ASSERT_NE(table, std::string::npos);
  for (std::size_t at = text->find('\n', text->find('\n', table) + 1) + 1; text->at(at) == '|';
       at = text->find('\n', at) + 1) {
    std::vector<std::string> cells;
    for (std::size_t begin = at + 2; cells.size() < 3;) {
      std::size_t end = text->find(" | ", begin);
      cells.push_back(text->substr(begin, end - begin));
      begin = end + 3;
    }
    for (std::size_t begin = 0; begin < cells[0].size();) {
      std::size_t end = std::min(cells[0].find(", ", begin), cells[0].size());
      documented.insert(cells[0].substr(begin, end - begin) + "." + cells[1] + " " + cells[2]);
      begin = end + 2;
    }
  }
  for (const FactInfo& fact : Topology::facts())
    registered.insert(fact.receiver + "." + fact.name + " " + to_text(fact.type));
  EXPECT_EQ(documented, registered);
}

TEST_F(Facts, AnswersHaveTheirType) {
  draw(R"(
    aws_vpc.v { } aws_subnet.s { vpc_id = aws_vpc.v.id } aws_route_table.t { } aws_nat_gateway.n { } aws_instance.i { }
    aws_db_instance.d { } aws_lb.l { } aws_lb_target_group.g { } aws_security_group.sg { ingress {
      cidr_blocks = ["10.0.0.0/8"] } }
    aws_autoscaling_group.a { } aws_rds_cluster.c { } aws_elasticache_cluster.e { } aws_msk_cluster.k { })");
  for (const Node& node : graph->nodes()) {
    for (const FactInfo& fact : Topology::facts()) {
      std::string_view kind = graph->schema().kind(node.kind).name;
      if (Topology::find_fact(graph->schema(), kind, fact.name) != &fact) continue;
      Value value = topology->fact(node.id, fact.id);
      if (value.is_unknown() || value.is_null()) continue;
      using TypeKind = Type::Kind;
      TypeKind type = fact.type.kind;
      EXPECT_EQ(value.is(ValueKind::kList), type == TypeKind::kList) << fact.name;
      EXPECT_EQ(value.is(ValueKind::kBool), type == TypeKind::kBool) << fact.name;
      EXPECT_EQ(value.is(ValueKind::kString), type == TypeKind::kString) << fact.name;
      EXPECT_EQ(value.is(ValueKind::kNumber), type == TypeKind::kInt) << fact.name;
      EXPECT_EQ(value.is(ValueKind::kZone), type == TypeKind::kZone) << fact.name;
      topology->why(node.id, fact.name);
    }
  }
}

TEST_F(Facts, AskingTwiceGivesTheSame) {
  draw("aws_vpc.v { } aws_subnet.s { vpc_id = aws_vpc.v.id }");
  EXPECT_EQ(ask("aws_subnet.s", "tier"), ask("aws_subnet.s", "tier"));
  EXPECT_TRUE(value("aws_subnet.s", "no_such_fact").is_absent());
}

// Linear, not quadratic: all facts of a graph of many networks.
TEST_F(Facts, LargeGraphsTakeLittleTime) {
  std::string text;
  constexpr int kNetworks = 700;  // Of about 20 nodes each.
  for (int i = 0; i < kNetworks; ++i) {
    text += fmt::format(R"(
      aws_vpc.v{0} {{ cidr_block = "10.0.0.0/16" }} aws_internet_gateway.g{0} {{ vpc_id = aws_vpc.v{0}.id }}
      aws_subnet.a{0} {{ vpc_id = aws_vpc.v{0}.id,
        availability_zone = "a" }} aws_subnet.b{0} {{ vpc_id = aws_vpc.v{0}.id, availability_zone = "b" }}
      aws_route_table.t{0} {{ vpc_id = aws_vpc.v{0}.id, route {{ cidr_block = "0.0.0.0/0",
        gateway_id = aws_internet_gateway.g{0}.id }} }}
      aws_route_table_association.a{0} {{ subnet_id = aws_subnet.a{0}.id, route_table_id = aws_route_table.t{0}.id }}
      aws_nat_gateway.n{0} {{ subnet_id = aws_subnet.a{0}.id }}
      aws_route_table.u{0} {{ vpc_id = aws_vpc.v{0}.id, route {{ cidr_block = "0.0.0.0/0",
        nat_gateway_id = aws_nat_gateway.n{0}.id }} }}
      aws_route_table_association.b{0} {{ subnet_id = aws_subnet.b{0}.id, route_table_id = aws_route_table.u{0}.id }}
      aws_security_group.app{0} {{ ingress {{ protocol = "tcp", from_port = 80, to_port = 80,
        cidr_blocks = ["0.0.0.0/0", "10.0.0.0/8"] }} }}
      aws_security_group.db{0} {{ ingress {{ protocol = "tcp", from_port = 3306, to_port = 3306,
        security_groups = [aws_security_group.app{0}.id] }} }}
      aws_lb.l{0} {{ subnets = [aws_subnet.a{0}.id, aws_subnet.b{0}.id],
        security_groups = [aws_security_group.app{0}.id] }}
      aws_lb_target_group.t{0} {{ port = 80 }}
      aws_lb_listener.l{0} {{ load_balancer_arn = aws_lb.l{0}.arn, default_action {{ type = "forward",
        target_group_arn = aws_lb_target_group.t{0}.arn }} }}
      aws_launch_template.t{0} {{ vpc_security_group_ids = [aws_security_group.app{0}.id] }}
      aws_autoscaling_group.g{0} {{ vpc_zone_identifier = [aws_subnet.b{0}.id],
        target_group_arns = [aws_lb_target_group.t{0}.arn], launch_template {{ id = aws_launch_template.t{0}.id }} }}
      aws_db_subnet_group.g{0} {{ subnet_ids = [aws_subnet.b{0}.id] }}
      aws_db_instance.d{0} {{ engine = "mysql", db_subnet_group_name = aws_db_subnet_group.g{0}.name,
        vpc_security_group_ids = [aws_security_group.db{0}.id] }}
      aws_instance.i{0} {{ subnet_id = aws_subnet.a{0}.id, vpc_security_group_ids = [aws_security_group.app{0}.id] }}
      aws_lambda_function.f{0} {{ vpc_config {{ subnet_ids = [aws_subnet.b{0}.id] }} }}
    )",
                        i);
  }
  draw(text);
  auto begin = std::chrono::steady_clock::now();
  std::size_t asked = 0;
  for (const Node& node : graph->nodes()) {
    for (const FactInfo& fact : Topology::facts()) {
      if (Topology::find_fact(graph->schema(), graph->schema().kind(node.kind).name, fact.name) != &fact) continue;
      topology->fact(node.id, fact.id);
      ++asked;
    }
  }
  double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  RecordProperty("nodes", static_cast<int>(graph->nodes().size()));
  RecordProperty("asked", static_cast<int>(asked));
  RecordProperty("milliseconds", static_cast<int>(seconds * 1000));
  EXPECT_LT(seconds, 20) << "generous: a debug build with sanitizers on a busy machine; quadratic work takes minutes";
  EXPECT_EQ(ask("aws_subnet.b7", "tier"), "private");
}

}  // namespace
}  // namespace halint
