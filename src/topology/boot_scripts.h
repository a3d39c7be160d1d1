// What machines run when they first start: what they are told about programs that other files configure.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "graph/graph.h"

namespace halint {

// The user data of one resource, and the machines that it makes. Parts that are not known are left out of the text.
struct BootScript {
  NodeId written;                // The launch template, or the machine itself.
  std::vector<NodeId> machines;  // All that start with it; namesakes of a `count` share one script.
  std::string text;
  Span span;
  bool is_known = false;  // False: nothing of the text is.
};

// In the order of the graph. Machines without user data have none, unless it is not known which template they use.
std::vector<BootScript> boot_scripts(const Graph& graph);

// The text of the script that a machine starts with. Empty if there is none or it is not known.
std::string boot_text(const Graph& graph, NodeId machine);

// `word` stands in the text with no letter, digit or underscore beside it.
bool mentions_word(std::string_view text, std::string_view word);

// The text starts containers, of which nobody knows here which ports they publish.
bool starts_containers(std::string_view text);

}  // namespace halint
