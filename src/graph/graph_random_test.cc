// Resources whose bodies are anything but what their types ask for: the graph survives, and stays consistent.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "graph/print_graph.h"
#include "graph/schema_mapping.h"

namespace halint {
namespace {

// Makes configurations out of what the schema's paths name, with values of any kind.
class RandomConfiguration {
 public:
  explicit RandomConfiguration(unsigned seed) : random_(seed) {}

  Configuration make(int resources) {
    Configuration configuration;
    arena_ = configuration.arena.get();
    const std::vector<Schema::State::TypeMappings>& types = builtin_schema().state().types;
    for (int i = 0; i < resources; ++i) {
      const Schema::State::TypeMappings& type = types[below(types.size())];
      Resource resource;
      resource.type = type.type;
      resource.is_data = type.is_data;
      resource.name = "r";
      std::string address = (type.is_data ? "data." : "") + type.type + ".r" + std::to_string(below(4));
      if (below(3) == 0) address += below(2) == 0 ? "[0]" : "[?]";
      resource.address = arena_->copy(std::string_view(address));
      addresses_.push_back(resource.address);
      if (below(4) == 0) resource.multiplicity = {0, below(2) == 0 ? 1 : Multiplicity::kInfinite};
      resource.body = below(20) == 0 ? value(0) : body(type);
      configuration.resources.push_back(resource);
    }
    if (below(2) == 0)
      configuration.opaque.push_back({"module.x", "", below(2) == 0 ? "a/b/null" : "", "it is not here", {}, value(0)});
    return configuration;
  }

 private:
  std::uint32_t below(std::size_t limit) { return static_cast<std::uint32_t>(random_() % limit); }

  Value body(const Schema::State::TypeMappings& type) {
    std::vector<Member> members;
    for (const Mapping& mapping : type.mappings) {
      if (!mapping.each.steps.empty()) {
        std::vector<Value> blocks;
        for (std::uint32_t i = below(3); i > 0; --i) blocks.push_back(at_paths(mapping));
        members.push_back({mapping.each.steps.front().name, below(4) == 0 ? value(0) : list(blocks), {}});
      } else {
        for (const Member& member : at_paths(mapping).members()) members.push_back(member);
      }
    }
    return Value::map(*arena_, std::move(members));
  }

  Value at_paths(const Mapping& mapping) {
    std::vector<Member> members;
    auto add = [&](const std::vector<SourcePath>& paths) {
      for (const SourcePath& path : paths) {
        if (below(3) == 0) continue;
        Value inner = value(0);
        for (std::size_t i = path.steps.size(); i-- > 1;) {
          inner = Value::map(*arena_, {{path.steps[i].name, inner, {}}});
          if (below(3) > 0) inner = list({inner, inner});
        }
        members.push_back({path.steps.front().name, inner, {}});
      }
    };
    for (const AttributeSource& source : mapping.attributes) add(source.from);
    for (const EdgeSource& source : mapping.edges) add(source.from);
    for (const ItemSource& item : mapping.per) add(item.is_edge ? item.edge.from : item.attribute.from);
    add(mapping.ids);
    add(mapping.link.from);
    add(mapping.link_source.from);
    for (const SourcePath::Step& step : mapping.adopts.steps) members.push_back({step.name, value(0), {}});
    return Value::map(*arena_, std::move(members));
  }

  Value list(std::vector<Value> items) {
    for (Value& item : items) item = item.with_maybe(below(4) == 0);
    const Unknown* rest = below(4) == 0 ? arena_->make<Unknown>(unknown()) : nullptr;
    return below(2) == 0 ? Value::list(*arena_, items, {}, rest) : Value::set(*arena_, items, {}, rest);
  }

  Unknown unknown() {
    Unknown result;
    result.reason = static_cast<UnknownReason>(below(9));
    result.detail = "it is not known";
    if (below(3) == 0) return result;
    Symbol symbol;
    symbol.kind = static_cast<Symbol::Kind>(below(5));
    symbol.address = addresses_.empty() || below(4) == 0 ? "var.x" : addresses_[below(addresses_.size())];
    if (below(4) == 0) symbol.address = symbol.address.substr(0, symbol.address.find('['));
    constexpr std::string_view kNames[] = {"id",         "arn", "name", "vpc_id", "subnets", "default_route_table_id",
                                           "private_ip", ""};
    std::vector<Step> path;
    for (std::uint32_t i = below(3); i > 0; --i) {
      path.push_back({static_cast<Step::Kind>(below(5)), below(3) == 0 ? "count.index" : kNames[below(8)], below(3)});
    }
    symbol.path = arena_->copy(path);
    result.symbol = arena_->make<Symbol>(symbol);
    return result;
  }

