// What regular expressions can match.
// SPDX-License-Identifier: Apache-2.0
#include "nginx/regex_sets.h"

#include <gtest/gtest.h>

#include <string>

namespace halint {
namespace {

bool group_holds(std::string_view pattern, char c, std::size_t number = 1) {
  auto tree = parse_regex(pattern);
  if (!tree || tree->groups.size() < number) {
    ADD_FAILURE() << "no such group: " << pattern;
    return false;
  }
  return tree->groups[number - 1].bytes.test(static_cast<unsigned char>(c));
}

TEST(RegexSets, KnowsWhatGroupsHold) {
  EXPECT_FALSE(group_holds("^/(.*)$", '\n'));
  EXPECT_TRUE(group_holds("(?s)^/(.*)$", '\n'));
  EXPECT_TRUE(group_holds("^/([^/]+)", '\n'));
  EXPECT_FALSE(group_holds(R"(^/([^/\s]+))", '\n'));
  EXPECT_TRUE(group_holds(R"(/(\W*)$)", '\n'));
  EXPECT_FALSE(group_holds(R"(/([\w.-]+)$)", '\n'));
  EXPECT_TRUE(group_holds(R"(/([\w.-]+)$)", '.'));
  EXPECT_FALSE(group_holds(R"(/([\w-]+)$)", '.'));
  EXPECT_FALSE(group_holds("/(a|b)/(x)", 'x'));
  EXPECT_TRUE(group_holds("/(a|b)/(x)", 'x', 2));
  EXPECT_TRUE(group_holds("((a)b)", 'b'));
  EXPECT_FALSE(group_holds("((a)b)", 'b', 2));
  EXPECT_TRUE(group_holds(R"(([[:alpha:]\x41-\x43]{2,3}))", 'C'));
  EXPECT_FALSE(group_holds("([]a]+)", 'b'));
  EXPECT_TRUE(group_holds("([]a]+)", ']'));
  EXPECT_TRUE(group_holds("([a-]+)", '-'));
  EXPECT_TRUE(group_holds("(a{,3})", '{'));
}

TEST(RegexSets, NamesGroups) {
  auto tree = parse_regex("^/(?<one>a)(?P<two>b)(?'three'c)(?:d)(e)");
  ASSERT_TRUE(tree);
  ASSERT_EQ(tree->groups.size(), 4u);
  EXPECT_EQ(tree->groups[0].name, "one");
  EXPECT_EQ(tree->groups[1].name, "two");
  EXPECT_EQ(tree->groups[2].name, "three");
  EXPECT_EQ(tree->groups[3].name, "");
}

TEST(RegexSets, KnowsWhatBeginsWithSlash) {
  auto begins = [](std::string_view pattern) { return parse_regex(pattern)->groups[0].begins_with_slash; };
  EXPECT_TRUE(begins("^(/.*)"));
  EXPECT_TRUE(begins("((?:/a|/b)c)"));
  EXPECT_FALSE(begins("(/?.*)"));
  EXPECT_FALSE(begins("(/a|b)"));
  EXPECT_FALSE(begins("((?:/.*)?)"));
}

TEST(RegexSets, KnowsWhatIsAskedAsAWhole) {
  auto whole_holds = [](std::string_view pattern, char c) {
    auto bytes = bytes_of_whole(*parse_regex(pattern));
    return !bytes || bytes->test(static_cast<unsigned char>(c));
  };
  EXPECT_FALSE(whole_holds("^/[a-z]+$", '\n'));
  EXPECT_TRUE(whole_holds("^/[a-z]+", '\n'));
  EXPECT_TRUE(whole_holds("/[a-z]+$", '\n'));
  EXPECT_TRUE(whole_holds("^/a$|/b$", '\n'));
  EXPECT_FALSE(whole_holds("^/a$|^/b$", '\n'));
  EXPECT_TRUE(whole_holds("^/[^.]+$", '\n'));
}

TEST(RegexSets, SaysWhatItDoesNotUnderstand) {
  for (const char* pattern : {"(?=a)", "(?!a)b", "(?<!a)b", R"((a)\1)", "(?x) a", "(", ")", "[a", "*a", "a\\", "(?<a",
                              R"([\q])", "[[:no:]]", R"(\p{L})"}) {
    EXPECT_FALSE(parse_regex(pattern)) << pattern;
  }
}

TEST(RegexSets, EndsOnDeepNesting) {
  EXPECT_FALSE(parse_regex(std::string(100'000, '(')));
  EXPECT_FALSE(parse_regex(std::string(100'000, '(') + std::string(100'000, ')')));
  EXPECT_FALSE(parse_regex("a" + std::string(100'000, '?')));
  EXPECT_TRUE(parse_regex(std::string(100'000, 'a')));
}

}  // namespace
}  // namespace halint
