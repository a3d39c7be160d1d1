// One cause, one finding: drops findings that are only the consequence of another one.
// SPDX-License-Identifier: Apache-2.0
#include "rules/outrank.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace halint {
namespace {

class Outranking {
 public:
  Outranking(const Topology& topology, std::vector<Fired>& fired)
      : topology_(topology), graph_(topology.graph()), fired_(fired) {}

  void run() {
    std::map<std::string_view, std::vector<const Fired*>> by_rule;
    for (const Fired& one : fired_) by_rule[one.logic->rule->id].push_back(&one);
    std::vector<bool> is_dropped(fired_.size(), false);
    for (const auto& [rule, causes] : by_rule) {
      const std::set<std::string_view> below = outranked_by(rule);
      if (below.empty()) continue;
      for (std::size_t i = 0; i < fired_.size(); ++i) {
        if (below.count(fired_[i].logic->rule->id) == 0) continue;
        for (const Fired* cause : causes) {
          if (!is_same_thing(*cause, fired_[i])) continue;
          is_dropped[i] = true;
          break;
        }
      }
    }
    std::size_t i = 0;
    std::erase_if(fired_, [&](const Fired&) { return is_dropped[i++]; });
  }

 private:
  // Through rules that did not fire, too, as far as their logic is at hand.
  std::set<std::string_view> outranked_by(std::string_view rule) const {
    std::set<std::string_view> result;
    std::vector<std::string_view> open = {rule};
    while (!open.empty()) {
      const std::string_view next = open.back();
      open.pop_back();
      for (const Fired& one : fired_) {
        if (one.logic->rule->id != next) continue;
        for (const std::string& lower : one.logic->outranks) {
          if (lower != rule && result.insert(lower).second) open.push_back(lower);
        }
        break;
      }
    }
    return result;
  }

  bool is_same_thing(const Fired& cause, const Fired& other) {
    std::vector<NodeId> first = cause.subjects;
    first.push_back(cause.each);
    std::vector<NodeId> second = other.subjects;
    second.push_back(other.each);
    const bool is_vpc_rule = graph_.schema().kind(graph_.node(cause.each).kind).name == "vpc";
    // Two rules about one VPC need not be about one thing in it.
    if (is_vpc_rule) std::erase(first, cause.each);
    for (NodeId id : first) {
      if (std::find(second.begin(), second.end(), id) != second.end()) return true;
    }
    const std::vector<NodeId> subnets = subnets_among(cause.subjects);
    if (!subnets.empty()) {
      const std::set<NodeId> used = subnets_of(other);
      return std::any_of(subnets.begin(), subnets.end(), [&](NodeId id) { return used.count(id) != 0; });
    }
    if (!is_vpc_rule) return false;
    return std::any_of(second.begin(), second.end(), [&](NodeId id) { return vpc_of(id, 0) == cause.each; });
  }

  bool is_kind(NodeId id, std::string_view kind) const {
    return graph_.schema().kind(graph_.node(id).kind).name == kind;
  }

  std::vector<NodeId> subnets_among(const std::vector<NodeId>& nodes) const {
    std::vector<NodeId> result;
    for (NodeId id : nodes) {
      if (is_kind(id, "subnet")) result.push_back(id);
    }
    return result;
  }

  // Subnets in which the nodes of a finding stand.
  std::set<NodeId> subnets_of(const Fired& fired) const {
    std::set<NodeId> result;
    const auto look = [&](NodeId id) {
      if (is_kind(id, "subnet")) result.insert(id);
      for (std::string_view edge : {"subnet", "subnets"}) {
        for (const Link& link : graph_.targets(id, edge).links) result.insert(link.node);
      }
      if (Topology::find_fact(graph_.schema(), graph_.schema().kind(graph_.node(id).kind).name, "subnets_in") ==
          nullptr)
        return;
      const Value subnets = topology_.fact(id, "subnets_in");
      if (!subnets.is(ValueKind::kList)) return;
      for (const Value& item : subnets.items()) {
        if (item.is(ValueKind::kNode)) result.insert(item.as_node());
      }
    };
    for (NodeId id : fired.subjects) look(id);
    look(fired.each);
    return result;
  }

  // The VPC that a node belongs to, by the edges that lead upward.
  std::optional<NodeId> vpc_of(NodeId id, int depth) const {
    constexpr int kMaxDepth = 4;
    if (is_kind(id, "vpc")) return id;
    if (depth >= kMaxDepth) return std::nullopt;
    for (std::string_view edge :
         {"vpc", "subnet", "subnets", "table", "group", "load_balancer", "subnet_group", "listener", "cluster"}) {
      for (const Link& link : graph_.targets(id, edge).links) {
        if (!link.is_certain) continue;
        if (const std::optional<NodeId> vpc = vpc_of(link.node, depth + 1)) return vpc;
      }
    }
    return std::nullopt;
  }

  const Topology& topology_;
  const Graph& graph_;
  std::vector<Fired>& fired_;
};

}  // namespace

void drop_outranked(const Topology& topology, std::vector<Fired>& fired) {
  Outranking(topology, fired).run();
}

}  // namespace halint
