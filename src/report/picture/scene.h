// What a picture of one graph shows, and in which cell: zones are columns, tiers are rows. No geometry yet.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "check/check.h"
#include "graph/graph.h"
#include "topology/topology.h"

namespace halint::picture {

enum class Category : std::uint8_t { kEdge, kNetwork, kCompute, kData, kFrame };
// "edge", "network", "compute", "data", "frame": classes of the drawing.
std::string_view name_of(Category category);

// In rising order: what is said of a node by findings. The strongest one decides how its border looks.
enum class Mark : std::uint8_t { kNone, kInconclusive, kEvidence, kSubject };
std::string_view name_of(Mark mark);

// The slug of a finding, beside what it blames.
struct Label {
  Severity severity = Severity::kError;
  std::string rule;
  std::size_t times = 1;
};

// A box or a frame. Instances of one `count` or `for_each` that stand in one cell are one thing.
struct Thing {
  std::vector<NodeId> nodes;
  std::string kind;    // "NAT gateway"
  std::string name;    // The address, of several instances without their keys.
  std::string detail;  // "mysql", "10.0.1.0/24". May be empty.
  Category category = Category::kNetwork;
  bool is_uncertain = false;  // It may not be there, or it is not known how often.
  bool is_external = false;   // Not made by this configuration.
  Mark mark = Mark::kNone;
  Severity severity = Severity::kNote;  // Of the gravest finding that blames it.
  std::vector<Label> labels;
  std::vector<std::size_t> findings;  // Indexes into Report::findings: blamed or evidence.
  std::vector<std::size_t> inside;    // Of compute: the nginx servers that run on it, as things.
};

// A subnet, and what stands in it alone.
struct Cell {
  std::size_t subnet = 0;  // Index of a thing, as all below.
  std::size_t column = 0;
  std::vector<std::size_t> things;
};

// What stands in several zones, drawn across them.
struct Band {
  std::size_t thing = 0;
  std::size_t first = 0;  // Columns, both inclusive.
  std::size_t last = 0;
};

// Subnets that belong together, such as `private_a` and `private_c`: at most one in each zone.
struct SubnetRow {
  std::string stem;
  std::vector<Cell> cells;  // By column.
  std::vector<Band> bands;
  std::vector<std::size_t> missing;  // Columns of the VPC in which others of the row stand, but none of it.
};

enum class Tier : std::uint8_t { kPublic, kPrivate, kIsolated, kUnknown };
// "public", "private", "isolated, data", "tier not known".
std::string_view name_of(Tier tier);

struct TierRow {
  Tier tier = Tier::kUnknown;
  std::vector<SubnetRow> rows;
};

struct VpcScene {
  std::optional<std::size_t> vpc;  // Nothing: subnets of which no VPC is known.
  std::vector<std::size_t> gateways;
  std::vector<TierRow> tiers;  // From public to unknown; those that are empty are left out.
};

// Things that stand in no subnet, in one line.
struct Strip {
  std::string label;
  std::vector<std::size_t> things;
};

enum class LineKind : std::uint8_t { kRoute, kTraffic };
struct Line {
  std::size_t from = 0;
  std::size_t to = 0;
  LineKind kind = LineKind::kTraffic;
  friend auto operator<=>(const Line&, const Line&) = default;
};

struct Scene {
  std::string root;
  const Graph* graph = nullptr;
  std::vector<std::string> columns;  // Zones by name; then, if needed, what has none.
  std::size_t zone_count = 0;        // The columns that are zones.
  std::vector<Thing> things;
  std::optional<std::size_t> internet;
  Strip edge;
  std::vector<VpcScene> vpcs;
  std::vector<Strip> strips;  // Below the VPCs.
  std::vector<Line> lines;
  std::string note;  // "212 boxes are too many for a picture: ...". Mostly empty.
};

constexpr std::size_t kMostBoxes = 200;
constexpr std::size_t kMostLines = 400;

// Everything about one graph: cells, marks of findings and lines; counts only, if there are too many boxes.
Scene make_scene(const Report& report, const Project& project, const Topology& topology);

// The steps of that. Node -> the things that show it.
using ThingsOfNode = std::vector<std::vector<std::size_t>>;
ThingsOfNode index_things(const Scene& scene);
void place_things(const Topology& topology, Scene& scene);
void mark_findings(const Report& report, Scene& scene);
void draw_lines(const Topology& topology, Scene& scene);
void summarize(Scene& scene);

// How people call a kind: "db_instance" is a "database"; null if the picture has no box for it.
struct KindLook {
  std::string_view kind;
  std::string_view words;
  Category category;
};
const KindLook* look_of(std::string_view kind);
// A thing of one node. Attributes that are sensitive or not known are left out.
Thing thing_of(const Graph& graph, const Node& node, const KindLook& look);

}  // namespace halint::picture
