// What is certain about an address range of which only a part may be known.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "topology/fact_context.h"

namespace halint {

// A range that is written: its family, and how long its prefix is at least and at most.
struct RangeShape {
  bool is_set = false;           // Something is written at all.
  std::optional<Cidr> range;     // The whole range, if it is known.
  int shortest = 0;              // Its prefix is at least this long: "${var.ip}/32" is a single address.
  const Unknown* why = nullptr;  // Non-null if the range is not known.
};

RangeShape shape_of(FactContext& facts, const Value& value);

}  // namespace halint
