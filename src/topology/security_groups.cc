// Security groups and their rules.
// SPDX-License-Identifier: Apache-2.0
#include "topology/security_groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "topology/cidr_value.h"
#include "topology/mentions.h"

namespace halint {
namespace {

// Bounds of a port as far as they are known.
struct PortBound {
  std::optional<double> lower, upper;
  const Unknown* why = nullptr;
};

PortBound bound_of(FactContext& facts, const Value& value) {
  if (value.is(ValueKind::kNumber)) return {.lower = value.as_number(), .upper = value.as_number()};
  if (value.is(ValueKind::kInterval)) {
    return {.lower = value.bounds().lower, .upper = value.bounds().upper, .why = facts.reason_of(value)};
  }
  const Unknown* why = facts.reason_of(value);
  if (why == nullptr) why = facts.because(UnknownReason::kInvalid, "a rule for TCP or UDP needs both of its ports");
  return {.lower = std::nullopt, .upper = std::nullopt, .why = why};
}

Answer in_ports(FactContext& facts, NodeId rule, std::int64_t port) {
  PortBound from = bound_of(facts, facts.attribute(rule, facts.names.from_port));
  PortBound to = bound_of(facts, facts.attribute(rule, facts.names.to_port));
  auto at = static_cast<double>(port);
  if ((from.lower && *from.lower > at) || (to.upper && *to.upper < at)) return Answer::no();
  if (from.upper && *from.upper <= at && to.lower && *to.lower >= at) return Answer::yes();
  return Answer::unknown(from.why != nullptr ? from.why : to.why);
}

// Rules of one direction that admit the same ports of the same protocol.
struct PortKey {
  Protocol protocol;
  std::int64_t from, to;
  friend auto operator<=>(const PortKey&, const PortKey&) = default;

  bool includes(const PortKey& other) const {
    if (protocol == Protocol::kAll) return true;
    return protocol == other.protocol && from <= other.from && other.to <= to;
  }
};

std::optional<PortKey> port_key(FactContext& facts, NodeId rule) {
  const Unknown* why = nullptr;
  std::optional<Protocol> protocol = protocol_of(facts, rule, &why);
  if (!protocol) return std::nullopt;
  if (*protocol == Protocol::kAll) return PortKey{.protocol = *protocol, .from = 0, .to = 0};
  const Value& from = facts.attribute(rule, facts.names.from_port);
  const Value& to = facts.attribute(rule, facts.names.to_port);
  if (!from.is(ValueKind::kNumber) || !to.is(ValueKind::kNumber)) return std::nullopt;
  return PortKey{.protocol = *protocol, .from = from.as_integer(), .to = to.as_integer()};
}

// The ranges that no other range contains. Prefixes are nested or apart, so what is left is disjoint.
std::vector<Cidr> outermost(std::vector<Cidr> ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const Cidr& a, const Cidr& b) {
    return std::pair(first_of(a), a.prefix_length) < std::pair(first_of(b), b.prefix_length);
  });
  std::vector<Cidr> kept;
  for (const Cidr& range : ranges) {
    if (kept.empty() || !contains(kept.back(), range)) kept.push_back(masked(range));
  }
  return kept;
}

// Rules of one group and direction that admit the same ports, with their ranges of one family.
using RangeRule = std::pair<Cidr, NodeId>;
using Buckets = std::map<PortKey, std::vector<RangeRule>>;

// Marks rules that are the world only together, with each other and with rules that admit more ports.
void mark_unions(const Buckets& buckets, GroupRules& group) {
  constexpr std::size_t kMany = 256;  // Nobody writes so many; comparing each with each would take long.
  for (const auto& [key, rules] : buckets) {
    std::vector<Cidr> ranges;
    for (const auto& [other, its_rules] : buckets) {
      if (buckets.size() > kMany ? other != key : !other.includes(key)) continue;
      for (const RangeRule& rule : its_rules) ranges.push_back(rule.first);
    }
    ranges = outermost(std::move(ranges));
    if (!covers_world(ranges)) continue;
    for (const auto& [range, rule] : rules) {
      if (std::find(ranges.begin(), ranges.end(), masked(range)) != ranges.end()) group.world.insert(rule.index);
    }
  }
}

// Marks rules whose ranges are the world, alone or together.
void find_world(FactContext& facts, const NodeSet& rules, GroupRules& group) {
  Buckets families[2];  // IPv4, IPv6
  double share[2] = {0, 0};
  for (const NodeItem& item : rules.items()) {
    RangeShape shape = shape_of(facts, facts.attribute(item.node, facts.names.cidr));
    if (!shape.range) continue;
    if (shape.range->prefix_length == 0) {
      group.world.insert(item.node.index);
      continue;
    }
    if (!item.is_certain) continue;
    std::size_t family = shape.range->address.is_v6 ? 1 : 0;
    share[family] += std::exp2(-shape.range->prefix_length);
    if (std::optional<PortKey> key = port_key(facts, item.node))
      families[family][*key].emplace_back(*shape.range, item.node);
  }
  // Nearly always the ranges are too small to be the world, whatever their ports.
  for (std::size_t family : {0u, 1u}) {
    if (share[family] >= 1) mark_unions(families[family], group);
  }
}

