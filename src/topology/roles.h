// What a machine is for: bastion, application, NAT instance. Structure first, names last.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "topology/fact_context.h"

namespace halint {

// What was found of a bastion. Answers are about the node.
struct BastionSigns {
  bool is_named = false;       // Its name says so.
  bool is_automation = false;  // Its name says that it builds or deploys: jenkins, gitlab-runner, ansible.
  Answer opens_ssh_elsewhere;  // Its group is the source of an SSH rule of another group.
  Answer ssh_from_outside;     // SSH is let in from addresses.
  Answer is_public;            // It stands in a public subnet or has a public address.
  Answer only_ssh;             // Nothing else is let in.
  Answer is_target;            // It is registered behind a load balancer.
  Answer forwards;             // It forwards packets of others: a NAT instance, a firewall.
  Answer is_vpn;               // A VPN's ports are let in.
};

BastionSigns bastion_signs(FactContext& facts, NodeId compute);
Answer is_bastion(FactContext& facts, NodeId compute, const BastionSigns& signs);
Answer is_nat_instance(FactContext& facts, NodeId compute);
Answer is_app(FactContext& facts, NodeId compute);

// `bastion`, `app`, `nat` or `other`.
Value compute_role(FactContext& facts, NodeId compute);
// By what the role is known: `given`, `structure` or `name`.
Value compute_role_source(FactContext& facts, NodeId compute);
// SSH or anything else may reach it from the internet: a public subnet or a public address.
Value compute_is_public(FactContext& facts, NodeId compute);

}  // namespace halint
