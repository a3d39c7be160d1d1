// Program -> value, three-valued: a walk over the tree. The macros are in evaluate_macros.cc.
// SPDX-License-Identifier: Apache-2.0
#include "cel/evaluate.h"

#include <re2/re2.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "cel/functions.h"
#include "cel/operations.h"

namespace halint::cel {
namespace {

constexpr std::string_view kTooMuch = "the check took too many steps";

}  // namespace

struct RegexCache::State {
  std::unordered_map<std::string, std::unique_ptr<re2::RE2>> patterns;
};

RegexCache::RegexCache() : state_(std::make_unique<State>()) {}
RegexCache::~RegexCache() = default;

const re2::RE2* RegexCache::find(std::string_view pattern, std::string& error) {
  std::unique_ptr<re2::RE2>& slot = state_->patterns[std::string(pattern)];
  if (slot == nullptr) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    slot = std::make_unique<re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
  }
  if (slot->ok()) return slot.get();
  error = "`" + std::string(pattern) + "` is no regular expression: " + slot->error();
  return nullptr;
}

Truth truth_of(const Outcome& outcome) {
  if (!outcome.value.is(ValueKind::kBool)) return Truth::kUnknown;
  return outcome.value.as_bool() ? Truth::kTrue : Truth::kFalse;
}

Outcome Evaluator::fail(std::string message) {
  Unknown why;
  why.reason = UnknownReason::kInvalid;
  why.detail = arena_->copy(std::string_view(message));
  const Unknown* stored = arena_->make<Unknown>(why);
  return {Value::unknown(stored), stored, true};
}

bool Evaluator::spend(std::uint64_t steps) {
  const bool is_enough = steps <= budget_;
  budget_ -= is_enough ? steps : budget_;
  return is_enough;
}

// What a value costs to look at.
std::uint64_t Evaluator::size_of(const Value& value) {
  if (value.is(ValueKind::kList) || value.is(ValueKind::kSet)) return value.items().size();
  return value.is(ValueKind::kString) ? value.as_string().size() / 64 : 0;
}

Outcome Evaluator::truth(Truth value, const Unknown* why) {
  if (value != Truth::kUnknown) return {Value::boolean(value == Truth::kTrue)};
  if (why == nullptr) why = some_unknown();
  return {Value::unknown(why), why};
}

Outcome Evaluator::evaluate(const Expr& expr) {
  const std::size_t outer = std::exchange(base_, locals_.size());
  Outcome result = visit(expr);
  base_ = outer;
  return result;
}

Outcome Evaluator::visit(const Expr& expr) {
  if (!spend(1)) return fail(std::string(kTooMuch));
  switch (expr.kind) {
    case ExprKind::kLiteral:
      return {expr.literal};
    case ExprKind::kVariable:
      return expr.is_local ? locals_[base_ + expr.slot] : host_.variable(expr.slot);
    case ExprKind::kMember:
      return member(expr);
    case ExprKind::kHas:
      return has(expr);
    case ExprKind::kIndex:
      return index(expr);
    case ExprKind::kCall:
      return call(expr);
    case ExprKind::kUnary:
      return unary(expr);
    case ExprKind::kBinary:
      return binary(expr);
    case ExprKind::kConditional:
      return conditional(expr);
    case ExprKind::kAnd:
    case ExprKind::kOr:
      return logic(expr);
    case ExprKind::kList:
      return list(expr);
    case ExprKind::kMap:
      return map(expr);
    case ExprKind::kMacro:
      return macro(expr);
  }
  return fail("no such expression");
}

Outcome Evaluator::member(const Expr& expr) {
  const Outcome target = visit(*expr.args[0]);
  return member_of(target, expr);
}

Outcome Evaluator::member_of(const Outcome& target, const Expr& expr) {
  const Value& value = target.value;
  if (value.is_unknown()) return target;
  if (value.is(ValueKind::kNode)) return host_.member(value.as_node(), expr.slot);
  const std::string name(expr.name);
  if (!value.is(ValueKind::kMap)) return fail("`." + name + "` of " + std::string(kind_name(value)));
  const Value& found = value.member(expr.name);
  if (found.is_absent()) return fail("there is no key `" + name + "`");
  return {found, reason_of(found)};
}

