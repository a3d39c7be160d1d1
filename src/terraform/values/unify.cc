// The types of values, what types have in common, and the order of sets.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "terraform/values/convert.h"
#include "terraform/values/number_text.h"
#include "terraform/values/operators.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

using Kind = TypeConstraint::Kind;

TypeConstraint collection_of(Kind kind, TypeConstraint element) {
  TypeConstraint type{kind, {}, {}};
  type.elements.push_back(std::move(element));
  return type;
}

std::optional<TypeConstraint> unify_at(std::span<const TypeConstraint> types, int depth);

TypeConstraint type_at(const Value& value, int depth, WalkBudget& budget) {
  if (depth > kDeepestValue || !budget.spend()) return {};
  switch (value.kind()) {
    case ValueKind::kBool:
      return {Kind::kBool, {}, {}};
    case ValueKind::kNumber:
    case ValueKind::kInterval:
      return {Kind::kNumber, {}, {}};
    case ValueKind::kString:
    case ValueKind::kTemplate:
      return {Kind::kString, {}, {}};
    case ValueKind::kList:
    case ValueKind::kSet: {
      TypeConstraint tuple{Kind::kTuple, {}, {}};
      for (const Value& item : value.items()) tuple.elements.push_back(type_at(item, depth + 1, budget));
      bool is_tuple = value.is(ValueKind::kList) && !value.is_uniform();
      if (is_tuple && value.rest() == nullptr) return tuple;
      std::optional<TypeConstraint> element = unify_at(tuple.elements, depth + 1);
      return collection_of(value.is(ValueKind::kSet) ? Kind::kSet : Kind::kList, element.value_or(TypeConstraint{}));
    }
    case ValueKind::kMap: {
      if (value.is_uniform()) {
        std::vector<TypeConstraint> types;
        for (const Member& member : value.members()) types.push_back(type_at(member.value, depth + 1, budget));
        return collection_of(Kind::kMap, unify_at(types, depth + 1).value_or(TypeConstraint{}));
      }
      TypeConstraint object{Kind::kObject, {}, {}};
      for (const Member& member : value.members()) {
        object.attributes.push_back({member.key, type_at(member.value, depth + 1, budget), false, {}});
      }
      return object;
    }
    default:
      return {};
  }
}

// All element types of collections, tuples and objects together.
std::vector<TypeConstraint> inner_types(std::span<const TypeConstraint> types) {
  std::vector<TypeConstraint> inner;
  for (const TypeConstraint& type : types) {
    inner.insert(inner.end(), type.elements.begin(), type.elements.end());
    for (const ObjectAttribute& attribute : type.attributes) inner.push_back(attribute.type);
  }
  return inner;
}

std::optional<TypeConstraint> unify_inner(Kind kind, std::span<const TypeConstraint> types, int depth) {
  std::optional<TypeConstraint> element = unify_at(inner_types(types), depth + 1);
  if (!element) return std::nullopt;
  return collection_of(kind, std::move(*element));
}

std::optional<TypeConstraint> unify_tuples(std::span<const TypeConstraint> types, int depth) {
  std::size_t size = types.front().elements.size();
  bool same_size = std::ranges::all_of(types, [&](const TypeConstraint& t) { return t.elements.size() == size; });
  if (!same_size) return unify_inner(Kind::kList, types, depth);
  TypeConstraint tuple{Kind::kTuple, {}, {}};
  for (std::size_t i = 0; i < size; ++i) {
    std::vector<TypeConstraint> column;
    for (const TypeConstraint& type : types) column.push_back(type.elements[i]);
    std::optional<TypeConstraint> common = unify_at(column, depth + 1);
    if (!common) return std::nullopt;
    tuple.elements.push_back(std::move(*common));
  }
  return tuple;
}

