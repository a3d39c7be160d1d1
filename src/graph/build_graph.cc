// From resources to nodes: which nodes a resource makes, and what their attributes are.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "graph/attribute_value.h"
#include "graph/graph_builder.h"

namespace halint {
namespace {

// A block's value says where its header is; it ends where its last member does, or later.
Span whole_of(const Value& block) {
  Span whole = block.origin();
  for (const Member& member : block.members()) {
    if (member.span.file == whole.file) whole.end = std::max(whole.end, member.span.end);
  }
  return whole;
}

// `lifecycle { ignore_changes = [ingress] }`: something else adds such blocks later.
bool ignores_changes(const Resource& resource, std::string_view name) {
  if (resource.format != Format::kTerraform || !resource.body.is(ValueKind::kMap)) return false;
  static const SourcePath kIgnored{{{"lifecycle", true}, {"ignore_changes", true}}, false, {}};
  Found found;
  find_values(kIgnored, resource.body, resource.body, found);
  return std::ranges::any_of(found.items, [&](const Found::Item& item) {
    return item.value.is(ValueKind::kString) && (item.value.as_string() == name || item.value.as_string() == "all");
  });
}

// What the format means where nothing is written.
const Value& default_of(const AttributeSource& source, const Value& block, const Value& resource) {
  Found found;
  for (const SourcePath& path : source.unless) find_values(path, block, resource, found);
  return found.is_set() ? source.undecided : source.fallback;
}

bool is_list(const Value& value) {
  return value.is(ValueKind::kList) || value.is(ValueKind::kSet);
}

}  // namespace

Graph::Graph(const Schema& schema, std::vector<Configuration> configurations, std::vector<Join> joins)
    : state_(GraphBuilder(schema, std::move(configurations), std::move(joins)).build()) {}

GraphBuilder::GraphBuilder(const Schema& schema, std::vector<Configuration> configurations, std::vector<Join> joins)
    : schema_(schema), joins_(std::move(joins)), state_(std::make_unique<Graph::State>()) {
  state_->schema = &schema;
  state_->configurations = std::move(configurations);
  names_.resize(state_->configurations.size());
  state_->external = why(UnknownReason::kExternal, "it is not made in these files, so there may be more");
  for (const KindInfo& kind : schema.kinds()) {
    for (const EdgeInfo& edge : kind.edges) {
      std::vector<KindId> kinds;
      for (const std::string& name : edge.to) {
        if (const KindInfo* target = schema.find_kind(name)) kinds.push_back(target->id);
      }
      edge_kinds_.push_back(std::move(kinds));
      state_->kind_of_edge.push_back(kind.id);
    }
  }
  state_->reverse.resize(edge_kinds_.size());
  for (Graph::State::Reverse& reverse : state_->reverse) {
    reverse.rest.resize(names_.size());
    reverse.unplaced.resize(names_.size());
  }
  for (const Schema::State::TypeMappings& type : schema.state().types) {
    for (const Mapping& mapping : type.mappings) {
      if (mapping.form == Mapping::Form::kLink) state_->reverse[mapping.link.id.index].has_links = true;
    }
  }
}

std::unique_ptr<Graph::State> GraphBuilder::build() {
  for (std::uint32_t i = 0; i < state_->configurations.size(); ++i) {
    for (const Resource& resource : state_->configurations[i].resources) add_instance(i, resource);
  }
  for (const auto& [instance, mapping] : later_) {
    if (mapping->form == Mapping::Form::kAdd) add_to_attributes(instances_[instance], *mapping);
  }
  // Nodes that references bring into being are appended behind these.
  auto own = static_cast<std::uint32_t>(state_->nodes.size());
  for (std::uint32_t i = 0; i < own; ++i) adopt({i});
  // Data sources come last: what others say of them is known then.
  for (bool external : {false, true}) {
    for (std::uint32_t i = 0; i < own; ++i) {
      if (state_->nodes[i].is_external == external) add_edges({i});
    }
  }
  for (const auto& [instance, mapping] : later_) {
    if (mapping->form == Mapping::Form::kLink) add_link_resource(instances_[instance], *mapping);
  }
  finish();
  mark_reached();
  mark_handed_out();
  return std::move(state_);
}

const Unknown* GraphBuilder::why(UnknownReason reason, std::string_view detail, const Symbol* symbol) {
  return state_->arena.make<Unknown>(reason, state_->arena.copy(detail), std::string_view(), symbol, Shape::kAny);
}

void GraphBuilder::add_instance(std::uint32_t configuration, const Resource& resource) {
  auto index = static_cast<std::uint32_t>(instances_.size());
  Instance instance{&resource, configuration, {static_cast<std::uint32_t>(state_->nodes.size())}, 0};
  instances_.push_back(instance);
  for (const Mapping& mapping : schema_.mappings(resource.format, resource.type, resource.is_data)) {
    if (mapping.form == Mapping::Form::kNode) {
      add_nodes(instance, index, mapping);
    } else {
      later_.emplace_back(index, &mapping);
    }
  }
  instance.count = static_cast<std::uint32_t>(state_->nodes.size()) - instance.first.index;
  instances_[index] = instance;
  Names& names = names_[configuration];
  names.instances.emplace(resource.address, index);
  if (!resource.is_data) names.types.insert(resource.type);
  names.groups[without_instance_key(resource.address)].push_back(index);
}

Node GraphBuilder::node_of(const Instance& instance, KindId kind) const {
  const Resource& resource = *instance.resource;
  Node node;
  node.kind = kind;
  node.address = resource.address;
  node.type = resource.type;
  node.name = resource.name;
  node.scope = resource.scope;
  node.format = resource.format;
  node.is_external = resource.is_data;
  node.multiplicity = resource.multiplicity;
  node.body = resource.body;
  node.header = resource.header;
  node.whole = resource.whole;
  node.owner = instance.first;
  node.via = resource.via;
  return node;
}

void GraphBuilder::add_nodes(Instance& instance, std::uint32_t index, const Mapping& mapping) {
  const Resource& resource = *instance.resource;
  if (!mapping.each.steps.empty()) return add_block_nodes(instance, index, mapping);
  if (!mapping.per.empty()) return add_item_nodes(index, mapping, resource.body, resource.address);
  NodeId id = add_node(node_of(instance, mapping.kind), {&mapping, index, resource.body, nullptr, {}});
  register_ids(id, mapping);
}

void GraphBuilder::add_block_nodes(const Instance& instance, std::uint32_t index, const Mapping& mapping) {
  const Resource& resource = *instance.resource;
  Found found;
  find_values(mapping.each, resource.body, resource.body, found);
  std::vector<Found::Item> blocks;
  const Unknown* rest = found.rest;
  for (const Found::Item& item : found.items) {
    if (!is_list(item.value)) {
      blocks.push_back(item);
      continue;
    }
    for (const Value& inner : item.value.items()) blocks.push_back({inner, item.span});
    if (item.value.rest() != nullptr) rest = item.value.rest();
  }
  std::string path;
  for (const SourcePath::Step& step : mapping.each.steps) path += (path.empty() ? "" : ".") + step.name;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Value& block = blocks[i].value;
    if (block.is_unknown()) rest = &block.why();
    if (!block.is(ValueKind::kMap)) continue;
    std::string_view address = state_->arena.copy(fmt::format("{}/{}[{}]", resource.address, path, i));
    if (!mapping.per.empty()) {
      add_item_nodes(index, mapping, block, address);
      continue;
    }
    Node node = node_of(instance, mapping.kind);
    node.address = address;
    if (block.origin().is_known()) {
      node.header = block.origin();
      node.whole = whole_of(block);
    }
    if (block.is_maybe()) node.multiplicity.least = 0;
    node.body = block;
    add_node(node, {&mapping, index, block, nullptr, {}});
  }
  const std::string& block_name = mapping.each.steps.front().name;
  if (rest == nullptr && ignores_changes(resource, block_name)) {
    rest = why(UnknownReason::kExternal,
               fmt::format("`lifecycle` ignores changes of `{}`: there may be more", block_name));
  }
  if (rest != nullptr && !resource.is_data) mark_partial(instance.first, mapping, rest);
}

