// Code frames: a few lines of a file with places underlined and explained, as every text output shows them.
// SPDX-License-Identifier: Apache-2.0
#include "base/code_frame.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "base/file_system.h"
#include "base/text.h"

namespace halint {
namespace {

constexpr std::size_t kTab = 4;
// A generated file may be one line of a megabyte: this many bytes of it are shown, some of them before the place.
constexpr std::size_t kLongestLine = 240;
constexpr std::size_t kBefore = 60;

// A line as it is printed, and the display column at which each of its bytes begins (one more for its end).
struct PrintedLine {
  std::string text;
  std::size_t begin = 0;  // Offset in the file of the first byte shown.
  std::vector<std::size_t> columns;

  // Offsets outside of what is shown count as its edges.
  std::size_t column(std::size_t offset) const {
    return columns[std::clamp(offset, begin, begin + columns.size() - 1) - begin];
  }
};

// Moves `i` to the start of a code point.
std::size_t at_boundary(std::string_view text, std::size_t i) {
  while (i > 0 && i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) --i;
  return i;
}

// `line` lies at `offset` in its file; what is at `focus` is shown in any case.
PrintedLine print_line(std::string_view line, std::size_t offset, std::size_t focus) {
  std::size_t first = 0, last = line.size();
  if (line.size() > kLongestLine) {
    std::size_t center = std::clamp(focus, offset, offset + line.size()) - offset;
    first = at_boundary(line, center > kBefore ? center - kBefore : 0);
    last = at_boundary(line, std::min(first + kLongestLine, line.size()));
  }
  PrintedLine printed{first > 0 ? "..." : "", offset + first, {}};
  std::size_t column = printed.text.size();
  for (std::size_t i = first; i < last;) {
    CodePoint point = decode_utf8(line, i);
    std::string shown = point.valid && point.value == U'\t' ? std::string(kTab - column % kTab, ' ')
                                                            : escape_controls(line.substr(i, point.size));
    printed.columns.insert(printed.columns.end(), point.size, column);
    printed.text += shown;
    column += display_width(shown);
    i += point.size;
  }
  printed.columns.push_back(column);
  if (last < line.size()) printed.text += "...";
  return printed;
}

// A label with its place on the printed line.
struct Mark {
  std::size_t begin;
  std::size_t end;
  bool primary;
  std::string text;
};

class Canvas {
 public:
  Canvas(const FrameStyle& style) : style_(style), bar_(std::string(style.gutter + 1, ' ') + "|") {}

  void line(std::string text) {
    while (text.ends_with(' ')) text.pop_back();
    out_ += text;
    out_ += '\n';
  }
  void bar() { line(bar_); }
  void gap() { line(std::string(style_.gutter - 1, ' ') + "..."); }
  void source(std::uint32_t number, const std::string& text) {
    line(fmt::format("{:>{}} | {}", number, style_.gutter, text));
  }
  void marks(std::vector<Mark> marks);
  std::string take() { return std::move(out_); }

 private:
  std::string_view color(bool primary) const { return primary ? style_.color : style_.palette.note; }
  std::string painted(std::string_view text, bool primary) const {
    return colored(text, color(primary), style_.palette);
  }
  std::string underlines(const std::vector<Mark>& marks) const;
  void hang(const std::vector<Mark>& marks);

