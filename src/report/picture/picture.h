// The graph as a picture, with its findings: for people, for Markdown, for Graphviz, for programs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/source_file.h"
#include "check/check.h"
#include "topology/topology.h"

namespace halint {

enum class PictureFormat : std::uint8_t { kSvg, kHtml, kMermaid, kDot, kJson };

// "svg", "html", "mermaid", "dot", "json".
std::optional<PictureFormat> picture_format_named(std::string_view name);

// Requires: the report kept its graphs. Same report, same bytes. What is sensitive is not in it.
std::string draw(PictureFormat format, const Report& report, const Sources& sources, const TopologyOptions& options);

}  // namespace halint
