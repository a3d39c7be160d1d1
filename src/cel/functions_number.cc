// Conversions between types, and functions on numbers.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <system_error>

#include "cel/functions.h"
#include "cel/operations.h"

namespace halint::cel {
namespace {

using Args = std::span<const Value>;

Value same(Call&, Args args) {
  return args[0];
}

Value int_of_number(Call& call, Args args) {
  if (args[0].is_unknown()) return call.unknown();
  if (args[0].is(ValueKind::kInterval)) {
    const Interval bounds = args[0].bounds();
    return Value::interval(call.arena, {std::trunc(bounds.lower), std::trunc(bounds.upper)});
  }
  if (args[0].is_integer()) return args[0];
  constexpr double kLimit = 9223372036854775808.0;
  const double value = args[0].as_number();
  if (!(value > -kLimit && value < kLimit)) return call.fail("the number does not fit into 64 bits");
  return Value::integer(static_cast<std::int64_t>(value));
}

// There is no type for unsigned integers; the conversion only refuses what is none.
Value not_negative(Call& call, Args args) {
  return args[0].as_integer() < 0 ? call.fail("the number is negative") : args[0];
}

Value double_of_number(Call& call, Args args) {
  if (args[0].is_unknown()) return call.unknown();
  if (args[0].is(ValueKind::kInterval)) return args[0];
  return Value::real(args[0].as_number());
}

template <typename T>
bool read(std::string_view digits, T& value) {
  if (digits.starts_with('+')) digits.remove_prefix(1);
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return fault == std::errc() && end == digits.data() + digits.size() && !digits.empty();
}

Value int_of_string(Call& call, Args args) {
  std::int64_t value = 0;
  if (read(args[0].as_string(), value)) return Value::integer(value);
  return call.fail("`" + std::string(args[0].as_string()) + "` is no integer");
}

Value double_of_string(Call& call, Args args) {
  double value = 0;
  if (read(args[0].as_string(), value)) return Value::real(value);
  return call.fail("`" + std::string(args[0].as_string()) + "` is no number");
}

Value bool_of_string(Call& call, Args args) {
  const std::string_view text = args[0].as_string();
  for (std::string_view yes : {"true", "True", "TRUE", "t", "1"}) {
    if (text == yes) return Value::boolean(true);
  }
  for (std::string_view no : {"false", "False", "FALSE", "f", "0"}) {
    if (text == no) return Value::boolean(false);
  }
  return call.fail("`" + std::string(text) + "` is no bool");
}

Value string_of_bool(Call& call, Args args) {
  return Value::string(call.arena, args[0].as_bool() ? "true" : "false");
}

Value string_of_number(Call& call, Args args) {
  const std::string text =
      args[0].is_integer() ? fmt::format("{}", args[0].as_integer()) : fmt::format("{}", args[0].as_number());
  return Value::string(call.arena, call.arena.copy(std::string_view(text)));
}

Value absolute(Call& call, Args args) {
  if (!args[0].is_integer()) return Value::real(std::abs(args[0].as_number()));
  if (args[0].as_integer() == std::numeric_limits<std::int64_t>::min()) return call.fail("integer overflow");
  return Value::integer(std::abs(args[0].as_integer()));
}

Value ceil(Call&, Args args) {
  return Value::real(std::ceil(args[0].as_number()));
}
Value floor(Call&, Args args) {
  return Value::real(std::floor(args[0].as_number()));
}
Value round(Call&, Args args) {
  return Value::real(std::round(args[0].as_number()));
}

Value extreme(Call& call, Args numbers, int sign) {
  if (numbers.empty()) return call.fail("an empty list has no greatest and no least number");
  Value best = numbers.front();
  for (const Value& number : numbers) {
    if (number.is_unknown() || number.is(ValueKind::kInterval)) return call.unknown();
    if (!number.is(ValueKind::kNumber)) return call.fail("expected a number, not " + std::string(kind_name(number)));
    if (order(number, best) * sign > 0) best = number;
  }
  return best;
}

Value extreme_of_list(Call& call, const Value& list, int sign) {
  if (list.rest() != nullptr) return call.unknown();
  for (const Value& item : list.items()) {
    if (item.is_maybe()) return call.unknown();
  }
  return extreme(call, list.items(), sign);
}

Value greatest(Call& call, Args args) {
  return extreme(call, args, 1);
}
Value least(Call& call, Args args) {
  return extreme(call, args, -1);
}
Value greatest_of(Call& call, Args args) {
  return extreme_of_list(call, args[0], 1);
}
Value least_of(Call& call, Args args) {
  return extreme_of_list(call, args[0], -1);
}

constexpr Function kFunctions[] = {
    {"int", "int -> int", same, false},
    {"int", "double -> int", int_of_number, false},
    {"int", "string -> int", int_of_string},
    {"uint", "int -> int", not_negative},
    {"double", "int -> double", double_of_number, false},
    {"double", "double -> double", same, false},
    {"double", "string -> double", double_of_string},
    {"string", "string -> string", same, false},
    {"string", "cidr -> string", same, false},
    {"string", "bool -> string", string_of_bool},
    {"string", "int -> string", string_of_number},
    {"string", "double -> string", string_of_number},
    {"bool", "bool -> bool", same, false},
    {"bool", "string -> bool", bool_of_string},
    {"dyn", "T -> dyn", same, false},
    {"math.abs", "int -> int", absolute},
    {"math.abs", "double -> double", absolute},
    {"math.ceil", "double -> double", ceil},
    {"math.floor", "double -> double", floor},
    {"math.round", "double -> double", round},
    {"math.greatest", "list<int> -> int", greatest_of},
    {"math.greatest", "list<number> -> double", greatest_of},
    {"math.greatest", "int, int -> int", greatest},
    {"math.greatest", "number, number -> double", greatest},
    {"math.greatest", "int, int, int -> int", greatest},
    {"math.greatest", "number, number, number -> double", greatest},
    {"math.least", "list<int> -> int", least_of},
    {"math.least", "list<number> -> double", least_of},
    {"math.least", "int, int -> int", least},
    {"math.least", "number, number -> double", least},
    {"math.least", "int, int, int -> int", least},
    {"math.least", "number, number, number -> double", least},
};

}  // namespace

std::span<const Function> number_functions() {
  return kFunctions;
}

}  // namespace halint::cel
