// Follows `source.name[index].*.name` from value to value.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "terraform/evaluate/evaluator.h"
#include "terraform/values/number_text.h"
#include "terraform/values/operators.h"
#include "terraform/values/shapes.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

constexpr std::string_view kSummary = "[?]";

bool names_object(const Symbol& symbol) {
  bool has_objects = symbol.kind == Symbol::Kind::kResource || symbol.kind == Symbol::Kind::kData ||
                     symbol.kind == Symbol::Kind::kModule;
  return has_objects && symbol.path.size() <= (symbol.address.ends_with(kSummary) ? 1u : 0u);
}

// "count.index" of a summary, and not an element of something at that index.
bool is_repetition(const Symbol& symbol) {
  if (symbol.kind != Symbol::Kind::kVariable || symbol.path.size() != 1) return false;
  bool is_of_block = !symbol.address.starts_with("var.") && symbol.address.find(".var.") == symbol.address.npos;
  std::string_view name = symbol.path[0].name;
  return is_of_block && symbol.path[0].kind == Step::Kind::kSome &&
         (name == "count.index" || name == "each.key" || name == "each.value");
}

// In the summary of an unknown `count` or `for_each`, the same index means the same instance.
bool is_symbolic(const Repetition& repetition) {
  return repetition.count_index.is_unknown() || repetition.each_key.is_unknown();
}

}  // namespace

// One of the items that `rest` stands for: its symbol says `[*]` where the item's says which one.
Value Evaluator::element_of_rest(const Unknown& rest, const Step& step, Span origin) {
  Unknown element = rest;
  if (rest.symbol != nullptr) {
    std::vector<Step> path(rest.symbol->path.begin(), rest.symbol->path.end());
    auto splat = std::ranges::find(path, Step::Kind::kSplat, &Step::kind);
    if (splat != path.end()) {
      *splat = step;
    } else {
      path.push_back(step);
    }
    element.symbol = arena_.make<Symbol>(rest.symbol->kind, rest.symbol->address, arena_.copy(path));
  }
  Value value = Value::unknown(arena_, element, origin);
  // A part of a summary is read with the index of the instance that is meant.
  const Symbol* symbol = value.symbol();
  bool is_part = symbol != nullptr && symbol->kind == Symbol::Kind::kResource && symbol->path.size() == 2 &&
                 symbol->path[1].kind == Step::Kind::kAttribute;
  if (is_part && symbol->address.ends_with(kSummary)) {
    Symbol object = *symbol;
    object.path = symbol->path.first(1);
    return attribute_of_object(object, value, symbol->path[1].name, origin);
  }
  return with_shape(arena_, value);
}

Value Evaluator::evaluate_traversal(const Expression& expression, const Frame& frame) {
  if (!expression.parts.empty()) return follow(evaluate(*expression.parts[0], frame), expression.steps, frame);
  std::size_t used = 0;
  Value value = root_value(expression, frame, used);
  return follow(value, expression.steps.subspan(std::min(used, expression.steps.size())), frame);
}

Value Evaluator::follow(Value value, std::span<const TraversalStep> steps, const Frame& frame) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (is_invalid(value)) return value;
    const TraversalStep& step = steps[i];
    switch (step.kind) {
      case TraversalStep::Kind::kAttribute:
        value = attribute_of(value, step.name, step.span);
        break;
      case TraversalStep::Kind::kIndex: {
        Value index = evaluate(*step.index, frame);
        if (is_invalid(index)) return index;
        value = index_of(value, index, text_of_index(*step.index, index, frame), step.span);
        break;
      }
      default: {
        // All that follows `[*]` belongs to each element, another `[*]` too.
        std::size_t left = steps.size() - i - 1;
        bool is_full = step.kind == TraversalStep::Kind::kFullSplat;
        std::size_t count = is_full ? left : std::min<std::size_t>(step.each_steps, left);
        value = splat(value, step, steps.subspan(i + 1, count), frame);
        i += count;
      }
    }
  }
  return value;
}

// A splat of a list is the list of the parts of its elements; of null it is empty, of anything else a list of one.
Value Evaluator::splat(const Value& value, const TraversalStep& step, std::span<const TraversalStep> each,
                       const Frame& frame) {
  if (value.is_unset()) return Value::list(arena_, {}, value.origin());
  if (value.is(ValueKind::kList) || value.is(ValueKind::kSet)) {
    std::vector<Value> items;
    items.reserve(value.items().size());
    for (const Value& item : value.items()) {
      items.push_back(follow(item.with_maybe(false), each, frame).with_maybe(item.is_maybe()));
      if (is_invalid(items.back())) return items.back().with_maybe(false);
    }
    const Unknown* rest = nullptr;
    if (value.rest() != nullptr) {
      Value more = follow(Value::unknown(value.rest()), each, frame);
      rest = more.is_unknown() && !is_invalid(more) ? &more.why() : value.rest();
      bool has_identity = rest->symbol != nullptr && more.is_unknown();
      if (!has_identity) rest = arena_.make<Unknown>(rest->reason, rest->detail, rest->decide, nullptr, Shape::kAny);
    }
    return Value::list(arena_, items, value.origin(), rest);
  }
  bool is_one_object = value.is_unknown() && value.symbol() != nullptr && names_object(*value.symbol()) &&
                       !value.symbol()->address.ends_with(kSummary);
  if (!value.is_unknown() || is_one_object) {
    Value one = follow(value, each, frame);
    return is_invalid(one) ? one : Value::list(arena_, {&one, 1}, value.origin());
  }
  Value element = part_of_unknown(arena_, value, {Step::Kind::kSplat, {}, 0}, step.span);
  Value more = follow(element, each, frame);
  return Value::list(arena_, {}, value.origin(), more.is_unknown() ? &more.why() : &value.why());
}

