// Text -> checked program: types are known, members exist, functions are chosen.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/arena.h"
#include "cel/environment.h"
#include "cel/expression.h"
#include "cel/parser.h"
#include "graph/type.h"

namespace halint::cel {

struct Program {
  const Expr* root = nullptr;
  Type type;
};

// False if the text is wrong; `fault` then says where and why. The program lives in `arena` and points into `text`.
bool compile(Arena& arena, const Environment& environment, std::string_view text, Program& program, Fault& fault);

}  // namespace halint::cel
