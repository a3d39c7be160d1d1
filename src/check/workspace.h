// Where a run may read, and how the paths of the command line are called inside.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/code_frame.h"
#include "base/file_system.h"

namespace halint {

struct Workspace {
  std::string root;                // Absolute. Nothing outside is read.
  Viewpoint viewpoint;             // How people see its paths: from the working directory.
  std::vector<std::string> paths;  // What to check, relative to the root.
};

// The nearest Git root above the first path, if it holds all paths; else the working directory, if that does;
// else the deepest directory that does. `files` is the disk as seen from the working directory.
Workspace find_workspace(const FileSystem& files, const std::vector<std::string>& paths);

// A path of the command line, relative to the root of the workspace ("../x" where it is outside).
std::string path_in(const Workspace& workspace, const FileSystem& files, const std::string& path);

// `path` as seen from `directory`; both absolute and normal. "/a/b/c" from "/a/d" is "../b/c".
std::string relative_path(std::string_view path, std::string_view directory);

}  // namespace halint
