// Which resources of unmapped types name a node.
// SPDX-License-Identifier: Apache-2.0
#include "topology/mentions.h"

#include <algorithm>
#include <string>

#include "topology/words.h"

namespace halint {
namespace {

constexpr int kDeepest = 100;

// Types whose resources put nothing into a network: "aws_network_acl", "AWS::EC2::FlowLog", "aws_ssm_parameter".
bool only_describes(std::string_view type) {
  return has_word(words_of(type), {"acl", "log", "logs", "parameter", "tag", "association", "ram", "output", "data"});
}

}  // namespace

Mentions::Mentions(FactContext& facts) {
  for (NodeId id : facts.graph.nodes_of(facts.names.other)) {
    const Node& node = facts.node(id);
    if (!node.is_external && !only_describes(node.type)) read(facts, id, node.body, 0);
  }
}

const NodeSet& Mentions::of(NodeId node) const {
  auto found = mentions_.find(node.index);
  return found != mentions_.end() ? found->second : none_;
}

void Mentions::read(FactContext& facts, NodeId reader, const Value& value, int depth) {
  if (depth > kDeepest) return;
  switch (value.kind()) {
    case ValueKind::kList:
    case ValueKind::kSet:
    case ValueKind::kTemplate:
      for (const Value& item : value.items()) read(facts, reader, item, depth + 1);
      if (!value.is(ValueKind::kTemplate) && value.rest() != nullptr)
        read(facts, reader, Value::unknown(value.rest()), depth + 1);
      return;
    case ValueKind::kMap:
      for (const Member& member : value.members()) read(facts, reader, member.value, depth + 1);
      return;
    case ValueKind::kUnknown: {
      const Symbol* symbol = value.symbol();
      if (symbol == nullptr) return;
      const Node* node = facts.graph.find(symbol->address);
      // All of an unknown number: `aws_subnet.a[*].id`.
      if (node == nullptr) node = facts.graph.find(std::string(symbol->address) + "[?]");
      if (node != nullptr) mentions_[node->id.index].add(reader, value.origin(), true);
      return;
    }
    default:
      return;
  }
}

}  // namespace halint
