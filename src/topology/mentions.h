// Which resources of types that no schema maps name a node: somebody uses it, and nobody knows what for.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <unordered_map>

#include "topology/fact_context.h"

namespace halint {

// Reads the bodies of all `other` nodes once.
class Mentions {
 public:
  explicit Mentions(FactContext& facts);

  // Nodes of kind `other` that name this one in some attribute. Those that only describe or watch a network (flow
  // logs, network ACLs, stored parameters) do not count.
  const NodeSet& of(NodeId node) const;

 private:
  void read(FactContext& facts, NodeId reader, const Value& value, int depth);

  std::unordered_map<std::uint32_t, NodeSet> mentions_;
  NodeSet none_;
};

}  // namespace halint
