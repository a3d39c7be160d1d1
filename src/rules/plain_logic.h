// The logic of rule files that are written plainly, without a YAML reader: a run that finds nothing reads only this.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "rules/yaml_tree.h"

namespace halint {

// Reads `let`, `when`, `require` and `outranks` as YAML would. False if they are written in a way that this reader
// does not know; what `tree` then holds is worth nothing.
bool read_plain_logic(std::string_view text, YamlTree& tree);

}  // namespace halint
