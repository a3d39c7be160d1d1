// Terraform's operators: conversion of the operands, three-valued logic, arithmetic with bounds.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/values/operators.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "terraform/values/convert.h"
#include "terraform/values/number_text.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

constexpr std::string_view kSigns[] = {"+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "&&", "||"};

struct Operation {
  Arena& arena;
  BinaryOperator op;
  Value operands[2];  // Converted.
  Span where;
  std::string& error;

  const Value& left() const { return operands[0]; }
  const Value& right() const { return operands[1]; }
  Span origin() const { return deciding_origin(operands, where); }
  Value unknown() const { return unknown_result(arena, kSigns[static_cast<int>(op)], operands, where); }
  Value fail(std::string message) const {
    error = std::move(message);
    return invalid(arena, error, where);
  }
  Value truth(Truth truth) const {
    return truth == Truth::kUnknown ? unknown() : Value::boolean(truth == Truth::kTrue, origin());
  }
};

bool is_arithmetic(BinaryOperator op) {
  return op <= BinaryOperator::kRemainder;
}

bool is_numeric(const Value& value) {
  return value.is(ValueKind::kNumber) || value.is(ValueKind::kInterval);
}

Value bounded(const Operation& operation, double lower, double upper) {
  if (std::isnan(lower) || std::isnan(upper)) return operation.unknown();
  const Unknown* why = nullptr;
  for (const Value& operand : operation.operands) {
    if (why == nullptr && operand.is(ValueKind::kInterval)) why = operand.bounds().why;
  }
  return Value::interval(operation.arena, {lower, upper, why}, operation.origin());
}

// At least one operand is an interval.
Value calculate_bounds(const Operation& operation) {
  Interval a = operation.left().bounds();
  Interval b = operation.right().bounds();
  switch (operation.op) {
    case BinaryOperator::kAdd:
      return bounded(operation, a.lower + b.lower, a.upper + b.upper);
    case BinaryOperator::kSubtract:
      return bounded(operation, a.lower - b.upper, a.upper - b.lower);
    case BinaryOperator::kMultiply:
      if (a.lower < 0 || b.lower < 0) return operation.unknown();
      if (a.upper == 0 || b.upper == 0) return Value::integer(0, operation.origin());
      return bounded(operation, a.lower * b.lower, a.upper * b.upper);
    case BinaryOperator::kDivide:
      if (a.lower < 0 || b.lower <= 0) return operation.unknown();
      return bounded(operation, a.lower / b.upper, a.upper / b.lower);
    default:
      return operation.unknown();
  }
}

Value calculate(const Operation& operation) {
  const Value& a = operation.left();
  const Value& b = operation.right();
  if (a.is(ValueKind::kInterval) || b.is(ValueKind::kInterval)) return calculate_bounds(operation);
  Value result;
  switch (operation.op) {
    case BinaryOperator::kAdd:
      result = add_numbers(operation.arena, a, b);
      break;
    case BinaryOperator::kSubtract:
      result = subtract_numbers(operation.arena, a, b);
      break;
    case BinaryOperator::kMultiply:
      result = multiply_numbers(operation.arena, a, b);
      break;
    case BinaryOperator::kDivide:
      result = divide_numbers(operation.arena, a, b);
      break;
    default:
      result = remainder_of_numbers(operation.arena, a, b);
      if (result.is_absent()) result = a;  // Terraform's answer for a division by zero.
      break;
  }
  if (result.is_absent()) return operation.fail("division by zero");
  return result.with_origin(operation.origin());
}

Truth less(const Value& a, const Value& b) {
  if (a.is(ValueKind::kNumber) && b.is(ValueKind::kNumber)) {
    return compare_numbers(a, b) < 0 ? Truth::kTrue : Truth::kFalse;
  }
  if (a.bounds().upper < b.bounds().lower) return Truth::kTrue;
  return a.bounds().lower >= b.bounds().upper ? Truth::kFalse : Truth::kUnknown;
}

Value compare(const Operation& operation) {
  const Value& a = operation.left();
  const Value& b = operation.right();
  switch (operation.op) {
    case BinaryOperator::kLess:
      return operation.truth(less(a, b));
    case BinaryOperator::kGreater:
      return operation.truth(less(b, a));
    case BinaryOperator::kLessOrEqual:
      return operation.truth(!less(b, a));
    default:
      return operation.truth(!less(a, b));
  }
}

// `false && x` is false and `true || x` is true, whatever x is: the operand that decides gives the origin.
Value combine(const Operation& operation) {
  bool decides = operation.op == BinaryOperator::kOr;
  for (const Value& operand : operation.operands) {
    if (operand.is(ValueKind::kBool) && operand.as_bool() == decides) {
      return Value::boolean(decides, deciding_origin({&operand, 1}, operation.where));
    }
  }
  bool all_known = operation.left().is(ValueKind::kBool) && operation.right().is(ValueKind::kBool);
  if (all_known) return Value::boolean(!decides, operation.origin());
  // `true && x` is x.
  for (int i = 0; i < 2; ++i) {
    if (operation.operands[i].is(ValueKind::kBool) && operation.operands[1 - i].is_unknown()) {
      return operation.operands[1 - i];
    }
  }
  return operation.unknown();
}

Value apply_converted(const Operation& operation) {
  if (operation.op == BinaryOperator::kAnd || operation.op == BinaryOperator::kOr) return combine(operation);
  bool numeric = is_numeric(operation.left()) && is_numeric(operation.right());
  if (!numeric) return operation.unknown();
  return is_arithmetic(operation.op) ? calculate(operation) : compare(operation);
}

Truth equal_lists(const Value& a, const Value& b, int depth, WalkBudget& budget);
Truth equal_maps(const Value& a, const Value& b, int depth, WalkBudget& budget);

Truth equal_at(const Value& a, const Value& b, int depth, WalkBudget& budget) {
  if (depth > kDeepestValue || !budget.spend()) return Truth::kUnknown;
  if (a.is(ValueKind::kList) && b.is(ValueKind::kList)) {
    return a.is_uniform() == b.is_uniform() ? equal_lists(a, b, depth, budget) : Truth::kFalse;
  }
  if (a.is(ValueKind::kSet) && b.is(ValueKind::kSet)) return equal_lists(a, b, depth, budget);
  if (a.is(ValueKind::kMap) && b.is(ValueKind::kMap)) {
    return a.is_uniform() == b.is_uniform() ? equal_maps(a, b, depth, budget) : Truth::kFalse;
  }
  auto is_sequence = [](const Value& value) { return value.is(ValueKind::kList) || value.is(ValueKind::kSet); };
  if (is_sequence(a) && is_sequence(b)) return Truth::kFalse;
  Truth same = equal(a, b);
  return same == Truth::kUnknown && are_certainly_distinct(a, b) ? Truth::kFalse : same;
}

Truth equal_lists(const Value& a, const Value& b, int depth, WalkBudget& budget) {
  auto is_open = [](const Value& list) {
    return list.rest() != nullptr || std::ranges::any_of(list.items(), &Value::is_maybe);
  };
  auto certain = [](const Value& list) {
    return static_cast<std::size_t>(std::ranges::count_if(list.items(), [](const Value& v) { return !v.is_maybe(); }));
  };
  if (is_open(a) || is_open(b)) {
    bool a_is_longer = b.rest() == nullptr && certain(a) > b.items().size();
    bool b_is_longer = a.rest() == nullptr && certain(b) > a.items().size();
    return a_is_longer || b_is_longer ? Truth::kFalse : Truth::kUnknown;
  }
  if (a.items().size() != b.items().size()) return Truth::kFalse;
  Truth result = Truth::kTrue;
  for (std::size_t i = 0; i < a.items().size() && result != Truth::kFalse; ++i) {
    result = both(result, equal_at(a.items()[i], b.items()[i], depth + 1, budget));
  }
  // Unknown items of sets may stand in another order.
  bool is_unordered = a.is(ValueKind::kSet) && result == Truth::kFalse;
  return is_unordered && (first_unknown(a) != nullptr || first_unknown(b) != nullptr) ? Truth::kUnknown : result;
}

Truth equal_maps(const Value& a, const Value& b, int depth, WalkBudget& budget) {
  if (a.members().size() != b.members().size()) return Truth::kFalse;
  Truth result = Truth::kTrue;
  for (std::size_t i = 0; i < a.members().size() && result != Truth::kFalse; ++i) {
    if (a.members()[i].key != b.members()[i].key) return Truth::kFalse;
    result = both(result, equal_at(a.members()[i].value, b.members()[i].value, depth + 1, budget));
  }
  return result;
}

Value compare_equality(const Operation& operation) {
  Truth same = terraform_equal(operation.left(), operation.right());
  return operation.truth(operation.op == BinaryOperator::kEqual ? same : !same);
}

bool names_its_resource(const Step& step) {
  return step.kind == Step::Kind::kAttribute && (step.name == "id" || step.name == "arn");
}

}  // namespace

