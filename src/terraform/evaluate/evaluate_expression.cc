// Evaluates expressions: literals, templates, operators, conditionals, collections.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "terraform/evaluate/evaluator.h"
#include "terraform/values/number_text.h"
#include "terraform/values/operators.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

// The parts of one value, all levels together.
constexpr std::uint64_t kHeaviest = 2'000'000;

}  // namespace

Value Evaluator::evaluate(const Expression& expression, const Frame& frame) {
  if (!spend(expression.span)) return limit_value(expression.span, "evaluation was given up");
  // Each level of syntax and each reference followed takes some stack.
  constexpr std::uint32_t kDeepest = 600;
  if (depth_ >= kDeepest) {
    return limit_value(expression.span, fmt::format("references and expressions nest deeper than {} levels", kDeepest));
  }
  ++depth_;
  Value value = evaluate_kind(expression, frame);
  --depth_;
  bool is_made_here = expression.kind != ExpressionKind::kTraversal && expression.kind != ExpressionKind::kConditional;
  if (is_made_here && weight_of(value) > kHeaviest) return limit_value(expression.span, "the value has too many parts");
  return value;
}

// How many values a value consists of. What stands in it twice counts twice: a few lines can double something thirty
// times over, which takes no memory, but whoever walks through it would never end.
std::uint64_t Evaluator::weight_of(const Value& value) {
  constexpr std::uint64_t kWorthRemembering = 1000;
  const void* identity = nullptr;
  switch (value.kind()) {
    case ValueKind::kList:
    case ValueKind::kSet:
    case ValueKind::kTemplate:
      identity = value.items().data();
      break;
    case ValueKind::kMap:
      identity = value.members().data();
      break;
    default:
      return 1;
  }
  if (auto known = weights_.find(identity); known != weights_.end()) return known->second;
  std::uint64_t weight = 1;
  if (value.is(ValueKind::kMap)) {
    for (const Member& member : value.members()) weight += weight_of(member.value);
  } else {
    for (const Value& item : value.items()) weight += weight_of(item);
  }
  if (weight > kWorthRemembering) weights_.emplace(identity, weight);
  return weight;
}

Value Evaluator::evaluate_kind(const Expression& expression, const Frame& frame) {
  switch (expression.kind) {
    case ExpressionKind::kNull:
      return Value::null(expression.span);
    case ExpressionKind::kBool:
      return Value::boolean(expression.text == "true", expression.span);
    case ExpressionKind::kNumber: {
      std::optional<Value> number = parse_number(arena_, expression.text, expression.span);
      return number ? *number : invalid_at(expression.span, fmt::format("`{}` is not a number", expression.text));
    }
    case ExpressionKind::kString:
      return Value::string(arena_, keep(expression.text), expression.span);
    case ExpressionKind::kTemplate:
      return evaluate_template(expression, frame);
    case ExpressionKind::kTemplateIf:
      return evaluate_template_if(expression, frame);
    case ExpressionKind::kTemplateFor:
      return evaluate_template_for(expression, frame);
    case ExpressionKind::kTraversal:
      return evaluate_traversal(expression, frame);
    case ExpressionKind::kConditional:
      return evaluate_conditional(expression, frame);
    case ExpressionKind::kUnary:
    case ExpressionKind::kBinary:
      return evaluate_operation(expression, frame);
    case ExpressionKind::kCall:
      return evaluate_call(expression, frame);
    case ExpressionKind::kTuple:
      return evaluate_tuple(expression, frame);
    case ExpressionKind::kObject:
      return evaluate_object(expression, frame);
    case ExpressionKind::kForTuple:
      return evaluate_for_tuple(expression, frame);
    case ExpressionKind::kForObject:
      return evaluate_for_object(expression, frame);
    case ExpressionKind::kInvalid:
      break;
  }
  return invalid_at(expression.span, "the expression could not be read");
}

// A part of a template: a string, or what is unknown of it.
Value Evaluator::as_text(const Value& value, Span span) {
  if (value.is_unset()) return wrong_at(span, "a null value cannot be part of a text", {&value, 1});
  std::string error;
  Value text = to_string(arena_, value, error);
  if (!error.empty()) return wrong_at(span, std::move(error), {&value, 1});
  return value.is_sensitive() ? text.with_sensitive() : text;
}