std::optional<TypeConstraint> unify_objects(std::span<const TypeConstraint> types, int depth) {
  const std::vector<ObjectAttribute>& first = types.front().attributes;
  bool same_names = std::ranges::all_of(types, [&](const TypeConstraint& type) {
    return std::ranges::equal(type.attributes, first, {}, &ObjectAttribute::name, &ObjectAttribute::name);
  });
  if (!same_names) return unify_inner(Kind::kMap, types, depth);
  TypeConstraint object{Kind::kObject, {}, {}};
  for (std::size_t i = 0; i < first.size(); ++i) {
    std::vector<TypeConstraint> column;
    for (const TypeConstraint& type : types) column.push_back(type.attributes[i].type);
    std::optional<TypeConstraint> common = unify_at(column, depth + 1);
    if (!common) return std::nullopt;
    object.attributes.push_back({first[i].name, std::move(*common), false, {}});
  }
  return object;
}

std::optional<TypeConstraint> unify_at(std::span<const TypeConstraint> all, int depth) {
  if (depth > kDeepestValue) return std::nullopt;
  bool seen[static_cast<int>(Kind::kTuple) + 1] = {};
  std::vector<TypeConstraint> types;
  for (const TypeConstraint& type : all) {
    if (type.kind == Kind::kAny) continue;
    seen[static_cast<int>(type.kind)] = true;
    bool is_scalar = type.kind == Kind::kBool || type.kind == Kind::kNumber || type.kind == Kind::kString;
    bool is_repeated = is_scalar && !types.empty() && types.back().kind == type.kind;
    if (!is_repeated) types.push_back(type);
  }
  auto has = [&](Kind kind) { return seen[static_cast<int>(kind)]; };
  bool sequences = has(Kind::kList) || has(Kind::kSet) || has(Kind::kTuple);
  bool maps = has(Kind::kMap) || has(Kind::kObject);
  bool scalars = has(Kind::kBool) || has(Kind::kNumber) || has(Kind::kString);
  if (types.empty()) return TypeConstraint{};
  if (sequences + maps + scalars > 1) return std::nullopt;
  if (scalars) {
    if (has(Kind::kString)) return TypeConstraint{Kind::kString, {}, {}};
    if (has(Kind::kBool) && has(Kind::kNumber)) return std::nullopt;
    return types.front();
  }
  if (has(Kind::kMap)) return unify_inner(Kind::kMap, types, depth);
  if (maps) return unify_objects(types, depth);
  if (has(Kind::kSet) && has(Kind::kTuple) && !has(Kind::kList)) {
    // A tuple becomes what the set is, if it can.
    const TypeConstraint& set = *std::ranges::find(types, Kind::kSet, &TypeConstraint::kind);
    if (set.elements[0].kind != Kind::kAny) return set;
  }
  if (has(Kind::kSet) && !has(Kind::kList)) return unify_inner(Kind::kSet, types, depth);
  if (has(Kind::kList) || has(Kind::kSet)) return unify_inner(Kind::kList, types, depth);
  return unify_tuples(types, depth);
}

bool is_scalar(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kBool:
    case ValueKind::kNumber:
    case ValueKind::kInterval:
    case ValueKind::kString:
    case ValueKind::kTemplate:
      return true;
    default:
      return false;
  }
}

// What a set of collections is ordered by.
void append_order_key(const Value& value, std::string& out, int depth) {
  constexpr std::size_t kLongestKey = 100'000;
  if (depth > kDeepestValue || out.size() > kLongestKey) return;
  switch (value.kind()) {
    case ValueKind::kNull:
      out += '~';
      return;
    case ValueKind::kBool:
      out += value.as_bool() ? 'T' : 'F';
      return;
    case ValueKind::kNumber:
      out += number_text(value);
      return;
    case ValueKind::kString:
      out += '"';
      out += value.as_string();
      out += '"';
      return;
    case ValueKind::kList:
    case ValueKind::kSet: {
      bool is_tuple = value.is(ValueKind::kList) && !value.is_uniform();
      out += is_tuple ? '<' : '[';
      for (const Value& item : value.items()) {
        append_order_key(item, out, depth + 1);
        out += ';';
      }
      out += is_tuple ? '>' : ']';
      return;
    }
    case ValueKind::kMap:
      out += value.is_uniform() ? '{' : '<';
      for (const Member& member : value.members()) {
        if (value.is_uniform()) {
          out += '"';
          out += member.key;
          out += "\":";
        }
        append_order_key(member.value, out, depth + 1);
        out += ';';
      }
      out += value.is_uniform() ? '}' : '>';
      return;
    default:
      out += '?';
      return;
  }
}

