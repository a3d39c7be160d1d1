// The seam to the disk: everything that halint reads, it reads through a FileSystem.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace halint {

struct DirectoryEntry {
  std::string name;
  bool is_directory = false;
};

// Paths use `/`; relative ones are relative to the file system's root. All methods are thread-safe.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // The whole file. Fails with a sentence ("cannot read `x`: permission denied"), also above `max_bytes`.
  virtual Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const = 0;
  // Entries of a directory, sorted by name; empty if there is none.
  virtual std::vector<DirectoryEntry> list(const std::string& path) const = 0;
  virtual bool is_file(const std::string& path) const = 0;
  virtual bool is_directory(const std::string& path) const = 0;
  // The path with symbolic links, `.` and `..` resolved, to detect loops and to stay inside a workspace.
  virtual std::string canonical(const std::string& path) const = 0;
};

// The disk, seen from `root` (default: the current directory).
std::unique_ptr<FileSystem> disk_file_system(std::string root = ".");

// Writes a file of the disk whole; `path` is seen from the working directory. What was wrong, as `read` says it.
std::optional<Error> write_file(const std::string& path, std::string_view text);

// Files in memory: path -> text. For tests, rule examples, and standard input.
std::unique_ptr<FileSystem> memory_file_system(std::map<std::string, std::string> files);

// `files` over `base`: unsaved editor buffers. `base` must outlive the overlay.
std::unique_ptr<FileSystem> overlay_file_system(const FileSystem& base, std::map<std::string, std::string> files);

// `a/b` + `../c` -> `a/c`: lexical, no disk. An absolute `path` stays as it is. "" and "." mean the root.
std::string join_path(std::string_view directory, std::string_view path);
// The directory of a path: `a/b.tf` -> `a`, `b.tf` -> `.`.
std::string directory_of(std::string_view path);
std::string_view file_name_of(std::string_view path);
// Whether a canonical path is `directory` or lies below it (see `FileSystem::canonical`).
bool is_within(std::string_view path, std::string_view directory);

}  // namespace halint
