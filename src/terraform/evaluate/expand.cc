// What `count` and `for_each` make of a resource, a data source or a module call.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "terraform/evaluate/evaluator.h"
#include "terraform/syntax/trouble.h"
#include "terraform/values/operators.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

// An unknown count with few possible outcomes is expanded: `enabled ? 3 : 0` makes three instances that may exist.
constexpr double kFewInstances = 16;

std::string quoted_key(std::string_view key) {
  std::string text = "[\"";
  for (char c : key) {
    if (c == '"' || c == '\\') text += '\\';
    if (c == '\n') {
      text += "\\n";
    } else {
      text += c;
    }
  }
  return text + "\"]";
}

}  // namespace

Keys Evaluator::expand(const Body& body, std::string_view address, const Frame& frame) {
  if (const Attribute* count = body.attribute("count")) return expand_count(*count->value, address, frame);
  if (const Attribute* for_each = body.attribute("for_each")) return expand_for_each(*for_each->value, address, frame);
  Keys keys;
  keys.keys.emplace_back();
  return keys;
}

// One instance that stands for all that there may be.
void Evaluator::add_summary(Keys& keys, const Unknown& why, std::string_view address) {
  bool is_count = keys.form == Keys::Form::kCount;
  keys.why = arena_.make<Unknown>(why.reason, why.detail, why.decide, nullptr, Shape::kAny);
  Key key;
  key.suffix = "[?]";
  key.multiplicity = {0, Multiplicity::kInfinite, keys.why};
  key.is_summary = true;
  std::string_view index = is_count ? "count.index" : "each.key";
  Unknown some = {UnknownReason::kMultiplicity,
                  keep(fmt::format("`{}` of `{}` is not known", is_count ? "count" : "for_each", address)), why.decide,
                  symbol(Symbol::Kind::kVariable, keep(address), {{Step::Kind::kSome, index, 0}}), Shape::kAny};
  Value one = Value::unknown(arena_, some);
  if (is_count) {
    key.repetition.count_index = one;
  } else {
    key.repetition.each_key = one;
    bool has_identity = keys.collection.is_unknown() && keys.collection.symbol() != nullptr;
    key.repetition.each_value = has_identity ? index_of(keys.collection, one, index, {})
                                             : Value::unknown(arena_, {some.reason, some.detail, some.decide,
                                                                       symbol(Symbol::Kind::kVariable, keep(address),
                                                                              {{Step::Kind::kSome, "each.value", 0}}),
                                                                       Shape::kAny});
  }
  keys.keys.push_back(std::move(key));
}

Keys Evaluator::expand_count(const Expression& expression, std::string_view address, const Frame& frame) {
  Keys keys;
  keys.form = Keys::Form::kCount;
  std::string error;
  const Value raw = evaluate_in_module(expression, frame);
  Value count = to_number(arena_, raw, error);
  if (!error.empty() || count.is_unset()) {
    constexpr std::string_view kMessage = "`count` is not a number";
    bool is_said = expression.kind <= ExpressionKind::kString;  // A literal: by the check of the syntax.
    count = is_said ? invalid_at(expression.span, std::string(kMessage))
                    : wrong_at(expression.span, std::string(kMessage), {&raw, 1});
  }
  if (count.is_unknown()) {
    add_summary(keys, count.why(), address);
    return keys;
  }
  Interval bounds = count.bounds();
  bool is_few = bounds.lower == bounds.upper || bounds.upper <= kFewInstances;
  if (bounds.lower == bounds.upper && bounds.upper > options_.limits.instances) {
    std::string message = fmt::format("`count` is more than {}", options_.limits.instances);
    report(limit_exceeded(expression.span, message, "the instances are treated as one of unknown number"));
    add_summary(keys, {UnknownReason::kLimit, keep(message), {}, nullptr, Shape::kAny}, address);
    return keys;
  }
  if (!is_few) {
    add_summary(keys, bounds.why != nullptr ? *bounds.why : *first_unknown(count), address);
    return keys;
  }
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(bounds.upper); ++i) {
    Key key;
    key.suffix = fmt::format("[{}]", i);
    key.repetition.count_index = Value::integer(i, count.origin());
    if (static_cast<double>(i) >= bounds.lower) key.multiplicity = {0, 1, bounds.why};
    keys.keys.push_back(std::move(key));
  }
  return keys;
}

