// A small world for tests of expressions: variables with values, and nodes of a kind `thing`.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/compile.h"
#include "cel/evaluate.h"
#include "cel/operations.h"

namespace halint::cel {

// Nodes of kind `thing` have the members `size` (int), `next` (thing), `parts` (list of things), `label` (string) and
// `range` (cidr); nodes of kind `other` have `size`.
class TestWorld : public Host, public Vocabulary {
 public:
  TestWorld() { environment_.vocabulary = this; }

  void define(std::string name, std::string_view type, Value value) {
    Type parsed;
    parse_type(type, parsed);
    environment_.variables.push_back({std::move(name), parsed});
    values_.push_back(value);
  }

  NodeId add_node(std::map<std::string, Value> members, Multiplicity multiplicity = {}) {
    nodes_.push_back({std::move(members), multiplicity});
    return {static_cast<std::uint32_t>(nodes_.size() - 1)};
  }

  const Unknown* reason(std::string_view detail) {
    Unknown why;
    why.reason = UnknownReason::kVariable;
    why.detail = arena_.copy(detail);
    return arena_.make<Unknown>(why);
  }
  Value unknown(std::string_view detail) { return Value::unknown(reason(detail)); }

  // Compiles and evaluates. A fault of compilation is a failed outcome whose reason begins with "compile: ".
  Outcome run(std::string_view text) {
    Program program;
    Fault fault;
    if (!compile(arena_, environment_, arena_.copy(text), program, fault)) {
      const Unknown* why = reason("compile: " + fault.message + (fault.help.empty() ? "" : " (" + fault.help + ")"));
      return {Value::unknown(why), why, true};
    }
    return evaluator_.evaluate(*program.root);
  }

  // As text: the value, "unknown: why", "error: what".
  std::string say(std::string_view text) {
    const Outcome outcome = run(text);
    if (outcome.failed) return "error: " + std::string(outcome.why->detail);
    if (outcome.value.is_unknown()) return "unknown: " + std::string(outcome.value.why().detail);
    if (outcome.value.is(ValueKind::kInterval)) {
      const Interval bounds = outcome.value.bounds();
      const bool is_open = bounds.upper == std::numeric_limits<double>::infinity();
      return std::to_string(static_cast<int>(bounds.lower)) + ".." +
             (is_open ? "" : std::to_string(static_cast<int>(bounds.upper)));
    }
    return to_text(outcome.value);
  }

  Fault fault_of(std::string_view text) {
    Program program;
    Fault fault;
    compile(arena_, environment_, arena_.copy(text), program, fault);
    return fault;
  }

  Arena& arena() { return arena_; }
  Environment& environment() { return environment_; }
  Evaluator& evaluator() { return evaluator_; }

  Outcome variable(std::uint32_t index) override { return {values_[index], reason_of(values_[index]), false}; }
  Outcome member(NodeId node, std::uint32_t member) override {
    const auto found = nodes_[node.index].members.find(kNames[member]);
    const Value value = found != nodes_[node.index].members.end() ? found->second : Value::null();
    return {value, reason_of(value), false};
  }
  Truth has(NodeId node, std::uint32_t member) override {
    return nodes_[node.index].members.count(kNames[member]) != 0 ? Truth::kTrue : Truth::kFalse;
  }
  Truth same_node(NodeId a, NodeId b) override { return a == b ? Truth::kTrue : Truth::kFalse; }
  Truth same_zone(const ZoneTerm& a, const ZoneTerm& b) override {
    if (a.kind != ZoneTerm::Kind::kName || b.kind != ZoneTerm::Kind::kName) return Truth::kUnknown;
    return a.text == b.text ? Truth::kTrue : Truth::kFalse;
  }
  Multiplicity multiplicity(NodeId node) override { return nodes_[node.index].multiplicity; }
  const Unknown* doubt(NodeId node) override {
    return nodes_[node.index].multiplicity.is_certain() ? nullptr
                                                        : reason("count of node " + std::to_string(node.index));
  }

  std::optional<Type> member_type(std::string_view kind, std::string_view name) const override {
    Type type;
    std::string_view text;
    if (name == "size") text = "int";
    if (kind != "other" && name == "next") text = "node<thing>";
    if (kind != "other" && name == "parts") text = "list<node<thing>>";
    if (kind != "other" && name == "label") text = "string";
    if (kind != "other" && name == "range") text = "cidr";
    if (text.empty()) return std::nullopt;
    parse_type(text, type);
    return type;
  }
  std::vector<std::string> member_names(std::string_view) const override {
    return {std::begin(kNames), std::end(kNames)};
  }
  std::uint32_t member_number(std::string_view name) const override {
    for (std::uint32_t i = 0; i < std::size(kNames); ++i) {
      if (name == kNames[i]) return i;
    }
    return 0;
  }
  bool overlap(std::string_view kind, std::string_view other) const override {
    return kind.empty() || other.empty() || kind == other;
  }

 private:
  static constexpr const char* kNames[] = {"size", "next", "parts", "label", "range"};
  struct TestNode {
    std::map<std::string, Value> members;
    Multiplicity multiplicity;
  };

  Arena arena_;
  Environment environment_;
  std::vector<Value> values_;
  std::vector<TestNode> nodes_;
  RegexCache regexes_;
  Evaluator evaluator_{arena_, *this, regexes_};
};

}  // namespace halint::cel
