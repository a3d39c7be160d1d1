// What a Terraform file says, as typed syntax with spans: bodies of attributes and blocks, and expressions.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/span.h"
#include "terraform/values/operators.h"

namespace halint {

struct Expression;

// One link of `source.name[index].*.name`.
struct TraversalStep {
  enum class Kind : std::uint8_t {
    kAttribute,       // `.name`
    kIndex,           // `[index]`, `.0`
    kAttributeSplat,  // `.*`: the attributes that follow apply to each element
    kFullSplat,       // `[*]`: all that follows in `rest_of_splat` steps applies to each element
  };
  Kind kind = Kind::kAttribute;
  std::string_view name = {};         // kAttribute.
  const Expression* index = nullptr;  // kIndex.
  std::uint32_t each_steps = 0;       // Splats: how many of the following steps belong to each element.
  Span span = {};
};

// `for key, value in collection : ... if condition`. The parts stand in the expression.
struct LoopNames {
  std::string_view key = {};  // Empty if only one name is given.
  std::string_view value = {};
};

enum class ExpressionKind : std::uint8_t {
  kNull,
  kBool,         // text: "true", "false".
  kNumber,       // text: as written.
  kString,       // text: escapes resolved.
  kTemplate,     // parts: kString for literal text, anything else for `${...}` and `%{...}`.
  kTemplateIf,   // parts: condition, then, otherwise (kTemplate each).
  kTemplateFor,  // parts: collection, body; loop.
  kTraversal,    // text: the root name, or parts[0] the source; steps.
  kConditional,  // parts: condition, then, otherwise.
  kUnary,        // parts: operand; unary.
  kBinary,       // parts: two or more, taken together from left to right; binary.
  kCall,         // text: the function; parts: the arguments; expands: the last one is followed by `...`.
  kTuple,        // parts: the items.
  kObject,       // parts: key, value, key, value ...
  kForTuple,     // parts: collection, value, condition or null; loop.
  kForObject,    // parts: collection, value, condition or null, key; loop; expands: grouping `...`.
  kInvalid,      // Could not be read; a diagnostic says so.
};

// Lives in the arena of its file, and so do all its parts.
struct Expression {
  ExpressionKind kind = ExpressionKind::kInvalid;
  BinaryOperator binary = BinaryOperator::kAdd;
  UnaryOperator unary = UnaryOperator::kNot;
  bool expands = false;
  // kTemplate: `"${x}"`, which is x itself and not a string. kConditional: in parentheses. kString: of a JSON file,
  // where references are text too.
  bool is_wrapped = false;
  Span span = {};
  std::string_view text = {};
  std::span<const Expression* const> parts = {};
  std::span<const TraversalStep> steps = {};
  LoopNames loop = {};
};

struct Attribute {
  std::string_view name;
  const Expression* value = nullptr;
  Span span;  // `name = value`.
  Span name_span;
};

struct Label {
  std::string_view text;
  Span span;
};

struct Block;

struct Body {
  std::span<const Attribute> attributes;
  std::span<const Block> blocks;

  // The first attribute of that name, or null.
  const Attribute* attribute(std::string_view name) const;
};

struct Block {
  std::string_view type;
  std::span<const Label> labels;
  Body body;
  Span header;  // `resource "aws_subnet" "public"`.
  Span span;    // The whole block.
};

}  // namespace halint
