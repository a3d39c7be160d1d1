// What the server answers about a place: hover, symbols, code actions.
// SPDX-License-Identifier: Apache-2.0
#include "lsp/features.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "report/rule_page.h"
#include "rules/print_value.h"

namespace halint::lsp {
namespace {

// SymbolKind.Object of the protocol.
constexpr int kObject = 19;

// Facts that say what something is for those who look at it, in this order.
constexpr std::string_view kShownFacts[] = {"tier",   "zone",        "zones",      "role",    "is_public",
                                            "egress", "route_table", "subnets_in", "ingress", "groups"};

bool holds(const Span& span, FileId file, std::uint32_t offset) {
  return span.file == file && span.begin <= offset && offset <= span.end;
}

Json markdown(std::string text, const Sources& sources, const Span& span, Encoding encoding) {
  return {{"contents", {{"kind", "markdown"}, {"value", std::move(text)}}},
          {"range", first_line_range(sources, span, encoding)}};
}

std::string describe(const Finding& finding) {
  std::string text = fmt::format("**{}** · `{}`\n\n{}", name_of(finding.severity), finding.rule, finding.message);
  if (!finding.impact.empty()) text += "\n\n" + finding.impact;
  if (!finding.help.empty()) text += "\n\n" + finding.help;
  return text;
}

std::string describe(const Topology& topology, const Node& node) {
  const Schema& schema = topology.graph().schema();
  std::string text = fmt::format("`{}` · {}", node.address, schema.kind(node.kind).name);
  for (std::string_view name : kShownFacts) {
    if (Topology::find_fact(schema, schema.kind(node.kind).name, name) == nullptr) continue;
    Value value = topology.fact(node.id, name);
    if (value.is_absent() || value.is_null()) continue;
    text += fmt::format("\n- {}: {}", name, print_value(topology.graph(), value));
  }
  return text;
}

// Resources whose header is at a place: all instances of a `count` have one header, so the first one speaks.
const Node* node_at(const Graph& graph, FileId file, std::uint32_t offset) {
  for (const Node& node : graph.nodes()) {
    if (node.owner == node.id && holds(node.header, file, offset)) return &node;
  }
  return nullptr;
}

// Every edge that is written somewhere: who has it, where it stands, where it leads.
template <typename Visit>
void each_link(const Graph& graph, const Visit& visit) {
  for (const Node& node : graph.nodes()) {
    if (node.format == Format::kTerraform) continue;
    for (const EdgeInfo& edge : graph.schema().kind(node.kind).edges) {
      for (const Link& link : graph.targets(node.id, edge.id).links) {
        if (link.span.is_known()) visit(link);
      }
    }
  }
}

Json locations_of(const Analysis& analysis, std::vector<Span> spans, Encoding encoding) {
  std::ranges::sort(spans);
  spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
  Json locations = Json::array();
  for (const Span& span : spans) {
    std::string path = analysis.path_of(span.file);
    if (path.empty()) continue;
    locations.push_back({{"uri", uri_of_path(path)}, {"range", first_line_range(*analysis.sources, span, encoding)}});
  }
  return locations;
}

Json ignore_action(const Json& diagnostic, const std::string& rule, const Json& edit) {
  Json range = {{"start", edit["position"]}, {"end", edit["position"]}};
  Json changes = {{text_of(edit, "uri"), Json::array({{{"range", range}, {"newText", text_of(edit, "text")}}})}};
  return {{"title", fmt::format("halint ({}): ignore on this resource, with a reason", rule)},
          {"kind", "quickfix"},
          {"diagnostics", Json::array({diagnostic})},
          {"edit", {{"changes", std::move(changes)}}}};
}

Json explain_action(const Json& diagnostic, const std::string& rule) {
  return {{"title", "halint: explain " + rule},
          {"kind", "quickfix"},
          {"diagnostics", Json::array({diagnostic})},
          {"command", {{"title", "explain " + rule}, {"command", "halint.explain"}, {"arguments", {rule}}}}};
}

bool wants_quick_fixes(const Json& only) {
  if (!only.is_array()) return true;
  return std::any_of(only.begin(), only.end(), [](const Json& kind) { return kind == "quickfix" || kind == ""; });
}

std::int64_t line_of(const Json& object, const char* edge) {
  const Json& line = member(object, {"range", edge, "line"});
  return line.is_number_integer() ? line.get<std::int64_t>() : -1;
}

// The diagnostics that actions are asked for. A client may leave `data` out, or all of them: then what it shows counts.
Json wanted_diagnostics(const Json& parameters, const Json& shown) {
  Json wanted = Json::array();
  const Json& given = member(parameters, {"context", "diagnostics"});
  for (const Json& diagnostic : given) {
    auto is_same = [&](const Json& item) {
      return text_of(item, "code") == text_of(diagnostic, "code") &&
             line_of(item, "start") == line_of(diagnostic, "start");
    };
    auto known = std::find_if(shown.begin(), shown.end(), is_same);
    bool is_whole = !member(diagnostic, {"data"}).is_null() || known == shown.end();
    wanted.push_back(is_whole ? diagnostic : *known);
  }
  if (given.is_array() && !given.empty()) return wanted;
  std::int64_t first = line_of(parameters, "start"), last = line_of(parameters, "end");
  std::copy_if(shown.begin(), shown.end(), std::back_inserter(wanted),
               [&](const Json& item) { return line_of(item, "start") <= last && first <= line_of(item, "end"); });
  return wanted;
}

}  // namespace

Json hover_at(const Analysis& analysis, const std::string& path, const Json& position, Encoding encoding) {
  FileId file = analysis.file_of(path);
  if (file.index == 0) return nullptr;
  const Sources& sources = *analysis.sources;
  auto offset = static_cast<std::uint32_t>(offset_of(sources.file(file).text, position, encoding));
  std::string text;
  Span place;
  for (const Finding& finding : analysis.report.findings) {
    if (!holds(finding.span, file, offset)) continue;
    text += (text.empty() ? "" : "\n\n---\n\n") + describe(finding);
    place = finding.span;
  }
  for (const auto& topology : analysis.topologies) {
    const Node* node = node_at(topology->graph(), file, offset);
    if (node == nullptr) continue;
    text += (text.empty() ? "" : "\n\n---\n\n") + describe(*topology, *node);
    if (!place.is_known()) place = node->header;
    break;
  }
  return text.empty() ? Json(nullptr) : markdown(std::move(text), sources, place, encoding);
}

Json symbols_of(const Analysis& analysis, const std::string& path, Encoding encoding) {
  Json symbols = Json::array();
  FileId file = analysis.file_of(path);
  if (file.index == 0) return symbols;
  std::vector<Span> seen;
  for (const auto& topology : analysis.topologies) {
    const Graph& graph = topology->graph();
    for (const Node& node : graph.nodes()) {
      bool is_here =
          node.owner == node.id && !node.is_external && node.header.file == file && node.whole.contains(node.header);
      // Instances of one block are one symbol.
      if (!is_here || std::find(seen.begin(), seen.end(), node.header) != seen.end()) continue;
      seen.push_back(node.header);
      std::string name(node.address.substr(0, node.address.find('[')));
      symbols.push_back({{"name", std::move(name)},
                         {"detail", graph.schema().kind(node.kind).name},
                         {"kind", kObject},
                         {"range", range_of(*analysis.sources, node.whole, encoding)},
                         {"selectionRange", range_of(*analysis.sources, node.header, encoding)}});
    }
  }
  std::stable_sort(symbols.begin(), symbols.end(), [](const Json& a, const Json& b) {
    const Json &x = a["range"]["start"], &y = b["range"]["start"];
    return std::pair(x["line"].get<int>(), x["character"].get<int>()) <
           std::pair(y["line"].get<int>(), y["character"].get<int>());
  });
  return symbols;
}

Json definition_at(const Analysis& analysis, const std::string& path, const Json& position, Encoding encoding) {
  FileId file = analysis.file_of(path);
  if (file.index == 0) return Json::array();
  auto offset = static_cast<std::uint32_t>(offset_of(analysis.sources->file(file).text, position, encoding));
  std::vector<Span> found;
  for (const auto& topology : analysis.topologies) {
    const Graph& graph = topology->graph();
    each_link(graph, [&](const Link& link) {
      const Node& target = graph.node(link.node);
      if (holds(link.span, file, offset) && !target.is_external) found.push_back(target.header);
    });
  }
  return locations_of(analysis, std::move(found), encoding);
}

Json references_at(const Analysis& analysis, const std::string& path, const Json& position, Encoding encoding) {
  FileId file = analysis.file_of(path);
  if (file.index == 0) return Json::array();
  auto offset = static_cast<std::uint32_t>(offset_of(analysis.sources->file(file).text, position, encoding));
  std::vector<Span> found;
  for (const auto& topology : analysis.topologies) {
    const Graph& graph = topology->graph();
    each_link(graph, [&](const Link& link) {
      if (holds(graph.node(link.node).header, file, offset)) found.push_back(link.span);
    });
  }
  return locations_of(analysis, std::move(found), encoding);
}

Json code_actions_of(const Json& parameters, const Json& shown) {
  Json actions = Json::array();
  if (!wants_quick_fixes(member(parameters, {"context", "only"}))) return actions;
  for (const Json& diagnostic : wanted_diagnostics(parameters, shown)) {
    std::string rule = text_of(member(diagnostic, {"data"}), "rule");
    if (rule.empty() || text_of(diagnostic, "source") != "halint") continue;
    const Json& edit = member(diagnostic, {"data", "ignore"});
    if (edit.is_object()) actions.push_back(ignore_action(diagnostic, rule, edit));
    actions.push_back(explain_action(diagnostic, rule));
  }
  return actions;
}

std::string explain_rule(const std::string& name) {
  const Rule* rule = builtin_rules().find(name);
  return rule == nullptr ? std::string() : rule_page(*rule);
}

}  // namespace halint::lsp
