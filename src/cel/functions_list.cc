// Functions on lists: those of CEL, of its list extension in cel-go, and of Kubernetes.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include "cel/functions.h"
#include "cel/operations.h"

namespace halint::cel {
namespace {

using Args = std::span<const Value>;

Value truth(Call& call, Truth value) {
  return value == Truth::kUnknown ? call.unknown() : Value::boolean(value == Truth::kTrue);
}

// All items are there, and no others.
bool is_certain(const Value& list) {
  return list.rest() == nullptr &&
         std::none_of(list.items().begin(), list.items().end(), [](const Value& item) { return item.is_maybe(); });
}

bool is_sortable(const Value& item) {
  return item.is(ValueKind::kNumber) || item.is(ValueKind::kString) || item.is(ValueKind::kBool);
}

enum class Items { kOrdered, kUnknown, kUnordered };

// Whether the items can be put in order: all known, all of one kind.
Items order_of(const Value& list) {
  for (const Value& item : list.items()) {
    if (item.is_unknown() || item.is(ValueKind::kInterval) || item.is(ValueKind::kTemplate)) return Items::kUnknown;
    if (!is_sortable(item) || item.kind() != list.items().front().kind()) return Items::kUnordered;
  }
  return Items::kOrdered;
}

Value size_list(Call& call, Args args) {
  return Value::interval(call.arena, count(call.host, args[0]));
}
Value size_map(Call&, Args args) {
  return Value::integer(static_cast<std::int64_t>(args[0].members().size()));
}

// Of items that may be equal, the later ones may be superfluous.
Value distinct(Call& call, Args args) {
  std::vector<Value> kept;
  for (Value item : args[0].items()) {
    bool is_new = true;
    for (Value& before : kept) {
      const Truth same = equals(call.host, before, item);
      if (same == Truth::kFalse) continue;
      if (same == Truth::kUnknown) {
        item = item.with_maybe();
        continue;
      }
      is_new = false;
      if (!item.is_maybe()) before = before.with_maybe(false);
      break;
    }
    if (is_new) kept.push_back(item);
  }
  return Value::list(call.arena, kept, args[0].origin(), args[0].rest());
}

// Lists may share their items, so that a short text makes a very long list.
constexpr std::size_t kMostItems = 1'000'000;

bool flatten(const Value& list, std::int64_t depth, bool is_maybe, std::vector<Value>& items, const Unknown*& rest) {
  if (list.rest() != nullptr) rest = list.rest();
  for (const Value& item : list.items()) {
    const bool maybe = is_maybe || item.is_maybe();
    if (items.size() > kMostItems) return false;
    if (item.is_unknown()) {
      rest = &item.why();
    } else if (depth > 0 && (item.is(ValueKind::kList) || item.is(ValueKind::kSet))) {
      if (!flatten(item, depth - 1, maybe, items, rest)) return false;
    } else if (!item.is_unset()) {
      items.push_back(item.with_maybe(maybe));
    }
  }
  return true;
}

Value flatten_by(Call& call, const Value& list, std::int64_t depth) {
  constexpr std::int64_t kDeepest = 64;
  if (depth < 0) return call.fail("`flatten` takes a depth of at least 0");
  std::vector<Value> items;
  const Unknown* rest = nullptr;
  if (!flatten(list, std::min(depth, kDeepest), false, items, rest)) return call.fail("the list is too long");
  return Value::list(call.arena, items, {}, rest);
}

Value flatten_once(Call& call, Args args) {
  return flatten_by(call, args[0], 1);
}
Value flatten_depth(Call& call, Args args) {
  return flatten_by(call, args[0], args[1].as_integer());
}

Value sort(Call& call, Args args) {
  const Items state = order_of(args[0]);
  if (state == Items::kUnknown) return call.unknown();
  if (state == Items::kUnordered) return call.fail("`sort` takes numbers, strings or bools, all of one type");
  std::vector<Value> items(args[0].items().begin(), args[0].items().end());
  std::stable_sort(items.begin(), items.end(), [](const Value& a, const Value& b) { return order(a, b) < 0; });
  return Value::list(call.arena, items, {}, args[0].rest());
}

Value is_sorted(Call& call, Args args) {
  const Items state = order_of(args[0]);
  if (state == Items::kUnknown || !is_certain(args[0])) return call.unknown();
  if (state == Items::kUnordered) return call.fail("`isSorted` takes numbers, strings or bools, all of one type");
  const auto items = args[0].items();
  return Value::boolean(
      std::is_sorted(items.begin(), items.end(), [](const Value& a, const Value& b) { return order(a, b) < 0; }));
}

Value slice(Call& call, Args args) {
  if (!is_certain(args[0])) return call.unknown();
  const auto items = args[0].items();
  const std::int64_t from = args[1].as_integer();
  const std::int64_t to = args[2].as_integer();
  if (from < 0 || to > static_cast<std::int64_t>(items.size()) || from > to)
    return call.fail("`slice` is out of range");
  return Value::list(call.arena, items.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from)));
}