Value apply(Arena& arena, BinaryOperator op, const Value& left, const Value& right, Span where, std::string& error) {
  Operation operation{arena, op, {left, right}, where, error};
  bool secret = holds_secret(left) || holds_secret(right);
  Value result;
  if (op == BinaryOperator::kEqual || op == BinaryOperator::kNotEqual) {
    result = compare_equality(operation);
  } else {
    bool is_logic = op == BinaryOperator::kAnd || op == BinaryOperator::kOr;
    for (Value& operand : operation.operands) {
      std::string_view side = &operand == operation.operands ? "left" : "right";
      if (operand.is_unset())
        return operation.fail(fmt::format("the {} operand of `{}` is null", side, kSigns[static_cast<int>(op)]));
      std::string why;
      operand = is_logic ? to_bool(arena, operand, why) : to_number(arena, operand, why);
      if (!why.empty())
        return operation.fail(fmt::format("the {} operand of `{}`: {}", side, kSigns[static_cast<int>(op)], why));
    }
    result = apply_converted(operation);
  }
  return secret ? result.with_sensitive() : result;
}

Value apply(Arena& arena, UnaryOperator op, const Value& operand, Span where, std::string& error) {
  bool is_not = op == UnaryOperator::kNot;
  std::string_view sign = is_not ? "!" : "-";
  std::string why = operand.is_unset() ? "must not be null" : "";
  Value converted = is_not ? to_bool(arena, operand, why) : to_number(arena, operand, why);
  if (!why.empty()) {
    error = fmt::format("the operand of `{}`: {}", sign, why);
    return invalid(arena, error, where);
  }
  Span origin = deciding_origin({&operand, 1}, where);
  Value result;
  if (converted.is(ValueKind::kBool)) {
    result = Value::boolean(!converted.as_bool(), origin);
  } else if (converted.is(ValueKind::kNumber)) {
    result = subtract_numbers(arena, Value::integer(0), converted).with_origin(origin);
  } else if (converted.is(ValueKind::kInterval)) {
    Interval bounds = converted.bounds();
    result = Value::interval(arena, {0.0 - bounds.upper, 0.0 - bounds.lower, bounds.why}, origin);
  } else {
    result = unknown_result(arena, sign, {&converted, 1}, where);
  }
  return operand.is_sensitive() ? result.with_sensitive() : result;
}

