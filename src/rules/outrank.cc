// One cause, one finding: drops findings that are only the consequence of another one.
// SPDX-License-Identifier: Apache-2.0
#include "rules/outrank.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>

namespace halint {
namespace {

class Outranking {
 public:
  Outranking(const Topology& topology, std::vector<Fired>& fired)
      : topology_(topology), graph_(topology.graph()), fired_(fired) {}

  void run() {
    std::map<std::string_view, Causes> by_rule;
    for (const Fired& one : fired_) {
      add(by_rule[one.logic->rule->id], one);
      logics_.emplace(one.logic->rule->id, one.logic);
    }
    std::vector<bool> is_dropped(fired_.size(), false);
    for (const auto& [rule, causes] : by_rule) {
      const std::set<std::string_view> below = outranked_by(rule);
      if (below.empty()) continue;
      for (std::size_t i = 0; i < fired_.size(); ++i) {
        if (below.count(fired_[i].logic->rule->id) != 0 && is_same_thing(causes, fired_[i])) is_dropped[i] = true;
      }
    }
    std::size_t i = 0;
    std::erase_if(fired_, [&](const Fired&) { return is_dropped[i++]; });
  }

 private:
  // What the findings of one rule are about.
  struct Causes {
    std::unordered_set<std::uint32_t> nodes;    // Subjects, and `each` unless it is a VPC.
    std::unordered_set<std::uint32_t> subnets;  // Subjects that are subnets.
    std::unordered_set<std::uint32_t> vpcs;     // `each` of those that blame no subnets.
  };

  void add(Causes& causes, const Fired& fired) const {
    const bool is_vpc_rule = is_kind(fired.each, "vpc");
    // Two rules about one VPC need not be about one thing in it.
    if (!is_vpc_rule) causes.nodes.insert(fired.each.index);
    bool blames_subnets = false;
    for (NodeId id : fired.subjects) {
      if (id != fired.each || !is_vpc_rule) causes.nodes.insert(id.index);
      if (!is_kind(id, "subnet")) continue;
      blames_subnets = true;
      causes.subnets.insert(id.index);
    }
    if (is_vpc_rule && !blames_subnets) causes.vpcs.insert(fired.each.index);
  }

  // The rules below one, also through others that fired.
  std::set<std::string_view> outranked_by(std::string_view rule) const {
    std::set<std::string_view> result;
    std::vector<std::string_view> open = {rule};
    while (!open.empty()) {
      const std::string_view next = open.back();
      open.pop_back();
      const auto found = logics_.find(next);
      if (found == logics_.end()) continue;
      for (const std::string& lower : found->second->outranks) {
        if (lower != rule && result.insert(lower).second) open.push_back(lower);
      }
    }
    return result;
  }

  bool is_same_thing(const Causes& causes, const Fired& other) const {
    std::vector<NodeId> nodes = other.subjects;
    nodes.push_back(other.each);
    const auto any = [](const auto& ids, const std::unordered_set<std::uint32_t>& among) {
      return std::any_of(ids.begin(), ids.end(), [&](NodeId id) { return among.count(id.index) != 0; });
    };
    if (any(nodes, causes.nodes)) return true;
    if (!causes.subnets.empty() && any(subnets_of(other), causes.subnets)) return true;
    if (causes.vpcs.empty()) return false;
    return std::any_of(nodes.begin(), nodes.end(), [&](NodeId id) {
      const std::optional<NodeId> vpc = vpc_of(id, 0);
      return vpc && causes.vpcs.count(vpc->index) != 0;
    });
  }

  bool is_kind(NodeId id, std::string_view kind) const {
    return graph_.schema().kind(graph_.node(id).kind).name == kind;
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
  std::map<std::string_view, const RuleLogic*> logics_;  // Of rules that fired.
};

}  // namespace

void drop_outranked(const Topology& topology, std::vector<Fired>& fired) {
  Outranking(topology, fired).run();
}

}  // namespace halint
