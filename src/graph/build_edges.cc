// From the attributes of nodes to the edges between them.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "graph/attribute_value.h"
#include "graph/graph_builder.h"

namespace halint {

void GraphBuilder::adopt(NodeId id) {
  const Origin origin = origins_[id.index];
  if (origin.mapping == nullptr) return;
  const Mapping& mapping = *origin.mapping;
  const Instance& instance = instances_[origin.instance];
  auto link = [&](NodeId giver, const Gift& gift) {
    gifts_.emplace(std::pair(giver, &gift), id);
    Span span = state_->nodes[id.index].header;
    if (gift.has_edge) links_.push_back({giver, gift.edge, {id, span, true}});
    if (gift.has_back) links_.push_back({id, gift.back, {giver, span, true}});
  };
  Found found;
  if (!mapping.adopts.steps.empty()) {
    find_values(mapping.adopts, origin.block, origin.block, found);
    for (const Found::Item& item : found.items) {
      const Symbol* symbol = item.value.symbol();
      if (symbol == nullptr || symbol->path.empty()) continue;
      Named named = find_instances(names_[instance.configuration], *symbol);
      if (named.instances.size() != 1 || named.path.size() != 1) continue;
      NodeId giver = instances_[named.instances.front()].first;
      if (const Gift* gift = find_gift(giver, named.path.front().name)) link(giver, *gift);
    }
  }
  if (mapping.adopts_giver.steps.empty()) return;
  find_values(mapping.adopts_giver, origin.block, origin.block, found);
  for (const Found::Item& item : found.items) {
    const Symbol* symbol = item.value.symbol();
    if (symbol == nullptr) continue;
    Named named = find_instances(names_[instance.configuration], *symbol);
    if (named.instances.size() != 1) continue;
    NodeId giver = instances_[named.instances.front()].first;
    if (const Gift* gift = find_gift(giver, mapping.adopts_name)) link(giver, *gift);
  }
}

void GraphBuilder::add_edges(NodeId id) {
  const Origin origin = origins_[id.index];
  if (origin.mapping == nullptr) return;
  // Several sources may be one edge: it is set if one of them is.
  const std::vector<EdgeSource>& sources = origin.mapping->edges;
  for (std::size_t i = 0; i < sources.size();) {
    EdgeId edge = sources[i].id;
    bool is_set = false;
    const EdgeSource& first = sources[i];
    for (; i < sources.size() && sources[i].id == edge; ++i) add_edges_from(id, origin, sources[i], is_set);
    if (is_set || !state_->nodes[id.index].is_external) continue;
    // A data source's edge: perhaps something else told already what it leads to.
    std::string symbol = fmt::format("{}.{}", state_->nodes[id.index].address, first.from.front().steps.front().name);
    const auto& external = names_[instances_[origin.instance].configuration].external;
    auto found = external.find(fmt::format("{}:{}", first.kind.index, symbol));
    if (found != external.end()) {
      links_.push_back({id, edge, {found->second, state_->nodes[id.index].header, true}});
    } else {
      std::string detail = fmt::format("`{}` is read from the cloud", state_->nodes[id.index].address);
      rests_.push_back({id, edge, why(UnknownReason::kData, detail)});
    }
  }
  if (origin.item == nullptr || !origin.item->is_edge) return;
  Reference reference{&instances_[origin.instance], kinds_of(origin.item->edge.id), &origin.item->edge,
                      origin.item_value.span, 0};
  Resolved resolved;
  const Value& value = origin.item_value.value;
  // That the item may not be there is the node's uncertainty, not the edge's.
  resolve(reference, value.with_maybe(false), resolved);
  add_resolved(id, origin.item->edge.id, resolved);
}

void GraphBuilder::add_edges_from(NodeId id, const Origin& origin, const EdgeSource& source, bool& is_set) {
  if (source.is_joined) {
    is_set = true;
    return add_joined(id, origin, source);
  }
  const Node node = state_->nodes[id.index];
  if (source.is_owner) {
    is_set = true;
    if (node.owner != id) links_.push_back({id, source.id, {node.owner, node.header, true}});
    return;
  }
  const Instance& instance = instances_[origin.instance];
  Found found;
  for (const SourcePath& path : source.from) find_values(path, origin.block, instance.resource->body, found);
  if (!found.is_set()) return;
  is_set = true;
  Resolved resolved;
  resolve_found({&instance, kinds_of(source.id), &source, {}, 0}, found, resolved);
  add_resolved(id, source.id, resolved);
}

// Without a join nobody knows where the edge leads; with one, all that is said of it is said.
void GraphBuilder::add_joined(NodeId id, const Origin& origin, const EdgeSource& source) {
  const std::uint32_t configuration = instances_[origin.instance].configuration;
  bool is_said = false;
  for (const Join& join : joins_) {
    if (join.from != configuration) continue;
    const Names& names = names_[join.to];
    auto found = names.instances.find(join.address);
    if (found == names.instances.end()) continue;
    const Instance& target = instances_[found->second];
    if (target.count == 0) continue;
    const Node& node = state_->nodes[target.first.index];
    const std::span<const KindId> kinds = kinds_of(source.id);
    if (std::ranges::find(kinds, node.kind) == kinds.end()) continue;
    add_raw_link({id, source.id, {node.id, join.span, true}});
    is_said = true;
  }
  if (!is_said) rests_.push_back({id, source.id, source.unjoined});
}

void GraphBuilder::add_resolved(NodeId from, EdgeId edge, const Resolved& resolved) {
  for (const Link& link : resolved.links) add_raw_link({from, edge, link});
  if (resolved.rest != nullptr) rests_.push_back({from, edge, resolved.rest});
}

// A thousand instances that each name a thousand others are no infrastructure but an attack.
void GraphBuilder::add_raw_link(const RawLink& raw) {
  constexpr std::size_t kMostLinks = 1'000'000;
  if (links_.size() < kMostLinks) return links_.push_back(raw);
  if (limit_ == nullptr) {
    limit_ = why(UnknownReason::kLimit, fmt::format("the graph has more than {} edges", kMostLinks));
    std::string message = fmt::format("{}: what is beyond is left out", limit_->detail);
    state_->diagnostics.push_back({raw.link.span, Severity::kWarning, "limit-exceeded", std::move(message), "", {}});
  }
  rests_.push_back({raw.from, raw.edge, limit_});
}

void GraphBuilder::add_link_resource(const Instance& instance, const Mapping& mapping) {
  const Value& body = instance.resource->body;
  EdgeId edge = mapping.link.id;
  Graph::State::Reverse& reverse = state_->reverse[edge.index];
  Found found_from, found_to;
  for (const SourcePath& path : mapping.link_source.from) find_values(path, body, body, found_from);
  for (const SourcePath& path : mapping.link.from) find_values(path, body, body, found_to);
  bool has_end = mapping.link.is_owner ? instance.count > 0 : found_to.is_set();
  if (!found_from.is_set() || !has_end) return;
  const KindId kinds[] = {mapping.kind};
  Resolved from, to;
  resolve_found({&instance, kinds, &mapping.link_source, {}, 0}, found_from, from);
  if (mapping.link.is_owner) to.links.push_back({instance.first, instance.resource->header, true});
  resolve_found({&instance, kinds_of(edge), &mapping.link, {}, 0}, found_to, to);
  for (const Link& begin : from.links) {
    for (const Link& end : to.links) {
      // A summary stands for as many links as it has instances: certain where each instance pairs with one node.
      bool is_there = instance.resource->multiplicity.is_certain() || (instance.is_summary() && begin.is_certain);
      add_raw_link({begin.node, edge, {end.node, end.span, is_there && begin.is_certain && end.is_certain}});
    }
    if (to.rest != nullptr) rests_.push_back({begin.node, edge, to.rest});
  }
  if (from.rest == nullptr) return;
  const Unknown*& unplaced = reverse.unplaced[instance.configuration];
  if (unplaced == nullptr) unplaced = from.rest;
  for (const Link& end : to.links) reverse.rest_of.emplace(end.node.index, from.rest);
}

void GraphBuilder::add_to_attributes(const Instance& instance, const Mapping& mapping) {
  const Value& body = instance.resource->body;
  const KindId kinds[] = {mapping.kind};
  const KindInfo& kind = schema_.kind(mapping.kind);
  Found found;
  for (const SourcePath& path : mapping.link_source.from) find_values(path, body, body, found);
  EdgeSource source = mapping.link_source;
  source.is_known_only = true;
  Resolved to;
  resolve_found({&instance, kinds, &source, {}, 0}, found, to);
  for (const Link& target : to.links) {
    for (const AttributeSource& added : mapping.attributes) {
      std::size_t local = added.id.index - kind.attributes.front().id.index;
      Value& value = state_->attributes[state_->attribute_begin[target.node.index] + local];
      if (value.is_unknown()) continue;
      AttributeValue more = read_attribute(state_->arena, added, kind.attributes[local].type, body, body);
      std::vector<Value> items;
      const Unknown* rest = nullptr;
      for (const Value* list : {static_cast<const Value*>(&value), static_cast<const Value*>(&more.value)}) {
        if (list->is_unknown()) rest = &list->why();
        if (!list->is(ValueKind::kList)) continue;
        bool is_maybe = list == &more.value && (!target.is_certain || !instance.resource->multiplicity.is_certain());
        for (const Value& item : list->items()) items.push_back(is_maybe ? item.with_maybe() : item);
        if (list->rest() != nullptr) rest = list->rest();
      }
      value = Value::list(state_->arena, items, value.origin(), rest);
    }
  }
}

}  // namespace halint
