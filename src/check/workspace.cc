// Where a run may read, and how the paths of the command line are called inside.
// SPDX-License-Identifier: Apache-2.0
#include "check/workspace.h"

#include <algorithm>

namespace halint {
namespace {

std::string common_directory(std::string a, std::string_view b) {
  while (!is_within(b, a) && a != directory_of(a)) a = directory_of(a);
  return a;
}

// Empty if there is none.
std::string git_root_above(const FileSystem& files, std::string directory) {
  while (true) {
    const std::string mark = join_path(directory, ".git");
    if (files.is_directory(mark) || files.is_file(mark)) return directory;
    std::string above = directory_of(directory);
    if (above == directory) return {};
    directory = std::move(above);
  }
}

}  // namespace

std::string relative_path(std::string_view path, std::string_view directory) {
  std::string result;
  std::string base(directory);
  while (!is_within(path, base) && base != directory_of(base)) {
    result += result.empty() ? ".." : "/..";
    base = directory_of(base);
  }
  if (path == base) return result.empty() ? "." : result;
  const std::string_view rest = base == "." ? path : path.substr(base == "/" ? 1 : base.size() + 1);
  return result.empty() ? std::string(rest) : result + "/" + std::string(rest);
}

Workspace find_workspace(const FileSystem& files, const std::vector<std::string>& paths) {
  const std::string here = files.canonical(".");
  std::vector<std::string> absolute;
  std::vector<std::string> directories;
  for (const std::string& path : paths) {
    absolute.push_back(files.canonical(path));
    directories.push_back(files.is_directory(path) ? absolute.back() : directory_of(absolute.back()));
  }
  if (directories.empty()) directories.push_back(here);
  const auto holds_all = [&](const std::string& root) {
    return std::all_of(directories.begin(), directories.end(), [&](const auto& path) { return is_within(path, root); });
  };

  Workspace workspace;
  workspace.root = git_root_above(files, directories.front());
  if (workspace.root.empty() || !holds_all(workspace.root)) {
    workspace.root = here;
    if (!holds_all(here)) {
      workspace.root = directories.front();
      for (const std::string& directory : directories) workspace.root = common_directory(workspace.root, directory);
    }
  }
  if (is_within(here, workspace.root)) {
    workspace.viewpoint.here = relative_path(here, workspace.root);
  } else {
    const bool is_absolute = !paths.empty() && paths.front().starts_with('/');
    workspace.viewpoint.root = is_absolute ? workspace.root : relative_path(workspace.root, here);
  }
  for (const std::string& path : absolute) workspace.paths.push_back(relative_path(path, workspace.root));
  return workspace;
}

std::string path_in(const Workspace& workspace, const FileSystem& files, const std::string& path) {
  return relative_path(files.canonical(path), workspace.root);
}

}  // namespace halint
