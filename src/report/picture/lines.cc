// The lines of a picture: how subnets get out, and who talks to whom.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "report/picture/scene.h"

namespace halint::picture {
namespace {

std::vector<NodeId> nodes_in(const Value& value) {
  std::vector<NodeId> nodes;
  if (value.is(ValueKind::kNode)) nodes.push_back(value.as_node());
  if (!value.is(ValueKind::kList) && !value.is(ValueKind::kSet)) return nodes;
  for (const Value& item : value.items()) {
    if (item.is(ValueKind::kNode)) nodes.push_back(item.as_node());
  }
  return nodes;
}

bool is_true(const Value& value) {
  return value.is(ValueKind::kBool) && value.as_bool();
}

class Liner {
 public:
  Liner(const Topology& topology, Scene& scene)
      : topology_(topology), graph_(topology.graph()), scene_(scene), things_(index_things(scene)) {}

  void run() {
    for (std::size_t i = 0; i < scene_.things.size(); ++i) {
      // What is one box speaks with one voice.
      for (NodeId id : std::vector<NodeId>(scene_.things[i].nodes)) visit(i, graph_.node(id));
    }
    connect_stores();
    for (const Node& node : graph_.nodes()) {
      if (graph_.schema().kind(node.kind).name != "nginx_location") continue;
      for (const Link& server : graph_.targets(node.id, "server").links) {
        for (const Link& upstream : graph_.targets(node.id, "upstream").links)
          connect(server.node, upstream.node, LineKind::kTraffic);
      }
    }
    for (const VpcScene& vpc : scene_.vpcs) {
      for (const TierRow& tier : vpc.tiers) {
        for (const SubnetRow& row : tier.rows) {
          for (const Cell& cell : row.cells) bundle(cell);
        }
      }
    }
    scene_.lines.assign(lines_.begin(), lines_.end());
    if (scene_.lines.size() > kMostLines) {
      scene_.lines.clear();
      scene_.note = "there are too many lines to draw";
    }
  }

 private:
  std::size_t internet() {
    if (!scene_.internet) {
      Thing thing;
      thing.kind = "internet";
      thing.name = "the internet";
      thing.category = Category::kEdge;
      scene_.things.push_back(std::move(thing));
      scene_.internet = scene_.things.size() - 1;
      scene_.edge.label = "internet, edge";
    }
    return *scene_.internet;
  }

  void connect(std::size_t from, std::size_t to, LineKind kind) {
    if (from != to) lines_.insert({from, to, kind});
  }
  void connect(NodeId from, NodeId to, LineKind kind) {
    for (std::size_t a : things_[from.index]) {
      for (std::size_t b : things_[to.index]) return connect(a, b, kind);
    }
  }

  bool is_open_to_world(const Node& node) const {
    for (NodeId rule : nodes_in(topology_.fact(node.id, "ingress"))) {
      if (is_true(topology_.fact(rule, "is_world"))) return true;
    }
    return false;
  }

  void visit(std::size_t thing, const Node& node) {
    const std::string_view kind = graph_.schema().kind(node.kind).name;
    if (kind == "internet_gateway") connect(thing, internet(), LineKind::kRoute);
    if (kind == "subnet") {
      for (NodeId gateway : nodes_in(topology_.fact(node.id, "egress"))) connect(node.id, gateway, LineKind::kRoute);
    } else if (kind == "load_balancer") {
      const Value& scheme = graph_.attribute(node.id, "scheme");
      if (scheme.is(ValueKind::kString) && scheme.as_string() == "internet-facing")
        connect(internet(), thing, LineKind::kTraffic);
      for (NodeId target : nodes_in(topology_.fact(node.id, "targets"))) connect(node.id, target, LineKind::kTraffic);
    } else if (kind == "dns_record") {
      for (const Link& link : graph_.targets(node.id, "alias").links) connect(node.id, link.node, LineKind::kTraffic);
    } else if (is_true(topology_.fact(node.id, "is_public")) ||
               is_true(graph_.attribute(node.id, "publicly_accessible"))) {
      if (is_open_to_world(node)) connect(internet(), thing, LineKind::kTraffic);
    }
  }

  // Compute -> data store, where a rule of the store's groups admits a group of the compute.
  void connect_stores() {
    for (KindId kind : graph_.schema().kinds_named("data_store")) {
      for (NodeId store : graph_.nodes_of(kind)) {
        std::set<std::uint32_t> peers;
        for (NodeId rule : nodes_in(topology_.fact(store, "ingress"))) {
          for (const Link& peer : graph_.targets(rule, "peer").links) peers.insert(peer.node.index);
        }
        if (!peers.empty()) connect_members(peers, store);
      }
    }
  }

  void connect_members(const std::set<std::uint32_t>& peers, NodeId store) {
    for (KindId kind : graph_.schema().kinds_named("compute")) {
      for (NodeId compute : graph_.nodes_of(kind)) {
        const auto groups = nodes_in(topology_.fact(compute, "groups"));
        if (std::ranges::any_of(groups, [&](NodeId group) { return peers.contains(group.index); }))
          connect(compute, store, LineKind::kTraffic);
      }
    }
  }

  // Where all compute of a subnet speaks with the same box, one line of the subnet says it.
  void bundle(const Cell& cell) {
    std::vector<std::size_t> speakers;
    for (std::size_t thing : cell.things) {
      if (scene_.things[thing].category == Category::kCompute) speakers.push_back(thing);
    }
    if (speakers.size() < 2) return;
    std::set<std::size_t> others;
    for (const Line& line : lines_) {
      if (line.kind == LineKind::kTraffic) others.insert({line.from, line.to});
    }
    for (std::size_t other : others) {
      replace(speakers, cell.subnet, [&](std::size_t end) { return Line{end, other, LineKind::kTraffic}; });
      replace(speakers, cell.subnet, [&](std::size_t end) { return Line{other, end, LineKind::kTraffic}; });
    }
  }

  template <typename MakeLine>
  void replace(const std::vector<std::size_t>& ends, std::size_t by, MakeLine line_of) {
    const auto is_there = [&](std::size_t end) { return lines_.contains(line_of(end)); };
    if (!std::ranges::all_of(ends, is_there)) return;
    for (std::size_t end : ends) lines_.erase(line_of(end));
    lines_.insert(line_of(by));
  }

  const Topology& topology_;
  const Graph& graph_;
  Scene& scene_;
  const ThingsOfNode things_;
  std::set<Line> lines_;
};

}  // namespace

void draw_lines(const Topology& topology, Scene& scene) {
  Liner(topology, scene).run();
}

}  // namespace halint::picture
