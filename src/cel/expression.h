// The syntax tree of an expression: made by the parser, annotated by the type check, walked by the evaluator.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "graph/value.h"

namespace halint::cel {

struct Function;

enum class ExprKind : std::uint8_t {
  kLiteral,
  kVariable,  // `slot` says which: of the environment, or a local of a macro
  kMember,    // args[0].name
  kHas,       // has(args[0].name)
  kIndex,     // args[0][args[1]]
  kCall,      // `name`(args); the receiver of a method is args[0]
  kUnary,
  kBinary,
  kConditional,  // args[0] ? args[1] : args[2]
  kAnd,
  kOr,
  kList,
  kMap,    // args are keys and values by turns
  kMacro,  // args[0] is the range, then one or two bodies; the local is `slot`
};

enum class Operator : std::uint8_t {
  kNone,
  kNot,
  kNegate,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kModulo,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kIn,
};

enum class Macro : std::uint8_t { kNone, kAll, kExists, kExistsOne, kFilter, kMap, kSortBy };

// How the type check tells the evaluator to compute: numbers of one kind look alike at run time, and so do strings.
enum class Arithmetic : std::uint8_t { kDynamic, kInteger, kReal };

struct Expr {
  ExprKind kind = ExprKind::kLiteral;
  Operator op = Operator::kNone;
  Macro macro = Macro::kNone;
  Arithmetic arithmetic = Arithmetic::kDynamic;
  bool is_method = false;        // kCall: written `receiver.name(...)`
  bool is_local = false;         // kVariable: of a macro
  bool compares_ranges = false;  // kBinary `==`, `!=`: `10.0.0.0/8` and `10.0.0.0/08` are the same
  std::uint16_t depth = 1;       // Of the tree below, for the guard.
  std::uint32_t slot = 0;        // kVariable, kMacro; kMember, kHas: the vocabulary's number of `name`
  std::uint32_t begin = 0;       // Bytes of the text.
  std::uint32_t end = 0;
  std::uint32_t name_begin = 0;  // Where `name` or the operator stands.
  std::string_view name;
  Value literal;
  std::span<Expr* const> args;
  // kCall: the functions that may be meant; more than one only if the types of arguments are not known.
  std::span<const Function* const> candidates;
};

}  // namespace halint::cel
