// Which route table governs a subnet, where its default routes lead, and what that makes the subnet.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "topology/fact_context.h"

namespace halint {

// One route table that may govern a subnet.
struct TableChoice {
  std::optional<NodeId> table;  // Unset: a main route table that nobody wrote, which holds the local route only.
  Span span;                    // The association; the subnet if there is none.
  bool is_main = false;
};

// The tables that may govern a subnet: exactly one of them, unless `open` says that it may be another.
struct EffectiveTables {
  std::vector<TableChoice> choices;
  const Unknown* open = nullptr;

  bool is_known() const { return choices.size() == 1 && open == nullptr; }
};

struct DefaultRoute {
  NodeId route;
  bool is_certain = true;  // It exists, and it leads everywhere.
  bool is_ipv4 = false;
};

// The default routes of a table.
struct TableRoutes {
  std::vector<DefaultRoute> routes;
  const Unknown* open = nullptr;        // There may be more.
  const Unknown* propagated = nullptr;  // Or a gateway may add one while it runs.
  bool has_ipv4 = false;                // One certainly leads to all of IPv4; there is never a second.
};

// Knows the tables of all subnets and the routes of all tables, each found out when first asked.
class RouteMap {
 public:
  explicit RouteMap(FactContext& facts) : facts_(facts) {}

  const EffectiveTables& tables_of(NodeId subnet);
  const TableRoutes& routes_of(NodeId table);
  // Subnets that a table governs; subnets whose default route leads to a NAT gateway.
  const NodeSet& subnets_of(NodeId table);
  const NodeSet& users_of(NodeId nat_gateway);

 private:
  EffectiveTables find_tables(NodeId subnet);
  bool begins_elsewhere(NodeId vpc, NodeId subnet);
  void add_main_table(NodeId subnet, EffectiveTables& tables);
  TableRoutes find_routes(NodeId table);
  void build_reverse();

  FactContext& facts_;
  std::unordered_map<std::uint32_t, EffectiveTables> tables_;
  std::unordered_map<std::uint32_t, TableRoutes> routes_;
  std::unordered_map<std::uint32_t, NodeSet> subnets_, users_;
  bool has_reverse_ = false;
};

// Facts of subnets.
Value subnet_tier(FactContext& facts, NodeId subnet);
Value subnet_route_table(FactContext& facts, NodeId subnet);
Value subnet_default_routes(FactContext& facts, NodeId subnet);
Value subnet_egress(FactContext& facts, NodeId subnet);
Value subnet_nat_gateways_used(FactContext& facts, NodeId subnet);
// Facts of route tables and NAT gateways.
Value table_subnets(FactContext& facts, NodeId table);
Value table_default_routes(FactContext& facts, NodeId table);
Value table_nat_gateways(FactContext& facts, NodeId table);
Value nat_gateway_users(FactContext& facts, NodeId nat_gateway);

}  // namespace halint
