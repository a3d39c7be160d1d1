// A list of nodes while it is gathered: in order, each once, with what is not certain about it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "graph/value.h"

namespace halint {

struct NodeItem {
  NodeId node;
  Span span;               // Where the way to it is written.
  bool is_certain = true;  // False: it may or may not belong.
};

class NodeSet {
 public:
  // Of a node that is added twice, the certain one counts.
  void add(const NodeItem& item);
  void add(NodeId node, const Span& span, bool is_certain) {
    add({.node = node, .span = span, .is_certain = is_certain});
  }
  // All of `other`; uncertain if `is_certain` is false.
  void add_all(const NodeSet& other, bool is_certain = true);
  // There may be more. The first reason stays.
  void add_rest(const Unknown* why) {
    if (rest_ == nullptr) rest_ = why;
  }

  std::span<const NodeItem> items() const& { return items_; }
  std::span<const NodeItem> items() const&& = delete;  // It would dangle.
  const Unknown* rest() const { return rest_; }
  bool is_empty() const { return items_.empty(); }
  bool contains(NodeId node) const { return find(node) != nullptr; }

  // As rules see it.
  Value to_value(Arena& arena) const;

 private:
  const NodeItem* find(NodeId node) const;

  std::vector<NodeItem> items_;
  std::unordered_map<std::uint32_t, std::size_t> places_;  // Filled only when the list is long.
  const Unknown* rest_ = nullptr;
};

// The set that a list of nodes stands for: `to_value` turned around. Requires: kList.
NodeSet node_set_of(const Value& list);

}  // namespace halint
