// What nginx does for the machines that it runs on: who sends requests to which of its sockets, and what becomes of
// them. SPDX-License-Identifier: Apache-2.0
#pragma once

#include "topology/fact_context.h"

namespace halint {

// Compute.
Value compute_nginx_servers(FactContext& facts, NodeId compute);
Value compute_nginx_listens(FactContext& facts, NodeId compute);
Value compute_nginx_app_ports(FactContext& facts, NodeId compute);

// Target groups.
Value target_group_nginx_machines(FactContext& facts, NodeId target_group);
Value target_group_nginx_listens(FactContext& facts, NodeId target_group);

// Sockets of nginx, and its servers.
Value nginx_listen_reached_by(FactContext& facts, NodeId listen);
Value nginx_listen_tls_ended_by(FactContext& facts, NodeId listen);
Value nginx_server_reached_by(FactContext& facts, NodeId server);
Value nginx_server_tls_ended_by(FactContext& facts, NodeId server);

}  // namespace halint