Value Evaluator::attribute_of(const Value& value, std::string_view name, Span span) {
  switch (value.kind()) {
    case ValueKind::kMap: {
      const Value& member = value.member(name);
      if (member.is_absent()) return invalid_at(span, fmt::format("there is no attribute `{}`", name));
      return value.is_sensitive() ? member.with_maybe(false).with_sensitive() : member.with_maybe(false);
    }
    case ValueKind::kUnknown: {
      if (is_invalid(value)) return value;
      const Symbol* symbol = value.symbol();
      if (symbol != nullptr && names_object(*symbol)) return attribute_of_object(*symbol, value, name, span);
      Value part = part_of_unknown(arena_, value, {Step::Kind::kAttribute, keep(name), 0}, {});
      return with_shape(arena_, part);
    }
    case ValueKind::kAbsent:
    case ValueKind::kNull:
      return invalid_at(span, fmt::format("`{}` is an attribute of null", name));
    default:
      return invalid_at(span, fmt::format("a {} has no attribute `{}`", kind_word(value), name));
  }
}

// `symbol` names a resource, a data source or a module call.
Value Evaluator::attribute_of_object(const Symbol& symbol, const Value& object, std::string_view name, Span span) {
  if (symbol.kind == Symbol::Kind::kModule) {
    auto found = module_at_.find(symbol.address);
    if (found != module_at_.end() && found->second->is_summary == symbol.address.ends_with(kSummary)) {
      return output_value(*found->second, name, span);
    }
  } else {
    auto found = instance_at_.find(symbol.address);
    if (found != instance_at_.end()) {
      Instance& instance = *found->second;
      if (!instance.is_summary) return attribute_of_instance(instance, name, span);
      if (symbol.path.size() == 1) return attribute_of_summary(instance, symbol.path[0], name);
      return computed(instance, name, nullptr);
    }
    auto foreign = states_->resources.find(symbol.address);
    if (foreign != states_->resources.end() && symbol.path.empty()) {
      const Value& member = foreign->second.body.member(name);
      if (!member.is_unset()) return member;
    }
  }
  return with_shape(arena_, part_of_unknown(arena_, object, {Step::Kind::kAttribute, keep(name), 0}, {}));
}

// How an index that is not known is told from others: "count.index", "each.key", `var.i`. Empty if it cannot be.
std::string_view Evaluator::text_of_index(const Expression& expression, const Value& index, const Frame& frame) {
  if (!index.is_unknown()) return {};
  const Symbol* symbol = index.symbol();
  if (symbol != nullptr) {
    return is_repetition(*symbol) ? symbol->path.back().name : keep(to_text(*symbol));
  }
  // Names bound by a `for` mean something else at each turn.
  if (frame.bindings != nullptr || !expression.span.is_known()) return {};
  std::string_view text = workspace_.sources.text(expression.span);
  // So do `count.index` and `each.key` in each instance that is told from the others.
  bool is_repeated = text.find("count.") != text.npos || text.find("each.") != text.npos;
  if (is_repeated && frame.repetition != nullptr && !is_symbolic(*frame.repetition)) return {};
  // And variables in each call of a module.
  if (frame.module == nullptr || frame.module->address.empty()) return text;
  return keep(fmt::format("{}: {}", frame.module->address, text));
}

Value Evaluator::index_of(const Value& value, const Value& index, std::string_view index_text, Span span) {
  if (index.is_unset()) return invalid_at(span, "the index is null");
  switch (value.kind()) {
    case ValueKind::kList:
    case ValueKind::kSet:
      return index_list(value, index, index_text, span);
    case ValueKind::kMap:
      return index_map(value, index, index_text, span);
    case ValueKind::kUnknown:
      break;
    default:
      return invalid_at(span, fmt::format("a {} has no elements", kind_word(value)));
  }
  if (is_invalid(value)) return value;
  if (index.is(ValueKind::kString)) {
    std::string_view key = index.as_string();
    const Symbol* symbol = value.symbol();
    bool is_object = symbol != nullptr && names_object(*symbol) && !symbol->address.ends_with(kSummary);
    if (is_object) return attribute_of_object(*symbol, value, key, span);
    return with_shape(arena_, part_of_unknown(arena_, value, {Step::Kind::kAttribute, key, 0}, {}));
  }
  if (index.is(ValueKind::kNumber)) {
    return with_shape(arena_, part_of_unknown(arena_, value, {Step::Kind::kIndex, {}, index.as_integer()}, {}));
  }
  if (index_text.empty()) {
    Unknown some = value.why();
    some.symbol = nullptr;
    return Value::unknown(arena_, some, value.origin());
  }
  return with_shape(arena_, part_of_unknown(arena_, value, {Step::Kind::kSome, index_text, 0}, {}));
}