  Value value(int depth) {
    constexpr std::string_view kTexts[] = {"",      "main",  "true",       "443",        "sg-1",
                                           "igw-2", "local", "10.0.0.0/8", "arn:aws:x:y"};
    switch (below(depth > 3 ? 8 : 11)) {
      case 0:
        return Value::null();
      case 1:
        return Value::boolean(below(2) == 0);
      case 2:
        return Value::real(below(2) == 0 ? below(70000) : 0.5);
      case 3:
      case 4:
        return Value::string(*arena_, kTexts[below(std::size(kTexts))]);
      case 5:
      case 6:
        return Value::unknown(*arena_, unknown());
      case 7:
        return Value::interval(*arena_, {0, 3});
      case 8: {
        const Value parts[] = {Value::string(*arena_, "a-"), Value::unknown(*arena_, unknown())};
        return Value::text_template(*arena_, parts);
      }
      case 9:
        return Value::map(*arena_, {{"id", value(depth + 1), {}}, {"type", value(depth + 1), {}}});
      default: {
        std::vector<Value> items;
        for (std::uint32_t i = below(4); i > 0; --i) items.push_back(value(depth + 1));
        return list(std::move(items));
      }
    }
  }

  std::mt19937 random_;
  Arena* arena_ = nullptr;
  std::vector<std::string_view> addresses_;
};

// Each link is seen from both ends, and leads to a kind that its edge allows.
void expect_consistent(const Graph& graph) {
  const Schema& schema = graph.schema();
  std::size_t links = 0;
  for (const Node& node : graph.nodes()) {
    ASSERT_EQ(&graph.node(node.id), &node);
    ASSERT_LT(node.owner.index, graph.nodes().size());
    const KindInfo& kind = schema.kind(node.kind);
    for (const AttributeInfo& attribute : kind.attributes) {
      graph.attribute_span(node.id, attribute.id);
      const Value& value = graph.attribute(node.id, attribute.id);
      bool is_number = attribute.type.kind == Type::Kind::kInt;
      bool is_bool = attribute.type.kind == Type::Kind::kBool;
      if (value.is_unset() || value.is_unknown()) continue;
      bool fits = !is_number || value.is(ValueKind::kNumber) || value.is(ValueKind::kInterval);
      if (is_bool) fits = value.is(ValueKind::kBool);
      if (attribute.type.kind == Type::Kind::kList) fits = value.is(ValueKind::kList);
      EXPECT_TRUE(fits) << node.address << " " << attribute.name << " " << to_text(value);
    }
    for (const EdgeInfo& edge : kind.edges) {
      Targets targets = graph.targets(node.id, edge.id);
      links += targets.links.size();
      for (const Link& link : targets.links) {
        const std::string& target = schema.kind(graph.node(link.node).kind).name;
        EXPECT_NE(std::ranges::find(edge.to, target), edge.to.end())
            << node.address << " " << edge.name << " " << target;
        Targets sources = graph.sources(link.node, edge.id);
        EXPECT_EQ(std::ranges::count(sources.links, node.id, &Link::node), 1) << node.address << " " << edge.name;
        EXPECT_EQ(std::ranges::count(targets.links, link.node, &Link::node), 1) << node.address << " " << edge.name;
      }
    }
  }
  EXPECT_EQ(links, graph.edge_count());
}

TEST(RandomGraph, SurvivesAndIsConsistent) {
  std::size_t links = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::vector<Configuration> configurations;
    configurations.push_back(RandomConfiguration(seed).make(40));
    configurations.push_back(RandomConfiguration(seed + 1000).make(5));
    Graph graph(builtin_schema(), std::move(configurations));
    expect_consistent(graph);
    EXPECT_FALSE(print_graph(graph).empty());
    if (HasFailure()) FAIL() << "seed " << seed;
    links += graph.edge_count();
  }
  EXPECT_GT(links, 5'000u);
}

// The same input gives the same text, whatever its order in memory.
TEST(RandomGraph, IsDeterministic) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    std::string first;
    for (int i = 0; i < 2; ++i) {
      std::vector<Configuration> configurations;
      configurations.push_back(RandomConfiguration(seed).make(30));
      std::string text = print_graph(Graph(builtin_schema(), std::move(configurations)));
      if (i == 0) first = text;
      EXPECT_EQ(text, first);
    }
  }
}

}  // namespace
}  // namespace halint
