// Which files there are below some paths: one walk, shared by all front ends.
// SPDX-License-Identifier: Apache-2.0
#include "base/file_tree.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/glob.h"

namespace halint {
namespace {

// Directories nest no deeper than this; a tree of symbolic links may pretend to.
constexpr int kDeepestDirectory = 64;

class Walk {
 public:
  Walk(const FileSystem& files, std::string_view workspace, const std::vector<std::string>& exclude)
      : files_(files), workspace_(files.canonical(std::string(workspace))) {
    for (const std::string& pattern : exclude) exclude_.emplace_back(pattern);
  }

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

  // `examples/**` means the directory too.
  bool is_excluded(const std::string& path) const {
    return std::ranges::any_of(exclude_,
                               [&](const Glob& glob) { return glob.matches(path) || glob.matches(path + "/"); });
  }

  void enter(const std::string& directory, int depth) {
    if (depth > kDeepestDirectory || !is_new(directory)) return;
    std::size_t place = tree_.directories.size();
    std::vector<DirectoryEntry> entries = files_.list(directory);
    std::erase_if(entries, [&](const DirectoryEntry& entry) { return is_excluded(join_path(directory, entry.name)); });
    tree_.directories.push_back({directory, std::move(entries)});
    // By index: the walk below makes the vector grow.
    for (std::size_t i = 0; i < tree_.directories[place].entries.size(); ++i) {
      const DirectoryEntry& entry = tree_.directories[place].entries[i];
      if (entry.is_directory && !entry.name.starts_with('.') && entry.name != "node_modules")
        enter(join_path(directory, entry.name), depth + 1);
    }
  }

  const FileSystem& files_;
  std::string workspace_;  // As FileSystem::canonical gives it.
  std::vector<Glob> exclude_;
  std::set<std::string> seen_;
  FileTree tree_;
};

}  // namespace

FileTree find_files(const FileSystem& files, const std::vector<std::string>& paths, std::string_view workspace,
                    const std::vector<std::string>& exclude) {
  Walk walk(files, workspace, exclude);
  for (const std::string& path : paths) walk.start(path);
  return walk.take();
}

}  // namespace halint
