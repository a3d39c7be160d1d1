// What the server answers about a file: symbols, where names lead, code actions.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "lsp/analysis.h"
#include "lsp/protocol.h"

namespace halint::lsp {

// `DocumentSymbol[]`: the nodes that a file makes, each below the one that it lies in.
Json symbols_of(const Analysis& analysis, const std::string& path, Encoding encoding);

// `Location[]`: the resource that a name at a place leads to; the places that lead to the resource there. For Terraform
// nothing, since other servers answer there.
Json definition_at(const Analysis& analysis, const std::string& path, const Json& position, Encoding encoding);
Json references_at(const Analysis& analysis, const std::string& path, const Json& position, Encoding encoding);

// `CodeAction[]` for the diagnostics of a request, made from their `data`, so nothing is waited for. `shown` is what
// was published for the file, for clients that do not send it back.
Json code_actions_of(const Json& parameters, const Json& shown);

// A rule as Markdown; empty if there is none of that name.
std::string explain_rule(const std::string& name);

}  // namespace halint::lsp
