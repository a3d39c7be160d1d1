// Where things stand: subnets and zones of compute, data stores and load balancers, and what stands in a subnet.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "topology/fact_context.h"

namespace halint {

// All subnets in which a node may stand: its own, or those of its subnet group, cluster or launch template.
NodeSet subnets_of_node(FactContext& facts, NodeId node);
// Zones of a list of subnets, with the subnets' certainty.
Value zones_of_subnets(FactContext& facts, const NodeSet& subnets);

Value subnet_zone(FactContext& facts, NodeId subnet);
Value nat_gateway_zone(FactContext& facts, NodeId nat_gateway);
Value node_subnets_in(FactContext& facts, NodeId node);
Value node_zones(FactContext& facts, NodeId node);

// What may stand in a subnet: compute, data stores and load balancers.
Value subnet_members(FactContext& facts, NodeId subnet);

}  // namespace halint
