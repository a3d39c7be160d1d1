// Terraform's functions that take lists apart and put them together. Sets and maps are in functions_set.cc.
//
// Lists may be known in part: single items unknown, items that may be missing (`maybe`), more items at the end
// (`rest`). A position is certain only up to the first item that may be missing. SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_set>
#include <utility>

#include "terraform/functions/function_table.h"
#include "terraform/values/convert.h"
#include "terraform/values/number_text.h"
#include "terraform/values/operators.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

bool is_list(const Value& value) {
  return value.is(ValueKind::kList);
}

Value convert_all(const Call& call, const Value& list) {
  std::string error;
  Value converted = convert(call.arena, list, {TypeConstraint::Kind::kList, {TypeConstraint{}}, {}}, error);
  return error.empty() ? converted : call.fail(error);
}

// How many items from the front are certainly where they stand.
std::size_t certain_prefix(const Value& list) {
  auto first_maybe = std::ranges::find_if(list.items(), &Value::is_maybe);
  return static_cast<std::size_t>(first_maybe - list.items().begin());
}

// Stands in a list for "any number of items of `unknown`", so that positions behind it are not certain.
Value any_items_of(const Call& call, const Value& unknown) {
  return part_of_unknown(call.arena, unknown, {Step::Kind::kSplat, {}, 0}, {}).with_maybe();
}

Value any_items_of(const Call& call, const Unknown* rest) {
  return any_items_of(call, Value::unknown(rest));
}

Value concat(const Call& call) {
  std::vector<Value> items;
  const Unknown* rest = nullptr;
  bool is_uniform = true;
  std::size_t last_open = 0;
  for (std::size_t i = 0; i < call.size(); ++i) {
    const Value& list = call[i];
    if (list.is_unset()) return call.fail("an argument is null");
    if (!is_list(list) && !list.is_unknown()) {
      return call.fail(fmt::format("all arguments must be lists or tuples, not {}", kind_word(list)));
    }
    if (rest != nullptr && last_open + 1 == i) items.push_back(any_items_of(call, rest));
    const Unknown* open = list.is_unknown() ? &list.why() : list.rest();
    if (is_list(list)) items.insert(items.end(), list.items().begin(), list.items().end());
    is_uniform = is_uniform && (list.is_unknown() || list.is_uniform());
    if (open != nullptr) {
      rest = open;
      last_open = i;
    }
    if (call.exceeds_items(items.size())) return call.too_large("a list");
  }
  if (call.size() == 1 && call[0].is_unknown()) return call[0];
  Value all = call.tuple(items, rest);
  if (!is_uniform) return all;
  std::string error;
  TypeConstraint any_list{TypeConstraint::Kind::kList, {TypeConstraint{}}, {}};
  Value list = convert(call.arena, all, any_list, error);
  return error.empty() ? list : call.list(items, rest);
}

Value contains(const Call& call) {
  const Value& list = call[0];
  Truth found = list.rest() != nullptr ? Truth::kUnknown : Truth::kFalse;
  for (const Value& item : list.items()) {
    Truth same = terraform_equal(item, call[1]);
    if (same == Truth::kTrue && item.is_maybe()) same = Truth::kUnknown;
    found = either(found, same);
    if (found == Truth::kTrue) break;
  }
  return found == Truth::kUnknown ? call.unknown() : call.boolean(found == Truth::kTrue);
}

Value compact(const Call& call) {
  std::vector<Value> kept;
  for (const Value& item : call[0].items()) {
    if (item.is_unset() || (item.is(ValueKind::kString) && item.as_string().empty())) continue;
    bool is_certain = item.is(ValueKind::kString) || is_never_empty(item);
    kept.push_back(is_certain ? item : item.with_maybe());
  }
  return call.list(kept, call[0].rest());
}

// An unknown item may equal another one, and then it is not in the result.
bool may_repeat(const Value& item, std::span<const Value> others) {
  return std::ranges::any_of(others, [&](const Value& other) { return terraform_equal(item, other) != Truth::kFalse; });
}

bool is_known(const Value& value) {
  return first_unknown(value) == nullptr;
}

