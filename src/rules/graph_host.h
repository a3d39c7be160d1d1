// Answers the questions of rules from a graph and its topology.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/arena.h"
#include "cel/environment.h"
#include "cel/evaluate.h"
#include "rules/members.h"
#include "rules/rule.h"
#include "topology/topology.h"

namespace halint {

struct RuleLogic;

// A value that was read while an expression was evaluated.
struct Read {
  NodeId node;
  std::uint32_t member = 0;
  Value value;
};

class GraphHost : public cel::Host {
 public:
  // All must outlive it.
  GraphHost(const Topology& topology, const Members& members, const Policy& policy);

  // From now on variables are those of `logic` with its `each` bound to `node`; `let` is evaluated anew.
  void bind(const RuleLogic& logic, NodeId node);
  // The variable of an evidence's `for`.
  void bind_item(const Value& item) { item_ = {item, nullptr, false}; }
  void use_arena(Arena& arena);

  cel::Outcome evaluate(const cel::Expr& expr) { return evaluator_.evaluate(expr); }

  cel::Outcome variable(std::uint32_t index) override;
  cel::Outcome member(NodeId node, std::uint32_t member) override;
  Truth has(NodeId node, std::uint32_t member) override;
  Truth same_node(NodeId a, NodeId b) override;
  Truth same_zone(const ZoneTerm& a, const ZoneTerm& b) override;
  Multiplicity multiplicity(NodeId node) override;
  const Unknown* doubt(NodeId node) override;

  // While tracing, values that are read and assumptions about zones are noted.
  void start_trace();
  std::vector<Read> take_reads();
  std::vector<std::string> take_assumptions();
  void note_assumptions(const Value& zones);

  const Graph& graph() const { return graph_; }
  const Topology& topology() const { return topology_; }
  const Members& members() const { return members_; }
  int region_zones() const { return static_cast<int>(policy_.region_azs); }

 private:
  cel::Outcome read(NodeId node, MemberRef ref);
  cel::Outcome read_common(NodeId node, CommonMember member);
  cel::Outcome read_policy(PolicyMember member);
  cel::Outcome one_of(const Targets& targets);
  cel::Outcome many(const std::vector<Targets>& parts);
  Value integers(const std::vector<std::int64_t>& numbers);

  const Topology& topology_;
  const Graph& graph_;
  const Members& members_;
  const Policy& policy_;
  Arena first_arena_;
  cel::RegexCache regexes_;
  cel::Evaluator evaluator_;
  const RuleLogic* logic_ = nullptr;
  NodeId each_;
  std::vector<std::optional<cel::Outcome>> lets_;
  cel::Outcome item_;
  struct Place {
    std::uint32_t mark = 0;
    std::uint32_t position = 0;
  };
  std::vector<Place> places_;  // Of each node, for many().
  std::uint32_t mark_ = 0;
  bool is_tracing_ = false;
  std::vector<Read> reads_;
  std::vector<std::string> assumptions_;
};

}  // namespace halint
