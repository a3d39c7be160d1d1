// Which files there are below some paths: one walk, shared by all front ends.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace halint {

struct FoundDirectory {
  std::string path;                     // As it was reached: "infra/modules/net".
  std::vector<DirectoryEntry> entries;  // Sorted by name.
};

// Each directory and file once, also where links give it several names.
struct FileTree {
  std::vector<FoundDirectory> directories;  // A directory before those that it holds.
  std::vector<std::string> files;           // Those that were named themselves, not found in a directory.
};

// Walks `paths`. Hidden directories (also `.terraform`) and `node_modules` are not entered, unless they are named;
// nothing outside `workspace` is looked at.
// What a glob of `exclude` matches is left out, unless it is named itself.
FileTree find_files(const FileSystem& files, const std::vector<std::string>& paths, std::string_view workspace,
                    const std::vector<std::string>& exclude = {});

}  // namespace halint