Value distinct(const Call& call) {
  Value list = convert_all(call, call[0]);
  if (list.is_unknown()) return list;
  constexpr std::size_t kMostUnknown = 500;
  std::unordered_set<std::string> seen;
  std::vector<Value> known;
  std::vector<Value> unknown;
  std::vector<Value> result;
  for (const Value& item : list.items()) {
    if (!is_known(item)) continue;
    if (seen.insert(key_of(item)).second) known.push_back(item);
  }
  seen.clear();
  for (const Value& item : list.items()) {
    std::optional<std::string> key = is_known(item) ? key_of(item) : identity_text(item);
    if (key && !seen.insert(*key).second) continue;
    if (is_known(item)) {
      result.push_back(item);
      continue;
    }
    bool is_maybe = unknown.size() > kMostUnknown || may_repeat(item, known) || may_repeat(item, unknown);
    unknown.push_back(item);
    result.push_back(is_maybe ? item.with_maybe() : item);
  }
  return call.list(result, list.rest());
}

// The item at `index`, wrapped around the length, of a list that is known in part.
Value element_at(const Call& call, const Value& list, std::int64_t index) {
  std::span<const Value> items = list.items();
  if (items.empty() && list.rest() == nullptr) return call.fail("the list is empty");
  bool wraps_to_first = !is_open(list) && index % static_cast<std::int64_t>(items.size()) == 0;
  if (index < 0 && !list.is_uniform() && !wraps_to_first)
    return call.fail("a negative index needs a list, not a tuple");
  if (!is_open(list)) {
    std::int64_t size = static_cast<std::int64_t>(items.size());
    return items[static_cast<std::size_t>(((index % size) + size) % size)];
  }
  bool is_certain = index >= 0 && static_cast<std::uint64_t>(index) < certain_prefix(list);
  return is_certain ? items[static_cast<std::size_t>(index)] : call.unknown();
}

Value element(const Call& call) {
  const Value& list = call[0];
  std::string error;
  Value index = to_number(call.arena, call[1], error);
  if (!error.empty()) return call.fail("the index must be a number");
  if (index.is(ValueKind::kNumber) && !index.is_integer()) return call.fail("the index must be a whole number");
  if (list.is_unknown()) {
    if (index.is(ValueKind::kNumber)) {
      return part_of_unknown(call.arena, list, {Step::Kind::kElement, {}, index.as_integer()}, {});
    }
    std::optional<std::string> text = identity_text(index);
    if (!text) return call.unknown();
    return part_of_unknown(call.arena, list, {Step::Kind::kSome, call.arena.copy(std::string_view(*text)), 0}, {});
  }
  if (!is_list(list)) return call.fail(fmt::format("elements are read from a list or tuple, not {}", kind_word(list)));
  if (index.is(ValueKind::kNumber)) return element_at(call, list, index.as_integer());
  bool all_same = !list.items().empty() && !is_open(list) && std::ranges::all_of(list.items(), [&](const Value& item) {
    return terraform_equal(item, list.items().front()) == Truth::kTrue;
  });
  return all_same ? list.items().front() : call.unknown();
}

struct Flat {
  std::vector<Value> items;
  const Unknown* rest = nullptr;
  bool is_gap_pending = false;  // The last list was open: what follows has no certain position.
  bool is_too_large = false;
  WalkBudget budget = {};
};

void flatten_into(const Call& call, const Value& value, Flat& flat, bool is_maybe, int depth) {
  if (call.exceeds_items(flat.items.size()) || depth > kDeepestValue || !flat.budget.spend()) {
    flat.is_too_large = true;
    return;
  }
  is_maybe = is_maybe || value.is_maybe();
  if (value.is(ValueKind::kList) || value.is(ValueKind::kSet)) {
    for (const Value& item : value.items()) {
      if (std::exchange(flat.is_gap_pending, false)) flat.items.push_back(any_items_of(call, flat.rest));
      flatten_into(call, item, flat, is_maybe, depth + 1);
      if (flat.is_too_large) return;
    }
    if (value.rest() != nullptr) {
      flat.rest = value.rest();
      flat.is_gap_pending = true;
    }
    return;
  }
  // Something unknown may be a list; an id is none.
  if (value.is_unknown() && !is_never_empty(value)) {
    flat.items.push_back(any_items_of(call, value));
    flat.rest = &value.why();
    return;
  }
  flat.items.push_back(is_maybe ? value.with_maybe() : value);
}