Value rules_in(FactContext& facts, const NodeSet& groups, NodeSet GroupRules::*direction) {
  // Many nodes share one large group: they share its list as well.
  bool is_one = groups.items().size() == 1 && groups.items()[0].is_certain && groups.rest() == nullptr;
  if (is_one && direction == &GroupRules::ingress) return facts.ask(group_ingress, groups.items()[0].node);
  NodeSet rules;
  for (const NodeItem& group : groups.items()) rules.add_all(facts.rules_of(group.node).*direction, group.is_certain);
  rules.add_rest(groups.rest());
  return rules.to_value(facts.arena());
}

}  // namespace

std::optional<Protocol> protocol_of(FactContext& facts, NodeId rule, const Unknown** why) {
  const Value& value = facts.attribute(rule, facts.names.protocol);
  if (value.is(ValueKind::kNumber)) {
    switch (value.as_integer()) {
      case -1:
        return Protocol::kAll;
      case 1:
      case 58:
        return Protocol::kIcmp;
      case 6:
        return Protocol::kTcp;
      case 17:
        return Protocol::kUdp;
      default:
        return Protocol::kOther;
    }
  }
  if (value.is(ValueKind::kString)) {
    std::string name(value.as_string());
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (name == "-1" || name == "all" || name == "any") return Protocol::kAll;
    if (name == "tcp" || name == "6") return Protocol::kTcp;
    if (name == "udp" || name == "17") return Protocol::kUdp;
    if (name == "icmp" || name == "icmpv6" || name == "1" || name == "58") return Protocol::kIcmp;
    return Protocol::kOther;
  }
  *why = facts.reason_of(value);
  if (*why == nullptr) {
    *why = facts.because(UnknownReason::kInvalid, fmt::format("`{}` has no protocol", facts.node(rule).address));
  }
  return std::nullopt;
}

Answer covers_port(FactContext& facts, NodeId rule, std::int64_t port) {
  const Unknown* why = nullptr;
  std::optional<Protocol> protocol = protocol_of(facts, rule, &why);
  if (protocol == Protocol::kAll) return Answer::yes();
  if (protocol && *protocol != Protocol::kTcp) return Answer::no();
  Answer ports = in_ports(facts, rule, port);
  // Whatever the protocol, these are not its ports (but -1 has none, so only numbers count).
  return protocol ? ports : Answer::unknown(why);
}

Answer is_for_port(FactContext& facts, NodeId rule, std::int64_t port) {
  constexpr double kFewPorts = 10;
  const Unknown* why = nullptr;
  if (protocol_of(facts, rule, &why) == Protocol::kAll) return Answer::no();
  PortBound from = bound_of(facts, facts.attribute(rule, facts.names.from_port));
  PortBound to = bound_of(facts, facts.attribute(rule, facts.names.to_port));
  if (from.upper && to.lower && *to.lower - *from.upper > kFewPorts) return Answer::no();
  return covers_port(facts, rule, port);
}

Answer is_world_rule(FactContext& facts, NodeId rule) {
  RangeShape shape = shape_of(facts, facts.attribute(rule, facts.names.cidr));
  if (shape.range) {
    if (shape.range->prefix_length == 0) return Answer::yes();
    std::optional<NodeId> group = facts.target(rule, facts.names.to_group);
    return Answer::of(group && facts.rules_of(*group).world.contains(rule.index));
  }
  if (shape.is_set) return shape.shortest > 0 ? Answer::no() : Answer::unknown(shape.why);
  // The peer is no range but another group, the group itself, or a prefix list, which may hold anything.
  NodeSet lists = facts.targets(rule, facts.names.to_prefix_list);
  if (!lists.is_empty()) {
    return Answer::unknown(
        facts.because(UnknownReason::kComputed,
                      fmt::format("the ranges in `{}` are not known", facts.node(lists.items()[0].node).address)));
  }
  if (!facts.targets(rule, facts.names.to_peer).is_empty()) return Answer::no();
  if (facts.truth_of(facts.attribute(rule, facts.names.is_self)).is_true()) return Answer::no();
  if (lists.rest() != nullptr) return Answer::unknown(lists.rest());
  return Answer::no();
}

