// JSON as Terraform's jsonencode writes it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/arena.h"
#include "graph/value.h"

namespace halint {

// A string; of a value that is unknown in part, a template. An unknown part of it stands for the JSON of the unknown
// value and is marked as `maybe`, so that jsondecode can find the value again. Lists that may have more items than
// are known and values beyond the limit have no JSON: then the result is absent.
Value encode_json(Arena& arena, const Value& value);

// `"` + text with escapes + `"`. Go escapes `<`, `>` and `&` too.
void append_json_string(std::string_view text, std::string& out);

}  // namespace halint
