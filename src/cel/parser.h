// Text -> syntax tree.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/arena.h"
#include "cel/expression.h"

namespace halint::cel {

// What is wrong with an expression, and where: bytes of its text.
struct Fault {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string message;  // Lower case, no final period.
  std::string help;     // "did you mean `users`?" May be empty.
};

// Null if the text is no expression; `fault` then says why. The tree lives in `arena` and points into `text`.
Expr* parse(Arena& arena, std::string_view text, Fault& fault);

}  // namespace halint::cel
