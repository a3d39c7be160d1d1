// An attribute of a node, out of what the format's body says: paths, coercion, renamed words.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/schema_mapping.h"
#include "graph/source_path.h"

namespace halint {

struct AttributeValue {
  Value value;  // Absent if nothing is set.
  Span span;    // Where it is written; unknown if it is not.
};

// Without the default: whether it applies, the caller knows.
AttributeValue read_attribute(Arena& arena, const AttributeSource& source, const Type& type, const Value& block,
                              const Value& resource);

// `value` as a value of `type`: "true" is a boolean, "443" a number, 443 a text; words are replaced as `source` says.
// What cannot be read so is unknown.
Value coerce(Arena& arena, const AttributeSource& source, const Type& type, const Value& value);

// The first reason in a value that is not wholly known; null if there is none.
const Unknown* reason_in(const Value& value);

// "a, b" with ',' -> ["a", "b"]. Others than strings are returned as they are.
Value split_items(Arena& arena, char separator, const Value& value);

}  // namespace halint
