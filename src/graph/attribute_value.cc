// An attribute of a node, out of what the format's body says: paths, coercion, renamed words.
// SPDX-License-Identifier: Apache-2.0
#include "graph/attribute_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/base64.h"
#include "base/cidr.h"

namespace halint {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool is_list(const Value& value) {
  return value.is(ValueKind::kList) || value.is(ValueKind::kSet);
}

Value misfit(Arena& arena, const Value& value, const Type& type) {
  bool is_short = value.is(ValueKind::kString) || value.is(ValueKind::kBool) || value.is(ValueKind::kNumber);
  std::string what = is_short ? fmt::format("`{}`", to_text(value)) : value.is(ValueKind::kMap) ? "a map" : "a list";
  std::string detail = fmt::format("{} is no {}", what, to_text(type));
  return Value::unknown(arena, {UnknownReason::kInvalid, arena.copy(detail), {}, nullptr, Shape::kAny}, value.origin());
}

Value as_bool(Arena& arena, const Type& type, const Value& value) {
  if (value.is(ValueKind::kBool)) return value;
  if (!value.is(ValueKind::kString)) return misfit(arena, value, type);
  std::string word = lower_case(trimmed(value.as_string()));
  if (word == "true" || word == "1" || word == "yes") return Value::boolean(true, value.origin());
  if (word == "false" || word == "0" || word == "no") return Value::boolean(false, value.origin());
  return misfit(arena, value, type);
}

Value as_number(Arena& arena, const Type& type, const Value& value) {
  if (value.is(ValueKind::kNumber) || value.is(ValueKind::kInterval)) return value;
  if (!value.is(ValueKind::kString)) return misfit(arena, value, type);
  std::string_view text = trimmed(value.as_string());
  double number = 0;
  auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || fault != std::errc() || end != text.data() + text.size()) return misfit(arena, value, type);
  return Value::real(number, value.origin());
}

Value as_text(Arena& arena, const Type& type, const Value& value) {
  if (value.is(ValueKind::kString)) return value;
  if (value.is(ValueKind::kBool) || value.is(ValueKind::kNumber)) {
    return Value::string(arena, arena.copy(to_text(value)), value.origin());
  }
  return misfit(arena, value, type);
}

// Renamed and lower-cased words.
Value replaced(Arena& arena, const AttributeSource& source, const Value& value) {
  if (!source.lower && source.values.empty()) return value;
  std::string word;
  if (value.is(ValueKind::kString)) {
    word = source.lower ? lower_case(trimmed(value.as_string())) : std::string(value.as_string());
  } else if (value.is(ValueKind::kBool) || value.is(ValueKind::kNumber)) {
    word = to_text(value);
  } else {
    return value;
  }
  for (const auto& [from, to] : source.values) {
    if (from == word) return to.with_origin(value.origin());
  }
  if (source.lower && value.is(ValueKind::kString)) return Value::string(arena, arena.copy(word), value.origin());
  return value;
}

Value items_of(Arena& arena, const Found& found, Span origin) {
  std::vector<Value> items;
  const Unknown* rest = found.rest;
  for (const Found::Item& item : found.items) {
    if (!is_list(item.value)) {
      items.push_back(item.value);
      continue;
    }
    for (const Value& inner : item.value.items()) items.push_back(inner);
    if (item.value.rest() != nullptr) rest = item.value.rest();
  }
  return Value::list(arena, items, origin, rest);
}

Value pairs_of(Arena& arena, const AttributeSource& source, const Found& found) {
  std::vector<Member> members;
  for (const Found::Item& item : found.items) {
    // A plain map is as good.
    if (item.value.is(ValueKind::kMap) && item.value.member(source.key).is_absent()) return item.value;
    if (item.value.is_unknown()) return item.value;
    std::span<const Value> blocks = is_list(item.value) ? item.value.items() : std::span<const Value>(&item.value, 1);
    if (is_list(item.value) && item.value.rest() != nullptr) return Value::unknown(item.value.rest());
    for (const Value& block : blocks) {
      if (!block.is(ValueKind::kMap)) return block.is_unknown() ? block : Value::absent();
      const Value& key = block.member(source.key);
      if (const Unknown* why = reason_in(key)) return Value::unknown(why);
      if (key.is(ValueKind::kString)) members.push_back({key.as_string(), block.member(source.value), item.span});
    }
  }
  return Value::map(arena, std::move(members), found.items.empty() ? Span() : found.items.front().value.origin());
}

