// A grid that grows downward: each row is as high as its fullest cell, and lines run in the gutters between cells.
// SPDX-License-Identifier: Apache-2.0
#include "report/picture/layout.h"

#include <algorithm>
#include <map>

namespace halint::picture {
namespace {

constexpr int kMargin = 16;
constexpr int kRowLabels = 104;  // Width of the names of tiers.
constexpr int kColumn = 384;
constexpr int kGutter = 36;  // On each side of a column: lines run here.
constexpr int kPad = 8;
constexpr int kBox = kColumn - 2 * kGutter - 2 * kPad;
constexpr int kTitle = 30;      // Name of the root and of the zones.
constexpr int kFrameHead = 38;  // Two lines of text on top of a frame.
constexpr int kBoxHead = 40;
constexpr int kDetail = 14;
constexpr int kLabel = 16;
constexpr int kGap = 10;
constexpr int kRowGap = 34;  // Between rows: horizontal lines run here.
constexpr int kTrack = 6;    // Between lines that run side by side.
constexpr int kTracks = 5;

int label_height(const Thing& thing) {
  const std::size_t lines = std::min(thing.labels.size(), kMostLabels) + (thing.labels.size() > kMostLabels ? 1 : 0);
  return static_cast<int>(lines) * kLabel;
}

int box_height(const Thing& thing) {
  return kBoxHead + (thing.detail.empty() ? 0 : kDetail) + label_height(thing) + (thing.labels.empty() ? 0 : 4);
}

int frame_head(const Thing& thing) {
  return kFrameHead + label_height(thing) + (thing.labels.empty() ? 0 : 4);
}

class Layouter {
 public:
  explicit Layouter(const Scene& scene) : scene_(scene), columns_(std::max<std::size_t>(scene.columns.size(), 1)) {
    // Without zones, boxes side by side make a better page than one column.
    if (scene.columns.empty()) columns_ = 3;
  }

  Layout run() {
    result_.width = column_x(columns_) + kMargin;
    y_ = kMargin;
    put_strip(scene_.edge, scene_.internet);
    const int zones_top = y_;
    if (!scene_.columns.empty() && !scene_.vpcs.empty()) put_column_names();
    for (const VpcScene& vpc : scene_.vpcs) put_vpc(vpc);
    const int zones_bottom = y_ - kRowGap + kGap;
    if (!scene_.vpcs.empty()) {
      for (std::size_t i = 0; i < scene_.zone_count; ++i)
        result_.zones.push_back({column_x(i) + kGutter / 2, zones_top, kColumn - kGutter, zones_bottom - zones_top});
    }
    for (const Strip& strip : scene_.strips) {
      y_ += kRowGap / 2;
      put_strip(strip, std::nullopt);
    }
    result_.height = y_ + kMargin;
    put_lines();
    return std::move(result_);
  }

 private:
  static int column_x(std::size_t column) { return kMargin + kRowLabels + static_cast<int>(column) * kColumn; }
  // Of boxes that stand in no frame, and of those across columns.
  static int left_of(std::size_t column) { return column_x(column) + kGutter; }
  static int right_of(std::size_t column) { return column_x(column + 1) - kGutter; }

  void caption(std::string text, int y) { result_.captions.push_back({std::move(text), kMargin, y + 24, false}); }

  int height_of(std::size_t thing) const {
    int height = box_height(scene_.things[thing]);
    for (std::size_t inner : scene_.things[thing].inside) height += box_height(scene_.things[inner]) + kPad;
    return height;
  }

  // A box, and below its words the boxes inside.
  void put_box(std::size_t thing, Rectangle at, std::size_t first, std::size_t last) {
    put(thing, at, false, first, last);
    int y = at.y + box_height(scene_.things[thing]);
    for (std::size_t inner : scene_.things[thing].inside) {
      const int height = box_height(scene_.things[inner]);
      put(inner, {at.x + 2 * kPad, y, at.width - 3 * kPad, height}, false, first, last);
      y += height + kPad;
    }
  }

  void put(std::size_t thing, Rectangle at, bool is_frame, std::size_t first, std::size_t last) {
    result_.shapes.push_back({thing, at, is_frame, first, last});
  }

  void put_strip(const Strip& strip, const std::optional<std::size_t>& across) {
    if (strip.things.empty() && !across) return;
    caption(strip.label, y_);
    if (across) {
      put(*across, {left_of(0), y_, right_of(columns_ - 1) - left_of(0), 28}, false, 0, columns_ - 1);
      y_ += 28 + (strip.things.empty() ? 0 : kGap);
    }
    put_flow(strip.things);
    gaps_.push_back(y_ + kRowGap / 2);
    y_ += kRowGap;
  }

  // Side by side, a box in each column.
  void put_flow(const std::vector<std::size_t>& things) {
    for (std::size_t i = 0; i < things.size(); i += columns_) {
      int height = 0;
      for (std::size_t k = 0; k < columns_ && i + k < things.size(); ++k) {
        const int box = height_of(things[i + k]);
        put_box(things[i + k], {left_of(k), y_, kColumn - 2 * kGutter, box}, k, k);
        height = std::max(height, box);
      }
      y_ += height + (i + columns_ < things.size() ? kGap : 0);
    }
  }

  void put_column_names() {
    for (std::size_t i = 0; i < scene_.columns.size(); ++i)
      result_.captions.push_back({scene_.columns[i], column_x(i) + kColumn / 2, y_ + 18, true});
    y_ += kTitle;
  }

