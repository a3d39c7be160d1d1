// The types of plain scalars, as Terraform's YAML reader tells them apart: YAML 1.1's words, without its octal numbers.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/functions/yaml_scalar.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

#include "terraform/values/number_text.h"

namespace halint {
namespace {

constexpr std::array<std::string_view, 5> kNull = {"", "~", "null", "Null", "NULL"};
constexpr std::array<std::string_view, 11> kTrue = {"y",    "Y",    "yes", "Yes", "YES", "true",
                                                    "True", "TRUE", "on",  "On",  "ON"};
constexpr std::array<std::string_view, 11> kFalse = {"n",     "N",     "no",  "No",  "NO", "false",
                                                     "False", "FALSE", "off", "Off", "OFF"};

bool is_one_of(std::string_view text, std::span<const std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

std::optional<Value> number_of(Arena& arena, std::string_view text) {
  int base = text.starts_with("0x") ? 16 : text.starts_with("0o") ? 8 : 10;
  if (base != 10) {
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    std::from_chars_result read = std::from_chars(text.data() + 2, end, number, base);
    bool is_number = text.size() > 2 && text[2] != '-' && read.ec == std::errc() && read.ptr == end;
    return is_number ? std::optional(Value::integer(number)) : std::nullopt;
  }
  std::string_view unsigned_text = text.starts_with('-') || text.starts_with('+') ? text.substr(1) : text;
  if (unsigned_text == ".inf" || unsigned_text == ".Inf" || unsigned_text == ".INF") {
    double infinity = std::numeric_limits<double>::infinity();
    return Value::real(text.starts_with('-') ? -infinity : infinity);
  }
  return parse_number(arena, text);
}

bool take_digits(std::string_view& text, std::size_t least, std::size_t most, int& number) {
  std::size_t count = 0;
  number = 0;
  while (count < text.size() && count < most && text[count] >= '0' && text[count] <= '9') {
    number = number * 10 + (text[count++] - '0');
  }
  text.remove_prefix(count);
  return count >= least;
}

bool take(std::string_view& text, std::string_view letters) {
  if (text.empty() || letters.find(text[0]) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

// "2001-12-14", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43": as RFC 3339, without fractions.
std::optional<std::string> timestamp_of(std::string_view text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  bool is_date = take_digits(text, 4, 4, year) && take(text, "-") && take_digits(text, 1, 2, month) &&
                 take(text, "-") && take_digits(text, 1, 2, day) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  if (!is_date) return std::nullopt;
  std::string date = fmt::format("{:04}-{:02}-{:02}", year, month, day);
  if (text.empty()) return date + "T00:00:00Z";
  bool has_zone = text[0] != ' ';
  bool is_time = take(text, "tT ") && take_digits(text, 1, 2, hour) && take(text, ":") &&
                 take_digits(text, 1, 2, minute) && take(text, ":") && take_digits(text, 1, 2, second) && hour < 24 &&
                 minute < 60 && second < 60;
  if (!is_time) return std::nullopt;
  int fraction = 0;
  if (take(text, ".")) take_digits(text, 0, 9, fraction);
  std::string time = fmt::format("{}T{:02}:{:02}:{:02}", date, hour, minute, second);
  if (!has_zone) return text.empty() ? std::optional(time + "Z") : std::nullopt;
  if (text == "Z" || text == "z") return time + "Z";
  bool is_offset = text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':';
  return is_offset ? std::optional(time + std::string(text)) : std::nullopt;
}

}  // namespace

Value resolve_yaml_scalar(Arena& arena, std::string_view tag, std::string_view text, std::string& problem) {
  constexpr std::string_view kPrefix = "tag:yaml.org,2002:";
  bool is_core = tag.starts_with(kPrefix);
  std::string_view type = is_core ? tag.substr(kPrefix.size()) : std::string_view();
  bool is_plain = tag == "?" || tag.empty();
  if (tag == "!" || type == "str" || type == "binary") return Value::string(arena, arena.copy(text));
  if (!is_plain && !is_core) {
    problem = fmt::format("the tag {} is not supported", tag);
    return {};
  }
  bool any = is_plain;
  if ((any || type == "null") && is_one_of(text, kNull)) return Value::null();
  if ((any || type == "bool") && is_one_of(text, kTrue)) return Value::boolean(true);
  if ((any || type == "bool") && is_one_of(text, kFalse)) return Value::boolean(false);
  if (any && (text == ".nan" || text == ".NaN" || text == ".NAN")) {
    problem = "the number NaN is not supported";
    return {};
  }
  if (any || type == "int" || type == "float") {
    if (std::optional<Value> number = number_of(arena, text)) return *number;
  }
  if (any || type == "timestamp") {
    if (std::optional<std::string> time = timestamp_of(text)) {
      return Value::string(arena, arena.copy(std::string_view(*time)));
    }
  }
  if (!any) problem = fmt::format("\"{}\" is no {}", text, type);
  return Value::string(arena, arena.copy(text));
}

}  // namespace halint
