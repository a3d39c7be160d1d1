// Says what is wrong with HCL text, in words for people.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "terraform/syntax/hcl_tree.h"

namespace halint {

// One `syntax-error` for each broken region of `text`, which starts at byte `base` of the file.
// Requires: tree.has_error().
void add_syntax_errors(std::vector<Diagnostic>& diagnostics, const HclTree& tree, std::string_view text, FileId file,
                       std::uint32_t base);

// A `syntax-error` for the first byte of `text` that is not UTF-8, if there is one.
void add_encoding_error(std::vector<Diagnostic>& diagnostics, std::string_view text, FileId file);

}  // namespace halint