Truth terraform_equal(const Value& a, const Value& b) {
  WalkBudget budget;
  return equal_at(a, b, 0, budget);
}

bool are_certainly_distinct(const Value& a, const Value& b) {
  const Symbol* x = a.symbol();
  const Symbol* y = b.symbol();
  if (x == nullptr || y == nullptr || x->kind != y->kind || x->path.empty() || x->path.size() != y->path.size()) {
    return false;
  }
  if (x->kind == Symbol::Kind::kResource) {
    bool same_attribute = std::ranges::equal(x->path, y->path) && names_its_resource(x->path.back());
    // A summary instance stands for several resources, and its parts are not told apart by the address.
    bool is_one = std::ranges::none_of(
        x->path, [](const Step& step) { return step.kind == Step::Kind::kSome || step.kind == Step::Kind::kSplat; });
    return same_attribute && is_one && x->address != y->address && a.why().reason == UnknownReason::kComputed;
  }
  bool same_list = x->address == y->address && std::equal(x->path.begin(), x->path.end() - 1, y->path.begin());
  bool two_elements = x->path.back().kind == Step::Kind::kIndex && y->path.back().kind == Step::Kind::kIndex &&
                      x->path.back().index != y->path.back().index;
  bool is_zone = a.why().shape == Shape::kZoneName || a.why().shape == Shape::kZoneId;
  return x->kind == Symbol::Kind::kData && same_list && two_elements && is_zone;
}

Value part_of_unknown(Arena& arena, const Value& whole, const Step& step, Span origin) {
  Unknown part = whole.why();
  if (part.symbol != nullptr) {
    std::vector<Step> path(part.symbol->path.begin(), part.symbol->path.end());
    path.push_back(step);
    if (path.size() <= static_cast<std::size_t>(kDeepestValue)) {
      part.symbol = arena.make<Symbol>(part.symbol->kind, part.symbol->address, arena.copy(path));
    } else {
      part.symbol = nullptr;
    }
  }
  Value result = Value::unknown(arena, part, origin.is_known() ? origin : whole.origin());
  return whole.is_sensitive() ? result.with_sensitive() : result;
}

}  // namespace halint
