// Where line breaks may stand: what HCL refuses and its grammar lets pass.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/span.h"

namespace halint {

// HCL ends an argument where its line ends, unless a bracket is open, and wants each argument and block on lines of its
// own. `text`, which starts at `base` of the file, is otherwise sound.
void add_line_errors(std::vector<Diagnostic>& diagnostics, std::string_view text, FileId file, std::uint32_t base);

}  // namespace halint
