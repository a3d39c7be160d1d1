// Compiles the expressions and texts of a rule file.
// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_expressions.h"

#include <fmt/format.h>

#include "cel/types.h"

namespace halint {
namespace {

using Kind = Type::Kind;

bool is_node_type(const Type& type) {
  return type.kind == Kind::kNode || type.kind == Kind::kDynamic || type.kind == Kind::kNull;
}

}  // namespace

cel::Program RuleExpressions::expression(const YamlNode& node) {
  cel::Program program;
  if (!node.is_scalar()) {
    faults.add(node, 0, 1, "expected an expression");
    return program;
  }
  cel::Fault fault;
  const std::string_view source = arena.copy(std::string_view(node.text));
  if (!cel::compile(arena, environment, source, program, fault)) {
    faults.add(node, fault.begin, fault.end, fault.message, fault.help);
  }
  return program;
}

const cel::Expr* RuleExpressions::condition(const YamlNode& node) {
  const cel::Program program = expression(node);
  if (program.root != nullptr && program.type.kind != Kind::kBool && program.type.kind != Kind::kDynamic) {
    faults.add(node, 0, node.text.size(), fmt::format("a condition is a bool, not {}", to_text(program.type)));
  }
  return program.root;
}

const cel::Expr* RuleExpressions::nodes(const YamlNode& node) {
  const cel::Program program = expression(node);
  const bool is_list = program.type.kind == Kind::kList && is_node_type(cel::element_of(program.type));
  if (program.root != nullptr && !is_list && !is_node_type(program.type)) {
    faults.add(node, 0, node.text.size(),
               fmt::format("expected a node or a list of nodes, not {}", to_text(program.type)));
  }
  return program.root;
}

const cel::Expr* RuleExpressions::place(const YamlNode& node) {
  const cel::Program program = expression(node);
  if (program.root == nullptr || program.root->kind == cel::ExprKind::kMember) return program.root;
  const bool is_list = program.type.kind == Kind::kList && is_node_type(cel::element_of(program.type));
  if (!is_list && !is_node_type(program.type)) {
    faults.add(node, 0, node.text.size(), "a place is a node `x` or a member of one, `x.name`");
  }
  return program.root;
}

TextTemplate RuleExpressions::text(const YamlNode& node) {
  TextTemplate result;
  if (!node.is_scalar()) {
    if (node.kind != YamlNode::Kind::kNull) faults.add(node, 0, 1, "expected a text");
    return result;
  }
  cel::Fault fault;
  const std::string_view source = arena.copy(std::string_view(node.text));
  if (!compile_text(arena, environment, source, result, fault)) {
    faults.add(node, fault.begin, fault.end, fault.message, fault.help);
  }
  return result;
}

}  // namespace halint