Outcome Evaluator::has(const Expr& expr) {
  const Outcome target = visit(*expr.args[0]);
  const Value& value = target.value;
  if (value.is_unknown()) return target;
  if (value.is(ValueKind::kNode)) {
    const Truth answer = host_.has(value.as_node(), expr.slot);
    return truth(answer, answer == Truth::kUnknown ? host_.member(value.as_node(), expr.slot).why : nullptr);
  }
  if (!value.is(ValueKind::kMap)) return fail("has() of a member of " + std::string(kind_name(value)));
  return truth(value.member(expr.name).is_unset() ? Truth::kFalse : Truth::kTrue, nullptr);
}

namespace {

// Whether the item at `position` is certainly that item: none before it may be missing.
bool is_certain_up_to(const Value& list, std::size_t position, Host& host) {
  for (std::size_t i = 0; i <= position; ++i) {
    const Value& item = list.items()[i];
    if (item.is_maybe()) return false;
    if (i < position && item.is(ValueKind::kNode) && host.multiplicity(item.as_node()).most > 1) return false;
  }
  return true;
}

}  // namespace

Outcome Evaluator::index(const Expr& expr) {
  const Outcome target = visit(*expr.args[0]);
  if (target.value.is_unknown()) return target;
  const Outcome key = visit(*expr.args[1]);
  if (key.value.is_unknown()) return key;
  if (target.value.is(ValueKind::kMap)) {
    if (key.value.is(ValueKind::kTemplate)) return truth(Truth::kUnknown, key.why);
    if (!key.value.is(ValueKind::kString)) return fail("a key is a string, not " + std::string(kind_name(key.value)));
    const Value& found = target.value.member(key.value.as_string());
    if (found.is_absent()) return fail("there is no key `" + std::string(key.value.as_string()) + "`");
    return {found, reason_of(found)};
  }
  if (!target.value.is(ValueKind::kList) && !target.value.is(ValueKind::kSet)) {
    return fail(std::string(kind_name(target.value)) + " has no items");
  }
  if (key.value.is(ValueKind::kInterval)) return truth(Truth::kUnknown, key.why);
  if (!key.value.is(ValueKind::kNumber) || key.value.as_number() != static_cast<double>(key.value.as_integer())) {
    return fail("an index is an integer");
  }
  const std::int64_t position = key.value.as_integer();
  const auto items = target.value.items();
  const bool is_beyond = position >= static_cast<std::int64_t>(items.size());
  if (position < 0 || (is_beyond && count(host_, target.value).upper <= static_cast<double>(position))) {
    return fail("index " + std::to_string(position) + " is out of range");
  }
  if (is_beyond || !is_certain_up_to(target.value, static_cast<std::size_t>(position), host_)) {
    return truth(Truth::kUnknown, target.why);
  }
  const Value& found = items[static_cast<std::size_t>(position)];
  return {found, reason_of(found)};
}

Outcome Evaluator::unary(const Expr& expr) {
  const Outcome operand = visit(*expr.args[0]);
  if (operand.value.is_unknown()) return operand;
  if (expr.op == Operator::kNot) {
    if (!operand.value.is(ValueKind::kBool))
      return fail("`!` takes a bool, not " + std::string(kind_name(operand.value)));
    return {Value::boolean(!operand.value.as_bool())};
  }
  std::string error;
  const Value result = negate(*arena_, expr.arithmetic, operand.value, error);
  return error.empty() ? Outcome{result, operand.why} : fail(std::move(error));
}