struct Ordered {
  Value value;
  int rank = 0;     // Known values first, then null, then unknown.
  std::string key;  // Of collections.
};

bool comes_before(const Ordered& a, const Ordered& b) {
  if (a.rank != b.rank) return a.rank < b.rank;
  if (a.rank != 0 || a.value.kind() != b.value.kind()) return a.key < b.key;
  switch (a.value.kind()) {
    case ValueKind::kBool:
      return !a.value.as_bool() && b.value.as_bool();
    case ValueKind::kNumber:
      return compare_numbers(a.value, b.value) < 0;
    case ValueKind::kString:
      return a.value.as_string() < b.value.as_string();
    default:
      return a.key < b.key;
  }
}

// More unknown items than this are not compared with each other.
constexpr std::size_t kMostCompared = 256;

// Adds unknown items to a set. An unknown one may equal another item, and then the set is smaller than it looks.
void add_unknown_items(std::span<const Ordered> unknown_items, std::vector<Value>& set) {
  std::size_t first = set.size();
  for (const Ordered& entry : unknown_items) {
    Truth repeats = first == 0 ? Truth::kFalse : Truth::kUnknown;
    for (std::size_t i = first; i < set.size() && i - first < kMostCompared && repeats != Truth::kTrue; ++i) {
      repeats = either(repeats, terraform_equal(set[i], entry.value));
    }
    if (repeats == Truth::kTrue) continue;
    set.push_back(repeats == Truth::kFalse ? entry.value : entry.value.with_maybe());
  }
}

Value either_at(Arena& arena, const Value& a, const Value& b, const Value& condition, WalkBudget& budget) {
  Value arguments[] = {condition, a, b};
  if (!budget.spend()) return unknown_result(arena, "if", arguments, condition.origin());
  if (terraform_equal(a, b) == Truth::kTrue) return a;
  bool both_maps = a.is(ValueKind::kMap) && b.is(ValueKind::kMap) && a.members().size() == b.members().size() &&
                   std::ranges::equal(a.members(), b.members(), {}, &Member::key, &Member::key);
  if (both_maps) {
    std::vector<Member> members(a.members().begin(), a.members().end());
    for (std::size_t i = 0; i < members.size(); ++i) {
      members[i].value = either_at(arena, a.members()[i].value, b.members()[i].value, condition, budget);
    }
    return Value::map(arena, std::move(members), a.origin());
  }
  auto is_open = [](const Value& list) {
    return list.rest() != nullptr || std::ranges::any_of(list.items(), &Value::is_maybe);
  };
  bool both_lists = a.is(ValueKind::kList) && b.is(ValueKind::kList) && !is_open(a) && !is_open(b);
  if (both_lists && (a.items().empty() || b.items().empty())) {
    // `enabled ? [x] : []`: all or nothing.
    std::vector<Value> items;
    const Value& full = a.items().empty() ? b : a;
    for (const Value& item : full.items()) items.push_back(item.with_maybe());
    return Value::list(arena, items, full.origin());
  }
  if (both_lists && a.items().size() == b.items().size()) {
    std::vector<Value> items;
    for (std::size_t i = 0; i < a.items().size(); ++i) {
      items.push_back(either_at(arena, a.items()[i], b.items()[i], condition, budget));
    }
    return Value::list(arena, items, a.origin());
  }
  auto is_number = [](const Value& v) { return v.is(ValueKind::kNumber) || v.is(ValueKind::kInterval); };
  if (is_number(a) && is_number(b)) {
    Interval bounds{std::min(a.bounds().lower, b.bounds().lower), std::max(a.bounds().upper, b.bounds().upper),
                    first_unknown(condition)};
    return Value::interval(arena, bounds, a.origin());
  }
  return unknown_result(arena, "if", arguments, condition.origin());
}

}  // namespace

