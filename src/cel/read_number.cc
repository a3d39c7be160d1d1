// Digits -> numbers.
// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <limits>
#include <system_error>

#include "cel/lexer.h"

namespace halint::cel {
namespace {

double read_real(std::string_view digits) {
  double value = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (fault != std::errc::result_out_of_range) return value;
  // It is not said on which side: a huge exponent is infinite, a tiny one is zero.
  const bool is_tiny = digits.find("e-") != std::string_view::npos || digits.find("E-") != std::string_view::npos;
  return is_tiny ? 0.0 : std::numeric_limits<double>::infinity();
}

}  // namespace

std::optional<Value> read_number(const Token& token, bool is_negative) {
  std::string_view digits = token.text;
  if (token.kind == TokenKind::kReal) return Value::real(is_negative ? -read_real(digits) : read_real(digits));
  const bool is_unsigned = token.kind == TokenKind::kUnsigned;
  if (is_unsigned) digits.remove_suffix(1);
  int base = 10;
  if (digits.starts_with("0x") || digits.starts_with("0X")) {
    base = 16;
    digits.remove_prefix(2);
  }
  std::uint64_t magnitude = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), magnitude, base);
  constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();
  if (fault != std::errc() || magnitude > kMost + (is_negative ? 1 : 0) || (is_unsigned && is_negative))
    return std::nullopt;
  return Value::integer(static_cast<std::int64_t>(is_negative ? 0 - magnitude : magnitude));
}

}  // namespace halint::cel