Value Evaluator::evaluate_template(const Expression& expression, const Frame& frame) {
  if (expression.is_wrapped) return evaluate(*expression.parts[0], frame);
  std::vector<Value> parts;
  parts.reserve(expression.parts.size());
  bool is_secret = false;
  std::uint64_t bytes = 0;
  for (const Expression* part : expression.parts) {
    Value text = as_text(evaluate(*part, frame), part->span);
    if (is_invalid(text)) return text;
    is_secret |= text.is_sensitive();
    bytes += text.is(ValueKind::kString)     ? text.as_string().size()
             : text.is(ValueKind::kTemplate) ? weight_of(text)
                                             : 1;
    if (bytes > options_.limits.string_bytes) return limit_value(expression.span, "the text is too long");
    parts.push_back(text);
  }
  Value result = Value::text_template(arena_, parts, expression.span);
  return is_secret ? result.with_sensitive() : result;
}

Value Evaluator::evaluate_template_if(const Expression& expression, const Frame& frame) {
  std::string error;
  Value condition = to_bool(arena_, evaluate(*expression.parts[0], frame), error);
  if (!error.empty() || condition.is_unset()) return invalid_at(expression.span, "the condition is not true or false");
  if (condition.is(ValueKind::kBool)) return evaluate(*expression.parts[condition.as_bool() ? 1 : 2], frame);
  if (is_invalid(condition)) return condition;
  return either_branch(arena_, guarded(*expression.parts[1], frame), guarded(*expression.parts[2], frame), condition);
}

Value Evaluator::evaluate_template_for(const Expression& expression, const Frame& frame) {
  Value collection = evaluate(*expression.parts[0], frame);
  Items items = items_of(collection);
  if (!items.error.empty()) return invalid_at(expression.span, std::move(items.error));
  if (items.rest != nullptr) return Value::unknown(items.rest, collection.origin());
  std::vector<Value> parts;
  for (const Item& item : items.items) {
    Binding key = {expression.loop.key, item.key, frame.bindings};
    Binding value = {expression.loop.value, item.value, expression.loop.key.empty() ? frame.bindings : &key};
    Frame inner = frame;
    inner.bindings = &value;
    Value text = as_text(evaluate(*expression.parts[1], inner), expression.span);
    if (is_invalid(text) || item.is_maybe) return item.is_maybe ? maybe_value(expression.span) : text;
    parts.push_back(text);
  }
  return Value::text_template(arena_, parts, expression.span);
}

namespace {

// Means the same wherever it stands. Syntax nests no deeper than the parser allows.
bool is_constant(const Expression& expression) {
  if (expression.kind == ExpressionKind::kInvalid) return false;
  if (expression.kind == ExpressionKind::kTraversal && expression.parts.empty()) return false;
  auto is_part_constant = [](const Expression* part) { return part == nullptr || is_constant(*part); };
  auto is_step_constant = [&](const TraversalStep& step) { return is_part_constant(step.index); };
  return std::ranges::all_of(expression.parts, is_part_constant) &&
         std::ranges::all_of(expression.steps, is_step_constant);
}

}  // namespace

Value Evaluator::evaluate_conditional(const Expression& expression, const Frame& frame) {
  Value raw = evaluate(*expression.parts[0], frame);
  if (is_invalid(raw)) return raw;
  std::string error;
  Value condition = to_bool(arena_, raw, error);
  if (!error.empty() || condition.is_unset()) {
    return wrong_at(expression.parts[0]->span, "the condition is not true or false", {&raw, 1});
  }
  if (!condition.is(ValueKind::kBool)) {
    Value then = guarded(*expression.parts[1], frame);
    Value otherwise = guarded(*expression.parts[2], frame);
    // A branch that cannot be evaluated is the one that is not taken.
    if (is_invalid(then))
      return otherwise.is_unknown() ? otherwise : Value::unknown(first_unknown(condition), raw.origin());
    if (is_invalid(otherwise)) return then.is_unknown() ? then : Value::unknown(first_unknown(condition), raw.origin());
    return either_branch(arena_, then, otherwise, condition);
  }
  Value chosen = evaluate(*expression.parts[condition.as_bool() ? 1 : 2], frame);
  const Expression& other = *expression.parts[condition.as_bool() ? 2 : 1];
  // Both branches have one type. Only a constant can be looked at without evaluating what nobody asked for.
  if (is_constant(other) && !is_invalid(chosen)) {
    Value type = guarded(other, frame);
    if (!is_invalid(type) && !have_common_type(chosen, type)) {
      return invalid_at(expression.span, "the two results of the condition have no type in common");
    }
    chosen = unify_branch(arena_, chosen, type);
  }
  return raw.is_sensitive() ? chosen.with_sensitive() : chosen;
}

