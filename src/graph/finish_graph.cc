// The indexes of a finished graph: links by node, links by target, nodes by kind; and what absence proves.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>

#include "graph/graph_builder.h"

namespace halint {
namespace {

// A part that is called like a resource names its own things so: the text does not lead to that resource.
bool is_own_name(std::string_view input) {
  static constexpr std::array<std::string_view, 5> kNames = {"name", "Name", "name_prefix", "prefix", "identifier"};
  return std::ranges::find(kNames, input) != kNames.end();
}

bool leads_to_resource(const Value& value) {
  if (!value.is_unknown()) return false;
  const Symbol* symbol = value.symbol();
  return symbol == nullptr || symbol->kind == Symbol::Kind::kResource || symbol->kind == Symbol::Kind::kModule;
}

}  // namespace

void GraphBuilder::finish() {
  Graph::State& state = *state_;
  std::uint32_t slots = 0;
  state.by_kind.resize(schema_.kinds().size());
  state.by_address.reserve(state.nodes.size());
  for (const Node& node : state.nodes) {
    state.slot_begin.push_back(slots);
    slots += static_cast<std::uint32_t>(schema_.kind(node.kind).edges.size());
    state.by_kind[node.kind.index].push_back(node.id);
    state.by_address.emplace(node.address, node.id);
  }
  state.slots.resize(slots);
  auto slot_of = [&](NodeId from, EdgeId edge) {
    const KindInfo& kind = schema_.kind(state.nodes[from.index].kind);
    return state.slot_begin[from.index] + edge.index - kind.edges.front().id.index;
  };
  for (const RawRest& rest : rests_) {
    Graph::State::Slot& slot = state.slots[slot_of(rest.from, rest.edge)];
    if (slot.rest == nullptr) slot.rest = rest.why;
  }
  // Stable, so that links stay in the order in which they are written.
  std::ranges::stable_sort(links_, {}, [&](const RawLink& raw) { return slot_of(raw.from, raw.edge); });
  remove_duplicates();
  state.links.reserve(links_.size());
  for (const RawLink& raw : links_) {
    Graph::State::Slot& slot = state.slots[slot_of(raw.from, raw.edge)];
    if (slot.count == 0) slot.begin = static_cast<std::uint32_t>(state.links.size());
    ++slot.count;
    state.links.push_back(raw.link);
  }
  finish_reverse();
}

// Requires: the node is external.
bool GraphBuilder::is_read_back(NodeId id) {
  const Origin& origin = origins_[id.index];
  if (origin.mapping == nullptr) return read_back_.contains(id.index);
  const Instance& instance = instances_[origin.instance];
  auto [known, is_new] = is_read_back_.emplace(id.index, false);
  if (is_new) known->second = reads_back(instance.configuration, instance.resource->body, 0);
  return known->second;
}

// Two ways to one node along one edge are one link, certain if one of them is. Requires: sorted by beginning and edge.
void GraphBuilder::remove_duplicates() {
  auto key = [](const RawLink& raw) { return std::tuple(raw.from, raw.edge, raw.link.node); };
  std::vector<std::uint32_t> order(links_.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return key(links_[i]); });
  std::vector<bool> is_double(links_.size());
  for (std::size_t i = 1, first = 0; i < order.size(); ++i) {
    if (key(links_[order[i]]) != key(links_[order[first]])) {
      first = i;
      continue;
    }
    is_double[order[i]] = true;
    Link& kept = links_[order[first]].link;
    kept.is_certain = kept.is_certain || links_[order[i]].link.is_certain;
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < links_.size(); ++i) {
    if (!is_double[i]) links_[kept++] = links_[i];
  }
  links_.resize(kept);
}

void GraphBuilder::finish_reverse() {
  Graph::State& state = *state_;
  std::ranges::stable_sort(links_, {}, [](const RawLink& raw) { return std::pair(raw.edge, raw.link.node); });
  for (const RawLink& raw : links_) {
    Graph::State::Reverse& reverse = state.reverse[raw.edge.index];
    reverse.targets.push_back(raw.link.node);
    reverse.links.push_back({raw.from, raw.link.span, raw.link.is_certain});
  }
  for (const RawRest& rest : rests_) {
    const Node& from = state.nodes[rest.from.index];
    std::uint32_t configuration = state.configuration_of[from.id.index];
    const Unknown*& why = state.reverse[rest.edge.index].rest[configuration];
    // What is read from outside leads to what was there before.
    if (why != nullptr || from.is_external || !may_be_made_here(configuration, *rest.why)) continue;
    why = rest.why;
  }
  // A data source that looks for something in what is made here may find what is made here.
  for (const RawLink& raw : links_) {
    const Node& to = state.nodes[raw.link.node.index];
    if (!to.is_external || !is_read_back(to.id)) continue;
    const Unknown*& why = state.reverse[raw.edge.index].rest[state.configuration_of[to.id.index]];
    if (why == nullptr)
      why = this->why(UnknownReason::kData, fmt::format("`{}` may be read back from here", to.address));
  }
}

