// The text of all files that a run has read, at addresses that never move.
// SPDX-License-Identifier: Apache-2.0
#include "base/source_file.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "base/text.h"

namespace halint {
namespace {

std::vector<std::uint32_t> find_line_starts(std::string_view text) {
  std::vector<std::uint32_t> starts = {0};
  for (std::size_t i = text.find('\n'); i != std::string_view::npos; i = text.find('\n', i + 1)) {
    starts.push_back(static_cast<std::uint32_t>(i + 1));
  }
  return starts;
}

// The 0-based line that holds `offset`.
std::size_t line_index(const SourceFile& file, std::uint32_t offset) {
  auto after = std::upper_bound(file.line_starts.begin(), file.line_starts.end(), offset);
  return static_cast<std::size_t>(after - file.line_starts.begin()) - 1;
}

// The bytes of a line that take columns: without byte order mark and line ending.
std::string_view line_text(const SourceFile& file, std::size_t index) {
  if (index >= file.line_starts.size()) return {};
  std::string_view text = file.text;
  bool is_last = index + 1 == file.line_starts.size();
  std::size_t begin = file.line_starts[index];
  std::size_t end = is_last ? text.size() : file.line_starts[index + 1] - 1;
  if (!is_last && end > begin && text[end - 1] == '\r') --end;
  if (index == 0 && has_byte_order_mark(text)) begin = std::min(kByteOrderMark.size(), end);
  return text.substr(begin, end - begin);
}

std::uint32_t units(const CodePoint& point, Encoding encoding) {
  if (encoding == Encoding::kUtf8) return point.size;
  if (encoding == Encoding::kUtf16 && point.valid && point.value >= 0x10000) return 2;
  return 1;
}

}  // namespace

FileId Sources::add(std::string path, std::string text) {
  assert(text.size() < std::numeric_limits<std::uint32_t>::max() && "offsets have 32 bits; readers limit file size");
  auto file = std::make_unique<SourceFile>(SourceFile{std::move(path), std::move(text), {}});
  file->line_starts = find_line_starts(file->text);
  std::lock_guard lock(mutex_);
  files_.push_back(std::move(file));
  return FileId{static_cast<std::uint32_t>(files_.size())};
}

const SourceFile& Sources::file(FileId id) const {
  std::lock_guard lock(mutex_);
  assert(id.index >= 1 && id.index <= files_.size() && "the id must come from `add`");
  return *files_[id.index - 1];
}

std::string_view Sources::text(const Span& span) const {
  std::string_view all = file(span.file).text;
  std::size_t begin = std::min<std::size_t>(span.begin, all.size());
  std::size_t end = std::clamp<std::size_t>(span.end, begin, all.size());
  return all.substr(begin, end - begin);
}

std::size_t Sources::size() const {
  std::lock_guard lock(mutex_);
  return files_.size();
}

Position Sources::position(FileId id, std::uint32_t offset) const {
  std::size_t index = line_index(file(id), offset);
  return {static_cast<std::uint32_t>(index + 1), column_in(id, offset, Encoding::kUtf32) + 1};
}

std::string_view Sources::line(FileId id, std::uint32_t line) const {
  if (line == 0) return {};
  return line_text(file(id), line - 1);
}

std::uint32_t Sources::column_in(FileId id, std::uint32_t offset, Encoding encoding) const {
  const SourceFile& source = file(id);
  std::string_view line = line_text(source, line_index(source, offset));
  const char* stop = source.text.data() + std::min<std::size_t>(offset, source.text.size());
  std::uint32_t column = 0;
  for (std::size_t i = 0; i < line.size();) {
    CodePoint point = decode_utf8(line, i);
    i += point.size;
    if (line.data() + i > stop) break;  // An offset inside a character counts as its start.
    column += units(point, encoding);
  }
  return column;
}

std::uint32_t Sources::offset_at(FileId id, std::uint32_t line, std::uint32_t column, Encoding encoding) const {
  const SourceFile& source = file(id);
  if (line == 0) return 0;
  if (line > source.line_starts.size()) return static_cast<std::uint32_t>(source.text.size());
  std::string_view text = line_text(source, line - 1);
  std::size_t i = 0;
  for (std::uint32_t passed = 0; i < text.size();) {
    CodePoint point = decode_utf8(text, i);
    passed += units(point, encoding);
    if (passed > column) break;
    i += point.size;
  }
  return static_cast<std::uint32_t>(text.data() + i - source.text.data());
}

}  // namespace halint