  const FrameStyle& style_;
  std::string bar_;
  std::string out_;
};

// "    ^^^^^^^ ------": where marks overlap, the primary one is on top.
std::string Canvas::underlines(const std::vector<Mark>& marks) const {
  std::size_t width = 0;
  for (const Mark& mark : marks) width = std::max(width, mark.end);
  std::string row(width, ' ');
  for (bool primary : {false, true}) {
    for (const Mark& mark : marks) {
      if (mark.primary == primary)
        row.replace(mark.begin, mark.end - mark.begin, mark.end - mark.begin, primary ? '^' : '-');
    }
  }
  std::string out;
  for (std::size_t i = 0; i < row.size();) {
    std::size_t end = std::min(row.find_first_not_of(row[i], i), row.size());
    std::string run = row.substr(i, end - i);
    out += row[i] == ' ' ? run : painted(run, row[i] == '^');
    i = end;
  }
  return out;
}

// Labels that find no place beside their marks hang below them, the rightmost first:
//   ^^^^ ---- last
//   |
//   first
void Canvas::hang(const std::vector<Mark>& marks) {
  auto row = [&](std::size_t count, const Mark* last) {
    std::string out = bar_ + " ";
    std::size_t column = 0;
    auto put = [&](const Mark& mark, std::string_view text) {
      out += std::string(mark.begin - column, ' ') + painted(text, mark.primary);
      column = mark.begin + 1;
    };
    for (std::size_t i = 0; i < count; ++i) {
      bool hidden = marks[i].begin < column || (last != nullptr && marks[i].begin >= last->begin);
      if (!hidden) put(marks[i], "|");
    }
    if (last != nullptr) put(*last, last->text);
    line(std::move(out));
  };
  row(marks.size(), nullptr);
  for (std::size_t i = marks.size(); i > 0; --i) row(i - 1, &marks[i - 1]);
}

void Canvas::marks(std::vector<Mark> marks) {
  std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.primary < b.primary;
  });
  std::string row = bar_ + " " + underlines(marks);
  // The label of the last mark stands beside it, if no other mark reaches further.
  const Mark& last = marks.back();
  bool beside = std::none_of(marks.begin(), marks.end(), [&](const Mark& mark) { return mark.end > last.end; });
  if (beside && !last.text.empty()) row += " " + painted(last.text, last.primary);
  line(std::move(row));
  if (beside) marks.pop_back();
  std::erase_if(marks, [](const Mark& mark) { return mark.text.empty(); });
  if (!marks.empty()) hang(marks);
}

}  // namespace

std::string colored(std::string_view text, std::string_view color, const Palette& palette) {
  return color.empty() || text.empty() ? std::string(text) : fmt::format("{}{}{}", color, text, palette.reset);
}

std::size_t digits_of(const Sources& sources, const Span& span) {
  return std::to_string(sources.begin_of(span).line).size();
}

std::string path_seen_from(const Viewpoint& viewpoint, std::string_view path) {
  if (path.starts_with('/')) return std::string(path);
  if (!viewpoint.root.empty()) return join_path(viewpoint.root, path);
  std::string_view here = viewpoint.here;
  if (here == "." || here.empty()) return std::string(path);
  // The directories that both lie in are skipped; the rest of `here` is climbed out of.
  while (!here.empty()) {
    std::string_view part = here.substr(0, here.find('/'));
    if (!path.starts_with(part) || path.size() <= part.size() || path[part.size()] != '/') break;
    path.remove_prefix(part.size() + 1);
    here.remove_prefix(std::min(part.size() + 1, here.size()));
  }
  std::string seen;
  if (!here.empty()) {
    for (std::ptrdiff_t ups = 1 + std::count(here.begin(), here.end(), '/'); ups > 0; --ups) seen += "../";
  }
  return seen + std::string(path);
}

std::string location_of(const Sources& sources, const Span& span, const Viewpoint& viewpoint) {
  Position position = sources.begin_of(span);
  std::string path = escape_controls(path_seen_from(viewpoint, sources.path(span.file)));
  return fmt::format("{}:{}:{}", path, position.line, position.column);
}

std::string location_line(const Sources& sources, const Span& span, const FrameStyle& style) {
  return fmt::format("{}--> {}\n", std::string(style.gutter, ' '), location_of(sources, span, style.viewpoint));
}

std::string code_frame(const Sources& sources, std::span<const FrameLabel> labels, const FrameStyle& style) {
  assert(!labels.empty() && "a frame shows something");
  FileId file = labels.front().span.file;
  std::map<std::uint32_t, std::vector<const FrameLabel*>> by_line;
  for (const FrameLabel& label : labels) {
    assert(label.span.file == file && "a frame shows one file");
    by_line[sources.begin_of(label.span).line].push_back(&label);
  }
  Canvas canvas(style);
  canvas.bar();
  std::uint32_t before = 0;
  for (const auto& [number, here] : by_line) {
    if (before != 0 && number > before + 1) canvas.gap();
    before = number;
    std::string_view line = sources.line(file, number);
    auto offset = static_cast<std::size_t>(line.data() - sources.file(file).text.data());
    // Labels keep their order, so the primary one, if it is on this line, comes first.
    PrintedLine printed = print_line(line, offset, here.front()->span.begin);
    canvas.source(number, printed.text);
    std::vector<Mark> marks;
    for (const FrameLabel* label : here) {
      std::size_t begin = printed.column(label->span.begin);
      std::size_t end = std::max(printed.column(label->span.end), begin + 1);
      marks.push_back({begin, end, label == &labels.front(), escape_controls(label->text)});
    }
    canvas.marks(std::move(marks));
  }
  canvas.bar();
  return location_line(sources, labels.front().span, style) + canvas.take();
}

}  // namespace halint
