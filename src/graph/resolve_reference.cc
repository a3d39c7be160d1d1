// What a value refers to: symbols, names and literal ids become nodes of the graph.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "graph/attribute_value.h"
#include "graph/graph_builder.h"
#include "graph/may_be_list.h"

namespace halint {
namespace {

bool is_many(const Schema& schema, EdgeId id) {
  return std::ranges::any_of(schema.kinds(), [&](const KindInfo& kind) {
    return std::ranges::any_of(kind.edges, [&](const EdgeInfo& edge) { return edge.id == id && edge.is_many; });
  });
}

constexpr int kDeepest = 8;  // Edges followed to find out what an attribute of another node is.
constexpr std::size_t kMostNamesakes = 100;

// Indexes that run over the instances of a resource: the same text in two resources means the same instance.
bool is_instance_index(std::string_view index) {
  return index == "count.index" || index == "each.key" || index == "each.value";
}

std::string instance_key(const Step& step) {
  return step.kind == Step::Kind::kIndex ? fmt::format("[{}]", step.index) : fmt::format("[\"{}\"]", step.name);
}

}  // namespace

std::string reference_key(const Value& value) {
  if (value.is(ValueKind::kString)) return std::string(value.as_string());
  if (value.is(ValueKind::kNumber)) return to_text(value);
  if (value.symbol() != nullptr) return "\x01" + to_text(*value.symbol());
  if (!value.is(ValueKind::kTemplate)) return {};
  std::string text = "\x02";
  for (const Value& part : value.items()) {
    std::string inner = reference_key(part);
    if (inner.empty()) return {};
    text += inner + '\x03';
  }
  return text;
}

bool GraphBuilder::allows(const Reference& reference, KindId kind) const {
  return std::ranges::find(reference.kinds, kind) != reference.kinds.end();
}

void GraphBuilder::add_link(const Reference& reference, NodeId target, bool is_certain, Resolved& resolved) const {
  resolved.links.push_back({target, reference.span, is_certain});
}

void GraphBuilder::resolve_found(const Reference& reference, const Found& found, Resolved& resolved) {
  Reference own = reference;
  for (const Found::Item& item : found.items) {
    own.span = item.span;
    Value value = split_items(state_->arena, reference.source->split, item.value);
    if (!value.is(ValueKind::kList) && !value.is(ValueKind::kSet)) {
      resolve(own, value, resolved);
      continue;
    }
    // A list where one is expected: each item is one.
    for (const Value& inner : value.items()) resolve(own, inner, resolved);
    if (value.rest() != nullptr) resolved.rest = value.rest();
  }
  if (found.rest == nullptr) return;
  // `aws_subnet.all[*].id`, of an unknown number: all of them, whatever their number.
  const Symbol* symbol = found.rest->symbol;
  bool is_all = symbol != nullptr && symbol->kind == Symbol::Kind::kResource && !symbol->path.empty() &&
                symbol->path.front().kind == Step::Kind::kSplat;
  if (is_all && resolve_instances(reference, Value::unknown(found.rest), resolved)) return;
  resolved.rest = found.rest;
}

void GraphBuilder::resolve(const Reference& reference, const Value& value, Resolved& resolved) {
  if (value.is(ValueKind::kString)) return resolve_text(reference, value, value.as_string(), resolved);
  if (value.is(ValueKind::kNumber)) return resolve_text(reference, value, state_->arena.copy(to_text(value)), resolved);
  if (value.is(ValueKind::kTemplate)) return resolve_template(reference, value, resolved);
  if (value.is_unknown()) {
    if (value.symbol() != nullptr) return resolve_symbol(reference, value, resolved);
    resolved.rest = &value.why();
  }
}

bool GraphBuilder::resolve_id(const Reference& reference, const Value& value, const std::string& key,
                              Resolved& resolved) {
  const Names& names = names_[reference.referrer->configuration];
  auto found = names.ids.find(key);
  if (found == names.ids.end()) return false;
  std::vector<NodeId> own, external;
  for (NodeId id : found->second) {
    const Node& node = state_->nodes[id.index];
    if (allows(reference, node.kind)) (node.is_external ? external : own).push_back(id);
  }
  // A data source that reads back what is made here is the same thing: the reference leads to what is made.
  bool is_made_here = value.symbol() != nullptr && value.symbol()->kind == Symbol::Kind::kResource &&
                      !locate(names, *value.symbol()).instances.empty();
  if (own.empty() && is_made_here) return false;
  std::vector<NodeId>& candidates = own.empty() ? external : own;
  // Names are those of a region and account: namesakes of another provider are not meant.
  auto is_foreign = [&](NodeId id) {
    return instances_[origins_[id.index].instance].resource->provider != reference.referrer->resource->provider;
  };
  if (!std::ranges::all_of(candidates, is_foreign)) std::erase_if(candidates, is_foreign);
  if (candidates.size() > kMostNamesakes) {
    resolved.rest = why(UnknownReason::kLimit, fmt::format("{} resources have this name", candidates.size()));
    return true;
  }
  for (NodeId id : candidates) add_link(reference, id, candidates.size() == 1 && !value.is_maybe(), resolved);
  return !candidates.empty();
}

void GraphBuilder::resolve_text(const Reference& reference, const Value& value, std::string_view text,
                                Resolved& resolved) {
  if (text.empty() || std::ranges::find(reference.source->except, text) != reference.source->except.end()) return;
  if (reference.source->is_elsewhere) return resolve_elsewhere(reference, value, std::string(text), resolved);
  if (resolve_id(reference, value, std::string(text), resolved) || reference.source->is_known_only) return;
  KindId kind = schema_.kind_of_id(text);
  if (kind.index == 0 || !allows(reference, kind)) kind = reference.source->kind;
  add_link(reference, external_node(reference, kind, text, value, value.origin()), !value.is_maybe(), resolved);
}

// An address that nginx passes requests to is that of a machine which Terraform makes.
void GraphBuilder::resolve_elsewhere(const Reference& reference, const Value& value, const std::string& key,
                                     Resolved& resolved) {
  std::vector<NodeId> candidates;
  for (std::uint32_t i = 0; i < names_.size(); ++i) {
    if (i == reference.referrer->configuration) continue;
    auto found = names_[i].ids.find(key);
    if (found == names_[i].ids.end()) continue;
    for (NodeId id : found->second) {
      const Node& node = state_->nodes[id.index];
      if (!node.is_external && allows(reference, node.kind)) candidates.push_back(id);
    }
  }
  if (candidates.size() > kMostNamesakes) return;
  for (NodeId id : candidates) add_link(reference, id, candidates.size() == 1 && !value.is_maybe(), resolved);
}

void GraphBuilder::resolve_template(const Reference& reference, const Value& value, Resolved& resolved) {
  std::string key = reference_key(value);
  if (!key.empty() && resolve_id(reference, value, key, resolved)) return;
  // "arn:aws:...:${aws_lb.x.arn_suffix}": one resource of a kind that fits is meant.
  std::vector<std::uint32_t> fitting;
  for (const Value& part : value.items()) {
    const Symbol* symbol = part.symbol();
    if (symbol == nullptr) continue;
    Named named = find_instances(names_[reference.referrer->configuration], *symbol);
    for (std::uint32_t index : named.instances) {
      const Instance& instance = instances_[index];
      if (instance.count > 0 && named.is_one && allows(reference, state_->nodes[instance.first.index].kind))
        fitting.push_back(index);
    }
  }
  std::ranges::sort(fitting);
  fitting.erase(std::unique(fitting.begin(), fitting.end()), fitting.end());
  if (fitting.size() == 1) {
    const Node& target = state_->nodes[instances_[fitting.front()].first.index];
    return add_link(reference, target.id, !value.is_maybe() && target.multiplicity.most == 1, resolved);
  }
  if (key.empty() || !fitting.empty() || reference.source->is_known_only) {
    resolved.rest = reason_in(value);
    return;
  }
  std::string text = to_text(value);
  NodeId id = external_node(reference, reference.source->kind, state_->arena.copy(text), value, value.origin());
  add_link(reference, id, !value.is_maybe(), resolved);
}

GraphBuilder::Named GraphBuilder::find_instances(const Names& names, const Symbol& symbol) const {
  Named named = locate(names, symbol);
  // `aws_subnet.all[*].id[0]`: after the splat, an index picks one of the instances.
  bool is_picked = named.is_all && named.path.size() == 2 && named.path.back().kind != Step::Kind::kAttribute;
  if (!is_picked) return named;
  const Step& pick = named.path.back();
  named.path = named.path.first(1);
  if (pick.kind == Step::Kind::kSplat) return named;
  named.is_all = false;
  named.is_one = named.instances.size() == 1;
  if (pick.kind == Step::Kind::kSome) named.index = pick.name;
  return named;
}

GraphBuilder::Named GraphBuilder::locate(const Names& names, const Symbol& symbol) const {
  Named named;
  named.path = symbol.path;
  if (symbol.kind != Symbol::Kind::kResource && symbol.kind != Symbol::Kind::kData) return named;
  auto skip_index = [&] {
    const Step& step = named.path.front();
    named.is_all = step.kind == Step::Kind::kSplat;
    if (step.kind == Step::Kind::kSome || step.kind == Step::Kind::kElement) named.index = step.name;
    named.path = named.path.subspan(1);
  };
  auto exact = names.instances.find(symbol.address);
  if (exact != names.instances.end()) {
    named.instances.push_back(exact->second);
    if (!named.path.empty() && named.path.front().kind != Step::Kind::kAttribute) skip_index();
    return named;
  }
  auto group = names.groups.find(symbol.address);
  if (group == names.groups.end()) return named;
  if (!named.path.empty()) {
    const Step step = named.path.front();
    if (step.kind == Step::Kind::kIndex || step.kind == Step::Kind::kAttribute) {
      auto keyed = names.instances.find(std::string(symbol.address) + instance_key(step));
      if (keyed != names.instances.end()) {
        named.instances.push_back(keyed->second);
        named.path = named.path.subspan(1);
        return named;
      }
    }
    if (step.kind != Step::Kind::kAttribute || named.path.size() > 1) skip_index();
  }
  named.instances = group->second;
  named.is_one = named.instances.size() == 1;
  return named;
}

bool GraphBuilder::is_certain(const Reference& reference, const Value& value, const Named& named,
                              const Node& target) const {
  if (value.is_maybe()) return false;
  if (named.is_all) return true;
  if (!named.is_one) return false;
  if (target.multiplicity.most <= 1) return true;
  return reference.referrer->is_summary() && is_instance_index(named.index);
}

void GraphBuilder::resolve_symbol(const Reference& reference, const Value& value, Resolved& resolved) {
  if (has_symbol_ids_ && resolve_id(reference, value, reference_key(value), resolved)) return;
  if (resolve_instances(reference, value, resolved)) return;
  if (resolve_mentions(reference, value, resolved)) return;
  if (reference.source->is_known_only) return;
  const Symbol& symbol = *value.symbol();
  auto is_kind = [](Step::Kind kind) { return [kind](const Step& step) { return step.kind == kind; }; };
  bool is_list = std::ranges::any_of(symbol.path, is_kind(Step::Kind::kSplat));
  auto some = std::ranges::find_if(symbol.path, is_kind(Step::Kind::kSome));
  bool is_nameless = some != symbol.path.end() && some->name.empty();
  // `each.value` of a collection that is not known: what it names may well be made here.
  bool is_input = symbol.address.starts_with("var.") || symbol.address.find(".var.") != std::string_view::npos;
  bool is_item = symbol.kind == Symbol::Kind::kVariable && some == symbol.path.begin() && !is_input;
  const bool is_nested = may_be_list(value) && is_many(schema_, reference.source->id);
  if (is_list || is_nameless || is_nested || (is_item && some != symbol.path.end())) {
    resolved.rest = &value.why();
    return;
  }
  // An index that differs from instance to instance names one node only where instances pair.
  bool is_paired = some == symbol.path.end() || !is_instance_index(some->name) || reference.referrer->is_summary();
  std::string text = to_text(symbol);
  NodeId id = external_node(reference, reference.source->kind, state_->arena.copy(text), value, value.origin());
  if (some != symbol.path.end() && is_instance_index(some->name)) {
    state_->nodes[id.index].multiplicity = {0, Multiplicity::kInfinite};
  }
  add_link(reference, id, is_paired && !value.is_maybe(), resolved);
}

// A call that may give one of the resources which it names: `var.own ? aws_vpc.a.id : var.vpc_id`. False if it names
// none.
bool GraphBuilder::resolve_mentions(const Reference& reference, const Value& value, Resolved& resolved) {
  if (value.symbol()->kind != Symbol::Kind::kCall) return false;
  Mentions mentions = mentions_in(reference.referrer->configuration, *value.symbol());
  bool is_made_here = mentions.is_anything;
  for (std::uint32_t index : mentions.instances) {
    const Instance& instance = instances_[index];
    if (instance.resource->is_data) continue;
    is_made_here = true;
    if (instance.count == 0 || !allows(reference, state_->nodes[instance.first.index].kind)) continue;
    add_link(reference, instance.first, false, resolved);
  }
  if (is_made_here) resolved.rest = &value.why();
  return is_made_here;
}

// False if the symbol is no attribute of a resource that names a node.
bool GraphBuilder::resolve_instances(const Reference& reference, const Value& value, Resolved& resolved) {
  Named named = find_instances(names_[reference.referrer->configuration], *value.symbol());
  if (named.instances.empty()) return false;
  bool is_resolved = true;
  for (std::uint32_t index : named.instances) {
    if (!resolve_member(reference, value, named, index, resolved)) is_resolved = false;
  }
  return is_resolved;
}

bool GraphBuilder::resolve_member(const Reference& reference, const Value& value, const Named& named,
                                  std::uint32_t instance_index, Resolved& resolved) {
  const Instance& instance = instances_[instance_index];
  if (instance.count == 0) {
    resolved.rest = &value.why();
    return true;
  }
  const Node target = state_->nodes[instance.first.index];
  const Mapping* mapping = origins_[target.id.index].mapping;
  bool certain = is_certain(reference, value, named, target);
  std::string_view name = named.path.empty() ? std::string_view() : named.path.front().name;
  bool names_node = named.path.empty() || std::ranges::any_of(mapping->ids, [&](const SourcePath& path) {
                      return path.steps.size() == 1 && path.steps.front().name == name && named.path.size() == 1;
                    });
  // Of an unmapped resource any attribute names it, but not what it holds: `outputs.vpc_id` of a remote state.
  bool is_plain = target.kind.index == 0 && named.path.size() == 1;
  if (names_node || is_plain) {
    if (allows(reference, target.kind)) {
      add_link(reference, target.id, certain, resolved);
      return true;
    }
    if (target.kind.index == 0) return false;
    if (reference.source->is_known_only) return true;
    std::string detail = fmt::format("`{}` is no {}", target.address, schema_.kind(reference.source->kind).name);
    resolved.rest = why(UnknownReason::kInvalid, detail);
    return true;
  }
  if (const Gift* gift = find_gift(target.id, name); gift != nullptr && allows(reference, gift->kind)) {
    add_link(reference, gift_node(target.id, *gift), certain, resolved);
    return true;
  }
  // `aws_lb.x.vpc_id`: what the other node's edge leads to.
  if (reference.depth >= kDeepest) return false;
  for (const EdgeSource& edge : mapping->edges) {
    for (const SourcePath& path : edge.from) {
      if (path.steps.size() != 1 || path.steps.front().name != name) continue;
      Found found;
      find_values(path, instance.resource->body, instance.resource->body, found);
      Resolved further;
      resolve_found({&instance, reference.kinds, reference.source, reference.span, reference.depth + 1}, found,
                    further);
      for (const Link& link : further.links) add_link(reference, link.node, link.is_certain && certain, resolved);
      if (!further.links.empty()) return true;
    }
  }
  return false;
}

NodeId GraphBuilder::external_node(const Reference& reference, KindId kind, std::string_view text, const Value& value,
                                   Span span) {
  Names& names = names_[reference.referrer->configuration];
  auto [entry, is_new] = names.external.emplace(fmt::format("{}:{}", kind.index, text), NodeId{});
  if (!is_new) return entry->second;
  if (value.is_sensitive()) text = "(sensitive)";
  Node node;
  node.kind = kind;
  node.address = state_->arena.copy(text);
  node.name = node.address;
  node.format = reference.referrer->resource->format;
  node.is_external = true;
  // It has no place of its own: where it is named stands for it.
  node.header = node.whole = span.is_known() ? span : reference.span;
  node.owner = {static_cast<std::uint32_t>(state_->nodes.size())};
  auto instance = static_cast<std::uint32_t>(reference.referrer - instances_.data());
  NodeId id = add_node(node, {nullptr, instance, {}, nullptr, {}});
  entry->second = id;
  std::uint32_t configuration = reference.referrer->configuration;
  const Symbol* symbol = value.symbol();
  if (symbol != nullptr && symbol->kind == Symbol::Kind::kCall && mentions_in(configuration, *symbol).is_data) {
    read_back_.insert(id.index);
  }
  if (symbol != nullptr && symbol->kind == Symbol::Kind::kData && reads_back(configuration, value, 0)) {
    read_back_.insert(id.index);
  }
  const Unknown* reason = reason_in(value);
  if (reason == nullptr) reason = why(UnknownReason::kExternal, fmt::format("`{}` is not made in these files", text));
  std::size_t begin = state_->attribute_begin[id.index];
  for (std::size_t i = begin; i < state_->attributes.size(); ++i) {
    // The reason of the reference, without its identity: an attribute of the thing is not the thing.
    state_->attributes[i] =
        Value::unknown(state_->arena, {reason->reason, reason->detail, reason->decide, nullptr, Shape::kAny});
  }
  for (const EdgeInfo& edge : schema_.kind(kind).edges) rests_.push_back({id, edge.id, reason});
  return id;
}

}  // namespace halint
