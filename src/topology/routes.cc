// Effective route tables and their default routes.
// SPDX-License-Identifier: Apache-2.0
#include "topology/routes.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "topology/cidr_value.h"

namespace halint {
namespace {

bool names_route(const Value& value) {
  return value.is(ValueKind::kString) && (value.as_string() == "route" || value.as_string() == "all");
}

// `lifecycle { ignore_changes = [route] }`: somebody else adds routes later.
bool ignores_route_changes(const Node& table) {
  if (!table.body.is(ValueKind::kMap)) return false;
  const Value& blocks = table.body.member("lifecycle");
  if (!blocks.is(ValueKind::kList)) return false;
  for (const Value& block : blocks.items()) {
    if (!block.is(ValueKind::kMap)) continue;
    const Value& ignored = block.member("ignore_changes");
    if (names_route(ignored)) return true;
    if (!ignored.is(ValueKind::kList) && !ignored.is(ValueKind::kSet)) continue;
    if (std::any_of(ignored.items().begin(), ignored.items().end(), names_route)) return true;
  }
  return false;
}

// A route that leads, or may lead, everywhere or to one half of everything.
struct Destination {
  enum class Reach { kNowhereSpecial, kHalf, kEverywhere, kMaybeEverywhere };
  Reach reach = Reach::kNowhereSpecial;
  bool is_ipv4 = false;
  int half = 0;  // 0 or 1
};

Destination destination_of(FactContext& facts, NodeId route) {
  using Reach = Destination::Reach;
  RangeShape shape = shape_of(facts, facts.attribute(route, facts.names.destination));
  if (!shape.range) return {.reach = shape.shortest > 1 ? Reach::kNowhereSpecial : Reach::kMaybeEverywhere};
  bool is_ipv4 = !shape.range->address.is_v6;
  if (shape.range->prefix_length == 0) return {.reach = Reach::kEverywhere, .is_ipv4 = is_ipv4};
  if (shape.range->prefix_length > 1) return {};
  return {.reach = Reach::kHalf, .is_ipv4 = is_ipv4, .half = static_cast<int>(shape.range->address.high >> 63)};
}

struct HalfRoute {
  NodeId route;
  bool is_certain, is_ipv4;
  int half;
};

// 0.0.0.0/1 and 128.0.0.0/1 together lead everywhere.
void add_halves(const std::vector<HalfRoute>& halves, TableRoutes& found) {
  bool any[2][2] = {}, certain[2][2] = {};  // By family and half.
  for (const HalfRoute& half : halves) {
    any[half.is_ipv4][half.half] = true;
    certain[half.is_ipv4][half.half] = certain[half.is_ipv4][half.half] || half.is_certain;
  }
  for (const HalfRoute& half : halves) {
    if (!any[half.is_ipv4][1 - half.half]) continue;
    bool is_certain = half.is_certain && certain[half.is_ipv4][1 - half.half];
    found.routes.push_back({.route = half.route, .is_certain = is_certain, .is_ipv4 = half.is_ipv4});
  }
}

// Why a table may have routes that are not seen. Null if it has none.
const Unknown* why_open(FactContext& facts, const Node& table, const Unknown* rest) {
  if (table.is_external) return facts.outside(table.id, "the routes");
  if (!ignores_route_changes(table)) return rest;
  return facts.because(UnknownReason::kComputed,
                       fmt::format("routes of `{}` change outside these files (`ignore_changes`)", table.address));
}

bool may_propagate(const Value& gateways) {
  if (gateways.is_unset()) return false;
  bool is_list = gateways.is(ValueKind::kList) || gateways.is(ValueKind::kSet);
  return !is_list || !gateways.items().empty() || gateways.rest() != nullptr;
}

}  // namespace

const EffectiveTables& RouteMap::tables_of(NodeId subnet) {
  auto known = tables_.find(subnet.index);
  if (known == tables_.end()) known = tables_.emplace(subnet.index, find_tables(subnet)).first;
  return known->second;
}

const TableRoutes& RouteMap::routes_of(NodeId table) {
  auto known = routes_.find(table.index);
  if (known == routes_.end()) known = routes_.emplace(table.index, find_routes(table)).first;
  return known->second;
}

EffectiveTables RouteMap::find_tables(NodeId subnet) {
  EffectiveTables tables;
  const EdgeInfo* edge = facts_.names.to_associated_tables.of(facts_.node(subnet).kind);
  if (edge == nullptr) return tables;
  Targets associated = facts_.graph.targets(subnet, edge->id);
  // An association that was made for each of a summary's subnets exists wherever the subnet does.
  bool is_summary = !facts_.node(subnet).multiplicity.is_certain();
  bool any_certain =
      std::any_of(associated.links.begin(), associated.links.end(), [](const Link& link) { return link.is_certain; });
  bool one_for_each = is_summary && associated.links.size() == 1;
  for (const Link& link : associated.links) {
    if (any_certain && !link.is_certain) continue;  // A subnet has one association; it has this one.
    tables.choices.push_back({.table = link.node, .span = link.span});
  }
  if (any_certain || one_for_each) return tables;
  if (tables.choices.empty()) {
    tables.open = associated.rest;
    if (tables.open == nullptr) add_main_table(subnet, tables);
    return tables;
  }
  // Several candidates of one association (an unknown index): it is one of them. Candidates of several associations
  // may all be absent, and then the main table governs.
  bool one_association = tables.choices.size() > 1 &&
                         std::all_of(tables.choices.begin(), tables.choices.end(),
                                     [&](const TableChoice& choice) { return choice.span == tables.choices[0].span; });
  if (one_association) return tables;
  tables.open = associated.rest;
  add_main_table(subnet, tables);
  return tables;
}

// A VPC of which these files make nothing but subnets, and which they hand out: whoever takes it makes the routes.
bool RouteMap::begins_elsewhere(NodeId vpc, NodeId subnet) {
  if (!facts_.graph.is_handed_out(vpc) && !facts_.graph.is_handed_out(subnet)) return false;
  for (KindId kind : {facts_.names.route_table, facts_.names.internet_gateway}) {
    if (!facts_.sources(vpc, kind, facts_.names.to_vpc).is_empty()) return false;
  }
  return true;
}

void RouteMap::add_main_table(NodeId subnet, EffectiveTables& tables) {
  const Node& node = facts_.node(subnet);
  auto open = [&](const Unknown* why) {
    if (tables.open == nullptr) tables.open = why;
  };
  NodeSet vpcs = facts_.targets(subnet, facts_.names.to_vpc);
  if (vpcs.rest() != nullptr) return open(vpcs.rest());
  if (vpcs.items().size() != 1 || !vpcs.items()[0].is_certain) {
    return open(facts_.because(UnknownReason::kComputed,
                               fmt::format("it is not known which VPC `{}` belongs to", node.address)));
  }
  NodeId vpc = vpcs.items()[0].node;
  NodeSet mains = facts_.targets(vpc, facts_.names.to_main_table);
  if (facts_.node(vpc).is_external && mains.is_empty()) {
    return open(facts_.because(UnknownReason::kExternal,
                               fmt::format("`{}` has no association, and the main route table of `{}` is not made here",
                                           node.address, facts_.node(vpc).address)));
  }
  if (!facts_.node(vpc).is_external && !facts_.truth_of(facts_.attribute(vpc, facts_.names.is_default)).is_false()) {
    return open(
        facts_.because(UnknownReason::kExternal,
                       fmt::format("AWS made the main route table of the default VPC `{}`", facts_.node(vpc).address)));
  }
  if (mains.rest() != nullptr) open(mains.rest());
  // `data "aws_route_table"` of this VPC: as likely as not the main table, to which routes are added.
  NodeSet known_tables = facts_.sources(vpc, facts_.names.route_table, facts_.names.to_vpc);
  for (const NodeItem& item : known_tables.items()) {
    if (facts_.node(item.node).is_external && !mains.contains(item.node)) {
      open(facts_.because(UnknownReason::kData, fmt::format("`{}` may be the main route table of `{}`",
                                                            facts_.node(item.node).address, facts_.node(vpc).address)));
    }
  }
  // A table that was made the main one outranks the one that came with the VPC.
  auto came_with_vpc = [&](const NodeItem& main) {
    return facts_.truth_of(facts_.attribute(main.node, facts_.names.is_main)).is_true();
  };
  bool any_made = std::any_of(mains.items().begin(), mains.items().end(),
                              [&](const NodeItem& main) { return main.is_certain && !came_with_vpc(main); });
  bool any = false;
  for (const NodeItem& main : mains.items()) {
    if (any_made && came_with_vpc(main)) continue;
    tables.choices.push_back({.table = main.node, .span = node.header, .is_main = true});
    any = any || main.is_certain;
  }
  if (mains.is_empty() && begins_elsewhere(vpc, subnet)) {
    open(
        facts_.because(UnknownReason::kExternal,
                       fmt::format("`{}` has no route table and no gateway here, and an output hands it to other roots",
                                   facts_.node(vpc).address)));
  }
  if (!any) tables.choices.push_back({.table = std::nullopt, .span = node.header, .is_main = true});
}

TableRoutes RouteMap::find_routes(NodeId table) {
  TableRoutes found;
  const Node& node = facts_.node(table);
  const EdgeInfo* edge = facts_.names.to_table.of(facts_.names.route);
  if (edge == nullptr) return found;
  Targets sources = facts_.graph.sources(table, edge->id);
  found.open = why_open(facts_, node, sources.rest);
  std::vector<HalfRoute> halves;
  for (const Link& link : sources.links) {
    // A route that was made for each of a summary's tables exists wherever the table does.
    bool exists = facts_.node(link.node).multiplicity.is_certain() || !node.multiplicity.is_certain();
    bool is_certain = link.is_certain && exists;
    Destination destination = destination_of(facts_, link.node);
    switch (destination.reach) {
      case Destination::Reach::kNowhereSpecial:
        break;
      case Destination::Reach::kHalf:
        halves.push_back({link.node, is_certain, destination.is_ipv4, destination.half});
        break;
      case Destination::Reach::kEverywhere:
        found.routes.push_back({.route = link.node, .is_certain = is_certain, .is_ipv4 = destination.is_ipv4});
        break;
      case Destination::Reach::kMaybeEverywhere:
        found.routes.push_back({.route = link.node, .is_certain = false});
        // One such route of a summary may be a default route to one target, and a second one to another.
        if (found.open == nullptr) found.open = facts_.many(link.node);
        break;
    }
  }
  add_halves(halves, found);
  for (const DefaultRoute& route : found.routes) {
    found.has_ipv4 = found.has_ipv4 || (route.is_certain && route.is_ipv4);
  }
  if (may_propagate(facts_.attribute(table, facts_.names.propagates))) {
    found.propagated = facts_.because(
        UnknownReason::kComputed, fmt::format("a VPN gateway may propagate a default route into `{}`", node.address));
  }
  return found;
}

void RouteMap::build_reverse() {
  has_reverse_ = true;
  const Unknown* lost_table = nullptr;  // Some subnet may be governed by any table.
  const Unknown* lost_nat = nullptr;    // Some subnet may leave through any NAT gateway.
  for (NodeId subnet : facts_.graph.nodes_of(facts_.names.subnet)) {
    const Node& node = facts_.node(subnet);
    const EffectiveTables& tables = tables_of(subnet);
    if (tables.open != nullptr && lost_table == nullptr && !node.is_external) lost_table = tables.open;
    for (const TableChoice& choice : tables.choices) {
      if (!choice.table) continue;
      bool is_certain = tables.is_known() && node.multiplicity.is_certain();
      subnets_[choice.table->index].add(subnet, choice.span, is_certain);
      subnets_[choice.table->index].add_rest(facts_.many(subnet));
    }
    Value nats = facts_.ask(subnet_nat_gateways_used, subnet);
    if (nats.rest() != nullptr && lost_nat == nullptr && !node.is_external) lost_nat = nats.rest();
    for (const Value& nat : nats.items()) {
      NodeSet& users = users_[nat.as_node().index];
      users.add(subnet, nat.origin(), !nat.is_maybe() && node.multiplicity.is_certain());
      users.add_rest(facts_.many(subnet));
    }
  }
  const EdgeInfo* association = facts_.names.to_associated_tables.of(facts_.names.subnet);
  for (NodeId table : facts_.graph.nodes_of(facts_.names.route_table)) {
    NodeSet& subnets = subnets_[table.index];
    if (association != nullptr) subnets.add_rest(facts_.graph.sources(table, association->id).rest);
    subnets.add_rest(lost_table);
  }
  for (NodeId nat : facts_.graph.nodes_of(facts_.names.nat_gateway)) users_[nat.index].add_rest(lost_nat);
}

const NodeSet& RouteMap::subnets_of(NodeId table) {
  if (!has_reverse_) build_reverse();
  return subnets_[table.index];
}

const NodeSet& RouteMap::users_of(NodeId nat_gateway) {
  if (!has_reverse_) build_reverse();
  return users_[nat_gateway.index];
}

}  // namespace halint
