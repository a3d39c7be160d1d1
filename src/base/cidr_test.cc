// Tests of IP addresses and ranges.
// SPDX-License-Identifier: Apache-2.0
#include "base/cidr.h"

#include <gtest/gtest.h>

#include <vector>

namespace halint {
namespace {

Cidr range(std::string_view text) {
  std::optional<Cidr> parsed = parse_cidr(text);
  EXPECT_TRUE(parsed.has_value()) << text;
  return parsed.value_or(Cidr{});
}

bool world(std::initializer_list<std::string_view> texts) {
  std::vector<Cidr> ranges;
  for (std::string_view text : texts) ranges.push_back(range(text));
  return covers_world(ranges);
}

TEST(Cidr, ParsesOnlyWellFormedV4) {
  EXPECT_EQ(to_text(range("10.1.2.3/16")), "10.1.2.3/16");
  EXPECT_EQ(to_text(range("255.255.255.255/32")), "255.255.255.255/32");
  EXPECT_EQ(to_text(range("0.0.0.0/0")), "0.0.0.0/0");
  for (std::string_view bad : {"", "/", "10.0.0.0", "10.0.0/8", "10.0.0.0.0/8", "10.0.0.256/8", "10.0.0.0/33",
                               "10.0.0.0/", "10.0.0.0/08", "010.0.0.0/8", " 10.0.0.0/8", "10.0.0.0/8 ", "10.0.0.0/-1",
                               "a.b.c.d/8", "10..0.0/8", "0.0.0.0/0/0", "pl-12345678"}) {
    EXPECT_FALSE(parse_cidr(bad).has_value()) << bad;
  }
}

TEST(Cidr, ParsesOnlyWellFormedV6) {
  EXPECT_EQ(to_text(range("2001:DB8::1/64")), "2001:db8::1/64");
  EXPECT_EQ(to_text(range("::/0")), "::/0");
  EXPECT_EQ(to_text(range("::1/128")), "::1/128");
  EXPECT_EQ(to_text(range("fe80::/10")), "fe80::/10");
  EXPECT_EQ(to_text(range("1:2:3:4:5:6:7:8/128")), "1:2:3:4:5:6:7:8/128");
  EXPECT_EQ(to_text(range("::ffff:192.0.2.1/96")), "::ffff:c000:201/96");
  EXPECT_EQ(to_text(range("1:0:0:2:0:0:0:3/128")), "1:0:0:2::3/128");
  for (std::string_view bad :
       {":/0", ":::/0", "1::2::3/64", "1:2:3:4:5:6:7/64", "1:2:3:4:5:6:7:8:9/64", "12345::/16", "g::/16", "::/129",
        "fe80::1%eth0/64", "1:2:3:4:5:6:7::8:9/64", "1.2.3.4::/64", "::1.2.3/96", "1:/16"}) {
    EXPECT_FALSE(parse_cidr(bad).has_value()) << bad;
  }
}

TEST(Cidr, ContainsAndOverlaps) {
  EXPECT_TRUE(contains(range("10.0.0.0/16"), range("10.0.255.0/24")));
  EXPECT_TRUE(contains(range("10.0.0.0/16"), range("10.0.0.0/16")));
  EXPECT_FALSE(contains(range("10.0.0.0/16"), range("10.0.0.0/15")));
  EXPECT_FALSE(contains(range("10.0.0.0/16"), range("10.1.0.0/24")));
  EXPECT_TRUE(contains(range("10.0.0.9/16"), range("10.0.7.0/24"))) << "bits beyond the prefix do not count";
  EXPECT_TRUE(contains(range("0.0.0.0/0"), range("10.0.0.0/8")));
  EXPECT_FALSE(contains(range("::/0"), range("10.0.0.0/8"))) << "families are apart";
  EXPECT_TRUE(contains(range("2001:db8::/63"), range("2001:db8:0:1::/64")));
  EXPECT_FALSE(contains(range("2001:db8::/64"), range("2001:db8:0:1::/64")));
  EXPECT_TRUE(contains(range("2001:db8::/65"), range("2001:db8::7/128")));
  EXPECT_FALSE(contains(range("2001:db8::/65"), range("2001:db8::8000:0:0:7/128")));
  EXPECT_TRUE(overlaps(range("10.0.0.0/24"), range("10.0.0.0/16")));
  EXPECT_FALSE(overlaps(range("10.0.0.0/24"), range("10.0.1.0/24")));
}

TEST(Cidr, FirstAndLast) {
  EXPECT_EQ(to_text(first_of(range("10.0.5.7/20"))), "10.0.0.0");
  EXPECT_EQ(to_text(last_of(range("10.0.5.7/20"))), "10.0.15.255");
  EXPECT_EQ(to_text(last_of(range("2001:db8::/126"))), "2001:db8::3");
  EXPECT_EQ(to_text(masked(range("10.0.5.7/20"))), "10.0.0.0/20");
}

TEST(Cidr, PrivateRanges) {
  EXPECT_TRUE(is_private(range("10.0.0.0/8")));
  EXPECT_TRUE(is_private(range("172.31.0.0/16")));
  EXPECT_TRUE(is_private(range("192.168.4.0/24")));
  EXPECT_TRUE(is_private(range("fd00::/8")));
  EXPECT_FALSE(is_private(range("172.32.0.0/16")));
  EXPECT_FALSE(is_private(range("10.0.0.0/7")));
  EXPECT_FALSE(is_private(range("100.64.0.0/10"))) << "carrier-grade NAT is not private";
  EXPECT_FALSE(is_private(range("0.0.0.0/0")));
  EXPECT_FALSE(is_private(range("2001:db8::/32")));
}

TEST(Cidr, World) {
  EXPECT_TRUE(world({"0.0.0.0/0"}));
  EXPECT_TRUE(world({"::/0"}));
  EXPECT_TRUE(world({"0.0.0.0/1", "128.0.0.0/1"}));
  EXPECT_TRUE(world({"128.0.0.0/1", "10.0.0.0/8", "0.0.0.0/1"})) << "order and overlaps do not matter";
  EXPECT_TRUE(world({"0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/2"}));
  EXPECT_TRUE(world({"::/1", "8000::/1"}));
  EXPECT_TRUE(world({"10.0.0.0/8", "::/0"}));
  EXPECT_FALSE(world({}));
  EXPECT_FALSE(world({"10.0.0.0/23"}));
  EXPECT_FALSE(world({"0.0.0.0/1"}));
  EXPECT_FALSE(world({"0.0.0.0/1", "8000::/1"})) << "halves of different families";
  EXPECT_FALSE(world({"0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3"}));
  EXPECT_FALSE(world({"0.0.0.0/2", "128.0.0.0/1"}));
}

}  // namespace
}  // namespace halint