Value flatten(const Call& call) {
  Flat flat;
  flatten_into(call, call[0], flat, false, 0);
  if (flat.is_too_large) return call.too_large("a list");
  return call.tuple(flat.items, flat.rest);
}

Value index_of(const Call& call) {
  const Value& list = call[0];
  if (!is_list(list)) return call.fail("the first argument must be a list or tuple");
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    Truth same = terraform_equal(list.items()[i], call[1]);
    if (same == Truth::kTrue && i < certain_prefix(list)) return call.integer_value(static_cast<std::int64_t>(i));
    if (same != Truth::kFalse) return call.unknown();
  }
  return list.rest() != nullptr ? call.unknown() : call.fail("the item is not in the list");
}

Value one(const Call& call) {
  const Value& list = call[0];
  if (!list.is(ValueKind::kList) && !list.is(ValueKind::kSet)) return call.fail("the argument must be a list or set");
  if (certain_items(list) > 1) return call.fail("the list has more than one item");
  if (list.rest() != nullptr) return call.unknown();
  if (list.items().empty()) return Value::null(call.span);
  const Value& first = list.items().front();
  // `one(aws_x.y[*].id)` with an unknown count: that thing, if there is one.
  if (list.items().size() == 1)
    return first.is_maybe() && !first.is_unknown() ? call.unknown() : first.with_maybe(false);
  return call.unknown();
}

Value reverse(const Call& call) {
  const Value& list = call[0];
  std::vector<Value> items;
  if (list.rest() != nullptr) items.push_back(any_items_of(call, list.rest()));
  items.insert(items.end(), list.items().rbegin(), list.items().rend());
  bool is_uniform = list.is_uniform() || list.is(ValueKind::kSet);
  return is_uniform ? call.list(items, list.rest()) : call.tuple(items, list.rest());
}

// Bounds of a position: 2 is [2, 2], an unknown one [0, infinity).
Interval position_bounds(const Value& number) {
  if (number.is(ValueKind::kNumber) || number.is(ValueKind::kInterval)) return number.bounds();
  return {};
}

// `slice(azs, 0, 3)` of unknown zones: three of them, assumed to be there.
Value slice_unknown(const Call& call, std::int64_t start, Interval end) {
  if (std::isinf(end.upper) || end.upper < static_cast<double>(start)) return call.unknown();
  if (call.exceeds_items(static_cast<std::uint64_t>(end.upper) - static_cast<std::uint64_t>(start))) {
    return call.too_large("a list");
  }
  std::vector<Value> items;
  for (std::int64_t i = start; i < static_cast<std::int64_t>(end.upper); ++i) {
    Value item = part_of_unknown(call.arena, call[0], {Step::Kind::kIndex, {}, i}, {});
    items.push_back(static_cast<double>(i) < end.lower ? item : item.with_maybe());
  }
  return call.list(items);
}

Value slice(const Call& call) {
  const Value& list = call[0];
  if (!is_list(list) && !list.is_unknown()) return call.fail("the first argument must be a list or tuple");
  std::string error;
  Value start_value = to_number(call.arena, call[1], error);
  Value end_value = to_number(call.arena, call[2], error);
  if (!error.empty()) return call.fail("the indexes must be numbers");
  bool whole = (!start_value.is(ValueKind::kNumber) || start_value.is_integer()) &&
               (!end_value.is(ValueKind::kNumber) || end_value.is_integer());
  if (!whole) return call.fail("the indexes must be whole numbers");
  if (!start_value.is(ValueKind::kNumber)) return call.unknown();
  std::int64_t start = start_value.as_integer();
  Interval end = position_bounds(end_value);
  if (start < 0) return call.fail("the start index must not be less than zero");
  if (end.upper < static_cast<double>(start))
    return call.fail("the start index must not be greater than the end index");
  if (list.is_unknown()) return slice_unknown(call, start, end);
  double size = static_cast<double>(list.items().size());
  if (!is_open(list) && end.lower > size)
    return call.fail("the end index must not be greater than the length of the list");
  bool is_certain = !is_open(list) || end.upper <= static_cast<double>(certain_prefix(list));
  if (!is_certain || static_cast<double>(start) > size) return call.unknown();
  std::vector<Value> items;
  for (std::int64_t i = start; i < static_cast<std::int64_t>(std::min(end.upper, size)); ++i) {
    const Value& item = list.items()[static_cast<std::size_t>(i)];
    items.push_back(static_cast<double>(i) < end.lower ? item : item.with_maybe());
  }
  return list.is_uniform() ? call.list(items) : call.tuple(items);
}

