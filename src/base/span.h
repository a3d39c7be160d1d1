// A place in a source file: which file, and from which byte up to which.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>

namespace halint {

// Index into `Sources`. 0 is "no file".
struct FileId {
  std::uint32_t index = 0;
  friend auto operator<=>(const FileId&, const FileId&) = default;
};

// Half-open range of byte offsets. Line and column are computed when printing (`Sources::position`).
struct Span {
  FileId file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  // False for what has no place in any file (a flag's value, a default of the schema).
  bool is_known() const { return file.index != 0; }
  bool contains(const Span& other) const { return file == other.file && begin <= other.begin && other.end <= end; }
  friend auto operator<=>(const Span&, const Span&) = default;
};

}  // namespace halint
