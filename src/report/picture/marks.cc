// Findings at the boxes that they are about. What has no box of its own speaks through those that use it.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "report/picture/scene.h"
#include "rules/identity.h"

namespace halint::picture {
namespace {

// Edges that lead from a part to what it belongs to.
constexpr std::string_view kUpward[] = {"group",  "listener", "rule", "load_balancer", "table",   "alias",
                                        "server", "parent",   "http", "target",        "instance"};
// Edges that say nothing about whom a node serves.
constexpr std::string_view kSideways[] = {"peer", "replica_of"};

// The one edge that means both: a server belongs to its upstream, a location only sends requests there.
constexpr std::string_view kUpstream = "upstream", kUpstreamServer = "nginx_upstream_server";

bool is_among(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

// "infra#aws_subnet.a" of "tf:infra#aws_subnet.a".
std::string without_scheme(std::string_view full) {
  const std::size_t colon = full.find(':');
  return std::string(colon == std::string_view::npos ? full : full.substr(colon + 1));
}

class Marker {
 public:
  Marker(const Report& report, Scene& scene)
      : report_(report), scene_(scene), graph_(*scene.graph), things_(index_things(scene)) {
    sources_.resize(graph_.nodes().size());
    for (const Node& node : graph_.nodes()) {
      by_address_.emplace(without_scheme(full_address(graph_, node.id, ":" + scene_.root + "#")), node.id);
      if (node.owner == node.id && node.whole.is_known()) by_file_[node.whole.file.index].push_back(node.id);
      for (const EdgeInfo& edge : graph_.schema().kind(node.kind).edges) {
        if (is_among(edge.name, kSideways)) continue;
        for (const Link& link : graph_.targets(node.id, edge.id).links) sources_[link.node.index].push_back(node.id);
      }
    }
  }

  void run() {
    for (std::size_t i = 0; i < report_.findings.size(); ++i) {
      const Finding& finding = report_.findings[i];
      bool is_here = false;
      for (const Subject& subject : finding.subjects) {
        const NodeId* node = find(subject.address);
        if (node == nullptr) continue;
        is_here = true;
        for (std::size_t thing : carriers(*node)) blame(scene_.things[thing], finding, i);
      }
      if (!is_here) continue;
      for (const Evidence& evidence : finding.evidence) mark_evidence(evidence.span, i);
      for (const Evidence& evidence : finding.path) mark_evidence(evidence.span, i);
    }
    for (const Inconclusive& undecided : report_.inconclusive) {
      const NodeId* node = find(undecided.address);
      if (node == nullptr) continue;
      for (std::size_t thing : carriers(*node)) raise(scene_.things[thing], Mark::kInconclusive);
    }
  }

 private:
  static void raise(Thing& thing, Mark mark) { thing.mark = std::max(thing.mark, mark); }

  static void remember(Thing& thing, std::size_t finding) {
    if (std::ranges::find(thing.findings, finding) == thing.findings.end()) thing.findings.push_back(finding);
  }

  static void blame(Thing& thing, const Finding& finding, std::size_t index) {
    if (thing.mark == Mark::kSubject && std::ranges::find(thing.findings, index) != thing.findings.end()) {
      if (std::ranges::any_of(thing.labels, [&](const Label& label) { return label.rule == finding.rule; })) return;
    }
    raise(thing, Mark::kSubject);
    thing.severity = std::max(thing.severity, finding.severity);
    remember(thing, index);
    for (Label& label : thing.labels) {
      if (label.rule != finding.rule || label.severity != finding.severity) continue;
      ++label.times;
      return;
    }
    thing.labels.push_back({finding.severity, finding.rule, 1});
    std::ranges::stable_sort(thing.labels, std::ranges::greater(), &Label::severity);
  }

  // "tf:infra#aws_subnet.a", also of nginx that was joined to this graph: the node; null if it is of another one.
  const NodeId* find(std::string_view full) const {
    const auto found = by_address_.find(without_scheme(full));
    return found == by_address_.end() ? nullptr : &found->second;
  }

  // The things that show a node, or else the nearest ones that it is part of or that use it.
  std::vector<std::size_t> carriers(NodeId start) const {
    constexpr int kMostSteps = 4;
    std::vector<NodeId> front = {start};
    std::vector<bool> seen(graph_.nodes().size());
    seen[start.index] = true;
    for (int step = 0; step < kMostSteps && !front.empty(); ++step) {
      std::vector<std::size_t> found;
      for (NodeId node : front) found.insert(found.end(), things_[node.index].begin(), things_[node.index].end());
      if (!found.empty()) {
        std::ranges::sort(found);
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
      }
      std::vector<NodeId> next;
      const auto visit = [&](NodeId node) {
        if (seen[node.index]) return;
        seen[node.index] = true;
        next.push_back(node);
      };
      for (NodeId node : front) {
        visit(graph_.node(node).owner);
        const KindInfo& kind = graph_.schema().kind(graph_.node(node).kind);
        for (const EdgeInfo& edge : kind.edges) {
          const bool is_member = edge.name == kUpstream && kind.name == kUpstreamServer;
          if (!is_member && !is_among(edge.name, kUpward)) continue;
          for (const Link& link : graph_.targets(node, edge.id).links) visit(link.node);
        }
        for (NodeId source : sources_[node.index]) visit(source);
      }
      front = std::move(next);
    }
    return {};
  }

  void mark_evidence(const Span& span, std::size_t finding) {
    if (!span.is_known()) return;
    const auto file = by_file_.find(span.file.index);
    if (file == by_file_.end()) return;
    for (NodeId node : file->second) {
      if (!graph_.node(node).whole.contains(span)) continue;
      for (std::size_t thing : things_[node.index]) {
        raise(scene_.things[thing], Mark::kEvidence);
        remember(scene_.things[thing], finding);
      }
    }
  }

  const Report& report_;
  Scene& scene_;
  const Graph& graph_;
  const ThingsOfNode things_;
  std::vector<std::vector<NodeId>> sources_;  // Node -> nodes with an edge to it.
  std::unordered_map<std::string, NodeId> by_address_;
  std::map<std::uint32_t, std::vector<NodeId>> by_file_;
};

}  // namespace

void mark_findings(const Report& report, Scene& scene) {
  Marker(report, scene).run();
}

}  // namespace halint::picture
