// The graph for programs: `halint-graph/1`. Within version 1 fields are only added.
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include <string>

#include "report/picture/writers.h"
#include "rules/print_value.h"

namespace halint::picture {
namespace {

using Json = nlohmann::ordered_json;

// Facts that say where a node stands and what it is for; the others follow from the edges.
constexpr std::string_view kFacts[] = {"tier",   "intent",     "zone",   "zones",   "role",        "is_public",
                                       "egress", "subnets_in", "groups", "targets", "route_table", "users"};

Json place_of(const Sources& sources, const Span& span) {
  if (!span.is_known()) return nullptr;
  return {{"file", sources.path(span.file)}, {"line", sources.begin_of(span).line}};
}

// Null is "not known"; a list says with `complete` whether there may be more.
Json value_of(const Graph& graph, const Value& value) {
  switch (value.kind()) {
    case ValueKind::kBool:
      return value.as_bool();
    case ValueKind::kList:
    case ValueKind::kSet: {
      Json items = Json::array();
      for (const Value& item : value.items()) items.push_back(value_of(graph, item));
      return {{"items", std::move(items)}, {"complete", value.rest() == nullptr}};
    }
    case ValueKind::kUnknown:
    case ValueKind::kAbsent:
    case ValueKind::kNull:
      return nullptr;
    default:
      return print_value(graph, value);
  }
}

bool has_sensitive(const Graph& graph, const Node& node) {
  for (const AttributeInfo& info : graph.schema().kind(node.kind).attributes) {
    if (graph.attribute(node.id, info.id).is_sensitive()) return true;
  }
  return false;
}

// Facts are made of attributes: of a node with a secret among them none is told, since none is worth the risk.
Json facts_of(const Topology& topology, const Node& node) {
  const Graph& graph = topology.graph();
  Json facts = Json::object();
  if (has_sensitive(graph, node)) return facts;
  for (std::string_view name : kFacts) {
    if (Topology::find_fact(graph.schema(), graph.schema().kind(node.kind).name, name) == nullptr) continue;
    facts[std::string(name)] = value_of(graph, topology.fact(node.id, name));
  }
  return facts;
}

Json node_of(const Topology& topology, const Sources& sources, const Node& node) {
  const Graph& graph = topology.graph();
  Json times = {
      {"least", node.multiplicity.least},
      {"most", node.multiplicity.most == Multiplicity::kInfinite ? Json(nullptr) : Json(node.multiplicity.most)}};
  return {{"address", node.address},
          {"kind", graph.schema().kind(node.kind).name},
          {"type", node.type},
          {"format", name_of(node.format)},
          {"external", node.is_external},
          {"times", std::move(times)},
          {"owner", graph.node(node.owner).address},
          {"location", place_of(sources, node.header)},
          {"facts", facts_of(topology, node)}};
}

void add_edges(const Graph& graph, const Sources& sources, const Node& node, Json& edges) {
  for (const EdgeInfo& info : graph.schema().kind(node.kind).edges) {
    for (const Link& link : graph.targets(node.id, info.id).links) {
      edges.push_back({{"from", node.address},
                       {"name", info.name},
                       {"to", graph.node(link.node).address},
                       {"certain", link.is_certain},
                       {"location", place_of(sources, link.span)}});
    }
  }
}

Json finding_of(const Sources& sources, const Finding& finding) {
  Json subjects = Json::array();
  for (const Subject& subject : finding.subjects) subjects.push_back(subject.address);
  Json evidence = Json::array();
  for (const Evidence& step : finding.evidence)
    evidence.push_back({{"text", step.text}, {"location", place_of(sources, step.span)}});
  return {{"id", finding.id},
          {"rule", finding.rule},
          {"severity", name_of(finding.severity)},
          {"message", finding.message},
          {"subjects", std::move(subjects)},
          {"evidence", std::move(evidence)},
          {"location", place_of(sources, finding.span)}};
}

}  // namespace

std::string write_json(const Drawing& drawing, const Report& report, const Sources& sources) {
  Json roots = Json::array();
  for (std::size_t i = 0; i < drawing.scenes.size(); ++i) {
    const Graph& graph = *drawing.scenes[i].graph;
    Json nodes = Json::array();
    Json edges = Json::array();
    for (const Node& node : graph.nodes()) {
      nodes.push_back(node_of(*drawing.topologies[i], sources, node));
      add_edges(graph, sources, node, edges);
    }
    roots.push_back({{"root", drawing.scenes[i].root}, {"nodes", std::move(nodes)}, {"edges", std::move(edges)}});
  }
  Json findings = Json::array();
  for (const Finding& finding : report.findings) findings.push_back(finding_of(sources, finding));
  const Json all = {{"schema", "halint-graph/1"}, {"roots", std::move(roots)}, {"findings", std::move(findings)}};
  // Bytes that are not UTF-8 are replaced: a picture of a broken file is better than none.
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace halint::picture
