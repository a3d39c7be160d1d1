// What of a comment speaks to halint.
// SPDX-License-Identifier: Apache-2.0
#include "base/remark.h"

#include <gtest/gtest.h>

namespace halint {
namespace {

TEST(Remark, IsTheTextBehindTheSigns) {
  EXPECT_EQ(remark_text("# halint-ignore[a]: why"), "halint-ignore[a]: why");
  EXPECT_EQ(remark_text("#halint-ignore[a]: why\r"), "halint-ignore[a]: why");
  EXPECT_EQ(remark_text("// halint-ignore-file[a]: why"), "halint-ignore-file[a]: why");
  EXPECT_EQ(remark_text("## halint-ignore[a]: why"), "halint-ignore[a]: why");
  EXPECT_EQ(remark_text("/* halint-ignore[a]: why */"), "halint-ignore[a]: why");
  EXPECT_EQ(remark_text("/*\n * halint-ignore[a]: why\n * more\n */"), "halint-ignore[a]: why");
}

TEST(Remark, OtherCommentsAreNone) {
  EXPECT_EQ(remark_text("# see halint-ignore[a]"), "");
  EXPECT_EQ(remark_text("#"), "");
  EXPECT_EQ(remark_text("/**/"), "");
  EXPECT_EQ(remark_text("# tfsec:ignore:x"), "");
}

TEST(Remark, TrailsCodeOnItsLine) {
  std::string_view text = "a = 1 # x\n  # y\n";
  EXPECT_TRUE(trails_code(text, 6));
  EXPECT_FALSE(trails_code(text, 12));
  EXPECT_EQ(line_before(FileId{1}, text, 6), (Span{FileId{1}, 0, 6}));
  EXPECT_EQ(line_before(FileId{1}, text, 12), (Span{FileId{1}, 12, 12}));
}

}  // namespace
}  // namespace halint
