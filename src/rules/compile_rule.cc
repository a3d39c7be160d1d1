// YAML of a rule -> programs. What is wrong becomes a diagnostic with its place in the rule file.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "base/text.h"
#include "cel/types.h"
#include "rules/rule_keys.h"
#include "rules/rule_logic.h"

namespace halint {
namespace {

using Kind = Type::Kind;

class RuleCompiler {
 public:
  RuleCompiler(const Rule& rule, const YamlTree& yaml, const Members& members, RuleLogic& logic,
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
    if (const YamlNode* when = yaml_.find(root, "when")) logic_.when = condition(*when);
    if (const YamlNode* require = yaml_.find(root, "require")) logic_.require = condition(*require);
    if (const YamlNode* outranks = yaml_.find(root, "outranks"))
      logic_.outranks = faults_.words(yaml_, *outranks, "outranks");
    if (const YamlNode* report = yaml_.find(root, "report")) compile_report(*report);
    if (const YamlNode* help = yaml_.find(root, "help")) logic_.report.help = text(*help);
    if (logic_.report.blame == nullptr) logic_.report.blame = each_variable();
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

  const cel::Expr* each_variable() {
    cel::Fault fault;
    cel::Program program;
    cel::compile(logic_.arena, logic_.environment, logic_.arena.copy(std::string_view(rule_.each)), program, fault);
    return program.root;
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
      const cel::Program program = expression(yaml_[value]);
      logic_.lets.push_back(program.root);
      logic_.environment.variables.push_back({name, program.type});
    }
  }

  cel::Program expression(const YamlNode& node) {
    cel::Program program;
    if (!node.is_scalar()) {
      faults_.add(node, 0, 1, "expected an expression");
      return program;
    }
    cel::Fault fault;
    const std::string_view source = logic_.arena.copy(std::string_view(node.text));
    if (!cel::compile(logic_.arena, logic_.environment, source, program, fault)) {
      faults_.add(node, fault.begin, fault.end, fault.message, fault.help);
    }
    return program;
  }

  const cel::Expr* condition(const YamlNode& node) {
    const cel::Program program = expression(node);
    if (program.root != nullptr && program.type.kind != Kind::kBool && program.type.kind != Kind::kDynamic) {
      faults_.add(node, 0, node.text.size(), fmt::format("a condition is a bool, not {}", to_text(program.type)));
    }
    return program.root;
  }

  static bool is_node_type(const Type& type) {
    return type.kind == Kind::kNode || type.kind == Kind::kDynamic || type.kind == Kind::kNull;
  }

  // A node, or a list of nodes.
  const cel::Expr* nodes(const YamlNode& node) {
    const cel::Program program = expression(node);
    const bool is_list = program.type.kind == Kind::kList && is_node_type(cel::element_of(program.type));
    if (program.root != nullptr && !is_list && !is_node_type(program.type)) {
      faults_.add(node, 0, node.text.size(),
                  fmt::format("expected a node or a list of nodes, not {}", to_text(program.type)));
    }
    return program.root;
  }

  // A node, or a member of one.
  const cel::Expr* place(const YamlNode& node) {
    const cel::Program program = expression(node);
    if (program.root == nullptr || program.root->kind == cel::ExprKind::kMember) return program.root;
    const bool is_list = program.type.kind == Kind::kList && is_node_type(cel::element_of(program.type));
    if (!is_list && !is_node_type(program.type)) {
      faults_.add(node, 0, node.text.size(), "a place is a node `x` or a member of one, `x.name`");
    }
    return program.root;
  }

  TextTemplate text(const YamlNode& node) {
    TextTemplate result;
    if (!node.is_scalar()) {
      if (node.kind != YamlNode::Kind::kNull) faults_.add(node, 0, 1, "expected a text");
      return result;
    }
    cel::Fault fault;
    const std::string_view source = logic_.arena.copy(std::string_view(node.text));
    if (!compile_text(logic_.arena, logic_.environment, source, result, fault)) {
      faults_.add(node, fault.begin, fault.end, fault.message, fault.help);
    }
    return result;
  }

