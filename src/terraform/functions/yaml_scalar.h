// What a scalar of YAML means: "yes" is true, "0x1F" is 31.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/arena.h"
#include "graph/value.h"

namespace halint {

// `tag` as yaml-cpp gives it: "?" for a plain scalar, "!" for a quoted one, otherwise the tag's full name.
Value resolve_yaml_scalar(Arena& arena, std::string_view tag, std::string_view text, std::string& problem);

}  // namespace halint
