// What stands behind a load balancer, and which compute serves one.
// SPDX-License-Identifier: Apache-2.0
#include "topology/load_balancing.h"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "topology/placement.h"

namespace halint {
namespace {

// Edges of all nodes of a set.
NodeSet targets_of_all(FactContext& facts, const NodeSet& from, const EdgeName& edge) {
  NodeSet all;
  for (const NodeItem& item : from.items()) all.add_all(facts.targets(item.node, edge), item.is_certain);
  return all;
}

NodeSet sources_of_all(FactContext& facts, const NodeSet& to, KindId kind, const EdgeName& edge) {
  NodeSet all;
  for (const NodeItem& item : to.items()) all.add_all(facts.sources(item.node, kind, edge), item.is_certain);
  return all;
}

NodeSet groups_behind(FactContext& facts, NodeId load_balancer) {
  const Vocabulary& names = facts.names;
  NodeSet listeners = facts.sources(load_balancer, names.listener, names.to_load_balancer);
  NodeSet rules = sources_of_all(facts, listeners, names.listener_rule, names.to_listener);
  NodeSet actions = sources_of_all(facts, listeners, names.listener_action, names.to_listener);
  NodeSet groups;
  groups.add_all(targets_of_all(facts, listeners, names.to_target_groups));
  groups.add_all(targets_of_all(facts, rules, names.to_target_groups));
  groups.add_all(targets_of_all(facts, actions, names.to_target_groups));
  groups.add_rest(listeners.rest());
  groups.add_rest(rules.rest());
  return groups;
}

// Targets of these types are no compute of ours by their id: addresses and functions.
bool takes_instances(FactContext& facts, NodeId target_group) {
  const Value& type = facts.attribute(target_group, facts.names.target_type);
  return !type.is(ValueKind::kString) || type.as_string() == "instance";
}

NodeSet members_of_group(FactContext& facts, NodeId group) {
  const Vocabulary& names = facts.names;
  NodeSet members;
  for (KindId kind : names.compute) members.add_all(facts.sources(group, kind, names.to_target_groups));
  NodeSet attachments = facts.sources(group, names.target_attachment, names.to_target_group);
  for (const NodeItem& attachment : attachments.items()) {
    NodeSet targets = facts.targets(attachment.node, names.to_target);
    for (NodeItem target : targets.items()) {
      target.is_certain = target.is_certain && attachment.is_certain;
      if (names.is_compute(facts.node(target.node).kind)) {
        members.add(target);
      } else if (takes_instances(facts, group)) {
        members.add_rest(facts.because(UnknownReason::kExternal,
                                       fmt::format("it is not known what `{}` is", facts.node(target.node).address)));
      }
    }
    if (takes_instances(facts, group)) members.add_rest(targets.rest());
  }
  members.add_rest(attachments.rest());
  if (facts.node(group).is_external) members.add_rest(facts.outside(group, "the targets"));
  return members;
}

// Groups of an Auto Scaling group or an instance, from its own attributes and from attachments.
NodeSet groups_of_compute(FactContext& facts, NodeId compute) {
  const Vocabulary& names = facts.names;
  NodeSet groups = facts.targets(compute, names.to_target_groups);
  NodeSet attachments = facts.sources(compute, names.target_attachment, names.to_target);
  groups.add_all(targets_of_all(facts, attachments, names.to_target_group));
  groups.add_rest(attachments.rest());
  return groups;
}

}  // namespace

Value target_group_members(FactContext& facts, NodeId target_group) {
  return members_of_group(facts, target_group).to_value(facts.arena());
}

Value target_group_load_balancers(FactContext& facts, NodeId target_group) {
  const Vocabulary& names = facts.names;
  NodeSet listeners = facts.sources(target_group, names.listener, names.to_target_groups);
  for (auto [kind, edge] :
       {std::pair(names.listener_rule, &names.to_listener), std::pair(names.listener_action, &names.to_listener)}) {
    NodeSet from = facts.sources(target_group, kind, names.to_target_groups);
    listeners.add_all(targets_of_all(facts, from, *edge));
    listeners.add_rest(from.rest());
  }
  NodeSet balancers = targets_of_all(facts, listeners, names.to_load_balancer);
  balancers.add_rest(listeners.rest());
  return balancers.to_value(facts.arena());
}

Value load_balancer_target_groups(FactContext& facts, NodeId load_balancer) {
  return groups_behind(facts, load_balancer).to_value(facts.arena());
}

Value load_balancer_targets(FactContext& facts, NodeId load_balancer) {
  const Vocabulary& names = facts.names;
  NodeSet targets;
  NodeSet groups = groups_behind(facts, load_balancer);
  for (const NodeItem& group : groups.items()) {
    targets.add_all(node_set_of(facts.ask(target_group_members, group.node)), group.is_certain);
  }
  targets.add_rest(groups.rest());
  // A classic load balancer has no groups: it is named by its members, or names them.
  targets.add_all(facts.sources(load_balancer, names.autoscaling_group, names.to_load_balancers));
  targets.add_all(facts.targets(load_balancer, names.to_instances));
  return targets.to_value(facts.arena());
}

Value load_balancer_target_zones(FactContext& facts, NodeId load_balancer) {
  Value targets = facts.ask(load_balancer_targets, load_balancer);
  std::vector<Value> zones;
  const Unknown* rest = targets.rest();
  for (const Value& target : targets.items()) {
    Value of_target = facts.ask(node_zones, target.as_node());
    // An instance of unknown multiplicity still stands in the zones that its subnets have.
    for (const Value& zone : of_target.items()) zones.push_back(zone.with_maybe(zone.is_maybe() || target.is_maybe()));
    if (rest == nullptr) rest = of_target.rest();
  }
  return Value::list(facts.arena(), zones, {}, rest);
}

Value autoscaling_group_attached_groups(FactContext& facts, NodeId autoscaling_group) {
  return groups_of_compute(facts, autoscaling_group).to_value(facts.arena());
}

Answer serves_load_balancer(FactContext& facts, NodeId compute) {
  const Vocabulary& names = facts.names;
  NodeSet places = groups_of_compute(facts, compute);
  places.add_all(facts.targets(compute, names.to_load_balancers));
  places.add_all(facts.sources(compute, names.load_balancer, names.to_instances));
  const Unknown* maybe = places.rest();
  for (const NodeItem& place : places.items()) {
    if (place.is_certain) return Answer::yes();
    maybe = facts.because(UnknownReason::kComputed,
                          fmt::format("it is not known whether `{}` is registered in `{}`", facts.node(compute).address,
                                      facts.node(place.node).address));
  }
  return maybe != nullptr ? Answer::unknown(maybe) : Answer::no();
}

Value compute_serves_load_balancer(FactContext& facts, NodeId compute) {
  return to_value(serves_load_balancer(facts, compute), facts.node(compute).header);
}

}  // namespace halint
