// Equality, order and arithmetic on values that may be known in part.
// SPDX-License-Identifier: Apache-2.0
#include "cel/operations.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace halint::cel {
namespace {

// Lists nest as deep as a configuration writes them; beyond this, equality is not worth knowing.
constexpr int kMaxDepth = 64;

Truth truth(bool value) {
  return value ? Truth::kTrue : Truth::kFalse;
}

bool is_number(const Value& value) {
  return value.is(ValueKind::kNumber) || value.is(ValueKind::kInterval);
}
bool is_list(const Value& value) {
  return value.is(ValueKind::kList) || value.is(ValueKind::kSet);
}

Truth equals(Host& host, const Value& a, const Value& b, int depth);

bool is_certain(const Value& list) {
  return list.rest() == nullptr &&
         std::none_of(list.items().begin(), list.items().end(), [](const Value& item) { return item.is_maybe(); });
}

Truth equal_lists(Host& host, const Value& a, const Value& b, int depth) {
  const Interval first = count(host, a);
  const Interval second = count(host, b);
  if (first.lower > second.upper || second.lower > first.upper) return Truth::kFalse;
  if (!is_certain(a) || !is_certain(b)) return Truth::kUnknown;
  Truth result = Truth::kTrue;
  if (a.items().size() != b.items().size()) return Truth::kUnknown;  // A summary stands for several.
  for (std::size_t i = 0; i < a.items().size() && result != Truth::kFalse; ++i) {
    result = both(result, equals(host, a.items()[i], b.items()[i], depth + 1));
  }
  return result;
}

Truth equal_maps(Host& host, const Value& a, const Value& b, int depth) {
  if (a.members().size() != b.members().size()) return Truth::kFalse;
  Truth result = Truth::kTrue;
  for (std::size_t i = 0; i < a.members().size() && result != Truth::kFalse; ++i) {
    if (a.members()[i].key != b.members()[i].key) return Truth::kFalse;
    result = both(result, equals(host, a.members()[i].value, b.members()[i].value, depth + 1));
  }
  return result;
}

// Integers above 2^53 differ although their doubles are equal; long double holds both exactly.
Truth equal_numbers(const Value& a, const Value& b) {
  if (a.is(ValueKind::kNumber) && b.is(ValueKind::kNumber)) {
    if (a.is_integer() && b.is_integer()) return truth(a.as_integer() == b.as_integer());
    return truth(order(a, b) == 0);
  }
  const Interval first = a.bounds();
  const Interval second = b.bounds();
  if (first.lower > second.upper || second.lower > first.upper) return Truth::kFalse;
  return Truth::kUnknown;
}

Truth equals(Host& host, const Value& a, const Value& b, int depth) {
  if (depth > kMaxDepth) return Truth::kUnknown;
  if (a.is_unknown() || b.is_unknown()) return equal(a, b);
  if (a.is_unset() || b.is_unset()) return truth(a.is_unset() && b.is_unset());
  if (is_number(a) && is_number(b)) return equal_numbers(a, b);
  if (is_list(a) && is_list(b)) return equal_lists(host, a, b, depth);
  if (a.is(ValueKind::kMap) && b.is(ValueKind::kMap)) return equal_maps(host, a, b, depth);
  if (a.is(ValueKind::kNode) && b.is(ValueKind::kNode)) return host.same_node(a.as_node(), b.as_node());
  if (a.is(ValueKind::kZone) && b.is(ValueKind::kZone)) return host.same_zone(a.as_zone(), b.as_zone());
  return equal(a, b);
}

long double exact(const Value& value) {
  return value.is_integer() ? static_cast<long double>(value.as_integer())
                            : static_cast<long double>(value.as_number());
}

Truth compare_intervals(Operator op, const Interval& a, const Interval& b) {
  switch (op) {
    case Operator::kLess:
      if (a.upper < b.lower) return Truth::kTrue;
      return a.lower >= b.upper ? Truth::kFalse : Truth::kUnknown;
    case Operator::kLessEqual:
      if (a.upper <= b.lower) return Truth::kTrue;
      return a.lower > b.upper ? Truth::kFalse : Truth::kUnknown;
    case Operator::kGreater:
      return compare_intervals(Operator::kLess, b, a);
    default:
      return compare_intervals(Operator::kLessEqual, b, a);
  }
}

bool holds(Operator op, int sign) {
  switch (op) {
    case Operator::kLess:
      return sign < 0;
    case Operator::kLessEqual:
      return sign <= 0;
    case Operator::kGreater:
      return sign > 0;
    default:
      return sign >= 0;
  }
}

Value calculate_integers(Operator op, std::int64_t a, std::int64_t b, std::string& error) {
  std::int64_t result = 0;
  bool overflow = false;
  switch (op) {
    case Operator::kAdd:
      overflow = __builtin_add_overflow(a, b, &result);
      break;
    case Operator::kSubtract:
      overflow = __builtin_sub_overflow(a, b, &result);
      break;
    case Operator::kMultiply:
      overflow = __builtin_mul_overflow(a, b, &result);
      break;
    default:
      if (b == 0) {
        error = op == Operator::kDivide ? "division by zero" : "remainder of a division by zero";
        return {};
      }
      overflow = a == std::numeric_limits<std::int64_t>::min() && b == -1;
      if (!overflow) result = op == Operator::kDivide ? a / b : a % b;
  }
  if (overflow) error = "integer overflow";
  return Value::integer(result);
}

Value calculate_reals(Operator op, double a, double b, std::string& error) {
  switch (op) {
    case Operator::kAdd:
      return Value::real(a + b);
    case Operator::kSubtract:
      return Value::real(a - b);
    case Operator::kMultiply:
      return Value::real(a * b);
    case Operator::kDivide:
      return Value::real(a / b);
    default:
      error = "`%` takes integers only";
      return {};
  }
}

// 0 * infinity is 0 here: so many times nothing.
double times(double a, double b) {
  return a == 0 || b == 0 ? 0 : a * b;
}

Value calculate_intervals(Arena& arena, Operator op, Arithmetic arithmetic, const Interval& a, const Interval& b) {
  switch (op) {
    case Operator::kAdd:
      return Value::interval(arena, {a.lower + b.lower, a.upper + b.upper});
    case Operator::kSubtract:
      return Value::interval(arena, {a.lower - b.upper, a.upper - b.lower});
    case Operator::kMultiply: {
      const double products[] = {times(a.lower, b.lower), times(a.lower, b.upper), times(a.upper, b.lower),
                                 times(a.upper, b.upper)};
      return Value::interval(arena,
                             {*std::min_element(products, products + 4), *std::max_element(products, products + 4)});
    }
    case Operator::kDivide: {
      if (b.lower != b.upper || b.lower <= 0) break;
      double lower = a.lower / b.lower;
      double upper = a.upper / b.lower;
      if (arithmetic != Arithmetic::kReal) {
        lower = std::trunc(lower);
        upper = std::trunc(upper);
      }
      return Value::interval(arena, {lower, upper});
    }
    default:
      break;
  }
  return Value::unknown(some_unknown());
}

Value concatenate_lists(Arena& arena, const Value& a, const Value& b) {
  std::vector<Value> items(a.items().begin(), a.items().end());
  items.insert(items.end(), b.items().begin(), b.items().end());
  return Value::list(arena, items, {}, a.rest() != nullptr ? a.rest() : b.rest());
}

Value concatenate_strings(Arena& arena, const Value& a, const Value& b, std::string& error) {
  if (a.is(ValueKind::kString) && b.is(ValueKind::kString)) {
    constexpr std::size_t kMost = 1 << 20;
    if (a.as_string().size() + b.as_string().size() > kMost) {
      error = "the string is too long";
      return {};
    }
    std::string text(a.as_string());
    text += b.as_string();
    const bool is_sensitive = a.is_sensitive() || b.is_sensitive();
    return Value::string(arena, arena.copy(std::string_view(text))).with_sensitive(is_sensitive);
  }
  const Value parts[] = {a, b};
  return Value::text_template(arena, parts);
}

bool is_text(const Value& value) {
  return value.is(ValueKind::kString) || value.is(ValueKind::kTemplate);
}

}  // namespace

