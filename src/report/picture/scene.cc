// Puts what a graph holds into the cells of a picture: which zone, which tier, which subnet.
// SPDX-License-Identifier: Apache-2.0
#include "report/picture/scene.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "rules/print_value.h"

namespace halint::picture {
namespace {

struct NaturalLess {
  bool operator()(const std::string& a, const std::string& b) const {
    if (natural_less(a, b)) return true;
    return !natural_less(b, a) && a < b;
  }
};

// Where a subnet is drawn.
struct Place {
  std::size_t vpc = 0;
  Tier tier = Tier::kUnknown;
  std::size_t row = 0;  // Index into TierRow::rows.
  std::size_t column = 0;
  std::size_t cell = 0;
};

bool is_text(const Value& value, std::string_view text) {
  return value.is(ValueKind::kString) && value.as_string() == text;
}

// "private_a" and "private_c" are "private"; instances of one block belong together anyway.
std::string stem_of(const Node& node) {
  std::string stem(without_instance_key(node.address));
  if (stem.size() != node.address.size()) return stem;
  std::size_t end = stem.size();
  while (end > 0 && stem[end - 1] >= '0' && stem[end - 1] <= '9') --end;
  if (end == stem.size() && end > 1) {
    const char last = stem[end - 1];
    const char before = stem[end - 2];
    const bool is_letter =
        (last >= 'a' && last <= 'f' && (before == '_' || before == '-' || (before >= '0' && before <= '9'))) ||
        (last >= 'A' && last <= 'F' && before >= 'a' && before <= 'z');
    if (is_letter) --end;
  }
  while (end > 1 && (stem[end - 1] == '_' || stem[end - 1] == '-')) --end;
  // "ap-northeast-2a" and the like: what is left may end in a number again.
  return end == 0 ? stem : stem.substr(0, end);
}

class Placer {
 public:
  Placer(const Topology& topology, Scene& scene)
      : topology_(topology), graph_(topology.graph()), schema_(graph_.schema()), scene_(scene) {}

  void run() {
    find_columns();
    for (const Node* node : sorted("vpc")) {
      scene_.vpcs.push_back({add(*node), {}, {}});
      vpc_of_.emplace(node->id.index, scene_.vpcs.size() - 1);
    }
    for (const Node* node : sorted("subnet")) place_subnet(*node);
    for (auto& [key, instances] : subnet_cells_) fill_cell(key, instances);
    sort_rows();
    place_gateways();
    for (std::string_view kind : {"nat_gateway", "load_balancer", "instance", "autoscaling_group", "db_cluster",
                                  "db_instance", "cache_group", "kafka_cluster"}) {
      for (const Node* node : sorted(kind)) place_resource(*node);
    }
    for (const Node* node : sorted("dns_record")) fold(scene_.edge.things, *node);
    place_nginx();
    drop_empty();
    find_missing();
  }

 private:
  using CellKey = std::tuple<std::size_t, Tier, std::string, std::size_t>;  // VPC, tier, stem, column.

  std::vector<const Node*> sorted(std::string_view kind) const {
    std::vector<const Node*> nodes;
    const KindInfo* info = schema_.find_kind(kind);
    if (info == nullptr) return nodes;
    for (NodeId id : graph_.nodes_of(info->id)) nodes.push_back(&graph_.node(id));
    std::ranges::stable_sort(nodes, [](const Node* a, const Node* b) { return natural_less(a->address, b->address); });
    return nodes;
  }

  const KindLook& look(const Node& node) const { return *look_of(schema_.kind(node.kind).name); }

  std::size_t add(const Node& node) {
    scene_.things.push_back(thing_of(graph_, node, look(node)));
    return scene_.things.size() - 1;
  }

