// Tests of base/glob.h.
// SPDX-License-Identifier: Apache-2.0
#include "base/glob.h"

#include <string>

#include <gtest/gtest.h>

namespace halint {
namespace {

TEST(Glob, MatchesTheWholeText) {
  EXPECT_TRUE(glob_match("nat-gateway", "nat-gateway"));
  EXPECT_FALSE(glob_match("nat", "nat-gateway"));
  EXPECT_FALSE(glob_match("gateway", "nat-gateway"));
  EXPECT_TRUE(glob_match("", ""));
  EXPECT_FALSE(glob_match("", "a"));
}

TEST(Glob, StopsASingleStarAtASlash) {
  EXPECT_TRUE(glob_match("nat-*", "nat-gateway-single-az"));
  EXPECT_TRUE(glob_match("nat-*", "nat-"));
  EXPECT_TRUE(glob_match("*", ""));
  EXPECT_FALSE(glob_match("*.tf", "a/b.tf"));
  EXPECT_TRUE(glob_match("a/*.tf", "a/b.tf"));
  EXPECT_TRUE(glob_match("*a*b*", "xxaxxbxx"));
  EXPECT_FALSE(glob_match("*a*b*", "xxbxxaxx"));
}

TEST(Glob, LetsADoubleStarCrossDirectories) {
  EXPECT_TRUE(glob_match("**", "a/b/c"));
  EXPECT_TRUE(glob_match("a/**", "a/b/c.tf"));
  EXPECT_FALSE(glob_match("a/**", "a"));
  EXPECT_TRUE(glob_match("**/x.tf", "x.tf"));
  EXPECT_TRUE(glob_match("**/x.tf", "a/b/x.tf"));
  EXPECT_FALSE(glob_match("**/x.tf", "ax.tf"));
  EXPECT_TRUE(glob_match("a/**/b", "a/b"));
  EXPECT_TRUE(glob_match("a/**/b", "a/x/y/b"));
  EXPECT_FALSE(glob_match("a/**/b", "a/xb"));
  EXPECT_TRUE(glob_match("**/.terraform/**", "x/.terraform/modules/m.tf"));
  EXPECT_TRUE(glob_match("a**/b", "axx/y/b"));
}

TEST(Glob, TakesOneCharacterForAQuestionMark) {
  EXPECT_TRUE(glob_match("a?c", "abc"));
  EXPECT_TRUE(glob_match("a?c", "a日c")) << "a character, not a byte";
  EXPECT_FALSE(glob_match("a?c", "a/c"));
  EXPECT_FALSE(glob_match("a?c", "ac"));
}

TEST(Glob, KnowsAlternatives) {
  for (const char* name : {"x.yaml", "x.yml", "x.json"}) EXPECT_TRUE(glob_match("*.{yaml,yml,json}", name)) << name;
  EXPECT_FALSE(glob_match("*.{yaml,yml,json}", "x.yam"));
  EXPECT_FALSE(glob_match("*.{yaml,yml,json}", "x.yamlyml"));
  EXPECT_TRUE(glob_match("a{,b}c", "ac"));
  EXPECT_TRUE(glob_match("a{,b}c", "abc"));
  EXPECT_TRUE(glob_match("{a,b{c,d}}e", "ae"));
  EXPECT_TRUE(glob_match("{a,b{c,d}}e", "bde"));
  EXPECT_FALSE(glob_match("{a,b{c,d}}e", "be"));
  EXPECT_TRUE(glob_match("{x/**/,}y", "y"));
  EXPECT_TRUE(glob_match("{**/y,z}", "a/y"));
  EXPECT_TRUE(glob_match("{one}", "one"));
  EXPECT_FALSE(glob_match("{a}**/b", "ab")) << "in the middle of a name, a slash is a slash";
}

TEST(Glob, TakesOddMarksAsTheyAre) {
  EXPECT_TRUE(glob_match("aws_nat_gateway.this[0]", "aws_nat_gateway.this[0]"));
  EXPECT_TRUE(glob_match("a{b", "a{b"));
  EXPECT_TRUE(glob_match("a}b,c", "a}b,c"));
  EXPECT_TRUE(glob_match("{{a,b}", "{a"));
  EXPECT_TRUE(glob_match("\\*\\{x", "*{x"));
  EXPECT_FALSE(glob_match("\\*", "a"));
  EXPECT_TRUE(glob_match("a\\", "a\\"));
}

TEST(Glob, IsNotSlowOnHostilePatterns) {
  std::string stars, groups;
  for (int i = 0; i < 200; ++i) stars += "*a";
  for (int i = 0; i < 200; ++i) groups += "{a,{a,b},aa}";
  std::string text(400, 'a');
  EXPECT_FALSE(glob_match(stars + "c", text));
  EXPECT_FALSE(glob_match(groups + "c", text));
  EXPECT_TRUE(glob_match(groups, std::string(300, 'a')));
  std::string deep = std::string(20000, '{') + "a" + std::string(20000, '}');
  EXPECT_TRUE(glob_match(deep, "a"));
}

TEST(Glob, ReadsBracketsWhereTheyAreAskedFor) {
  auto matches = [](std::string_view pattern, std::string_view text) {
    return Glob(pattern, Glob::Brackets::kClass).matches(text);
  };
  EXPECT_TRUE(matches("[abc].txt", "b.txt"));
  EXPECT_FALSE(matches("[abc].txt", "d.txt"));
  EXPECT_TRUE(matches("[a-c]*", "cd"));
  EXPECT_FALSE(matches("[^a-c]", "b"));
  EXPECT_TRUE(matches("[!a-c]", "x"));
  EXPECT_FALSE(matches("a[^b]c", "a/c"));
  EXPECT_TRUE(matches("[\\]]", "]"));
  EXPECT_TRUE(matches("[a", "[a"));
  EXPECT_TRUE(matches("{[ab],x}", "x"));
  EXPECT_FALSE(glob_match("a[0]", "a0"));
  EXPECT_TRUE(glob_match("a[0]", "a[0]"));
}

}  // namespace
}  // namespace halint
