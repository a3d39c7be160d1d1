// How not knowing spreads: from the arguments of a function or an operator to its result.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "base/span.h"
#include "graph/value.h"

namespace halint {

// Why `value` is not wholly known: the first unknown in it. Null if it is wholly known.
const Unknown* first_unknown(const Value& value);

// A text that is equal for equal values, also for unknown ones that have an identity: `cidrsubnet(var.cidr, 8, 1)`.
// None for what has no identity, is secret, or is very long.
std::optional<std::string> identity_text(const Value& value);
std::optional<std::string> identity_text(std::string_view function, std::span<const Value> arguments);

// A text that two wholly known values of one type share if and only if they are equal. Secrets are in it: never print.
std::string key_of(const Value& value);

// A string that cannot be empty or null although it is not known: `aws_subnet.a.id`, "${var.x}-db".
bool is_never_empty(const Value& value);

// What `function` gives for `arguments` of which some are unknown: unknown for the reason of the first unknown one,
// with the call as its symbol if all arguments have an identity. Requires: not all are wholly known.
Value unknown_result(Arena& arena, std::string_view function, std::span<const Value> arguments, Span origin);

// Whether the value or something in it must not be printed.
bool holds_secret(const Value& value);

// The first origin of `values` that lies outside of `expression`, since that is where the user changes the outcome;
// `expression` if there is none.
Span deciding_origin(std::span<const Value> values, Span expression);

// Values nest no deeper than this when functions walk through them.
inline constexpr int kDeepestValue = 250;

// How much of a value a walk may see. Lists share their items, so a value of a few hundred bytes can stand for a tree
// of billions.
struct WalkBudget {
  std::size_t left = 200'000;

  // False when it is spent.
  bool spend() { return left != 0 && left-- != 0; }
};

}  // namespace halint