GroupRules gather_rules(FactContext& facts, NodeId group) {
  GroupRules found;
  NodeSet rules = facts.sources(group, facts.names.sg_rule, facts.names.to_group);
  for (NodeItem rule : rules.items()) {
    const Value& direction = facts.attribute(rule.node, facts.names.direction);
    bool is_known = direction.is(ValueKind::kString);
    rule.is_certain = rule.is_certain && is_known;
    if (!is_known || direction.as_string() == "ingress") found.ingress.add(rule);
    if (!is_known || direction.as_string() == "egress") found.egress.add(rule);
  }
  const Unknown* rest = rules.rest();
  if (facts.node(group).is_external) rest = facts.outside(group, "the rules");
  found.ingress.add_rest(rest);
  found.egress.add_rest(rest);
  find_world(facts, found.ingress, found);
  return found;
}

NodeSet groups_of(FactContext& facts, NodeId node) {
  const Vocabulary& names = facts.names;
  NodeSet groups = facts.targets(node, names.to_security_groups);
  if (facts.node(node).is_external) groups.add_rest(facts.outside(node, "the security groups"));
  if (!groups.is_empty()) return groups;
  // What launches it, its network cards, the cluster or replication group that it is a member of.
  bool is_cache = facts.is(node, names.cache_group);
  for (const EdgeName* edge :
       {&names.to_launch_template, &names.to_network_interfaces, &names.to_cluster, &names.to_group}) {
    if (edge == &names.to_group && !is_cache) continue;
    NodeSet holders = facts.targets(node, *edge);
    for (const NodeItem& holder : holders.items()) {
      NodeSet of_holder = facts.targets(holder.node, names.to_security_groups);
      groups.add_all(of_holder, holder.is_certain);
      bool says_nothing = facts.is(holder.node, names.network_interface) && of_holder.is_empty();
      if (facts.node(holder.node).is_external || says_nothing)
        groups.add_rest(facts.outside(holder.node, "the security groups"));
    }
    groups.add_rest(holders.rest());
  }
  return groups;
}

Value node_groups(FactContext& facts, NodeId node) {
  return groups_of(facts, node).to_value(facts.arena());
}

Value node_ingress(FactContext& facts, NodeId node) {
  return rules_in(facts, groups_of(facts, node), &GroupRules::ingress);
}

Value node_egress_rules(FactContext& facts, NodeId node) {
  return rules_in(facts, groups_of(facts, node), &GroupRules::egress);
}

Value rule_is_world(FactContext& facts, NodeId rule) {
  return to_value(is_world_rule(facts, rule), facts.attribute_span(rule, facts.names.cidr));
}

Value rule_peer_is_cidr(FactContext& facts, NodeId rule) {
  return Value::boolean(!facts.attribute(rule, facts.names.cidr).is_unset(),
                        facts.attribute_span(rule, facts.names.cidr));
}

Value group_members(FactContext& facts, NodeId group) {
  const Vocabulary& names = facts.names;
  NodeSet members;
  auto add = [&](KindId kind) { members.add_all(facts.sources(group, kind, names.to_security_groups)); };
  for (KindId kind : names.compute) add(kind);
  for (KindId kind : names.data_store) add(kind);
  add(names.load_balancer);
  // Whatever a launch template makes.
  for (KindId maker : {names.launch_template, names.launch_configuration}) {
    NodeSet makers = facts.sources(group, maker, names.to_security_groups);
    for (const NodeItem& item : makers.items()) {
      for (KindId kind : names.compute) {
        members.add_all(facts.sources(item.node, kind, names.to_launch_template), item.is_certain);
      }
    }
    members.add_rest(makers.rest());
  }
  members.add_all(facts.mentions().of(group));
  return members.to_value(facts.arena());
}

Value group_ingress(FactContext& facts, NodeId group) {
  return facts.rules_of(group).ingress.to_value(facts.arena());
}

Value group_allows_all_egress(FactContext& facts, NodeId group) {
  const Node& node = facts.node(group);
  const GroupRules& rules = facts.rules_of(group);
  Answer answer = Answer::no();
  // CloudFormation keeps the rule that AWS gives a new group until one is written; Terraform takes it away.
  bool keeps_default = node.format == Format::kCloudFormation && rules.egress.is_empty();
  if (keeps_default) answer = rules.egress.rest() != nullptr ? Answer::unknown(rules.egress.rest()) : Answer::yes();
  for (const NodeItem& rule : rules.egress.items()) {
    const Unknown* why = nullptr;
    std::optional<Protocol> protocol = protocol_of(facts, rule.node, &why);
    Answer admits = both(protocol ? Answer::of(*protocol == Protocol::kAll) : Answer::unknown(why),
                         is_world_rule(facts, rule.node));
    if (admits.is_true() && !rule.is_certain)
      admits = Answer::unknown(facts.because(
          UnknownReason::kComputed, fmt::format("it is not known whether `{}` exists", facts.node(rule.node).address)));
    answer = either(answer, admits);
  }
  if (answer.is_false() && rules.egress.rest() != nullptr) answer = Answer::unknown(rules.egress.rest());
  return to_value(answer, node.header);
}

}  // namespace halint
