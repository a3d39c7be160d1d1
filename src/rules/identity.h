// The identity of a finding: what makes it the same finding tomorrow.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace halint {

class Graph;
struct NodeId;

// The address of a node with the root that it stands in: "tf:infra#aws_vpc.a". `root` is that of the graph's first
// configuration, "tf:infra#"; what was joined to it keeps its own.
std::string full_address(const Graph& graph, NodeId node, std::string_view root);

// 128 bits as 32 hex digits, of the rule, the full addresses of the subjects in any order, and what the rule adds to
// tell its findings apart. It never changes within a major version.
std::string identity_of(std::string_view rule, std::span<const std::string> subjects, std::string_view discriminator);

}  // namespace halint
