// Which files an `include` names.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "base/file_tree.h"

namespace halint {

// As glob(3): `*`, `?`, `[a-z]`, `[!a]` and `\x`, in one part of a path. Takes at most name x pattern steps.
bool matches_wildcard(std::string_view pattern, std::string_view name);

struct IncludedFiles {
  std::vector<std::string> paths;  // Sorted, as nginx reads them.
  std::string problem;             // Why they are not known; empty if they are.
};

class IncludeFinder {
 public:
  // `workspace` is never left. `files` must outlive the finder.
  IncludeFinder(const FileSystem& files, const FileTree& tree, std::string_view workspace);

  // `prefix` is the directory of nginx.conf. Of a fragment, whose prefix is not known (`is_fragment`), it is the
  // directory of the file, and the directories around it are looked at too.
  IncludedFiles find(std::string_view pattern, const std::string& prefix, bool is_fragment) const;

 private:
  // What the tree has.
  struct Entry {
    std::string name;
    std::string path;
    bool is_directory = false;
  };
  struct Matches {
    std::vector<std::string> paths;
    bool has_directory = false;  // The directory of the last part is there.
  };
  Matches matches(std::string_view base, std::string_view pattern) const;
  bool is_inside(const std::string& path) const;
  IncludedFiles find_by_tail(std::string_view pattern, const std::string& prefix) const;
  bool is_of_another(const std::string& path, const std::string& prefix) const;

  const FileSystem& files_;
  std::string workspace_;        // As FileSystem::canonical gives it.
  std::vector<Entry> entries_;   // By name.
  std::set<std::string> mains_;  // Directories with an `nginx.conf`.
};

}  // namespace halint
