// What a graph is made of; only the builder and the graph look inside.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "graph/schema_mapping.h"

namespace halint {

struct Graph::State {
  // Links of one edge of one node, and why there may be more.
  struct Slot {
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
    const Unknown* rest = nullptr;
  };
  // The links of one edge seen from their targets: sorted by target, so that those of one are a range.
  struct Reverse {
    std::vector<NodeId> targets;
    std::vector<Link> links;               // `node` is the source.
    std::vector<const Unknown*> rest;      // By configuration: a source there leads who knows where.
    std::vector<const Unknown*> unplaced;  // By configuration: some link begins who knows where.
    std::unordered_map<std::uint32_t, const Unknown*> rest_of;  // By target.
    bool has_links = false;                                     // Some resource type is nothing but this edge.
  };

  // A part that was not read. Those beyond the number of bits share the last one.
  struct OpaquePart {
    const Opaque* part = nullptr;
    const Unknown* why = nullptr;
    const KnownModule* known = nullptr;  // Null: it may make anything.
  };
  static constexpr std::size_t kMostParts = 64;

  // Why more links of `edge` may begin, or end, at a node that parts know which were not read.
  const Unknown* reach(NodeId id, EdgeId edge) const;

  const Schema* schema = nullptr;
  std::vector<Configuration> configurations;
  mutable Arena arena;
  std::vector<Node> nodes;
  std::vector<std::uint32_t> configuration_of;  // By node.
  std::vector<std::uint64_t> reached_by;        // By node: a bit for each part that was not read and is told of it.
  std::vector<bool> handed_out;                 // By node.
  std::vector<std::uint32_t> attribute_begin;   // By node, into the next two.
  std::vector<Value> attributes;
  std::vector<Span> attribute_spans;
  std::vector<std::uint32_t> slot_begin;  // By node.
  std::vector<Slot> slots;
  std::vector<Link> links;
  std::vector<Reverse> reverse;  // By edge.
  std::vector<std::vector<NodeId>> by_kind;
  std::unordered_map<std::string_view, NodeId> by_address;
  std::vector<OpaquePart> opaque;
  std::vector<KindId> kind_of_edge;  // By edge: the kind that it begins at.
  std::vector<Diagnostic> diagnostics;
  const Unknown* external = nullptr;  // More may lead to what is not made here.

  const KindInfo& kind_of(NodeId id) const { return schema->kind(nodes[id.index].kind); }
};

}  // namespace halint
