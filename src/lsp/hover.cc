// What halint says about a place when asked.
// SPDX-License-Identifier: Apache-2.0
#include "lsp/hover.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "rules/print_value.h"

namespace halint::lsp {
namespace {

// Facts that say what something is for those who look at it, in this order, and how they read.
struct ShownFact {
  std::string_view name, title;
  bool is_said_of_none = true;  // False: most resources have none, and nobody asks.
};
constexpr ShownFact kShownFacts[] = {
    {"tier", "tier"},
    {"zone", "zone"},
    {"zones", "zones"},
    {"role", "role"},
    {"is_public", "public address"},
    {"egress", "leaves by"},
    {"route_table", "route table"},
    {"subnets_in", "in"},
    {"groups", "security groups"},
    {"ingress", "lets in"},
    {"reached_by", "reached by", false},
    {"nginx_servers", "nginx", false},
};
constexpr std::size_t kMostItems = 8;
constexpr std::string_view kEverything = "-1";

std::string print_ports(const Graph& graph, NodeId rule) {
  const Value& protocol = graph.attribute(rule, "protocol");
  if (protocol.kind() == ValueKind::kString && protocol.as_string() == kEverything) return "everything";
  const Value &from = graph.attribute(rule, "from_port"), &to = graph.attribute(rule, "to_port");
  std::string text = print_value(graph, protocol);
  if (from.is_unset()) return text;
  std::string first = print_value(graph, from), last = print_value(graph, to);
  return text + ' ' + (first == last || to.is_unset() ? first : first + '-' + last);
}

std::string print_peer(const Graph& graph, NodeId rule) {
  for (std::string_view edge : {"peer", "prefix_list"}) {
    Targets peers = graph.targets(rule, edge);
    if (!peers.links.empty()) return std::string(graph.node(peers.links.front().node).address);
  }
  const Value &cidr = graph.attribute(rule, "cidr"), &self = graph.attribute(rule, "is_self");
  if (!cidr.is_unset()) return print_value(graph, cidr);
  return self.kind() == ValueKind::kBool && self.as_bool() ? "itself" : "?";
}

// A rule of a security group says who may talk; its address would say nothing.
std::string print_item(const Graph& graph, const Value& item) {
  if (item.kind() != ValueKind::kNode) return print_value(graph, item);
  const Node& node = graph.node(item.as_node());
  if (graph.schema().kind(node.kind).name != "sg_rule") return std::string(node.address);
  return fmt::format("{} from {}", print_ports(graph, node.id), print_peer(graph, node.id));
}

std::string print_fact(const Graph& graph, const Value& value) {
  if (value.kind() == ValueKind::kBool) return value.as_bool() ? "yes" : "no";
  if (value.kind() != ValueKind::kList && value.kind() != ValueKind::kSet) return print_item(graph, value);
  std::vector<std::string> items;
  for (const Value& item : value.items()) {
    std::string text = print_item(graph, item);
    if (std::ranges::find(items, text) == items.end()) items.push_back(std::move(text));
  }
  std::size_t more = items.size() > kMostItems ? items.size() - kMostItems : 0;
  items.resize(items.size() - more);
  std::string text = fmt::format("{}", fmt::join(items, ", "));
  if (more > 0) text += fmt::format(" and {} more", more);
  if (value.rest() != nullptr) text += text.empty() ? "not known" : ", perhaps more";
  return text.empty() ? "none" : text;
}

class HoverWriter {
 public:
  HoverWriter(const Analysis& analysis, FileId file, std::uint32_t offset, const ClientAbilities& client)
      : analysis_(analysis), sources_(*analysis.sources), file_(file), offset_(offset), client_(client) {}

