// The picture as one static SVG file: no script, nothing from the net, text that can be selected, light and dark.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "report/picture/layout.h"
#include "report/picture/writers.h"

namespace halint::picture {
namespace {

constexpr int kTitleHeight = 40;
constexpr int kLegendWidth = 830;
constexpr int kLegendHeight = 56;
constexpr int kTextLeft = 14;
constexpr int kLineRoom = 32;

// Colours are variables, so that a page around the picture can set them too.
constexpr std::string_view kStyle = R"x(
svg.halint { --paper: #ffffff; --ink: #1c2430; --soft: #5c6878; --line: #b4bfcc; --zone: #f3f6fa; --box: #ffffff;
  --frame: #e9eff6; --edge: #0b7285; --network: #1864ab; --compute: #b35c00; --data: #6741d9;
  --error: #c92a2a; --warning: #9a6700; --note: #0b6bcb; --route: #2b8a3e; --traffic: #52606f;
  background: var(--paper); font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
@media (prefers-color-scheme: dark) { svg.halint { --paper: #12161c; --ink: #e6ebf2; --soft: #9aa7b8; --line: #445064;
  --zone: #181e27; --box: #1f2733; --frame: #1b2532; --edge: #3bc9db; --network: #74b4f5; --compute: #ffa94d;
  --data: #b197fc; --error: #ff7b7b; --warning: #f2c14e; --note: #74b4f5; --route: #69db7c; --traffic: #a3b0c0; } }
.halint text { fill: var(--ink); font-size: 12px; }
.halint .paper { fill: var(--paper); }
.halint .root { font-size: 16px; font-weight: 600; }
.halint .soft { fill: var(--soft); }
.halint .zone { fill: var(--zone); }
.halint .caption { font-size: 12px; font-weight: 600; fill: var(--soft); }
.halint .column { font-size: 13px; font-weight: 600; text-anchor: middle; }
.halint .kind { font-size: 12px; font-weight: 600; }
.halint .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 11px; }
.halint .box rect.body { fill: var(--box); stroke: var(--line); stroke-width: 1; }
.halint .frame rect.body { fill: var(--frame); stroke: var(--line); stroke-width: 1; }
.halint .vpc rect.body { fill: none; stroke: var(--soft); stroke-width: 1.5; }
.halint .external rect.body { fill: none; }
.halint .edge rect.stripe { fill: var(--edge); } .halint .edge .kind { fill: var(--edge); }
.halint .network rect.stripe { fill: var(--network); } .halint .network .kind { fill: var(--network); }
.halint .compute rect.stripe { fill: var(--compute); } .halint .compute .kind { fill: var(--compute); }
.halint .data rect.stripe { fill: var(--data); } .halint .data .kind { fill: var(--data); }
.halint .hatched { fill: url(#halint-hatch); stroke: var(--soft); stroke-width: 1; stroke-dasharray: 2 3; }
.halint .hatch { stroke: var(--line); stroke-width: 1.5; }
.halint .inconclusive rect.body { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 5 4; }
.halint .evidence rect.body { stroke: var(--ink); stroke-width: 1.5; }
.halint .subject.error rect.body { stroke: var(--error); stroke-width: 3; }
.halint .subject.warning rect.body { stroke: var(--warning); stroke-width: 3; }
.halint .subject.note rect.body { stroke: var(--note); stroke-width: 3; }
.halint text.error { fill: var(--error); } .halint text.warning { fill: var(--warning); } .halint text.note { fill: var(--note); }
.halint .label { font-size: 11px; font-weight: 600; }
.halint polyline { fill: none; stroke-width: 1.5; stroke-linejoin: round; }
.halint .route { stroke: var(--route); } .halint .traffic { stroke: var(--traffic); stroke-dasharray: 6 3; }
.halint .route-head { fill: var(--route); } .halint .traffic-head { fill: var(--traffic); }
)x";

constexpr std::string_view kDefinitions = R"x(<defs>
<pattern id="halint-hatch" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="9"/></pattern>
<marker id="halint-route" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path class="route-head" d="M0 0L8 4L0 8z"/></marker>
<marker id="halint-traffic" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path class="traffic-head" d="M0 0L8 4L0 8z"/></marker>
</defs>
)x";

// The last part of an address: the title of the box holds all of it.
std::string without_modules(std::string name) {
  for (std::size_t at = name.find("module."); at != std::string::npos; at = name.find("module.")) {
    const std::size_t end = name.find('.', at + 7);
    if (end == std::string::npos) break;
    name.erase(at, end + 1 - at);
  }
  return name;
}

class SvgWriter {
 public:
  SvgWriter(const Drawing& drawing, const Report& report) : drawing_(drawing), report_(report) {}

  std::string write() {
    std::vector<Layout> layouts;
    int width = kLegendWidth;
    int height = kLegendHeight;
    for (const Scene& scene : drawing_.scenes) {
      layouts.push_back(lay_out(scene));
      width = std::max(width, layouts.back().width);
      height += kTitleHeight + layouts.back().height;
    }
    add(R"x(<svg xmlns="http://www.w3.org/2000/svg" class="halint" role="img" viewBox="0 0 {0} {1}" width="{0}" height="{1}">)x",
        width, height);
    add("\n<title>Infrastructure by zones and tiers</title>\n<style>{}</style>\n{}", kStyle, kDefinitions);
    add(R"x(<rect class="paper" width="{}" height="{}"/>)x", width, height);
    out_ += '\n';
    int y = 0;
    for (std::size_t i = 0; i < layouts.size(); ++i) {
      put_scene(i, layouts[i], y);
      y += kTitleHeight + layouts[i].height;
    }
    put_legend(y);
    out_ += "</svg>\n";
    return std::move(out_);
  }

 private:
  template <typename... Arguments>
  void add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Arguments>(arguments)...);
  }

  void text(std::string_view classes, int x, int y, std::string_view words) {
    add(R"x(<text class="{}" x="{}" y="{}">{}</text>)x", classes, x, y, escape_xml(words));
  }

  void put_scene(std::size_t index, const Layout& layout, int y) {
    const Scene& scene = drawing_.scenes[index];
    text("root", 16, y + 28, scene.root == "." || scene.root.empty() ? "this directory" : scene.root);
    if (!scene.note.empty()) {
      out_ += '\n';
      text("soft", 16, y + 46, scene.note);
    }
    add("\n<g transform=\"translate(0 {})\">\n", y + kTitleHeight);
    for (const Rectangle& zone : layout.zones) rectangle("zone", zone, 6);
    for (const Shape& shape : layout.shapes) {
      if (shape.is_frame) put_shape(scene, index, shape);
    }
    for (const Rectangle& hatched : layout.hatched) put_hatched(hatched);
    for (const Polyline& line : layout.lines) put_line(scene, line);
    for (const Shape& shape : layout.shapes) {
      if (!shape.is_frame) put_shape(scene, index, shape);
    }
    for (const Caption& caption : layout.captions) {
      text(caption.is_column ? "column" : "caption", caption.x, caption.y,
           shorten(caption.text, caption.is_column ? 44 : 15));
      out_ += '\n';
    }
    out_ += "</g>\n";
  }

  void rectangle(std::string_view classes, const Rectangle& at, int radius) {
    add(R"x(<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="{}"/>)x", classes, at.x, at.y, at.width,
        at.height, radius);
    out_ += '\n';
  }

  void put_hatched(const Rectangle& at) {
    add("<g><title>nothing of this row stands in this zone</title>");
    rectangle("hatched", at, 4);
    text("soft", at.x + kTextLeft, at.y + 20, "nothing in this zone");
    out_ += "</g>\n";
  }

  std::string classes_of(const Thing& thing, const Shape& shape) const {
    std::string classes = fmt::format("{} {}", shape.is_frame ? "frame" : "box", name_of(thing.category));
    if (thing.kind == "VPC") classes += " vpc";
    if (thing.is_external) classes += " external";
    if (thing.mark != Mark::kNone) classes += fmt::format(" {}", name_of(thing.mark));
    if (thing.mark == Mark::kSubject) classes += fmt::format(" {}", name_of(thing.severity));
    return classes;
  }

  std::string tooltip_of(const Scene& scene, const Thing& thing) const {
    std::string words = thing.kind;
    constexpr std::size_t kMostNames = 12;
    for (std::size_t i = 0; i < thing.nodes.size() && i < kMostNames; ++i)
      words += fmt::format("{}{}", i == 0 ? " " : ", ", scene.graph->node(thing.nodes[i]).address);
    if (thing.nodes.size() > kMostNames) words += fmt::format(" and {} more", thing.nodes.size() - kMostNames);
    if (!thing.detail.empty()) words += "; " + thing.detail;
    if (thing.is_external) words += "; not made here";
    if (thing.mark == Mark::kInconclusive) words += "; a check could not be decided";
    for (std::size_t finding : thing.findings) {
      const Finding& what = report_.findings[finding];
      words += fmt::format("; {} {}: {}", name_of(what.severity), what.rule, what.message);
    }
    return words;
  }

  void put_shape(const Scene& scene, std::size_t index, const Shape& shape) {
    const Thing& thing = scene.things[shape.thing];
    std::string findings;
    for (std::size_t finding : thing.findings) findings += fmt::format("{}{}", findings.empty() ? "" : " ", finding);
    add(R"x(<g class="{}" id="halint-{}-{}")x", classes_of(thing, shape), index, shape.thing);
    if (!findings.empty()) add(R"x( data-findings="{}")x", findings);
    add("><title>{}</title>\n", escape_xml(tooltip_of(scene, thing)));
    rectangle("body", shape.at, shape.is_frame ? 6 : 4);
    if (!shape.is_frame) rectangle("stripe", {shape.at.x + 3, shape.at.y + 4, 4, shape.at.height - 8}, 2);
    put_words(thing, shape);
    out_ += "</g>\n";
  }

  void put_words(const Thing& thing, const Shape& shape) {
    // Lines run along the left side of a VPC.
    const int x = shape.at.x + kTextLeft + (thing.kind == "VPC" ? kLineRoom : 0);
    int y = shape.at.y + 17;
    const std::size_t room = static_cast<std::size_t>(std::max(20, (shape.at.width - 2 * kTextLeft) * 10 / 67));
    if (thing.nodes.empty()) return text("kind", x, shape.at.y + 18, thing.name);
    if (shape.is_frame) {
      text("kind", x, y, shorten(thing.detail.empty() ? thing.kind : thing.kind + " · " + thing.detail, room));
    } else {
      text("kind", x, y, thing.kind);
    }
    y += 15;
    text("mono", x, y, shorten(without_modules(title_of(thing)), room));
    if (!shape.is_frame && !thing.detail.empty()) text("soft", x, y += 15, shorten(thing.detail, room));
    y += 3;
    const std::size_t shown = std::min(thing.labels.size(), kMostLabels);
    for (std::size_t i = 0; i < shown; ++i) {
      const Label& label = thing.labels[i];
      text(fmt::format("label {}", name_of(label.severity)), x, y += 16, shorten(text_of(label), room + 1));
    }
    if (thing.labels.size() > shown)
      text("label soft", x, y += 16, fmt::format("and {} more", thing.labels.size() - shown));
    out_ += '\n';
  }

  void put_line(const Scene& scene, const Polyline& line) {
    const Line& what = scene.lines[line.line];
    const std::string_view name = what.kind == LineKind::kRoute ? "route" : "traffic";
    std::string points;
    for (const auto& [x, y] : line.points) points += fmt::format("{}{},{}", points.empty() ? "" : " ", x, y);
    add(R"x(<polyline class="{0}" marker-end="url(#halint-{0})" points="{1}"><title>{0}: {2} to {3}</title></polyline>)x",
        name, points, escape_xml(scene.things[what.from].name), escape_xml(scene.things[what.to].name));
    out_ += '\n';
  }

  void put_legend(int y) {
    struct Sample {
      std::string_view classes;
      std::string_view words;
      int width;
    };
    constexpr Sample kSamples[] = {{"box subject error", "error", 80},
                                   {"box subject warning", "warning", 96},
                                   {"box subject note", "note", 76},
                                   {"box evidence", "part of the evidence", 164},
                                   {"box inconclusive", "could not be decided", 166}};
    int x = 16;
    add("<g transform=\"translate(0 {})\">", y);
    for (const Sample& sample : kSamples) {
      add("<g class=\"{}\">", sample.classes);
      rectangle("body", {x, 14, 22, 16}, 3);
      text("", x + 29, 27, sample.words);
      out_ += "</g>";
      x += sample.width;
    }
    add(R"x(<polyline class="route" marker-end="url(#halint-route)" points="{},22 {},22"/>)x", x, x + 28);
    text("", x + 34, 27, "way out");
    x += 94;
    add(R"x(<polyline class="traffic" marker-end="url(#halint-traffic)" points="{},22 {},22"/>)x", x, x + 28);
    text("", x + 34, 27, "who is let in");
    out_ += "</g>\n";
  }

  const Drawing& drawing_;
  const Report& report_;
  std::string out_;
};

}  // namespace

std::string write_svg(const Drawing& drawing, const Report& report) {
  return SvgWriter(drawing, report).write();
}

}  // namespace halint::picture
