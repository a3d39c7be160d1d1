// Numbers in the formats of `%f`, `%e` and `%g`.
//
// Terraform keeps numbers as binary fractions of 512 bits, so 0.15 is not quite 0.15. Rounding a tie ("0.15" to one
// place) has to know on which side of the decimal its binary neighbour lies.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "terraform/values/number_text.h"

namespace halint {
namespace {

using Wide = __int128;

constexpr int kBits = 512;
constexpr int kMostPlaces = 18;  // 10^18 and its products fit in 128 bits.

// 0.digits * 10^point; no digits for zero.
struct Digits {
  bool is_negative = false;
  std::string digits;
  int point = 0;
};

Digits digits_of(const Value& number) {
  std::string text = number_text(number);
  Digits result;
  std::string_view rest = text;
  if (rest.starts_with('-')) {
    result.is_negative = true;
    rest.remove_prefix(1);
  }
  std::size_t dot = std::min(rest.find('.'), rest.size());
  result.digits.assign(rest.substr(0, dot));
  if (dot < rest.size()) result.digits.append(rest.substr(dot + 1));
  result.point = static_cast<int>(dot);
  std::size_t zeros = std::min(result.digits.find_first_not_of('0'), result.digits.size());
  result.digits.erase(0, zeros);
  result.point -= static_cast<int>(zeros);
  result.digits.erase(result.digits.find_last_not_of('0') + 1);
  if (result.digits.empty()) result.point = 0;
  return result;
}

// Where the nearest binary fraction lies: -1 below the decimal, 1 above, 0 if it is exact (or not worth knowing).
int side_of_binary(const Digits& number) {
  int places = static_cast<int>(number.digits.size()) - number.point;
  if (places <= 0 || places > kMostPlaces || number.digits.size() > static_cast<std::size_t>(kMostPlaces)) return 0;
  Wide mantissa = 0;
  for (char digit : number.digits) mantissa = mantissa * 10 + (digit - '0');
  Wide power = 1;
  for (int i = 0; i < places; ++i) power *= 10;
  // 2^exponent <= mantissa / power < 2^(exponent + 1)
  int exponent = 0;
  Wide low = power;
  Wide high = mantissa;
  for (; low * 2 <= high; low *= 2) ++exponent;
  for (; high < low; high *= 2) --exponent;
  Wide rest = mantissa % power;
  for (int i = 0; i < kBits - 1 - exponent; ++i) rest = rest * 2 % power;
  if (rest == 0) return 0;
  return rest * 2 < power ? -1 : 1;
}

bool rounds_up(const Digits& number, std::size_t keep) {
  std::string_view tail = std::string_view(number.digits).substr(keep);
  if (tail != "5") return tail.front() >= '5';
  int side = side_of_binary(number);
  if (side != 0) return side > 0;
  return keep > 0 && (number.digits[keep - 1] - '0') % 2 == 1;
}

// Leaves `keep` digits.
void round_to(Digits& number, int keep) {
  if (keep >= static_cast<int>(number.digits.size())) return;
  if (keep < 0) {
    number.digits.clear();
    number.point = 0;
    return;
  }
  std::size_t kept = static_cast<std::size_t>(keep);
  bool up = rounds_up(number, kept);
  number.digits.resize(kept);
  if (up) {
    std::size_t i = kept;
    while (i > 0 && number.digits[i - 1] == '9') --i;
    number.digits.resize(i);
    if (i == 0) {
      number.digits = "1";
      ++number.point;
    } else {
      ++number.digits[i - 1];
    }
  }
  number.digits.erase(number.digits.find_last_not_of('0') + 1);
  if (number.digits.empty()) number.point = 0;
}

std::string fixed(const Digits& number, int places) {
  std::string out = number.is_negative ? "-" : "";
  auto digit = [&](int position) {  // 0 is the first digit before the point at `number.point`.
    bool is_there = position >= 0 && position < static_cast<int>(number.digits.size());
    return is_there ? number.digits[static_cast<std::size_t>(position)] : '0';
  };
  if (number.point <= 0) out += '0';
  for (int i = 0; i < number.point; ++i) out += digit(i);
  if (places > 0) out += '.';
  for (int i = 0; i < places; ++i) out += digit(number.point + i);
  return out;
}

std::string scientific(const Digits& number, int places) {
  std::string out = number.is_negative ? "-" : "";
  out += number.digits.empty() ? '0' : number.digits[0];
  if (places > 0) out += '.';
  for (int i = 1; i <= places; ++i) {
    out += i < static_cast<int>(number.digits.size()) ? number.digits[static_cast<std::size_t>(i)] : '0';
  }
  int exponent = number.digits.empty() ? 0 : number.point - 1;
  return out + fmt::format("e{}{:02}", exponent < 0 ? '-' : '+', std::abs(exponent));
}

}  // namespace

std::string fixed_text(const Value& number, int places) {
  if (!std::isfinite(number.as_number())) return number_text(number);
  Digits digits = digits_of(number);
  round_to(digits, digits.point + places);
  return fixed(digits, places);
}

std::string scientific_text(const Value& number, int places) {
  if (!std::isfinite(number.as_number())) return number_text(number);
  Digits digits = digits_of(number);
  round_to(digits, places + 1);
  return scientific(digits, places);
}

std::string general_text(const Value& number, int precision) {
  if (!std::isfinite(number.as_number())) return number_text(number);
  Digits digits = digits_of(number);
  bool is_shortest = precision < 0;
  if (!is_shortest) round_to(digits, std::max(precision, 1));
  int size = static_cast<int>(digits.digits.size());
  int threshold = is_shortest ? 6 : std::max(precision, 1);
  if (!is_shortest && threshold > size && size >= digits.point) threshold = size;
  int exponent = digits.digits.empty() ? 0 : digits.point - 1;
  if (exponent < -4 || exponent >= std::max(threshold, 1)) return scientific(digits, std::max(size - 1, 0));
  return fixed(digits, std::max(size - digits.point, 0));
}

}  // namespace halint
