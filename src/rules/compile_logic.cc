// `let`, `when` and `require` of a rule -> programs.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "rules/rule_expressions.h"
#include "rules/rule_logic.h"

namespace halint {
namespace {

using Kind = Type::Kind;

class LogicCompiler {
 public:
  LogicCompiler(const Rule& rule, const YamlTree& yaml, const Members& members, RuleLogic& logic,
                std::vector<Diagnostic>& diagnostics)
      : rule_(rule), yaml_(yaml), members_(members), logic_(logic), faults_(rule, diagnostics) {}

  void run() {
    if (members_.schema().kinds_named(rule_.each).empty()) return fault_each();
    logic_.environment.vocabulary = &members_;
    logic_.environment.functions = rule_functions();
    logic_.environment.variables = {{rule_.each, {Kind::kNode, rule_.each, nullptr}},
                                    {"policy", {Kind::kNode, "policy", nullptr}}};
    compile_lets();
    const YamlNode& root = yaml_.root();
    if (const YamlNode* when = yaml_.find(root, "when")) logic_.when = expressions_.condition(*when);
    if (const YamlNode* require = yaml_.find(root, "require")) logic_.require = expressions_.condition(*require);
    if (const YamlNode* outranks = yaml_.find(root, "outranks")) {
      logic_.outranks = faults_.words(yaml_, *outranks, "outranks");
    }
  }

 private:
  void fault_each() {
    std::vector<std::string> names;
    for (const KindInfo& kind : members_.schema().kinds()) {
      names.push_back(kind.name);
      names.insert(names.end(), kind.groups.begin(), kind.groups.end());
    }
    const YamlNode* each = yaml_.find(yaml_.root(), "each");
    if (each == nullptr) return;
    const auto found = did_you_mean(rule_.each, std::span<const std::string>(names));
    faults_.add(*each, 0, rule_.each.size(), fmt::format("there is no kind of nodes `{}`", rule_.each),
                found ? fmt::format("did you mean `{}`?", *found) : "");
  }

  void compile_lets() {
    constexpr std::size_t kMaxLets = 40;
    const YamlNode* lets = yaml_.find(yaml_.root(), "let");
    if (lets == nullptr) return;
    if (!lets->is_map()) return faults_.add(*lets, 0, 1, "`let` is a map from names to expressions");
    for (const auto& [key, value] : lets->children) {
      const std::string& name = yaml_[key].text;
      if (logic_.lets.size() >= kMaxLets)
        return faults_.add(yaml_[key], 0, name.size(), "there are too many names in `let`");
      const bool is_word = !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
                           name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") ==
                               std::string::npos;
      const bool is_taken = std::any_of(logic_.environment.variables.begin(), logic_.environment.variables.end(),
                                        [&](const cel::Variable& variable) { return variable.name == name; });
      if (!is_word || is_taken) {
        faults_.add(yaml_[key], 0, name.size(),
                    is_taken ? fmt::format("the name `{}` is taken", name) : fmt::format("`{}` is no name", name));
        continue;
      }
      const cel::Program program = expressions_.expression(yaml_[value]);
      logic_.lets.push_back(program.root);
      logic_.environment.variables.push_back({name, program.type});
    }
  }

  const Rule& rule_;
  const YamlTree& yaml_;
  const Members& members_;
  RuleLogic& logic_;
  RuleFaults faults_;
  RuleExpressions expressions_{logic_.arena, logic_.environment, faults_};
};

}  // namespace

std::unique_ptr<RuleLogic> compile_logic(const Rule& rule, const YamlTree& yaml, const Members& members,
                                         std::vector<Diagnostic>& diagnostics) {
  auto logic = std::make_unique<RuleLogic>();
  logic->rule = &rule;
  LogicCompiler(rule, yaml, members, *logic, diagnostics).run();
  return logic;
}

}  // namespace halint
