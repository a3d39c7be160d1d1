// `report` and `help` of a rule -> programs and texts.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cel/types.h"
#include "rules/rule_expressions.h"
#include "rules/rule_logic.h"

namespace halint {
namespace {

using Kind = Type::Kind;

class ReportCompiler {
 public:
  ReportCompiler(const RuleLogic& logic, const YamlTree& yaml, RuleReport& report, std::vector<Diagnostic>& diagnostics)
      : yaml_(yaml), report_(report), environment_(logic.environment), faults_(*logic.rule, diagnostics) {}

  void run() {
    if (environment_.variables.empty()) return;  // The logic did not compile.
    const YamlNode* report = yaml_.find(yaml_.root(), "report");
    if (report != nullptr) compile(*report);
    if (const YamlNode* help = yaml_.find(yaml_.root(), "help")) report_.help = expressions_.text(*help);
    if (report_.blame == nullptr) report_.blame = each_variable();
  }

 private:
  const cel::Expr* each_variable() {
    cel::Fault fault;
    cel::Program program;
    cel::compile(report_.arena, environment_,
                 report_.arena.copy(std::string_view(environment_.variables[kEachVariable].name)), program, fault);
    return program.root;
  }

  void compile(const YamlNode& report) {
    if (!report.is_map()) return faults_.add(report, 0, 1, "`report` is a map");
    faults_.check_keys(yaml_, report, kReportKeys, "report");
    const auto read_text = [&](std::string_view key, TextTemplate& into) {
      if (const YamlNode* node = yaml_.find(report, key)) into = expressions_.text(*node);
    };
    read_text("message", report_.message);
    read_text("label", report_.label);
    read_text("impact", report_.impact);
    read_text("discriminator", report_.discriminator);
    if (const YamlNode* blame = yaml_.find(report, "blame")) report_.blame = expressions_.nodes(*blame);
    if (const YamlNode* at = yaml_.find(report, "at")) report_.at = expressions_.place(*at);
    if (const YamlNode* evidence = yaml_.find(report, "evidence")) report_.evidence = places(*evidence);
    if (const YamlNode* path = yaml_.find(report, "path")) report_.path = places(*path);
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
    if (const YamlNode* condition_node = yaml_.find(item, "if"))
      result.condition = expressions_.condition(*condition_node);
    if (const YamlNode* at = yaml_.find(item, "at")) result.at = expressions_.place(*at);
    if (const YamlNode* text_node = yaml_.find(item, "text")) result.text = expressions_.text(*text_node);
    if (const YamlNode* why = yaml_.find(item, "why")) {
      result.why = expressions_.expression(*why).root;
      if (result.why != nullptr && result.why->kind != cel::ExprKind::kMember)
        faults_.add(*why, 0, why->text.size(), "expected a fact: `x.tier`");
    }
    if (result.at == nullptr && result.why == nullptr) faults_.add(item, 0, 1, "a place needs `at` or `why`");
    if (has_variable) environment_.variables.pop_back();
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
    const std::string_view source = report_.arena.copy(std::string_view(loop->text)).substr(begin);
    if (!cel::compile(report_.arena, environment_, source, program, fault)) {
      faults_.add(*loop, fault.begin + begin, fault.end + begin, fault.message, fault.help);
      return false;
    }
    if (program.type.kind != Kind::kList && program.type.kind != Kind::kDynamic) {
      faults_.add(*loop, begin, loop->text.size(), fmt::format("expected a list, not {}", to_text(program.type)));
    }
    result.list = program.root;
    std::string name = loop->text.substr(0, in);
    name.erase(std::remove(name.begin(), name.end(), ' '), name.end());
    environment_.variables.push_back({std::move(name), cel::element_of(program.type)});
    return true;
  }

  const YamlTree& yaml_;
  RuleReport& report_;
  cel::Environment environment_;  // With the variable of a `for` while its item is compiled.
  RuleFaults faults_;
  RuleExpressions expressions_{report_.arena, environment_, faults_};
};

}  // namespace

std::unique_ptr<RuleReport> compile_report(const RuleLogic& logic, const YamlTree& yaml,
                                           std::vector<Diagnostic>& diagnostics) {
  auto report = std::make_unique<RuleReport>();
  ReportCompiler(logic, yaml, *report, diagnostics).run();
  return report;
}

}  // namespace halint
