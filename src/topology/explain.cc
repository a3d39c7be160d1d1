// How facts came about, hop by hop.
// SPDX-License-Identifier: Apache-2.0
#include "topology/explain.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

#include "topology/load_balancing.h"
#include "topology/placement.h"
#include "topology/roles.h"
#include "topology/routes.h"
#include "topology/security_groups.h"

namespace halint {
namespace {

std::string_view address(FactContext& facts, NodeId node) {
  return facts.node(node).address;
}

// The written place of a hop, or the node's header where nothing better is known.
Hop hop(const Span& span, const Span& otherwise, std::string text) {
  return {.span = span.is_known() ? span : otherwise, .text = std::move(text)};
}

std::string destination_text(FactContext& facts, NodeId route) {
  const Value& destination = facts.attribute(route, facts.names.destination);
  return destination.is(ValueKind::kString) ? std::string(destination.as_string()) : "everywhere";
}

void add_route(FactContext& facts, NodeId route, std::vector<Hop>& hops) {
  NodeSet targets = facts.targets(route, facts.names.to_target);
  const Span& header = facts.node(route).header;
  std::string destination = destination_text(facts, route);
  if (targets.is_empty()) {
    const Value& id = facts.attribute(route, facts.names.target_id);
    std::string target = id.is(ValueKind::kString) ? fmt::format("`{}`", id.as_string()) : "an unknown target";
    hops.push_back(hop(facts.attribute_span(route, facts.names.target_id), header,
                       fmt::format("{} leads to {}", destination, target)));
  }
  for (const NodeItem& target : targets.items()) {
    hops.push_back(hop(target.span, header, fmt::format("{} leads to `{}`", destination, address(facts, target.node))));
  }
}

void add_table(FactContext& facts, NodeId table, std::vector<Hop>& hops) {
  const TableRoutes& routes = facts.routes().routes_of(table);
  for (const DefaultRoute& route : routes.routes) add_route(facts, route.route, hops);
  if (routes.routes.empty()) {
    hops.push_back({facts.node(table).header, fmt::format("`{}` has no default route", address(facts, table))});
  }
}

void add_unknown(const Value& value, const Span& span, std::vector<Hop>& hops) {
  if (value.is_unknown()) hops.push_back({span, std::string(value.why().detail)});
}

// One hop for each node of a list: "`x` <verb>".
std::vector<Hop> hops_of_list(FactContext& facts, const Value& list, std::string_view what) {
  std::vector<Hop> hops;
  if (!list.is(ValueKind::kList)) return hops;
  for (const Value& item : list.items()) {
    NodeId node = item.as_node();
    hops.push_back(hop(item.origin(), facts.node(node).header, fmt::format("`{}` {}", address(facts, node), what)));
  }
  return hops;
}

std::string zone_text(const Node& node, const Value& zone) {
  if (zone.is_unknown()) return "an unknown zone";
  // One that is not made here is in a zone already.
  if (node.is_external && zone.as_zone().kind == ZoneTerm::Kind::kFree) return "one zone";
  return zone.as_zone().kind == ZoneTerm::Kind::kFree ? "a zone that AWS picks" : to_text(zone);
}

void add_sign(const Answer& sign, const Span& span, std::string_view text, std::vector<Hop>& hops) {
  if (sign.is_true()) hops.push_back({span, std::string(text)});
}

}  // namespace

std::vector<Hop> why_route_table(FactContext& facts, NodeId subnet) {
  std::vector<Hop> hops;
  const EffectiveTables& tables = facts.routes().tables_of(subnet);
  const Node& node = facts.node(subnet);
  for (const TableChoice& choice : tables.choices) {
    std::string table =
        choice.table ? fmt::format("`{}`", address(facts, *choice.table)) : "the main route table of its VPC";
    std::string text = choice.is_main ? fmt::format("`{}` has no association, so {} governs it", node.address, table)
                                      : fmt::format("`{}` is associated with {}", node.address, table);
    hops.push_back(hop(choice.span, node.header, std::move(text)));
  }
  if (tables.open != nullptr) hops.push_back({node.header, std::string(tables.open->detail)});
  return hops;
}

std::vector<Hop> why_tier(FactContext& facts, NodeId subnet) {
  std::vector<Hop> hops = why_route_table(facts, subnet);
  const EffectiveTables& tables = facts.routes().tables_of(subnet);
  for (const TableChoice& choice : tables.choices) {
    if (choice.table) {
      add_table(facts, *choice.table, hops);
    } else {
      hops.push_back({choice.span, "a main route table that nobody changes leads nowhere but inside the VPC"});
    }
  }
  if (tables.open == nullptr) add_unknown(facts.ask(subnet_tier, subnet), facts.node(subnet).header, hops);
  return hops;
}

std::vector<Hop> why_table_nat_gateways(FactContext& facts, NodeId table) {
  std::vector<Hop> hops;
  add_table(facts, table, hops);
  return hops;
}

std::vector<Hop> why_nat_gateway_users(FactContext& facts, NodeId nat_gateway) {
  return hops_of_list(facts, facts.ask(nat_gateway_users, nat_gateway),
                      fmt::format("leaves through `{}`", address(facts, nat_gateway)));
}

std::vector<Hop> why_subnet_zone(FactContext& facts, NodeId subnet) {
  Value zone = facts.ask(subnet_zone, subnet);
  const Node& node = facts.node(subnet);
  return {hop(facts.attribute_span(subnet, facts.names.az), node.header,
              fmt::format("`{}` is in {}", node.address, zone_text(node, zone)))};
}

std::vector<Hop> why_nat_gateway_zone(FactContext& facts, NodeId nat_gateway) {
  std::vector<Hop> hops;
  NodeSet subnets = facts.targets(nat_gateway, facts.names.to_subnet);
  for (const NodeItem& subnet : subnets.items()) {
    hops.push_back(hop(subnet.span, facts.node(nat_gateway).header,
                       fmt::format("`{}` stands in `{}`", address(facts, nat_gateway), address(facts, subnet.node))));
    for (Hop& zone : why_subnet_zone(facts, subnet.node)) hops.push_back(std::move(zone));
  }
  return hops;
}

std::vector<Hop> why_subnets_in(FactContext& facts, NodeId node) {
  return hops_of_list(facts, facts.ask(node_subnets_in, node), fmt::format("holds `{}`", address(facts, node)));
}

std::vector<Hop> why_zones(FactContext& facts, NodeId node) {
  std::vector<Hop> hops;
  Value subnets = facts.ask(node_subnets_in, node);
  for (const Value& subnet : subnets.items()) {
    for (Hop& zone : why_subnet_zone(facts, subnet.as_node())) hops.push_back(std::move(zone));
  }
  if (hops.empty()) {
    for (const Value& zone : facts.ask(node_zones, node).items()) {
      hops.push_back(hop(zone.origin(), facts.node(node).header,
                         fmt::format("`{}` is in {}", address(facts, node), zone_text(facts.node(node), zone))));
    }
  }
  return hops;
}

std::vector<Hop> why_role(FactContext& facts, NodeId compute) {
  const Node& node = facts.node(compute);
  std::vector<Hop> hops;
  Value role = facts.ask(compute_role, compute);
  if (role.is_unknown()) {
    add_unknown(role, node.header, hops);
    return hops;
  }
  if (role.as_string() == "bastion") {
    BastionSigns signs = bastion_signs(facts, compute);
    add_sign(Answer::of(signs.is_named), node.header,
             fmt::format("the name of `{}` says that it is a bastion", node.address), hops);
    add_sign(signs.opens_ssh_elsewhere, node.header, "other security groups let SSH in from its group", hops);
    add_sign(signs.ssh_from_outside, node.header, "SSH is let in from addresses", hops);
    add_sign(signs.is_public, node.header, "it is reachable from the internet", hops);
    return hops;
  }
  if (role.as_string() == "app") {
    Value groups = facts.ask(autoscaling_group_attached_groups, compute);
    hops = hops_of_list(facts, groups, fmt::format("has `{}` as target", node.address));
    if (hops.empty())
      hops.push_back({node.header, fmt::format("`{}` serves a load balancer or uses a data store", node.address)});
  }
  return hops;
}

std::vector<Hop> why_groups(FactContext& facts, NodeId node) {
  return hops_of_list(facts, facts.ask(node_groups, node), fmt::format("protects `{}`", address(facts, node)));
}

std::vector<Hop> why_ingress(FactContext& facts, NodeId node) {
  std::vector<Hop> hops = why_groups(facts, node);
  Value rules = facts.ask(node_ingress, node);
  for (const Value& item : rules.items()) {
    NodeId rule = item.as_node();
    const Value& range = facts.attribute(rule, facts.names.cidr);
    std::string peer = "a peer";
    if (range.is(ValueKind::kString)) peer = std::string(range.as_string());
    NodeSet peers = facts.targets(rule, facts.names.to_peer);
    if (!peers.is_empty()) peer = fmt::format("`{}`", address(facts, peers.items()[0].node));
    Span span = range.is_unset() ? facts.node(rule).header : facts.attribute_span(rule, facts.names.cidr);
    hops.push_back(hop(span, facts.node(rule).header, fmt::format("lets in {}", peer)));
  }
  return hops;
}

std::vector<Hop> why_targets(FactContext& facts, NodeId load_balancer) {
  std::vector<Hop> hops = hops_of_list(facts, facts.ask(load_balancer_target_groups, load_balancer),
                                       fmt::format("gets requests from `{}`", address(facts, load_balancer)));
  Value targets = facts.ask(load_balancer_targets, load_balancer);
  for (Hop& target : hops_of_list(facts, targets, "answers them")) hops.push_back(std::move(target));
  return hops;
}

std::vector<Hop> why_is_world(FactContext& facts, NodeId rule) {
  const Node& node = facts.node(rule);
  const Value& range = facts.attribute(rule, facts.names.cidr);
  std::vector<Hop> hops;
  Answer world = is_world_rule(facts, rule);
  if (world.is_unknown()) {
    hops.push_back({node.header, std::string(world.why->detail)});
    return hops;
  }
  if (!range.is(ValueKind::kString)) return hops;
  std::optional<NodeId> group = facts.target(rule, facts.names.to_group);
  bool is_alone = range.as_string() == "0.0.0.0/0" || range.as_string() == "::/0";
  std::string_view text = !world.is_true() ? "is not the world"
                          : is_alone       ? "is the whole internet"
                                           : "is the whole internet together with other rules";
  hops.push_back(
      hop(facts.attribute_span(rule, facts.names.cidr), node.header, fmt::format("{} {}", range.as_string(), text)));
  if (!world.is_true() || is_alone || !group) return hops;
  for (const NodeItem& other : facts.rules_of(*group).ingress.items()) {
    if (other.node == rule || !facts.rules_of(*group).world.contains(other.node.index)) continue;
    hops.push_back(hop(facts.attribute_span(other.node, facts.names.cidr), facts.node(other.node).header,
                       fmt::format("{} is a part of it", facts.attribute(other.node, facts.names.cidr).as_string())));
  }
  return hops;
}

std::vector<Hop> why_members(FactContext& facts, NodeId subnet) {
  return hops_of_list(facts, facts.ask(subnet_members, subnet), fmt::format("stands in `{}`", address(facts, subnet)));
}

std::vector<Hop> why_serves_load_balancer(FactContext& facts, NodeId compute) {
  return hops_of_list(facts, facts.ask(autoscaling_group_attached_groups, compute),
                      fmt::format("has `{}` as target", address(facts, compute)));
}

}  // namespace halint
