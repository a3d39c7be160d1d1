// The writers of pictures, and how each of their languages quotes text that comes from the input.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/source_file.h"
#include "check/check.h"
#include "report/picture/scene.h"

namespace halint::picture {

// What a writer draws: one scene for each root, and what the findings in them say.
struct Drawing {
  std::vector<Scene> scenes;
  std::vector<const Topology*> topologies;  // Of the scenes, by index.
};

std::string write_svg(const Drawing& drawing, const Report& report);
std::string write_html(const Drawing& drawing, const Report& report, const Sources& sources);
std::string write_mermaid(const Drawing& drawing);
std::string write_dot(const Drawing& drawing);
std::string write_json(const Drawing& drawing, const Report& report, const Sources& sources);

// Text of an element or of an attribute in double quotes. Control characters, which XML cannot hold, are spelled out.
std::string escape_xml(std::string_view text);
// Between double quotes in Graphviz.
std::string escape_dot(std::string_view text);
// Between double quotes in Mermaid, where nothing may be taken for Markdown, for HTML or for the end of the text.
std::string escape_mermaid(std::string_view text);
// At most so many characters, with `…` in place of the middle.
std::string shorten(std::string_view text, std::size_t most);

// "2 × aws_subnet.a": what a box is called.
std::string title_of(const Thing& thing);
// "error: nat-gateway-single-az (2 times)"
std::string text_of(const Label& label);

}  // namespace halint::picture
