// What the server answers about a file: symbols, where names lead, code actions.
// SPDX-License-Identifier: Apache-2.0
#include "lsp/features.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

#include "report/rule_page.h"

namespace halint::lsp {
namespace {

// SymbolKind.Object of the protocol.
constexpr int kObject = 19;

bool holds(const Span& span, FileId file, std::uint32_t offset) {
  return span.file == file && span.begin <= offset && offset <= span.end;
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

struct Symbol {
  const Node* node;
  std::string kind;
};

// Symbols in the order of their places, as `DocumentSymbol` with children.
class SymbolTree {
 public:
  SymbolTree(const Sources& sources, Encoding encoding) : sources_(sources), encoding_(encoding) {}

  // Those from `at` on that lie within `outer`; all that are left without it.
  Json below(const std::vector<Symbol>& symbols, std::size_t& at, const Node* outer) const {
    Json list = Json::array();
    while (at < symbols.size() && (outer == nullptr || outer->whole.contains(symbols[at].node->whole))) {
      const Symbol& symbol = symbols[at++];
      Json item = {{"name", name_of(*symbol.node, outer)},
                   {"detail", symbol.kind},
                   {"kind", kObject},
                   {"range", range_of(sources_, symbol.node->whole, encoding_)},
                   {"selectionRange", range_of(sources_, symbol.node->header, encoding_)}};
      Json children = below(symbols, at, symbol.node);
      if (!children.empty()) item["children"] = std::move(children);
      list.push_back(std::move(item));
    }
    return list;
  }

 private:
  // The address, without what stands for the instance, and without what the parent says already.
  static std::string name_of(const Node& node, const Node* outer) {
    std::string_view name = node.address;
    if (node.format == Format::kTerraform && node.owner == node.id && name.ends_with(']'))
      name = name.substr(0, name.rfind('['));
    if (outer != nullptr && name.size() > outer->address.size() && name.starts_with(outer->address))
      name.remove_prefix(outer->address.size() + (name[outer->address.size()] == '/' ? 1 : 0));
    // The peers of a rule of a security group are one block.
    if (node.format != Format::kNginx && node.owner != node.id) name = name.substr(0, name.find('/'));
    return std::string(name);
  }

  const Sources& sources_;
  Encoding encoding_;
};

}  // namespace

Json symbols_of(const Analysis& analysis, const std::string& path, Encoding encoding) {
  FileId file = analysis.file_of(path);
  if (file.index == 0) return Json::array();
  std::vector<Symbol> symbols;
  for (const auto& topology : analysis.topologies) {
    for (const Node& node : topology->graph().nodes()) {
      if (node.is_external || node.header.file != file || !node.whole.contains(node.header)) continue;
      // Parts that are made of the same text as their owner, such as the peers of a rule, are no symbols.
      if (node.owner != node.id && topology->graph().node(node.owner).header == node.header) continue;
      symbols.push_back({&node, std::string(topology->graph().schema().kind(node.kind).name)});
    }
  }
  // Outer ones first; instances of one block are one symbol.
  auto order = [](const Symbol& s) {
    return std::tuple(s.node->whole.begin, ~s.node->whole.end, s.node->header.begin);
  };
  std::ranges::stable_sort(symbols, {}, order);
  auto is_twin = [&](const Symbol& a, const Symbol& b) { return order(a) == order(b); };
  symbols.erase(std::unique(symbols.begin(), symbols.end(), is_twin), symbols.end());
  std::size_t at = 0;
  return SymbolTree(*analysis.sources, encoding).below(symbols, at, nullptr);
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
