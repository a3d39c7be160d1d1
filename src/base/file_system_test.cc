// Tests of base/file_system.h.
// SPDX-License-Identifier: Apache-2.0
#include "base/file_system.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace halint {
namespace {

constexpr std::uint64_t kNoLimit = UINT64_MAX;

std::vector<std::string> names(const std::vector<DirectoryEntry>& entries) {
  std::vector<std::string> names;
  for (const DirectoryEntry& entry : entries) names.push_back(entry.name + (entry.is_directory ? "/" : ""));
  return names;
}

using Names = std::vector<std::string>;

// A new directory for each test, removed afterwards.
class DiskTest : public testing::Test {
 protected:
  DiskTest() {
    const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
    root_ = std::filesystem::canonical(std::filesystem::temp_directory_path()) /
            ("halint-" + std::string(test->name()) + "-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)));
    std::filesystem::create_directories(root_);
    disk_ = disk_file_system(root_.string());
  }
  ~DiskTest() override { std::filesystem::remove_all(root_); }

  void write(const std::string& path, const std::string& text) {
    std::filesystem::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path, std::ios::binary) << text;
  }

  std::filesystem::path root_;
  std::unique_ptr<FileSystem> disk_;
};

TEST_F(DiskTest, ReadsBytesAsTheyAre) {
  std::string bytes("a\r\nb\0c\xFF", 7);
  write("sub/x.tf", bytes);
  write("empty.tf", "");
  Result<std::string> text = disk_->read("sub/x.tf", kNoLimit);
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(*text, bytes);
  ASSERT_TRUE(disk_->read("empty.tf", kNoLimit).ok());
  EXPECT_EQ(*disk_->read((root_ / "sub/x.tf").string(), kNoLimit), bytes) << "an absolute path works too";
}

TEST_F(DiskTest, ReadsPathsWithOddNames) {
  for (const char* path : {"a b/c d.tf", "[x]/{y}(z).tf", "日本/é😀.tf", "-n.tf", "a'\"$.tf"}) {
    write(path, path);
    Result<std::string> text = disk_->read(path, kNoLimit);
    ASSERT_TRUE(text.ok()) << path;
    EXPECT_EQ(*text, path);
    EXPECT_TRUE(disk_->is_file(path));
  }
  EXPECT_EQ(names(disk_->list("a b")), Names{"c d.tf"});
}

TEST_F(DiskTest, SaysWhyAFileCannotBeRead) {
  std::filesystem::create_directory(root_ / "dir");
  EXPECT_EQ(disk_->read("gone.tf", kNoLimit).error().message, "cannot read `gone.tf`: there is no such file");
  EXPECT_EQ(disk_->read("dir", kNoLimit).error().message, "cannot read `dir`: it is a directory");
  EXPECT_EQ(disk_->read("/dev/zero", kNoLimit).error().message, "cannot read `/dev/zero`: it is not a regular file");
  write("file.tf", "x");
  EXPECT_FALSE(disk_->read("file.tf/below.tf", kNoLimit).ok());
  EXPECT_FALSE(disk_->read(std::string(100000, 'x'), kNoLimit).ok());
}

TEST_F(DiskTest, SaysThatPermissionIsDenied) {
  write("secret.tf", "x");
  std::filesystem::permissions(root_ / "secret.tf", std::filesystem::perms::none);
  if (std::ifstream(root_ / "secret.tf").is_open()) GTEST_SKIP() << "this user may read everything";
  EXPECT_EQ(disk_->read("secret.tf", kNoLimit).error().message, "cannot read `secret.tf`: permission denied");
}

TEST_F(DiskTest, RefusesFilesAboveTheLimit) {
  write("ten.tf", "0123456789");
  EXPECT_TRUE(disk_->read("ten.tf", 10).ok());
  EXPECT_EQ(disk_->read("ten.tf", 9).error().message, "cannot read `ten.tf`: it is larger than the limit of 9 bytes");
}

TEST_F(DiskTest, ListsSortedByName) {
  write("b.tf", "");
  write("a.tf", "");
  write("B/x.tf", "");
  EXPECT_EQ(names(disk_->list(".")), (Names{"B/", "a.tf", "b.tf"}));
  EXPECT_EQ(names(disk_->list("")), (Names{"B/", "a.tf", "b.tf"}));
  EXPECT_TRUE(disk_->list("gone").empty());
  EXPECT_TRUE(disk_->list("a.tf").empty());
}

TEST_F(DiskTest, TellsFilesFromDirectories) {
  write("d/a.tf", "");
  EXPECT_TRUE(disk_->is_file("d/a.tf"));
  EXPECT_FALSE(disk_->is_file("d"));
  EXPECT_TRUE(disk_->is_directory("d"));
  EXPECT_TRUE(disk_->is_directory("."));
  EXPECT_FALSE(disk_->is_directory("d/a.tf"));
  EXPECT_FALSE(disk_->is_file("gone"));
}

TEST_F(DiskTest, SurvivesLoopsOfLinks) {
  write("d/a.tf", "a");
  std::filesystem::create_directory_symlink(root_, root_ / "d/up");
  std::filesystem::create_symlink("self", root_ / "self");
  std::filesystem::create_symlink("nowhere", root_ / "dangling");
  EXPECT_EQ(names(disk_->list(".")), (Names{"d/", "dangling", "self"}));
  EXPECT_EQ(names(disk_->list("d")), (Names{"a.tf", "up/"}));
  EXPECT_EQ(disk_->canonical("d/up/d/up/d/a.tf"), (root_ / "d/a.tf").string());
  EXPECT_EQ(disk_->canonical("d/up"), root_.string());
  EXPECT_EQ(disk_->read("self", kNoLimit).error().message, "cannot read `self`: its symbolic links form a loop");
  EXPECT_FALSE(disk_->read("dangling", kNoLimit).ok());
  EXPECT_FALSE(disk_->is_file("self"));
  EXPECT_EQ(disk_->canonical("self"), (root_ / "self").string());
}

TEST_F(DiskTest, NamesOneFileInOneWay) {
  write("d/a.tf", "");
  std::string expected = (root_ / "d/a.tf").string();
  for (const char* path : {"d/a.tf", "./d/a.tf", "d/../d/a.tf", "d//a.tf"}) {
    EXPECT_EQ(disk_->canonical(path), expected);
  }
  EXPECT_EQ(disk_->canonical("."), root_.string());
  EXPECT_EQ(disk_->canonical("d/"), (root_ / "d").string());
  EXPECT_EQ(disk_->canonical("gone/../d/x.tf"), (root_ / "d/x.tf").string()) << "what does not exist has a name too";
}

TEST_F(DiskTest, TakesUnsavedBuffersFirst) {
  write("d/a.tf", "old");
  write("d/b.tf", "disk");
  auto overlay = overlay_file_system(*disk_, {{"d/a.tf", "new"}, {(root_ / "d/c.tf").string(), "created"}});
  EXPECT_EQ(*overlay->read("d/a.tf", kNoLimit), "new");
  EXPECT_EQ(*overlay->read("./d/../d/a.tf", kNoLimit), "new");
  EXPECT_EQ(*overlay->read("d/b.tf", kNoLimit), "disk");
  EXPECT_EQ(*overlay->read("d/c.tf", kNoLimit), "created");
  EXPECT_FALSE(overlay->read("d/a.tf", 2).ok());
  EXPECT_EQ(names(overlay->list("d")), (Names{"a.tf", "b.tf", "c.tf"}));
  EXPECT_EQ(names(overlay->list(".")), (Names{"d/"}));
  EXPECT_TRUE(overlay->is_file("d/c.tf"));
  EXPECT_FALSE(overlay->is_file("d"));
}

TEST(MemoryFileSystem, BehavesLikeADisk) {
  auto files = memory_file_system({{"main.tf", "m"}, {"./net/vpc.tf", "v"}, {"net/db/x.tf", "x"}, {"net.tf", "n"}});
  EXPECT_EQ(*files->read("./main.tf", kNoLimit), "m");
  EXPECT_EQ(*files->read("net/db/../vpc.tf", kNoLimit), "v");
  EXPECT_EQ(files->read("net", kNoLimit).error().message, "cannot read `net`: it is a directory");
  EXPECT_EQ(files->read("x", kNoLimit).error().message, "cannot read `x`: there is no such file");
  EXPECT_FALSE(files->read("main.tf", 0).ok());
  EXPECT_EQ(names(files->list(".")), (Names{"main.tf", "net/", "net.tf"}));
  EXPECT_EQ(names(files->list("net")), (Names{"db/", "vpc.tf"}));
  EXPECT_EQ(names(files->list("net/")), (Names{"db/", "vpc.tf"}));
  EXPECT_TRUE(files->list("ne").empty());
  EXPECT_TRUE(files->is_directory("net/db"));
  EXPECT_FALSE(files->is_directory("main.tf"));
  EXPECT_TRUE(files->is_directory(""));
  EXPECT_EQ(files->canonical("net/./db/.."), "net");
}

TEST(MemoryFileSystem, HoldsAbsolutePaths) {
  auto files = memory_file_system({{"/ws/a.tf", "a"}});
  EXPECT_EQ(*files->read("/ws/../ws/a.tf", kNoLimit), "a");
  EXPECT_EQ(names(files->list("/")), (Names{"ws/"}));
  EXPECT_EQ(names(files->list("/ws")), (Names{"a.tf"}));
  EXPECT_TRUE(files->list(".").empty());
}

TEST(OverlayFileSystem, CreatesDirectoriesForNewFiles) {
  auto base = memory_file_system({{"a.tf", "a"}});
  auto overlay = overlay_file_system(*base, {{"new/deep/b.tf", "b"}});
  EXPECT_EQ(names(overlay->list(".")), (Names{"a.tf", "new/"}));
  EXPECT_EQ(names(overlay->list("new")), (Names{"deep/"}));
  EXPECT_EQ(names(overlay->list("new/deep")), (Names{"b.tf"}));
  EXPECT_TRUE(overlay->is_directory("new"));
  EXPECT_FALSE(overlay->is_directory("new/deep/b.tf"));
}

TEST(Paths, JoinLexically) {
  EXPECT_EQ(join_path("a/b", "../c"), "a/c");
  EXPECT_EQ(join_path("a/b", "./c//d/"), "a/b/c/d");
  EXPECT_EQ(join_path("a", "../../c"), "../c");
  EXPECT_EQ(join_path("..", "../c"), "../../c");
  EXPECT_EQ(join_path(".", "x.tf"), "x.tf");
  EXPECT_EQ(join_path("", "x.tf"), "x.tf");
  EXPECT_EQ(join_path("a", ""), "a");
  EXPECT_EQ(join_path("a", ".."), ".");
  EXPECT_EQ(join_path("", ""), ".");
  EXPECT_EQ(join_path("/ws/a", "../b"), "/ws/b");
  EXPECT_EQ(join_path("/", "../b"), "/b");
  EXPECT_EQ(join_path("a", "/etc/x"), "/etc/x");
  EXPECT_EQ(join_path("a..b", "c"), "a..b/c");
}

TEST(Paths, HaveADirectoryAndAName) {
  EXPECT_EQ(directory_of("a/b.tf"), "a");
  EXPECT_EQ(directory_of("b.tf"), ".");
  EXPECT_EQ(directory_of("/b.tf"), "/");
  EXPECT_EQ(directory_of("a/b/"), "a");
  EXPECT_EQ(directory_of("/"), "/");
  EXPECT_EQ(file_name_of("a/b.tf"), "b.tf");
  EXPECT_EQ(file_name_of("b.tf"), "b.tf");
  EXPECT_EQ(file_name_of("a/b/"), "b");
  EXPECT_EQ(file_name_of("/"), "/");
}

TEST(Paths, LieWithinDirectories) {
  EXPECT_TRUE(is_within("/a/b/c", "/a/b"));
  EXPECT_TRUE(is_within("/a/b", "/a/b"));
  EXPECT_FALSE(is_within("/a/bc", "/a/b"));
  EXPECT_FALSE(is_within("/a", "/a/b"));
  EXPECT_TRUE(is_within("/a", "/"));
  EXPECT_TRUE(is_within("a/b", "."));
  EXPECT_FALSE(is_within("../a", "."));
  EXPECT_FALSE(is_within("/a", "."));
}

}  // namespace
}  // namespace halint
