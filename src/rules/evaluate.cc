// Rules on a graph: runs each rule on each node of its kind, then keeps one finding for one cause.
// SPDX-License-Identifier: Apache-2.0
#include "rules/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>

#include "rules/build_finding.h"
#include "rules/graph_host.h"
#include "rules/identity.h"
#include "rules/outrank.h"
#include "rules/rule_logic.h"

namespace halint {
namespace {

class RuleRunner {
 public:
  RuleRunner(const Topology& topology, const RuleSet& rules, const Policy& policy, std::string_view root)
      : topology_(topology), graph_(topology.graph()), rules_(rules), policy_(policy), root_(root) {}

  void run(const Rule& rule) {
    const std::vector<NodeId> nodes = nodes_of(rule);
    if (nodes.empty()) return;  // A rule that has nothing to look at is not even read.
    const RuleLogic& logic = rules_.logic(rule);
    if (logic.require == nullptr) {
      results_.defects.push_back(fmt::format("the rule `{}` cannot be read", rule.id));
      return;
    }
    if (host_ == nullptr) host_ = std::make_unique<GraphHost>(topology_, *members_of(logic), policy_);
    for (NodeId node : nodes) check(logic, node);
  }

  RuleResults finish() {
    drop_outranked(topology_, fired_);
    for (Fired& fired : fired_) results_.findings.push_back(std::move(fired.finding));
    drop_repeated();
    return std::move(results_);
  }

 private:
  static const Members* members_of(const RuleLogic& logic) {
    return static_cast<const Members*>(logic.environment.vocabulary);
  }

  std::vector<NodeId> nodes_of(const Rule& rule) const {
    std::vector<NodeId> nodes;
    for (KindId kind : graph_.schema().kinds_named(rule.each)) {
      for (NodeId id : graph_.nodes_of(kind)) {
        if (rule.runs_on_external || !graph_.node(id).is_external) nodes.push_back(id);
      }
    }
    std::sort(nodes.begin(), nodes.end());
    return nodes;
  }

  void check(const RuleLogic& logic, NodeId node) {
    // What one check computes is forgotten after it.
    constexpr std::size_t kMostScratch = 1 << 18;
    if (scratch_ == nullptr || scratch_->allocated() > kMostScratch) scratch_ = std::make_unique<Arena>();
    host_->use_arena(*scratch_);
    host_->bind(logic, node);

    cel::Outcome when{Value::boolean(true)};
    if (logic.when != nullptr) when = host_->evaluate(*logic.when);
    if (cel::truth_of(when) == Truth::kFalse) return;
    const cel::Outcome require = host_->evaluate(*logic.require);
    if (cel::truth_of(require) == Truth::kTrue) return;
    if (cel::truth_of(when) == Truth::kTrue && cel::truth_of(require) == Truth::kFalse) {
      fired_.push_back(build_finding(*host_, logic, rules_.report(*logic.rule), node, root_));
      return;
    }
    add_inconclusive(logic, node, cel::truth_of(when) == Truth::kUnknown ? when : require);
  }

  void add_inconclusive(const RuleLogic& logic, NodeId id, const cel::Outcome& outcome) {
    const Node& node = graph_.node(id);
    Inconclusive result;
    result.rule = logic.rule->id;
    result.severity = logic.rule->severity;
    result.address = full_address(graph_, id, root_);
    result.span = node.header;
    if (outcome.why != nullptr) {
      result.reason = outcome.why->detail;
      result.decide = outcome.why->decide;
    } else {
      result.reason = "the condition is neither true nor false";
    }
    const bool is_defect = outcome.failed || outcome.why == nullptr;
    if (is_defect) {
      std::string defect =
          fmt::format("the rule `{}` fails at `{}`: {}", logic.rule->id, result.address, result.reason);
      results_.defects.push_back(std::move(defect));
    }
    results_.inconclusive.push_back(std::move(result));
  }

  // Two `each` nodes may lead to the same finding: the first one stays.
  void drop_repeated() {
    std::unordered_set<std::string> seen;
    std::erase_if(results_.findings, [&](const Finding& finding) { return !seen.insert(finding.id).second; });
  }

  const Topology& topology_;
  const Graph& graph_;
  const RuleSet& rules_;
  const Policy& policy_;
  std::string_view root_;
  std::unique_ptr<GraphHost> host_;
  std::unique_ptr<Arena> scratch_;
  std::vector<Fired> fired_;
  RuleResults results_;
};

}  // namespace

RuleResults evaluate_rules(const Topology& topology, const RuleSet& rules, std::span<const Rule* const> selected,
                           const Policy& policy, std::string_view root) {
  RuleRunner runner(topology, rules, policy, root);
  for (const Rule* rule : selected) runner.run(*rule);
  return runner.finish();
}

}  // namespace halint
