// Turns a rule that is broken at a node into a finding.
// SPDX-License-Identifier: Apache-2.0
#include "rules/build_finding.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cel/operations.h"
#include "rules/identity.h"
#include "rules/print_value.h"

namespace halint {
namespace {

// More evidence of one kind says nothing new.
constexpr std::size_t kMostItems = 10;
constexpr std::size_t kMostOrigins = 6;

class FindingBuilder {
 public:
  FindingBuilder(GraphHost& host, const RuleLogic& logic, const RuleReport& report, NodeId each, std::string_view root)
      : host_(host), graph_(host.graph()), logic_(logic), report_(report), root_(root) {
    fired_.logic = &logic;
    fired_.each = each;
  }

  Fired run() {
    Finding& finding = fired_.finding;
    const Rule& rule = *logic_.rule;
    finding.rule = rule.id;
    finding.severity = rule.severity;
    finding.tags = rule.tags;
    add_origins();  // First: it evaluates `require` again, and the lets with it.
    add_subjects();
    add_decisions();
    finding.span = graph_.node(fired_.subjects.front()).header;
    if (report_.at != nullptr) {
      if (const Span span = place(*report_.at); span.is_known()) finding.span = span;
    }
    finding.message = render(host_, report_.message);
    finding.label = render(host_, report_.label);
    finding.impact = render(host_, report_.impact);
    finding.help = render(host_, report_.help);
    finding.evidence = places(report_.evidence);
    finding.path = places(report_.path);
    finding.when = condition();
    std::vector<std::string> addresses;
    for (const Subject& subject : finding.subjects) addresses.push_back(subject.address);
    finding.id = identity_of(rule.id, addresses, render(host_, report_.discriminator));
    return std::move(fired_);
  }

 private:
  void add_subjects() {
    const Value blamed = host_.evaluate(*report_.blame).value;
    std::vector<NodeId> nodes;
    const auto add = [&](const Value& value) {
      if (value.is(ValueKind::kNode) && value.as_node() != kPolicyNode && !value.is_maybe())
        nodes.push_back(value.as_node());
    };
    if (blamed.is(ValueKind::kList)) {
      for (const Value& item : blamed.items()) add(item);
    } else {
      add(blamed);
    }
    // Nobody can change here what is not made here.
    const auto is_external = [&](NodeId id) { return graph_.node(id).is_external; };
    if (!std::all_of(nodes.begin(), nodes.end(), is_external)) std::erase_if(nodes, is_external);
    if (nodes.empty()) nodes.push_back(fired_.each);
    std::sort(nodes.begin(), nodes.end(), [&](NodeId a, NodeId b) {
      const std::string_view first = graph_.node(a).address;
      const std::string_view second = graph_.node(b).address;
      return first == second ? a < b : natural_less(first, second);
    });
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    for (NodeId id : nodes) fired_.finding.subjects.push_back(subject(graph_.node(id)));
    fired_.subjects = std::move(nodes);
  }

  Subject subject(const Node& node) const {
    Subject subject;
    subject.address = full_address(graph_, node.id, root_);
    subject.kind = graph_.schema().kind(node.kind).name;
    subject.type = node.type;
    subject.header = node.header;
    subject.whole = node.whole;
    subject.via.assign(node.via.begin(), node.via.end());
    return subject;
  }

  // Where `x` or `x.member` is written.
  Span place(const cel::Expr& at) {
    if (at.kind == cel::ExprKind::kMember) {
      const Value target = host_.evaluate(*at.args[0]).value;
      if (target.is(ValueKind::kNode) && target.as_node() != kPolicyNode) return place_of(target.as_node(), at);
    }
    Value found = host_.evaluate(at).value;
    if (found.is(ValueKind::kList) && !found.items().empty()) found = found.items().front();
    if (found.is(ValueKind::kNode) && found.as_node() != kPolicyNode) return graph_.node(found.as_node()).header;
    return {};
  }

  Span place_of(NodeId id, const cel::Expr& at) {
    const Node& node = graph_.node(id);
    const MemberRef ref = host_.members().find(node.kind, at.slot);
    switch (ref.source) {
      case MemberRef::Source::kAttribute:
        return graph_.attribute_span(id, AttributeId{ref.id});
      case MemberRef::Source::kEdge: {
        for (const Link& link : graph_.targets(id, EdgeId{ref.id}).links) {
          if (link.span.is_known()) return link.span;
        }
        return node.header;
      }
      default:
        break;
    }
    // A fact that is a node, or several.
    Value found = host_.member(id, at.slot).value;
    if (found.is(ValueKind::kList) && !found.items().empty()) found = found.items().front();
    return found.is(ValueKind::kNode) ? graph_.node(found.as_node()).header : node.header;
  }

  std::vector<Evidence> places(const std::vector<EvidenceRule>& rules) {
    std::vector<Evidence> result;
    for (const EvidenceRule& rule : rules) {
      if (rule.list == nullptr) {
        add_place(rule, result);
        continue;
      }
      const Value list = host_.evaluate(*rule.list).value;
      if (!list.is(ValueKind::kList) && !list.is(ValueKind::kSet)) continue;
      std::size_t count = 0;
      for (const Value& item : list.items()) {
        if (item.is_unset() || item.is_unknown()) continue;
        if (++count > kMostItems) break;
        host_.bind_item(item.with_maybe(false));
        add_place(rule, result);
      }
    }
    return result;
  }

