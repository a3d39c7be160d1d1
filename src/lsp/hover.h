// What halint says about a place when asked: its findings, the resource that begins there, what a suppression silences.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "lsp/analysis.h"
#include "lsp/diagnostics.h"
#include "lsp/protocol.h"

namespace halint::lsp {

// `Hover`, or null where halint has nothing to say: other servers answer there.
Json hover_at(const Analysis& analysis, const std::string& path, const Json& position, const ClientAbilities& client);

// A resource for those who look at it, as Markdown: where it is, which way it leaves, what reaches it.
std::string describe_node(const Topology& topology, const Node& node);

}  // namespace halint::lsp