// One setting of a map: `load_balancing.cross_zone.enabled`.
Value picked(const AttributeSource& source, const Value& pairs) {
  if (source.pick.empty() || !pairs.is(ValueKind::kMap)) return pairs;
  return pairs.member(source.pick);
}

// A block that may not be there makes what it says uncertain.
Value certain(Arena& arena, const Found::Item& item) {
  if (!item.value.is_maybe() || item.value.is_unknown()) return item.value;
  constexpr std::string_view kDetail = "the block that sets it may not be there";
  return Value::unknown(arena, {UnknownReason::kMultiplicity, kDetail, {}, nullptr, Shape::kAny}, item.value.origin());
}

Value presence(const Found& found) {
  for (const Found::Item& item : found.items) {
    if (!item.value.is_unknown() && !item.value.is_maybe()) return Value::boolean(true, item.value.origin());
  }
  if (found.items.empty()) return found.rest == nullptr ? Value::boolean(false) : Value::unknown(found.rest);
  const Value& first = found.items.front().value;
  // An attribute of something else is there, whatever it is; a variable may be null.
  bool is_there = first.symbol() != nullptr && first.symbol()->kind == Symbol::Kind::kResource && !first.is_maybe();
  if (is_there) return Value::boolean(true, first.origin());
  return first.is_unknown() ? first : Value::absent();
}

// CloudFormation's `max_connections: 500` is a text like any other setting.
Value with_texts(Arena& arena, const Type& type, const Value& map) {
  bool is_of_texts = type.element != nullptr && type.element->kind == Type::Kind::kString;
  auto is_text = [](const Member& member) {
    return !member.value.is(ValueKind::kNumber) && !member.value.is(ValueKind::kBool);
  };
  if (!is_of_texts || std::ranges::all_of(map.members(), is_text)) return map;
  std::vector<Member> members(map.members().begin(), map.members().end());
  for (Member& member : members) {
    if (!is_text(member)) member.value = as_text(arena, *type.element, member.value);
  }
  return Value::map(arena, std::move(members), map.origin());
}

Value decoded(Arena& arena, const Value& value) {
  if (!value.is(ValueKind::kString)) return value;
  std::optional<std::string> text = decode_base64(value.as_string());
  return text ? Value::string(arena, arena.copy(std::string_view(*text)), value.origin()) : value;
}

Value convert(Arena& arena, const AttributeSource& source, const Type& type, Value value) {
  if (value.is_unset() || value.is_unknown() || type.kind == Type::Kind::kDynamic) return value;
  if (type.kind == Type::Kind::kMap) {
    return value.is(ValueKind::kMap) ? with_texts(arena, type, value) : misfit(arena, value, type);
  }
  if (type.kind == Type::Kind::kList) {
    std::vector<Value> items;
    if (!is_list(value)) {
      items.push_back(convert(arena, source, *type.element, value));
      return Value::list(arena, items, value.origin());
    }
    const Unknown* rest = value.rest();
    for (const Value& item : value.items()) {
      // A list in a list stands for its items: Terraform of old wrote `["${var.zones}"]` for `var.zones`.
      if (is_list(item) && item.rest() != nullptr) rest = item.rest();
      const bool is_flat = !is_list(item) || type.element->kind == Type::Kind::kList;
      for (const Value& part : is_flat ? std::span(&item, 1) : item.items()) {
        Value fit = convert(arena, source, *type.element, part);
        if (!fit.is_unset()) items.push_back(fit.with_maybe(item.is_maybe() || part.is_maybe()));
      }
    }
    return Value::list(arena, items, value.origin(), rest);
  }
  // A list of one stands for its item: how Terraform of old wrote blocks.
  while (is_list(value) && value.items().size() == 1 && value.rest() == nullptr) value = Value(value.items().front());
  if (value.is_unset() || value.is_unknown()) return value;
  if (is_list(value)) {
    if (const Unknown* why = reason_in(value)) return Value::unknown(why, value.origin());
    return value.items().empty() ? Value::absent() : misfit(arena, value, type);
  }
  value = replaced(arena, source, value);
  if (value.is_unset()) return Value::absent();  // A word that means "not written".
  if (source.is_base64) value = decoded(arena, value);
  bool is_text = type.kind == Type::Kind::kString || type.kind == Type::Kind::kCidr;
  if (value.is(ValueKind::kTemplate)) return is_text ? value : Value::unknown(reason_in(value), value.origin());
  if (type.kind == Type::Kind::kBool) return as_bool(arena, type, value);
  if (type.kind == Type::Kind::kInt || type.kind == Type::Kind::kDouble) return as_number(arena, type, value);
  if (!is_text) return value;
  value = as_text(arena, type, value);
  bool is_wrong = type.kind == Type::Kind::kCidr && value.is(ValueKind::kString) && !parse_cidr(value.as_string());
  return is_wrong ? misfit(arena, value, type) : value;
}