  // Into `list`, as one box with the other instances of its block.
  void fold(std::vector<std::size_t>& list, const Node& node) {
    const std::string_view block = without_instance_key(node.address);
    for (std::size_t index : list) {
      Thing& thing = scene_.things[index];
      if (thing.nodes.empty()) continue;
      const Node& first = graph_.node(thing.nodes.front());
      // In nginx, brackets hold names.
      const bool is_instance = node.format == Format::kTerraform &&
                               (first.address.size() != block.size() || node.address.size() != block.size());
      if (!is_instance || first.kind != node.kind || without_instance_key(first.address) != block) continue;
      thing.nodes.push_back(node.id);
      thing.name = block;
      return;
    }
    list.push_back(add(node));
  }

  // The name of a subnet's zone; empty if none is known, or if it must not be shown.
  std::string zone_name(const Node& subnet) const {
    const Value zone = topology_.fact(subnet.id, "zone");
    if (!zone.is(ValueKind::kZone) || zone.as_zone().kind == ZoneTerm::Kind::kFree) return "";
    for (std::string_view name : {"az", "az_id"}) {
      if (graph_.attribute(subnet.id, name).is_sensitive()) return "";
    }
    return print_value(graph_, zone);
  }

  void find_columns() {
    std::set<std::string, NaturalLess> zones;
    for (const Node* subnet : sorted("subnet")) {
      const std::string zone = zone_name(*subnet);
      if (zone.empty()) {
        has_unzoned_ = true;
      } else {
        zones.insert(zone);
      }
    }
    scene_.columns.assign(zones.begin(), zones.end());
    scene_.zone_count = scene_.columns.size();
    if (has_unzoned_) scene_.columns.push_back("zone not known");
  }

  std::size_t column_of(const Node& subnet) const {
    const std::string zone = zone_name(subnet);
    if (zone.empty()) return scene_.zone_count;
    const auto found = std::ranges::find(scene_.columns, zone);
    return static_cast<std::size_t>(found - scene_.columns.begin());
  }

  Tier tier_of(const Node& subnet) const {
    const Value tier = topology_.fact(subnet.id, "tier");
    const Value intent = topology_.fact(subnet.id, "intent");
    // A subnet that is meant to be public, and lacks the route, is missing in the public row and not elsewhere.
    if (is_text(tier, "public") || is_text(intent, "public")) return Tier::kPublic;
    if (is_text(tier, "isolated") || is_text(intent, "data")) return Tier::kIsolated;
    if (is_text(tier, "private") || is_text(intent, "private")) return Tier::kPrivate;
    return Tier::kUnknown;
  }

  std::size_t vpc_index(NodeId node, std::string_view edge) {
    const Targets targets = graph_.targets(node, edge);
    if (!targets.links.empty()) {
      const auto found = vpc_of_.find(targets.links.front().node.index);
      if (found != vpc_of_.end()) return found->second;
    }
    if (!nowhere_) {
      // With one VPC in the files, what names none that is known stands beside it all the same.
      scene_.vpcs.emplace_back();
      nowhere_ = scene_.vpcs.size() - 1;
    }
    return *nowhere_;
  }

  void place_subnet(const Node& node) {
    CellKey key = {vpc_index(node.id, "vpc"), tier_of(node), stem_of(node), column_of(node)};
    // Two subnets of different blocks with one stem in one zone stand below each other.
    auto& stem = std::get<2>(key);
    for (auto found = subnet_cells_.find(key); found != subnet_cells_.end(); found = subnet_cells_.find(key)) {
      if (without_instance_key(found->second.front()->address) == without_instance_key(node.address)) break;
      stem += '+';
    }
    subnet_cells_[key].push_back(&node);
  }

  TierRow& tier_row(VpcScene& vpc, Tier tier) {
    for (TierRow& row : vpc.tiers) {
      if (row.tier == tier) return row;
    }
    return vpc.tiers.emplace_back(TierRow{tier, {}});
  }

