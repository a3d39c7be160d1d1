// Texts of rules with CEL in braces: "private subnets in {n} zones".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "cel/compile.h"

namespace halint {

struct TextTemplate {
  // A literal text, or the program whose value stands there.
  struct Part {
    std::string_view text;
    const cel::Expr* value = nullptr;
  };
  std::vector<Part> parts;
  bool is_empty() const { return parts.empty(); }
};

// False if a hole is wrong: `fault` is a place in `text`. The result points into `arena`.
bool compile_text(Arena& arena, const cel::Environment& environment, std::string_view text, TextTemplate& result,
                  cel::Fault& fault);

// The end of the hole that begins at `text[begin] == '{'`: the offset of its `}`, npos if there is none. Braces in
// strings and maps do not end it.
std::size_t end_of_hole(std::string_view text, std::size_t begin);

}  // namespace halint
