// What Terraform's own blocks may hold: arguments, nested blocks, labels.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "terraform/syntax/ast.h"

namespace halint {

// Adds what Terraform refuses about the shape of a block of the outermost level and of the blocks inside of it. What
// the schema of a provider decides is left alone. Says nothing about a type of block that has no labels where it needs
// some; see `collect_declarations`.
void check_shape(const Block& block, std::vector<Diagnostic>& diagnostics);

// "an `output` block".
std::string words_for_block(std::string_view type);

}  // namespace halint
