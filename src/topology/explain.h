// How facts came about, hop by hop: the evidence that a finding shows.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "topology/fact_context.h"

namespace halint {

// Explains one fact of one node: the hops in order.
using ExplainFact = std::vector<Hop> (*)(FactContext&, NodeId);

std::vector<Hop> why_tier(FactContext& facts, NodeId subnet);
std::vector<Hop> why_route_table(FactContext& facts, NodeId subnet);
std::vector<Hop> why_table_nat_gateways(FactContext& facts, NodeId table);
std::vector<Hop> why_nat_gateway_users(FactContext& facts, NodeId nat_gateway);
std::vector<Hop> why_subnet_zone(FactContext& facts, NodeId subnet);
std::vector<Hop> why_nat_gateway_zone(FactContext& facts, NodeId nat_gateway);
std::vector<Hop> why_zones(FactContext& facts, NodeId node);
std::vector<Hop> why_subnets_in(FactContext& facts, NodeId node);
std::vector<Hop> why_role(FactContext& facts, NodeId compute);
std::vector<Hop> why_groups(FactContext& facts, NodeId node);
std::vector<Hop> why_ingress(FactContext& facts, NodeId node);
std::vector<Hop> why_targets(FactContext& facts, NodeId load_balancer);
std::vector<Hop> why_is_world(FactContext& facts, NodeId rule);
std::vector<Hop> why_members(FactContext& facts, NodeId subnet);
std::vector<Hop> why_serves_load_balancer(FactContext& facts, NodeId compute);

}  // namespace halint