const Unknown* some_unknown() {
  static constexpr Unknown kSome{UnknownReason::kMultiplicity, "the files do not say whether it exists", "", nullptr,
                                 Shape::kAny};
  return &kSome;
}

const Unknown* reason_of(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kUnknown:
      return &value.why();
    case ValueKind::kInterval:
      return value.bounds().why != nullptr ? value.bounds().why : some_unknown();
    case ValueKind::kZone:
      return value.as_zone().why;
    case ValueKind::kTemplate:
      for (const Value& part : value.items()) {
        if (const Unknown* why = reason_of(part)) return why;
      }
      return some_unknown();
    case ValueKind::kList:
    case ValueKind::kSet:
      if (value.rest() != nullptr) return value.rest();
      for (const Value& item : value.items()) {
        if (const Unknown* why = item.is(ValueKind::kList) ? nullptr : reason_of(item)) return why;
      }
      return nullptr;
    default:
      return nullptr;
  }
}

Truth equals(Host& host, const Value& a, const Value& b) {
  return equals(host, a, b, 0);
}

Truth equal_ranges(const Value& a, const Value& b) {
  if (!a.is(ValueKind::kString) || !b.is(ValueKind::kString)) return Truth::kUnknown;
  const std::optional<Cidr> first = parse_range(a.as_string());
  const std::optional<Cidr> second = parse_range(b.as_string());
  if (!first || !second) return Truth::kUnknown;
  return truth(masked(*first) == masked(*second));
}

std::optional<Cidr> parse_range(std::string_view text) {
  if (const std::optional<Cidr> range = parse_cidr(text)) return range;
  const std::optional<IpAddress> address = parse_ip(text);
  if (!address) return std::nullopt;
  return Cidr{*address, address->bits()};
}

