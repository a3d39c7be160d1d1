// What a walk finds, and what it leaves alone.
// SPDX-License-Identifier: Apache-2.0
#include "base/file_tree.h"

#include <gtest/gtest.h>

namespace halint {
namespace {

std::vector<std::string> paths_of(const FileTree& tree) {
  std::vector<std::string> paths;
  for (const FoundDirectory& directory : tree.directories) paths.push_back(directory.path);
  return paths;
}

using Paths = std::vector<std::string>;

TEST(FileTree, HoldsADirectoryBeforeItsChildren) {
  auto files = memory_file_system({{"b/x.tf", ""}, {"a/deep/y.tf", ""}, {"main.tf", ""}});
  FileTree tree = find_files(*files, {"."}, ".");
  EXPECT_EQ(paths_of(tree), (Paths{".", "a", "a/deep", "b"}));
  ASSERT_EQ(tree.directories[1].entries.size(), 1u);
  EXPECT_EQ(tree.directories[1].entries[0].name, "deep");
  EXPECT_TRUE(tree.files.empty());
}

TEST(FileTree, EntersHiddenDirectoriesOnlyByName) {
  auto files = memory_file_system({{".git/x.tf", ""}, {"node_modules/m/x.tf", ""}, {"a/.terraform/x.tf", ""}});
  EXPECT_EQ(paths_of(find_files(*files, {"."}, ".")), (Paths{".", "a"}));
  EXPECT_EQ(paths_of(find_files(*files, {"node_modules/m", ".git"}, ".")), (Paths{"node_modules/m", ".git"}));
}

TEST(FileTree, GivesEachPathOnce) {
  auto files = memory_file_system({{"a/x.tf", ""}, {"a/b/y.tf", ""}});
  FileTree tree = find_files(*files, {"a/b", "a", "a/x.tf", "./a/x.tf", "a"}, ".");
  EXPECT_EQ(paths_of(tree), (Paths{"a/b", "a"}));
  EXPECT_EQ(tree.files, (Paths{"a/x.tf"}));
}

TEST(FileTree, StaysInTheWorkspace) {
  auto files = memory_file_system({{"in/x.tf", ""}, {"out/y.tf", ""}});
  FileTree tree = find_files(*files, {"in", "out", "out/y.tf"}, "in");
  EXPECT_EQ(paths_of(tree), (Paths{"in"}));
  EXPECT_TRUE(tree.files.empty());
}

}  // namespace
}  // namespace halint