  void compile_report(const YamlNode& report) {
    if (!report.is_map()) return faults_.add(report, 0, 1, "`report` is a map");
    faults_.check_keys(yaml_, report, kReportKeys, "report");
    const auto read_text = [&](std::string_view key, TextTemplate& into) {
      if (const YamlNode* node = yaml_.find(report, key)) into = text(*node);
    };
    read_text("message", logic_.report.message);
    read_text("label", logic_.report.label);
    read_text("impact", logic_.report.impact);
    read_text("discriminator", logic_.report.discriminator);
    if (const YamlNode* blame = yaml_.find(report, "blame")) logic_.report.blame = nodes(*blame);
    if (const YamlNode* at = yaml_.find(report, "at")) logic_.report.at = place(*at);
    if (const YamlNode* evidence = yaml_.find(report, "evidence")) logic_.report.evidence = places(*evidence);
    if (const YamlNode* path = yaml_.find(report, "path")) logic_.report.path = places(*path);
    if (yaml_.find(report, "message") == nullptr) faults_.add(report, 0, 1, "`report` has no `message`");
  }

  std::vector<EvidenceRule> places(const YamlNode& list) {
    std::vector<EvidenceRule> result;
    if (!list.is_list()) {
      faults_.add(list, 0, 1, "expected a list of places");
      return result;
    }
    for (const auto& [unused, index] : list.children) {
      const YamlNode& item = yaml_[index];
      if (!item.is_map()) {
        faults_.add(item, 0, 1, "expected a place: `{ at: x, text: \"...\" }`");
        continue;
      }
      faults_.check_keys(yaml_, item, kEvidenceKeys, "evidence");
      result.push_back(evidence(item));
    }
    return result;
  }

  EvidenceRule evidence(const YamlNode& item) {
    EvidenceRule result;
    const bool has_variable = bind_item(item, result);
    if (const YamlNode* condition_node = yaml_.find(item, "if")) result.condition = condition(*condition_node);
    if (const YamlNode* at = yaml_.find(item, "at")) result.at = place(*at);
    if (const YamlNode* text_node = yaml_.find(item, "text")) result.text = text(*text_node);
    if (const YamlNode* why = yaml_.find(item, "why")) {
      result.why = expression(*why).root;
      if (result.why != nullptr && result.why->kind != cel::ExprKind::kMember)
        faults_.add(*why, 0, why->text.size(), "expected a fact: `x.tier`");
    }
    if (result.at == nullptr && result.why == nullptr) faults_.add(item, 0, 1, "a place needs `at` or `why`");
    if (has_variable) logic_.environment.variables.pop_back();
    return result;
  }

  // `for: s in strangers`: the variable is known to the rest of the item.
  bool bind_item(const YamlNode& item, EvidenceRule& result) {
    const YamlNode* loop = yaml_.find(item, "for");
    if (loop == nullptr) return false;
    const std::size_t in = loop->text.find(" in ");
    if (!loop->is_scalar() || in == std::string::npos) {
      faults_.add(*loop, 0, loop->text.size(), "expected `x in list`");
      return false;
    }
    const std::size_t begin = in + 4;
    cel::Program program;
    cel::Fault fault;
    const std::string_view source = logic_.arena.copy(std::string_view(loop->text)).substr(begin);
    if (!cel::compile(logic_.arena, logic_.environment, source, program, fault)) {
      faults_.add(*loop, fault.begin + begin, fault.end + begin, fault.message, fault.help);
      return false;
    }
    if (program.type.kind != Kind::kList && program.type.kind != Kind::kDynamic) {
      faults_.add(*loop, begin, loop->text.size(), fmt::format("expected a list, not {}", to_text(program.type)));
    }
    result.list = program.root;
    std::string name = loop->text.substr(0, in);
    name.erase(std::remove(name.begin(), name.end(), ' '), name.end());
    logic_.environment.variables.push_back({std::move(name), cel::element_of(program.type)});
    return true;
  }

  const Rule& rule_;
  const YamlTree& yaml_;
  const Members& members_;
  RuleLogic& logic_;
  RuleFaults faults_;
};

}  // namespace

std::unique_ptr<RuleLogic> compile_rule(const Rule& rule, const YamlTree& yaml, const Members& members,
                                        std::vector<Diagnostic>& diagnostics) {
  auto logic = std::make_unique<RuleLogic>();
  logic->rule = &rule;
  RuleCompiler(rule, yaml, members, *logic, diagnostics).run();
  return logic;
}

}  // namespace halint
