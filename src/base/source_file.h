// The text of all files that a run has read, at addresses that never move.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/span.h"

namespace halint {

// A place for people: both start at 1. `column` counts Unicode code points, a byte order mark takes none.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  friend bool operator==(const Position&, const Position&) = default;
};

// How an editor counts columns (LSP 3.17 `PositionEncodingKind`).
enum class Encoding { kUtf8, kUtf16, kUtf32 };

// How many columns lie before a byte offset, counted from the start of the file.
struct ColumnMark {
  std::uint32_t offset = 0;
  std::uint32_t utf16 = 0;
  std::uint32_t utf32 = 0;
};

// One file. `path` is relative to the workspace, with `/`.
struct SourceFile {
  std::string path;
  std::string text;
  std::vector<std::uint32_t> line_starts;  // Byte offset of each line's first byte.
  // Every few kilobytes, so that a place in a line of a megabyte is found without reading the line. Empty if the
  // text is ASCII: then columns are bytes.
  std::vector<ColumnMark> column_marks;
};

// Owns the text; everything else holds `string_view`s into it. Adding is thread-safe, and a `SourceFile&` that
// was handed out stays valid and unchanged for the life of the `Sources`.
class Sources {
 public:
  Sources() = default;
  // A snapshot that grows by itself: an id means the same file in both, and the text is shared, not copied. For the
  // next run over files of which most have not changed.
  Sources(const Sources& earlier);
  Sources& operator=(const Sources&) = delete;

  // A file that an earlier run added last with the same text keeps the id that it had.
  FileId add(std::string path, std::string text);

  // Requires: `id` came from `add`.
  const SourceFile& file(FileId id) const;
  std::string_view path(FileId id) const { return file(id).path; }
  std::string_view text(const Span& span) const;
  std::size_t size() const;

  // Requires: span.is_known().
  Position begin_of(const Span& span) const { return position(span.file, span.begin); }
  Position end_of(const Span& span) const { return position(span.file, span.end); }
  Position position(FileId id, std::uint32_t offset) const;

  // The text of a line (from 1) without its line ending. Empty beyond the last line.
  std::string_view line(FileId id, std::uint32_t line) const;

  // 0-based column of `offset` in its line, in the units of `encoding`; and back, clamped to the line's end.
  // `line` starts at 1. As in `Position`, a byte order mark and a line ending take no column.
  std::uint32_t column_in(FileId id, std::uint32_t offset, Encoding encoding) const;
  std::uint32_t offset_at(FileId id, std::uint32_t line, std::uint32_t column, Encoding encoding) const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<const SourceFile>> files_;
  std::unordered_map<std::string_view, FileId> earlier_;  // By path: the last one of earlier runs.
};

}  // namespace halint