Truth contains_item(Host& host, const Value& list, const Value& item) {
  Truth result = list.rest() == nullptr ? Truth::kFalse : Truth::kUnknown;
  for (const Value& candidate : list.items()) {
    Truth same = equals(host, candidate, item);
    if (same == Truth::kTrue && candidate.is_maybe()) same = Truth::kUnknown;
    result = either(result, same);
    if (result == Truth::kTrue) break;
  }
  return result;
}

Interval count(Host& host, const Value& list) {
  Interval result{0, 0};
  for (const Value& item : list.items()) {
    Multiplicity many;
    if (item.is(ValueKind::kNode)) many = host.multiplicity(item.as_node());
    if (!item.is_maybe()) result.lower += std::max(many.least, 1u);
    result.upper +=
        many.most == Multiplicity::kInfinite ? std::numeric_limits<double>::infinity() : std::max(many.most, 1u);
  }
  if (list.rest() != nullptr) result.upper = std::numeric_limits<double>::infinity();
  if (result.lower == result.upper) return result;
  result.why = list.rest();
  for (const Value& item : list.items()) {
    if (result.why == nullptr && item.is(ValueKind::kNode)) result.why = host.doubt(item.as_node());
  }
  return result;
}

Truth compare(Operator op, const Value& a, const Value& b, std::string& error) {
  if (is_number(a) && is_number(b)) {
    if (a.is(ValueKind::kInterval) || b.is(ValueKind::kInterval)) return compare_intervals(op, a.bounds(), b.bounds());
    if (std::isnan(a.as_number()) || std::isnan(b.as_number())) return Truth::kFalse;
    return truth(holds(op, order(a, b)));
  }
  if (is_text(a) && is_text(b)) {
    if (a.is(ValueKind::kTemplate) || b.is(ValueKind::kTemplate)) return Truth::kUnknown;
    return truth(holds(op, order(a, b)));
  }
  if (a.is(ValueKind::kBool) && b.is(ValueKind::kBool)) return truth(holds(op, order(a, b)));
  error = std::string(kind_name(a)) + " and " + std::string(kind_name(b)) + " have no order";
  return Truth::kUnknown;
}

int order(const Value& a, const Value& b) {
  if (a.is(ValueKind::kString)) return a.as_string().compare(b.as_string());
  if (a.is(ValueKind::kBool)) return static_cast<int>(a.as_bool()) - static_cast<int>(b.as_bool());
  if (std::isnan(a.as_number()) || std::isnan(b.as_number())) return 1;
  const long double first = exact(a);
  const long double second = exact(b);
  return first < second ? -1 : first > second ? 1 : 0;
}

Value calculate(Arena& arena, Operator op, Arithmetic arithmetic, const Value& a, const Value& b, std::string& error) {
  if (is_number(a) && is_number(b)) {
    if (a.is(ValueKind::kInterval) || b.is(ValueKind::kInterval)) {
      return calculate_intervals(arena, op, arithmetic, a.bounds(), b.bounds());
    }
    const bool integers = a.is_integer() && b.is_integer() && arithmetic != Arithmetic::kReal;
    if (integers) return calculate_integers(op, a.as_integer(), b.as_integer(), error);
    return calculate_reals(op, a.as_number(), b.as_number(), error);
  }
  if (op == Operator::kAdd && is_text(a) && is_text(b)) return concatenate_strings(arena, a, b, error);
  if (op == Operator::kAdd && is_list(a) && is_list(b)) return concatenate_lists(arena, a, b);
  error = "no such operation on " + std::string(kind_name(a)) + " and " + std::string(kind_name(b));
  return {};
}

Value negate(Arena& arena, Arithmetic arithmetic, const Value& a, std::string& error) {
  if (a.is(ValueKind::kInterval)) return Value::interval(arena, {-a.bounds().upper, -a.bounds().lower});
  if (!a.is(ValueKind::kNumber)) {
    error = "`-` takes a number, not " + std::string(kind_name(a));
    return {};
  }
  if (!a.is_integer()) return Value::real(-a.as_number());
  return arithmetic == Arithmetic::kReal ? Value::real(-a.as_number())
                                         : calculate_integers(Operator::kSubtract, 0, a.as_integer(), error);
}

std::string_view kind_name(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kAbsent:
    case ValueKind::kNull:
      return "null";
    case ValueKind::kBool:
      return "a bool";
    case ValueKind::kNumber:
    case ValueKind::kInterval:
      return "a number";
    case ValueKind::kString:
    case ValueKind::kTemplate:
      return "a string";
    case ValueKind::kList:
    case ValueKind::kSet:
      return "a list";
    case ValueKind::kMap:
      return "a map";
    case ValueKind::kUnknown:
      return "an unknown";
    case ValueKind::kNode:
      return "a node";
    case ValueKind::kZone:
      return "a zone";
  }
  return "a value";
}

Value Call::unknown() {
  return Value::unknown(why != nullptr ? why : some_unknown());
}

Value Call::unknown_because(const Value& value) {
  const Unknown* reason = reason_of(value);
  return reason != nullptr ? Value::unknown(reason) : unknown();
}

}  // namespace halint::cel
