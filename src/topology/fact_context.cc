// The graph as facts see it, and their memory.
// SPDX-License-Identifier: Apache-2.0
#include "topology/fact_context.h"

#include <fmt/format.h>

#include <utility>

#include "topology/mentions.h"
#include "topology/routes.h"
#include "topology/security_groups.h"

namespace halint {
namespace {

enum State : std::uint8_t { kNotAsked, kInProgress, kDone };

const Value kAbsentValue;

// What a summary is made of often depends on its index, and that says why the count is not known.
const Unknown* reason_of_count(const Value& value, int depth) {
  constexpr int kDeepEnough = 4;
  if (depth > kDeepEnough) return nullptr;
  if (value.is_unknown()) return value.why().reason == UnknownReason::kMultiplicity ? &value.why() : nullptr;
  const Unknown* found = nullptr;
  if (value.is(ValueKind::kMap)) {
    for (const Member& member : value.members()) {
      found = reason_of_count(member.value, depth + 1);
      if (found != nullptr) return found;
    }
  } else if (value.is(ValueKind::kList) || value.is(ValueKind::kSet) || value.is(ValueKind::kTemplate)) {
    for (const Value& item : value.items()) {
      found = reason_of_count(item, depth + 1);
      if (found != nullptr) return found;
    }
  }
  return nullptr;
}

// Looked up once: a run has a graph for each root, and all of them have the schema that halint brings along.
const Vocabulary& vocabulary_of(const Schema& schema, std::unique_ptr<const Vocabulary>& own) {
  static const Vocabulary builtin(builtin_schema());
  if (&schema == &builtin_schema()) return builtin;
  own = std::make_unique<const Vocabulary>(schema);
  return *own;
}

}  // namespace

FactContext::FactContext(const Graph& of, TopologyOptions with)
    : graph(of), options(std::move(with)), names(vocabulary_of(of.schema(), own_names_)), places_(of.nodes().size()) {
  for (const KindInfo& kind : graph.schema().kinds()) {
    std::uint32_t place = 0;
    for (NodeId id : graph.nodes_of(kind.id)) places_[id.index] = place++;
  }
}
FactContext::~FactContext() = default;

FactContext::Memo& FactContext::memo_of(ComputeFact compute, KindId kind) {
  std::vector<std::unique_ptr<Memo>>& by_kind = memos_[compute];
  if (by_kind.size() <= kind.index) by_kind.resize(kind.index + 1u);
  std::unique_ptr<Memo>& memo = by_kind[kind.index];
  if (memo == nullptr) {
    memo = std::make_unique<Memo>();
    memo->values.resize(graph.nodes_of(kind).size());
    memo->states.resize(memo->values.size(), kNotAsked);
  }
  return *memo;
}

Value FactContext::ask(ComputeFact compute, NodeId id) {
  Memo& memo = memo_of(compute, node(id).kind);  // Its address does not change while other facts are computed.
  const std::uint32_t place = places_[id.index];
  std::uint8_t& state = memo.states[place];
  if (state == kDone) return memo.values[place];
  if (state == kInProgress) {
    return Value::unknown(because(UnknownReason::kInvalid, fmt::format("`{}` depends on itself", node(id).address)));
  }
  // Replicas of replicas of replicas: some facts follow a chain that the input makes.
  constexpr int kDeepest = 100;
  if (depth_ >= kDeepest) {
    return Value::unknown(
        because(UnknownReason::kLimit, fmt::format("what `{}` depends on is too far away", node(id).address)));
  }
  state = kInProgress;
  ++depth_;
  Value value = compute(*this, id);
  --depth_;
  memo.values[place] = value;
  state = kDone;
  return value;
}

const Value& FactContext::attribute(NodeId id, const AttributeName& name) const {
  const AttributeInfo* info = name.of(node(id).kind);
  return info != nullptr ? graph.attribute(id, info->id) : kAbsentValue;
}

Span FactContext::attribute_span(NodeId id, const AttributeName& name) const {
  const AttributeInfo* info = name.of(node(id).kind);
  return info != nullptr ? graph.attribute_span(id, info->id) : node(id).header;
}

NodeSet FactContext::targets(NodeId id, const EdgeName& edge) {
  NodeSet set;
  const EdgeInfo* info = edge.of(node(id).kind);
  if (info == nullptr) return set;
  Targets found = graph.targets(id, info->id);
  set.add_rest(found.rest);
  for (const Link& link : found.links) {
    set.add(link.node, link.span, link.is_certain);
    if (info->is_many) set.add_rest(many(link.node));
  }
  return set;
}

std::optional<NodeId> FactContext::target(NodeId id, const EdgeName& edge) {
  const EdgeInfo* info = edge.of(node(id).kind);
  if (info == nullptr) return std::nullopt;
  Targets found = graph.targets(id, info->id);
  if (found.links.size() != 1 || !found.links[0].is_certain) return std::nullopt;
  return found.links[0].node;
}

NodeSet FactContext::sources(NodeId id, KindId kind, const EdgeName& edge) {
  NodeSet set;
  const EdgeInfo* info = edge.of(kind);
  if (info == nullptr) return set;
  Targets found = graph.sources(id, info->id);
  for (const Link& link : found.links) {
    set.add(link.node, link.span, link.is_certain && node(link.node).multiplicity.is_certain());
    set.add_rest(many(link.node));
  }
  set.add_rest(found.rest);
  return set;
}

const Unknown* FactContext::because(UnknownReason reason, const std::string& detail, std::string_view decide) {
  const Unknown*& known = reasons_[detail];
  if (known == nullptr) {
    known = arena().make<Unknown>(
        Unknown{.reason = reason, .detail = arena().copy(detail), .decide = arena().copy(decide)});
  }
  return known;
}

const Unknown* FactContext::many(NodeId id) {
  const Node& summary = node(id);
  if (summary.multiplicity.most <= 1) return nullptr;
  const Unknown*& why = summaries_[id.index];
  if (why == nullptr) why = reason_of_count(summary.body, 0);
  if (why == nullptr) {
    why =
        because(UnknownReason::kMultiplicity, fmt::format("it is not known how many `{}` there are", summary.address));
  }
  return why;
}

const Unknown* FactContext::outside(NodeId id, std::string_view what) {
  // The graph gives every attribute of such a node the reason of the reference by which it is known.
  const Value& tags = attribute(id, names.tags);
  if (tags.is_unknown() && !tags.why().decide.empty()) return &tags.why();
  return because(UnknownReason::kExternal, fmt::format("{} of `{}` are not in these files", what, node(id).address));
}

Answer FactContext::truth_of(const Value& value) {
  if (value.is(ValueKind::kBool)) return Answer::of(value.as_bool());
  const Unknown* why = reason_of(value);
  return why != nullptr ? Answer::unknown(why) : Answer::no();
}

const Unknown* FactContext::reason_of(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kUnknown:
      return &value.why();
    case ValueKind::kTemplate:
      for (const Value& part : value.items()) {
        if (part.is_unknown()) return &part.why();
      }
      break;
    case ValueKind::kInterval:
      break;
    default:
      return nullptr;
  }
  return because(UnknownReason::kComputed, fmt::format("`{}` is not known exactly", to_text(value)));
}

RouteMap& FactContext::routes() {
  if (routes_ == nullptr) routes_ = std::make_unique<RouteMap>(*this);
  return *routes_;
}

Mentions& FactContext::mentions() {
  if (mentions_ == nullptr) mentions_ = std::make_unique<Mentions>(*this);
  return *mentions_;
}

GroupRules& FactContext::rules_of(NodeId group) {
  std::unique_ptr<GroupRules>& rules = group_rules_[group.index];
  if (rules == nullptr) rules = std::make_unique<GroupRules>(gather_rules(*this, group));
  return *rules;
}

}  // namespace halint
