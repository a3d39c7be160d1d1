// Terraform's functions on maps and sets, and those that pick the first value that is set.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>

#include "terraform/functions/function_table.h"
#include "terraform/values/convert.h"
#include "terraform/values/operators.h"
#include "terraform/values/text.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

using Kind = TypeConstraint::Kind;

Value length(const Call& call) {
  const Value& value = call[0];
  double infinity = std::numeric_limits<double>::infinity();
  switch (value.kind()) {
    case ValueKind::kString:
      return call.integer_value(static_cast<std::int64_t>(count_characters(value.as_string())));
    case ValueKind::kTemplate:
      return Value::interval(call.arena, {is_never_empty(value) ? 1.0 : 0.0, infinity, first_unknown(value)});
    case ValueKind::kList:
    case ValueKind::kSet:
    case ValueKind::kMap:
      return count_items(call, value);
    case ValueKind::kUnknown:
      if (value.why().shape == Shape::kAccountId) return call.integer_value(12);
      return Value::interval(call.arena, {0, infinity, &value.why()});
    default:
      return call.fail(fmt::format("a {} has no length", kind_word(value)));
  }
}

Value keys(const Call& call) {
  std::vector<Value> items;
  for (const Member& member : call[0].members()) {
    Span origin = member.span.is_known() ? member.span : call[0].origin();
    items.push_back(Value::string(call.arena, member.key, origin));
  }
  return call[0].is_uniform() ? call.list(items) : call.tuple(items);
}

Value values(const Call& call) {
  std::vector<Value> items;
  for (const Member& member : call[0].members()) items.push_back(member.value);
  return call[0].is_uniform() ? call.list(items) : call.tuple(items);
}

bool differs_in_type(const Value& fallback, const Value& map) {
  if (!map.is_uniform() || map.members().empty() || fallback.is_unset() || fallback.is_unknown()) return false;
  const Value& sample = map.members().front().value;
  if (sample.is_unset() || sample.is_unknown()) return false;
  auto is_scalar = [](const Value& v) {
    return v.is(ValueKind::kBool) || v.is(ValueKind::kNumber) || v.is(ValueKind::kString);
  };
  return is_scalar(sample) && is_scalar(fallback) && sample.kind() != fallback.kind();
}

Value lookup(const Call& call) {
  if (!call[0].is(ValueKind::kMap) && !call[0].is_unknown()) return call.fail("the first argument must be a map");
  bool has_nothing = call[0].is(ValueKind::kMap) && call[0].members().empty();
  if (has_nothing && call.size() == 3) return call[2];  // Whatever the key is.
  if (!call[0].is(ValueKind::kMap) || !call[1].is(ValueKind::kString)) return call.unknown();
  Value fallback = call.size() == 3 ? call[2] : Value::absent();
  if (differs_in_type(fallback, call[0])) {
    // The default becomes what the elements are, `true` a string for example, if it can.
    std::string error;
    fallback = convert(call.arena, fallback, type_of(call[0].members().front().value), error);
    if (!error.empty()) return call.fail("the default value must have the same type as the map elements");
  }
  const Value& found = call[0].member(call.text(1));
  if (!found.is_absent()) return found;
  if (call.size() == 3) return fallback;
  return call.fail(fmt::format("the map has no element \"{}\" and there is no default", call.text(1)));
}

Value merge(const Call& call) {
  std::vector<Member> members;
  bool is_uniform = true;
  bool has_map = false;
  for (const Value& map : call.arguments) {
    if (map.is_unset()) continue;
    if (map.is_unknown()) return call.size() == 1 ? map : call.unknown();
    if (!map.is(ValueKind::kMap)) return call.fail(fmt::format("the arguments must be maps, not {}", kind_word(map)));
    is_uniform = is_uniform && map.is_uniform();
    has_map = true;
    members.insert(members.end(), map.members().begin(), map.members().end());
  }
  if (call.exceeds_items(members.size())) return call.too_large("a map");
  bool is_secret = std::ranges::any_of(call.arguments, &Value::is_sensitive);
  Value merged = Value::map(call.arena, std::move(members)).with_uniform(is_uniform && has_map);
  return is_secret ? merged.with_sensitive() : merged;
}

Value zipmap(const Call& call) {
  const Value& names = call[0];
  const Value& items = call[1];
  if (is_open(names) || is_open(items)) return call.unknown();
  if (names.items().size() != items.items().size()) {
    return call.fail(fmt::format("there are {} keys, but {} values", names.items().size(), items.items().size()));
  }
  std::vector<Member> members;
  for (std::size_t i = 0; i < names.items().size(); ++i) {
    const Value& name = names.items()[i];
    if (name.is_unset()) return call.fail("a key is null");
    if (!name.is(ValueKind::kString)) return call.unknown();
    members.push_back({name.as_string(), items.items()[i], items.items()[i].origin()});
  }
  return Value::map(call.arena, std::move(members)).with_uniform(items.is_uniform());
}

