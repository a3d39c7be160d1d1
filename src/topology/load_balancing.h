// What stands behind a load balancer, and which compute serves one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "topology/fact_context.h"

namespace halint {

Value load_balancer_targets(FactContext& facts, NodeId load_balancer);
Value load_balancer_target_zones(FactContext& facts, NodeId load_balancer);
Value load_balancer_target_groups(FactContext& facts, NodeId load_balancer);
Value target_group_members(FactContext& facts, NodeId target_group);
Value target_group_load_balancers(FactContext& facts, NodeId target_group);
Value compute_serves_load_balancer(FactContext& facts, NodeId compute);
Value autoscaling_group_attached_groups(FactContext& facts, NodeId autoscaling_group);

// Registered in a target group or a classic load balancer. `certain` leaves out what was not read.
Answer serves_load_balancer(FactContext& facts, NodeId compute);

}  // namespace halint
