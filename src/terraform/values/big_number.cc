// Numbers as Terraform keeps them: binary fractions with a mantissa of 512 bits, rounded to the nearest, ties to even.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/values/big_number.h"

#include <algorithm>

namespace halint {
namespace {

constexpr int kBits = 512;
constexpr int kFarthest = 1000;  // Places before or behind the point.

void trim(Limbs& limbs) {
  while (!limbs.empty() && limbs.back() == 0) limbs.pop_back();
}

int bit_length(const Limbs& limbs) {
  if (limbs.empty()) return 0;
  return static_cast<int>(limbs.size()) * 32 - __builtin_clz(limbs.back());
}

bool bit_at(const Limbs& limbs, int bit) {
  std::size_t limb = static_cast<std::size_t>(bit) / 32;
  return limb < limbs.size() && ((limbs[limb] >> (bit % 32)) & 1) != 0;
}

int compare_limbs(const Limbs& a, const Limbs& b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  for (std::size_t i = a.size(); i-- > 0;) {
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  }
  return 0;
}

Limbs sum_of(const Limbs& a, const Limbs& b) {
  Limbs sum(std::max(a.size(), b.size()) + 1);
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < sum.size(); ++i) {
    carry += (i < a.size() ? a[i] : 0ULL) + (i < b.size() ? b[i] : 0ULL);
    sum[i] = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  trim(sum);
  return sum;
}

// Requires: a >= b.
Limbs difference_of(const Limbs& a, const Limbs& b) {
  Limbs difference(a.size());
  std::int64_t borrow = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::int64_t digit =
        static_cast<std::int64_t>(a[i]) - (i < b.size() ? static_cast<std::int64_t>(b[i]) : 0) - borrow;
    borrow = digit < 0 ? 1 : 0;
    difference[i] = static_cast<std::uint32_t>(digit);
  }
  trim(difference);
  return difference;
}

Limbs product_of(const Limbs& a, const Limbs& b) {
  Limbs product(a.size() + b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::uint64_t carry = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
      carry += static_cast<std::uint64_t>(a[i]) * b[j] + product[i + j];
      product[i + j] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    product[i + b.size()] = static_cast<std::uint32_t>(carry);
  }
  trim(product);
  return product;
}

void times_and_plus(Limbs& limbs, std::uint32_t factor, std::uint32_t more) {
  std::uint64_t carry = more;
  for (std::uint32_t& limb : limbs) {
    carry += static_cast<std::uint64_t>(limb) * factor;
    limb = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  if (carry != 0) limbs.push_back(static_cast<std::uint32_t>(carry));
}

std::uint32_t divide_by(Limbs& limbs, std::uint32_t divisor) {
  std::uint64_t rest = 0;
  for (std::size_t i = limbs.size(); i-- > 0;) {
    rest = (rest << 32) | limbs[i];
    limbs[i] = static_cast<std::uint32_t>(rest / divisor);
    rest %= divisor;
  }
  trim(limbs);
  return static_cast<std::uint32_t>(rest);
}

Limbs power_of_ten(int exponent) {
  Limbs power = {1};
  for (int i = 0; i < exponent; ++i) times_and_plus(power, 10, 0);
  return power;
}

Limbs shifted_up(const Limbs& limbs, int bits) {
  if (limbs.empty()) return {};
  Limbs result(static_cast<std::size_t>(bits) / 32);
  int small = bits % 32;
  std::uint64_t carry = 0;
  for (std::uint32_t limb : limbs) {
    carry |= static_cast<std::uint64_t>(limb) << small;
    result.push_back(static_cast<std::uint32_t>(carry));
    carry >>= 32;
  }
  if (carry != 0) result.push_back(static_cast<std::uint32_t>(carry));
  return result;
}

Limbs shifted_down(const Limbs& limbs, int bits) {
  std::size_t skipped = static_cast<std::size_t>(bits) / 32;
  Limbs result;
  int small = bits % 32;
  for (std::size_t i = skipped; i < limbs.size(); ++i) {
    std::uint64_t both = limbs[i] | (i + 1 < limbs.size() ? static_cast<std::uint64_t>(limbs[i + 1]) << 32 : 0);
    result.push_back(static_cast<std::uint32_t>(both >> small));
  }
  trim(result);
  return result;
}

bool has_bits_below(const Limbs& limbs, int bits) {
  for (int bit = 0; bit < bits; ++bit) {
    if (bit_at(limbs, bit)) return true;
  }
  return false;
}

// Bit by bit: the numbers are short.
Limbs quotient_of(const Limbs& a, const Limbs& b, Limbs& rest) {
  Limbs quotient(a.size());
  rest.clear();
  for (int bit = bit_length(a) - 1; bit >= 0; --bit) {
    times_and_plus(rest, 2, bit_at(a, bit) ? 1 : 0);
    if (compare_limbs(rest, b) < 0) continue;
    rest = difference_of(rest, b);
    quotient[static_cast<std::size_t>(bit) / 32] |= 1U << (bit % 32);
  }
  trim(quotient);
  return quotient;
}

// `is_more`: the exact number is a little larger than `number` says.
BigNumber rounded(BigNumber number, bool is_more = false) {
  int excess = bit_length(number.mantissa) - kBits;
  if (excess > 0) {
    bool half = bit_at(number.mantissa, excess - 1);
    bool above_half = is_more || has_bits_below(number.mantissa, excess - 1);
    number.mantissa = shifted_down(number.mantissa, excess);
    number.exponent += excess;
    if (half && (above_half || bit_at(number.mantissa, 0))) times_and_plus(number.mantissa, 1, 1);
  }
  // As odd as it gets, so that equal numbers look the same.
  int zeros = 0;
  while (!number.is_zero() && !bit_at(number.mantissa, zeros)) ++zeros;
  number.mantissa = shifted_down(number.mantissa, zeros);
  number.exponent = number.is_zero() ? 0 : number.exponent + zeros;
  if (number.is_zero()) number.is_negative = false;
  return number;
}

// Both with the same exponent.
void align(BigNumber& a, BigNumber& b) {
  BigNumber& larger = a.exponent > b.exponent ? a : b;
  int target = std::min(a.exponent, b.exponent);
  larger.mantissa = shifted_up(larger.mantissa, larger.exponent - target);
  larger.exponent = target;
}

std::string digits_of(Limbs limbs) {
  std::string digits;
  while (!limbs.empty()) digits += static_cast<char>('0' + divide_by(limbs, 10));
  std::ranges::reverse(digits);
  return digits;
}

// `digits` with `places` of them behind the point.
std::string pointed(std::string digits, int places) {
  if (places <= 0) return digits.append(static_cast<std::size_t>(-places), '0');
  std::size_t behind = static_cast<std::size_t>(places);
  if (digits.size() <= behind) digits.insert(0, behind + 1 - digits.size(), '0');
  digits.insert(digits.size() - behind, ".");
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return digits;
}

// How many places the shortest decimal between `low` and `high` needs, both divided by 2^scale: those up to the first
// digit in which the two differ. Negative: so many zeros before the point.
int shortest_places(const Limbs& low, const Limbs& high, int scale) {
  constexpr int kDigitsOf512Bits = 160;
  int zeros = std::max(0, scale - bit_length(high)) * 3 / 10;
  int places = scale == 0 ? 0 : kDigitsOf512Bits + zeros;
  Limbs power = power_of_ten(places);
  std::string upper = digits_of(shifted_down(product_of(high, power), scale));
  std::string lower = digits_of(shifted_down(product_of(low, power), scale));
  lower.insert(0, upper.size() - lower.size(), '0');
  std::size_t same = 0;
  while (same < upper.size() && upper[same] == lower[same]) ++same;
  return places - static_cast<int>(upper.size()) + static_cast<int>(same) + 1;
}

}  // namespace

std::optional<BigNumber> read_big(std::string_view text) {
  BigNumber number;
  std::size_t at = 0;
  auto take = [&](char c) { return at < text.size() && text[at] == c && ++at > 0; };
  auto is_digit = [&] { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  number.is_negative = take('-');
  if (!number.is_negative) take('+');
  int exponent = 0;
  int digits = 0;
  for (bool is_behind_point = false;; is_behind_point = true) {
    for (; is_digit(); ++at, ++digits) {
      if (digits > kFarthest) return std::nullopt;
      bool is_leading_zero = number.mantissa.empty() && text[at] == '0';
      if (!is_leading_zero) times_and_plus(number.mantissa, 10, static_cast<std::uint32_t>(text[at] - '0'));
      if (is_behind_point) --exponent;
    }
    if (is_behind_point || !take('.')) break;
  }
  if (digits == 0) return std::nullopt;
  if (take('e') || take('E')) {
    bool is_small = take('-');
    if (!is_small) take('+');
    if (!is_digit()) return std::nullopt;
    int written = 0;
    for (; is_digit(); ++at) written = std::min(written * 10 + (text[at] - '0'), 10 * kFarthest);
    exponent += is_small ? -written : written;
  }
  if (at != text.size()) return std::nullopt;
  if (number.is_zero()) return rounded(number);
  if (exponent > kFarthest || exponent < -2 * kFarthest) return std::nullopt;
  if (exponent >= 0) {
    number.mantissa = product_of(number.mantissa, power_of_ten(exponent));
    return rounded(number);
  }
  BigNumber power{false, power_of_ten(-exponent), 0};
  return divide(number, power);
}

BigNumber add(const BigNumber& a, const BigNumber& b) {
  BigNumber x = a;
  BigNumber y = b;
  align(x, y);
  if (x.is_negative == y.is_negative) {
    x.mantissa = sum_of(x.mantissa, y.mantissa);
    return rounded(x);
  }
  if (compare_limbs(x.mantissa, y.mantissa) < 0) std::swap(x, y);
  x.mantissa = difference_of(x.mantissa, y.mantissa);
  return rounded(x);
}

BigNumber subtract(const BigNumber& a, const BigNumber& b) {
  BigNumber negative = b;
  negative.is_negative = !b.is_negative;
  return add(a, negative);
}

BigNumber multiply(const BigNumber& a, const BigNumber& b) {
  return rounded({a.is_negative != b.is_negative, product_of(a.mantissa, b.mantissa), a.exponent + b.exponent});
}

BigNumber divide(const BigNumber& a, const BigNumber& b) {
  // Two bits more than are kept: one decides, the rest says whether it is a tie.
  int shift = std::max(0, kBits + 2 - bit_length(a.mantissa) + bit_length(b.mantissa));
  Limbs rest;
  Limbs quotient = quotient_of(shifted_up(a.mantissa, shift), b.mantissa, rest);
  return rounded({a.is_negative != b.is_negative, std::move(quotient), a.exponent - b.exponent - shift}, !rest.empty());
}

BigNumber truncate(const BigNumber& number) {
  if (number.exponent >= 0) return number;
  return rounded({number.is_negative, shifted_down(number.mantissa, -number.exponent), 0});
}

bool is_whole(const BigNumber& number) {
  return number.is_zero() || number.exponent >= 0;
}

std::string digits_of_base(const BigNumber& whole, int bits) {
  Limbs limbs =
      whole.exponent >= 0 ? shifted_up(whole.mantissa, whole.exponent) : shifted_down(whole.mantissa, -whole.exponent);
  std::string digits;
  for (int at = 0; at < bit_length(limbs); at += bits) {
    int digit = 0;
    for (int i = bits; i-- > 0;) digit = digit * 2 + (bit_at(limbs, at + i) ? 1 : 0);
    digits += "0123456789abcdef"[digit];
  }
  std::ranges::reverse(digits);
  return digits.empty() ? "0" : digits;
}

int compare(const BigNumber& a, const BigNumber& b) {
  BigNumber difference = subtract(a, b);
  return difference.is_zero() ? 0 : difference.is_negative ? -1 : 1;
}

std::string shortest_decimal(const BigNumber& number) {
  if (number.is_zero()) return "0";
  // value / 2^scale, and how far a decimal may lie from it, in the same unit.
  Limbs value = shifted_up(number.mantissa, kBits - bit_length(number.mantissa) + 2);
  int exponent = number.exponent - (kBits - bit_length(number.mantissa)) - 2;
  const Limbs below_distance = number.mantissa == Limbs{1} ? Limbs{1} : Limbs{2};
  const Limbs above_distance = {2};
  int scale = std::max(0, -exponent);
  Limbs unit = {1};
  if (exponent > 0) {
    value = shifted_up(value, exponent);
    unit = shifted_up(unit, exponent);
  }
  // A mantissa of 512 bits is even unless it needs all of them.
  bool is_even = bit_length(number.mantissa) < kBits;
  Limbs below = product_of(below_distance, unit);
  Limbs above = product_of(above_distance, unit);
  std::string sign = number.is_negative ? "-" : "";
  int first = shortest_places(difference_of(value, below), sum_of(value, above), scale);
  // A bound that is a short decimal itself may be one digit shorter.
  for (int places = first - 1; places <= 2 * kFarthest; ++places) {
    Limbs candidate;
    Limbs back;
    Limbs target = value;
    Limbs allowed_below = below;
    Limbs allowed_above = above;
    if (places <= 0) {
      // candidate = round(value / 2^scale / 10^-places)
      Limbs step = shifted_up(power_of_ten(-places), scale);
      Limbs rest;
      candidate = quotient_of(value, step, rest);
      times_and_plus(rest, 2, 0);
      int half = compare_limbs(rest, step);
      if (half > 0 || (half == 0 && bit_at(candidate, 0))) candidate = sum_of(candidate, {1});
      back = product_of(candidate, step);
    } else {
      Limbs power = power_of_ten(places);
      target = product_of(value, power);
      allowed_below = product_of(below, power);
      allowed_above = product_of(above, power);
      candidate = shifted_down(target, scale);
      bool half = scale > 0 && bit_at(target, scale - 1);
      if (half && (has_bits_below(target, scale - 1) || bit_at(candidate, 0))) candidate = sum_of(candidate, {1});
      back = shifted_up(candidate, scale);
    }
    if (candidate.empty()) continue;
    bool is_above = compare_limbs(back, target) > 0;
    Limbs distance = is_above ? difference_of(back, target) : difference_of(target, back);
    int reach = compare_limbs(distance, is_above ? allowed_above : allowed_below);
    if (reach < 0 || (reach == 0 && is_even)) return sign + pointed(digits_of(candidate), places);
  }
  return sign + "0";
}

}  // namespace halint
