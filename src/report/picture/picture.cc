// One scene for each root of a report, and the writer that was asked for.
// SPDX-License-Identifier: Apache-2.0
#include "report/picture/picture.h"

#include <fmt/format.h>

#include <memory>
#include <utility>
#include <vector>

#include "report/picture/writers.h"

namespace halint {

std::optional<PictureFormat> picture_format_named(std::string_view name) {
  constexpr std::string_view kNames[] = {"svg", "html", "mermaid", "dot", "json"};
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if (kNames[i] == name) return static_cast<PictureFormat>(i);
  }
  return std::nullopt;
}

std::string draw(PictureFormat format, const Report& report, const Sources& sources, const TopologyOptions& options) {
  std::vector<std::unique_ptr<Topology>> topologies;
  picture::Drawing drawing;
  for (const Project& project : report.projects) {
    // A template makes a graph for each case of its conditions; a picture shows the first, that of the defaults.
    if (!drawing.scenes.empty() && drawing.scenes.back().root == project.root) {
      drawing.scenes.back().note = "the first of several cases of this root";
      continue;
    }
    topologies.push_back(std::make_unique<Topology>(*project.graph, options));
    drawing.topologies.push_back(topologies.back().get());
    drawing.scenes.push_back(picture::make_scene(report, project, *topologies.back()));
  }
  switch (format) {
    case PictureFormat::kSvg:
      return picture::write_svg(drawing, report);
    case PictureFormat::kHtml:
      return picture::write_html(drawing, report, sources);
    case PictureFormat::kMermaid:
      return picture::write_mermaid(drawing);
    case PictureFormat::kDot:
      return picture::write_dot(drawing);
    case PictureFormat::kJson:
      return picture::write_json(drawing, report, sources);
  }
  return {};
}

}  // namespace halint
