// Where the things of a scene are drawn, in pixels.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "report/picture/scene.h"

namespace halint::picture {

struct Rectangle {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  int right() const { return x + width; }
  int bottom() const { return y + height; }
};

struct Shape {
  std::size_t thing = 0;
  Rectangle at;
  bool is_frame = false;
  std::size_t first = 0;  // Columns, both inclusive: where its lines leave.
  std::size_t last = 0;
};

struct Caption {
  std::string text;
  int x = 0;
  int y = 0;
  bool is_column = false;
};

struct Polyline {
  std::size_t line = 0;  // Index into Scene::lines.
  std::vector<std::pair<int, int>> points;
};

struct Layout {
  int width = 0;
  int height = 0;
  std::vector<Shape> shapes;  // Frames before what stands in them.
  std::vector<Rectangle> hatched;
  std::vector<Rectangle> zones;  // The columns, behind everything.
  std::vector<Caption> captions;
  std::vector<Polyline> lines;
};

constexpr int kBoxText = 38;            // Characters that fit into a box.
constexpr std::size_t kMostLabels = 5;  // Of one box; more are counted.

Layout lay_out(const Scene& scene);

}  // namespace halint::picture