  void fill_cell(const CellKey& key, const std::vector<const Node*>& instances) {
    const auto& [vpc, tier, stem, column] = key;
    TierRow& row = tier_row(scene_.vpcs[vpc], tier);
    std::size_t index = 0;
    while (index < row.rows.size() && row.rows[index].stem != stem) ++index;
    if (index == row.rows.size()) row.rows.push_back({stem, {}, {}, {}});
    std::vector<std::size_t> frame;
    for (const Node* node : instances) fold(frame, *node);
    // Instances that are no instances of one block cannot share a cell; `place_subnet` sees to that.
    row.rows[index].cells.push_back({frame.front(), column, {}});
    for (const Node* node : instances)
      places_.emplace(node->id.index, Place{vpc, tier, index, column, row.rows[index].cells.size() - 1});
  }

  void sort_rows() {
    for (VpcScene& vpc : scene_.vpcs)
      std::ranges::stable_sort(vpc.tiers, {}, &TierRow::tier);  // Places name tiers, not indexes.
  }

  void place_gateways() {
    for (std::string_view kind :
         {"internet_gateway", "egress_only_gateway", "vpn_gateway", "transit_gateway", "vpc_peering"}) {
      for (const Node* node : sorted(kind)) {
        const Targets vpc = graph_.targets(node->id, "vpc");
        const bool is_placed = !vpc.links.empty() && vpc_of_.contains(vpc.links.front().node.index);
        fold(is_placed ? scene_.vpcs[vpc_of_.at(vpc.links.front().node.index)].gateways : scene_.edge.things, *node);
      }
    }
  }

  std::vector<NodeId> subnets_of(const Node& node) const {
    std::vector<NodeId> subnets;
    const Value in = topology_.fact(node.id, "subnets_in");
    if (in.is(ValueKind::kList)) {
      for (const Value& item : in.items()) {
        if (item.is(ValueKind::kNode)) subnets.push_back(item.as_node());
      }
    } else {
      for (const Link& link : graph_.targets(node.id, "subnet").links) subnets.push_back(link.node);
    }
    return subnets;
  }

  void place_resource(const Node& node) {
    // By row, the cells in which it stands.
    std::map<std::tuple<std::size_t, Tier, std::size_t>, std::map<std::size_t, std::size_t>> rows;
    for (NodeId subnet : subnets_of(node)) {
      const auto found = places_.find(subnet.index);
      if (found == places_.end()) continue;
      const Place& place = found->second;
      rows[{place.vpc, place.tier, place.row}].emplace(place.column, place.cell);
    }
    if (rows.empty()) return place_outside(node);
    for (const auto& [key, columns] : rows) {
      const auto& [vpc, tier, index] = key;
      SubnetRow& row = tier_row(scene_.vpcs[vpc], tier).rows[index];
      if (columns.size() == 1) {
        fold(row.cells[columns.begin()->second].things, node);
      } else {
        add_bands(row, node, columns);
      }
    }
  }

  // One band for each run of neighbouring columns.
  void add_bands(SubnetRow& row, const Node& node, const std::map<std::size_t, std::size_t>& columns) {
    std::size_t first = columns.begin()->first;
    std::size_t last = first;
    const auto flush = [&] {
      std::vector<std::size_t> same;
      for (const Band& band : row.bands) {
        if (band.first == first && band.last == last) same.push_back(band.thing);
      }
      const std::size_t before = same.size();
      fold(same, node);
      if (same.size() > before) row.bands.push_back({same.back(), first, last});
    };
    for (const auto& [column, cell] : columns) {
      if (column > last + 1) {
        flush();
        first = column;
      }
      last = column;
    }
    flush();
  }

  void place_outside(const Node& node) {
    if (node.is_external) return;
    const Targets vpc = graph_.targets(node.id, "vpc");
    if (!vpc.links.empty() && vpc_of_.contains(vpc.links.front().node.index)) {
      fold(scene_.vpcs[vpc_of_.at(vpc.links.front().node.index)].gateways, node);
    } else {
      fold(outside_, node);
    }
  }

