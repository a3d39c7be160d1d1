// Tests of base/code_frame.h: the frames of the interface's specification, and hostile text.
// SPDX-License-Identifier: Apache-2.0
#include "base/code_frame.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/text.h"

namespace halint {
namespace {

class CodeFrameTest : public testing::Test {
 protected:
  // A file that begins with `empty_lines` empty lines.
  FileId add(std::string path, std::size_t empty_lines, std::string text) {
    return sources_.add(std::move(path), std::string(empty_lines, '\n') + text);
  }
  Span find(FileId file, std::string_view needle) const {
    std::size_t at = sources_.file(file).text.find(needle);
    EXPECT_NE(at, std::string::npos) << needle;
    return {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + needle.size())};
  }
  std::string frame(std::vector<FrameLabel> labels, std::size_t gutter = 1) const {
    return code_frame(sources_, labels, {gutter, "", kPlain, {}});
  }

  Sources sources_;
};

TEST_F(CodeFrameTest, MergesANearbyLabel) {
  FileId nat = add("infra/network/nat.tf", 6,
                   "resource \"aws_nat_gateway\" \"this\" {\n"
                   "  count         = var.single_nat_gateway ? 1 : length(var.azs)\n");
  EXPECT_EQ(
      frame({{find(nat, "resource \"aws_nat_gateway\" \"this\""), "the only instance is `this[0]`, in eu-west-1a"},
             {find(nat, "var.single_nat_gateway"), "`true` in project `prod`"}},
            2),
      R"(  --> infra/network/nat.tf:7:1
   |
 7 | resource "aws_nat_gateway" "this" {
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the only instance is `this[0]`, in eu-west-1a
 8 |   count         = var.single_nat_gateway ? 1 : length(var.azs)
   |                   ---------------------- `true` in project `prod`
   |
)");
}

TEST_F(CodeFrameTest, ShowsASecondaryLabelAboveThePrimaryOne) {
  FileId vars = add("infra/prod.tfvars", 1,
                    "azs                = [\"eu-west-1a\", \"eu-west-1b\"]\n"
                    "single_nat_gateway = true\n");
  EXPECT_EQ(frame({{find(vars, "true"), ""}, {find(vars, "[\"eu-west-1a\", \"eu-west-1b\"]"), "two zones"}}, 2),
            R"(  --> infra/prod.tfvars:3:22
   |
 2 | azs                = ["eu-west-1a", "eu-west-1b"]
   |                      ---------------------------- two zones
 3 | single_nat_gateway = true
   |                      ^^^^
   |
)");
}

TEST_F(CodeFrameTest, HangsALabelThatFindsNoPlaceBeside) {
  FileId conf = add("nginx/conf.d/orders.conf", 2,
                    "upstream orders_api {\n"
                    "    least_conn;\n"
                    "    server 10.20.11.15:8080 max_fails=3 fail_timeout=10s;\n");
  EXPECT_EQ(frame({{find(conf, "server 10.20.11.15:8080"), "the only server"},
                   {find(conf, "max_fails=3 fail_timeout=10s"), "no effect: nginx ignores these in a group of one"},
                   {find(conf, "orders_api"), "this group"}},
                  2),
            R"(  --> nginx/conf.d/orders.conf:5:5
   |
 3 | upstream orders_api {
   |          ---------- this group
 ...
 5 |     server 10.20.11.15:8080 max_fails=3 fail_timeout=10s;
   |     ^^^^^^^^^^^^^^^^^^^^^^^ ---------------------------- no effect: nginx ignores these in a group of one
   |     |
   |     the only server
   |
)");
}

TEST_F(CodeFrameTest, HangsSeveralLabelsFromTheRight) {
  FileId file = add("a.tf", 0, "aaa bbb ccc");
  EXPECT_EQ(frame({{find(file, "bbb"), "second"}, {find(file, "aaa"), "first"}, {find(file, "ccc"), "third"}}),
            R"( --> a.tf:1:5
  |
1 | aaa bbb ccc
  | --- ^^^ --- third
  | |   |
  | |   second
  | first
  |
)");
}

TEST_F(CodeFrameTest, PutsThePrimaryMarkOnTop) {
  FileId file = add("a.tf", 0, "cidr = \"0.0.0.0/0\"");
  EXPECT_EQ(frame({{find(file, "0.0.0.0"), "the world"}, {find(file, "cidr = \"0.0.0.0/0\""), "in this attribute"}}),
            R"( --> a.tf:1:9
  |
1 | cidr = "0.0.0.0/0"
  | --------^^^^^^^---
  | |       |
  | |       the world
  | in this attribute
  |
)");
}

TEST_F(CodeFrameTest, HangsTwoLabelsOfOnePlace) {
  FileId file = add("a.tf", 0, "x = 1");
  EXPECT_EQ(frame({{find(file, "x"), "primary"}, {find(file, "x"), "secondary"}}), R"( --> a.tf:1:1
  |
1 | x = 1
  | ^ primary
  | |
  | secondary
  |
)");
}

TEST_F(CodeFrameTest, AlignsByDisplayWidth) {
  FileId file = add("a.tf", 0, "\tname = \"é日本😀\" # x");
  EXPECT_EQ(frame({{find(file, "# x"), "here"}, {find(file, "日本"), ""}}), R"( --> a.tf:1:16
  |
1 |     name = "é日本😀" # x
  |              ----    ^^^ here
  |
)");
}

TEST_F(CodeFrameTest, ExpandsTabsToTheNextStop) {
  FileId file = add("a.tf", 0, "ab\tc\td");
  EXPECT_EQ(frame({{find(file, "c"), ""}, {find(file, "d"), ""}}), R"( --> a.tf:1:4
  |
1 | ab  c   d
  |     ^   -
  |
)");
}

TEST_F(CodeFrameTest, ShowsControlCharactersHarmlessly) {
  FileId file = add("e\x1bvil.tf", 0, "a\x1b[31m = \xFF\r\nb");
  EXPECT_EQ(frame({{find(file, "="), "label \x07"}}), R"( --> e\x1bvil.tf:1:8
  |
1 | a\x1b[31m = \xff
  |           ^ label \x07
  |
)");
}

TEST_F(CodeFrameTest, UnderlinesTheFirstLineOfABlock) {
  FileId file = add("a.tf", 0, "locals {\r\n  a = 1\r\n}\r\n");
  EXPECT_EQ(frame({{find(file, "locals {\r\n  a = 1\r\n}"), ""}}), R"( --> a.tf:1:1
  |
1 | locals {
  | ^^^^^^^^
  |
)");
}

TEST_F(CodeFrameTest, PointsBehindTheEnd) {
  FileId file = add("a.tf", 0, "a {\n");
  EXPECT_EQ(frame({{{file, 4, 4}, "a `}` is missing"}}), R"( --> a.tf:2:1
  |
2 |
  | ^ a `}` is missing
  |
)");
  EXPECT_EQ(frame({{{file, 3, 3}, "the line ends here"}}), R"( --> a.tf:1:4
  |
1 | a {
  |    ^ the line ends here
  |
)");
}

TEST_F(CodeFrameTest, SurvivesAnEmptyFile) {
  FileId file = add("a.tf", 0, "");
  EXPECT_EQ(frame({{{file, 0, 0}, ""}}), R"( --> a.tf:1:1
  |
1 |
  | ^
  |
)");
}

TEST_F(CodeFrameTest, GivesAByteOrderMarkNoColumn) {
  FileId file = add("a.tf", 0, "\xEF\xBB\xBFx = 1");
  EXPECT_EQ(frame({{{file, 0, 4}, ""}, {find(file, "1"), "one"}}), R"( --> a.tf:1:1
  |
1 | x = 1
  | ^   - one
  |
)");
}

TEST_F(CodeFrameTest, CutsEndlessLines) {
  FileId file = add("a.json", 0, std::string(1000, 'a') + "HERE" + std::string(1000, 'z'));
  EXPECT_EQ(frame({{find(file, "HERE"), "label"}}), " --> a.json:1:1001\n  |\n1 | ..." + std::string(60, 'a') + "HERE" +
                                                        std::string(176, 'z') + "...\n  | " + std::string(63, ' ') +
                                                        "^^^^ label\n  |\n");
  FileId wide = add(
      "b.json", 0, std::string(1, ' ') + [] {
        std::string text;
        for (int i = 0; i < 500; ++i) text += "日";
        return text;
      }());
  EXPECT_EQ(sources_.begin_of({wide, 1 + 3 * 250, 0}).column, 252u);
  std::string cut = frame({{{wide, 1 + 3 * 250, 1 + 3 * 251}, ""}});
  EXPECT_EQ(cut.find("\\x"), std::string::npos) << "no character is cut in two";
  EXPECT_NE(cut.find("\n  | " + std::string(43, ' ') + "^^\n"), std::string::npos) << cut;
}

// Whatever the text and the spans: the output is UTF-8 without control characters, and each line has its bar.
TEST_F(CodeFrameTest, SurvivesRandomBytesAndSpans) {
  std::mt19937 random(1);
  const std::string_view pieces[] = {"a",    "\n",       "\r\n", "\t",   "é", "日",    "😀",
                                     "\xFF", "\xE6\x97", "\x1b", "\x07", " ", "\u0301"};
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (std::size_t i = random() % 400; i > 0; --i) text += pieces[random() % std::size(pieces)];
    auto size = static_cast<std::uint32_t>(text.size());
    FileId file = sources_.add("x.tf", text);
    std::vector<FrameLabel> labels;
    for (std::size_t i = 1 + random() % 5; i > 0; --i) {
      auto begin = static_cast<std::uint32_t>(random() % (size + 1));
      labels.push_back({{file, begin, begin + static_cast<std::uint32_t>(random() % 20)}, i % 2 == 0 ? "label" : ""});
    }
    std::string out = frame(labels, 3);
    EXPECT_EQ(first_invalid_utf8(out), std::nullopt);
    EXPECT_TRUE(std::none_of(out.begin(), out.end(), [](char c) { return c >= 0 && c < ' ' && c != '\n'; })) << out;
    std::istringstream lines(out);
    std::string line;
    std::getline(lines, line);
    EXPECT_TRUE(line.starts_with("   --> x.tf:")) << line;
    while (std::getline(lines, line)) EXPECT_TRUE(line.substr(4, 1) == "|" || line == "  ...") << out;
  }
}

TEST_F(CodeFrameTest, PaintsMarksAndLabels) {
  FileId file = add("a.tf", 0, "aa bb");
  std::vector<FrameLabel> labels = {{find(file, "aa"), "first"}, {find(file, "bb"), "second"}};
  Palette palette{"<e>", "<w>", "<n>", "<h>", "</>"};
  EXPECT_EQ(code_frame(sources_, labels, {1, palette.error, palette, {}}), R"( --> a.tf:1:1
  |
1 | aa bb
  | <e>^^</> <n>--</> <n>second</>
  | <e>|</>
  | <e>first</>
  |
)");
}

TEST_F(CodeFrameTest, CountsDigitsOfTheLine) {
  FileId file = add("a.tf", 99, "x");
  EXPECT_EQ(digits_of(sources_, find(file, "x")), 3u);
  EXPECT_EQ(digits_of(sources_, {file, 5, 6}), 1u);
  EXPECT_EQ(location_of(sources_, find(file, "x"), {}), "a.tf:100:1");
}

TEST(Viewpoint, ShowsPathsFromTheWorkingDirectory) {
  EXPECT_EQ(path_seen_from({}, "infra/a.tf"), "infra/a.tf");
  EXPECT_EQ(path_seen_from({"infra", ""}, "infra/a.tf"), "a.tf");
  EXPECT_EQ(path_seen_from({"infra", ""}, "infra2/a.tf"), "../infra2/a.tf");
  EXPECT_EQ(path_seen_from({"infra/app", ""}, "infra/net/a.tf"), "../net/a.tf");
  EXPECT_EQ(path_seen_from({"infra/app", ""}, "a.tf"), "../../a.tf");
  EXPECT_EQ(path_seen_from({"a/b", ""}, "a/b"), "../b") << "no file is the working directory";
  EXPECT_EQ(path_seen_from({".", "x/y"}, "infra/a.tf"), "x/y/infra/a.tf");
  EXPECT_EQ(path_seen_from({"infra", ""}, "/etc/a.tf"), "/etc/a.tf");
}

}  // namespace
}  // namespace halint