Value sort(const Call& call) {
  const Value& list = call[0];
  if (is_open(list)) return call.unknown();
  std::vector<Value> items(list.items().begin(), list.items().end());
  if (std::ranges::any_of(items, &Value::is_unset)) return call.fail("an item is null");
  bool all_known = std::ranges::all_of(items, [](const Value& item) { return item.is(ValueKind::kString); });
  if (all_known) {
    std::ranges::stable_sort(items, {}, [](const Value& item) { return item.as_string(); });
  } else if (items.size() > 1) {
    // How many there are is known, but not which is where.
    Value whole = call.unknown();
    for (std::size_t i = 0; i < items.size(); ++i) {
      items[i] = part_of_unknown(call.arena, whole, {Step::Kind::kIndex, {}, static_cast<std::int64_t>(i)}, {});
    }
  }
  return call.list(items);
}

Value chunklist(const Call& call) {
  if (call.integer(1) < 0) return call.fail("the size must not be negative");
  Value list = convert_all(call, call[0]);
  if (list.is_unknown()) return list;
  if (is_open(list)) return call.unknown();
  std::span<const Value> items = list.items();
  std::size_t size =
      call.integer(1) == 0 ? std::max<std::size_t>(items.size(), 1) : static_cast<std::size_t>(call.integer(1));
  std::vector<Value> chunks;
  for (std::size_t i = 0; i < items.size(); i += std::min(size, items.size() - i)) {
    std::span<const Value> chunk = items.subspan(i, std::min(size, items.size() - i));
    chunks.push_back(Value::list(call.arena, chunk, list.origin()).with_uniform());
  }
  return call.list(chunks);
}

// `is_all`: alltrue, otherwise anytrue. Null counts as false.
Value quantify(const Call& call, bool is_all) {
  const Value& list = call[0];
  Truth result = is_all ? Truth::kTrue : Truth::kFalse;
  if (list.rest() != nullptr) result = Truth::kUnknown;
  for (const Value& item : list.items()) {
    std::string error;
    Value value = to_bool(call.arena, item, error);
    if (!error.empty()) return call.fail("the items must be bools");
    Truth truth = value.is_unset() ? Truth::kFalse : Truth::kUnknown;
    if (value.is(ValueKind::kBool)) truth = value.as_bool() ? Truth::kTrue : Truth::kFalse;
    bool changes = truth == (is_all ? Truth::kFalse : Truth::kTrue);
    if (changes && item.is_maybe()) truth = Truth::kUnknown;
    if (!changes && item.is_maybe()) continue;
    result = is_all ? both(result, truth) : either(result, truth);
  }
  return result == Truth::kUnknown ? call.unknown() : call.boolean(result == Truth::kTrue);
}

Value alltrue(const Call& call) {
  return quantify(call, true);
}

Value anytrue(const Call& call) {
  return quantify(call, false);
}

constexpr Function kFunctions[] = {
    {"alltrue", "l", alltrue},
    {"anytrue", "l", anytrue},
    {"chunklist", "li", chunklist, Secrets::kParts},
    {"compact", "L", compact, Secrets::kParts},
    {"concat", "v+", concat, Secrets::kParts},
    {"contains", "lw", contains},
    {"distinct", "l", distinct, Secrets::kParts},
    {"element", "ww", element, Secrets::kParts},
    {"flatten", "l", flatten, Secrets::kParts},
    {"index", "lw", index_of},
    {"one", "l", one, Secrets::kParts},
    {"reverse", "l", reverse, Secrets::kParts},
    {"slice", "www", slice, Secrets::kParts},
    {"sort", "L", sort, Secrets::kParts},
};

}  // namespace

std::span<const Function> collection_functions() {
  return kFunctions;
}

}  // namespace halint