// What may be added to from inside a part that was not read: the nodes whose identity is passed to it.
void GraphBuilder::mark_reached() {
  Graph::State& state = *state_;
  state.reached_by.resize(state.nodes.size());
  for (std::uint32_t i = 0; i < state.configurations.size(); ++i) {
    for (const Opaque& part : state.configurations[i].opaque) {
      std::size_t number = std::min(state.opaque.size(), Graph::State::kMostParts - 1);
      state.opaque.push_back({&part, why(UnknownReason::kExternal, part.reason), schema_.known_module(part.source)});
      if (number + 1 == Graph::State::kMostParts) state.opaque[number].known = nullptr;
      std::vector<NodeId> reached;
      bool all = part.inputs.is_absent() || !collect_reached(i, part.inputs, 0, reached);
      for (const Node& node : state.nodes) {
        if (all && state.configuration_of[node.id.index] == i) reached.push_back(node.id);
      }
      for (NodeId id : reached) state.reached_by[id.index] |= std::uint64_t{1} << number;
    }
  }
  // What is passed is the resource: with it, the nodes of its blocks.
  for (const Node& node : state.nodes) state.reached_by[node.id.index] |= state.reached_by[node.owner.index];
}

// What the outputs of the root name. An output that may name anything names nothing that anyone could tell.
void GraphBuilder::mark_handed_out() {
  Graph::State& state = *state_;
  state.handed_out.resize(state.nodes.size());
  for (std::uint32_t i = 0; i < state.configurations.size(); ++i) {
    std::vector<NodeId> named;
    for (const Member& output : state.configurations[i].outputs) collect_reached(i, output.value, 0, named);
    for (NodeId id : named) state.handed_out[id.index] = true;
  }
}

// False if the value may name anything.
bool GraphBuilder::collect_reached(std::uint32_t configuration, const Value& value, int depth,
                                   std::vector<NodeId>& reached) const {
  constexpr int kDeepest = 64;
  if (depth > kDeepest) return false;
  const Names& names = names_[configuration];
  auto found = names.ids.find(reference_key(value));
  if (found != names.ids.end()) reached.insert(reached.end(), found->second.begin(), found->second.end());
  if (value.is_unknown()) {
    const Symbol* symbol = value.symbol();
    UnknownReason reason = value.why().reason;
    bool is_from_outside =
        reason == UnknownReason::kVariable || reason == UnknownReason::kData || reason == UnknownReason::kImpure;
    if (symbol == nullptr) return is_from_outside;
    Mentions mentions = mentions_in(configuration, *symbol);
    if (mentions.is_anything) return false;
    if (mentions.is_data && reads_back(configuration, value, depth)) return false;
    for (std::uint32_t index : mentions.instances) {
      const Instance& instance = instances_[index];
      for (std::uint32_t i = 0; i < instance.count; ++i) reached.push_back({instance.first.index + i});
    }
    return true;
  }
  bool is_known = true;
  if (value.is(ValueKind::kList) || value.is(ValueKind::kSet) || value.is(ValueKind::kTemplate)) {
    for (const Value& item : value.items())
      is_known = collect_reached(configuration, item, depth + 1, reached) && is_known;
    if (!value.is(ValueKind::kTemplate) && value.rest() != nullptr) {
      is_known = collect_reached(configuration, Value::unknown(value.rest()), depth + 1, reached) && is_known;
    }
  }
  if (value.is(ValueKind::kMap)) {
    for (const Member& member : value.members()) {
      if (is_own_name(member.key) && !leads_to_resource(member.value)) continue;
      is_known = collect_reached(configuration, member.value, depth + 1, reached) && is_known;
    }
  }
  return is_known;
}

}  // namespace halint
