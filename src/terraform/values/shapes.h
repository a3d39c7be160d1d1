// What is known of a value that AWS gives: the form of a zone name, of a region, of an ARN.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/arena.h"
#include "graph/value.h"

namespace halint {

// The shape of what a symbol of a data source or a resource stands for.
Shape shape_of(const Symbol& symbol);

// `unknown` with the shape that its symbol has. Requires: kUnknown.
Value with_shape(Arena& arena, const Value& unknown);

}  // namespace halint
