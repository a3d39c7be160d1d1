// A list of nodes while it is gathered.
// SPDX-License-Identifier: Apache-2.0
#include "topology/node_set.h"

#include <algorithm>

namespace halint {

// Most lists have a few items; only long ones pay for a table.
constexpr std::size_t kLong = 16;

const NodeItem* NodeSet::find(NodeId node) const {
  if (items_.size() > kLong) {
    auto place = places_.find(node.index);
    return place != places_.end() ? &items_[place->second] : nullptr;
  }
  auto item = std::find_if(items_.begin(), items_.end(), [&](const NodeItem& known) { return known.node == node; });
  return item != items_.end() ? &*item : nullptr;
}

void NodeSet::add(const NodeItem& item) {
  if (const NodeItem* known = find(item.node)) {
    if (item.is_certain && !known->is_certain) items_[static_cast<std::size_t>(known - items_.data())] = item;
    return;
  }
  items_.push_back(item);
  if (items_.size() <= kLong) return;
  if (places_.empty()) {
    for (std::size_t i = 0; i < items_.size(); ++i) places_.emplace(items_[i].node.index, i);
  } else {
    places_.emplace(item.node.index, items_.size() - 1);
  }
}

void NodeSet::add_all(const NodeSet& other, bool is_certain) {
  for (NodeItem item : other.items()) {
    item.is_certain = item.is_certain && is_certain;
    add(item);
  }
  add_rest(other.rest());
}

Value NodeSet::to_value(Arena& arena) const {
  std::vector<Value> values;
  values.reserve(items_.size());
  for (const NodeItem& item : items_) values.push_back(Value::node(item.node, item.span).with_maybe(!item.is_certain));
  return Value::list(arena, values, {}, rest_);
}

NodeSet node_set_of(const Value& list) {
  NodeSet set;
  for (const Value& item : list.items()) set.add(item.as_node(), item.origin(), !item.is_maybe());
  set.add_rest(list.rest());
  return set;
}

}  // namespace halint
