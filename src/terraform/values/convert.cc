// Converts values as Terraform does, and finds the type that several values have in common.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/values/convert.h"

#include <fmt/format.h>

#include <algorithm>

#include "terraform/values/number_text.h"
#include "terraform/values/operators.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

using Kind = TypeConstraint::Kind;

struct Converter {
  Arena& arena;
  std::string& error;
  WalkBudget budget = {};

  Value fail(std::string message, const Value& value) {
    if (error.empty()) error = std::move(message);
    return invalid(arena, error, value.origin());
  }
  Value convert(const Value& value, const TypeConstraint& type, int depth);
  Value to_sequence(const Value& value, const TypeConstraint& type, int depth);
  Value to_map(const Value& value, const TypeConstraint& type, int depth);
  Value to_object(const Value& value, const TypeConstraint& type, int depth);
  Value to_tuple(const Value& value, const TypeConstraint& type, int depth);
  Value to_any_element(const Value& value, Kind kind, int depth);
};

bool is_sequence(const Value& value) {
  return value.is(ValueKind::kList) || value.is(ValueKind::kSet);
}

std::string_view article(std::string_view word) {
  return word == "object" || word == "any" ? "an" : "a";
}

std::string required(const TypeConstraint& type, const Value& value) {
  std::string text = to_text(type);
  std::string_view word = kind_word(value);
  return fmt::format("{} {} is required, but this is {} {}", article(text.substr(0, 6)), text, article(word), word);
}

// What stays of flags and origin when a value is made anew.
Value like(Value made, const Value& source) {
  if (!made.origin().is_known()) made = made.with_origin(source.origin());
  if (source.is_sensitive()) made = made.with_sensitive();
  if (source.is_maybe()) made = made.with_maybe();
  return made;
}

TypeConstraint common_element_type(const Value& value, bool& exists) {
  std::vector<TypeConstraint> types;
  if (value.is(ValueKind::kMap)) {
    for (const Member& member : value.members()) types.push_back(type_of(member.value));
  } else {
    for (const Value& item : value.items()) types.push_back(type_of(item));
  }
  std::optional<TypeConstraint> common = unify(types);
  exists = common.has_value();
  return exists ? *common : TypeConstraint{};
}

Value Converter::to_sequence(const Value& value, const TypeConstraint& type, int depth) {
  if (!is_sequence(value)) return fail(required(type, value), value);
  const TypeConstraint& element = type.elements.front();
  std::vector<Value> items;
  items.reserve(value.items().size());
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    items.push_back(convert(value.items()[i], element, depth + 1));
    if (!error.empty()) return invalid(arena, error, value.origin());
  }
  if (type.kind == Kind::kSet) return like(set_of(arena, std::move(items), value.origin(), value.rest()), value);
  return like(Value::list(arena, items, value.origin(), value.rest()).with_uniform(), value);
}

Value Converter::to_map(const Value& value, const TypeConstraint& type, int depth) {
  if (!value.is(ValueKind::kMap)) return fail(required(type, value), value);
  std::vector<Member> members(value.members().begin(), value.members().end());
  for (Member& member : members) {
    member.value = convert(member.value, type.elements.front(), depth + 1);
    if (!error.empty()) return invalid(arena, error, value.origin());
  }
  return like(Value::map(arena, std::move(members), value.origin()).with_uniform(), value);
}

Value Converter::to_object(const Value& value, const TypeConstraint& type, int depth) {
  if (!value.is(ValueKind::kMap)) return fail(required(type, value), value);
  std::vector<Member> members;
  members.reserve(type.attributes.size());
  for (const ObjectAttribute& attribute : type.attributes) {
    std::span<const Member> all = value.members();
    auto found = std::ranges::lower_bound(all, attribute.name, {}, &Member::key);
    bool is_there = found != all.end() && found->key == attribute.name;
    Member member = is_there ? *found : Member{attribute.name, Value::null(value.origin()), value.origin()};
    if (!is_there && !attribute.is_optional) {
      return fail(fmt::format("the attribute `{}` is required", attribute.name), value);
    }
    if (member.value.is_unset() && !attribute.fallback.is_absent()) member.value = attribute.fallback;
    member.value = convert(member.value, attribute.type, depth + 1);
    if (!error.empty()) {
      if (!error.starts_with("attribute `")) error = fmt::format("attribute `{}`: {}", attribute.name, error);
      return invalid(arena, error, value.origin());
    }
    members.push_back(member);
  }
  return like(Value::map(arena, std::move(members), value.origin()), value);
}

Value Converter::to_tuple(const Value& value, const TypeConstraint& type, int depth) {
  if (!is_sequence(value)) return fail(required(type, value), value);
  std::span<const Value> given = value.items();
  if (value.rest() != nullptr) return like(Value::unknown(value.rest(), value.origin()), value);
  if (given.size() != type.elements.size()) {
    return fail(fmt::format("a tuple of {} items is required, but {} are given", type.elements.size(), given.size()),
                value);
  }
  std::vector<Value> items;
  for (std::size_t i = 0; i < given.size(); ++i) {
    items.push_back(convert(given[i], type.elements[i], depth + 1));
    if (!error.empty()) return invalid(arena, error, value.origin());
  }
  return like(Value::list(arena, items, value.origin()), value);
}

