// A graph as text: for `--print graph`, and for tests that hold it against what is expected.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "graph/graph.h"

namespace halint {

// Stable: nodes by address; of each its kind, attributes that are set, and edges with what they lead to.
//
//   subnet aws_subnet.a
//     az: "eu-west-1a"
//     vpc -> aws_vpc.main
//     associated_with => aws_route_table.a?, ... (`var.tables` has no value)
std::string print_graph(const Graph& graph);

}  // namespace halint
