// What default routes make of a subnet: its tier, its egress, and the NAT gateways it uses.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "topology/routes.h"

namespace halint {
namespace {

// What a route's target is to a packet.
enum class Exit { kInternet, kElsewhere, kUnknown };

// Literal ids say what they are by their prefix.
Exit exit_of_id(std::string_view id) {
  if (id.starts_with("igw-")) return Exit::kInternet;
  static constexpr std::array<std::string_view, 10> kElsewhere = {"nat-", "eigw-", "tgw-", "vgw-", "pcx-",
                                                                  "eni-", "vpce-", "lgw-", "i-",   "arn:"};
  bool is_elsewhere = std::any_of(kElsewhere.begin(), kElsewhere.end(),
                                  [&](std::string_view prefix) { return id.starts_with(prefix); });
  return is_elsewhere ? Exit::kElsewhere : Exit::kUnknown;
}

// By the kind of the node that the target is, not by the attribute that names it: AWS takes a NAT gateway's id in
// `gateway_id` as well.
Exit exit_of_node(FactContext& facts, NodeId target) {
  const Node& node = facts.node(target);
  if (node.kind == facts.names.internet_gateway) return Exit::kInternet;
  if (node.kind != facts.names.other) return Exit::kElsewhere;
  // A resource of another type is something, but no internet gateway.
  return node.is_external ? exit_of_id(node.address) : Exit::kElsewhere;
}

struct RouteExit {
  Exit exit = Exit::kUnknown;
  const Unknown* why = nullptr;  // Non-null if it is not known.
};

RouteExit exit_of_route(FactContext& facts, NodeId route) {
  NodeSet targets = facts.targets(route, facts.names.to_target);
  const Value& id = facts.attribute(route, facts.names.target_id);
  if (targets.is_empty() && id.is(ValueKind::kString)) {
    Exit exit = exit_of_id(id.as_string());
    if (exit != Exit::kUnknown) return {.exit = exit};
  }
  auto unknown = [&](const Unknown* why) { return RouteExit{.exit = Exit::kUnknown, .why = why}; };
  if (targets.rest() != nullptr) return unknown(targets.rest());
  std::optional<Exit> agreed;
  for (const NodeItem& target : targets.items()) {
    Exit exit = exit_of_node(facts, target.node);
    if (exit == Exit::kUnknown || (agreed && *agreed != exit)) {
      if (const Unknown* why = facts.reason_of(id)) return unknown(why);
      return unknown(facts.because(UnknownReason::kExternal,
                                   fmt::format("it is not known what `{}` is", facts.node(target.node).address)));
    }
    agreed = exit;
  }
  if (agreed) return {.exit = *agreed};
  if (const Unknown* why = facts.reason_of(id)) return unknown(why);
  return unknown(facts.because(UnknownReason::kComputed,
                               fmt::format("the target of `{}` is not known", facts.node(route).address)));
}

// The tier that a route table makes; unknown with its reason.
Value tier_of_table(FactContext& facts, NodeId table) {
  const TableRoutes& routes = facts.routes().routes_of(table);
  const Unknown* maybe_internet = nullptr;
  const Unknown* maybe_elsewhere = nullptr;
  bool leads_elsewhere = false;
  for (const DefaultRoute& route : routes.routes) {
    RouteExit exit = exit_of_route(facts, route.route);
    if (exit.exit == Exit::kInternet && route.is_certain) return Value::string(facts.arena(), "public");
    if (exit.exit == Exit::kElsewhere && route.is_certain) {
      leads_elsewhere = true;
      continue;
    }
    const Unknown* why = exit.why;
    if (why == nullptr) {
      why = facts.because(
          UnknownReason::kComputed,
          fmt::format("it is not known whether `{}` exists and leads everywhere", facts.node(route.route).address));
    }
    (exit.exit == Exit::kElsewhere ? maybe_elsewhere : maybe_internet) = why;
  }
  if (maybe_internet != nullptr) return Value::unknown(maybe_internet);
  // A table has one route to 0.0.0.0/0 at most, so what was not read cannot add another.
  if (leads_elsewhere && (routes.has_ipv4 || routes.open == nullptr)) return Value::string(facts.arena(), "private");
  if (routes.open != nullptr) return Value::unknown(routes.open);
  if (maybe_elsewhere != nullptr) return Value::unknown(maybe_elsewhere);
  if (routes.propagated != nullptr) return Value::unknown(routes.propagated);
  return Value::string(facts.arena(), "isolated");
}

// The default routes of all tables that may govern a subnet.
NodeSet default_routes_of(FactContext& facts, NodeId subnet) {
  const EffectiveTables& tables = facts.routes().tables_of(subnet);
  NodeSet routes;
  for (const TableChoice& choice : tables.choices) {
    if (!choice.table) continue;
    const TableRoutes& found = facts.routes().routes_of(*choice.table);
    for (const DefaultRoute& route : found.routes) {
      routes.add(route.route, facts.node(route.route).header, route.is_certain && tables.is_known());
    }
    routes.add_rest(found.open);
    routes.add_rest(found.propagated);
  }
  routes.add_rest(tables.open);
  return routes;
}

NodeSet targets_of_routes(FactContext& facts, const NodeSet& routes) {
  NodeSet targets;
  for (const NodeItem& route : routes.items()) {
    NodeSet of_route = facts.targets(route.node, facts.names.to_target);
    for (NodeItem target : of_route.items()) {
      target.is_certain = target.is_certain && route.is_certain;
      target.span = route.span;
      targets.add(target);
    }
    if (of_route.is_empty()) targets.add_rest(exit_of_route(facts, route.node).why);
    targets.add_rest(of_route.rest());
  }
  targets.add_rest(routes.rest());
  return targets;
}

NodeSet only_nat_gateways(FactContext& facts, const NodeSet& targets) {
  NodeSet nats;
  for (const NodeItem& target : targets.items()) {
    if (facts.is(target.node, facts.names.nat_gateway)) nats.add(target);
  }
  nats.add_rest(targets.rest());
  return nats;
}

NodeSet nat_gateways_of_table(FactContext& facts, NodeId table) {
  const TableRoutes& found = facts.routes().routes_of(table);
  NodeSet routes;
  for (const DefaultRoute& route : found.routes)
    routes.add(route.route, facts.node(route.route).header, route.is_certain);
  // NAT gateways are for IPv4, where a second default route cannot exist.
  if (!found.has_ipv4) {
    routes.add_rest(found.open);
    routes.add_rest(found.propagated);
  }
  return only_nat_gateways(facts, targets_of_routes(facts, routes));
}

}  // namespace

Value subnet_tier(FactContext& facts, NodeId subnet) {
  const EffectiveTables& tables = facts.routes().tables_of(subnet);
  if (tables.open != nullptr) return Value::unknown(tables.open);
  Value agreed;
  for (const TableChoice& choice : tables.choices) {
    Value tier = choice.table ? tier_of_table(facts, *choice.table) : Value::string(facts.arena(), "isolated");
    if (tier.is_unknown()) return tier;
    if (!agreed.is_absent() && agreed.as_string() != tier.as_string()) {
      return Value::unknown(
          facts.because(UnknownReason::kComputed,
                        fmt::format("several route tables may govern `{}`, and they lead to different places",
                                    facts.node(subnet).address)));
    }
    agreed = tier.with_origin(choice.table ? facts.node(*choice.table).header : choice.span);
  }
  return agreed;
}

Value subnet_route_table(FactContext& facts, NodeId subnet) {
  const EffectiveTables& tables = facts.routes().tables_of(subnet);
  if (tables.open != nullptr) return Value::unknown(tables.open);
  if (!tables.is_known()) {
    return Value::unknown(facts.because(
        UnknownReason::kComputed, fmt::format("several route tables may govern `{}`", facts.node(subnet).address)));
  }
  const TableChoice& choice = tables.choices[0];
  return choice.table ? Value::node(*choice.table, choice.span) : Value::null(choice.span);
}

Value subnet_default_routes(FactContext& facts, NodeId subnet) {
  return default_routes_of(facts, subnet).to_value(facts.arena());
}

Value subnet_egress(FactContext& facts, NodeId subnet) {
  return targets_of_routes(facts, default_routes_of(facts, subnet)).to_value(facts.arena());
}

Value subnet_nat_gateways_used(FactContext& facts, NodeId subnet) {
  const EffectiveTables& tables = facts.routes().tables_of(subnet);
  std::vector<NodeSet> by_table;
  for (const TableChoice& choice : tables.choices) {
    by_table.push_back(choice.table ? nat_gateways_of_table(facts, *choice.table) : NodeSet());
  }
  // Whichever table governs: a gateway that all of them use is certain.
  auto in_all = [&](NodeId nat) {
    return tables.open == nullptr && std::all_of(by_table.begin(), by_table.end(), [&](const NodeSet& nats) {
             return std::any_of(nats.items().begin(), nats.items().end(),
                                [&](const NodeItem& item) { return item.node == nat && item.is_certain; });
           });
  };
  NodeSet nats;
  for (const NodeSet& of_table : by_table) {
    for (const NodeItem& item : of_table.items()) nats.add(item.node, item.span, in_all(item.node));
    nats.add_rest(of_table.rest());
  }
  nats.add_rest(tables.open);
  return nats.to_value(facts.arena());
}

Value table_subnets(FactContext& facts, NodeId table) {
  return facts.routes().subnets_of(table).to_value(facts.arena());
}

Value table_default_routes(FactContext& facts, NodeId table) {
  const TableRoutes& found = facts.routes().routes_of(table);
  NodeSet routes;
  for (const DefaultRoute& route : found.routes)
    routes.add(route.route, facts.node(route.route).header, route.is_certain);
  routes.add_rest(found.open);
  routes.add_rest(found.propagated);
  return routes.to_value(facts.arena());
}

Value table_nat_gateways(FactContext& facts, NodeId table) {
  return nat_gateways_of_table(facts, table).to_value(facts.arena());
}

Value nat_gateway_users(FactContext& facts, NodeId nat_gateway) {
  NodeSet users = facts.routes().users_of(nat_gateway);
  // A route that was not read may lead here, from a table of any subnet.
  if (const EdgeInfo* edge = facts.names.to_target.of(facts.names.route)) {
    users.add_rest(facts.graph.sources(nat_gateway, edge->id).rest);
  }
  return users.to_value(facts.arena());
}

}  // namespace halint
