// How a graph prints.
// SPDX-License-Identifier: Apache-2.0
#include "graph/print_graph.h"

#include <gtest/gtest.h>

#include <string>

#include "graph/graph_for_test.h"

namespace halint {
namespace {

TEST(PrintGraph, IsSortedAndComplete) {
  Sources sources;
  NamedText files[] = {{"fish.yaml", R"(
kind: fish
attributes: {colour: {type: string}, size: {type: int}}
edges: {friends: {to: fish, many: true}, home: {to: fish}}
terraform:
  - {type: aws_fish, data: aws_fish, ids: id, attributes: {colour: colour, size: {from: size, default: 1}},
    edges: {friends: "friends[*]", home: home}}
)"}};
  Parsed<Schema> schema = load_schema(sources, files);
  ASSERT_TRUE(schema.diagnostics.empty());
  Graph graph(schema.value, sketch(R"(
    aws_fish.b { friends = [aws_fish.a.id, data.aws_fish.c.id, ...], home = aws_fish.d[?].id }
    aws_fish.a { colour = var.colour }
    aws_fish.d[?]* { size = ? }
    data.aws_fish.c { colour = "red", size = 2 })"));
  EXPECT_EQ(print_graph(graph), R"(fish aws_fish.a
  colour: var.colour (`var.colour` is not known)
  size: 1
fish aws_fish.b
  size: 1
  friends => aws_fish.a, data.aws_fish.c, ... (there may be more)
  home -> aws_fish.d[?]?
fish aws_fish.d[?] [0..]
  size: (unknown: it is not known)
fish data.aws_fish.c (external)
  colour: "red"
  size: 2
  friends => ... (`data.aws_fish.c` is read from the cloud)
  home -> ... (`data.aws_fish.c` is read from the cloud)
)");
}

}  // namespace
}  // namespace halint
