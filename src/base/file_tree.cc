// Which files there are below some paths: one walk, shared by all front ends.
// SPDX-License-Identifier: Apache-2.0
#include "base/file_tree.h"

#include <set>
#include <utility>

namespace halint {
namespace {

// Directories nest no deeper than this; a tree of symbolic links may pretend to.
constexpr int kDeepestDirectory = 64;

class Walk {
 public:
  Walk(const FileSystem& files, std::string_view workspace)
      : files_(files), workspace_(files.canonical(std::string(workspace))) {}

  void start(const std::string& given) {
    std::string path = join_path(".", given);
    if (!files_.is_file(path)) return enter(path, 0);
    if (is_new(path)) tree_.files.push_back(std::move(path));
  }

  FileTree take() { return std::move(tree_); }

 private:
  bool is_new(const std::string& path) {
    std::string real = files_.canonical(path);
    return is_within(real, workspace_) && seen_.insert(std::move(real)).second;
  }

  void enter(const std::string& directory, int depth) {
    if (depth > kDeepestDirectory || !is_new(directory)) return;
    std::size_t place = tree_.directories.size();
    tree_.directories.push_back({directory, files_.list(directory)});
    // By index: the walk below makes the vector grow.
    for (std::size_t i = 0; i < tree_.directories[place].entries.size(); ++i) {
      const DirectoryEntry& entry = tree_.directories[place].entries[i];
      if (entry.is_directory && !entry.name.starts_with('.') && entry.name != "node_modules")
        enter(join_path(directory, entry.name), depth + 1);
    }
  }

  const FileSystem& files_;
  std::string workspace_;  // As FileSystem::canonical gives it.
  std::set<std::string> seen_;
  FileTree tree_;
};

}  // namespace

FileTree find_files(const FileSystem& files, const std::vector<std::string>& paths, std::string_view workspace) {
  Walk walk(files, workspace);
  for (const std::string& path : paths) walk.start(path);
  return walk.take();
}

}  // namespace halint
