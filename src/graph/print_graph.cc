// A graph as text: for `--print graph`, and for tests that hold it against what is expected.
// SPDX-License-Identifier: Apache-2.0
#include "graph/print_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "base/text.h"

namespace halint {
namespace {

void print_attributes(const Graph& graph, const Node& node, std::string& out) {
  for (const AttributeInfo& info : graph.schema().kind(node.kind).attributes) {
    const Value& value = graph.attribute(node.id, info.id);
    if (value.is_absent()) continue;
    fmt::format_to(std::back_inserter(out), "  {}: {}", info.name, escape_controls(to_text(value)));
    // An unknown with identity prints as what it stands for; why it is not known comes behind.
    if (value.symbol() != nullptr) fmt::format_to(std::back_inserter(out), " ({})", value.why().detail);
    out += '\n';
  }
}

void print_edges(const Graph& graph, const Node& node, std::string& out) {
  for (const EdgeInfo& info : graph.schema().kind(node.kind).edges) {
    Targets targets = graph.targets(node.id, info.id);
    if (targets.links.empty() && targets.rest == nullptr) continue;
    fmt::format_to(std::back_inserter(out), "  {} {}", info.name, info.is_many ? "=>" : "->");
    std::string separator = " ";
    for (const Link& link : targets.links) {
      fmt::format_to(std::back_inserter(out), "{}{}{}", separator, graph.node(link.node).address,
                     link.is_certain ? "" : "?");
      separator = ", ";
    }
    if (targets.rest != nullptr) fmt::format_to(std::back_inserter(out), "{}... ({})", separator, targets.rest->detail);
    out += '\n';
  }
}

std::string multiplicity_of(const Node& node) {
  const Multiplicity& times = node.multiplicity;
  if (times.least == 1 && times.most == 1) return "";
  std::string most = times.most == Multiplicity::kInfinite ? "" : fmt::format("{}", times.most);
  return fmt::format(" [{}..{}]", times.least, most);
}

}  // namespace

std::string print_graph(const Graph& graph) {
  std::vector<const Node*> order;
  for (const Node& node : graph.nodes()) order.push_back(&node);
  // Equal addresses (of several configurations) stay in the order in which they were read.
  std::ranges::stable_sort(order, {}, &Node::address);
  std::string out;
  for (const Node* node : order) {
    fmt::format_to(std::back_inserter(out), "{} {}{}{}\n", graph.schema().kind(node->kind).name, node->address,
                   multiplicity_of(*node), node->is_external ? " (external)" : "");
    print_attributes(graph, *node, out);
    print_edges(graph, *node, out);
  }
  return out;
}

}  // namespace halint
