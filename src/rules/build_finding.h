// Turns a rule that is broken at a node into a finding.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "rules/finding.h"
#include "rules/graph_host.h"
#include "rules/rule_logic.h"

namespace halint {

// A finding and the nodes that it is about, for the order of causes.
struct Fired {
  Finding finding;
  const RuleLogic* logic = nullptr;
  NodeId each;
  std::vector<NodeId> subjects;
};

// Requires: `host` is bound to the rule and to `each`, and `require` is false there.
Fired build_finding(GraphHost& host, const RuleLogic& logic, const RuleReport& report, NodeId each,
                    std::string_view root);

// A text of a rule with its holes filled.
std::string render(GraphHost& host, const TextTemplate& text);

}  // namespace halint
