// Asks a graph in words, for tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "graph/graph.h"
#include "graph/sketch_for_test.h"

namespace halint {

inline Graph build(std::string_view text) {
  return Graph(builtin_schema(), sketch(text));
}

inline std::string attribute(const Graph& graph, std::string_view address, std::string_view name) {
  const Node* node = graph.find(address);
  if (node == nullptr) return "(no such node)";
  const Value& value = graph.attribute(node->id, name);
  return value.is_absent() ? "(absent)" : to_text(value);
}

inline std::string text_of(const Graph& graph, const Targets& targets) {
  std::string text;
  for (const Link& link : targets.links) {
    text += (text.empty() ? "" : " ") + std::string(graph.node(link.node).address) + (link.is_certain ? "" : "?");
  }
  if (targets.rest != nullptr) text += text.empty() ? "..." : " ...";
  return text;
}

inline std::string targets(const Graph& graph, std::string_view address, std::string_view edge) {
  const Node* node = graph.find(address);
  return node == nullptr ? "(no such node)" : text_of(graph, graph.targets(node->id, edge));
}

inline std::string sources(const Graph& graph, std::string_view address, std::string_view kind, std::string_view edge) {
  const Node* node = graph.find(address);
  return node == nullptr ? "(no such node)" : text_of(graph, graph.sources(node->id, kind, edge));
}

}  // namespace halint
