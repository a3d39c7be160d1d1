// The intrinsic functions that need nothing but their arguments.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/cidr.h"
#include "base/text.h"
#include "cloudformation/evaluate/evaluator.h"

namespace halint {
namespace {

constexpr std::size_t kLongestIdentity = 4000;
constexpr int kDeepest = 200;

void append_identity(const Value& value, std::string& out, bool& is_known, int depth) {
  if (!is_known || depth > kDeepest || out.size() > kLongestIdentity) {
    is_known = false;
    return;
  }
  if (std::optional<std::string> text = text_of(value)) {
    out += fmt::format("\"{}\"", *text);
  } else if (value.symbol() != nullptr) {
    out += to_text(*value.symbol());
  } else if (value.is(ValueKind::kTemplate) || (value.is(ValueKind::kList) && value.rest() == nullptr)) {
    out += value.is(ValueKind::kList) ? "[" : "<";
    for (const Value& item : value.items()) {
      if (item.is_maybe()) is_known = false;
      append_identity(item, out, is_known, depth + 1);
      out += ", ";
    }
    out += value.is(ValueKind::kList) ? "]" : ">";
  } else {
    is_known = false;
  }
}

const Unknown* find_unknown(const Value& value, int depth) {
  if (value.is_unknown()) return &value.why();
  if (depth > kDeepest) return nullptr;
  if (value.is(ValueKind::kTemplate) || value.is(ValueKind::kList)) {
    for (const Value& item : value.items()) {
      if (const Unknown* why = find_unknown(item, depth + 1)) return why;
    }
    if (value.is(ValueKind::kList)) return value.rest();
  }
  if (value.is(ValueKind::kMap)) {
    for (const Member& member : value.members()) {
      if (const Unknown* why = find_unknown(member.value, depth + 1)) return why;
    }
  }
  return nullptr;
}

std::optional<std::int64_t> integer_of(const Value& value) {
  std::optional<std::string> text = text_of(value);
  if (!text) return std::nullopt;
  std::int64_t number = 0;
  auto [end, fault] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (fault != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return number;
}

// Whether an unknown part of a text may hold the delimiter: a list that was joined does, an id does not.
bool may_hold(const Value& part, std::string_view delimiter) {
  const Symbol* symbol = part.symbol();
  if (symbol == nullptr || symbol->kind == Symbol::Kind::kCall) return true;
  return delimiter != "," && delimiter != ";" && delimiter != "|" && delimiter != " ";
}

void append_quoted(std::string_view text, std::string& out) {
  out += '"';
  for (char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_json(const Value& value, std::string& out, int depth) {
  if (depth > kDeepest) return;
  if (value.is(ValueKind::kList)) {
    out += '[';
    for (std::size_t i = 0; i < value.items().size(); ++i) {
      if (i > 0) out += ',';
      append_json(value.items()[i], out, depth + 1);
    }
    out += ']';
  } else if (value.is(ValueKind::kMap)) {
    out += '{';
    for (std::size_t i = 0; i < value.members().size(); ++i) {
      if (i > 0) out += ',';
      append_quoted(value.members()[i].key, out);
      out += ':';
      append_json(value.members()[i].value, out, depth + 1);
    }
    out += '}';
  } else if (value.is(ValueKind::kString)) {
    append_quoted(value.as_string(), out);
  } else {
    out += text_of(value).value_or("null");
  }
}

}  // namespace

std::optional<std::string> text_of(const Value& value) {
  if (value.is(ValueKind::kString)) return std::string(value.as_string());
  if (value.is(ValueKind::kBool)) return value.as_bool() ? "true" : "false";
  if (value.is(ValueKind::kNumber)) return to_text(value);
  return std::nullopt;
}

std::string identity_of(const Value& value) {
  std::string text;
  bool is_known = true;
  append_identity(value, text, is_known, 0);
  return is_known ? text : "";
}

const Unknown* unknown_in(const Value& value) {
  return find_unknown(value, 0);
}

Value TemplateEvaluator::unknown_of(Symbol::Kind kind, std::string_view address, std::span<const Step> path,
                                    Unknown why, Span span) {
  why.symbol = arena_.make<Symbol>(kind, keep(address), arena_.copy(path));
  return Value::unknown(arena_, why, span);
}

Value TemplateEvaluator::unknown(UnknownReason reason, std::string detail, Span span) {
  return Value::unknown(arena_, {.reason = reason, .detail = keep(detail), .decide = {}}, span);
}

Value TemplateEvaluator::invalid(Span span, std::string detail) {
  return unknown(UnknownReason::kInvalid, std::move(detail), span);
}

Value TemplateEvaluator::unknown_call(std::string_view function, std::span<const Value> arguments, Span span,
                                      Shape shape) {
  Unknown why = {.reason = UnknownReason::kInvalid,
                 .detail = keep(fmt::format("`{}` does not take these arguments", function)),
                 .decide = {}};
  std::string text = fmt::format("{}(", function);
  bool has_identity = true;
  for (std::size_t i = arguments.size(); i-- > 0;) {
    if (const Unknown* found = unknown_in(arguments[i])) why = *found;
  }
  for (std::size_t i = 0; i < arguments.size() && has_identity; ++i) {
    std::string identity = identity_of(arguments[i]);
    has_identity = !identity.empty() && text.size() < kLongestIdentity;
    text += (i > 0 ? ", " : "") + identity;
  }
  why.symbol = nullptr;
  why.shape = shape;
  if (!has_identity || why.reason == UnknownReason::kInvalid) return Value::unknown(arena_, why, span);
  return unknown_of(Symbol::Kind::kCall, text + ")", {}, why, span);
}

Value TemplateEvaluator::join(const Value& delimiter, const Value& list, Span span) {
  std::optional<std::string> between = text_of(delimiter);
  const Value arguments[] = {delimiter, list};
  if (!between || !list.is(ValueKind::kList) || list.rest() != nullptr)
    return unknown_call("Fn::Join", arguments, span);
  std::vector<Value> parts;
  std::uint64_t bytes = 0;
  const Value separator = Value::string(arena_, keep(*between), span);
  for (const Value& item : list.items()) {
    if (item.is_maybe()) return unknown_call("Fn::Join", arguments, span);
    if (!parts.empty() && !between->empty()) parts.push_back(separator);
    std::optional<std::string> text = text_of(item);
    if (!text && !item.is(ValueKind::kTemplate) && !item.is_unknown()) return unknown_call("Fn::Join", arguments, span);
    parts.push_back(text && !item.is(ValueKind::kString) ? Value::string(arena_, keep(*text), item.origin()) : item);
    bytes += between->size() + (text ? text->size() : 0);
    if (bytes > options_.limits.string_bytes) return unknown(UnknownReason::kLimit, "the text is too long", span);
  }
  if (parts.size() == 1 && parts[0].is_unknown()) return parts[0];
  return Value::text_template(arena_, parts, span);
}

Value TemplateEvaluator::split(const Value& delimiter, const Value& text, Span span) {
  std::optional<std::string> between = text_of(delimiter);
  const Value arguments[] = {delimiter, text};
  if (!between || between->empty()) return unknown_call("Fn::Split", arguments, span);
  std::optional<std::string> whole = text_of(text);
  const Value known = whole ? Value::string(arena_, keep(*whole), text.origin()) : text;
  const Value single[] = {known};
  std::span<const Value> parts = known.is(ValueKind::kTemplate) ? known.items() : std::span<const Value>(single);
  std::vector<Value> items, open;
  for (const Value& part : parts) {
    if (!part.is(ValueKind::kString)) {
      if (may_hold(part, *between) || parts.size() == 1) return unknown_call("Fn::Split", arguments, span);
      open.push_back(part);
      continue;
    }
    std::string_view rest = part.as_string();
    for (std::size_t at = rest.find(*between); at != rest.npos; at = rest.find(*between)) {
      open.push_back(Value::string(arena_, rest.substr(0, at), part.origin()));
      items.push_back(Value::text_template(arena_, open, span));
      open.clear();
      rest.remove_prefix(at + between->size());
      if (items.size() > options_.limits.collection_items)
        return unknown(UnknownReason::kLimit, "the list is too long", span);
    }
    open.push_back(Value::string(arena_, rest, part.origin()));
  }
  items.push_back(Value::text_template(arena_, open, span));
  // A text of a single unknown part is that part.
  for (Value& item : items) {
    if (item.is(ValueKind::kTemplate) && item.items().size() == 1) item = item.items()[0];
  }
  return Value::list(arena_, items, span);
}

Value TemplateEvaluator::select(const Value& index, const Value& list, Span span) {
  std::optional<std::int64_t> at = integer_of(index);
  const Value arguments[] = {index, list};
  if (!at || *at < 0) return unknown_call("Fn::Select", arguments, span);
  if (list.is(ValueKind::kList)) {
    auto place = static_cast<std::size_t>(*at);
    bool is_certain = std::ranges::none_of(list.items().first(std::min(place + 1, list.items().size())),
                                           [](const Value& item) { return item.is_maybe(); });
    if (is_certain && place < list.items().size()) return list.items()[place];
    if (list.rest() == nullptr && is_certain)
      return invalid(span,
                     fmt::format("the list has {}, there is none at {}", plural(list.items().size(), "item"), *at));
    return unknown_call("Fn::Select", arguments, span);
  }
  if (list.symbol() == nullptr) return unknown_call("Fn::Select", arguments, span);
  std::vector<Step> path(list.symbol()->path.begin(), list.symbol()->path.end());
  path.push_back({Step::Kind::kIndex, {}, *at});
  return unknown_of(list.symbol()->kind, list.symbol()->address, path, list.why(), span);
}

Value TemplateEvaluator::zones(const Value& region, Span span) {
  std::optional<std::string> name = text_of(region);
  std::string text = "AWS::Region";
  if (name && !name->empty()) text = *name;
  if (!name && !identity_of(region).empty()) text = identity_of(region);
  Unknown why = {.reason = UnknownReason::kData,
                 .detail = "the Availability Zones of a region are known to AWS alone",
                 .decide = {},
                 .shape = Shape::kZoneName};
  return unknown_of(Symbol::Kind::kCall, fmt::format("Fn::GetAZs({})", text), {}, why, span);
}

Value TemplateEvaluator::cidr(std::span<const Value> arguments, Span span) {
  if (arguments.size() < 2 || arguments.size() > 3) return invalid(span, "`Fn::Cidr` takes a range, a count and bits");
  std::optional<std::string> text = text_of(arguments[0]);
  std::optional<Cidr> block = text ? parse_cidr(*text) : std::nullopt;
  std::optional<std::int64_t> count = integer_of(arguments[1]);
  std::optional<std::int64_t> bits = arguments.size() == 3 ? integer_of(arguments[2]) : std::nullopt;
  if (arguments.size() == 2 && block) bits = block->address.is_v6 ? 64 : 8;
  if (!block || !count || !bits) return unknown_call("Fn::Cidr", arguments, span);
  int prefix = block->address.bits() - static_cast<int>(std::clamp<std::int64_t>(*bits, 0, 128));
  if (*count < 1 || *count > 256 || prefix < block->prefix_length || *bits < 0)
    return invalid(span, fmt::format("`{}` cannot be cut into {} ranges of {} bits", *text, *count, *bits));
  int free = prefix - block->prefix_length;
  if (free < 8 && *count > (1 << free))
    return invalid(span, fmt::format("`{}` holds no {} ranges of {} bits", *text, *count, *bits));
  std::vector<Value> items;
  IpAddress base = first_of(*block);
  for (std::int64_t i = 0; i < *count; ++i) {
    Cidr range = {base, prefix};
    auto number = static_cast<std::uint64_t>(i);
    if (prefix <= 64) {
      range.address.high += prefix == 0 ? 0 : number << (64 - prefix);
    } else {
      range.address.low += number << (128 - prefix);
    }
    items.push_back(Value::string(arena_, keep(to_text(range)), span));
  }
  return Value::list(arena_, items, span);
}

Value TemplateEvaluator::length(const Value& list, Span span) {
  bool is_known = list.is(ValueKind::kList) && list.rest() == nullptr &&
                  std::ranges::none_of(list.items(), [](const Value& item) { return item.is_maybe(); });
  if (!is_known) return unknown_call("Fn::Length", {&list, 1}, span);
  return Value::string(arena_, keep(fmt::format("{}", list.items().size())), span);
}

Value TemplateEvaluator::to_json(const Value& value, Span span) {
  if (unknown_in(value) != nullptr) return unknown_call("Fn::ToJsonString", {&value, 1}, span);
  std::string text;
  append_json(value, text, 0);
  if (text.size() > options_.limits.string_bytes) return unknown(UnknownReason::kLimit, "the text is too long", span);
  return Value::string(arena_, keep(text), span);
}

Value TemplateEvaluator::base64(const Value& value, Span span) {
  std::optional<std::string> text = text_of(value);
  if (!text) return unknown_call("Fn::Base64", {&value, 1}, span);
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < text->size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t j = 0; j < 3; ++j)
      bits = bits << 8 | (i + j < text->size() ? static_cast<unsigned char>((*text)[i + j]) : 0u);
    std::size_t left = text->size() - i;
    for (int j = 0; j < 4; ++j) {
      bool is_padding = static_cast<std::size_t>(j) > left;
      out += is_padding ? '=' : kDigits[bits >> (18 - 6 * j) & 63];
    }
  }
  return Value::string(arena_, keep(out), span);
}

}  // namespace halint
