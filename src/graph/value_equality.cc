// Three-valued truth, and equality of values in it.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "graph/value.h"

namespace halint {

Truth operator!(Truth a) {
  if (a == Truth::kUnknown) return a;
  return a == Truth::kTrue ? Truth::kFalse : Truth::kTrue;
}

Truth both(Truth a, Truth b) {
  if (a == Truth::kFalse || b == Truth::kFalse) return Truth::kFalse;
  return a == Truth::kTrue && b == Truth::kTrue ? Truth::kTrue : Truth::kUnknown;
}

Truth either(Truth a, Truth b) {
  return !both(!a, !b);
}

namespace {

// Values nest as deep as readers allow; beyond this, equality is not worth knowing.
constexpr int kDeepest = 256;

Truth truth_of(bool value) {
  return value ? Truth::kTrue : Truth::kFalse;
}

Truth equal_at(const Value& a, const Value& b, int depth);

Truth equal_lists(const Value& a, const Value& b, int depth) {
  auto uncertain = [](const Value& list) {
    return list.rest() != nullptr || std::ranges::any_of(list.items(), &Value::is_maybe);
  };
  if (uncertain(a) || uncertain(b)) return Truth::kUnknown;
  if (a.items().size() != b.items().size()) return Truth::kFalse;
  Truth result = Truth::kTrue;
  for (std::size_t i = 0; i < a.items().size() && result != Truth::kFalse; ++i) {
    result = both(result, equal_at(a.items()[i], b.items()[i], depth + 1));
  }
  return result;
}

Truth equal_maps(const Value& a, const Value& b, int depth) {
  if (a.members().size() != b.members().size()) return Truth::kFalse;
  Truth result = Truth::kTrue;
  for (std::size_t i = 0; i < a.members().size() && result != Truth::kFalse; ++i) {
    if (a.members()[i].key != b.members()[i].key) return Truth::kFalse;
    result = both(result, equal_at(a.members()[i].value, b.members()[i].value, depth + 1));
  }
  return result;
}

// A template against a string or a template: a known beginning or end that differs decides.
Truth equal_templates(const Value& a, const Value& b, int depth) {
  if (a.is(ValueKind::kTemplate) && b.is(ValueKind::kTemplate)) {
    return equal_lists(a, b, depth) == Truth::kTrue ? Truth::kTrue : Truth::kUnknown;
  }
  const Value& pattern = a.is(ValueKind::kTemplate) ? a : b;
  const Value& other = a.is(ValueKind::kTemplate) ? b : a;
  if (!other.is(ValueKind::kString)) return other.is_unknown() ? Truth::kUnknown : Truth::kFalse;
  const Value& first = pattern.items().front();
  const Value& last = pattern.items().back();
  if (first.is(ValueKind::kString) && !other.as_string().starts_with(first.as_string())) return Truth::kFalse;
  if (last.is(ValueKind::kString) && !other.as_string().ends_with(last.as_string())) return Truth::kFalse;
  return Truth::kUnknown;
}

Truth equal_zones(const ZoneTerm& a, const ZoneTerm& b) {
  // Only identity is decided here; topology knows when two terms are certainly distinct.
  if (a.kind == ZoneTerm::Kind::kFree) return Truth::kUnknown;
  bool same = a.kind == b.kind && a.text == b.text && a.index == b.index && a.wraps == b.wraps;
  return same ? Truth::kTrue : Truth::kUnknown;
}

Truth equal_numbers(const Value& a, const Value& b) {
  if (a.is_integer() && b.is_integer()) return truth_of(a.as_integer() == b.as_integer());
  if (a.is(ValueKind::kNumber) && b.is(ValueKind::kNumber) && (!a.digits().empty() || !b.digits().empty())) {
    return truth_of(a.digits() == b.digits());
  }
  Interval x = a.bounds();
  Interval y = b.bounds();
  if (x.upper < y.lower || y.upper < x.lower) return Truth::kFalse;
  return x.lower == x.upper && y.lower == y.upper ? Truth::kTrue : Truth::kUnknown;
}

// Whichever zone it is, it has a name.
bool is_zone_against_nothing(const Value& a, const Value& b) {
  return a.is_unknown() && a.why().shape == Shape::kZoneName && b.is(ValueKind::kString) && b.as_string().empty();
}

Truth equal_at(const Value& a, const Value& b, int depth) {
  if (depth > kDeepest) return Truth::kUnknown;
  if (is_zone_against_nothing(a, b) || is_zone_against_nothing(b, a)) return Truth::kFalse;
  if (a.is_unknown() || b.is_unknown()) {
    bool same = a.symbol() != nullptr && b.symbol() != nullptr && *a.symbol() == *b.symbol();
    return same ? Truth::kTrue : Truth::kUnknown;
  }
  auto is_number = [](const Value& v) { return v.is(ValueKind::kNumber) || v.is(ValueKind::kInterval); };
  auto is_list = [](const Value& v) { return v.is(ValueKind::kList) || v.is(ValueKind::kSet); };
  if (is_number(a) && is_number(b)) return equal_numbers(a, b);
  if (is_list(a) && is_list(b)) return equal_lists(a, b, depth);
  if (a.is(ValueKind::kTemplate) || b.is(ValueKind::kTemplate)) return equal_templates(a, b, depth);
  if (a.kind() != b.kind()) return truth_of(a.is_unset() && b.is_unset());
  switch (a.kind()) {
    case ValueKind::kBool:
      return truth_of(a.as_bool() == b.as_bool());
    case ValueKind::kString:
      return truth_of(a.as_string() == b.as_string());
    case ValueKind::kMap:
      return equal_maps(a, b, depth);
    case ValueKind::kNode:
      return truth_of(a.as_node() == b.as_node());
    case ValueKind::kZone:
      return equal_zones(a.as_zone(), b.as_zone());
    default:
      return Truth::kTrue;  // Absent and null.
  }
}

}  // namespace

Truth equal(const Value& a, const Value& b) {
  return equal_at(a, b, 0);
}

}  // namespace halint
