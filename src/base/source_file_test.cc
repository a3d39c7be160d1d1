// Tests of base/source_file.h.
// SPDX-License-Identifier: Apache-2.0
#include "base/source_file.h"

#include <iterator>
#include <memory>
#include <random>

#include <gtest/gtest.h>

#include "base/parallel.h"
#include "base/text.h"

namespace halint {
namespace {

// Bytes: é 2, 日 3, 😀 4. UTF-16 units: 1, 1, 2.
constexpr const char* kMixed = "aé日😀z\nnext";

TEST(Sources, CountsColumnsInCodePoints) {
  Sources sources;
  FileId file = sources.add("a.tf", kMixed);
  EXPECT_EQ(sources.position(file, 0), (Position{1, 1}));
  EXPECT_EQ(sources.position(file, 1), (Position{1, 2}));   // é
  EXPECT_EQ(sources.position(file, 3), (Position{1, 3}));   // 日
  EXPECT_EQ(sources.position(file, 6), (Position{1, 4}));   // 😀
  EXPECT_EQ(sources.position(file, 10), (Position{1, 5}));  // z
  EXPECT_EQ(sources.position(file, 11), (Position{1, 6}));  // The line feed.
  EXPECT_EQ(sources.position(file, 12), (Position{2, 1}));
  EXPECT_EQ(sources.position(file, 16), (Position{2, 5})) << "end of the file";
  EXPECT_EQ(sources.position(file, 999), (Position{2, 5})) << "beyond the end";
}

TEST(Sources, ConvertsColumnsOfEveryEncoding) {
  Sources sources;
  FileId file = sources.add("a.tf", kMixed);
  struct Case {
    std::uint32_t offset, utf8, utf16, utf32;
  };
  for (const Case& c : {Case{0, 0, 0, 0}, {1, 1, 1, 1}, {3, 3, 2, 2}, {6, 6, 3, 3}, {10, 10, 5, 4}, {11, 11, 6, 5}}) {
    EXPECT_EQ(sources.column_in(file, c.offset, Encoding::kUtf8), c.utf8);
    EXPECT_EQ(sources.column_in(file, c.offset, Encoding::kUtf16), c.utf16);
    EXPECT_EQ(sources.column_in(file, c.offset, Encoding::kUtf32), c.utf32);
    EXPECT_EQ(sources.offset_at(file, 1, c.utf8, Encoding::kUtf8), c.offset);
    EXPECT_EQ(sources.offset_at(file, 1, c.utf16, Encoding::kUtf16), c.offset);
    EXPECT_EQ(sources.offset_at(file, 1, c.utf32, Encoding::kUtf32), c.offset);
  }
}

TEST(Sources, RoundsToTheStartOfACharacter) {
  Sources sources;
  FileId file = sources.add("a.tf", kMixed);
  EXPECT_EQ(sources.position(file, 8), (Position{1, 4})) << "inside of the smile";
  EXPECT_EQ(sources.offset_at(file, 1, 4, Encoding::kUtf16), 6u) << "between its surrogates";
}

TEST(Sources, ClampsOffsetsToTheLine) {
  Sources sources;
  FileId file = sources.add("a.tf", "ab\r\ncd\n");
  EXPECT_EQ(sources.offset_at(file, 1, 99, Encoding::kUtf16), 2u) << "before the line ending";
  EXPECT_EQ(sources.offset_at(file, 2, 99, Encoding::kUtf16), 6u);
  EXPECT_EQ(sources.offset_at(file, 3, 0, Encoding::kUtf16), 7u) << "the empty line at the end";
  EXPECT_EQ(sources.offset_at(file, 9, 3, Encoding::kUtf16), 7u) << "beyond the last line";
  EXPECT_EQ(sources.offset_at(file, 0, 3, Encoding::kUtf16), 0u);
}

TEST(Sources, ReadsCrLfAsLf) {
  Sources sources;
  FileId file = sources.add("a.tf", "one\r\ntwo\r\n\r\nfour");
  EXPECT_EQ(sources.line(file, 1), "one");
  EXPECT_EQ(sources.line(file, 2), "two");
  EXPECT_EQ(sources.line(file, 3), "");
  EXPECT_EQ(sources.line(file, 4), "four");
  EXPECT_EQ(sources.line(file, 5), "");
  EXPECT_EQ(sources.line(file, 0), "");
  EXPECT_EQ(sources.position(file, 3), (Position{1, 4}));
  EXPECT_EQ(sources.position(file, 4), (Position{1, 4})) << "the line feed of a CRLF takes no column";
  EXPECT_EQ(sources.position(file, 5), (Position{2, 1}));
}

TEST(Sources, GivesAByteOrderMarkNoColumn) {
  Sources sources;
  FileId file = sources.add("a.tf", "\xEF\xBB\xBFx = 1\ny");
  EXPECT_EQ(sources.line(file, 1), "x = 1");
  EXPECT_EQ(sources.position(file, 0), (Position{1, 1}));
  EXPECT_EQ(sources.position(file, 3), (Position{1, 1}));
  EXPECT_EQ(sources.position(file, 5), (Position{1, 3}));
  EXPECT_EQ(sources.column_in(file, 5, Encoding::kUtf8), 2u);
  EXPECT_EQ(sources.offset_at(file, 1, 0, Encoding::kUtf16), 3u);
  EXPECT_EQ(sources.position(file, 9), (Position{2, 1}));
}

TEST(Sources, CountsATabAsOneColumn) {
  Sources sources;
  FileId file = sources.add("a.tf", "\t\tx");
  EXPECT_EQ(sources.position(file, 2), (Position{1, 3}));
}

TEST(Sources, CountsABrokenByteAsOneColumn) {
  Sources sources;
  FileId file = sources.add("a.tf", "a\xFF\xFEz");
  EXPECT_EQ(sources.position(file, 3), (Position{1, 4}));
  EXPECT_EQ(sources.column_in(file, 3, Encoding::kUtf16), 3u);
}

TEST(Sources, SurvivesEmptyAndTinyFiles) {
  Sources sources;
  FileId empty = sources.add("empty.tf", "");
  EXPECT_EQ(sources.position(empty, 0), (Position{1, 1}));
  EXPECT_EQ(sources.line(empty, 1), "");
  FileId mark = sources.add("mark.tf", "\xEF\xBB\xBF");
  EXPECT_EQ(sources.position(mark, 3), (Position{1, 1}));
  FileId feed = sources.add("feed.tf", "\n");
  EXPECT_EQ(sources.position(feed, 1), (Position{2, 1}));
  EXPECT_EQ(sources.line(feed, 2), "");
}

// At each character of a line, offset -> column -> offset leads back, in all encodings.
TEST(Sources, ConvertsThereAndBack) {
  std::mt19937 random(7);
  const std::string_view pieces[] = {"a", "\t", "é", "日", "😀", "\xFF", "\n", "\r\n"};
  Sources sources;
  for (int round = 0; round < 100; ++round) {
    std::string text = round % 2 == 0 ? "" : std::string(kByteOrderMark);
    for (int i = 0; i < 50; ++i) text += pieces[random() % std::size(pieces)];
    FileId file = sources.add("x", text);
    for (std::uint32_t number = 1; number <= sources.file(file).line_starts.size(); ++number) {
      std::string_view line = sources.line(file, number);
      for (std::size_t i = 0; i <= line.size(); i += i < line.size() ? decode_utf8(line, i).size : 1) {
        auto offset = static_cast<std::uint32_t>(line.data() + i - sources.file(file).text.data());
        EXPECT_EQ(sources.position(file, offset).line, number);
        for (Encoding encoding : {Encoding::kUtf8, Encoding::kUtf16, Encoding::kUtf32}) {
          std::uint32_t column = sources.column_in(file, offset, encoding);
          EXPECT_EQ(sources.offset_at(file, number, column, encoding), offset);
        }
      }
    }
  }
}

// A file of one line must not cost a pass over it for each place.
TEST(Sources, FindsPlacesInEndlessLines) {
  std::string text = "first\n";
  for (int i = 0; i < 300000; ++i) text += "é😀x";  // 7 bytes, 4 units, 3 characters each.
  Sources sources;
  FileId file = sources.add("x", text);
  for (std::uint32_t i = 0; i < 300000; i += 100) {
    std::uint32_t offset = 6 + 7 * i + 6;  // At an x.
    ASSERT_EQ(sources.position(file, offset), (Position{2, 3 * i + 3}));
    ASSERT_EQ(sources.column_in(file, offset, Encoding::kUtf8), 7 * i + 6);
    ASSERT_EQ(sources.column_in(file, offset, Encoding::kUtf16), 4 * i + 3);
    ASSERT_EQ(sources.offset_at(file, 2, 4 * i + 3, Encoding::kUtf16), offset);
    ASSERT_EQ(sources.offset_at(file, 2, 3 * i + 2, Encoding::kUtf32), offset);
    ASSERT_EQ(sources.offset_at(file, 2, 7 * i + 6, Encoding::kUtf8), offset);
  }
  EXPECT_EQ(sources.offset_at(file, 2, 99999999, Encoding::kUtf16), text.size());
  EXPECT_EQ(sources.offset_at(file, 1, 99999999, Encoding::kUtf16), 5u);
}

TEST(Sources, HandsOutSpansOfText) {
  Sources sources;
  FileId file = sources.add("a.tf", "hello");
  EXPECT_EQ(sources.text({file, 1, 3}), "el");
  EXPECT_EQ(sources.text({file, 3, 99}), "lo");
  EXPECT_EQ(sources.text({file, 99, 100}), "");
  EXPECT_EQ(sources.path(file), "a.tf");
}

TEST(Sources, KeepsAddressesWhileManyThreadsAdd) {
  Sources sources;
  FileId first = sources.add("first.tf", "stay");
  std::string_view text = sources.file(first).text;
  std::vector<FileId> ids(500);
  parallel_for(
      ids.size(),
      [&](std::size_t i) {
        ids[i] = sources.add(std::to_string(i), "text " + std::to_string(i));
        EXPECT_EQ(sources.path(ids[i]), std::to_string(i));
      },
      8);
  EXPECT_EQ(sources.size(), 501u);
  EXPECT_EQ(sources.file(first).text.data(), text.data());
  for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(sources.file(ids[i]).text, "text " + std::to_string(i));
}

TEST(Sources, GrowFromASnapshot) {
  auto first = std::make_unique<Sources>();
  FileId a = first->add("a.tf", "one"), b = first->add("b.tf", "same");
  Sources second(*first);
  const SourceFile* text_of_b = &first->file(b);
  first.reset();
  FileId changed = second.add("a.tf", "two");
  EXPECT_EQ(second.add("b.tf", "same"), b);
  EXPECT_EQ(&second.file(b), text_of_b) << "texts are shared";
  EXPECT_NE(changed, a);
  EXPECT_EQ(second.file(a).text, "one") << "what a name once meant, it means still";
  Sources third(second);
  EXPECT_EQ(third.add("a.tf", "two"), changed);
  EXPECT_NE(third.add("a.tf", "one"), a) << "only the last text of a file is known again";
  EXPECT_EQ(second.size(), 3u);
  EXPECT_EQ(third.size(), 4u);
}

}  // namespace
}  // namespace halint
