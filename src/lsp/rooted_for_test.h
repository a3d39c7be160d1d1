// For tests: files in memory with absolute paths, seen from a directory as the disk is.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/file_system.h"

namespace halint::lsp {

class RootedFiles : public FileSystem {
 public:
  RootedFiles(std::map<std::string, std::string> files, std::string root)
      : files_(memory_file_system(std::move(files))), root_(std::move(root)) {}

  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override {
    return files_->read(at(path), max_bytes);
  }
  std::vector<DirectoryEntry> list(const std::string& path) const override { return files_->list(at(path)); }
  bool is_file(const std::string& path) const override { return files_->is_file(at(path)); }
  bool is_directory(const std::string& path) const override { return files_->is_directory(at(path)); }
  std::string canonical(const std::string& path) const override { return at(path); }

 private:
  std::string at(const std::string& path) const { return join_path(root_, path); }

  std::unique_ptr<FileSystem> files_;
  std::string root_;
};

}  // namespace halint::lsp
