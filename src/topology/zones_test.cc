// Tests of zone terms: every pair of kinds, and the counting of zones.
// SPDX-License-Identifier: Apache-2.0
#include "topology/zones.h"

#include <gtest/gtest.h>

#include <limits>
#include <string_view>
#include <vector>

namespace halint {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

class Zones : public testing::Test {
 protected:
  using Kind = ZoneTerm::Kind;

  Value symbol(Symbol::Kind kind, std::string_view address, std::vector<Step> path) {
    const Symbol* made = arena.make<Symbol>(Symbol{.kind = kind, .address = address, .path = arena.copy(path)});
    return Value::unknown(arena, {.reason = UnknownReason::kData, .detail = "not known", .decide = {}, .symbol = made});
  }
  static Step attribute(std::string_view name) { return {.kind = Step::Kind::kAttribute, .name = name}; }
  static Step index(std::int64_t i) { return {.kind = Step::Kind::kIndex, .name = {}, .index = i}; }
  static Step wrapping(std::int64_t i) { return {.kind = Step::Kind::kElement, .name = {}, .index = i}; }
  static Step some(std::string_view name) { return {.kind = Step::Kind::kSome, .name = name}; }

  Value named(std::string_view name) { return zone(Value::string(arena, name)); }
  Value zone(const Value& name) { return zone_of(arena, name, {}, "aws_subnet.a"); }
  Value zone_id(std::string_view id) { return zone_of(arena, {}, Value::string(arena, id), "aws_subnet.a"); }
  Value free(std::string_view owner) { return zone_of(arena, {}, {}, owner); }
  // data.aws_availability_zones.x.names[i], and element() of it.
  Value nth(std::int64_t i, std::string_view list = "data.aws_availability_zones.x") {
    return zone(symbol(Symbol::Kind::kData, list, {attribute("names"), index(i)}));
  }
  Value around(std::int64_t i) {
    return zone(symbol(Symbol::Kind::kData, "data.aws_availability_zones.x", {attribute("names"), wrapping(i)}));
  }
  Value in_region(std::string_view variable, std::string_view letter) {
    Value parts[] = {symbol(Symbol::Kind::kVariable, variable, {}), Value::string(arena, letter)};
    return zone(Value::text_template(arena, parts));
  }
  Truth same(const Value& a, const Value& b) { return same_zone(a.as_zone(), b.as_zone(), 3); }
  Interval count(std::vector<Value> items, const Unknown* rest = nullptr) {
    return distinct_zones(Value::list(arena, items, {}, rest), 3);
  }
  void expect_count(const Interval& counted, double lower, double upper) {
    EXPECT_EQ(counted.lower, lower);
    EXPECT_EQ(counted.upper, upper);
  }