Outcome Evaluator::binary(const Expr& expr) {
  const Outcome left = visit(*expr.args[0]);
  const Outcome right = visit(*expr.args[1]);
  if (left.failed) return right.value.is_unknown() && !right.failed ? right : left;
  if (right.failed) return left.value.is_unknown() ? left : right;
  const Unknown* why = left.why != nullptr ? left.why : right.why;
  std::string error;
  if (!spend(size_of(left.value) + size_of(right.value))) return fail(std::string(kTooMuch));
  switch (expr.op) {
    case Operator::kEqual:
    case Operator::kNotEqual: {
      Truth same = expr.compares_ranges ? equal_ranges(left.value, right.value) : Truth::kUnknown;
      if (same == Truth::kUnknown) same = equals(host_, left.value, right.value);
      return truth(expr.op == Operator::kEqual ? same : !same, why);
    }
    case Operator::kIn:
      if (right.value.is_unknown()) return right;
      if (right.value.is(ValueKind::kMap)) {
        if (!left.value.is(ValueKind::kString))
          return truth(left.value.is_unknown() ? Truth::kUnknown : Truth::kFalse, why);
        return {Value::boolean(!right.value.member(left.value.as_string()).is_absent())};
      }
      if (!right.value.is(ValueKind::kList) && !right.value.is(ValueKind::kSet)) {
        return fail("`in` takes a list or a map, not " + std::string(kind_name(right.value)));
      }
      return truth(contains_item(host_, right.value, left.value), why);
    case Operator::kLess:
    case Operator::kLessEqual:
    case Operator::kGreater:
    case Operator::kGreaterEqual: {
      if (left.value.is_unknown()) return left;
      if (right.value.is_unknown()) return right;
      const Truth result = compare(expr.op, left.value, right.value, error);
      return error.empty() ? truth(result, why) : fail(std::move(error));
    }
    default:
      break;
  }
  const bool may_join =
      expr.op == Operator::kAdd && (left.value.is(ValueKind::kString) || right.value.is(ValueKind::kString));
  if (left.value.is_unknown() && !may_join) return left;
  if (right.value.is_unknown() && !may_join) return right;
  if (may_join && (left.value.is_unknown() || right.value.is_unknown())) {
    const Value parts[] = {left.value, right.value};
    return {Value::text_template(*arena_, parts), why};
  }
  const Value result = calculate(*arena_, expr.op, expr.arithmetic, left.value, right.value, error);
  return error.empty() ? Outcome{result, result.is_unknown() && why == nullptr ? some_unknown() : why}
                       : fail(std::move(error));
}

Outcome Evaluator::logic(const Expr& expr) {
  // The value that decides alone.
  const Truth decisive = expr.kind == ExprKind::kAnd ? Truth::kFalse : Truth::kTrue;
  Outcome sides[2];
  for (int i = 0; i < 2; ++i) {
    sides[i] = visit(*expr.args[static_cast<std::size_t>(i)]);
    if (!sides[i].value.is_unknown() && !sides[i].value.is(ValueKind::kBool)) {
      sides[i] = fail("`" + std::string(expr.name) + "` takes bools, not " + std::string(kind_name(sides[i].value)));
    }
    if (truth_of(sides[i]) == decisive) return sides[i];
  }
  // An unknown comes before an error: the error may never happen.
  for (const Outcome& side : sides) {
    if (side.value.is_unknown() && !side.failed) return side;
  }
  return sides[0].failed ? sides[0] : sides[1];
}

Outcome Evaluator::conditional(const Expr& expr) {
  const Outcome condition = visit(*expr.args[0]);
  if (condition.failed) return condition;
  if (condition.value.is(ValueKind::kBool)) return visit(*expr.args[condition.value.as_bool() ? 1 : 2]);
  if (!condition.value.is_unknown()) return fail("`?` takes a bool, not " + std::string(kind_name(condition.value)));
  const Outcome yes = visit(*expr.args[1]);
  const Outcome no = visit(*expr.args[2]);
  if (yes.failed || no.failed) return condition;
  if (equals(host_, yes.value, no.value) == Truth::kTrue) return yes;
  const bool numbers = (yes.value.is(ValueKind::kNumber) || yes.value.is(ValueKind::kInterval)) &&
                       (no.value.is(ValueKind::kNumber) || no.value.is(ValueKind::kInterval));
  if (!numbers) return condition;
  const Interval a = yes.value.bounds();
  const Interval b = no.value.bounds();
  return {Value::interval(*arena_, {std::min(a.lower, b.lower), std::max(a.upper, b.upper)}), condition.why};
}

