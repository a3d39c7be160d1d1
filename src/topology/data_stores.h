// On which ports a data store listens.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "topology/fact_context.h"

namespace halint {

// Its port, else its cluster's or source's, else its engine's default.
Value data_store_service_port(FactContext& facts, NodeId data_store);
// All ports on which clients reach it: Kafka has one for each way to authenticate.
Value data_store_service_ports(FactContext& facts, NodeId data_store);

}  // namespace halint
