// Where compute, data stores and load balancers stand.
// SPDX-License-Identifier: Apache-2.0
#include "topology/placement.h"

#include <fmt/format.h>

#include <vector>

#include "graph/may_be_list.h"
#include "topology/region_zones.h"
#include "topology/zones.h"

namespace halint {
namespace {

// `own` edges, else those of the nodes that another edge names: a launch template, a subnet group, a cluster.
NodeSet subnets_through(FactContext& facts, NodeId node, const EdgeName& edge) {
  NodeSet subnets;
  NodeSet holders = facts.targets(node, edge);
  for (const NodeItem& holder : holders.items()) {
    subnets.add_all(subnets_of_node(facts, holder.node), holder.is_certain);
    bool says_nothing = facts.is(holder.node, facts.names.network_interface) && subnets.is_empty();
    if (facts.node(holder.node).is_external || says_nothing)
      subnets.add_rest(facts.outside(holder.node, "the subnets"));
  }
  subnets.add_rest(holders.rest());
  return subnets;
}

bool says_nothing(const NodeSet& set) {
  return set.is_empty() && set.rest() == nullptr;
}

Value find_subnets(FactContext& facts, NodeId id) {
  const Vocabulary& names = facts.names;
  KindId kind = facts.node(id).kind;
  NodeSet subnets = facts.targets(id, names.to_subnets);
  if (says_nothing(subnets)) subnets = facts.targets(id, names.to_subnet);
  if (says_nothing(subnets)) subnets = subnets_through(facts, id, names.to_launch_template);
  if (says_nothing(subnets)) subnets = subnets_through(facts, id, names.to_network_interfaces);
  // Members of a cluster or a replication group stand where that stands.
  bool is_member = (kind == names.db_instance && !facts.targets(id, names.to_cluster).is_empty()) ||
                   (kind == names.cache_group && !facts.targets(id, names.to_group).is_empty());
  if (says_nothing(subnets) && !is_member) subnets = subnets_through(facts, id, names.to_subnet_group);
  if (says_nothing(subnets) && kind == names.db_instance) subnets = subnets_through(facts, id, names.to_cluster);
  if (says_nothing(subnets) && kind == names.cache_group) subnets = subnets_through(facts, id, names.to_group);
  // A replica without a group of its own stands with its source.
  if (says_nothing(subnets) && kind == names.db_instance) subnets = subnets_through(facts, id, names.to_replica_of);
  if (facts.node(id).is_external) subnets.add_rest(facts.outside(id, "the subnets"));
  return subnets.to_value(facts.arena());
}

// Zones that a node names itself, as strings.
Value zones_of_names(FactContext& facts, const Value& list, std::string_view owner) {
  if (list.items().empty() && list.rest() != nullptr) return zones_of_region(facts, *list.rest(), list.origin());
  std::vector<Value> zones;
  const Unknown* rest = list.rest();
  for (const Value& name : list.items()) {
    if (!may_be_list(name)) {
      zones.push_back(zone_of(facts.arena(), name, {}, owner).with_maybe(name.is_maybe()));
      continue;
    }
    const Value of_region = zones_of_region(facts, name.why(), name.origin());
    for (const Value& zone : of_region.items()) zones.push_back(zone.with_maybe(name.is_maybe()));
    rest = &name.why();
  }
  return Value::list(facts.arena(), zones, list.origin(), rest);
}

bool is_filled_list(const Value& value) {
  return (value.is(ValueKind::kList) || value.is(ValueKind::kSet)) &&
         (!value.items().empty() || value.rest() != nullptr);
}

bool is_free(const Value& zone) {
  return zone.is(ValueKind::kZone) && zone.as_zone().kind == ZoneTerm::Kind::kFree;
}

// The subnets of everything that stands in a subnet, turned around once.
void add_members(FactContext& facts, NodeId subnet, KindId kind, const EdgeName& edge, NodeSet& members) {
  members.add_all(facts.sources(subnet, kind, edge));
}

}  // namespace

NodeSet subnets_of_node(FactContext& facts, NodeId node) {
  Value subnets = facts.ask(find_subnets, node);
  if (subnets.is(ValueKind::kList)) return node_set_of(subnets);
  NodeSet none;
  none.add_rest(facts.reason_of(subnets));
  return none;
}

Value node_subnets_in(FactContext& facts, NodeId id) {
  NodeSet subnets = subnets_of_node(facts, id);
  if (says_nothing(subnets)) {
    subnets.add_rest(facts.because(
        UnknownReason::kComputed,
        fmt::format("`{}` names no subnet, so AWS takes one of the default VPC", facts.node(id).address)));
  }
  return subnets.to_value(facts.arena());
}

Value subnet_zone(FactContext& facts, NodeId subnet) {
  const Value& name = facts.attribute(subnet, facts.names.az);
  const Value& zone_id = facts.attribute(subnet, facts.names.az_id);
  Span span = facts.attribute_span(subnet, name.is_unset() ? facts.names.az_id : facts.names.az);
  const Node& node = facts.node(subnet);
  Value zone = zone_of(facts.arena(), name, zone_id, node.address);
  if (zone.is_unknown() && node.is_external) {
    // Nothing is known of its zone but that it is always the same one.
    const Unknown* why = &zone.why();
    zone = Value::zone(
        facts.arena().make<ZoneTerm>(ZoneTerm{.kind = ZoneTerm::Kind::kFree, .text = node.address, .why = why}), span);
  }
  return zone.origin().is_known() ? zone : zone.with_origin(span);
}

Value nat_gateway_zone(FactContext& facts, NodeId nat_gateway) {
  NodeSet subnets = facts.targets(nat_gateway, facts.names.to_subnet);
  if (subnets.items().size() == 1 && subnets.items()[0].is_certain)
    return facts.ask(subnet_zone, subnets.items()[0].node);
  if (subnets.rest() != nullptr) return Value::unknown(subnets.rest());
  return Value::unknown(facts.because(UnknownReason::kComputed, fmt::format("it is not known which subnet `{}` is in",
                                                                            facts.node(nat_gateway).address)));
}

Value zones_of_subnets(FactContext& facts, const NodeSet& subnets) {
  std::vector<Value> zones;
  for (const NodeItem& subnet : subnets.items()) {
    zones.push_back(facts.ask(subnet_zone, subnet.node).with_maybe(!subnet.is_certain));
  }
  return Value::list(facts.arena(), zones, {}, subnets.rest());
}

Value node_zones(FactContext& facts, NodeId id) {
  const Vocabulary& names = facts.names;
  const Node& node = facts.node(id);
  Value subnets = facts.ask(node_subnets_in, id);
  const Value& az = facts.attribute(id, names.az);
  const Value& zones = facts.attribute(id, names.zones);
  bool has_subnets = !subnets.items().empty();
  // One machine in one zone: the one it names, unless its subnet says it better.
  bool stays = node.kind == names.instance ||
               (node.kind == names.db_instance && facts.truth_of(facts.attribute(id, names.multi_az)).is_false());
  if (!az.is_unset() && stays) {
    Value own = zone_of(facts.arena(), az, {}, node.address);
    bool says_subnet = node.kind == names.instance && subnets.items().size() == 1;
    if (says_subnet) {
      Value of_subnet = facts.ask(subnet_zone, subnets.items()[0].as_node());
      if (!of_subnet.is_unknown() && !is_free(of_subnet)) own = of_subnet;
    }
    if (!is_free(own)) return Value::list(facts.arena(), std::span(&own, 1), own.origin());
  }
  if (!has_subnets && is_filled_list(zones)) return zones_of_names(facts, zones, node.address);
  if (!has_subnets && zones.is_unknown()) return zones_of_region(facts, zones.why(), {});
  return zones_of_subnets(facts, node_set_of(subnets));
}

Value subnet_members(FactContext& facts, NodeId subnet) {
  const Vocabulary& names = facts.names;
  NodeSet members;
  add_members(facts, subnet, names.instance, names.to_subnet, members);
  add_members(facts, subnet, names.autoscaling_group, names.to_subnets, members);
  add_members(facts, subnet, names.load_balancer, names.to_subnets, members);
  add_members(facts, subnet, names.kafka_cluster, names.to_subnets, members);
  for (auto [group, is_database] :
       {std::pair(names.db_subnet_group, true), std::pair(names.cache_subnet_group, false)}) {
    NodeSet groups = facts.sources(subnet, group, names.to_subnets);
    for (const NodeItem& item : groups.items()) {
      NodeSet stores;
      if (is_database) {
        add_members(facts, item.node, names.db_instance, names.to_subnet_group, stores);
        add_members(facts, item.node, names.db_cluster, names.to_subnet_group, stores);
      } else {
        add_members(facts, item.node, names.cache_group, names.to_subnet_group, stores);
      }
      members.add_all(stores, item.is_certain);
    }
    members.add_rest(groups.rest());
  }
  NodeSet templates = facts.sources(subnet, names.launch_template, names.to_subnets);
  for (const NodeItem& made_by : templates.items()) {
    NodeSet launched;
    add_members(facts, made_by.node, names.instance, names.to_launch_template, launched);
    add_members(facts, made_by.node, names.autoscaling_group, names.to_launch_template, launched);
    members.add_all(launched, made_by.is_certain);
  }
  return members.to_value(facts.arena());
}

}  // namespace halint
