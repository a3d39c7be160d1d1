// Reads HCL text into syntax. Never fails: what is broken becomes a diagnostic, the rest is read.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/remark.h"
#include "base/source_file.h"
#include "terraform/syntax/ast.h"

namespace halint {

// One parsed file. The syntax points into `arena` and into the text of `file`.
struct HclFile {
  FileId file;
  Arena arena;
  Body body;
  std::vector<Diagnostic> diagnostics;
  std::vector<Remark> remarks;  // Comments that speak to halint.
};

// `id` is the file that spans name. `text` must live as long as the result. `nesting` limits how deep expressions and
// blocks may nest.
HclFile parse_hcl(std::string_view text, FileId id, std::uint32_t nesting);

// A template file's text as an expression in `into`, as `templatefile` reads it: `Hello ${name}`. Null if it is broken.
// `base` is where the text starts in the file.
const Expression* parse_hcl_template(HclFile& into, std::string_view text, std::uint32_t nesting,
                                     std::uint32_t base = 0);

}  // namespace halint
