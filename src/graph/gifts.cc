// Nodes that are made along with another one, as a VPC's default route table.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "graph/graph_builder.h"

namespace halint {

const Gift* GraphBuilder::find_gift(NodeId giver, std::string_view name) const {
  const Mapping* mapping = origins_[giver.index].mapping;
  if (mapping == nullptr) return nullptr;
  for (const Gift& gift : mapping->gifts) {
    if (std::ranges::find(gift.names, name) != gift.names.end()) return &gift;
  }
  return nullptr;
}

NodeId GraphBuilder::gift_node(NodeId giver_id, const Gift& gift) {
  auto found = gifts_.find({giver_id, &gift});
  if (found != gifts_.end()) return found->second;
  const Node giver = state_->nodes[giver_id.index];
  Node node = giver;
  node.kind = gift.kind;
  node.address = state_->arena.copy(fmt::format("{}.{}", giver.address, gift.names.front()));
  node.type = {};
  node.body = {};
  node.owner = giver_id;
  NodeId id = add_node(node, {nullptr, origins_[giver_id.index].instance, {}, nullptr, {}});
  gifts_.emplace(std::pair(giver_id, &gift), id);
  const KindInfo& kind = schema_.kind(gift.kind);
  for (const auto& [attribute, value] : gift.attributes) {
    state_->attributes[state_->attribute_begin[id.index] + attribute.index - kind.attributes.front().id.index] = value;
  }
  if (gift.has_edge) links_.push_back({giver_id, gift.edge, {id, giver.header, true}});
  if (gift.has_back) links_.push_back({id, gift.back, {giver_id, giver.header, true}});
  return id;
}

}  // namespace halint
