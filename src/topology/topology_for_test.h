// A topology of a sketched configuration, with answers as short text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "graph/sketch_for_test.h"
#include "topology/topology.h"

namespace halint {

class TopologyTest : public testing::Test {
 protected:
  void draw(std::string_view text, TopologyOptions options = {}) { draw(sketch(text), std::move(options)); }
  void draw(std::vector<Configuration> configurations, TopologyOptions options = {}) {
    topology.reset();
    graph = std::make_unique<Graph>(builtin_schema(), std::move(configurations));
    topology = std::make_unique<Topology>(*graph, std::move(options));
  }

  const Node& node(std::string_view address) const {
    const Node* found = graph->find(address);
    EXPECT_NE(found, nullptr) << address;
    return found != nullptr ? *found : graph->nodes()[0];
  }
  Value value(std::string_view address, std::string_view fact) const { return topology->fact(node(address).id, fact); }

  // "public"; "true"; "aws_subnet.a, aws_subnet.b?, ..." (`?` maybe, `...` there may be more); "unknown: why".
  std::string ask(std::string_view address, std::string_view fact) const { return text_of(value(address, fact)); }

  std::string text_of(const Value& value) const {
    switch (value.kind()) {
      case ValueKind::kUnknown:
        return "unknown: " + std::string(value.why().detail);
      case ValueKind::kString:
        return std::string(value.as_string());
      case ValueKind::kNode:
        return std::string(graph->node(value.as_node()).address);
      case ValueKind::kList: {
        std::string text;
        for (const Value& item : value.items()) {
          text += (text.empty() ? "" : ", ") + text_of(item) + (item.is_maybe() ? "?" : "");
        }
        if (value.rest() != nullptr) text += text.empty() ? "..." : ", ...";
        return text;
      }
      default:
        return to_text(value);
    }
  }

  std::vector<std::string> hops(std::string_view address, std::string_view fact) const {
    std::vector<std::string> texts;
    for (const Hop& hop : topology->why(node(address).id, fact)) {
      EXPECT_TRUE(hop.span.is_known()) << hop.text;
      texts.push_back(hop.text);
    }
    return texts;
  }

  std::unique_ptr<Graph> graph;
  std::unique_ptr<Topology> topology;
};

}  // namespace halint