  void put_vpc(const VpcScene& vpc) {
    const int top = y_;
    const std::size_t frame = result_.shapes.size();
    if (vpc.vpc) {
      put(*vpc.vpc, {}, true, 0, columns_ - 1);
      y_ += frame_head(scene_.things[*vpc.vpc]);
    }
    y_ += kGap;
    if (!vpc.gateways.empty()) {
      put_flow(vpc.gateways);
      gaps_.push_back(y_ + kRowGap / 2);
      y_ += kRowGap;
    }
    for (const TierRow& tier : vpc.tiers) {
      caption(std::string(name_of(tier.tier)), y_);
      for (const SubnetRow& row : tier.rows) put_row(row);
    }
    y_ -= vpc.tiers.empty() && vpc.gateways.empty() ? 0 : kRowGap - 2 * kGap;
    if (vpc.vpc) {
      result_.shapes[frame].at = {column_x(0) + 4, top, column_x(columns_) - column_x(0) - 8, y_ - top};
    }
    y_ += kRowGap;
  }

  // Two boxes side by side would not hold their addresses; the column grows instead.
  void put_row(const SubnetRow& row) {
    int head = 0;
    int body = 0;
    for (const Cell& cell : row.cells) {
      head = std::max(head, frame_head(scene_.things[cell.subnet]));
      int height = 0;
      for (std::size_t thing : cell.things) height += height_of(thing) + kGap;
      body = std::max(body, height);
    }
    const int top = y_;
    int bands = 0;
    for (const Band& band : row.bands) bands += height_of(band.thing) + kGap;
    const int height = head + body + bands + (body + bands == 0 ? 4 : 0);
    for (const Cell& cell : row.cells) {
      const Rectangle frame = {left_of(cell.column), top, kColumn - 2 * kGutter, height};
      put(cell.subnet, frame, true, cell.column, cell.column);
    }
    for (std::size_t column : row.missing)
      result_.hatched.push_back({left_of(column), top, kColumn - 2 * kGutter, height});
    for (const Cell& cell : row.cells) {
      int y = top + head;
      for (std::size_t thing : cell.things) {
        const int box = height_of(thing);
        put_box(thing, {left_of(cell.column) + kPad, y, kBox, box}, cell.column, cell.column);
        y += box + kGap;
      }
    }
    int y = top + head + body;
    for (const Band& band : row.bands) {
      const int box = height_of(band.thing);
      const int x = left_of(band.first) + kPad;
      put_box(band.thing, {x, y, right_of(band.last) - kPad - x, box}, band.first, band.last);
      y += box + kGap;
    }
    gaps_.push_back(top + height + kRowGap / 2);
    y_ = top + height + kRowGap;
  }

  // Routes run on the left side of columns, traffic on the right.
  void put_lines() {
    std::map<std::size_t, const Shape*> shape_of;
    for (const Shape& shape : result_.shapes) shape_of.emplace(shape.thing, &shape);
    for (std::size_t i = 0; i < scene_.lines.size(); ++i) {
      const Line& line = scene_.lines[i];
      const auto from = shape_of.find(line.from);
      const auto to = shape_of.find(line.to);
      if (from == shape_of.end() || to == shape_of.end()) continue;
      result_.lines.push_back({i, path(*from->second, *to->second, line.kind)});
    }
  }

  std::vector<std::pair<int, int>> path(const Shape& from, const Shape& to, LineKind kind) {
    const bool is_route = kind == LineKind::kRoute;
    const auto gutter = [&](const Shape& shape) { return is_route ? shape.first : shape.last; };
    const auto side = [&](const Shape& shape) { return is_route ? shape.at.x : shape.at.right(); };
    // Into what is wide, a line goes from above or below: at the column of the other end.
    const int track = kTrack * (1 + next_track(is_route, gutter(from), gutter(to)));
    const auto lane = [&](std::size_t column) { return is_route ? left_of(column) - track : right_of(column) + track; };
    const int start_y = anchor(from);
    const int end_y = anchor(to);
    const int x1 = lane(gutter(from));
    const int x2 = lane(gutter(to));
    std::vector<std::pair<int, int>> points = {{side(from), start_y}, {x1, start_y}};
    if (x1 != x2) {
      const int channel = channel_between(from, to) + track - 3 * kTrack;
      points.push_back({x1, channel});
      points.push_back({x2, channel});
    }
    points.push_back({x2, end_y});
    points.push_back({side(to), end_y});
    return points;
  }

  // The middle of the head of a box: several lines of one box start below each other.
  int anchor(const Shape& shape) {
    const int used = anchors_[shape.thing]++;
    const int room = std::max(1, (std::min(shape.at.height, kBoxHead) - 16) / 5);
    return shape.at.y + 10 + 5 * (used % room);
  }

  int next_track(bool is_route, std::size_t a, std::size_t b) {
    int& used = tracks_[{is_route, std::min(a, b)}];
    return used++ % kTracks;
  }

  // Above the row of whichever end stands lower: a gap between rows, where there are no boxes.
  int channel_between(const Shape& from, const Shape& to) const {
    const int lower = std::max(from.at.y, to.at.y);
    int channel = lower - kRowGap / 2;
    for (int gap : gaps_) {
      if (gap <= lower) channel = gap;
    }
    return channel;
  }

  const Scene& scene_;
  std::size_t columns_;
  Layout result_;
  int y_ = 0;
  std::vector<int> gaps_;
  std::map<std::size_t, int> anchors_;
  std::map<std::pair<bool, std::size_t>, int> tracks_;
};

}  // namespace

Layout lay_out(const Scene& scene) {
  return Layouter(scene).run();
}

}  // namespace halint::picture
