// Compiles the expressions and texts of a rule file one by one; what is wrong becomes a diagnostic at its place.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/arena.h"
#include "cel/compile.h"
#include "rules/rule_keys.h"
#include "rules/text_template.h"

namespace halint {

// Programs live in `arena`. All must outlive it.
struct RuleExpressions {
  Arena& arena;
  cel::Environment& environment;
  RuleFaults& faults;

  cel::Program expression(const YamlNode& node);
  // A bool.
  const cel::Expr* condition(const YamlNode& node);
  // A node, or a list of nodes.
  const cel::Expr* nodes(const YamlNode& node);
  // A node, a list of nodes, or a member of a node.
  const cel::Expr* place(const YamlNode& node);
  TextTemplate text(const YamlNode& node);
};

}  // namespace halint
