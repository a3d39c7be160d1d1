// Findings as the editor shows them: diagnostics, with all that a code action needs later in their `data`.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "lsp/analysis.h"
#include "lsp/protocol.h"

namespace halint::lsp {

struct ClientAbilities {
  Encoding encoding = Encoding::kUtf16;
  bool shows_related_information = false;  // Else the evidence is part of the message.
  bool hover_shows_diagnostics = false;    // Then a hover need not say again what they say.
};

// By absolute path: the list of diagnostics, in the order of the report.
std::map<std::string, Json> diagnostics_of(const Analysis& analysis, const ClientAbilities& client);

}  // namespace halint::lsp
