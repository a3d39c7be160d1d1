// A quick reader of the plain part of YAML, in which schema/ is written.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "graph/schema_reader.h"

namespace halint {

// Block maps and lists, flow maps and lists, plain and double-quoted scalars on one line, comments. False if the text
// is anything else, also if it is wrong: then the full reader has to say what it is. It exists since the schema is read
// at each start, and yaml-cpp takes ten times as long.
bool read_plain_yaml(FileId file, std::string_view text, SchemaNode& root);

}  // namespace halint
