// What computing a fact may use: the graph by resolved names, the options, and other facts, each computed once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/cidr.h"
#include "topology/answer.h"
#include "topology/node_set.h"
#include "topology/topology.h"
#include "topology/vocabulary.h"

namespace halint {

class FactContext;
class RouteMap;
class Mentions;
struct GroupRules;

// Computes one fact of one node.
using ComputeFact = Value (*)(FactContext&, NodeId);

class FactContext {
  std::unique_ptr<const Vocabulary> own_names_;  // Of a schema that is not the builtin one. Before `names`.

 public:
  FactContext(const Graph& graph, TopologyOptions options);
  ~FactContext();

  const Graph& graph;
  const TopologyOptions options;
  const Vocabulary& names;

  Arena& arena() const { return graph.arena(); }
  const Node& node(NodeId id) const { return graph.node(id); }
  bool is(NodeId id, KindId kind) const { return node(id).kind == kind; }

  // The value of a fact, computed once. Asked for itself while it is computed, it is unknown.
  Value ask(ComputeFact compute, NodeId id);

  // Absent if the node's kind has no such attribute.
  const Value& attribute(NodeId id, const AttributeName& name) const;
  Span attribute_span(NodeId id, const AttributeName& name) const;

  // Where an edge of a node leads. Of a list (`is_many`), a summary of unknown multiplicity stands for more.
  NodeSet targets(NodeId id, const EdgeName& edge);
  // The one target of an edge that has one. Unset if there is none, or not exactly one.
  std::optional<NodeId> target(NodeId id, const EdgeName& edge);
  // Nodes of `kind` whose edge leads here.
  NodeSet sources(NodeId id, KindId kind, const EdgeName& edge);

  // A reason, made once for each text.
  const Unknown* because(UnknownReason reason, const std::string& detail, std::string_view decide = {});
  // Why it is not known how many of a summary there are. Null if there is at most one.
  const Unknown* many(NodeId id);
  // Why little is known of a node that is not made here: what names it, else `what` of it is not in these files.
  const Unknown* outside(NodeId id, std::string_view what);
  // A value as an answer: a boolean, or unknown with its reason. Anything else is no.
  Answer truth_of(const Value& value);
  // The reason of an unknown, of an unknown part of a template, or of an interval.
  const Unknown* reason_of(const Value& value);

  // What takes long to find out and serves many facts.
  RouteMap& routes();
  Mentions& mentions();
  GroupRules& rules_of(NodeId group);

 private:
  // The values of one fact for the nodes of one kind.
  struct Memo {
    std::vector<Value> values;
    std::vector<std::uint8_t> states;
  };
  Memo& memo_of(ComputeFact compute, KindId kind);

  int depth_ = 0;
  std::vector<std::uint32_t> places_;  // Of each node among those of its kind.
  std::unordered_map<ComputeFact, std::vector<std::unique_ptr<Memo>>> memos_;
  std::unordered_map<std::string, const Unknown*> reasons_;
  std::unordered_map<std::uint32_t, const Unknown*> summaries_;
  std::unordered_map<std::uint32_t, std::unique_ptr<GroupRules>> group_rules_;
  std::unique_ptr<RouteMap> routes_;
  std::unique_ptr<Mentions> mentions_;
};

}  // namespace halint
