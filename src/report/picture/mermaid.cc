// The picture for Markdown: a Mermaid flowchart, small enough for the pages that draw it.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <iterator>

#include "report/picture/writers.h"

namespace halint::picture {
namespace {

constexpr std::size_t kMostNodes = 50;

class MermaidWriter {
 public:
  explicit MermaidWriter(const Drawing& drawing) : drawing_(drawing) {}

  std::string write() {
    out_ = "flowchart TB\n";
    for (std::size_t i = 0; i < drawing_.scenes.size(); ++i) put_scene(i);
    out_ +=
        "  classDef error stroke:#c92a2a,stroke-width:3px\n"
        "  classDef warning stroke:#e8a200,stroke-width:3px\n"
        "  classDef note stroke:#1c7ed6,stroke-width:3px\n"
        "  classDef inconclusive stroke-dasharray:5 4\n";
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
    drawn_.assign(scene_->things.size(), false);
    add("  subgraph s{}[\"{}\"]\n", index, escape_mermaid(scene_->root));
    if (scene_->internet) put(*scene_->internet);
    put_all(scene_->edge.things);
    for (const VpcScene& vpc : scene_->vpcs) put_vpc(vpc);
    for (const Strip& strip : scene_->strips) put_all(strip.things);
    if (left_out_ > 0) add("  {}more[\"{} more\"]\n", prefix_, left_out_);
    left_out_ = 0;
    out_ += "  end\n";
    for (const Line& line : scene_->lines) {
      if (!drawn_[line.from] || !drawn_[line.to]) continue;
      add("  {0}{1} {3} {0}{2}\n", prefix_, line.from, line.to, line.kind == LineKind::kRoute ? "-->" : "-.->");
    }
  }

  void put_vpc(const VpcScene& vpc) {
    if (vpc.vpc) open_frame(*vpc.vpc);
    put_all(vpc.gateways);
    for (const TierRow& tier : vpc.tiers) {
      for (const SubnetRow& row : tier.rows) {
        for (const Cell& cell : row.cells) {
          if (!open_frame(cell.subnet)) continue;
          put_all(cell.things);
          // Mermaid draws no subgraph without a node.
          if (cell.things.empty()) add("  {}{}e[\" \"]\n", prefix_, cell.subnet);
          out_ += "  end\n";
        }
        for (const Band& band : row.bands) put(band.thing);
      }
    }
    if (vpc.vpc) out_ += "  end\n";
  }

  void put_all(const std::vector<std::size_t>& things) {
    for (std::size_t thing : things) put(thing);
  }

  std::string words_of(const Thing& thing) const {
    std::string words = fmt::format("{}<br>{}", escape_mermaid(thing.kind), escape_mermaid(title_of(thing)));
    for (const Label& label : thing.labels) words += "<br>" + escape_mermaid(text_of(label));
    return words;
  }

  bool open_frame(std::size_t index) {
    if (count_ >= kMostNodes && scene_->things[index].kind != "VPC") {
      ++left_out_;
      return false;
    }
    ++count_;
    drawn_[index] = true;
    add("  subgraph {}{}[\"{}\"]\n", prefix_, index, words_of(scene_->things[index]));
    return true;
  }

  void put(std::size_t index) {
    if (count_ >= kMostNodes) {
      ++left_out_;
      return;
    }
    ++count_;
    drawn_[index] = true;
    const Thing& thing = scene_->things[index];
    add("  {}{}[\"{}\"]", prefix_, index, words_of(thing));
    if (thing.mark == Mark::kSubject) add(":::{}", name_of(thing.severity));
    if (thing.mark == Mark::kInconclusive) out_ += ":::inconclusive";
    out_ += '\n';
    for (std::size_t inner : thing.inside) {
      put(inner);
      if (drawn_[inner]) add("  {0}{1} --- {0}{2}\n", prefix_, inner, index);
    }
  }

  const Drawing& drawing_;
  const Scene* scene_ = nullptr;
  std::string prefix_;
  std::vector<bool> drawn_;
  std::size_t count_ = 0;
  std::size_t left_out_ = 0;
  std::string out_;
};

}  // namespace

std::string write_mermaid(const Drawing& drawing) {
  return MermaidWriter(drawing).write();
}

}  // namespace halint::picture