// `list(any)` and its kin: one type for all elements, found from what is there.
Value Converter::to_any_element(const Value& value, Kind kind, int depth) {
  bool is_map = kind == Kind::kMap;
  TypeConstraint type{kind, {TypeConstraint{}}, {}};
  if (is_map ? !value.is(ValueKind::kMap) : !is_sequence(value)) return fail(required(type, value), value);
  bool exists = true;
  type.elements[0] = common_element_type(value, exists);
  if (!exists) return fail("all elements must have the same type", value);
  return is_map ? to_map(value, type, depth) : to_sequence(value, type, depth);
}

Value Converter::convert(const Value& value, const TypeConstraint& type, int depth) {
  if (depth > kDeepestValue || !budget.spend()) return fail("the value is larger or deeper than the limit", value);
  if (value.is_absent()) return Value::null(value.origin());
  if (value.is_null() || value.is_unknown()) return value;
  switch (type.kind) {
    case Kind::kAny:
      return value;
    case Kind::kBool:
      return to_bool(arena, value, error);
    case Kind::kNumber:
      return to_number(arena, value, error);
    case Kind::kString:
      return to_string(arena, value, error);
    case Kind::kList:
    case Kind::kSet:
      return type.elements.front().kind == Kind::kAny ? to_any_element(value, type.kind, depth)
                                                      : to_sequence(value, type, depth);
    case Kind::kMap:
      return type.elements.front().kind == Kind::kAny ? to_any_element(value, type.kind, depth)
                                                      : to_map(value, type, depth);
    case Kind::kObject:
      return to_object(value, type, depth);
    case Kind::kTuple:
      return to_tuple(value, type, depth);
  }
  return value;
}

}  // namespace

Value convert(Arena& arena, const Value& value, const TypeConstraint& type, std::string& error) {
  Converter converter{arena, error};
  return converter.convert(value, type, 0);
}

Value to_bool(Arena& arena, const Value& value, std::string& error) {
  if (value.is_unset() || value.is_unknown() || value.is(ValueKind::kBool)) return value;
  if (value.is(ValueKind::kTemplate)) return like(unknown_result(arena, "tobool", {&value, 1}, value.origin()), value);
  if (value.is(ValueKind::kString)) {
    std::string_view text = value.as_string();
    if (text == "true" || text == "1") return like(Value::boolean(true), value);
    if (text == "false" || text == "0") return like(Value::boolean(false), value);
  }
  error = "a bool is required";
  if (value.is(ValueKind::kString)) error += "; of strings, only \"true\" and \"false\" are";
  return invalid(arena, error, value.origin());
}

Value to_number(Arena& arena, const Value& value, std::string& error) {
  if (value.is_unset() || value.is_unknown() || value.is(ValueKind::kNumber) || value.is(ValueKind::kInterval)) {
    return value;
  }
  if (value.is(ValueKind::kTemplate))
    return like(unknown_result(arena, "tonumber", {&value, 1}, value.origin()), value);
  if (value.is(ValueKind::kString)) {
    if (std::optional<Value> number = parse_number(arena, value.as_string())) return like(*number, value);
  }
  error = "a number is required";
  return invalid(arena, error, value.origin());
}

Value to_string(Arena& arena, const Value& value, std::string& error) {
  switch (value.kind()) {
    case ValueKind::kAbsent:
    case ValueKind::kNull:
    case ValueKind::kUnknown:
    case ValueKind::kString:
    case ValueKind::kTemplate:
      return value;
    case ValueKind::kBool:
      return like(Value::string(arena, value.as_bool() ? "true" : "false"), value);
    case ValueKind::kNumber:
      return like(Value::string(arena, arena.copy(std::string_view(number_text(value)))), value);
    case ValueKind::kInterval:
      return like(unknown_result(arena, "tostring", {&value, 1}, value.origin()), value);
    default:
      error = fmt::format("a string is required, but this is {} {}", article(kind_word(value)), kind_word(value));
      return invalid(arena, error, value.origin());
  }
}

std::string_view kind_word(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kAbsent:
    case ValueKind::kNull:
      return "null";
    case ValueKind::kBool:
      return "bool";
    case ValueKind::kNumber:
    case ValueKind::kInterval:
      return "number";
    case ValueKind::kString:
    case ValueKind::kTemplate:
    case ValueKind::kZone:
      return "string";
    case ValueKind::kList:
      return value.is_uniform() ? "list" : "tuple";
    case ValueKind::kSet:
      return "set";
    case ValueKind::kMap:
      return value.is_uniform() ? "map" : "object";
    case ValueKind::kUnknown:
      return "unknown value";
    case ValueKind::kNode:
      return "resource";
  }
  return "value";
}

Value invalid(Arena& arena, std::string_view message, Span origin) {
  return Value::unknown(arena, {UnknownReason::kInvalid, arena.copy(message), {}, nullptr, Shape::kAny}, origin);
}

}  // namespace halint
