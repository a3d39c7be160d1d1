// What a subnet is meant for and used for: by its name, and by what stands in it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "topology/fact_context.h"

namespace halint {

// `public`, `private`, `data`, or "" if the name says nothing. Never unknown.
Value subnet_named_as(FactContext& facts, NodeId subnet);
// The same by what stands in it, then by its setting for public addresses, then by its name. Never unknown.
Value subnet_intent(FactContext& facts, NodeId subnet);
Value subnet_is_data_only(FactContext& facts, NodeId subnet);
Value subnet_hosts_public_entry(FactContext& facts, NodeId subnet);
Value subnet_needs_availability(FactContext& facts, NodeId subnet);
Value vpc_has_compute(FactContext& facts, NodeId vpc);

}  // namespace halint
