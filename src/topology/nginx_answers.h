// What nginx answers by itself, without the application: redirects to https, and the load balancer's health check.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "topology/fact_context.h"

namespace halint {

// Blocks of a server that answer plain HTTP with a redirect to the same place by https, without asking how the client
// came: the server itself, locations, and conditions that look at nginx's own scheme only.
Value nginx_server_https_redirects(FactContext& facts, NodeId server);

// The server that answers a target group's health check: the default one of the port, since the check comes with an
// address as its host. Null if no nginx that is known listens there.
Value target_group_health_server(FactContext& facts, NodeId target_group);
// The block of it that decides, and the status that nginx gives by itself: null if it passes the check on, or a file
// answers.
Value target_group_health_place(FactContext& facts, NodeId target_group);
Value target_group_health_code(FactContext& facts, NodeId target_group);

}  // namespace halint