Value Evaluator::index_list(const Value& list, const Value& index, std::string_view index_text, Span span) {
  if (list.is(ValueKind::kSet)) return invalid_at(span, "the elements of a set have no index");
  std::string error;
  Value number = to_number(arena_, index, error);
  if (!error.empty()) return invalid_at(span, "the index of a list is a number");
  std::span<const Value> items = list.items();
  if (!number.is(ValueKind::kNumber)) {
    // One of them: if all are the same, that one.
    bool is_same = !items.empty() && list.rest() == nullptr && std::ranges::all_of(items, [&](const Value& item) {
      return terraform_equal(items[0], item) == Truth::kTrue;
    });
    if (is_same) return items[0].with_maybe(false);
    Unknown why = number.is_unknown() ? number.why() : *first_unknown(number);
    why.symbol = nullptr;
    why.shape = items.empty() || !items[0].is_unknown() ? Shape::kAny : items[0].why().shape;
    std::optional<std::string> identity = index_text.empty() ? std::nullopt : identity_text(list);
    if (identity) why.symbol = symbol(Symbol::Kind::kCall, keep(*identity), {{Step::Kind::kSome, index_text, 0}});
    if (items.empty() && list.rest() != nullptr && !index_text.empty()) {
      return element_of_rest(*list.rest(), {Step::Kind::kSome, index_text, 0}, list.origin());
    }
    return Value::unknown(arena_, why, list.origin());
  }
  const Value causes[] = {list, index};
  if (!number.is_integer()) return wrong_at(span, "the index is not a whole number", causes);
  std::int64_t at = number.as_integer();
  if (at < 0) return wrong_at(span, "the index is negative", causes);
  bool is_shifting = false;  // An item before it may not be there.
  for (std::size_t i = 0; i < items.size() && i < static_cast<std::size_t>(at); ++i) is_shifting |= items[i].is_maybe();
  if (static_cast<std::size_t>(at) < items.size()) {
    Value item = items[static_cast<std::size_t>(at)].with_maybe(false);
    bool is_open = list.rest() != nullptr;
    bool is_placed = !is_shifting && !(is_open && items[static_cast<std::size_t>(at)].is_maybe());
    if (is_placed) return list.is_sensitive() ? item.with_sensitive() : item;
    // `concat(unknown, [a])[1]`: behind any number of items, a position says nothing.
    if (is_open) {
      Unknown some = *list.rest();
      some.symbol = nullptr;
      return Value::unknown(arena_, some, list.origin());
    }
    // `enabled ? [a, b] : []`: either all are there, or the index is wrong.
    bool all_maybe = std::ranges::all_of(items, &Value::is_maybe);
    if (all_maybe) return item;
    return maybe_value(span);
  }
  if (list.rest() == nullptr) return wrong_at(span, fmt::format("the list has no element {}", at), causes);
  if (!items.empty()) {
    // Some items are known and some are not, so that nobody knows which one this is.
    Unknown some = *list.rest();
    some.symbol = nullptr;
    return Value::unknown(arena_, some, list.origin());
  }
  return element_of_rest(*list.rest(), {Step::Kind::kIndex, {}, at}, list.origin());
}

Value Evaluator::index_map(const Value& map, const Value& index, std::string_view index_text, Span span) {
  if (index.is_unknown() || index.is(ValueKind::kTemplate)) {
    std::span<const Member> members = map.members();
    bool is_same = !members.empty() && std::ranges::all_of(members, [&](const Member& member) {
      return terraform_equal(members[0].value, member.value) == Truth::kTrue;
    });
    if (is_same) return members[0].value.with_maybe(false);
    Unknown why = *first_unknown(index);
    why.symbol = nullptr;
    why.shape = Shape::kAny;
    std::optional<std::string> identity = index_text.empty() ? std::nullopt : identity_text(map);
    if (identity) why.symbol = symbol(Symbol::Kind::kCall, keep(*identity), {{Step::Kind::kSome, index_text, 0}});
    return Value::unknown(arena_, why, map.origin());
  }
  std::string error;
  Value key = to_string(arena_, index, error);
  if (!error.empty() || !key.is(ValueKind::kString)) return invalid_at(span, "the key of a map is a string");
  return attribute_of(map, key.as_string(), span);
}

}  // namespace halint
