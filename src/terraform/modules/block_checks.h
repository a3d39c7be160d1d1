// What Terraform's own arguments may say: names, types, addresses, versions, fixed lists.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "terraform/syntax/ast.h"

namespace halint {

// Adds what Terraform refuses before it evaluates anything, of a block of the outermost level that has its labels.
void check_block(const Block& block, std::vector<Diagnostic>& diagnostics);

// The same of `moved`, `import` and `removed`.
void check_move(const Block& block, std::vector<Diagnostic>& diagnostics);

// What is no type in the `type` of a variable.
void check_type(const Expression& type, std::vector<Diagnostic>& diagnostics);

// References that lead nowhere wherever they stand: `count.index` without `count`, `self`, `path.x`.
void check_references(const Block& block, std::vector<Diagnostic>& diagnostics);

}  // namespace halint
