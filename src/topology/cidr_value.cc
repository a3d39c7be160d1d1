// What is certain about an address range of which only a part may be known.
// SPDX-License-Identifier: Apache-2.0
#include "topology/cidr_value.h"

#include <fmt/format.h>

namespace halint {
namespace {

// AWS allows no VPC or subnet larger than this.
constexpr int kLargestNetwork = 16;

// The length that a template's literal end names ("${var.ip}/32"). -1 if it names none.
int written_length(std::string_view end) {
  std::size_t slash = end.rfind('/');
  if (slash == std::string_view::npos || slash + 1 == end.size() || end.size() - slash > 4) return -1;
  int length = 0;
  for (char c : end.substr(slash + 1)) {
    if (c < '0' || c > '9') return -1;
    length = length * 10 + (c - '0');
  }
  return length <= 128 ? length : -1;
}

// The unknown is an attribute of a VPC or subnet: its address range, since nothing else of it is one.
bool is_of_network(FactContext& facts, const Value& value) {
  const Symbol* symbol = value.symbol();
  if (symbol == nullptr) return false;
  const Node* node = facts.graph.find(symbol->address);
  return node != nullptr && (node->kind == facts.names.vpc || node->kind == facts.names.subnet);
}

}  // namespace

RangeShape shape_of(FactContext& facts, const Value& value) {
  RangeShape shape;
  if (value.is_unset()) return shape;
  shape.is_set = true;
  if (value.is(ValueKind::kString)) {
    shape.range = parse_cidr(value.as_string());
    if (shape.range) {
      shape.shortest = shape.range->prefix_length;
    } else {
      shape.why = facts.because(UnknownReason::kInvalid, fmt::format("`{}` is no address range", value.as_string()));
    }
    return shape;
  }
  shape.why = facts.reason_of(value);
  if (shape.why == nullptr) shape.why = facts.because(UnknownReason::kInvalid, "an address range must be a string");
  if (value.is(ValueKind::kTemplate) && value.items().back().is(ValueKind::kString)) {
    shape.shortest = std::max(0, written_length(value.items().back().as_string()));
  } else if (is_of_network(facts, value)) {
    shape.shortest = kLargestNetwork;
  }
  return shape;
}

}  // namespace halint