  Arena arena;
  Unknown reason{.reason = UnknownReason::kVariable, .detail = "`var.n` has no value", .decide = "--var n"};
};

TEST_F(Zones, LiteralNames) {
  EXPECT_EQ(named("eu-west-1a").as_zone().kind, Kind::kName);
  EXPECT_EQ(same(named("eu-west-1a"), named("eu-west-1a")), Truth::kTrue);
  EXPECT_EQ(same(named("eu-west-1a"), named("eu-west-1b")), Truth::kFalse);
  EXPECT_EQ(same(zone_id("euw1-az1"), zone_id("euw1-az2")), Truth::kFalse);
  EXPECT_EQ(same(named("eu-west-1a"), zone_id("euw1-az2")), Truth::kUnknown) << "letters are shuffled by account";
  EXPECT_EQ(named("").as_zone().kind, Kind::kFree) << "an empty name is none";
}

TEST_F(Zones, NameWinsOverZoneId) {
  Value both = zone_of(arena, Value::string(arena, "eu-west-1a"), Value::string(arena, "euw1-az1"), "x");
  EXPECT_EQ(both.as_zone().kind, Kind::kName);
}

TEST_F(Zones, ElementsOfOneList) {
  EXPECT_EQ(nth(1).as_zone().kind, Kind::kElement);
  EXPECT_EQ(nth(1).as_zone().text, "data.aws_availability_zones.x.names");
  EXPECT_EQ(same(nth(0), nth(0)), Truth::kTrue);
  EXPECT_EQ(same(nth(0), nth(1)), Truth::kFalse);
  EXPECT_EQ(same(nth(0), nth(7)), Truth::kFalse) << "[7] fails on a shorter list";
  EXPECT_EQ(same(nth(0), nth(1, "data.aws_availability_zones.other")), Truth::kUnknown);
  EXPECT_EQ(same(nth(0), named("eu-west-1a")), Truth::kUnknown) << "the first zone need not be `a`";
}

TEST_F(Zones, ElementWrapsAroundAtAnUnknownLength) {
  EXPECT_EQ(same(around(0), around(2)), Truth::kFalse) << "a region has three zones";
  EXPECT_EQ(same(around(0), around(3)), Truth::kUnknown);
  EXPECT_EQ(same(around(1), around(5)), Truth::kUnknown) << "the same in a region of four";
  EXPECT_EQ(same(around(2), around(3)), Truth::kFalse) << "neighbours are never the same";
  EXPECT_EQ(same(around(1), nth(1)), Truth::kTrue) << "[1] proves that the list is long enough";
  EXPECT_EQ(same(around(0), nth(3)), Truth::kFalse);
  EXPECT_EQ(same(around(4), nth(0)), Truth::kUnknown);
  EXPECT_EQ(same(around(4), nth(3)), Truth::kFalse) << "[3] proves four zones, so 4 becomes 0 at the earliest";
  EXPECT_EQ(same_zone(around(0).as_zone(), around(3).as_zone(), 4), Truth::kFalse) << "the user says four zones";
}

TEST_F(Zones, ListOfAVariableIsAssumedToHaveNoDuplicates) {
  Value a = zone(symbol(Symbol::Kind::kVariable, "var.azs", {index(0)}));
  Value b = zone(symbol(Symbol::Kind::kVariable, "var.azs", {index(1)}));
  EXPECT_TRUE(a.as_zone().assumed);
  EXPECT_FALSE(nth(0).as_zone().assumed);
  EXPECT_EQ(same(a, b), Truth::kFalse);
}

TEST_F(Zones, LettersOfAnUnknownRegion) {
  EXPECT_EQ(in_region("var.region", "a").as_zone().kind, Kind::kRegional);
  EXPECT_EQ(same(in_region("var.region", "a"), in_region("var.region", "a")), Truth::kTrue);
  EXPECT_EQ(same(in_region("var.region", "a"), in_region("var.region", "b")), Truth::kFalse);
  EXPECT_EQ(same(in_region("var.region", "a"), in_region("var.other", "b")), Truth::kUnknown);
  EXPECT_EQ(same(in_region("var.region", "a"), named("eu-west-1b")), Truth::kUnknown);
  EXPECT_EQ(in_region("var.region", "-1").as_zone().kind, Kind::kSymbol) << "no letter at the end";
  EXPECT_EQ(to_text(in_region("var.region", "a")), "${var.region}a");
}

TEST_F(Zones, Scalars) {
  Value one = zone(symbol(Symbol::Kind::kVariable, "var.zone", {}));
  Value two = zone(symbol(Symbol::Kind::kVariable, "var.zone_b", {}));
  EXPECT_EQ(same(one, one), Truth::kTrue);
  EXPECT_EQ(same(one, two), Truth::kUnknown);
  Value any =
      zone(symbol(Symbol::Kind::kData, "data.aws_availability_zones.x", {attribute("names"), some("count.index")}));
  EXPECT_EQ(any.as_zone().kind, Kind::kSymbol);
  EXPECT_EQ(same(any, any), Truth::kTrue) << "the same index variable is the same instance";
  EXPECT_EQ(same(any, nth(0)), Truth::kUnknown);
}

TEST_F(Zones, UnknownWithoutIdentityStaysUnknown) {
  Value zone_value = zone(Value::unknown(&reason));
  ASSERT_TRUE(zone_value.is_unknown());
  EXPECT_EQ(zone_value.why().decide, "--var n");
  Value parts[] = {Value::unknown(&reason), Value::string(arena, "a")};
  EXPECT_TRUE(zone(Value::text_template(arena, parts)).is_unknown());
}

TEST_F(Zones, FreeZones) {
  EXPECT_EQ(free("aws_subnet.a").as_zone().kind, Kind::kFree);
  EXPECT_EQ(same(free("aws_subnet.a"), free("aws_subnet.b")), Truth::kUnknown);
  EXPECT_EQ(same(free("aws_subnet.a"), free("aws_subnet.a")), Truth::kTrue) << "one subnet is in one zone";
  EXPECT_EQ(same(free("aws_subnet.a"), named("eu-west-1a")), Truth::kUnknown);
  EXPECT_NE(free("aws_subnet.a").as_zone().why->detail.find("aws_subnet.a"), std::string_view::npos);
}

TEST_F(Zones, CountsDistinctZones) {
  expect_count(count({}), 0, 0);
  expect_count(count({named("a"), named("a")}), 1, 1);
  expect_count(count({named("a"), named("b"), named("a")}), 2, 2);
  expect_count(count({nth(0), nth(1), nth(2)}), 3, 3);
  expect_count(count({nth(0), nth(1), named("a"), named("b"), named("c")}), 3, 5);
  expect_count(count({free("x"), free("y")}), 1, 2);
  expect_count(count({free("x"), free("x")}), 1, 1);
  expect_count(count({around(0), around(1), around(2), around(3)}), 3, 4);
  expect_count(count({in_region("var.r", "a"), in_region("var.r", "c")}), 2, 2);
  expect_count(count({named("a"), zone_id("euw1-az2")}), 1, 2);
  expect_count(count({Value::unknown(&reason)}), 1, 1);
  expect_count(count({named("a"), Value::unknown(&reason)}), 1, 2);
}

TEST_F(Zones, UncertainItemsAndRest) {
  expect_count(count({named("a").with_maybe()}), 0, 1);
  expect_count(count({named("a"), named("b").with_maybe()}), 1, 2);
  expect_count(count({named("a"), named("a").with_maybe()}), 1, 1);
  expect_count(count({named("a"), named("b")}, &reason), 2, kInfinity);
  expect_count(count({}, &reason), 0, kInfinity);
  expect_count(distinct_zones(Value::unknown(&reason), 3), 0, kInfinity);
}

TEST_F(Zones, SaysWhyACountIsUncertain) {
  Value items[] = {named("a"), Value::unknown(&reason)};
  EXPECT_EQ(why_uncertain(Value::list(arena, items)), &reason);
  EXPECT_EQ(distinct_zones(Value::list(arena, items), 3).why, &reason);
  EXPECT_EQ(distinct_zones(Value::list(arena, std::span(items, 1)), 3).why, nullptr);
  EXPECT_EQ(why_uncertain(Value::list(arena, {}, {}, &reason)), &reason);
  EXPECT_EQ(why_uncertain(Value::list(arena, std::span(items, 1))), nullptr);
  Value free_zone[] = {free("aws_subnet.a")};
  ASSERT_NE(why_uncertain(Value::list(arena, free_zone)), nullptr);
}

}  // namespace
}  // namespace halint