void GraphBuilder::add_item_nodes(std::uint32_t index, const Mapping& mapping, const Value& block,
                                  std::string_view address) {
  struct Planned {
    const ItemSource* source;
    Found::Item item;
    std::size_t number;
  };
  std::vector<Planned> planned;
  const Instance& instance = instances_[index];
  for (const ItemSource& source : mapping.per) {
    Found found;
    const EdgeSource& edge = source.edge;
    for (const SourcePath& path : source.is_edge ? edge.from : source.attribute.from) {
      find_values(path, block, instance.resource->body, found);
    }
    std::size_t number = 0;
    for (const Found::Item& item : found.items) {
      // `self = false` is no peer.
      if (item.value.is(ValueKind::kBool) && !item.value.as_bool()) continue;
      if (item.value.is(ValueKind::kString) && item.value.as_string() == "false") continue;
      planned.push_back({&source, item, number++});
    }
    // One node stands for all that are not known.
    if (found.rest != nullptr) planned.push_back({&source, {Value::unknown(found.rest).with_maybe(), {}}, number});
  }
  bool is_block = !mapping.each.steps.empty();
  for (const Planned& plan : planned) {
    Node node = node_of(instance, mapping.kind);
    bool is_alone = planned.size() == 1 && !is_block;
    node.address =
        is_alone ? address : state_->arena.copy(fmt::format("{}/{}[{}]", address, plan.source->label, plan.number));
    node.body = block;
    if (is_block && block.origin().is_known()) {
      node.header = block.origin();
      node.whole = whole_of(block);
    }
    if (block.is_maybe() || plan.item.value.is_maybe()) node.multiplicity.least = 0;
    // An unknown list of peers: one node stands for as many as there are.
    if (plan.item.value.is_unknown() && plan.item.value.is_maybe()) {
      node.multiplicity = {0, Multiplicity::kInfinite, &plan.item.value.why()};
    }
    add_node(node, {&mapping, index, block, plan.source, plan.item});
  }
}

