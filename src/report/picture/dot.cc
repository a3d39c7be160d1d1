// The picture for Graphviz, which finds its own layout: frames are clusters.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <iterator>

#include "report/picture/writers.h"

namespace halint::picture {
namespace {

std::string_view color_of(Severity severity) {
  if (severity == Severity::kError) return "#c92a2a";
  return severity == Severity::kWarning ? "#e8a200" : "#1c7ed6";
}

class DotWriter {
 public:
  explicit DotWriter(const Drawing& drawing) : drawing_(drawing) {}

  std::string write() {
    out_ =
        "digraph halint {\n  rankdir=TB\n  compound=true\n  node [shape=box, fontname=\"sans-serif\"]\n"
        "  graph [fontname=\"sans-serif\"]\n";
    for (std::size_t i = 0; i < drawing_.scenes.size(); ++i) put_scene(i);
    out_ += "}\n";
    return std::move(out_);
  }

 private:
  template <typename... Arguments>
  void add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Arguments>(arguments)...);
  }

  void put_scene(std::size_t index) {
    scene_ = &drawing_.scenes[index];
    prefix_ = fmt::format("s{}n", index);
    add("  subgraph cluster_s{} {{\n  label=\"{}\"\n", index, escape_dot(scene_->root));
    if (scene_->internet) put(*scene_->internet);
    put_all(scene_->edge.things);
    for (const VpcScene& vpc : scene_->vpcs) put_vpc(vpc);
    for (const Strip& strip : scene_->strips) put_all(strip.things);
    out_ += "  }\n";
    for (const Line& line : scene_->lines) {
      add("  {0}{1} -> {0}{2} [style={3}]\n", prefix_, line.from, line.to,
          line.kind == LineKind::kRoute ? "solid" : "dashed");
    }
  }

  void put_vpc(const VpcScene& vpc) {
    if (vpc.vpc) open_frame(*vpc.vpc);
    put_all(vpc.gateways);
    for (const TierRow& tier : vpc.tiers) {
      for (const SubnetRow& row : tier.rows) {
        for (const Cell& cell : row.cells) {
          open_frame(cell.subnet);
          put_all(cell.things);
          out_ += "  }\n";
        }
        for (const Band& band : row.bands) put(band.thing);
      }
    }
    if (vpc.vpc) out_ += "  }\n";
  }

  void put_all(const std::vector<std::size_t>& things) {
    for (std::size_t thing : things) put(thing);
  }

  static std::string words_of(const Thing& thing) {
    std::string words = fmt::format("{}\\n{}", escape_dot(thing.kind), escape_dot(title_of(thing)));
    for (const Label& label : thing.labels) words += "\\n" + escape_dot(text_of(label));
    return words;
  }

  static std::string border_of(const Thing& thing) {
    if (thing.mark == Mark::kSubject) return fmt::format(", color=\"{}\", penwidth=3", color_of(thing.severity));
    if (thing.mark == Mark::kInconclusive) return ", style=dashed";
    return thing.mark == Mark::kEvidence ? ", penwidth=1.5" : "";
  }

  // A frame is a cluster with a point inside, where its lines end.
  void open_frame(std::size_t index) {
    const Thing& thing = scene_->things[index];
    add("  subgraph cluster_{}{} {{\n  label=\"{}\"\n", prefix_, index, words_of(thing));
    if (thing.mark == Mark::kSubject) add("  color=\"{}\"\n  penwidth=3\n", color_of(thing.severity));
    add("  {}{} [shape=point]\n", prefix_, index);
  }

  void put(std::size_t index) {
    const Thing& thing = scene_->things[index];
    add("  {}{} [label=\"{}\"{}]\n", prefix_, index, words_of(thing), border_of(thing));
    for (std::size_t inner : thing.inside) {
      put(inner);
      add("  {0}{1} -> {0}{2} [style=dotted, dir=none]\n", prefix_, inner, index);
    }
  }

  const Drawing& drawing_;
  const Scene* scene_ = nullptr;
  std::string prefix_;
  std::string out_;
};

}  // namespace

std::string write_dot(const Drawing& drawing) {
  return DotWriter(drawing).write();
}

}  // namespace halint::picture