Value reverse(Call& call, Args args) {
  std::vector<Value> items(args[0].items().rbegin(), args[0].items().rend());
  return Value::list(call.arena, items, {}, args[0].rest());
}

Value sum(Call& call, Args args) {
  Value total = Value::integer(0);
  if (!is_certain(args[0])) return call.unknown();
  for (const Value& item : args[0].items()) {
    if (item.is_unknown()) return call.unknown();
    std::string error;
    total = calculate(call.arena, Operator::kAdd, Arithmetic::kDynamic, total, item, error);
    if (!error.empty()) return call.fail(std::move(error));
  }
  return total;
}

Value extreme(Call& call, const Value& list, int sign, std::string_view name) {
  if (!is_certain(list)) return call.unknown();
  const Items state = order_of(list);
  if (state == Items::kUnknown) return call.unknown();
  if (state == Items::kUnordered)
    return call.fail("`" + std::string(name) + "` takes numbers, strings or bools, all of one type");
  if (list.items().empty()) return call.fail("`" + std::string(name) + "` of an empty list");
  Value best = list.items().front();
  for (const Value& item : list.items()) {
    if (order(item, best) * sign > 0) best = item;
  }
  return best;
}

Value min(Call& call, Args args) {
  return extreme(call, args[0], -1, "min");
}
Value max(Call& call, Args args) {
  return extreme(call, args[0], 1, "max");
}

Value first(Call& call, Args args) {
  const auto items = args[0].items();
  if (items.empty() && args[0].rest() == nullptr) return call.fail("`first` of an empty list");
  return items.empty() || items.front().is_maybe() ? call.unknown() : items.front();
}

Value last(Call& call, Args args) {
  const auto items = args[0].items();
  if (items.empty() && args[0].rest() == nullptr) return call.fail("`last` of an empty list");
  return args[0].rest() != nullptr || items.back().is_maybe() ? call.unknown() : items.back();
}

Value index_of(Call& call, Args args) {
  const auto items = args[0].items();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Truth same = equals(call.host, items[i], args[1]);
    if (same == Truth::kUnknown || items[i].is_maybe()) return call.unknown();
    if (same == Truth::kTrue) return Value::integer(static_cast<std::int64_t>(i));
  }
  return args[0].rest() != nullptr ? call.unknown() : Value::integer(-1);
}

// An item of the second list as it is found in the first one; one that may be missing decides nothing by itself.
Value contains_any(Call& call, Args args) {
  Truth result = args[1].rest() == nullptr ? Truth::kFalse : Truth::kUnknown;
  for (const Value& item : args[1].items()) {
    Truth found = contains_item(call.host, args[0], item);
    if (found == Truth::kTrue && item.is_maybe()) found = Truth::kUnknown;
    result = either(result, found);
  }
  return truth(call, result);
}

Value contains_all(Call& call, Args args) {
  Truth result = args[1].rest() == nullptr ? Truth::kTrue : Truth::kUnknown;
  for (const Value& item : args[1].items()) {
    Truth found = contains_item(call.host, args[0], item);
    if (found == Truth::kFalse && item.is_maybe()) found = Truth::kUnknown;
    result = both(result, found);
  }
  return truth(call, result);
}

Value range(Call& call, Args args) {
  constexpr std::int64_t kMost = 10'000;
  const std::int64_t end = args[0].as_integer();
  if (end > kMost) return call.fail("`lists.range` is too long");
  std::vector<Value> items;
  for (std::int64_t i = 0; i < end; ++i) items.push_back(Value::integer(i));
  return Value::list(call.arena, items);
}

constexpr Function kFunctions[] = {
    {"size", "list<T> -> int", size_list},
    {".size", "list<T> -> int", size_list},
    {"size", "map<T> -> int", size_map},
    {".size", "map<T> -> int", size_map},
    {".distinct", "list<T> -> list<T>", distinct},
    {".flatten", "list<list<T>> -> list<T>", flatten_once},
    {".flatten", "list<T> -> list<dyn>", flatten_once},
    {".flatten", "list<T>, int -> list<dyn>", flatten_depth},
    {".sort", "list<T> -> list<T>", sort},
    {".isSorted", "list<T> -> bool", is_sorted},
    {".slice", "list<T>, int, int -> list<T>", slice},
    {".reverse", "list<T> -> list<T>", reverse},
    {".sum", "list<T> -> T", sum},
    {".min", "list<T> -> T", min},
    {".max", "list<T> -> T", max},
    {".first", "list<T> -> T", first},
    {".last", "list<T> -> T", last},
    {".indexOf", "list<T>, T -> int", index_of},
    {".containsAny", "list<T>, list<T> -> bool", contains_any},
    {".containsAll", "list<T>, list<T> -> bool", contains_all},
    {"lists.range", "int -> list<int>", range},
};

}  // namespace

std::span<const Function> list_functions() {
  return kFunctions;
}

}  // namespace halint::cel
