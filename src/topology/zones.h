// Availability Zone terms: when two are the same zone, when they are not, and how many zones a list spans.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "graph/graph.h"
#include "graph/value.h"

namespace halint {

// The zone that a value of an attribute such as `availability_zone` names: a kZone value. An unset value gives a free
// term, named by `owner`. Element terms come from symbols such as data.aws_availability_zones.x.names[0]. An unknown
// without identity stays the unknown that it is. `name` wins over `zone_id`.
Value zone_of(Arena& arena, const Value& name, const Value& zone_id, std::string_view owner);

// kUnknown is "maybe". `region_zones` is the least number of zones that a region is assumed to have: element() of an
// unknown list wraps around there at the earliest.
Truth same_zone(const ZoneTerm& a, const ZoneTerm& b, int region_zones);

// Number of distinct zones of a list of kZone values (and unknowns): lower = size of the largest group of pairwise
// definitely distinct terms, upper = number of classes of definitely equal ones. `maybe` items count for the upper
// bound only; a list with `rest` has no upper bound. If the bounds differ, they say why.
Interval distinct_zones(const Value& zones, int region_zones);

// Why a list's zones cannot be told apart or counted: the reason of its rest, else of its first item that has one.
// Null if all is known.
const Unknown* why_uncertain(const Value& zones);

}  // namespace halint
