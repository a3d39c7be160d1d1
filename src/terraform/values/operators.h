// Terraform's operators over values that may be partly unknown.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/arena.h"
#include "base/span.h"
#include "graph/value.h"

namespace halint {

enum class BinaryOperator {
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kRemainder,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kEqual,
  kNotEqual,
  kAnd,
  kOr,
};
enum class UnaryOperator { kNegate, kNot };

// `left op right`. Operands are converted first (`1 + "2"` is 3). `false && unknown` is false; a comparison of
// intervals is decided where it can be. On a wrong type, a null operand or a division by zero, `error` gets a sentence
// and the result is unknown with reason kInvalid. `where` is the span of the whole expression.
Value apply(Arena& arena, BinaryOperator op, const Value& left, const Value& right, Span where, std::string& error);
Value apply(Arena& arena, UnaryOperator op, const Value& operand, Span where, std::string& error);

// Equality with Terraform's types: 1 and "1" differ, a list and a tuple differ, null equals null only.
Truth terraform_equal(const Value& a, const Value& b);

// Two unknown things that cannot be equal: ids of different resources, different elements of a list of zones.
bool are_certainly_distinct(const Value& a, const Value& b);

// The part of something unknown that `step` leads to: unknown for the same reason, its symbol grown by the step.
// Requires: kUnknown.
Value part_of_unknown(Arena& arena, const Value& whole, const Step& step, Span origin);

}  // namespace halint
