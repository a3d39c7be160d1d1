// Which strangers a check of `Origin` or `Referer` lets in.
// SPDX-License-Identifier: Apache-2.0
#include "nginx/origin_check.h"

#include <gtest/gtest.h>

namespace halint {
namespace {

std::string origin(std::string_view pattern) {
  SiteCheck check = check_sites(pattern, false, SiteHeader::kOrigin);
  return check.is_understood ? check.impostor : "?";
}

std::string referer(std::string_view pattern) {
  SiteCheck check = check_sites(pattern, false, SiteHeader::kReferer);
  return check.is_understood ? check.impostor : "?";
}

TEST(OriginCheck, FindsOpenEnds) {
  EXPECT_EQ(origin(R"(^https://example\.com)"), "https://example.com.evil.example");
  EXPECT_EQ(origin(R"(^https?://(www\.)?example\.com)"), "http://example.com.evil.example");
  EXPECT_EQ(referer(R"(^https://example\.com)"), "https://example.com.evil.example/");
  EXPECT_EQ(origin(R"(^https://example\.com$)"), "");
  EXPECT_EQ(origin(R"(^https://example\.com(:\d+)?$)"), "");
  EXPECT_EQ(referer(R"(^https://example\.com/)"), "");
  EXPECT_EQ(referer(R"(^https://example\.com(/|$))"), "");
}

TEST(OriginCheck, FindsOpenBeginnings) {
  EXPECT_EQ(origin(R"(example\.com$)"), "https://evilexample.com");
  EXPECT_EQ(origin(R"(\.example\.com$)"), "");
  EXPECT_EQ(origin(R"(api\.example\.com$)"), "");
  // No page has an origin that begins otherwise than with its scheme.
  EXPECT_EQ(origin(R"(https://example\.com$)"), "");
  EXPECT_EQ(referer(R"(https://example\.com/)"), "https://evil.example/https://example.com/");
  EXPECT_EQ(referer(R"(^https?://a\.example/|b\.example/)"), "https://evil.example/b.example/");
}

TEST(OriginCheck, FindsDotsThatAreNone) {
  EXPECT_EQ(origin(R"(^https://api.example\.com$)"), "https://apixexample.com");
  EXPECT_EQ(origin("^https://example.com$"), "https://examplexcom");
  EXPECT_EQ(origin(R"(^https://one.two.example\.com$)"), "https://one.twoxexample.com");
  EXPECT_EQ(origin(R"(^https://one.two\.example\.com$)"), "");
}

TEST(OriginCheck, FindsHostsThatReachBeyondASlash) {
  EXPECT_EQ(referer(R"(^https?://([^/]+stat.*shop\.(com|org))/)"), "http://xstat.evil.example/shop.com/");
  EXPECT_EQ(referer(R"(^https://.*\.example\.com/)"), "https://evil.example/https://.example.com/");
  EXPECT_EQ(referer(R"(^https://[^/]*\.example\.com/)"), "");
  // An origin has no path.
  EXPECT_EQ(origin(R"(^https://.*\.example\.com$)"), "");
}

TEST(OriginCheck, LeavesOthersAlone) {
  EXPECT_EQ(origin("."), "");
  EXPECT_EQ(origin(""), "");
  EXPECT_EQ(origin("^https?://"), "");
  EXPECT_EQ(origin("^https?://localhost"), "");
  EXPECT_EQ(origin("^null$"), "");
  EXPECT_EQ(referer("(spam|casino)"), "");
  EXPECT_EQ(referer(R"(^https?://[^/]+\.ru/)"), "");
  EXPECT_EQ(origin(R"(^https://(?!x)example\.com)"), "?");
}

TEST(OriginCheck, EndsOnManyAlternatives) {
  std::string pattern = "^https://";
  for (int i = 0; i < 200; ++i) pattern += "(a|b|c)";
  EXPECT_EQ(origin(pattern + R"(\.example\.com$)"), "");
  EXPECT_EQ(origin("(((((((a{70}){70}){70}){70}){70}){70}){70})"), "?");
}

}  // namespace
}  // namespace halint