NodeId GraphBuilder::add_node(const Node& node, Origin origin) {
  NodeId id{static_cast<std::uint32_t>(state_->nodes.size())};
  state_->nodes.push_back(node);
  state_->nodes.back().id = id;
  origins_.push_back(origin);
  state_->configuration_of.push_back(instances_[origin.instance].configuration);
  set_attributes(id, origin);
  return id;
}

void GraphBuilder::set_attributes(NodeId id, const Origin& origin) {
  const Node& node = state_->nodes[id.index];
  const KindInfo& kind = schema_.kind(node.kind);
  std::size_t begin = state_->attributes.size();
  state_->attribute_begin.push_back(static_cast<std::uint32_t>(begin));
  state_->attributes.resize(begin + kind.attributes.size());
  state_->attribute_spans.resize(begin + kind.attributes.size());
  if (origin.mapping == nullptr || kind.attributes.empty()) return;
  std::uint16_t first = kind.attributes.front().id.index;
  const Value& body = instances_[origin.instance].resource->body;
  auto set = [&](const AttributeSource& source, AttributeValue found) {
    std::size_t local = source.id.index - first;
    bool is_nothing = source.form == AttributeSource::Form::kPresent && !found.span.is_known();
    if (node.is_external && is_nothing) found.value = Value::absent();
    if (found.value.is_unset() && !node.is_external) found.value = default_of(source, origin.block, body);
    state_->attributes[begin + local] = found.value;
    state_->attribute_spans[begin + local] = found.span;
  };
  for (const AttributeSource& source : origin.mapping->attributes) {
    const Type& type = kind.attributes[source.id.index - first].type;
    set(source, read_attribute(state_->arena, source, type, origin.block, body));
  }
  if (origin.item != nullptr) {
    for (const ItemSource& other : origin.mapping->per) {
      if (!other.is_edge) set(other.attribute, {});
    }
    if (!origin.item->is_edge) {
      const AttributeSource& source = origin.item->attribute;
      const Type& type = kind.attributes[source.id.index - first].type;
      Value value = coerce(state_->arena, source, type, origin.item_value.value).with_maybe(false);
      set(source, {value, origin.item_value.span});
    }
  }
  if (!node.is_external) return;
  // What a data source does not give as argument is read from the cloud.
  for (const AttributeSource& source : origin.mapping->attributes) {
    Value& value = state_->attributes[begin + source.id.index - first];
    if (!value.is_unset() || source.form == AttributeSource::Form::kConstant || source.from.empty()) continue;
    std::vector<Step> path;
    for (const SourcePath::Step& step : source.from.front().steps) {
      path.push_back({Step::Kind::kAttribute, step.name, 0});
      if (step.each) path.push_back({Step::Kind::kSplat, {}, 0});
    }
    const Symbol* symbol = state_->arena.make<Symbol>(Symbol::Kind::kData, node.address, state_->arena.copy(path));
    value = Value::unknown(why(UnknownReason::kData, fmt::format("`{}` is read from the cloud", node.address), symbol));
  }
}

void GraphBuilder::register_ids(NodeId id, const Mapping& mapping) {
  const Instance& instance = instances_[origins_[id.index].instance];
  Found found;
  for (const SourcePath& path : mapping.ids) {
    find_values(path, instance.resource->body, instance.resource->body, found);
  }
  for (const Found::Item& item : found.items) {
    std::string key = reference_key(item.value);
    if (key.empty()) continue;
    if (item.value.is_unknown()) has_symbol_ids_ = true;
    std::vector<NodeId>& nodes = names_[instance.configuration].ids[key];
    if (nodes.empty() || nodes.back() != id) nodes.push_back(id);
  }
}

void GraphBuilder::mark_partial(NodeId owner, const Mapping& mapping, const Unknown* why) {
  for (const EdgeSource& source : mapping.edges) {
    if (source.is_owner) state_->reverse[source.id.index].rest_of.emplace(owner.index, why);
  }
}

}  // namespace halint
