// Tests of report/line_hash.h. The expected values come from a literal transcription of the upload action's loop,
// which agrees with the values in that action's own tests.
// SPDX-License-Identifier: Apache-2.0
#include "report/line_hash.h"

#include <string>

#include <gtest/gtest.h>

namespace halint {
namespace {

using Hashes = std::vector<std::string>;

TEST(LineHash, CoversEmptyFiles) {
  EXPECT_EQ(line_hashes(""), Hashes{"c129715d7a2bc9a3:1"});
}

TEST(LineHash, IgnoresBlanksAndKindsOfLineBreaks) {
  Hashes expected = {"3af72a289f5a17db:1", "c1e61fe82fcc81ae:1", "32dce9ccfdbc9d3e:1", "c129715d7a2bc9a3:1"};
  EXPECT_EQ(line_hashes("resource \"aws_vpc\" \"a\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n"), expected);
  EXPECT_EQ(line_hashes("resource \"aws_vpc\" \"a\" {\r\n\tcidr_block = \"10.0.0.0/16\"\r\n}\r\n"), expected);
}

TEST(LineHash, TakesALoneCarriageReturnForALineBreak) {
  EXPECT_EQ(line_hashes("a\r\rb \r \nc"), (Hashes{"c52f781a43dbc195:1", "73409ca04f7d2c2e:1", "b0367d257df6d03c:1",
                                                  "1c206f60a702cfe8:1", "188ff2f224477a1e:1"}));
}

TEST(LineHash, ReadsUtf16Units) {
  EXPECT_EQ(line_hashes("# é日本😀\nx\n"), (Hashes{"acea2e0e58d36129:1", "828973aa50c68d6d:1", "c129715d7a2bc9a3:1"}));
  EXPECT_EQ(line_hashes("\xEF\xBB\xBFx = 1\n"), (Hashes{"973f80c4b80f40b6:1", "c129715d7a2bc9a3:1"}));
}

TEST(LineHash, CountsEqualHashes) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "server {\n}\n";
  Hashes hashes = line_hashes(text);
  ASSERT_EQ(hashes.size(), 121u);
  EXPECT_EQ(hashes[0], "6b135f57aaed12c6:1");
  EXPECT_EQ(hashes[1], "1c8c1d3644454386:1");
  EXPECT_EQ(hashes[2], "6b135f57aaed12c6:2");
  EXPECT_EQ(hashes[100], "6b135f57aaed12c6:51");
  EXPECT_EQ(hashes[117], "9cbf6c6b35ffbb09:1") << "the end of the file comes into view";
  EXPECT_EQ(hashes[119], "32dce9ccfdbc9d3e:1");
}

}  // namespace
}  // namespace halint
