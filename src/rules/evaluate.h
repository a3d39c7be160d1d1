// Rules on a graph: findings, and the checks that could not be decided.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "rules/finding.h"
#include "rules/rule.h"
#include "topology/topology.h"

namespace halint {

struct RuleResults {
  std::vector<Finding> findings;  // In the order of rules and nodes; `check` sorts.
  std::vector<Inconclusive> inconclusive;
  std::vector<std::string> defects;  // Rules that failed while running: a bug of the rule, to be reported.
};

// Runs `selected` rules of `rules` on each node of their kind. `root` stands before addresses: "tf:infra#".
// Not thread-safe for one topology; different topologies may run at the same time.
RuleResults evaluate_rules(const Topology& topology, const RuleSet& rules, std::span<const Rule* const> selected,
                           const Policy& policy, std::string_view root);

}  // namespace halint