// Whether `value` equals some item.
Truth is_among(const Value& value, const Value& list) {
  Truth found = list.rest() != nullptr ? Truth::kUnknown : Truth::kFalse;
  for (const Value& item : list.items()) {
    Truth same = terraform_equal(item, value);
    if (same == Truth::kTrue && item.is_maybe()) same = Truth::kUnknown;
    found = either(found, same);
    if (found == Truth::kTrue) return found;
  }
  return found;
}

Value matchkeys(const Call& call) {
  if (is_open(call[0]) || is_open(call[1])) return call.unknown();
  if (call[0].items().size() != call[1].items().size()) {
    return call.fail("there must be as many keys as values");
  }
  std::vector<TypeConstraint> types;
  for (int list : {1, 2}) {
    for (const Value& key : call[static_cast<std::size_t>(list)].items()) types.push_back(type_of(key));
  }
  std::optional<TypeConstraint> common = unify(types);
  if (!common) return call.fail("the keys and the searched values must have one type");
  auto convert_keys = [&](const Value& list) {
    std::string error;
    return convert(call.arena, list, {Kind::kList, {*common}, {}}, error);
  };
  Value given = convert_keys(call[1]);
  Value searched = convert_keys(call[2]);
  std::vector<Value> kept;
  for (std::size_t i = 0; i < given.items().size(); ++i) {
    Truth match = is_among(given.items()[i], searched);
    if (match != Truth::kFalse) kept.push_back(call[0].items()[i].with_maybe(match == Truth::kUnknown));
  }
  return call.list(kept);
}

Value transpose(const Call& call) {
  std::map<std::string_view, std::vector<Value>> turned;
  for (const Member& member : call[0].members()) {
    if (member.value.is_unknown()) return call.unknown();
    bool is_list = member.value.is(ValueKind::kList) || member.value.is(ValueKind::kSet);
    if (!is_list) return call.fail(fmt::format("the element \"{}\" must be a list of strings", member.key));
    if (is_open(member.value)) return call.unknown();
    for (const Value& item : member.value.items()) {
      std::string error;
      Value text = to_string(call.arena, item, error);
      if (!error.empty() || text.is_unset()) return call.fail("the lists must hold strings");
      if (!text.is(ValueKind::kString)) return call.unknown();
      turned[text.as_string()].push_back(Value::string(call.arena, member.key, item.origin()));
    }
  }
  std::vector<Member> members;
  for (const auto& [key, items] : turned) members.push_back({key, call.list(items), items.front().origin()});
  return Value::map(call.arena, std::move(members)).with_uniform();
}

// All arguments as sets of one type; false if they have none in common.
bool to_sets(const Call& call, std::vector<Value>& sets) {
  std::vector<TypeConstraint> types;
  for (const Value& argument : call.arguments) {
    if (argument.is_unknown()) continue;
    for (const Value& item : argument.items()) types.push_back(type_of(item));
  }
  std::optional<TypeConstraint> common = unify(types);
  if (!common) return false;
  for (const Value& argument : call.arguments) {
    std::string error;
    sets.push_back(argument.is_unknown() ? argument
                                         : convert(call.arena, argument, {Kind::kSet, {*common}, {}}, error));
    if (!error.empty()) return false;
  }
  return true;
}

bool are_collections(const Call& call) {
  return std::ranges::all_of(call.arguments, [](const Value& argument) {
    return argument.is_unknown() || argument.is(ValueKind::kList) || argument.is(ValueKind::kSet);
  });
}

Value wrong_sets(const Call& call) {
  return call.fail(are_collections(call) ? "the items must have one type" : "the arguments must be sets");
}

Value setunion(const Call& call) {
  std::vector<Value> sets;
  if (!are_collections(call) || !to_sets(call, sets)) return wrong_sets(call);
  std::vector<Value> items;
  const Unknown* rest = nullptr;
  for (const Value& set : sets) {
    const Unknown* open = set.is_unknown() ? &set.why() : set.rest();
    if (open != nullptr) rest = open;
    if (!set.is_unknown()) items.insert(items.end(), set.items().begin(), set.items().end());
  }
  if (call.exceeds_items(items.size())) return call.too_large("a set");
  return items.empty() && rest != nullptr ? call.unknown() : set_of(call.arena, std::move(items), {}, rest);
}

// The items of the first set that are (`is_kept_inside`) or are not in the other ones.
Value filter_set(const Call& call, bool is_kept_inside) {
  std::vector<Value> sets;
  if (!are_collections(call) || !to_sets(call, sets)) return wrong_sets(call);
  if (sets[0].is_unknown()) return call.unknown();
  std::vector<Value> kept;
  for (const Value& item : sets[0].items()) {
    Truth keep = Truth::kTrue;
    for (std::size_t i = 1; i < sets.size(); ++i) {
      Truth inside = sets[i].is_unknown() ? Truth::kUnknown : is_among(item, sets[i]);
      keep = both(keep, is_kept_inside ? inside : !inside);
    }
    if (keep == Truth::kFalse) continue;
    kept.push_back(keep == Truth::kTrue ? item : item.with_maybe());
  }
  return Value::set(call.arena, kept, {}, sets[0].rest());
}

