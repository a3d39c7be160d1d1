// Numbers as Terraform reads, prints and calculates them.
//
// Most are whole numbers of 64 bits or short decimals, for which an integer or a double is enough. All others keep the
// shortest decimal that means the same 512 bits.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/values/number_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include "terraform/values/big_number.h"

namespace halint {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Digits from the first that is not zero to the last that is not.
std::size_t significant_digits(std::string_view text) {
  std::size_t count = 0;
  std::size_t zeros = 0;
  for (char c : text) {
    if (!is_digit(c)) continue;
    if (c == '0') {
      zeros += count > 0 ? 1 : 0;
      continue;
    }
    count += zeros + 1;
    zeros = 0;
  }
  return count;
}

double nearest_double(std::string_view text) {
  double real = 0;
  std::from_chars_result read = std::from_chars(text.data(), text.data() + text.size(), real);
  if (read.ec != std::errc::result_out_of_range) return real;
  bool is_negative = text.starts_with('-');
  bool is_small = text.substr(is_negative ? 1 : 0).starts_with("0.") || text.find("e-") != text.npos ||
                  text.find("E-") != text.npos;
  if (is_small) return 0;
  return is_negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
}

Value value_of(Arena& arena, const BigNumber& number, Span origin = {}) {
  std::string text = shortest_decimal(number);
  if (is_whole(number)) {
    std::int64_t integer = 0;
    std::from_chars_result read = std::from_chars(text.data(), text.data() + text.size(), integer);
    if (read.ec == std::errc()) return Value::integer(integer, origin);
  }
  constexpr std::size_t kDigitsOfDouble = 15;
  double near = nearest_double(text);
  bool is_short = significant_digits(text) <= kDigitsOfDouble && std::abs(near) > 1e-300 && std::isfinite(near);
  return is_short ? Value::real(near, origin) : Value::long_number(arena, text, near, origin);
}

// None for what is infinite.
std::optional<BigNumber> big_of(const Value& number) {
  if (number.is_integer()) return read_big(fmt::format("{}", number.as_integer()));
  if (!number.digits().empty()) return read_big(number.digits());
  if (!std::isfinite(number.as_number())) return std::nullopt;
  return read_big(fmt::format("{}", number.as_number()));
}

template <typename Exact>
Value calculate(Arena& arena, const Value& a, const Value& b, const Exact& exact, double inexact) {
  std::optional<BigNumber> x = big_of(a);
  std::optional<BigNumber> y = big_of(b);
  return x && y ? value_of(arena, exact(*x, *y)) : Value::real(inexact);
}

}  // namespace

bool is_decimal(std::string_view text) {
  std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  std::size_t digits = 0;
  auto skip_digits = [&] {
    std::size_t first = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at - first;
  };
  digits += skip_digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    digits += skip_digits();
  }
  if (digits == 0) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    if (skip_digits() == 0) return false;
  }
  return at == text.size();
}

std::optional<Value> parse_number(Arena& arena, std::string_view text, Span origin) {
  std::int64_t integer = 0;
  std::from_chars_result read = std::from_chars(text.data(), text.data() + text.size(), integer);
  if (read.ec == std::errc() && read.ptr == text.data() + text.size()) return Value::integer(integer, origin);
  if (!is_decimal(text)) return std::nullopt;
  if (std::optional<BigNumber> number = read_big(text)) return value_of(arena, *number, origin);
  return Value::real(nearest_double(text), origin);
}

std::string number_text(const Value& number) {
  if (number.is_integer()) return fmt::format("{}", number.as_integer());
  if (!number.digits().empty()) return std::string(number.digits());
  std::optional<BigNumber> big = big_of(number);
  if (!big) return number.as_number() > 0 ? "+Inf" : number.as_number() < 0 ? "-Inf" : "NaN";
  return shortest_decimal(*big);
}

std::optional<std::string> digits_of_whole(const Value& number, int bits) {
  std::optional<BigNumber> big = big_of(number);
  if (!big || !is_whole(*big)) return std::nullopt;
  return digits_of_base(*big, bits);
}

Value add_numbers(Arena& arena, const Value& a, const Value& b) {
  std::int64_t sum = 0;
  bool is_exact = a.is_integer() && b.is_integer() && !__builtin_add_overflow(a.as_integer(), b.as_integer(), &sum);
  if (is_exact) return Value::integer(sum);
  return calculate(arena, a, b, add, a.as_number() + b.as_number());
}

Value subtract_numbers(Arena& arena, const Value& a, const Value& b) {
  std::int64_t difference = 0;
  bool is_exact =
      a.is_integer() && b.is_integer() && !__builtin_sub_overflow(a.as_integer(), b.as_integer(), &difference);
  if (is_exact) return Value::integer(difference);
  return calculate(arena, a, b, subtract, a.as_number() - b.as_number());
}

Value multiply_numbers(Arena& arena, const Value& a, const Value& b) {
  std::int64_t product = 0;
  bool is_exact = a.is_integer() && b.is_integer() && !__builtin_mul_overflow(a.as_integer(), b.as_integer(), &product);
  if (is_exact) return Value::integer(product);
  return calculate(arena, a, b, multiply, a.as_number() * b.as_number());
}

Value divide_numbers(Arena& arena, const Value& a, const Value& b) {
  if (b.as_number() == 0 && b.digits().empty()) return Value::absent();
  return calculate(arena, a, b, divide, a.as_number() / b.as_number());
}

Value remainder_of_numbers(Arena& arena, const Value& a, const Value& b) {
  if (b.as_number() == 0 && b.digits().empty()) return Value::absent();
  auto remainder = [](const BigNumber& x, const BigNumber& y) {
    return subtract(x, multiply(y, truncate(divide(x, y))));
  };
  return calculate(arena, a, b, remainder, std::fmod(a.as_number(), b.as_number()));
}

Value truncate_number(Arena& arena, const Value& number) {
  std::optional<BigNumber> big = number.is_integer() ? std::nullopt : big_of(number);
  return big ? value_of(arena, truncate(*big)) : number;
}

int compare_numbers(const Value& a, const Value& b) {
  if (a.is_integer() && b.is_integer()) {
    return a.as_integer() < b.as_integer() ? -1 : a.as_integer() > b.as_integer() ? 1 : 0;
  }
  double x = a.as_number();
  double y = b.as_number();
  if (x != y) return x < y ? -1 : 1;
  std::optional<BigNumber> first = big_of(a);
  std::optional<BigNumber> second = big_of(b);
  return first && second ? compare(*first, *second) : 0;
}

}  // namespace halint