// A joined text with references in it, `subnet-1,${SubnetB}`: each item is a text of its own.
Value split_template(Arena& arena, char separator, const Value& value) {
  std::vector<Value> items, parts;
  auto finish = [&] {
    if (!parts.empty()) items.push_back(Value::text_template(arena, std::exchange(parts, {}), value.origin()));
  };
  for (const Value& part : value.items()) {
    if (!part.is(ValueKind::kString)) {
      parts.push_back(part);
      continue;
    }
    std::string_view text = part.as_string();
    for (bool is_first = true; is_first || !text.empty(); is_first = false) {
      std::size_t end = std::min(text.find(separator), text.size());
      std::string_view piece = trimmed(text.substr(0, end));
      if (!piece.empty()) parts.push_back(Value::string(arena, piece, part.origin()));
      if (end == text.size()) break;
      finish();
      text.remove_prefix(end + 1);
    }
  }
  finish();
  return Value::list(arena, items, value.origin());
}

}  // namespace

const Unknown* reason_in(const Value& value) {
  if (value.is_unknown()) return &value.why();
  if (is_list(value) || value.is(ValueKind::kTemplate)) {
    for (const Value& item : value.items()) {
      if (const Unknown* why = reason_in(item)) return why;
    }
    return is_list(value) ? value.rest() : nullptr;
  }
  if (value.is(ValueKind::kMap)) {
    for (const Member& member : value.members()) {
      if (const Unknown* why = reason_in(member.value)) return why;
    }
  }
  return nullptr;
}

Value split_items(Arena& arena, char separator, const Value& value) {
  if (separator == '\0') return value;
  if (value.is(ValueKind::kTemplate)) return split_template(arena, separator, value);
  if (!value.is(ValueKind::kString)) return value;
  std::vector<Value> items;
  std::string_view text = value.as_string();
  while (!text.empty()) {
    std::size_t end = std::min(text.find(separator), text.size());
    std::string_view part = trimmed(text.substr(0, end));
    if (!part.empty()) items.push_back(Value::string(arena, part, value.origin()));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return Value::list(arena, items, value.origin());
}

Value coerce(Arena& arena, const AttributeSource& source, const Type& type, const Value& written) {
  return convert(arena, source, type, split_items(arena, source.split, written));
}

AttributeValue read_attribute(Arena& arena, const AttributeSource& source, const Type& type, const Value& block,
                              const Value& resource) {
  using Form = AttributeSource::Form;
  if (source.form == Form::kConstant) return {source.fallback, {}};
  Found found;
  for (const SourcePath& path : source.from) {
    find_values(path, block, resource, found);
    if (source.form == Form::kFirst && found.is_set()) break;
  }
  Span span = found.items.empty() ? Span() : found.items.front().span;
  if (source.form == Form::kPresent) return {presence(found), span};
  if (!found.is_set()) return {};
  if (source.form == Form::kPairs) {
    if (found.rest != nullptr) return {Value::unknown(found.rest), span};
    return {coerce(arena, source, type, picked(source, pairs_of(arena, source, found))), span};
  }
  bool is_many = source.form == Form::kUnion || found.items.size() != 1 || found.rest != nullptr;
  if (!is_many) return {coerce(arena, source, type, certain(arena, found.items.front())), span};
  Span origin = found.items.empty() ? Span() : found.items.front().value.origin();
  return {coerce(arena, source, type, items_of(arena, found, origin)), span};
}

}  // namespace halint