  Json run() {
    for (const Finding& finding : analysis_.report.findings) {
      if (is_at(finding.span)) say(describe(finding), finding.span);
    }
    for (const auto& topology : analysis_.topologies) {
      if (const Node* node = node_here(topology->graph())) {
        say(describe_node(*topology, *node) + findings_on(*node), node->header);
        break;
      }
    }
    if (text_.empty()) return nullptr;
    return {{"contents", {{"kind", "markdown"}, {"value", std::move(text_)}}},
            {"range", first_line_range(sources_, place_, client_.encoding)}};
  }

 private:
  bool is_at(const Span& span) const { return span.file == file_ && span.begin <= offset_ && offset_ <= span.end; }

  void say(const std::string& text, const Span& place) {
    text_ += (text_.empty() ? "" : "\n\n---\n\n") + text;
    if (!place_.is_known()) place_ = place;
  }

  std::string describe(const Finding& finding) const {
    if (client_.hover_shows_diagnostics) return fmt::format("**{}**: {}", finding.rule, finding.help);
    std::string text = fmt::format("**{}** · `{}`\n\n{}", name_of(finding.severity), finding.rule, finding.message);
    if (!finding.impact.empty()) text += "\n\n" + finding.impact;
    std::string places;
    for (const Evidence& item : finding.evidence) places += link(item.span, item.text);
    for (const Evidence& hop : finding.path) places += link(hop.span, hop.text);
    for (const ValueOrigin& origin : finding.origins) places += link(origin.span, origin.text);
    if (!places.empty()) text += "\n" + places;
    if (!finding.help.empty()) text += "\n\n" + finding.help;
    return text;
  }

  std::string link(const Span& span, const std::string& text) const {
    std::string path = analysis_.path_of(span.file);
    if (path.empty()) return {};
    std::uint32_t line = sources_.begin_of(span).line;
    return fmt::format("\n- [{}:{}]({}#L{}) {}", file_name_of(path), line, uri_of_path(path), line, text);
  }

  // Instances of a `count` have one header, so the first one speaks.
  const Node* node_here(const Graph& graph) const {
    for (const Node& node : graph.nodes()) {
      if (node.owner == node.id && is_at(node.header)) return &node;
    }
    return nullptr;
  }

  // Those that blame the resource, wherever they are underlined.
  std::string findings_on(const Node& node) const {
    std::string names;
    for (const Finding& finding : analysis_.report.findings) {
      bool is_blamed = std::ranges::any_of(finding.subjects, [&](const Subject& s) { return s.header == node.header; });
      if (is_blamed && names.find('`' + finding.rule + '`') == names.npos)
        names += fmt::format("{}`{}`", names.empty() ? "" : ", ", finding.rule);
    }
    return names.empty() ? std::string() : "\n- findings: " + names;
  }

  const Analysis& analysis_;
  const Sources& sources_;
  FileId file_;
  std::uint32_t offset_;
  const ClientAbilities& client_;
  std::string text_;
  Span place_;
};

}  // namespace

std::string describe_node(const Topology& topology, const Node& node) {
  const Graph& graph = topology.graph();
  std::string_view kind = graph.schema().kind(node.kind).name;
  std::string text = fmt::format("`{}` · {}", node.address, kind);
  for (const ShownFact& fact : kShownFacts) {
    if (Topology::find_fact(graph.schema(), kind, fact.name) == nullptr) continue;
    Value value = topology.fact(node.id, fact.name);
    bool is_list = value.kind() == ValueKind::kList || value.kind() == ValueKind::kSet;
    if (value.is_unset() || (is_list && value.items().empty() && !fact.is_said_of_none)) continue;
    text += fmt::format("\n- {}: {}", fact.title, print_fact(graph, value));
  }
  return text;
}

Json hover_at(const Analysis& analysis, const std::string& path, const Json& position, const ClientAbilities& client) {
  FileId file = analysis.file_of(path);
  if (file.index == 0) return nullptr;
  std::size_t offset = offset_of(analysis.sources->file(file).text, position, client.encoding);
  return HoverWriter(analysis, file, static_cast<std::uint32_t>(offset), client).run();
}

}  // namespace halint::lsp
