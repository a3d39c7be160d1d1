// Answers the questions of rules from a graph and its topology.
// SPDX-License-Identifier: Apache-2.0
#include "rules/graph_host.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cel/operations.h"
#include "rules/rule_logic.h"
#include "topology/zones.h"

namespace halint {
namespace {

using Source = MemberRef::Source;

// An id that AWS gave to something that exists: "subnet-0a1b2c3d".
bool is_literal_id(std::string_view text) {
  const std::size_t dash = text.rfind('-');
  if (dash == std::string_view::npos || dash == 0 || text.size() - dash < 9) return false;
  return text.substr(dash + 1).find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

cel::Outcome outcome_of(const Value& value) {
  return {value, cel::reason_of(value), false};
}

}  // namespace

GraphHost::GraphHost(const Topology& topology, const Members& members, const Policy& policy)
    : topology_(topology),
      graph_(topology.graph()),
      members_(members),
      policy_(policy),
      evaluator_(first_arena_, *this, regexes_) {}

void GraphHost::use_arena(Arena& arena) {
  evaluator_.reset(arena, cel::kBudget);
}

void GraphHost::bind(const RuleLogic& logic, NodeId node) {
  logic_ = &logic;
  each_ = node;
  lets_.assign(logic.lets.size(), std::nullopt);
  item_ = {};
}

cel::Outcome GraphHost::variable(std::uint32_t index) {
  if (index == kEachVariable) return {Value::node(each_), nullptr, false};
  if (index == kPolicyVariable) return {Value::node(kPolicyNode), nullptr, false};
  const std::size_t let = index - kFirstLet;
  if (let >= lets_.size()) return item_;
  if (!lets_[let]) {
    cel::Outcome outcome = evaluator_.evaluate(*logic_->lets[let]);
    lets_[let] = outcome;
  }
  return *lets_[let];
}

cel::Outcome GraphHost::member(NodeId node, std::uint32_t member) {
  if (node == kPolicyNode) {
    const MemberRef ref = members_.find_policy(member);
    return ref.source == Source::kPolicy ? read_policy(static_cast<PolicyMember>(ref.id)) : cel::Outcome{Value::null()};
  }
  const cel::Outcome outcome = read(node, members_.find(graph_.node(node).kind, member));
  if (is_tracing_) reads_.push_back({node, member, outcome.value});
  return outcome;
}

Truth GraphHost::has(NodeId node, std::uint32_t member) {
  const cel::Outcome found = this->member(node, member);
  const Value& value = found.value;
  const bool is_attribute =
      node == kPolicyNode || members_.find(graph_.node(node).kind, member).source == Source::kAttribute;
  if (is_attribute) {
    // A list that is written is set even if it is empty.
    if (node != kPolicyNode) {
      const MemberRef ref = members_.find(graph_.node(node).kind, member);
      return graph_.attribute(node, AttributeId{ref.id}).is_unset() ? Truth::kFalse : Truth::kTrue;
    }
    return value.is_unset() ? Truth::kFalse : Truth::kTrue;
  }
  if (value.is_unknown()) return Truth::kUnknown;
  if (value.is(ValueKind::kList) || value.is(ValueKind::kSet)) {
    const Interval size = cel::count(*this, value);
    return size.lower > 0 ? Truth::kTrue : size.upper > 0 ? Truth::kUnknown : Truth::kFalse;
  }
  if (value.is(ValueKind::kMap)) return value.members().empty() ? Truth::kFalse : Truth::kTrue;
  return value.is_unset() ? Truth::kFalse : Truth::kTrue;
}

cel::Outcome GraphHost::read(NodeId node, MemberRef ref) {
  switch (ref.source) {
    case Source::kNone:
      return {Value::null()};
    case Source::kPolicy:
      return {Value::null()};
    case Source::kCommon:
      return read_common(node, static_cast<CommonMember>(ref.id));
    case Source::kFact: {
      cel::Outcome outcome = outcome_of(topology_.fact(node, FactId{ref.id}));
      if (outcome.why != nullptr || !outcome.value.is(ValueKind::kList)) return outcome;
      for (const Value& item : outcome.value.items()) {
        if (item.is_maybe() && item.is(ValueKind::kNode)) outcome.why = doubt(item.as_node());
        if (outcome.why != nullptr) break;
      }
      return outcome;
    }
    case Source::kAttribute: {
      const Value& value = graph_.attribute(node, AttributeId{ref.id});
      if (!value.is_unset()) return outcome_of(value);
      if (ref.type == Type::Kind::kList) return {Value::list(evaluator_.arena(), {})};
      if (ref.type == Type::Kind::kMap) return {Value::map(evaluator_.arena(), {})};
      return {Value::null()};
    }
    case Source::kEdge: {
      const Targets targets = graph_.targets(node, EdgeId{ref.id});
      return ref.type == Type::Kind::kList ? many({targets}) : one_of(targets);
    }
    case Source::kReverse: {
      std::vector<Targets> parts;
      for (EdgeId edge : members_.reverse_edges(ref)) parts.push_back(graph_.sources(node, edge));
      return many(parts);
    }
  }
  return {Value::null()};
}

cel::Outcome GraphHost::read_common(NodeId id, CommonMember member) {
  const Node& node = graph_.node(id);
  Arena& arena = evaluator_.arena();
  switch (member) {
    case CommonMember::kAddress:
      return {Value::string(arena, node.address)};
    case CommonMember::kName:
      return {Value::string(arena, node.name)};
    case CommonMember::kKind:
      return {Value::string(arena, graph_.schema().kind(node.kind).name)};
    case CommonMember::kType:
      return {Value::string(arena, node.type)};
    case CommonMember::kFormat:
      return {Value::string(arena, name_of(node.format))};
    case CommonMember::kIsExternal:
      return {Value::boolean(node.is_external)};
    case CommonMember::kRaw:
      return outcome_of(node.body.is(ValueKind::kMap) || node.body.is_unknown() ? node.body : Value::map(arena, {}));
  }
  return {Value::null()};
}

Value GraphHost::integers(const std::vector<std::int64_t>& numbers) {
  std::vector<Value> items;
  for (std::int64_t number : numbers) items.push_back(Value::integer(number));
  return Value::list(evaluator_.arena(), items);
}

cel::Outcome GraphHost::read_policy(PolicyMember member) {
  Arena& arena = evaluator_.arena();
  switch (member) {
    case PolicyMember::kTargetAzs:
      return {Value::integer(policy_.target_azs)};
    case PolicyMember::kRegionAzs:
      return {Value::integer(policy_.region_azs)};
    case PolicyMember::kRequiredFraction:
      return {Value::real(policy_.required_fraction)};
    case PolicyMember::kPrivatePrefixMax:
      return {Value::integer(policy_.private_prefix_max)};
    case PolicyMember::kBastionMaxPrefix:
      return {Value::map(arena, {{"ipv4", Value::integer(policy_.bastion_max_prefix_ipv4), {}},
                                 {"ipv6", Value::integer(policy_.bastion_max_prefix_ipv6), {}}})};
    case PolicyMember::kSshPorts:
      return {integers(policy_.ssh_ports)};
    case PolicyMember::kCpuTarget:
      return {integers(policy_.cpu_target)};
    case PolicyMember::kTlsBackend:
      return {Value::string(arena, policy_.tls_backend)};
    case PolicyMember::kAsgMin:
      return {Value::integer(policy_.asg_min)};
    case PolicyMember::kMinGrace:
      return {Value::integer(policy_.min_grace)};
    case PolicyMember::kBackupDays:
      return {Value::integer(policy_.backup_days)};
    case PolicyMember::kTimeZone:
      return {Value::string(arena, policy_.time_zone)};
    case PolicyMember::kCollation:
      return {Value::string(arena, policy_.collation)};
    case PolicyMember::kCacheClusterMode:
      return {Value::string(arena, policy_.cache_cluster_mode)};
    case PolicyMember::kIpv6:
      return {Value::string(arena, policy_.ipv6)};
  }
  return {Value::null()};
}

// An edge that leads to one node: null, the node, or unknown if there are several candidates.
cel::Outcome GraphHost::one_of(const Targets& targets) {
  if (targets.links.size() == 1 && targets.links[0].is_certain)
    return {Value::node(targets.links[0].node, targets.links[0].span)};
  if (targets.links.empty() && targets.rest == nullptr) return {Value::null()};
  const Unknown* why = targets.rest;
  for (const Link& link : targets.links) {
    if (why == nullptr) why = doubt(link.node);
  }
  if (why == nullptr) {
    static constexpr Unknown kSeveral{UnknownReason::kMultiplicity, "it is not known which of several it refers to", "",
                                      nullptr, Shape::kAny};
    why = &kSeveral;
  }
  return {Value::unknown(why), why, false};
}

cel::Outcome GraphHost::many(const std::vector<Targets>& parts) {
  std::vector<Value> items;
  const Unknown* rest = nullptr;
  const Unknown* why = nullptr;
  // Where each node stands in `items`, valid if its mark is this read's: several links may lead to one node.
  if (places_.empty()) places_.resize(graph_.nodes().size());
  ++mark_;
  for (const Targets& targets : parts) {
    if (rest == nullptr) rest = targets.rest;
    for (const Link& link : targets.links) {
      const bool is_maybe = !link.is_certain || !graph_.node(link.node).multiplicity.is_certain();
      if (is_maybe && why == nullptr) why = doubt(link.node);
      Place& place = places_[link.node.index];
      if (place.mark != mark_) {
        place = {mark_, static_cast<std::uint32_t>(items.size())};
        items.push_back(Value::node(link.node, link.span).with_maybe(is_maybe));
      } else if (!is_maybe) {
        items[place.position] = items[place.position].with_maybe(false);
      }
    }
  }
  return {Value::list(evaluator_.arena(), items, {}, rest), rest != nullptr ? rest : why, false};
}

Truth GraphHost::same_node(NodeId a, NodeId b) {
  if (a == kPolicyNode || b == kPolicyNode) return a == b ? Truth::kTrue : Truth::kFalse;
  const Node& first = graph_.node(a);
  const Node& second = graph_.node(b);
  // The summary of an unknown number of nodes stands for each of them.
  if (a == b) return first.multiplicity.most > 1 ? Truth::kUnknown : Truth::kTrue;
  if (!first.is_external && !second.is_external) return Truth::kFalse;
  if (first.kind != second.kind && first.kind.index != 0 && second.kind.index != 0) return Truth::kFalse;
  const bool are_literal = is_literal_id(first.address) && is_literal_id(second.address);
  return are_literal && first.address != second.address ? Truth::kFalse : Truth::kUnknown;
}

Truth GraphHost::same_zone(const ZoneTerm& a, const ZoneTerm& b) {
  return halint::same_zone(a, b, region_zones());
}

Multiplicity GraphHost::multiplicity(NodeId node) {
  return node == kPolicyNode ? Multiplicity{} : graph_.node(node).multiplicity;
}

const Unknown* GraphHost::doubt(NodeId id) {
  if (id == kPolicyNode) return nullptr;
  const Node& node = graph_.node(id);
  if (node.multiplicity.is_certain() && node.multiplicity.most == 1) return nullptr;
  if (node.multiplicity.why != nullptr) return node.multiplicity.why;
  const bool is_one = node.multiplicity.most == 1;
  const std::string detail = is_one ? fmt::format("it is not known whether `{}` exists", node.address)
                                    : fmt::format("the number of `{}` is not known", node.address);
  Unknown why;
  why.reason = UnknownReason::kMultiplicity;
  why.detail = evaluator_.arena().copy(std::string_view(detail));
  return evaluator_.arena().make<Unknown>(why);
}

void GraphHost::start_trace() {
  is_tracing_ = true;
  reads_.clear();
  assumptions_.clear();
  lets_.assign(lets_.size(), std::nullopt);
}

std::vector<Read> GraphHost::take_reads() {
  is_tracing_ = false;
  return std::exchange(reads_, {});
}

std::vector<std::string> GraphHost::take_assumptions() {
  return std::exchange(assumptions_, {});
}

void GraphHost::note_assumptions(const Value& zones) {
  if (!is_tracing_) return;
  for (const Value& item : zones.items()) {
    if (!item.is(ValueKind::kZone) || !item.as_zone().assumed) continue;
    std::string text = fmt::format("the items of `{}` are different zones", item.as_zone().text);
    if (std::find(assumptions_.begin(), assumptions_.end(), text) == assumptions_.end())
      assumptions_.push_back(std::move(text));
  }
}

}  // namespace halint
