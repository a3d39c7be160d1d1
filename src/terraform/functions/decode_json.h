// JSON text to values, also text with holes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "terraform/functions/function_table.h"

namespace halint {

// What jsondecode gives for a string or a template. Holes that jsonencode made become the values that they stand for,
// so jsondecode(jsonencode(x)) is x. On wrong text `problem` says why.
Value decode_json(const Call& call, const Value& text, std::string& problem);

}  // namespace halint
