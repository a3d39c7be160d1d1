// The macros on lists whose items may or may not exist, and on maps.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "cel/evaluate.h"
#include "cel/operations.h"

namespace halint::cel {

// Evaluates args[which] with the local bound to an item.
Outcome Evaluator::body(const Expr& expr, std::size_t which, const Value& item) {
  const Value bound = item.with_maybe(false);
  locals_.resize(base_ + expr.slot);
  locals_.push_back({bound, reason_of(bound)});
  Outcome result = visit(*expr.args[which]);
  locals_.resize(base_ + expr.slot);
  return result;
}

// Why an item that may be missing may be missing.
const Unknown* Evaluator::doubt_of(const Value& item, const Outcome& range) {
  if (item.is(ValueKind::kNode)) {
    if (const Unknown* why = host_.doubt(item.as_node())) return why;
  }
  return range.why != nullptr ? range.why : some_unknown();
}

Outcome Evaluator::macro(const Expr& expr) {
  Outcome range = visit(*expr.args[0]);
  if (range.value.is_unknown()) return range;
  if (range.value.is(ValueKind::kMap)) {
    std::vector<Value> keys;
    for (const Member& member : range.value.members()) {
      if (!member.value.is_absent()) keys.push_back(Value::string(*arena_, member.key));
    }
    range.value = Value::list(*arena_, keys);
  }
  if (!range.value.is(ValueKind::kList) && !range.value.is(ValueKind::kSet)) {
    return fail("`" + std::string(expr.name) + "` takes a list or a map, not " + std::string(kind_name(range.value)));
  }
  switch (expr.macro) {
    case Macro::kAll:
    case Macro::kExists:
      return quantifier(expr, range);
    case Macro::kExistsOne:
      return exists_one(expr, range);
    case Macro::kFilter:
      return filter(expr, range);
    case Macro::kSortBy:
      return sort_by(expr, range);
    default:
      return map_items(expr, range);
  }
}

// all() looks for an item that is false, exists() for one that is true. An item that may be missing, or a list with
// an open end, leaves it unknown.
Outcome Evaluator::quantifier(const Expr& expr, const Outcome& range) {
  const Truth decisive = expr.macro == Macro::kAll ? Truth::kFalse : Truth::kTrue;
  const Unknown* open = range.value.rest();
  bool is_open = open != nullptr;
  Outcome failed;
  for (const Value& item : range.value.items()) {
    Outcome outcome = body(expr, 1, item);
    if (!outcome.failed && !outcome.value.is_unknown() && !outcome.value.is(ValueKind::kBool)) {
      outcome =
          fail("`" + std::string(expr.name) + "` takes a condition, not " + std::string(kind_name(outcome.value)));
    }
    if (outcome.failed) {
      if (!failed.failed) failed = outcome;
      continue;
    }
    const Truth holds = truth_of(outcome);
    if (holds == decisive && !item.is_maybe()) return outcome;
    if (holds == !decisive) continue;
    const Unknown* why = holds == Truth::kUnknown ? outcome.why : doubt_of(item, range);
    if (!is_open || open == range.value.rest()) open = why;
    is_open = true;
  }
  if (is_open) return truth(Truth::kUnknown, open);
  if (failed.failed) return failed;
  return truth(!decisive, nullptr);
}

Outcome Evaluator::exists_one(const Expr& expr, const Outcome& range) {
  std::vector<Value> kept;
  const Unknown* why = range.value.rest();
  for (const Value& item : range.value.items()) {
    const Outcome outcome = body(expr, 1, item);
    if (outcome.failed) return outcome;
    if (!outcome.value.is_unknown() && !outcome.value.is(ValueKind::kBool)) {
      return fail("`exists_one` takes a condition, not " + std::string(kind_name(outcome.value)));
    }
    const Truth holds = truth_of(outcome);
    if (holds == Truth::kFalse) continue;
    if (why == nullptr && holds == Truth::kUnknown) why = outcome.why;
    if (why == nullptr && item.is_maybe()) why = doubt_of(item, range);
    kept.push_back(item.with_maybe(item.is_maybe() || holds == Truth::kUnknown));
  }
  const Interval found = count(host_, Value::list(*arena_, kept, {}, range.value.rest()));
  if (found.lower > 1 || found.upper < 1) return {Value::boolean(false)};
  return truth(found.lower == 1 && found.upper == 1 ? Truth::kTrue : Truth::kUnknown, why);
}

Outcome Evaluator::filter(const Expr& expr, const Outcome& range) {
  std::vector<Value> kept;
  const Unknown* why = range.value.rest();
  for (const Value& item : range.value.items()) {
    const Outcome outcome = body(expr, 1, item);
    if (outcome.failed) return outcome;
    if (!outcome.value.is_unknown() && !outcome.value.is(ValueKind::kBool)) {
      return fail("`filter` takes a condition, not " + std::string(kind_name(outcome.value)));
    }
    const Truth holds = truth_of(outcome);
    if (holds == Truth::kFalse) continue;
    if (why == nullptr && holds == Truth::kUnknown) why = outcome.why;
    if (why == nullptr && item.is_maybe()) why = doubt_of(item, range);
    if (why == nullptr) why = reason_of(item);
    kept.push_back(item.with_maybe(item.is_maybe() || holds == Truth::kUnknown));
  }
  return {Value::list(*arena_, kept, range.value.origin(), range.value.rest()), why};
}

Outcome Evaluator::map_items(const Expr& expr, const Outcome& range) {
  std::vector<Value> items;
  const Unknown* rest = range.value.rest();
  const Unknown* why = rest;
  const std::size_t transform = expr.args.size() - 1;
  for (const Value& item : range.value.items()) {
    bool is_maybe = item.is_maybe();
    if (transform == 2) {
      const Outcome condition = body(expr, 1, item);
      if (condition.failed) return condition;
      const Truth holds = truth_of(condition);
      if (holds == Truth::kFalse) continue;
      is_maybe |= holds == Truth::kUnknown;
      if (why == nullptr) why = condition.why;
    }
    const Outcome outcome = body(expr, transform, item);
    if (outcome.failed) return outcome;
    if (why == nullptr) why = is_maybe ? doubt_of(item, range) : outcome.why;
    // A node that stands for several gives several results, which need not be equal.
    if (item.is(ValueKind::kNode) && host_.multiplicity(item.as_node()).most > 1 && rest == nullptr) {
      rest = doubt_of(item, range);
      if (why == nullptr) why = rest;
    }
    items.push_back(outcome.value.with_maybe(is_maybe));
  }
  return {Value::list(*arena_, items, {}, rest), why};
}

Outcome Evaluator::sort_by(const Expr& expr, const Outcome& range) {
  std::vector<std::pair<Value, Value>> keyed;
  for (const Value& item : range.value.items()) {
    const Outcome key = body(expr, 1, item);
    if (key.value.is_unknown()) return key;
    const Value& value = key.value;
    const bool sortable = value.is(ValueKind::kNumber) || value.is(ValueKind::kString) || value.is(ValueKind::kBool);
    if (!sortable) {
      if (value.is(ValueKind::kInterval) || value.is(ValueKind::kTemplate)) return truth(Truth::kUnknown, key.why);
      return fail("`sortBy` cannot sort by " + std::string(kind_name(value)));
    }
    if (!keyed.empty() && keyed.front().first.kind() != value.kind()) return fail("`sortBy` needs keys of one type");
    keyed.emplace_back(value, item);
  }
  std::stable_sort(keyed.begin(), keyed.end(),
                   [](const auto& a, const auto& b) { return order(a.first, b.first) < 0; });
  std::vector<Value> items;
  for (const auto& [key, item] : keyed) items.push_back(item);
  return {Value::list(*arena_, items, {}, range.value.rest()), range.why};
}

}  // namespace halint::cel
