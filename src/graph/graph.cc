// Asking a graph that is built.
// SPDX-License-Identifier: Apache-2.0
#include "graph/graph.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "graph/graph_state.h"

namespace halint {

std::string_view without_instance_key(std::string_view address) {
  if (!address.ends_with(']')) return address;
  std::size_t open = address.ends_with("\"]") ? address.rfind("[\"") : address.rfind('[');
  return open == std::string_view::npos ? address : address.substr(0, open);
}

namespace {

const Value kAbsent;

// Position of a member in its kind; members of a kind have ids in sequence.
template <typename Infos, typename Id>
std::size_t position(const Infos& infos, Id id) {
  assert(!infos.empty() && id >= infos.front().id && id <= infos.back().id && "the member belongs to the node's kind");
  return id.index - infos.front().id.index;
}

template <typename Infos>
auto* find_named(const Infos& infos, std::string_view name) {
  auto found = std::ranges::find_if(infos, [&](const auto& info) { return info.name == name; });
  return found == infos.end() ? nullptr : &*found;
}

}  // namespace

const Unknown* Graph::State::reach(NodeId id, EdgeId edge) const {
  std::uint64_t bits = reached_by[id.index];
  for (std::size_t i = 0; bits != 0; ++i, bits >>= 1) {
    if ((bits & 1) == 0) continue;
    const OpaquePart& part = opaque[i];
    bool adds = part.known == nullptr ||
                std::ranges::find(part.known->kinds, kind_of_edge[edge.index]) != part.known->kinds.end() ||
                std::ranges::find(part.known->edges, edge) != part.known->edges.end();
    if (adds) return part.why;
  }
  return nullptr;
}

Graph::Graph(Graph&&) = default;
Graph& Graph::operator=(Graph&&) = default;
Graph::~Graph() = default;

const Schema& Graph::schema() const {
  return *state_->schema;
}
std::span<const Node> Graph::nodes() const {
  return state_->nodes;
}
std::span<const Diagnostic> Graph::diagnostics() const {
  return state_->diagnostics;
}
std::size_t Graph::edge_count() const {
  return state_->links.size();
}
Arena& Graph::arena() const {
  return state_->arena;
}
std::span<const Configuration> Graph::configurations() const {
  return state_->configurations;
}
const Configuration& Graph::configuration_of(NodeId id) const {
  return state_->configurations[state_->configuration_of[id.index]];
}
std::vector<Configuration> Graph::take_apart() && {
  return std::move(state_->configurations);
}

const Node& Graph::node(NodeId id) const {
  assert(id.index < state_->nodes.size() && "a node of this graph");
  return state_->nodes[id.index];
}

std::span<const NodeId> Graph::nodes_of(KindId kind) const {
  assert(kind.index < state_->by_kind.size() && "a kind of this schema");
  return state_->by_kind[kind.index];
}

const Value& Graph::attribute(NodeId id, AttributeId attribute) const {
  return state_->attributes[state_->attribute_begin[id.index] + position(state_->kind_of(id).attributes, attribute)];
}

const Value& Graph::attribute(NodeId id, std::string_view attribute) const {
  const AttributeInfo* info = find_named(state_->kind_of(id).attributes, attribute);
  return info == nullptr ? kAbsent : this->attribute(id, info->id);
}

Span Graph::attribute_span(NodeId id, AttributeId attribute) const {
  std::size_t at = state_->attribute_begin[id.index] + position(state_->kind_of(id).attributes, attribute);
  const Span& span = state_->attribute_spans[at];
  return span.is_known() ? span : node(id).header;
}

Targets Graph::targets(NodeId id, EdgeId edge) const {
  const State::Slot& slot = state_->slots[state_->slot_begin[id.index] + position(state_->kind_of(id).edges, edge)];
  Targets result{{state_->links.data() + slot.begin, slot.count}, slot.rest};
  const State::Reverse& reverse = state_->reverse[edge.index];
  if (result.rest == nullptr) result.rest = reverse.unplaced[state_->configuration_of[id.index]];
  if (result.rest == nullptr && reverse.has_links) result.rest = state_->reach(id, edge);
  return result;
}

Targets Graph::targets(NodeId id, std::string_view edge) const {
  const EdgeInfo* info = find_named(state_->kind_of(id).edges, edge);
  return info == nullptr ? Targets{} : targets(id, info->id);
}

Targets Graph::sources(NodeId id, EdgeId edge) const {
  const State::Reverse& reverse = state_->reverse[edge.index];
  auto [first, last] = std::equal_range(reverse.targets.begin(), reverse.targets.end(), id);
  std::size_t begin = static_cast<std::size_t>(first - reverse.targets.begin());
  Targets result{{reverse.links.data() + begin, static_cast<std::size_t>(last - first)}, nullptr};
  if (node(id).is_external) {
    result.rest = state_->external;
  } else if (auto found = reverse.rest_of.find(id.index); found != reverse.rest_of.end()) {
    result.rest = found->second;
  } else if (const Unknown* rest = reverse.rest[state_->configuration_of[id.index]]) {
    result.rest = rest;
  } else {
    result.rest = state_->reach(id, edge);
  }
  return result;
}

Targets Graph::sources(NodeId id, std::string_view kind, std::string_view edge) const {
  const EdgeInfo* info = state_->schema->find_edge(kind, edge);
  return info == nullptr ? Targets{} : sources(id, info->id);
}

std::span<const Decision> Graph::decisions(NodeId id, std::string_view address) const {
  const std::vector<Decision>& all = state_->configurations[state_->configuration_of[id.index]].decisions;
  // Not equal_range: clang 14 cannot read the one of GCC's library.
  return {std::ranges::lower_bound(all, address, {}, &Decision::address),
          std::ranges::upper_bound(all, address, {}, &Decision::address)};
}

bool Graph::is_handed_out(NodeId id) const {
  return state_->handed_out[id.index];
}

const Unknown* Graph::opaque(std::string_view scope) const {
  // A part that was not read hides things in its own scope; they may belong to what encloses it, and to what it
  // encloses.
  auto encloses = [](std::string_view outer, std::string_view inner) {
    return outer.empty() || (inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '.'));
  };
  for (const State::OpaquePart& opaque : state_->opaque) {
    if (encloses(scope, opaque.part->scope) || encloses(opaque.part->scope, scope)) return opaque.why;
  }
  return nullptr;
}

const Node* Graph::find(std::string_view address) const {
  auto found = state_->by_address.find(address);
  return found == state_->by_address.end() ? nullptr : &state_->nodes[found->second.index];
}

}  // namespace halint