std::string to_text(const TypeConstraint& type) {
  static constexpr std::string_view kWords[] = {"any", "bool", "number", "string", "list",
                                                "set", "map",  "object", "tuple"};
  std::string out(kWords[static_cast<int>(type.kind)]);
  if (type.kind == Kind::kObject) {
    out += "({";
    std::string_view separator = " ";
    for (const ObjectAttribute& attribute : type.attributes) {
      std::string inner = to_text(attribute.type);
      out += fmt::format("{}{} = {}", separator, attribute.name,
                         attribute.is_optional ? fmt::format("optional({})", inner) : inner);
      separator = ", ";
    }
    return out + (type.attributes.empty() ? "})" : " })");
  }
  if (type.elements.empty() && type.kind != Kind::kTuple) return out;
  out += type.kind == Kind::kTuple ? "([" : "(";
  std::string_view separator;
  for (const TypeConstraint& element : type.elements) {
    out += separator;
    separator = ", ";
    out += to_text(element);
  }
  return out + (type.kind == Kind::kTuple ? "])" : ")");
}

TypeConstraint type_of(const Value& value) {
  WalkBudget budget;
  return type_at(value, 0, budget);
}

std::optional<TypeConstraint> unify(std::span<const TypeConstraint> types) {
  return unify_at(types, 0);
}

Value unify_branch(Arena& arena, const Value& chosen, const Value& other) {
  if (chosen.is_unset() || chosen.is_unknown() || other.is_unset() || other.is_unknown()) return chosen;
  if (is_scalar(chosen) && chosen.kind() == other.kind()) return chosen;
  TypeConstraint types[] = {type_of(chosen), type_of(other)};
  std::optional<TypeConstraint> common = unify(types);
  if (!common) return chosen;
  std::string error;
  Value converted = convert(arena, chosen, *common, error);
  return error.empty() ? converted : chosen;
}

bool have_common_type(const Value& a, const Value& b) {
  if (a.is_unset() || b.is_unset() || !a.is_wholly_known() || !b.is_wholly_known()) return true;
  TypeConstraint types[] = {type_of(a), type_of(b)};
  return unify(types).has_value();
}

Value either_branch(Arena& arena, const Value& a, const Value& b, const Value& condition) {
  WalkBudget budget;
  budget.left = 5000;  // Each step compares what is below.
  return either_at(arena, a, b, condition, budget);
}

Value set_of(Arena& arena, std::vector<Value> items, Span origin, const Unknown* rest) {
  bool is_mixed = std::ranges::any_of(items, [&](const Value& item) { return item.kind() != items.front().kind(); });
  bool is_nested = std::ranges::any_of(items, [](const Value& item) { return !is_scalar(item); });
  if (is_mixed || is_nested) {
    std::vector<TypeConstraint> types;
    for (const Value& item : items) types.push_back(type_of(item));
    if (std::optional<TypeConstraint> common = unify(types)) {
      std::string error;
      for (Value& item : items) item = convert(arena, item, *common, error);
    }
  }
  std::vector<Ordered> ordered;
  ordered.reserve(items.size());
  for (const Value& item : items) {
    Ordered entry{item, item.is_unset() ? 1 : 0, {}};
    if (item.is_unknown() || item.is(ValueKind::kTemplate) || item.is(ValueKind::kInterval)) entry.rank = 2;
    if (entry.rank == 0 && !is_scalar(item)) append_order_key(item, entry.key, 0);
    ordered.push_back(std::move(entry));
  }
  std::ranges::stable_sort(ordered, comes_before);
  auto first_unknown_item = std::ranges::find(ordered, 2, &Ordered::rank);
  std::vector<Value> unique;
  for (auto entry = ordered.begin(); entry != first_unknown_item; ++entry) {
    bool repeats = !unique.empty() && terraform_equal(unique.back(), entry->value) == Truth::kTrue;
    if (repeats && !entry->value.is_maybe()) unique.back() = unique.back().with_maybe(false);
    if (!repeats) unique.push_back(entry->value);
  }
  add_unknown_items({first_unknown_item, ordered.end()}, unique);
  return Value::set(arena, unique, origin, rest);
}

}  // namespace halint
