// Finding what a schema's path names in a resource's body.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "graph/schema_mapping.h"
#include "graph/value.h"

namespace halint {

// The values that a path leads to.
struct Found {
  struct Item {
    Value value;
    Span span;  // The member that holds it, where it is written.
  };
  std::vector<Item> items;
  const Unknown* rest = nullptr;  // There may be more items, and why they are not known.

  bool is_set() const { return !items.empty() || rest != nullptr; }
  void clear() {
    items.clear();
    rest = nullptr;
  }
};

// Adds what `path` leads to. `block` is where the path starts, unless it starts at the resource. Values that are not
// set, and empty texts, add nothing.
void find_values(const SourcePath& path, const Value& block, const Value& resource, Found& found);

}  // namespace halint
