// Tests of what a run may read.
// SPDX-License-Identifier: Apache-2.0
#include "check/workspace.h"

#include <gtest/gtest.h>

#include <utility>

namespace halint {
namespace {

// A disk with a working directory: memory knows absolute paths only.
class Disk : public FileSystem {
 public:
  Disk(std::string here, std::map<std::string, std::string> files)
      : here_(std::move(here)), files_(memory_file_system(std::move(files))) {}

  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override {
    return files_->read(canonical(path), max_bytes);
  }
  std::vector<DirectoryEntry> list(const std::string& path) const override { return files_->list(canonical(path)); }
  bool is_file(const std::string& path) const override { return files_->is_file(canonical(path)); }
  bool is_directory(const std::string& path) const override { return files_->is_directory(canonical(path)); }
  std::string canonical(const std::string& path) const override { return join_path(here_, path); }

 private:
  std::string here_;
  std::unique_ptr<FileSystem> files_;
};

std::map<std::string, std::string> repository() {
  return {{"/home/me/repo/.git/HEAD", ""}, {"/home/me/repo/infra/main.tf", ""}, {"/srv/other/main.tf", ""}};
}

TEST(FindWorkspace, IsTheGitRootAboveTheFirstPath) {
  const Disk disk("/home/me/repo/infra", repository());
  const Workspace workspace = find_workspace(disk, {"."});
  EXPECT_EQ(workspace.root, "/home/me/repo");
  EXPECT_EQ(workspace.viewpoint.here, "infra");
  EXPECT_EQ(workspace.paths, std::vector<std::string>{"infra"});
}

TEST(FindWorkspace, MayLieElsewhere) {
  const Disk disk("/srv", repository());
  const Workspace workspace = find_workspace(disk, {"/home/me/repo/infra/main.tf"});
  EXPECT_EQ(workspace.root, "/home/me/repo");
  EXPECT_EQ(workspace.viewpoint.root, "/home/me/repo") << "an absolute path stays one";
  EXPECT_EQ(find_workspace(disk, {"../home/me/repo"}).viewpoint.root, "../home/me/repo");
  EXPECT_EQ(workspace.paths, std::vector<std::string>{"infra/main.tf"});
}

TEST(FindWorkspace, IsTheWorkingDirectoryWithoutGit) {
  const Disk disk("/srv", repository());
  const Workspace workspace = find_workspace(disk, {"other"});
  EXPECT_EQ(workspace.root, "/srv");
  EXPECT_EQ(workspace.viewpoint.here, ".");
  EXPECT_EQ(workspace.paths, std::vector<std::string>{"other"});
}

TEST(FindWorkspace, IsTheGivenPathIfThatIsElsewhere) {
  const Disk disk("/home/me", repository());
  EXPECT_EQ(find_workspace(disk, {"/srv/other"}).root, "/srv/other");
  EXPECT_EQ(find_workspace(disk, {"/srv/other/main.tf"}).root, "/srv/other");
  EXPECT_EQ(find_workspace(disk, {"/srv/other"}).paths, std::vector<std::string>{"."});
}

TEST(FindWorkspace, HoldsAllPaths) {
  const Disk disk("/tmp", repository());
  const Workspace workspace = find_workspace(disk, {"/home/me/repo/infra", "/srv/other"});
  EXPECT_EQ(workspace.root, "/");
  EXPECT_EQ(workspace.paths, (std::vector<std::string>{"home/me/repo/infra", "srv/other"}));
}

TEST(RelativePath, GoesUpAsFarAsNeeded) {
  EXPECT_EQ(relative_path("/a/b/c", "/a/d"), "../b/c");
  EXPECT_EQ(relative_path("/a", "/a"), ".");
  EXPECT_EQ(relative_path("/a", "/a/b"), "..");
  EXPECT_EQ(relative_path("/a/b", "/"), "a/b");
  EXPECT_EQ(relative_path("a/b", "."), "a/b");
}

}  // namespace
}  // namespace halint
