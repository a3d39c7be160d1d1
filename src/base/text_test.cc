// Tests of base/text.h.
// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace halint {
namespace {

TEST(Text, DecodesEachLength) {
  CodePoint letter = decode_utf8("e", 0);
  EXPECT_EQ(letter.value, U'e');
  EXPECT_EQ(letter.size, 1u);
  EXPECT_EQ(decode_utf8("é", 0).value, U'é');
  EXPECT_EQ(decode_utf8("日", 0).value, U'日');
  CodePoint smile = decode_utf8("a😀", 1);
  EXPECT_EQ(smile.value, U'😀');
  EXPECT_EQ(smile.size, 4u);
  EXPECT_TRUE(smile.valid);
}

TEST(Text, RefusesIllFormedSequences) {
  for (std::string_view bad : {"\x80", "\xC0\xAF", "\xC3", "\xC3(", "\xE0\x80\xAF", "\xE2\x82", "\xED\xA0\x80",
                               "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xFF"}) {
    CodePoint point = decode_utf8(bad, 0);
    EXPECT_FALSE(point.valid) << testing::PrintToString(bad);
    EXPECT_EQ(point.size, 1u);
    EXPECT_EQ(first_invalid_utf8(bad), 0u);
  }
}

TEST(Text, NamesTheFirstBadByte) {
  EXPECT_EQ(first_invalid_utf8(""), std::nullopt);
  EXPECT_EQ(first_invalid_utf8("aé日😀"), std::nullopt);
  EXPECT_EQ(first_invalid_utf8("aé\xFFz\xFE"), 3u);
}

TEST(Text, AppendsWhatItDecodes) {
  std::string out;
  for (char32_t value : {U'\x7F', U'\x80', U'\u07FF', U'\u0800', U'\uFFFD', U'\U00010000', U'\U0010FFFF'}) {
    out.clear();
    append_utf8(out, value);
    CodePoint point = decode_utf8(out, 0);
    EXPECT_TRUE(point.valid);
    EXPECT_EQ(point.value, value);
    EXPECT_EQ(point.size, out.size());
  }
}

TEST(Text, CountsDisplayColumns) {
  EXPECT_EQ(display_width("abc"), 3u);
  EXPECT_EQ(display_width("é"), 1u);
  EXPECT_EQ(display_width("e\u0301"), 1u) << "a combining accent takes no column";
  EXPECT_EQ(display_width("日本"), 4u);
  EXPECT_EQ(display_width("한국"), 4u);
  EXPECT_EQ(display_width("😀"), 2u);
  EXPECT_EQ(display_width("ｆ"), 2u) << "full-width letter";
  EXPECT_EQ(display_width("ﾊ"), 1u) << "half-width kana";
}

TEST(Text, EscapesWhatSteersATerminal) {
  EXPECT_EQ(escape_controls("plain é 日 😀"), "plain é 日 😀");
  EXPECT_EQ(escape_controls("\x1b[31mred\x07"), "\\x1b[31mred\\x07");
  EXPECT_EQ(escape_controls("a\nb\tc\x7f"), "a\\x0ab\\x09c\\x7f");
  EXPECT_EQ(escape_controls("\u009b31m"), "\\x9b31m") << "the one-character form of ESC [";
  EXPECT_EQ(escape_controls("\xFFz"), "\\xffz");
  EXPECT_EQ(escape_controls("a\u202Eb"), "a\\u202eb");
  EXPECT_EQ(escape_controls(std::string_view("a\0b", 3)), "a\\x00b");
}

TEST(Text, SuggestsTheClosestName) {
  std::vector<std::string> names = {"availability", "nat-gateway-single-az", "nat-gateway-missing-in-az", "network"};
  auto suggest = [&](std::string_view word) { return did_you_mean(word, std::span<const std::string>(names)); };
  EXPECT_EQ(suggest("nat-gatway-single-az"), "nat-gateway-single-az");
  EXPECT_EQ(suggest("netwrok"), "network") << "swapped neighbours are one slip";
  EXPECT_EQ(suggest("something-else"), std::nullopt);
  EXPECT_EQ(suggest("network"), std::nullopt) << "the word itself is no suggestion";
  EXPECT_EQ(suggest(""), std::nullopt);
  std::vector<std::string_view> letters = {"ab", "cd"};
  EXPECT_EQ(did_you_mean("ax", std::span<const std::string_view>(letters)), "ab");
  EXPECT_EQ(did_you_mean("x", std::span<const std::string_view>(letters)), std::nullopt);
}

TEST(Text, CountsInEnglish) {
  EXPECT_EQ(plural(0, "finding"), "0 findings");
  EXPECT_EQ(plural(1, "finding"), "1 finding");
  EXPECT_EQ(plural(2, "finding"), "2 findings");
  EXPECT_EQ(plural(2, "directory", "directories"), "2 directories");
  EXPECT_EQ(plural(1240, "file"), "1,240 files");
  EXPECT_EQ(plural(1234567, "node"), "1,234,567 nodes");
  EXPECT_EQ(plural(999, "node"), "999 nodes");
}

}  // namespace
}  // namespace halint