// `enabled ? { ... } : {}` with an unknown condition: all keys of both branches, each of which may or may not be.
Value Evaluator::for_each_value(const Expression& expression, const Frame& frame) {
  if (expression.kind != ExpressionKind::kConditional) return evaluate(expression, frame);
  std::string error;
  Value condition = to_bool(arena_, evaluate(*expression.parts[0], frame), error);
  if (!condition.is_unknown() || is_invalid(condition)) return evaluate(expression, frame);
  ++guards_;
  Value branches[] = {for_each_value(*expression.parts[1], frame), for_each_value(*expression.parts[2], frame)};
  --guards_;
  auto is_map = [](const Value& v) { return v.is(ValueKind::kMap); };
  auto is_list = [](const Value& v) {
    return (v.is(ValueKind::kList) || v.is(ValueKind::kSet)) && v.rest() == nullptr;
  };
  if (is_map(branches[0]) && is_map(branches[1])) {
    std::vector<Member> members;
    for (int i = 0; i < 2; ++i) {
      for (const Member& member : branches[i].members()) {
        bool is_in_both = !branches[1 - i].member(member.key).is_absent();
        Member copy = member;
        if (is_in_both) copy.value = either_branch(arena_, member.value, branches[1 - i].member(member.key), condition);
        copy.value = copy.value.with_maybe(!is_in_both);
        members.push_back(copy);
      }
    }
    return Value::map(arena_, std::move(members), expression.span);
  }
  bool one_is_empty =
      is_list(branches[0]) && is_list(branches[1]) && (branches[0].items().empty() || branches[1].items().empty());
  if (one_is_empty) {
    std::vector<Value> items;
    for (const Value& branch : branches) {
      for (const Value& item : branch.items()) items.push_back(item.with_maybe());
    }
    return Value::list(arena_, items, expression.span);
  }
  return evaluate(expression, frame);
}

Keys Evaluator::expand_for_each(const Expression& expression, std::string_view address, const Frame& frame) {
  Keys keys;
  keys.form = Keys::Form::kForEach;
  keys.collection = for_each_value(expression, frame);
  Items items = items_of(keys.collection);
  if (!items.error.empty()) {
    add_summary(keys, invalid_at(expression.span, "`for_each` is not a set or map").why(), address);
    return keys;
  }
  if (items.items.size() > options_.limits.instances) {
    std::string message = fmt::format("`for_each` has more than {} elements", options_.limits.instances);
    report(limit_exceeded(expression.span, message, "the instances are treated as one of unknown number"));
    add_summary(keys, {UnknownReason::kLimit, keep(message), {}, nullptr, Shape::kAny}, address);
    return keys;
  }
  bool is_map = keys.collection.is(ValueKind::kMap);
  // Items that may be missing come of a condition that is not known.
  const Unknown* doubt =
      expression.kind == ExpressionKind::kConditional ? first_unknown(evaluate(*expression.parts[0], frame)) : nullptr;
  for (const Item& item : items.items) {
    // A set of lists or objects is an error for Terraform; a list is taken for a set.
    Value key = is_map ? item.key : item.value;
    std::string error;
    Value text = to_string(arena_, key, error);
    Key made;
    if (error.empty() && text.is(ValueKind::kString)) {
      made.member = text.as_string();
    } else if (std::optional<std::string> identity = identity_text(key); error.empty() && identity) {
      made.member = *identity;  // Not known, but told from the others: `names[0]` of a data source.
    } else {
      if (items.rest == nullptr)
        items.rest = first_unknown(key) != nullptr
                         ? first_unknown(key)
                         : &invalid_at(expression.span, "a key of `for_each` is not a string").why();
      continue;
    }
    made.suffix = quoted_key(made.member);
    made.repetition.each_key = text;
    made.repetition.each_value = is_map ? item.value : text;
    if (item.is_maybe) made.multiplicity = {0, 1, doubt};
    keys.keys.push_back(std::move(made));
  }
  if (items.rest != nullptr) add_summary(keys, *items.rest, address);
  return keys;
}