Outcome Evaluator::list(const Expr& expr) {
  std::vector<Value> items;
  items.reserve(expr.args.size());
  const Unknown* why = nullptr;
  for (const Expr* arg : expr.args) {
    const Outcome item = visit(*arg);
    if (item.failed) return item;
    if (why == nullptr) why = item.why;
    items.push_back(item.value.with_maybe(false));
  }
  return {Value::list(*arena_, items), why};
}

Outcome Evaluator::map(const Expr& expr) {
  std::vector<Member> members;
  const Unknown* why = nullptr;
  for (std::size_t i = 0; i + 1 < expr.args.size(); i += 2) {
    const Outcome key = visit(*expr.args[i]);
    if (key.value.is_unknown()) return key;
    if (!key.value.is(ValueKind::kString)) return fail("a key is a string, not " + std::string(kind_name(key.value)));
    const Outcome value = visit(*expr.args[i + 1]);
    if (value.failed) return value;
    if (why == nullptr) why = value.why;
    for (const Member& member : members) {
      if (member.key == key.value.as_string()) return fail("the key `" + std::string(member.key) + "` is given twice");
    }
    members.push_back({key.value.as_string(), value.value.with_maybe(false), {}});
  }
  return {Value::map(*arena_, std::move(members)), why};
}

Outcome Evaluator::call(const Expr& expr) {
  std::vector<Value> args;
  args.reserve(expr.args.size());
  const Unknown* why = nullptr;
  Outcome failed;
  bool is_partial = false;
  for (const Expr* arg : expr.args) {
    const Outcome outcome = visit(*arg);
    if (outcome.failed) {
      if (!failed.failed) failed = outcome;
      continue;
    }
    if (why == nullptr) why = outcome.why;
    is_partial |=
        outcome.value.is_unknown() || outcome.value.is(ValueKind::kInterval) || outcome.value.is(ValueKind::kTemplate);
    args.push_back(outcome.value);
  }
  if (failed.failed) return failed;
  // Some functions compare each item with each; `size` does not.
  const bool is_linear = expr.name == "size";
  std::uint64_t cost = 0;
  for (const Value& arg : args) cost += size_of(arg) + (is_linear ? 0 : size_of(arg) * size_of(arg) / 16);
  if (!spend(cost)) return fail(std::string(kTooMuch));
  if (is_partial && why == nullptr) why = some_unknown();
  for (const Function* function : expr.candidates) {
    if (is_partial && function->is_strict) {
      if (expr.candidates.size() == 1) return truth(Truth::kUnknown, why);
      continue;
    }
    bool fits = true;
    for (std::size_t i = 0; i < args.size() && fits; ++i) fits = accepts(parameter(function->signature, i), args[i]);
    if (!fits) continue;
    Call call{*arena_, host_, regexes_, {}, why};
    Value result = function->run(call, args);
    if (!call.error.empty()) return fail(std::move(call.error));
    if (result.is_unknown()) return {result, &result.why()};
    if (std::any_of(args.begin(), args.end(), [](const Value& arg) { return arg.is_sensitive(); })) {
      result = result.with_sensitive(result.is_sensitive() || !result.is(ValueKind::kBool));
    }
    const bool is_scalar =
        result.is(ValueKind::kBool) || result.is(ValueKind::kNumber) || result.is(ValueKind::kString);
    return {result, is_scalar ? nullptr : why != nullptr ? why : reason_of(result)};
  }
  if (is_partial) return truth(Truth::kUnknown, why);
  std::string kinds;
  for (const Value& arg : args) kinds += (kinds.empty() ? "" : ", ") + std::string(kind_name(arg));
  return fail("`" + std::string(expr.name) + "` does not take " + kinds);
}

}  // namespace halint::cel
