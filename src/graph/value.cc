// Making and reading values. Their equality is in value_equality.cc.
// SPDX-License-Identifier: Apache-2.0
#include "graph/value.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>

namespace halint {

struct Value::ListData {
  std::span<const Value> items;
  const Unknown* rest = nullptr;
};

struct Value::LongNumber {
  std::string_view digits;
  double near = 0;
};

struct Value::MapData {
  std::span<const Member> members;
};

bool operator==(const Symbol& a, const Symbol& b) {
  return a.kind == b.kind && a.address == b.address && std::ranges::equal(a.path, b.path);
}

Value Value::null(Span origin) {
  Value value;
  value.kind_ = ValueKind::kNull;
  value.origin_ = origin;
  return value;
}

Value Value::boolean(bool boolean, Span origin) {
  Value value;
  value.kind_ = ValueKind::kBool;
  value.origin_ = origin;
  value.payload_.boolean = boolean;
  return value;
}

Value Value::integer(std::int64_t integer, Span origin) {
  Value value;
  value.kind_ = ValueKind::kNumber;
  value.flags_ = kIsInteger;
  value.origin_ = origin;
  value.payload_.integer = integer;
  return value;
}

Value Value::real(double real, Span origin) {
  constexpr double kExact = 9007199254740992.0;  // 2^53: beyond it a double does not hold each integer.
  if (std::nearbyint(real) == real && std::abs(real) <= kExact) {
    return integer(static_cast<std::int64_t>(real), origin);
  }
  Value value;
  value.kind_ = ValueKind::kNumber;
  value.origin_ = origin;
  value.payload_.real = real;
  return value;
}

Value Value::string(Arena& arena, std::string_view text, Span origin) {
  Value value;
  value.kind_ = ValueKind::kString;
  value.origin_ = origin;
  value.payload_.text = arena.make<std::string_view>(text);
  return value;
}

Value Value::text_template(Arena& arena, std::span<const Value> parts, Span origin) {
  std::vector<Value> joined;
  std::string known;
  Span known_origin;
  auto flush = [&] {
    if (!known.empty()) joined.push_back(string(arena, arena.copy(std::string_view(known)), known_origin));
    known.clear();
  };
  for (const Value& part : parts) {
    if (part.is(ValueKind::kString)) {
      if (known.empty()) known_origin = part.origin();
      known += part.as_string();
    } else if (part.is(ValueKind::kTemplate)) {
      flush();
      joined.insert(joined.end(), part.items().begin(), part.items().end());
    } else {
      flush();
      joined.push_back(part);
    }
  }
  flush();
  if (joined.empty()) return string(arena, {}, origin);
  if (joined.size() == 1 && joined[0].is(ValueKind::kString)) {
    return origin.is_known() ? joined[0].with_origin(origin) : joined[0];
  }
  Value value = list(arena, joined, origin);
  value.kind_ = ValueKind::kTemplate;
  return value;
}

Value Value::list(Arena& arena, std::span<const Value> items, Span origin, const Unknown* rest) {
  Value value;
  value.kind_ = ValueKind::kList;
  value.origin_ = origin;
  value.payload_.list = arena.make<ListData>(arena.copy(items), rest);
  return value;
}

Value Value::set(Arena& arena, std::span<const Value> items, Span origin, const Unknown* rest) {
  Value value = list(arena, items, origin, rest);
  value.kind_ = ValueKind::kSet;
  return value;
}

Value Value::map(Arena& arena, std::vector<Member> members, Span origin) {
  std::ranges::stable_sort(members, {}, &Member::key);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    bool is_last_of_key = i + 1 == members.size() || members[i + 1].key != members[i].key;
    if (is_last_of_key) members[kept++] = members[i];
  }
  members.resize(kept);
  Value value;
  value.kind_ = ValueKind::kMap;
  value.origin_ = origin;
  value.payload_.map = arena.make<MapData>(arena.copy(members));
  return value;
}

Value Value::interval(Arena& arena, Interval bounds, Span origin) {
  if (bounds.lower == bounds.upper) return real(bounds.lower, origin);
  Value value;
  value.kind_ = ValueKind::kInterval;
  value.origin_ = origin;
  value.payload_.interval = arena.make<Interval>(bounds);
  return value;
}

Value Value::unknown(const Unknown* why, Span origin) {
  assert(why != nullptr && "an unknown says why");
  Value value;
  value.kind_ = ValueKind::kUnknown;
  value.origin_ = origin;
  value.payload_.unknown = why;
  return value;
}

Value Value::unknown(Arena& arena, const Unknown& why, Span origin) {
  return unknown(arena.make<Unknown>(why), origin);
}