  void add_place(const EvidenceRule& rule, std::vector<Evidence>& result) {
    if (rule.condition != nullptr && cel::truth_of(host_.evaluate(*rule.condition)) != Truth::kTrue) return;
    const auto add = [&](Evidence evidence) {
      const bool is_known = std::any_of(result.begin(), result.end(), [&](const Evidence& other) {
        return other.span == evidence.span && other.text == evidence.text;
      });
      if (!is_known) result.push_back(std::move(evidence));
    };
    if (rule.at != nullptr) {
      if (const Span span = place(*rule.at); span.is_known()) add({span, render(host_, rule.text)});
    }
    if (rule.why == nullptr) return;
    const Value target = host_.evaluate(*rule.why->args[0]).value;
    if (!target.is(ValueKind::kNode) || target.as_node() == kPolicyNode) return;
    for (Hop& hop : host_.topology().why(target.as_node(), rule.why->name)) {
      if (hop.span.is_known()) add({hop.span, std::move(hop.text)});
    }
  }

  // A value that was set elsewhere than where it is used: the default of a variable, a line of a tfvars file.
  void add_origins() {
    host_.start_trace();
    if (logic_.when != nullptr) host_.evaluate(*logic_.when);
    host_.evaluate(*logic_.require);
    fired_.finding.assumptions = host_.take_assumptions();
    std::vector<ValueOrigin>& origins = fired_.finding.origins;
    for (const Read& read : host_.take_reads()) {
      if (origins.size() >= kMostOrigins) return;
      add_choice(read);
      const Node& node = graph_.node(read.node);
      const Span origin = read.value.origin();
      // What stands in the resource itself explains nothing new, and most facts are explained by evidence.
      const bool is_elsewhere =
          origin.is_known() && !graph_.node(node.owner).whole.contains(origin) && !node.is_external;
      const bool is_set = read.value.is(ValueKind::kZone) ||
                          host_.members().find(node.kind, read.member).source == MemberRef::Source::kAttribute;
      const bool is_simple = read.value.is(ValueKind::kBool) || read.value.is(ValueKind::kNumber) ||
                             read.value.is(ValueKind::kString) || read.value.is(ValueKind::kZone);
      if (!is_elsewhere || !is_set || !is_simple) continue;
      add_origin(origin, fmt::format("`{}` of `{}` is {}", host_.members().name(read.member), node.address,
                                     print_value(graph_, read.value)));
    }
  }

  // The input that chose the value of an attribute: `multi_az = var.env == "prod"`.
  void add_choice(const Read& read) {
    const Node& node = graph_.node(read.node);
    const MemberRef member = host_.members().find(node.kind, read.member);
    if (node.is_external || member.source != MemberRef::Source::kAttribute) return;
    const Span written = graph_.attribute_span(read.node, AttributeId{member.id});
    if (!written.is_known()) return;
    for (const Decision& decision : graph_.decisions(read.node, block_of(node))) {
      if (decision.where == written) add_origin(decision.origin, std::string(decision.text));
    }
  }

  // The inputs that chose how many there are of what is blamed, and of the modules that it stands in. They explain
  // more than any value that was read, so they come first.
  void add_decisions() {
    std::vector<ValueOrigin> values = std::exchange(fired_.finding.origins, {});
    for (NodeId id : fired_.subjects) {
      const Node& node = graph_.node(id);
      if (node.is_external) continue;
      const bool is_part = node.owner != node.id;
      for (const Decision& decision : graph_.decisions(id, block_of(node))) {
        const bool is_block = is_part && decision.where.is_known() && decision.where == node.header;
        if (!decision.where.is_known() || is_block) add_origin(decision.origin, std::string(decision.text));
      }
      for (std::size_t end = node.scope.size(); end != std::string_view::npos && end > 0;) {
        const std::string_view call = without_instance_key(node.scope.substr(0, end));
        for (const Decision& decision : graph_.decisions(id, call))
          add_origin(decision.origin, std::string(decision.text));
        end = node.scope.rfind(".module.", end - 1);
      }
    }
    for (ValueOrigin& value : values) add_origin(value.span, std::move(value.text));
  }

  std::string_view block_of(const Node& node) const { return without_instance_key(graph_.node(node.owner).address); }

  void add_origin(const Span& span, std::string text) {
    std::vector<ValueOrigin>& origins = fired_.finding.origins;
    const bool is_known =
        std::any_of(origins.begin(), origins.end(), [&](const ValueOrigin& other) { return other.span == span; });
    if (!is_known && origins.size() < kMostOrigins) origins.push_back({span, std::move(text)});
  }

  // A node that may not exist has faults only if it does.
  std::string condition() {
    const Node& node = graph_.node(fired_.each);
    if (node.multiplicity.is_certain()) return "";
    return fmt::format("`{}` exists", node.address);
  }

  GraphHost& host_;
  const Graph& graph_;
  const RuleLogic& logic_;
  const RuleReport& report_;
  std::string_view root_;
  Fired fired_;
};

}  // namespace

std::string render(GraphHost& host, const TextTemplate& text) {
  std::string result;
  for (const TextTemplate::Part& part : text.parts) {
    if (part.value == nullptr) {
      result += part.text;
    } else {
      result += print_value(host.graph(), host.evaluate(*part.value).value);
    }
  }
  while (!result.empty() && (result.back() == '\n' || result.back() == ' ')) result.pop_back();
  return result;
}

Fired build_finding(GraphHost& host, const RuleLogic& logic, const RuleReport& report, NodeId each,
                    std::string_view root) {
  return FindingBuilder(host, logic, report, each, root).run();
}

}  // namespace halint
