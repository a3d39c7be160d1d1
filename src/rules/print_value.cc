// Values as sentences say them.
// SPDX-License-Identifier: Apache-2.0
#include "rules/print_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace halint {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string print_interval(const Interval& bounds) {
  const auto number = [](double value) { return fmt::format("{}", static_cast<std::int64_t>(value)); };
  if (bounds.upper == std::numeric_limits<double>::infinity()) return "at least " + number(bounds.lower);
  return number(bounds.lower) + " to " + number(bounds.upper);
}

std::string print_list(const Graph& graph, const Value& list) {
  constexpr std::size_t kMost = 5;
  const auto items = list.items();
  std::string result;
  const std::size_t shown = items.size() > kMost ? kMost : items.size();
  for (std::size_t i = 0; i < shown; ++i) {
    const bool is_last = i + 1 == items.size();
    if (i > 0) result += is_last ? " and " : ", ";
    result += print_value(graph, items[i]);
  }
  if (items.size() > shown) result += fmt::format(" and {} more", items.size() - shown);
  return result.empty() ? "none" : result;
}

std::string print_zone(const Graph& graph, const ZoneTerm& zone) {
  if (zone.kind == ZoneTerm::Kind::kFree) {
    const Node* owner = graph.find(zone.text);
    return owner != nullptr && owner->is_external ? fmt::format("the zone of `{}`", owner->address)
                                                  : "a zone that AWS picks";
  }
  return to_text(Value::zone(&zone));
}

}  // namespace

std::string print_value(const Graph& graph, const Value& value) {
  if (value.is_sensitive()) return "(sensitive)";
  switch (value.kind()) {
    case ValueKind::kAbsent:
    case ValueKind::kNull:
      return "none";
    case ValueKind::kString:
      return std::string(value.as_string());
    case ValueKind::kList:
    case ValueKind::kSet:
      return print_list(graph, value);
    case ValueKind::kInterval:
      return print_interval(value.bounds());
    case ValueKind::kUnknown:
      return "?";
    case ValueKind::kNode:
      return std::string(graph.node(value.as_node()).address);
    case ValueKind::kZone:
      return print_zone(graph, value.as_zone());
    case ValueKind::kTemplate: {
      std::string result;
      for (const Value& part : value.items()) result += print_value(graph, part);
      return result;
    }
    default:
      return to_text(value);
  }
}

bool natural_less(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t k = 0;
  while (i < a.size() && k < b.size()) {
    if (is_digit(a[i]) && is_digit(b[k])) {
      const std::size_t first = std::min(a.find_first_not_of("0123456789", i), a.size());
      const std::size_t second = std::min(b.find_first_not_of("0123456789", k), b.size());
      if (first - i != second - k) return first - i < second - k;
      const int order = a.substr(i, first - i).compare(b.substr(k, second - k));
      if (order != 0) return order < 0;
      i = first;
      k = second;
      continue;
    }
    if (a[i] != b[k]) return a[i] < b[k];
    ++i;
    ++k;
  }
  return a.size() - i < b.size() - k;
}

}  // namespace halint