Value Value::long_number(Arena& arena, std::string_view digits, double near, Span origin) {
  Value value;
  value.kind_ = ValueKind::kNumber;
  value.flags_ = kIsLong;
  value.origin_ = origin;
  value.payload_.number = arena.make<LongNumber>(arena.copy(digits), near);
  return value;
}

Value Value::node(NodeId id, Span origin) {
  Value value;
  value.kind_ = ValueKind::kNode;
  value.origin_ = origin;
  value.payload_.node = id.index;
  return value;
}

Value Value::zone(const ZoneTerm* term, Span origin) {
  assert(term != nullptr && "a zone value has a term");
  Value value;
  value.kind_ = ValueKind::kZone;
  value.origin_ = origin;
  value.payload_.zone = term;
  return value;
}

bool Value::is_wholly_known() const {
  switch (kind_) {
    case ValueKind::kUnknown:
    case ValueKind::kInterval:
    case ValueKind::kTemplate:
      return false;
    case ValueKind::kList:
    case ValueKind::kSet:
      return rest() == nullptr &&
             std::ranges::all_of(items(), [](const Value& item) { return !item.is_maybe() && item.is_wholly_known(); });
    case ValueKind::kMap:
      return std::ranges::all_of(members(), [](const Member& member) { return member.value.is_wholly_known(); });
    default:
      return true;
  }
}

bool Value::as_bool() const {
  assert(kind_ == ValueKind::kBool && "the value is a bool");
  return payload_.boolean;
}

bool Value::is_integer() const {
  return kind_ == ValueKind::kNumber && (flags_ & kIsInteger) != 0;
}

std::int64_t Value::as_integer() const {
  assert(kind_ == ValueKind::kNumber && "the value is a number");
  if (is_integer()) return payload_.integer;
  constexpr double kLimit = 9223372036854774784.0;  // The largest double below 2^63.
  return static_cast<std::int64_t>(std::clamp(as_number(), -kLimit, kLimit));
}

double Value::as_number() const {
  assert(kind_ == ValueKind::kNumber && "the value is a number");
  if ((flags_ & kIsLong) != 0) return payload_.number->near;
  return is_integer() ? static_cast<double>(payload_.integer) : payload_.real;
}

std::string_view Value::digits() const {
  assert(kind_ == ValueKind::kNumber && "the value is a number");
  return (flags_ & kIsLong) != 0 ? payload_.number->digits : std::string_view();
}

std::string_view Value::as_string() const {
  assert(kind_ == ValueKind::kString && "the value is a string");
  return *payload_.text;
}

std::span<const Value> Value::items() const {
  assert((kind_ == ValueKind::kList || kind_ == ValueKind::kSet || kind_ == ValueKind::kTemplate) &&
         "the value has items");
  return payload_.list->items;
}

std::span<const Member> Value::members() const {
  assert(kind_ == ValueKind::kMap && "the value is a map");
  return payload_.map->members;
}

const Value& Value::member(std::string_view key) const {
  static const Value kNothing;
  std::span<const Member> all = members();
  auto found = std::ranges::lower_bound(all, key, {}, &Member::key);
  return found != all.end() && found->key == key ? found->value : kNothing;
}

const Unknown& Value::why() const {
  assert(kind_ == ValueKind::kUnknown && "the value is unknown");
  return *payload_.unknown;
}

Interval Value::bounds() const {
  if (kind_ == ValueKind::kNumber) return {as_number(), as_number()};
  assert(kind_ == ValueKind::kInterval && "the value is a number or an interval");
  return *payload_.interval;
}

NodeId Value::as_node() const {
  assert(kind_ == ValueKind::kNode && "the value is a node");
  return {payload_.node};
}

const ZoneTerm& Value::as_zone() const {
  assert(kind_ == ValueKind::kZone && "the value is a zone");
  return *payload_.zone;
}

const Unknown* Value::rest() const {
  if (kind_ != ValueKind::kList && kind_ != ValueKind::kSet) return nullptr;
  return payload_.list->rest;
}

const Symbol* Value::symbol() const {
  return kind_ == ValueKind::kUnknown ? payload_.unknown->symbol : nullptr;
}

Value Value::with_origin(Span origin) const {
  Value copy = *this;
  copy.origin_ = origin;
  return copy;
}

Value Value::with_sensitive(bool sensitive) const {
  Value copy = *this;
  copy.flags_ = static_cast<std::uint8_t>(sensitive ? flags_ | kSensitive : flags_ & ~kSensitive);
  return copy;
}

Value Value::with_maybe(bool maybe) const {
  Value copy = *this;
  copy.flags_ = static_cast<std::uint8_t>(maybe ? flags_ | kMaybe : flags_ & ~kMaybe);
  return copy;
}

}  // namespace halint
