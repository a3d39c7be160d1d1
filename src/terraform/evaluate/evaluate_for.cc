// Evaluates `for` expressions, also over collections of which only a part is known.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "terraform/evaluate/evaluator.h"
#include "terraform/values/operators.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

// `why` without identity: what was made from the unknown is not the unknown.
Unknown without_identity(const Unknown& why) {
  return {why.reason, why.detail, why.decide, nullptr, Shape::kAny};
}

}  // namespace

// Whether there is anything at all is not known.
Value Evaluator::maybe_value(Span span) {
  return Value::unknown(
      arena_,
      {UnknownReason::kMultiplicity, "whether an item is in the list depends on a condition", {}, nullptr, Shape::kAny},
      span);
}

Evaluator::Items Evaluator::items_of(const Value& collection) {
  Items result;
  switch (collection.kind()) {
    case ValueKind::kList:
    case ValueKind::kSet: {
      bool is_set = collection.is(ValueKind::kSet);
      std::int64_t index = 0;
      result.items.reserve(collection.items().size());
      for (const Value& item : collection.items()) {
        Value plain = item.with_maybe(false);
        result.items.push_back({is_set ? plain : Value::integer(index++), plain, item.is_maybe()});
      }
      result.rest = collection.rest();
      return result;
    }
    case ValueKind::kMap:
      result.items.reserve(collection.members().size());
      for (const Member& member : collection.members()) {
        Value key = Value::string(arena_, member.key, member.span.is_known() ? member.span : member.value.origin());
        result.items.push_back({key, member.value.with_maybe(false), member.value.is_maybe()});
      }
      return result;
    case ValueKind::kUnknown:
      result.rest = &collection.why();
      result.is_whole_unknown = true;
      return result;
    default:
      result.error = fmt::format("a list, set or map is required, not {}", kind_word(collection));
      return result;
  }
}

// What the items beyond the known ones become: the body for an item of which only the identity is known.
const Unknown* Evaluator::rest_of_for(const Expression& expression, const Frame& frame, const Unknown& rest) {
  Value item = Value::unknown(&rest);
  bool is_whole = rest.symbol != nullptr &&
                  std::ranges::find(rest.symbol->path, Step::Kind::kSplat, &Step::kind) == rest.symbol->path.end();
  if (is_whole) item = part_of_unknown(arena_, item, {Step::Kind::kSplat, {}, 0}, {});
  Binding key = {expression.loop.key, Value::unknown(arena_, without_identity(rest)), frame.bindings};
  Binding value = {expression.loop.value, item, expression.loop.key.empty() ? frame.bindings : &key};
  Frame inner = frame;
  inner.bindings = &value;
  Value body = guarded(*expression.parts[1], inner);
  if (body.is_unknown() && body.why().reason != UnknownReason::kInvalid) return &body.why();
  return arena_.make<Unknown>(without_identity(rest));
}

Value Evaluator::evaluate_for_tuple(const Expression& expression, const Frame& frame) {
  Value collection = evaluate(*expression.parts[0], frame);
  if (is_invalid(collection)) return collection;
  Items items = items_of(collection);
  if (!items.error.empty()) return invalid_at(expression.parts[0]->span, std::move(items.error));
  std::vector<Value> results;
  results.reserve(items.items.size());
  for (const Item& item : items.items) {
    Binding key = {expression.loop.key, item.key, frame.bindings};
    Binding value = {expression.loop.value, item.value, expression.loop.key.empty() ? frame.bindings : &key};
    Frame inner = frame;
    inner.bindings = &value;
    bool is_maybe = item.is_maybe;
    if (expression.parts[2] != nullptr) {
      std::string error;
      Value condition = to_bool(arena_, evaluate(*expression.parts[2], inner), error);
      if (!error.empty() || condition.is_unset()) {
        return invalid_at(expression.parts[2]->span, "the condition of `if` is not true or false");
      }
      if (is_invalid(condition)) return condition;
      if (condition.is(ValueKind::kBool) && !condition.as_bool()) continue;
      is_maybe |= !condition.is(ValueKind::kBool);
    }
    Value result = is_maybe ? guarded(*expression.parts[1], inner) : evaluate(*expression.parts[1], inner);
    if (is_invalid(result)) return result;
    results.push_back(result.with_maybe(is_maybe));
    if (results.size() > options_.limits.collection_items) {
      return limit_value(expression.span,
                         fmt::format("the list has more than {} items", options_.limits.collection_items));
    }
  }
  const Unknown* rest = items.rest != nullptr ? rest_of_for(expression, frame, *items.rest) : nullptr;
  Span origin = collection.origin().is_known() ? collection.origin() : expression.span;
  return Value::list(arena_, results, origin, rest);
}

Value Evaluator::evaluate_for_object(const Expression& expression, const Frame& frame) {
  Value collection = evaluate(*expression.parts[0], frame);
  if (is_invalid(collection)) return collection;
  Items items = items_of(collection);
  if (!items.error.empty()) return invalid_at(expression.parts[0]->span, std::move(items.error));
  Span origin = collection.origin().is_known() ? collection.origin() : expression.span;
  if (items.rest != nullptr) return Value::unknown(arena_, without_identity(*items.rest), origin);
  std::vector<Member> members;
  std::map<std::string_view, std::vector<Value>> groups;
  std::set<std::string_view> seen;
  for (const Item& item : items.items) {
    Binding key = {expression.loop.key, item.key, frame.bindings};
    Binding value = {expression.loop.value, item.value, expression.loop.key.empty() ? frame.bindings : &key};
    Frame inner = frame;
    inner.bindings = &value;
    bool is_maybe = item.is_maybe;
    if (expression.parts[2] != nullptr) {
      std::string error;
      Value condition = to_bool(arena_, evaluate(*expression.parts[2], inner), error);
      if (!error.empty() || condition.is_unset()) {
        return invalid_at(expression.parts[2]->span, "the condition of `if` is not true or false");
      }
      if (is_invalid(condition)) return condition;
      if (condition.is_unknown()) return Value::unknown(arena_, without_identity(condition.why()), origin);
      if (condition.is(ValueKind::kBool) && !condition.as_bool()) continue;
    }
    guards_ += is_maybe ? 1 : 0;
    Value name = as_text(evaluate(*expression.parts[3], inner), expression.parts[3]->span);
    Value result = is_invalid(name) ? name : evaluate(*expression.parts[1], inner);
    guards_ -= is_maybe ? 1 : 0;
    if (is_invalid(name)) return name;
    if (is_invalid(result)) return result;
    if (!name.is(ValueKind::kString)) {
      return Value::unknown(arena_, without_identity(*first_unknown(name)), origin);
    }
    if (expression.expands) {
      groups[name.as_string()].push_back(result.with_maybe(is_maybe));
    } else if (!is_maybe && !seen.insert(name.as_string()).second) {
      return invalid_at(expression.span, fmt::format("two elements have the key \"{}\"; `...` after the value would "
                                                     "collect them",
                                                     name.as_string()));
    } else {
      members.push_back({name.as_string(), result.with_maybe(is_maybe), result.origin()});
    }
    if (members.size() + groups.size() > options_.limits.collection_items) {
      return limit_value(expression.span,
                         fmt::format("the map has more than {} keys", options_.limits.collection_items));
    }
  }
  for (const auto& [name, values] : groups) {
    members.push_back({name, Value::list(arena_, values, values.front().origin()), values.front().origin()});
  }
  return Value::map(arena_, std::move(members), origin);
}

}  // namespace halint
