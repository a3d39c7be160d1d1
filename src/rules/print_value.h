// Values as sentences say them: "a, b and c", "1 to 3", an address, the name of a zone.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "graph/graph.h"
#include "graph/value.h"

namespace halint {

std::string print_value(const Graph& graph, const Value& value);

// Whether `a` stands before `b` in a list for people: numbers in it count as numbers ("x[2]" before "x[10]").
bool natural_less(std::string_view a, std::string_view b);

}  // namespace halint
