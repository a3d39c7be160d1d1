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

std::uint32_t columns_of(const ColumnMark& mark, Encoding encoding) {
  if (encoding == Encoding::kUtf8) return mark.offset;
  return encoding == Encoding::kUtf16 ? mark.utf16 : mark.utf32;
}

std::vector<ColumnMark> find_column_marks(std::string_view text) {
  constexpr std::uint32_t kDistance = 2048;
  bool is_ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (is_ascii) return {};
  std::vector<ColumnMark> marks = {{}};
  ColumnMark here;
  while (here.offset < text.size()) {
    CodePoint point = decode_utf8(text, here.offset);
    here.offset += point.size;
    here.utf16 += units(point, Encoding::kUtf16);
    here.utf32 += units(point, Encoding::kUtf32);
    if (here.offset - marks.back().offset >= kDistance) marks.push_back(here);
  }
  return marks;
}

// Columns between the start of the file and `offset`. An offset inside of a character counts as its start.
std::uint32_t columns_before(const SourceFile& file, std::uint32_t offset, Encoding encoding) {
  if (file.column_marks.empty()) return offset;
  auto after = std::upper_bound(file.column_marks.begin(), file.column_marks.end(), offset,
                                [](std::uint32_t value, const ColumnMark& mark) { return value < mark.offset; });
  const ColumnMark& mark = *(after - 1);
  std::uint32_t columns = columns_of(mark, encoding);
  for (std::uint32_t i = mark.offset; i < offset;) {
    CodePoint point = decode_utf8(file.text, i);
    i += point.size;
    if (i > offset) break;
    columns += units(point, encoding);
  }
  return columns;
}

}  // namespace

Sources::Sources(const Sources& earlier) {
  std::lock_guard lock(earlier.mutex_);
  files_ = earlier.files_;
  for (std::size_t i = 0; i < files_.size(); ++i) earlier_[files_[i]->path] = {static_cast<std::uint32_t>(i + 1)};
}

FileId Sources::add(std::string path, std::string text) {
  assert(text.size() < std::numeric_limits<std::uint32_t>::max() && "offsets have 32 bits; readers limit file size");
  // `earlier_` does not change after construction.
  if (auto known = earlier_.find(path); known != earlier_.end() && this->file(known->second).text == text)
    return known->second;
  auto file = std::make_shared<SourceFile>(SourceFile{std::move(path), std::move(text), {}, {}});
  file->line_starts = find_line_starts(file->text);
  file->column_marks = find_column_marks(file->text);
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
  auto begin = static_cast<std::uint32_t>(line.data() - source.text.data());
  auto end = static_cast<std::uint32_t>(begin + line.size());
  // What lies before takes no column (a byte order mark), and what lies behind neither (the line ending).
  offset = std::clamp(offset, begin, end);
  return columns_before(source, offset, encoding) - columns_before(source, begin, encoding);
}

std::uint32_t Sources::offset_at(FileId id, std::uint32_t line, std::uint32_t column, Encoding encoding) const {
  const SourceFile& source = file(id);
  if (line == 0) return 0;
  if (line > source.line_starts.size()) return static_cast<std::uint32_t>(source.text.size());
  std::string_view text = line_text(source, line - 1);
  auto begin = static_cast<std::uint32_t>(text.data() - source.text.data());
  auto end = static_cast<std::uint32_t>(begin + text.size());
  if (source.column_marks.empty()) return begin + std::min(column, end - begin);
  // From the last mark of the line that does not lie behind the column.
  std::uint64_t wanted = std::uint64_t{columns_before(source, begin, encoding)} + column;
  auto after =
      std::upper_bound(source.column_marks.begin(), source.column_marks.end(), wanted,
                       [&](std::uint64_t value, const ColumnMark& mark) { return value < columns_of(mark, encoding); });
  const ColumnMark& mark = *(after - 1);
  bool in_line = mark.offset > begin;
  if (in_line && mark.offset >= end) return end;
  std::uint32_t i = in_line ? mark.offset : begin;
  std::uint64_t passed = in_line ? columns_of(mark, encoding) : wanted - column;
  while (i < end) {
    CodePoint point = decode_utf8(source.text, i);
    passed += units(point, encoding);
    if (passed > wanted) break;
    i += point.size;
  }
  return i;
}

}  // namespace halint
