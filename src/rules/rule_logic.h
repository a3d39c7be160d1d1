// The compiled logic of a rule: programs instead of texts.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "cel/compile.h"
#include "rules/members.h"
#include "rules/rule.h"
#include "rules/text_template.h"
#include "rules/yaml_tree.h"

namespace halint {

// Variables of a rule, by index: the `each` node, `policy`, the lets in order, and in evidence with `for` its item.
constexpr std::uint32_t kEachVariable = 0;
constexpr std::uint32_t kPolicyVariable = 1;
constexpr std::uint32_t kFirstLet = 2;

// An item of `evidence` or `path`.
struct EvidenceRule {
  const cel::Expr* condition = nullptr;  // `if`
  const cel::Expr* list = nullptr;       // `for x in list`
  const cel::Expr* at = nullptr;
  const cel::Expr* why = nullptr;  // `x.fact`
  TextTemplate text;
};

// Compiled when the rule fires for the first time.
struct RuleReport {
  Arena arena;
  const cel::Expr* blame = nullptr;
  const cel::Expr* at = nullptr;
  TextTemplate label, message, impact, help, discriminator;
  std::vector<EvidenceRule> evidence, path;
};

struct RuleLogic {
  const Rule* rule = nullptr;
  Arena arena;
  cel::Environment environment;
  std::vector<const cel::Expr*> lets;
  const cel::Expr* when = nullptr;     // Null: always.
  const cel::Expr* require = nullptr;  // Null only if the rule did not compile.
  std::vector<std::string> outranks;
};

// Compiles `let`, `when`, `require` and `outranks` of a rule out of its YAML. Faults become diagnostics, and the result
// is complete only if there are none. `members` must outlive it.
std::unique_ptr<RuleLogic> compile_logic(const Rule& rule, const YamlTree& yaml, const Members& members,
                                         std::vector<Diagnostic>& diagnostics);
// Compiles `report` and `help`, which use the names that `logic` defines.
std::unique_ptr<RuleReport> compile_report(const RuleLogic& logic, const YamlTree& yaml,
                                           std::vector<Diagnostic>& diagnostics);

// The extra functions that rules may use: distinct_zones, covers, location_for, server_for.
std::span<const cel::Function> rule_functions();

}  // namespace halint
