// Counts in place of boxes, for infrastructures that no picture could hold.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "report/picture/scene.h"

namespace halint::picture {
namespace {

class Summary {
 public:
  explicit Summary(Scene& scene) : scene_(scene) {}

  void run() {
    scene_.note = fmt::format("{} are too many for a picture, so zones and tiers are shown with counts",
                              plural(scene_.things.size(), "box", "boxes"));
    scene_.lines.clear();
    fold(scene_.edge.things);
    for (Strip& strip : scene_.strips) fold(strip.things);
    for (VpcScene& vpc : scene_.vpcs) {
      fold(vpc.gateways);
      for (TierRow& tier : vpc.tiers) fold_tier(tier);
    }
    std::size_t bands = 0;
    for (const VpcScene& vpc : scene_.vpcs) bands += vpc.tiers.size();
    // Hundreds of VPCs are too many even so.
    if (scene_.vpcs.size() + bands > kMostBoxes) {
      scene_.note += fmt::format("; the first {} VPCs of {}", kMostBoxes / 4, scene_.vpcs.size());
      scene_.vpcs.resize(std::min(scene_.vpcs.size(), kMostBoxes / 4));
    }
  }

 private:
  // One thing that stands for many: what they are, and what is said of them.
  std::size_t sum(const std::vector<std::size_t>& members) {
    Thing all;
    std::map<std::string, std::size_t> counts;
    std::vector<std::size_t> with_inner = members;
    for (std::size_t index : members) {
      const std::vector<std::size_t>& inside = scene_.things[index].inside;
      with_inner.insert(with_inner.end(), inside.begin(), inside.end());
    }
    for (std::size_t index : with_inner) {
      const Thing& thing = scene_.things[index];
      counts[thing.kind] += thing.nodes.size();
      all.nodes.insert(all.nodes.end(), thing.nodes.begin(), thing.nodes.end());
      all.category = thing.category;
      all.mark = std::max(all.mark, thing.mark);
      all.severity = std::max(all.severity, thing.severity);
      for (const Label& label : thing.labels) add(all.labels, label);
      for (std::size_t finding : thing.findings) all.findings.push_back(finding);
    }
    std::ranges::sort(all.findings);
    all.findings.erase(std::unique(all.findings.begin(), all.findings.end()), all.findings.end());
    std::ranges::stable_sort(all.labels, std::ranges::greater(), &Label::severity);
    for (const auto& [kind, count] : counts)
      all.name += fmt::format("{}{} {}", all.name.empty() ? "" : ", ", count, kind);
    all.kind = plural(all.nodes.size(), "resource");
    scene_.things.push_back(std::move(all));
    return scene_.things.size() - 1;
  }

  static void add(std::vector<Label>& labels, const Label& label) {
    for (Label& other : labels) {
      if (other.rule != label.rule || other.severity != label.severity) continue;
      other.times += label.times;
      return;
    }
    labels.push_back(label);
  }

  void fold(std::vector<std::size_t>& list) {
    if (list.size() < 2) return;
    list = {sum(list)};
  }

  void fold_tier(TierRow& tier) {
    std::map<std::size_t, std::vector<std::size_t>> columns;
    std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>> bands;
    std::vector<std::size_t> missing;
    for (SubnetRow& row : tier.rows) {
      for (const Cell& cell : row.cells) {
        columns[cell.column].push_back(cell.subnet);
        columns[cell.column].insert(columns[cell.column].end(), cell.things.begin(), cell.things.end());
      }
      for (const Band& band : row.bands) bands[{band.first, band.last}].push_back(band.thing);
      missing.insert(missing.end(), row.missing.begin(), row.missing.end());
    }
    SubnetRow only;
    for (const auto& [column, members] : columns) only.cells.push_back({sum(members), column, {}});
    for (const auto& [span, members] : bands)
      only.bands.push_back({members.size() > 1 ? sum(members) : members.front(), span.first, span.second});
    std::ranges::sort(missing);
    missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
    std::erase_if(missing, [&](std::size_t column) { return columns.contains(column); });
    only.missing = std::move(missing);
    tier.rows = {std::move(only)};
  }

  Scene& scene_;
};

}  // namespace

void summarize(Scene& scene) {
  Summary(scene).run();
}

}  // namespace halint::picture
