// Values and symbols as text.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <iterator>
#include <string>

#include "graph/value.h"

namespace halint {
namespace {

// Values are as deep as the front ends allow; this is for what they should not have made.
constexpr int kDeepest = 256;

std::string number_text(const Value& value) {
  if (!value.digits().empty()) return std::string(value.digits());
  return value.is_integer() ? fmt::format("{}", value.as_integer()) : fmt::format("{}", value.as_number());
}

std::string zone_text(const ZoneTerm& zone) {
  switch (zone.kind) {
    case ZoneTerm::Kind::kElement:
      return zone.wraps ? fmt::format("element({}, {})", zone.text, zone.index)
                        : fmt::format("{}[{}]", zone.text, zone.index);
    case ZoneTerm::Kind::kRegional:
      return fmt::format("{}{}", zone.text, static_cast<char>(zone.index));
    case ZoneTerm::Kind::kFree:
      return "(any zone)";
    default:
      return std::string(zone.text);
  }
}

void print(const Value& value, std::string& out, int depth);

void print_template(const Value& value, std::string& out, int depth) {
  out += '"';
  for (const Value& part : value.items()) {
    if (part.is(ValueKind::kString) && !part.is_sensitive()) {
      out += part.as_string();
      continue;
    }
    out += "${";
    print(part, out, depth + 1);
    out += '}';
  }
  out += '"';
}

void print_list(const Value& value, std::string& out, int depth) {
  out += '[';
  std::string_view separator;
  for (const Value& item : value.items()) {
    out += separator;
    separator = ", ";
    print(item, out, depth + 1);
    if (item.is_maybe()) out += '?';
  }
  if (value.rest() != nullptr) {
    out += separator;
    out += "...";
  }
  out += ']';
}

void print_map(const Value& value, std::string& out, int depth) {
  out += '{';
  std::string_view separator;
  for (const Member& member : value.members()) {
    out += separator;
    separator = ", ";
    out += member.key;
    out += " = ";
    print(member.value, out, depth + 1);
  }
  out += '}';
}

void print(const Value& value, std::string& out, int depth) {
  if (value.is_sensitive()) {
    out += "(sensitive)";
    return;
  }
  if (depth > kDeepest) {
    out += "...";
    return;
  }
  switch (value.kind()) {
    case ValueKind::kAbsent:
      out += "(absent)";
      return;
    case ValueKind::kNull:
      out += "null";
      return;
    case ValueKind::kBool:
      out += value.as_bool() ? "true" : "false";
      return;
    case ValueKind::kNumber:
      out += number_text(value);
      return;
    case ValueKind::kString:
      fmt::format_to(std::back_inserter(out), "\"{}\"", value.as_string());
      return;
    case ValueKind::kTemplate:
      return print_template(value, out, depth);
    case ValueKind::kList:
    case ValueKind::kSet:
      return print_list(value, out, depth);
    case ValueKind::kMap:
      return print_map(value, out, depth);
    case ValueKind::kInterval: {
      Interval bounds = value.bounds();
      fmt::format_to(std::back_inserter(out), "[{}, {}]", bounds.lower, bounds.upper);
      return;
    }
    case ValueKind::kUnknown:
      if (const Symbol* symbol = value.symbol()) {
        out += to_text(*symbol);
      } else {
        fmt::format_to(std::back_inserter(out), "(unknown: {})", value.why().detail);
      }
      return;
    case ValueKind::kNode:
      fmt::format_to(std::back_inserter(out), "(node {})", value.as_node().index);
      return;
    case ValueKind::kZone:
      out += zone_text(value.as_zone());
      return;
  }
}

}  // namespace

std::string to_text(const Value& value) {
  std::string out;
  print(value, out, 0);
  return out;
}

std::string to_text(const Symbol& symbol) {
  std::string out(symbol.address);
  for (const Step& step : symbol.path) {
    switch (step.kind) {
      case Step::Kind::kAttribute:
        out += '.';
        out += step.name;
        break;
      case Step::Kind::kIndex:
        fmt::format_to(std::back_inserter(out), "[{}]", step.index);
        break;
      case Step::Kind::kElement:
        out = fmt::format("element({}, {})", out, step.index);
        break;
      case Step::Kind::kSplat:
        out += "[*]";
        break;
      case Step::Kind::kSome:
        fmt::format_to(std::back_inserter(out), "[{}]", step.name.empty() ? "?" : step.name);
        break;
    }
  }
  return out;
}

}  // namespace halint
