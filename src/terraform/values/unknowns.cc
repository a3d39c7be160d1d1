// Finds why values are unknown and names results by the call that makes them.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/values/unknowns.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "terraform/values/number_text.h"

namespace halint {
namespace {

constexpr std::size_t kLongestIdentity = 600;

constexpr Unknown kUnsaid{UnknownReason::kComputed, "only its bounds are known", {}, nullptr, Shape::kAny};
constexpr Unknown kMaybeThere{
    UnknownReason::kMultiplicity, "whether an item is in the list depends on a condition", {}, nullptr, Shape::kAny};
constexpr Unknown kTooLarge{
    UnknownReason::kLimit, "the value is larger or deeper than the limit", {}, nullptr, Shape::kAny};

const Unknown* unknown_in(const Value& value, int depth, WalkBudget& budget) {
  if (depth > kDeepestValue || !budget.spend()) return &kTooLarge;
  switch (value.kind()) {
    case ValueKind::kUnknown:
      return &value.why();
    case ValueKind::kInterval:
      return value.bounds().why != nullptr ? value.bounds().why : &kUnsaid;
    case ValueKind::kTemplate:
    case ValueKind::kList:
    case ValueKind::kSet:
      for (const Value& item : value.items()) {
        if (const Unknown* why = unknown_in(item, depth + 1, budget)) return why;
      }
      if (value.rest() != nullptr) return value.rest();
      if (value.is(ValueKind::kTemplate)) return &kUnsaid;
      return std::ranges::any_of(value.items(), &Value::is_maybe) ? &kMaybeThere : nullptr;
    case ValueKind::kMap:
      for (const Member& member : value.members()) {
        if (const Unknown* why = unknown_in(member.value, depth + 1, budget)) return why;
      }
      return nullptr;
    default:
      return nullptr;
  }
}

void append_quoted(std::string_view text, std::string& out) {
  out += '"';
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

struct Writer {
  std::string out;
  bool is_identity = true;  // Short, without secrets.
  WalkBudget budget = {};

  bool append(const Value& value, int depth);
  bool append_items(const Value& list, int depth);
  bool append_members(const Value& map, int depth);
};

bool Writer::append_items(const Value& list, int depth) {
  if (list.rest() != nullptr) return false;
  out += list.is(ValueKind::kTemplate) ? "\"\"[" : list.is(ValueKind::kSet) ? "{" : "[";
  std::string_view separator;
  for (const Value& item : list.items()) {
    out += separator;
    separator = ", ";
    if (item.is_maybe() || !append(item, depth + 1)) return false;
  }
  out += list.is(ValueKind::kSet) ? '}' : ']';
  return true;
}

bool Writer::append_members(const Value& map, int depth) {
  out += '{';
  std::string_view separator;
  for (const Member& member : map.members()) {
    out += separator;
    separator = ", ";
    append_quoted(member.key, out);
    out += " = ";
    if (!append(member.value, depth + 1)) return false;
  }
  out += '}';
  return true;
}

bool Writer::append(const Value& value, int depth) {
  if (depth > kDeepestValue || !budget.spend()) return false;
  if (is_identity && (value.is_sensitive() || out.size() > kLongestIdentity)) return false;
  switch (value.kind()) {
    case ValueKind::kAbsent:
    case ValueKind::kNull:
      out += "null";
      return true;
    case ValueKind::kBool:
      out += value.as_bool() ? "true" : "false";
      return true;
    case ValueKind::kNumber:
      out += number_text(value);
      return true;
    case ValueKind::kString:
      append_quoted(value.as_string(), out);
      return true;
    case ValueKind::kTemplate:
    case ValueKind::kList:
    case ValueKind::kSet:
      return append_items(value, depth);
    case ValueKind::kMap:
      return append_members(value, depth);
    case ValueKind::kUnknown:
      if (value.symbol() == nullptr) return false;
      out += to_text(*value.symbol());
      return true;
    default:
      return false;
  }
}

bool secret_in(const Value& value, int depth, WalkBudget& budget) {
  // What is too large to look through may hold one.
  if (value.is_sensitive() || depth > kDeepestValue || !budget.spend()) return true;
  auto secret = [&](const Value& item) { return secret_in(item, depth + 1, budget); };
  switch (value.kind()) {
    case ValueKind::kTemplate:
    case ValueKind::kList:
    case ValueKind::kSet:
      return std::ranges::any_of(value.items(), secret);
    case ValueKind::kMap:
      return std::ranges::any_of(value.members(), secret, &Member::value);
    default:
      return false;
  }
}

}  // namespace

const Unknown* first_unknown(const Value& value) {
  WalkBudget budget;
  return unknown_in(value, 0, budget);
}

std::optional<std::string> identity_text(const Value& value) {
  Writer writer;
  if (!writer.append(value, 0) || writer.out.size() > kLongestIdentity) return std::nullopt;
  return std::move(writer.out);
}

std::optional<std::string> identity_text(std::string_view function, std::span<const Value> arguments) {
  Writer writer;
  writer.out = fmt::format("{}(", function);
  std::string_view separator;
  for (const Value& argument : arguments) {
    writer.out += separator;
    separator = ", ";
    if (!writer.append(argument, 0)) return std::nullopt;
  }
  writer.out += ')';
  if (writer.out.size() > kLongestIdentity) return std::nullopt;
  return std::move(writer.out);
}

std::string key_of(const Value& value) {
  Writer writer;
  writer.is_identity = false;
  writer.append(value, 0);
  return std::move(writer.out);
}

bool is_never_empty(const Value& value) {
  if (value.is(ValueKind::kTemplate)) {
    return std::ranges::any_of(value.items(), [](const Value& part) {
      return part.is(ValueKind::kString) ? !part.as_string().empty() : is_never_empty(part);
    });
  }
  if (value.symbol() == nullptr || value.symbol()->path.empty()) return false;
  const Symbol& symbol = *value.symbol();
  const Step& last = symbol.path.back();
  bool is_made = symbol.kind == Symbol::Kind::kResource && value.why().reason == UnknownReason::kComputed;
  bool is_zone = value.why().shape == Shape::kZoneName || value.why().shape == Shape::kZoneId;
  if (is_made) return last.kind == Step::Kind::kAttribute && (last.name == "id" || last.name == "arn");
  return is_zone && (last.kind == Step::Kind::kIndex || last.kind == Step::Kind::kElement);
}

Value unknown_result(Arena& arena, std::string_view function, std::span<const Value> arguments, Span origin) {
  Unknown result = kUnsaid;
  for (const Value& argument : arguments) {
    if (const Unknown* why = first_unknown(argument)) {
      result = *why;
      break;
    }
  }
  result.symbol = nullptr;
  result.shape = Shape::kAny;
  if (result.reason == UnknownReason::kInvalid) return Value::unknown(arena, result, origin);
  if (std::optional<std::string> identity = identity_text(function, arguments)) {
    result.symbol =
        arena.make<Symbol>(Symbol::Kind::kCall, arena.copy(std::string_view(*identity)), std::span<const Step>{});
  }
  return Value::unknown(arena, result, origin);
}

bool holds_secret(const Value& value) {
  WalkBudget budget;
  return secret_in(value, 0, budget);
}

Span deciding_origin(std::span<const Value> values, Span expression) {
  for (const Value& value : values) {
    if (value.origin().is_known() && !expression.contains(value.origin())) return value.origin();
  }
  return expression;
}

}  // namespace halint
