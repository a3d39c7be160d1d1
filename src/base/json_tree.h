// JSON text as a tree that knows where everything stands.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"

namespace halint {

struct JsonMember;

struct JsonNode {
  enum class Kind { kNull, kBool, kNumber, kString, kArray, kObject };
  Kind kind = Kind::kNull;
  Span span = {};
  std::string_view text = {};  // kBool, kNumber: as written; kString: escapes resolved.
  bool has_escapes = false;    // kString: positions in `text` are not those in the file.
  std::vector<JsonNode> items = {};
  std::vector<JsonMember> members;  // In the order of the file; keys may repeat.
};

struct JsonMember {
  JsonNode key;
  JsonNode value;
};

// `text` must outlive the result; resolved escapes are kept in `arena`. The diagnostic, if any, is the first error:
// what comes after it is not read.
Parsed<JsonNode> parse_json(std::string_view text, FileId file, Arena& arena, std::uint32_t nesting);

}  // namespace halint
