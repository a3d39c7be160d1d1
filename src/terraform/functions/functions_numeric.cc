// Terraform's functions on numbers, and `range`, which counts.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "terraform/functions/function_table.h"
#include "terraform/values/convert.h"
#include "terraform/values/number_text.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

constexpr std::size_t kLongestRange = 1024;  // Terraform's own limit.

Value abs_of(const Call& call) {
  if (call[0].as_number() >= 0) return call[0];
  return subtract_numbers(call.arena, Value::integer(0), call[0]);
}

Value ceil_of(const Call& call) {
  Value whole = truncate_number(call.arena, call[0]);
  return compare_numbers(whole, call[0]) < 0 ? add_numbers(call.arena, whole, Value::integer(1)) : whole;
}

Value floor_of(const Call& call) {
  Value whole = truncate_number(call.arena, call[0]);
  return compare_numbers(whole, call[0]) > 0 ? subtract_numbers(call.arena, whole, Value::integer(1)) : whole;
}

Value log_of(const Call& call) {
  double result = std::log(call[0].as_number()) / std::log(call[1].as_number());
  if (!std::isfinite(result)) return call.fail("the number and the base must be positive");
  return Value::real(result);
}

// Terraform calculates powers with 53 bits, whole ones too.
Value pow_of(const Call& call) {
  double result = std::pow(call[0].as_number(), call[1].as_number());
  if (!std::isfinite(result)) return call.fail("the result is no number, or beyond 64 bits");
  return Value::real(result);
}

Value signum(const Call& call) {
  std::int64_t number = call.integer(0);
  return Value::integer(number > 0 ? 1 : number < 0 ? -1 : 0);
}

// Arguments may have bounds: min(x, 3) is at most 3, whatever x is.
Value extreme(const Call& call, bool is_min) {
  double infinity = std::numeric_limits<double>::infinity();
  double pick_all = is_min ? infinity : -infinity;
  double lower = pick_all;
  double upper = pick_all;
  const Value* best = nullptr;
  const Unknown* why = nullptr;
  bool all_known = true;
  for (std::size_t i = 0; i < call.size(); ++i) {
    Value number;
    std::string error;
    if (call[i].is_unset()) return call.fail("an argument is null");
    number = to_number(call.arena, call[i], error);
    if (!error.empty()) return call.fail(error);
    Interval bounds{-infinity, infinity, first_unknown(number)};
    if (number.is(ValueKind::kNumber) || number.is(ValueKind::kInterval)) bounds = number.bounds();
    lower = is_min ? std::min(lower, bounds.lower) : std::max(lower, bounds.lower);
    upper = is_min ? std::min(upper, bounds.upper) : std::max(upper, bounds.upper);
    if (!number.is(ValueKind::kNumber)) {
      all_known = false;
      if (why == nullptr) why = first_unknown(number);
      continue;
    }
    int order = best == nullptr ? 0 : compare_numbers(number, to_number(call.arena, *best, error));
    bool is_better = best == nullptr || (is_min ? order < 0 : order > 0);
    if (is_better) best = &call[i];
  }
  std::string error;
  if (all_known) return to_number(call.arena, *best, error);
  if (lower == upper && best != nullptr) return to_number(call.arena, *best, error);
  if (std::isinf(lower) && std::isinf(upper)) return call.unknown();
  return Value::interval(call.arena, {lower, upper, why});
}

Value max_of(const Call& call) {
  return extreme(call, false);
}

Value min_of(const Call& call) {
  return extreme(call, true);
}

int digit_of(char c, std::int64_t base) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + (base > 36 ? 36 : 10);
  return 99;
}

Value parse_integer(const Call& call) {
  std::int64_t base = call.integer(1);
  if (base < 2 || base > 62) return call.fail("the base must be between 2 and 62");
  if (call[0].is_unknown() || call[0].is(ValueKind::kTemplate)) return call.unknown();
  if (!call[0].is(ValueKind::kString)) return call.fail("the first argument must be a string");
  std::string_view text = call.text(0);
  bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  Value result = Value::integer(0);
  for (char c : text) {
    int digit = digit_of(c, base);
    if (digit >= base) return call.fail(fmt::format("\"{}\" is no number of base {}", call.text(0), base));
    result = add_numbers(call.arena, multiply_numbers(call.arena, result, Value::integer(base)), Value::integer(digit));
  }
  if (text.empty()) return call.fail(fmt::format("\"{}\" is no number of base {}", call.text(0), base));
  return is_negative ? subtract_numbers(call.arena, Value::integer(0), result) : result;
}

// Sums bounds too; an item that is not known makes the sum unknown.
Value sum(const Call& call) {
  const Value& list = call[0];
  if (list.items().empty() && list.rest() == nullptr) return call.fail("the list is empty");
  if (is_open(list)) return call.unknown();
  Value total = Value::integer(0);
  for (const Value& item : list.items()) {
    if (item.is_unset()) return call.fail("an item is null");
    std::string error;
    Value number = to_number(call.arena, item, error);
    if (!error.empty()) return call.fail("the items must be numbers");
    if (!number.is(ValueKind::kNumber)) return call.unknown();
    total = add_numbers(call.arena, total, number);
  }
  return total;
}

Value range(const Call& call) {
  std::vector<Value> numbers;
  for (std::size_t i = 0; i < call.size(); ++i) numbers.push_back(call[i]);
  Value start = numbers.size() == 1 ? Value::integer(0) : numbers[0];
  Value end = numbers.size() == 1 ? numbers[0] : numbers[1];
  bool falls = compare_numbers(end, start) < 0;
  Value step = numbers.size() == 3 ? numbers[2] : Value::integer(falls ? -1 : 1);
  if (step.as_number() > 0 && falls)
    return call.fail("the end must be greater than the start when the step is positive");
  if (step.as_number() < 0 && compare_numbers(end, start) > 0) {
    return call.fail("the end must be less than the start when the step is negative");
  }
  std::vector<Value> items;
  Span origin = deciding_origin(call.arguments, call.span);
  for (Value at = start; falls ? compare_numbers(at, end) > 0 : compare_numbers(at, end) < 0;
       at = add_numbers(call.arena, at, step)) {
    if (items.size() >= kLongestRange) {
      call.context.is_beyond_limit = true;
      return call.fail("makes more than 1024 values, which is Terraform's limit");
    }
    items.push_back(at.with_origin(origin));
  }
  return call.list(items);
}

constexpr Function kFunctions[] = {
    {"abs", "n", abs_of},
    {"ceil", "n", ceil_of},
    {"floor", "n", floor_of},
    {"log", "nn", log_of},
    {"max", "v+", max_of},
    {"min", "v+", min_of},
    {"parseint", "vi", parse_integer},
    {"pow", "nn", pow_of},
    {"signum", "i", signum},
    {"range", "nn?n?", range},
    {"sum", "l", sum},
};

}  // namespace

std::span<const Function> numeric_functions() {
  return kFunctions;
}

}  // namespace halint
