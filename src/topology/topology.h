// Facts about the graph that rules stand on: zones, effective routes, tiers, roles, security groups.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "graph/type.h"
#include "graph/value.h"

namespace halint {

struct FactId {
  std::uint16_t index = 0;
  friend auto operator<=>(const FactId&, const FactId&) = default;
};

// What can be asked of a node, beyond its attributes and edges.
struct FactInfo {
  FactId id;
  std::string receiver;  // A kind or a group of kinds.
  std::string name;
  Type type;
  std::string doc;  // One sentence.
};

// What the user says where inference would have to guess.
struct TopologyOptions {
  int region_zones = 3;  // Zones that a region has at least (`policy.region_azs`): what element() wraps around.
  std::vector<std::int64_t> ssh_ports = {22};
  // Role -> addresses and globs ("bastion" -> {"aws_instance.ops"}).
  std::vector<std::pair<std::string, std::vector<std::string>>> roles;
};

// One step of an explanation: where it is written, and what it says.
struct Hop {
  Span span;
  std::string text;
};

// Facts are pure functions of the graph, computed when first asked and remembered. Not thread-safe: one Topology
// for one graph for one thread. The graph must outlive it, and values live in the graph's arena.
class Topology {
 public:
  Topology(const Graph& graph, TopologyOptions options);
  ~Topology();

  // All facts that exist, for type checks and documentation.
  static std::span<const FactInfo> facts();
  // Null if nodes of this kind have no such fact.
  static const FactInfo* find_fact(const Schema& schema, std::string_view kind, std::string_view name);

  // Three-valued: unknown with its reason where the files do not tell. Lists mark uncertain members as `maybe`,
  // and have a `rest` where there may be more.
  Value fact(NodeId node, FactId fact) const;
  Value fact(NodeId node, std::string_view name) const;
  // How the fact came about: the hops in order. Empty where there is nothing to explain.
  std::vector<Hop> why(NodeId node, std::string_view fact) const;

  // Whether a rule of a security group admits TCP to a port: `rule.covers(port)` in CEL. True, false, or unknown.
  Value covers(NodeId rule, const Value& port) const;

  const Graph& graph() const;
  const TopologyOptions& options() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace halint
