// Reads operations and conditionals: chains of them, which a tree nests as deep as they are long.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <optional>
#include <utility>

#include "terraform/syntax/hcl_reader.h"
#include "terraform/syntax/trouble.h"

namespace halint {
namespace {

std::optional<BinaryOperator> binary_operator(std::string_view text) {
  constexpr std::pair<std::string_view, BinaryOperator> kOperators[] = {
      {"+", BinaryOperator::kAdd},          {"-", BinaryOperator::kSubtract},  {"*", BinaryOperator::kMultiply},
      {"/", BinaryOperator::kDivide},       {"%", BinaryOperator::kRemainder}, {"<", BinaryOperator::kLess},
      {"<=", BinaryOperator::kLessOrEqual}, {">", BinaryOperator::kGreater},   {">=", BinaryOperator::kGreaterOrEqual},
      {"==", BinaryOperator::kEqual},       {"!=", BinaryOperator::kNotEqual}, {"&&", BinaryOperator::kAnd},
      {"||", BinaryOperator::kOr}};
  for (const auto& [word, op] : kOperators) {
    if (word == text) return op;
  }
  return std::nullopt;
}

}  // namespace

// The terms among the children of an operation, without the first one if that is known. An operand takes all siblings
// up to the operator.
std::vector<const Expression*> HclReader::operands(std::string_view& op, bool without_first) {
  std::vector<const Expression*> result;
  if (!walk_.down()) return result;
  bool more = !without_first || walk_.next();
  while (more) {
    if (walk_.node() == HclNode::kOther) {
      op = text();
      more = walk_.next();
    } else if (walk_.node() == HclNode::kError) {
      more = walk_.next();
    } else {
      result.push_back(term());
      more = more_;
    }
  }
  walk_.up();
  return result;
}

const Expression* HclReader::unary() {
  std::string_view op;
  std::vector<const Expression*> parts = operands(op);
  if (parts.size() != 1) return invalid();
  return make({.kind = ExpressionKind::kUnary,
               .unary = op == "-" ? UnaryOperator::kNegate : UnaryOperator::kNot,
               .span = span(),
               .parts = arena_.copy(parts)});
}

// To the operation that is the left operand of the one at the cursor; how many steps down that was, 0 if there is none.
int HclReader::down_to_left_operation() {
  if (!walk_.down()) return 0;
  if (walk_.node() == HclNode::kBinary) return 1;
  if (walk_.node() == HclNode::kOperation && walk_.down()) {
    if (walk_.node() == HclNode::kBinary) return 2;
    walk_.up();
  }
  walk_.up();
  return 0;
}

// `a + b + c` nests to the left, as deep as it is long. That is no nesting to those who write it: equal operators make
// one expression of many parts, found in a loop.
const Expression* HclReader::binary() {
  std::vector<int> steps;
  while (int down = down_to_left_operation()) steps.push_back(down);
  std::uint32_t depth = depth_;
  std::string_view word;
  std::vector<const Expression*> parts = operands(word);
  std::optional<BinaryOperator> op = binary_operator(word);
  bool is_sound = parts.size() == 2 && op;
  Span so_far = span();
  auto together = [&] {
    return make({.kind = ExpressionKind::kBinary, .binary = *op, .span = so_far, .parts = arena_.copy(parts)});
  };
  for (; !steps.empty(); steps.pop_back()) {
    for (int i = 0; i < steps.back(); ++i) walk_.up();
    if (!is_sound) continue;
    std::vector<const Expression*> right = operands(word, true);
    std::optional<BinaryOperator> next = binary_operator(word);
    is_sound = right.size() == 1 && next && (next == op || !is_too_deep());
    if (!is_sound) continue;
    if (next != op) {
      parts = {together()};
      op = next;
      ++depth_;
    }
    parts.push_back(right[0]);
    so_far = span();
  }
  depth_ = depth;
  return is_sound ? together() : invalid();
}

// The expressions among the children of a conditional, without the first one if that is known.
void HclReader::add_branches(std::vector<const Expression*>& parts, bool without_first) {
  walk_.each_child([&] {
    if (walk_.node() != HclNode::kExpression) return;
    if (!without_first) parts.push_back(expression());
    without_first = false;
  });
}

// To the conditional that is the condition of the one at the cursor, two steps down. False, and no step, if there is
// none.
bool HclReader::down_to_condition() {
  if (!walk_.down()) return false;
  if (walk_.node() == HclNode::kExpression && walk_.down()) {
    if (walk_.node() == HclNode::kConditional) return true;
    walk_.up();
  }
  walk_.up();
  return false;
}

// The grammar reads `a ? b : c ? d : e` as `(a ? b : c) ? d : e`; HCL means the opposite. Either way a chain is as deep
// as it is long; it is read in a loop.
const Expression* HclReader::conditional() {
  constexpr std::size_t kLongest = 500;  // Each link is a level for those who evaluate it.
  std::size_t links = 0;
  while (down_to_condition()) ++links;
  std::vector<const Expression*> parts;
  add_branches(parts, false);
  std::size_t wanted = 3;
  bool is_sound = parts.size() == wanted;
  for (std::size_t i = 0; i < links; ++i) {
    walk_.up();
    walk_.up();
    if (!is_sound || i >= kLongest) continue;
    add_branches(parts, true);
    wanted += 2;
    is_sound = parts.size() == wanted;
  }
  if (links > kLongest) {
    into_.diagnostics.push_back(limit_exceeded(span(), fmt::format("more than {} conditions in a row", kLongest),
                                               "look the value up in a map, or split the expression into locals"));
    return invalid();
  }
  if (!is_sound) return invalid();
  const Expression* result = parts.back();
  for (std::size_t i = parts.size() - 1; i >= 2; i -= 2) {
    const Expression* link[] = {parts[i - 2], parts[i - 1], result};
    Span whole = {link[0]->span.file, link[0]->span.begin, result->span.end};
    result = make({.kind = ExpressionKind::kConditional,
                   .span = whole,
                   .parts = arena_.copy(std::span<const Expression* const>(link))});
  }
  return result;
}

}  // namespace halint