Value Evaluator::object_value(const Instance& instance) {
  bool is_data = instance.declaration->is_data;
  std::string_view detail =
      keep(fmt::format("`{}` is {}", instance.address, is_data ? "read from the cloud" : "known after apply"));
  Symbol::Kind kind = is_data ? Symbol::Kind::kData : Symbol::Kind::kResource;
  Unknown why = {is_data ? UnknownReason::kData : UnknownReason::kComputed,
                 detail,
                 {},
                 symbol(kind, instance.address),
                 Shape::kAny};
  return Value::unknown(arena_, why);
}

Value collect_objects(Arena& arena, const Keys& keys, const std::vector<Value>& objects) {
  if (keys.form == Keys::Form::kSingle) return objects[0];
  std::vector<Value> items;
  std::vector<Member> members;
  const Unknown* rest = nullptr;
  for (std::size_t i = 0; i < keys.keys.size(); ++i) {
    const Key& key = keys.keys[i];
    Value object = objects[i].with_maybe(!key.multiplicity.is_certain());
    if (key.is_summary) {
      rest = &part_of_unknown(arena, objects[i], {Step::Kind::kSplat, {}, 0}, {}).why();
    } else if (keys.form == Keys::Form::kCount) {
      items.push_back(object);
    } else {
      members.push_back({arena.copy(std::string_view(key.member)), object, {}});
    }
  }
  if (keys.form == Keys::Form::kCount) return Value::list(arena, items, {}, rest);
  // The keys of a map are all known or none.
  return rest != nullptr ? objects.back().with_maybe(false) : Value::map(arena, std::move(members));
}

Multiplicity operator*(const Multiplicity& a, const Multiplicity& b) {
  auto product = [](std::uint64_t x, std::uint64_t y) {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(x * y, Multiplicity::kInfinite));
  };
  return {product(a.least, b.least), product(a.most, b.most), a.why != nullptr ? a.why : b.why};
}

Expansion& Evaluator::expansion_of(ModuleInstance& module, std::uint32_t index) {
  Expansion& expansion = module.resources[index];
  if (expansion.slot.state != Slot::State::kNew) return expansion;
  expansion.slot.state = Slot::State::kRunning;
  const ResourceDeclaration& declaration = module.module->resources[index];
  std::string base = fmt::format("{}{}{}{}.{}", module.address, module.address.empty() ? "" : ".",
                                 declaration.is_data ? "data." : "", declaration.type, declaration.name);
  Frame frame;
  frame.module = &module;
  Keys keys = expand(declaration.block->body, base, frame);
  std::vector<Value> objects;
  for (Key& key : keys.keys) {
    if (instances_.size() >= options_.limits.total_instances) {
      std::string message = fmt::format("more than {} resource instances", options_.limits.total_instances);
      if (!said_too_many_)
        report(limit_exceeded(declaration.block->header, message, "what comes after is not checked"));
      said_too_many_ = true;
      break;
    }
    Instance& instance = instances_.emplace_back();
    instance.module = &module;
    instance.declaration = &declaration;
    instance.address = keep(base + key.suffix);
    instance.repetition = key.repetition;
    instance.multiplicity = key.multiplicity * module.multiplicity;
    instance.is_summary = key.is_summary;
    instance.form = keys.form;
    instance.collection = keys.collection;
    expansion.instances.push_back(&instance);
    instance_at_.emplace(instance.address, &instance);
    objects.push_back(object_value(instance));
  }
  keys.keys.resize(objects.size());
  if (objects.empty() && keys.form == Keys::Form::kSingle) {
    objects.push_back(
        Value::unknown(arena_, {UnknownReason::kLimit, "there are too many resources", {}, nullptr, Shape::kAny}));
  }
  expansion.slot = {Slot::State::kDone, collect_objects(arena_, keys, objects)};
  return expansion;
}

}  // namespace halint