Value setintersection(const Call& call) {
  return filter_set(call, true);
}

Value setsubtract(const Call& call) {
  return filter_set(call, false);
}

// All combinations, the last argument turning fastest.
Value setproduct(const Call& call) {
  if (call.size() < 2) return call.fail("at least two arguments are required");
  std::uint64_t count = 1;
  std::vector<Value> lists;
  bool is_set = false;
  const Unknown* rest = nullptr;
  for (const Value& argument : call.arguments) {
    std::string error;
    is_set = is_set || argument.is(ValueKind::kSet);
    Kind kind = argument.is(ValueKind::kSet) ? Kind::kSet : Kind::kList;
    lists.push_back(convert(call.arena, argument, {kind, {TypeConstraint{}}, {}}, error));
    if (!error.empty()) return call.fail("the items of an argument must have one type");
    if (argument.rest() != nullptr) rest = argument.rest();
    count *= lists.back().items().size();
    if (call.exceeds_items(count)) return call.too_large("a list");
  }
  std::vector<Value> combinations;
  for (std::uint64_t number = 0; number < count; ++number) {
    std::vector<Value> combination(lists.size());
    std::uint64_t left = number;
    bool is_maybe = false;
    for (std::size_t i = lists.size(); i-- > 0;) {
      std::span<const Value> items = lists[i].items();
      const Value& item = items[left % items.size()];
      left /= items.size();
      is_maybe = is_maybe || item.is_maybe();
      combination[i] = item.with_maybe(false);
    }
    combinations.push_back(call.tuple(combination).with_maybe(is_maybe).with_origin(call.span));
  }
  return is_set ? set_of(call.arena, std::move(combinations), {}, rest) : call.list(combinations, rest);
}

Value coalesce(const Call& call) {
  std::vector<TypeConstraint> types;
  for (const Value& argument : call.arguments) types.push_back(type_of(argument));
  std::optional<TypeConstraint> common = unify(types);
  if (!common) return call.fail("all arguments must have one type");
  for (std::size_t i = 0; i < call.size(); ++i) {
    const Value& argument = call[i];
    if (argument.is_unset()) continue;
    if (argument.is(ValueKind::kString) && argument.as_string().empty()) continue;
    // The last one is the result, or the call is wrong.
    bool may_be_empty = (argument.is_unknown() || argument.is(ValueKind::kTemplate)) && !is_never_empty(argument);
    bool is_last = i + 1 == call.size();
    if (may_be_empty && !is_last) return call.unknown();
    std::string error;
    Value converted = convert(call.arena, argument, *common, error);
    if (common->kind == Kind::kString && converted.is(ValueKind::kString) && converted.as_string().empty()) continue;
    return converted;
  }
  return call.fail("all arguments are null or empty strings");
}

Value coalescelist(const Call& call) {
  bool all_lists = std::ranges::all_of(
      call.arguments, [](const Value& list) { return list.is(ValueKind::kList) || list.is_unknown(); });
  if (!all_lists) return call.fail("the arguments must be lists or tuples");
  for (std::size_t i = 0; i < call.size(); ++i) {
    const Value& list = call[i];
    if (list.is_unknown()) return i + 1 == call.size() ? list : call.unknown();
    if (certain_items(list) > 0) return list;
    if (is_open(list)) return i + 1 == call.size() ? list : call.unknown();
  }
  return call.fail("all lists are empty");
}

constexpr Function kFunctions[] = {
    {"coalesce", "v+", coalesce, Secrets::kParts},
    {"coalescelist", "v+", coalescelist, Secrets::kParts},
    {"keys", "m", keys, Secrets::kParts},
    {"length", "w", length, Secrets::kParts},
    {"lookup", "wSv?", lookup, Secrets::kParts},
    {"matchkeys", "lll", matchkeys, Secrets::kParts},
    {"merge", "v*", merge, Secrets::kParts},
    {"setintersection", "w+", setintersection, Secrets::kParts},
    {"setproduct", "l*", setproduct, Secrets::kParts},
    {"setsubtract", "ww", setsubtract, Secrets::kParts},
    {"setunion", "w+", setunion, Secrets::kParts},
    {"transpose", "m", transpose},
    {"values", "m", values, Secrets::kParts},
    {"zipmap", "Ll", zipmap, Secrets::kParts},
};

}  // namespace

std::span<const Function> set_functions() {
  return kFunctions;
}

}  // namespace halint
