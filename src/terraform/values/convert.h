// Terraform's types: how values are converted to them, and what type several values have in common.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "graph/value.h"

namespace halint {

struct ObjectAttribute;

// A type as `variable` blocks write it.
struct TypeConstraint {
  enum class Kind { kAny, kBool, kNumber, kString, kList, kSet, kMap, kObject, kTuple };
  Kind kind = Kind::kAny;
  std::vector<TypeConstraint> elements;     // kList, kSet, kMap: one; kTuple: one for each item.
  std::vector<ObjectAttribute> attributes;  // kObject.
};

struct ObjectAttribute {
  std::string_view name;
  TypeConstraint type;
  bool is_optional = false;
  Value fallback;  // The second argument of `optional`; absent: null.
};

// `list(object({ name = string }))`.
std::string to_text(const TypeConstraint& type);

// `value` as `type` wants it: "true" becomes true, 1 becomes "1", a tuple becomes a list, an object loses attributes
// that the type does not have and gets the optional ones. If that cannot be, `error` says why ("a bool is required"),
// and the result is unknown with reason kInvalid. Unknown values stay what they are, null stays null.
Value convert(Arena& arena, const Value& value, const TypeConstraint& type, std::string& error);

// The most precise type of a value; kAny for what is unknown or null.
TypeConstraint type_of(const Value& value);

// The type that values of all `types` can be converted to: string for a number and a string, a list for tuples of
// different lengths. None if they have nothing in common.
std::optional<TypeConstraint> unify(std::span<const TypeConstraint> types);

// What `condition ? chosen : other` is: `chosen`, converted to the type that it has in common with `other`. Leaves
// `chosen` as it is if there is no such type.
Value unify_branch(Arena& arena, const Value& chosen, const Value& other);

// False if it is certain that no type fits both.
bool have_common_type(const Value& a, const Value& b);

// What `condition ? a : b` is while the condition is not known: the value if both agree, otherwise unknown for `why`;
// lists and objects keep what both have in common.
Value either_branch(Arena& arena, const Value& a, const Value& b, const Value& condition);

// A set of `items`: converted to one type, without duplicates, in Terraform's order.
Value set_of(Arena& arena, std::vector<Value> items, Span origin, const Unknown* rest = nullptr);

// Conversions of one value, null and unknown untouched. On failure `error` is set and the result is kInvalid.
Value to_bool(Arena& arena, const Value& value, std::string& error);
Value to_number(Arena& arena, const Value& value, std::string& error);
Value to_string(Arena& arena, const Value& value, std::string& error);

// "string", "number", "list", "object" ...: what a message calls the kind of a value.
std::string_view kind_word(const Value& value);

// An unknown value for an expression that is wrong.
Value invalid(Arena& arena, std::string_view message, Span origin = {});

}  // namespace halint
