// Builds syntax from a parsed tree: expressions.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "terraform/syntax/hcl_reader.h"
#include "terraform/syntax/trouble.h"
#include "terraform/values/number_text.h"

namespace halint {

// At an `expression` node.
const Expression* HclReader::expression() {
  if (is_too_deep()) return invalid();
  Deeper deeper(depth_);
  const Expression* result = nullptr;
  Span whole = span();
  if (walk_.down()) {
    result = term();
    walk_.up();
  }
  return result != nullptr ? result : make({.kind = ExpressionKind::kInvalid, .span = whole});
}

// At the first node of a term: a primary and what follows it. Leaves the cursor at the last sibling it consumed and
// sets `more_` if that was not the last of all.
const Expression* HclReader::term() {
  more_ = true;
  std::uint32_t first = begin();
  bool in_parentheses = walk_.node() == HclNode::kOpenParenthesis;
  const Expression* source = in_parentheses ? parenthesised() : primary();
  std::uint32_t last = end();
  std::vector<TraversalStep> steps;
  while ((more_ = walk_.next())) {
    HclNode node = walk_.node();
    if (node != HclNode::kGetAttr && node != HclNode::kIndex && node != HclNode::kSplat) break;
    last = end();
    add_step(steps);
    if (source->kind == ExpressionKind::kNumber && text_[begin()] == '.') {
      std::string_view written = text_.substr(first, last - first);
      into_.diagnostics.push_back(
          syntax_error(from(first, last), fmt::format("`{}` is not a number", written), "put it in quotes"));
    }
  }
  if (steps.empty()) return source;
  Expression traversal = {.kind = ExpressionKind::kTraversal, .span = from(first, last), .steps = arena_.copy(steps)};
  if (source->kind == ExpressionKind::kTraversal && source->steps.empty() && source->parts.empty()) {
    traversal.text = source->text;
  } else {
    traversal.parts = one(source);
  }
  return make(traversal);
}

std::span<const Expression* const> HclReader::one(const Expression* part) {
  return arena_.copy(std::span<const Expression* const>(&part, 1));
}

// At "(": leaves the cursor at ")".
const Expression* HclReader::parenthesised() {
  const Expression* inner = nullptr;
  std::uint32_t first = begin();
  while (walk_.next()) {
    if (walk_.node() == HclNode::kExpression) {
      inner = expression();
      continue;
    }
    if (text() == ")") break;
  }
  if (inner == nullptr) return invalid();
  Expression copy = *inner;
  copy.span = from(first, end());
  if (copy.kind == ExpressionKind::kConditional) copy.is_wrapped = true;
  // A bare name in parentheses is a reference, never the literal key of an object: see `object_key`.
  return make(copy);
}

void HclReader::add_step(std::vector<TraversalStep>& steps) {
  if (walk_.node() == HclNode::kGetAttr) {
    TraversalStep step = {.kind = TraversalStep::Kind::kAttribute, .span = span()};
    walk_.each_child([&] {
      if (walk_.node() == HclNode::kIdentifier) step.name = text();
    });
    steps.push_back(step);
  } else if (walk_.node() == HclNode::kIndex) {
    walk_.each_child([&] { add_index(steps); });
  } else {
    walk_.each_child([&] { add_splat(steps); });
  }
}

// At new_index or legacy_index.
void HclReader::add_index(std::vector<TraversalStep>& steps) {
  TraversalStep step = {.kind = TraversalStep::Kind::kIndex, .span = span()};
  if (walk_.node() == HclNode::kLegacyIndex) {
    std::string_view digits = text().substr(1);
    while (!digits.empty() && (digits.front() < '0' || digits.front() > '9')) digits.remove_prefix(1);
    std::string_view behind = text_.substr(end(), 2);
    if (behind.size() == 2 && behind[0] == '.' && behind[1] >= '0' && behind[1] <= '9') {
      into_.diagnostics.push_back(
          syntax_error(span(), fmt::format("`.{}{}` is not an index", digits, behind), "write `[0][1]`"));
    }
    step.index = make({.kind = ExpressionKind::kNumber, .span = span(), .text = digits});
  } else {
    walk_.each_child([&] {
      if (walk_.node() == HclNode::kExpression) step.index = expression();
    });
  }
  if (step.index == nullptr) step.index = invalid();
  steps.push_back(step);
}

// At attr_splat or full_splat. After `.*` an index belongs to the whole result, after `[*]` to each element.
void HclReader::add_splat(std::vector<TraversalStep>& steps) {
  bool is_full = walk_.node() == HclNode::kFullSplat;
  std::size_t place = steps.size();
  steps.push_back(
      {.kind = is_full ? TraversalStep::Kind::kFullSplat : TraversalStep::Kind::kAttributeSplat, .span = span()});
  bool is_each = true;
  walk_.each_child([&] {
    if (walk_.node() != HclNode::kGetAttr && walk_.node() != HclNode::kIndex) return;
    if (!is_full && walk_.node() == HclNode::kIndex) is_each = false;
    std::size_t before = steps.size();
    add_step(steps);
    if (is_each) steps[place].each_steps += static_cast<std::uint32_t>(steps.size() - before);
  });
}

// The grammar knows more forms of numbers than HCL does.
void HclReader::expect_number() {
  if (is_decimal(text())) return;
  into_.diagnostics.push_back(
      syntax_error(span(), fmt::format("`{}` is not a number", text()), "write a decimal number, such as 31 or 1.5e3"));
}

// At the node of a value that is not in parentheses.
const Expression* HclReader::primary() {
  // Nodes that only wrap another one are no level of their own.
  switch (walk_.node()) {
    case HclNode::kLiteralValue:
    case HclNode::kTemplateExpr:
    case HclNode::kCollection:
    case HclNode::kForExpr:
    case HclNode::kOperation:
      return only_child();
    default:
      break;
  }
  if (is_too_deep()) return invalid();
  Deeper deeper(depth_);
  switch (walk_.node()) {
    case HclNode::kExpression:
      return expression();
    case HclNode::kNumericLit:
      expect_number();
      return make({.kind = ExpressionKind::kNumber, .span = span(), .text = text()});
    case HclNode::kBoolLit:
      return make({.kind = ExpressionKind::kBool, .span = span(), .text = text()});
    case HclNode::kNullLit:
      return make({.kind = ExpressionKind::kNull, .span = span()});
    case HclNode::kStringLit:
      return make({.kind = ExpressionKind::kString, .span = span(), .text = unescape_quoted(arena_, quoted_text())});
    case HclNode::kVariable:
      if (text().find("::") != std::string_view::npos) {
        into_.diagnostics.push_back(syntax_error(span(), fmt::format("`{}` is not followed by `(`", text()),
                                                 "a name with `::` is a function; call it"));
      }
      return make({.kind = ExpressionKind::kTraversal, .span = span(), .text = text()});
    case HclNode::kQuotedTemplate:
    case HclNode::kHeredocTemplate:
      return quoted_or_heredoc();
    case HclNode::kTuple:
      return tuple();
    case HclNode::kObject:
      return object();
    case HclNode::kCall:
      return call();
    case HclNode::kForTuple:
    case HclNode::kForObject:
      return for_expression();
    case HclNode::kUnary:
      return unary();
    case HclNode::kBinary:
      return binary();
    case HclNode::kConditional:
      return conditional();
    default:
      return invalid();
  }
}

const Expression* HclReader::only_child() {
  const Expression* result = nullptr;
  walk_.each_child([&] {
    if (result == nullptr && walk_.node() != HclNode::kError) result = primary();
  });
  return result != nullptr ? result : invalid();
}

const Expression* HclReader::tuple() {
  std::vector<const Expression*> parts;
  walk_.each_child([&] {
    if (walk_.node() == HclNode::kExpression) parts.push_back(expression());
  });
  return make({.kind = ExpressionKind::kTuple, .span = span(), .parts = arena_.copy(parts)});
}

const Expression* HclReader::object() {
  std::vector<const Expression*> parts;
  walk_.each_child([&] {
    if (walk_.node() != HclNode::kObjectElem) return;
    const Expression* key = nullptr;
    const Expression* value = nullptr;
    walk_.each_child([&] {
      if (walk_.node() != HclNode::kExpression) return;
      if (key == nullptr)
        key = object_key();
      else
        value = expression();
    });
    if (key == nullptr || value == nullptr) return;
    parts.push_back(key);
    parts.push_back(value);
  });
  return make({.kind = ExpressionKind::kObject, .span = span(), .parts = arena_.copy(parts)});
}

// `name = ...` is the key "name"; `(name) = ...` is the value of `name`.
const Expression* HclReader::object_key() {
  bool is_in_parentheses = text().starts_with('(');
  const Expression* key = expression();
  bool is_word = !is_in_parentheses && (key->kind == ExpressionKind::kNull || key->kind == ExpressionKind::kBool ||
                                        (key->kind == ExpressionKind::kTraversal && key->steps.empty()));
  if (!is_word) return key;
  return make({.kind = ExpressionKind::kString, .span = key->span, .text = text()});
}

const Expression* HclReader::call() {
  Expression call = {.kind = ExpressionKind::kCall, .span = span()};
  std::vector<const Expression*> parts;
  walk_.each_child([&] {
    if (walk_.node() == HclNode::kIdentifier && call.text.empty()) call.text = text();
    if (walk_.node() != HclNode::kArguments) return;
    walk_.each_child([&] {
      if (walk_.node() == HclNode::kExpression) parts.push_back(expression());
      if (walk_.node() == HclNode::kEllipsis) call.expands = true;
    });
  });
  call.parts = arena_.copy(parts);
  return make(call);
}

const Expression* HclReader::for_expression() {
  bool is_object = walk_.node() == HclNode::kForObject;
  Expression loop = {.kind = is_object ? ExpressionKind::kForObject : ExpressionKind::kForTuple, .span = span()};
  const Expression* collection = nullptr;
  const Expression* condition = nullptr;
  std::vector<const Expression*> values;
  walk_.each_child([&] {
    if (walk_.node() == HclNode::kForIntro) collection = names_and_collection(loop.loop);
    if (walk_.node() == HclNode::kExpression) values.push_back(expression());
    if (walk_.node() == HclNode::kEllipsis) loop.expands = true;
    if (walk_.node() == HclNode::kForCond)
      walk_.each_child([&] {
        if (walk_.node() == HclNode::kExpression) condition = expression();
      });
  });
  if (collection == nullptr || values.size() != (is_object ? 2u : 1u)) return invalid();
  std::vector<const Expression*> parts = {collection, values.back(), condition};
  if (is_object) parts.push_back(values.front());
  loop.parts = arena_.copy(parts);
  return make(loop);
}

// At for_intro or template_for_start.
const Expression* HclReader::names_and_collection(LoopNames& names) {
  const Expression* collection = nullptr;
  walk_.each_child([&] {
    if (walk_.node() == HclNode::kIdentifier) names.key = std::exchange(names.value, text());
    if (walk_.node() == HclNode::kExpression) collection = expression();
  });
  return collection;
}
}  // namespace halint
