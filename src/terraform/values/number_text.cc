// Reads, prints and calculates numbers in decimal, so that results look as Terraform's 512-bit floats do.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/values/number_text.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <system_error>

namespace halint {
namespace {

using Wide = __int128;

// mantissa * 10^exponent. A double is taken as the shortest decimal that names it.
struct Decimal {
  Wide mantissa = 0;
  int exponent = 0;
};

constexpr int kFarthestExponent = 400;  // Beyond what a double can hold.

std::string text_of(Wide value) {
  bool is_negative = value < 0;
  std::string digits;
  for (Wide rest = value; rest != 0; rest /= 10) {
    int digit = static_cast<int>(rest % 10);
    digits.insert(digits.begin(), static_cast<char>('0' + std::abs(digit)));
  }
  if (digits.empty()) digits = "0";
  return is_negative ? "-" + digits : digits;
}

bool times_ten(Wide& value) {
  return !__builtin_mul_overflow(value, static_cast<Wide>(10), &value);
}

struct Scan {
  std::string_view text;
  std::size_t at = 0;

  bool take(char c) {
    if (at >= text.size() || text[at] != c) return false;
    ++at;
    return true;
  }
  bool is_digit() const { return at < text.size() && text[at] >= '0' && text[at] <= '9'; }
};

// Digits beyond what the mantissa holds are dropped: no double can tell.
void scan_digits(Scan& scan, Decimal& decimal, int& count, bool is_fraction) {
  for (; scan.is_digit(); ++scan.at, ++count) {
    Wide next = decimal.mantissa;
    bool fits =
        times_ten(next) && next < std::numeric_limits<std::int64_t>::max() * static_cast<Wide>(1'000'000'000'000);
    if (fits) decimal.mantissa = next + (scan.text[scan.at] - '0');
    if (fits == is_fraction) decimal.exponent += is_fraction ? -1 : 1;
  }
}

std::optional<Decimal> parse_decimal(std::string_view text) {
  Scan scan{text};
  bool is_negative = scan.take('-');
  if (!is_negative) scan.take('+');
  Decimal decimal;
  int digits = 0;
  scan_digits(scan, decimal, digits, false);
  if (scan.take('.')) scan_digits(scan, decimal, digits, true);
  if (digits == 0) return std::nullopt;
  if (scan.take('e') || scan.take('E')) {
    bool is_small = scan.take('-');
    if (!is_small) scan.take('+');
    if (!scan.is_digit()) return std::nullopt;
    int exponent = 0;
    for (; scan.is_digit(); ++scan.at) {
      if (exponent < 100'000) exponent = exponent * 10 + (scan.text[scan.at] - '0');
    }
    decimal.exponent += is_small ? -exponent : exponent;
  }
  if (scan.at != text.size()) return std::nullopt;
  if (is_negative) decimal.mantissa = -decimal.mantissa;
  return decimal;
}

Value value_of(Decimal decimal, Span origin) {
  if (decimal.mantissa == 0) return Value::integer(0, origin);
  while (decimal.exponent < 0 && decimal.mantissa % 10 == 0) {
    decimal.mantissa /= 10;
    ++decimal.exponent;
  }
  if (decimal.exponent >= 0 && decimal.exponent < 20) {
    Wide whole = decimal.mantissa;
    bool fits = true;
    for (int i = 0; i < decimal.exponent && fits; ++i) fits = times_ten(whole);
    using Limits = std::numeric_limits<std::int64_t>;
    if (fits && whole >= Limits::min() && whole <= Limits::max()) {
      return Value::integer(static_cast<std::int64_t>(whole), origin);
    }
  }
  std::string text = fmt::format("{}e{}", text_of(decimal.mantissa), decimal.exponent);
  double real = 0;
  std::from_chars_result read = std::from_chars(text.data(), text.data() + text.size(), real);
  if (read.ec == std::errc::result_out_of_range) {
    if (decimal.exponent < 0) return Value::integer(0, origin);
    real = std::copysign(std::numeric_limits<double>::infinity(), decimal.mantissa < 0 ? -1.0 : 1.0);
  }
  return Value::real(real, origin);
}

std::optional<Decimal> decimal_of(const Value& number) {
  if (number.is_integer()) return Decimal{number.as_integer(), 0};
  if (!std::isfinite(number.as_number())) return std::nullopt;
  return parse_decimal(fmt::format("{}", number.as_number()));
}

// Both with the same exponent; false if that does not fit.
bool align(Decimal& a, Decimal& b) {
  Decimal& larger = a.exponent > b.exponent ? a : b;
  int target = std::min(a.exponent, b.exponent);
  if (larger.mantissa == 0) larger.exponent = target;
  while (larger.exponent > target) {
    if (!times_ten(larger.mantissa)) return false;
    --larger.exponent;
  }
  return true;
}

bool aligned(const Value& a, const Value& b, Decimal& x, Decimal& y) {
  std::optional<Decimal> first = decimal_of(a);
  std::optional<Decimal> second = decimal_of(b);
  if (!first || !second) return false;
  x = *first;
  y = *second;
  return align(x, y);
}

}  // namespace

std::optional<Value> parse_number(std::string_view text, Span origin) {
  std::optional<Decimal> decimal = parse_decimal(text);
  if (!decimal) return std::nullopt;
  return value_of(*decimal, origin);
}

std::string number_text(const Value& number) {
  if (number.is_integer()) return fmt::format("{}", number.as_integer());
  std::optional<Decimal> decimal = decimal_of(number);
  if (!decimal) return number.as_number() > 0 ? "+Inf" : number.as_number() < 0 ? "-Inf" : "NaN";
  bool is_negative = decimal->mantissa < 0;
  std::string digits = text_of(is_negative ? -decimal->mantissa : decimal->mantissa);
  if (decimal->exponent >= 0) {
    digits.append(static_cast<std::size_t>(std::min(decimal->exponent, kFarthestExponent)), '0');
  } else {
    std::size_t places = static_cast<std::size_t>(std::min(-decimal->exponent, kFarthestExponent));
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, ".");
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
  }
  return is_negative ? "-" + digits : digits;
}

Value add_numbers(const Value& a, const Value& b) {
  Decimal x;
  Decimal y;
  Wide sum = 0;
  if (!aligned(a, b, x, y) || __builtin_add_overflow(x.mantissa, y.mantissa, &sum)) {
    return Value::real(a.as_number() + b.as_number());
  }
  return value_of({sum, x.exponent}, {});
}

Value subtract_numbers(const Value& a, const Value& b) {
  Decimal x;
  Decimal y;
  Wide difference = 0;
  if (!aligned(a, b, x, y) || __builtin_sub_overflow(x.mantissa, y.mantissa, &difference)) {
    return Value::real(a.as_number() - b.as_number());
  }
  return value_of({difference, x.exponent}, {});
}

Value multiply_numbers(const Value& a, const Value& b) {
  std::optional<Decimal> x = decimal_of(a);
  std::optional<Decimal> y = decimal_of(b);
  Wide product = 0;
  if (!x || !y || __builtin_mul_overflow(x->mantissa, y->mantissa, &product)) {
    return Value::real(a.as_number() * b.as_number());
  }
  return value_of({product, x->exponent + y->exponent}, {});
}

Value divide_numbers(const Value& a, const Value& b) {
  if (b.as_number() == 0) return Value::absent();
  Decimal x;
  Decimal y;
  if (!aligned(a, b, x, y) || y.mantissa == 0) return Value::real(a.as_number() / b.as_number());
  Decimal quotient{x.mantissa / y.mantissa, 0};
  Wide rest = x.mantissa % y.mantissa;
  // Long division: 24 places are more than a double can tell.
  for (int place = 0; place < 24 && rest != 0; ++place) {
    Wide shifted = quotient.mantissa;
    if (!times_ten(shifted) || !times_ten(rest)) break;
    quotient.mantissa = shifted + rest / y.mantissa;
    --quotient.exponent;
    rest %= y.mantissa;
  }
  if (rest != 0 && quotient.exponent > -20) return Value::real(a.as_number() / b.as_number());
  return value_of(quotient, {});
}

Value remainder_of_numbers(const Value& a, const Value& b) {
  if (b.as_number() == 0) return Value::absent();
  Decimal x;
  Decimal y;
  if (!aligned(a, b, x, y) || y.mantissa == 0) return Value::real(std::fmod(a.as_number(), b.as_number()));
  return value_of({x.mantissa % y.mantissa, x.exponent}, {});
}

int compare_numbers(const Value& a, const Value& b) {
  if (a.is_integer() && b.is_integer()) {
    return a.as_integer() < b.as_integer() ? -1 : a.as_integer() > b.as_integer() ? 1 : 0;
  }
  double x = a.as_number();
  double y = b.as_number();
  return x < y ? -1 : x > y ? 1 : 0;
}

}  // namespace halint