Value Evaluator::evaluate_operation(const Expression& expression, const Frame& frame) {
  std::string error;
  Value left = evaluate(*expression.parts[0], frame);
  if (is_invalid(left)) return left;
  if (expression.kind == ExpressionKind::kBinary) return evaluate_chain(expression, left, frame);
  Value result = apply(arena_, expression.unary, left, expression.span, error);
  return error.empty() ? result : wrong_at(expression.span, std::move(error), {&left, 1});
}

// `a + b + c`: from left to right.
Value Evaluator::evaluate_chain(const Expression& expression, Value left, const Frame& frame) {
  for (const Expression* part : expression.parts.subspan(1)) {
    if (!spend(expression.span)) return limit_value(expression.span, "evaluation was given up");
    // Terraform evaluates both sides, but a side that fails behind a guard is our ignorance more often than an error.
    bool decides = left.is(ValueKind::kBool) && ((expression.binary == BinaryOperator::kAnd && !left.as_bool()) ||
                                                 (expression.binary == BinaryOperator::kOr && left.as_bool()));
    if (decides) return left;
    bool is_logic = expression.binary == BinaryOperator::kAnd || expression.binary == BinaryOperator::kOr;
    bool may_decide = is_logic && !left.is(ValueKind::kBool);
    Value right = may_decide ? guarded(*part, frame) : evaluate(*part, frame);
    if (is_invalid(right)) return right;
    std::string error;
    Span span = {expression.span.file, expression.span.begin, part->span.end};
    const Value operands[] = {left, right};
    left = apply(arena_, expression.binary, left, right, span, error);
    if (!error.empty()) return wrong_at(span, std::move(error), operands);
    // Fractions are calculated with 512 bits, which takes as long as many other steps.
    constexpr std::uint64_t kStepsOfFraction = 100;
    if (left.is(ValueKind::kNumber) && !left.is_integer()) steps_ += kStepsOfFraction;
  }
  return left;
}

Value Evaluator::evaluate_tuple(const Expression& expression, const Frame& frame) {
  std::vector<Value> items;
  items.reserve(expression.parts.size());
  for (const Expression* part : expression.parts) {
    items.push_back(evaluate(*part, frame));
    if (is_invalid(items.back())) return items.back();
  }
  return Value::list(arena_, items, expression.span);
}

Value Evaluator::evaluate_object(const Expression& expression, const Frame& frame) {
  std::vector<Member> members;
  members.reserve(expression.parts.size() / 2);
  Value wrong;  // The first that is; the others are evaluated too, for what they have to say.
  for (std::size_t i = 0; i + 1 < expression.parts.size(); i += 2) {
    const Expression& key_syntax = *expression.parts[i];
    const Expression& value_syntax = *expression.parts[i + 1];
    Value key = key_syntax.kind == ExpressionKind::kString ? Value::string(arena_, keep(key_syntax.text))
                                                           : as_text(evaluate(key_syntax, frame), key_syntax.span);
    if (is_invalid(key)) return key;
    Value value = evaluate(value_syntax, frame);
    if (is_invalid(value) && wrong.is_absent()) wrong = value;
    if (!key.is(ValueKind::kString)) {
      const Unknown* why = first_unknown(key);
      return Value::unknown(arena_, {why->reason, why->detail, why->decide, nullptr, Shape::kAny}, expression.span);
    }
    Span whole = key_syntax.span;
    whole.end = value_syntax.span.end;
    members.push_back({key.as_string(), value, whole});
  }
  return wrong.is_absent() ? Value::map(arena_, std::move(members), expression.span) : wrong;
}

}  // namespace halint
