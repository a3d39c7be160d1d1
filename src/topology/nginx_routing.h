// Which server and which location of an nginx configuration a request meets.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "graph/graph.h"

namespace halint {

// The node, null if there is none, or unknown with the reason.

// The `nginx_server` below `http` that answers on a port for a host name: an exact name, the longest name that begins
// with `*.`, the longest that ends with `.*`, the first regular expression, else the default server. Sockets of single
// addresses count like those of all.
Value nginx_server_for(const Graph& graph, NodeId http, std::int64_t port, std::string_view host);

// The `nginx_location` of a server that answers to a path: `=`, else the longest prefix; unless that is `^~`, the first
// regular expression goes before it, those inside of the prefix first.
Value nginx_location_for(const Graph& graph, NodeId server, std::string_view path);

}  // namespace halint
