// Which security groups protect a node, and what their rules let in.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_set>

#include "topology/fact_context.h"

namespace halint {

// The rules of one security group.
struct GroupRules {
  NodeSet ingress, egress;
  // Rules whose range, or whose range together with those of others of the group, is the world.
  std::unordered_set<std::uint32_t> world;
};

GroupRules gather_rules(FactContext& facts, NodeId group);

// A protocol as rules mean it.
enum class Protocol : std::uint8_t { kTcp, kUdp, kIcmp, kAll, kOther };
// Unset if it is not known, with the reason in `why`.
std::optional<Protocol> protocol_of(FactContext& facts, NodeId rule, const Unknown** why);

// The rule admits TCP to this port. `-1` admits every port; tcp from 0 to 0 admits port 0 only.
Answer covers_port(FactContext& facts, NodeId rule, std::int64_t port);
// As `covers_port`, but of a rule that is about few ports, so that it tells what the port is for.
Answer is_for_port(FactContext& facts, NodeId rule, std::int64_t port);
Answer is_world_rule(FactContext& facts, NodeId rule);

// Groups of a node: its own, else those of what launches it.
NodeSet groups_of(FactContext& facts, NodeId node);

// Facts of nodes with security groups, and of their rules.
Value node_groups(FactContext& facts, NodeId node);
Value node_ingress(FactContext& facts, NodeId node);
Value node_egress_rules(FactContext& facts, NodeId node);
Value group_members(FactContext& facts, NodeId group);
Value rule_is_world(FactContext& facts, NodeId rule);
Value rule_peer_is_cidr(FactContext& facts, NodeId rule);
Value group_ingress(FactContext& facts, NodeId group);
Value group_allows_all_egress(FactContext& facts, NodeId group);

}  // namespace halint
