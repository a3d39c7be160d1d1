// Numbers as Terraform reads, prints and calculates them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "graph/value.h"

namespace halint {

// True for a decimal: "1", "-1.5e3"; false for anything else ("0x10", "", " 1").
bool is_decimal(std::string_view text);
// A decimal literal or a string that converts to a number. None for anything else. One with more than
// a thousand places is rounded to a double: 0, or infinite.
std::optional<Value> parse_number(Arena& arena, std::string_view text, Span origin = {});

// The shortest decimal that means this number, never with an exponent: "5", "0.3", "1000000000000000000000".
// Requires: kNumber.
std::string number_text(const Value& number);

// "%.2f" with 2 places, "%.2e", and "%g" with so many digits (-1: as many as it takes). Ties are rounded as Terraform's
// binary fractions of 512 bits are. Requires: kNumber.
std::string fixed_text(const Value& number, int places);
std::string scientific_text(const Value& number, int places);
std::string general_text(const Value& number, int precision);

// The digits of base 2, 8 or 16 (`bits` of each digit: 1, 3, 4), lower case, without sign. None if it is not whole.
// Requires: kNumber.
std::optional<std::string> digits_of_whole(const Value& number, int bits);

// With 512 bits, as Terraform calculates. Requires: both kNumber.
Value add_numbers(Arena& arena, const Value& a, const Value& b);
Value subtract_numbers(Arena& arena, const Value& a, const Value& b);
Value multiply_numbers(Arena& arena, const Value& a, const Value& b);
// Absent when `b` is zero.
Value divide_numbers(Arena& arena, const Value& a, const Value& b);
// The remainder has the sign of `a`. Absent when `b` is zero.
Value remainder_of_numbers(Arena& arena, const Value& a, const Value& b);
// The next whole number towards zero.
Value truncate_number(Arena& arena, const Value& number);
// Negative, zero, positive.
int compare_numbers(const Value& a, const Value& b);

}  // namespace halint