  void place_nginx() {
    if (!outside_.empty()) scene_.strips.push_back({"no subnet known", std::move(outside_)});
    for (const auto& [kind, label] :
         {std::pair("nginx_server", "nginx servers"), {"nginx_upstream", "nginx upstreams"}}) {
      Strip strip{label, {}};
      for (const Node* node : sorted(kind)) {
        if (!place_on_machines(*node)) fold(strip.things, *node);
      }
      if (!strip.things.empty()) scene_.strips.push_back(std::move(strip));
    }
    if (!scene_.edge.things.empty()) scene_.edge.label = "internet, edge";
  }

  // Into the boxes of the machines that it runs on; false if none is known.
  bool place_on_machines(const Node& node) {
    bool is_placed = false;
    if (schema_.kind(node.kind).name != "nginx_server") return is_placed;
    for (const Link& link : graph_.targets(node.id, "serves").links) {
      const std::vector<std::size_t> machines = index_things(scene_)[link.node.index];
      for (std::size_t machine : machines) {
        is_placed = true;
        const auto is_it = [&](std::size_t inner) { return scene_.things[inner].nodes.front() == node.id; };
        if (std::ranges::any_of(scene_.things[machine].inside, is_it)) continue;
        const std::size_t inner = add(node);
        scene_.things[machine].inside.push_back(inner);
      }
    }
    return is_placed;
  }

  void drop_empty() {
    std::erase_if(scene_.vpcs, [](const VpcScene& vpc) { return !vpc.vpc && vpc.tiers.empty(); });
  }

  // A zone that a row does not reach, though it spans others: what the picture hatches.
  void find_missing() {
    for (VpcScene& vpc : scene_.vpcs) {
      std::set<std::size_t> zones;
      for_each_cell(vpc, [&](const TierRow&, const Cell& cell) {
        if (cell.column < scene_.zone_count) zones.insert(cell.column);
      });
      for (TierRow& tier : vpc.tiers) {
        std::set<std::size_t> filled;
        for (const SubnetRow& row : tier.rows) {
          for (const Cell& cell : row.cells) filled.insert(cell.column);
        }
        for (SubnetRow& row : tier.rows) {
          for (std::size_t zone : zones) {
            const bool is_here = std::ranges::any_of(row.cells, [&](const Cell& c) { return c.column == zone; });
            if (!is_here && (row.cells.size() > 1 || !filled.contains(zone))) row.missing.push_back(zone);
          }
        }
      }
    }
  }

  template <typename Visit>
  static void for_each_cell(const VpcScene& vpc, const Visit& visit) {
    for (const TierRow& tier : vpc.tiers) {
      for (const SubnetRow& row : tier.rows) {
        for (const Cell& cell : row.cells) visit(tier, cell);
      }
    }
  }

  const Topology& topology_;
  const Graph& graph_;
  const Schema& schema_;
  Scene& scene_;
  bool has_unzoned_ = false;
  std::map<std::uint32_t, std::size_t> vpc_of_;  // Node of a VPC -> index into Scene::vpcs.
  std::optional<std::size_t> nowhere_;
  std::map<CellKey, std::vector<const Node*>> subnet_cells_;
  std::map<std::uint32_t, Place> places_;  // Node of a subnet.
  std::vector<std::size_t> outside_;
};

}  // namespace

void place_things(const Topology& topology, Scene& scene) {
  Placer(topology, scene).run();
}

ThingsOfNode index_things(const Scene& scene) {
  ThingsOfNode things(scene.graph->nodes().size());
  for (std::size_t i = 0; i < scene.things.size(); ++i) {
    for (NodeId node : scene.things[i].nodes) things[node.index].push_back(i);
  }
  return things;
}

Scene make_scene(const Report& report, const Project& project, const Topology& topology) {
  Scene scene;
  scene.root = project.root;
  scene.graph = project.graph.get();
  place_things(topology, scene);
  draw_lines(topology, scene);
  mark_findings(report, scene);
  if (scene.things.size() > kMostBoxes) summarize(scene);
  return scene;
}

}  // namespace halint::picture
