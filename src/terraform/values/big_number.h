// Numbers as Terraform keeps them: binary fractions with a mantissa of 512 bits, rounded to the nearest, ties to even.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halint {

// A whole number from 0 on: 32 bits in each limb, the lowest first, no zero at the end.
using Limbs = std::vector<std::uint32_t>;

// mantissa * 2^exponent. Zero has no limbs.
struct BigNumber {
  bool is_negative = false;
  Limbs mantissa = {};
  int exponent = 0;

  bool is_zero() const { return mantissa.empty(); }
};

// A decimal: "12", "-0.5", "1e30". None if it is no decimal, or so large or small that nobody needs it.
std::optional<BigNumber> read_big(std::string_view text);

// The digits of a whole number of base 2, 8 or 16 (`bits` of each digit: 1, 3, 4), without sign.
std::string digits_of_base(const BigNumber& whole, int bits);

// Each as precise as 512 bits are.
BigNumber add(const BigNumber& a, const BigNumber& b);
BigNumber subtract(const BigNumber& a, const BigNumber& b);
BigNumber multiply(const BigNumber& a, const BigNumber& b);
// Requires: `b` is not zero.
BigNumber divide(const BigNumber& a, const BigNumber& b);
// Without what is behind the point.
BigNumber truncate(const BigNumber& number);
// Negative, zero, positive.
int compare(const BigNumber& a, const BigNumber& b);
bool is_whole(const BigNumber& number);

// The shortest decimal that is nearer to this number than to any other of 512 bits. No exponent.
std::string shortest_decimal(const BigNumber& number);

}  // namespace halint
