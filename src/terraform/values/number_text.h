// Numbers as Terraform reads and prints them, and decimal arithmetic: 0.1 + 0.2 is 0.3.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "graph/value.h"

namespace halint {

// A decimal literal or a string that converts to a number: "1", "-1.5e3". None for anything else ("0x10", "", " 1").
std::optional<Value> parse_number(std::string_view text, Span origin = {});

// The shortest decimal that means this number, never with an exponent: "5", "0.3", "1000000000000000000000".
// Requires: kNumber.
std::string number_text(const Value& number);

// "%.2f" with 2 places, "%.2e", and "%g" with so many digits (-1: as many as it takes). Ties are rounded as Terraform's
// binary fractions of 512 bits are. Requires: kNumber.
std::string fixed_text(const Value& number, int places);
std::string scientific_text(const Value& number, int places);
std::string general_text(const Value& number, int precision);

// Exact on integers that fit in 64 bits and on decimals of few digits. Requires: both kNumber.
Value add_numbers(const Value& a, const Value& b);
Value subtract_numbers(const Value& a, const Value& b);
Value multiply_numbers(const Value& a, const Value& b);
// Absent when `b` is zero.
Value divide_numbers(const Value& a, const Value& b);
// The remainder has the sign of `a`. Absent when `b` is zero.
Value remainder_of_numbers(const Value& a, const Value& b);
// Negative, zero, positive.
int compare_numbers(const Value& a, const Value& b);

}  // namespace halint
