// Equality, order and arithmetic on values that may be known in part.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/cidr.h"
#include "cel/environment.h"
#include "cel/expression.h"
#include "graph/value.h"

namespace halint::cel {

// An unknown for which there is no better reason.
const Unknown* some_unknown();

// The reason why a value, or its list, is not wholly certain; null if it is.
const Unknown* reason_of(const Value& value);

// Deep, three-valued. Nodes and zones are compared by the host.
Truth equals(Host& host, const Value& a, const Value& b);
// Two address ranges, however they are written. Unknown if one of them is no range.
Truth equal_ranges(const Value& a, const Value& b);
// A range, or an address as a range of one.
std::optional<Cidr> parse_range(std::string_view text);
// Whether an item is in a list.
Truth contains_item(Host& host, const Value& list, const Value& item);

// The number of items of a list: least and most.
Interval count(Host& host, const Value& list);

// `<`, `<=`, `>`, `>=` on numbers, strings and bools. Sets `error` if the values have no order.
Truth compare(Operator op, const Value& a, const Value& b, std::string& error);
// -1, 0, 1 of two known values of one ordered kind.
int order(const Value& a, const Value& b);

// `+ - * / %` on numbers and intervals, `+` on strings and lists. Sets `error` on overflow and the like.
Value calculate(Arena& arena, Operator op, Arithmetic arithmetic, const Value& a, const Value& b, std::string& error);
Value negate(Arena& arena, Arithmetic arithmetic, const Value& a, std::string& error);

// "an int", "a list": of a value, for messages.
std::string_view kind_name(const Value& value);

}  // namespace halint::cel
