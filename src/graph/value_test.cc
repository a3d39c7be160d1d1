// Values: making, three-valued equality, printing.
// SPDX-License-Identifier: Apache-2.0
#include "graph/value.h"

#include <gtest/gtest.h>

#include "graph/type.h"

namespace halint {
namespace {

class ValueTest : public testing::Test {
 protected:
  Value text(std::string_view s) { return Value::string(arena_, s); }
  Value list(std::vector<Value> items) { return Value::list(arena_, items); }
  Value symbol(std::string_view address) {
    const Symbol* s = arena_.make<Symbol>(Symbol::Kind::kVariable, address, std::span<const Step>{});
    return Value::unknown(arena_, {UnknownReason::kVariable, "no value", "", s});
  }
  Arena arena_;
};

TEST_F(ValueTest, IntegralRealIsInteger) {
  EXPECT_TRUE(Value::real(3.0).is_integer());
  EXPECT_FALSE(Value::real(3.5).is_integer());
  EXPECT_EQ(equal(Value::real(3.0), Value::integer(3)), Truth::kTrue);
}

TEST_F(ValueTest, LargeIntegersStayExact) {
  EXPECT_EQ(equal(Value::integer(9007199254740993), Value::integer(9007199254740992)), Truth::kFalse);
}

TEST_F(ValueTest, AZoneHasAName) {
  Value zone =
      Value::unknown(arena_, {.reason = UnknownReason::kData, .detail = "", .decide = "", .shape = Shape::kZoneName});
  EXPECT_EQ(equal(zone, text("")), Truth::kFalse);
  EXPECT_EQ(equal(zone, text("eu-west-1a")), Truth::kUnknown);
}

TEST_F(ValueTest, EqualSymbolsAreEqualOthersUnknown) {
  EXPECT_EQ(equal(symbol("var.a"), symbol("var.a")), Truth::kTrue);
  EXPECT_EQ(equal(symbol("var.a"), symbol("var.b")), Truth::kUnknown);
  EXPECT_EQ(equal(symbol("var.a"), text("x")), Truth::kUnknown);
}

TEST_F(ValueTest, OneDifferenceDecidesAList) {
  EXPECT_EQ(equal(list({symbol("var.a"), text("x")}), list({symbol("var.b"), text("y")})), Truth::kFalse);
  EXPECT_EQ(equal(list({symbol("var.a"), text("x")}), list({symbol("var.b"), text("x")})), Truth::kUnknown);
}

TEST_F(ValueTest, IntervalsCompare) {
  Value low = Value::interval(arena_, {0, 2});
  EXPECT_EQ(equal(low, Value::integer(3)), Truth::kFalse);
  EXPECT_EQ(equal(low, Value::integer(1)), Truth::kUnknown);
  EXPECT_TRUE(Value::interval(arena_, {2, 2}).is_integer());
}

TEST_F(ValueTest, TemplateJoinsKnownParts) {
  std::vector<Value> parts = {text("a"), text("b"), symbol("var.x"), text("-db")};
  Value value = Value::text_template(arena_, parts);
  ASSERT_TRUE(value.is(ValueKind::kTemplate));
  EXPECT_EQ(value.items().size(), 3u);
  EXPECT_EQ(to_text(value), "\"ab${var.x}-db\"");
  EXPECT_EQ(equal(value, text("ab1-cache")), Truth::kFalse);
  EXPECT_EQ(equal(value, text("ab1-db")), Truth::kUnknown);
}

TEST_F(ValueTest, TemplateOfKnownPartsIsAString) {
  std::vector<Value> parts = {text("a"), text("b")};
  Value value = Value::text_template(arena_, parts);
  ASSERT_TRUE(value.is(ValueKind::kString));
  EXPECT_EQ(value.as_string(), "ab");
}

TEST_F(ValueTest, MapSortsAndLastOfAKeyWins) {
  Value map =
      Value::map(arena_, {{"b", Value::integer(1), {}}, {"a", Value::integer(2), {}}, {"b", Value::integer(3), {}}});
  ASSERT_EQ(map.members().size(), 2u);
  EXPECT_EQ(map.members()[0].key, "a");
  EXPECT_EQ(map.member("b").as_integer(), 3);
  EXPECT_TRUE(map.member("c").is_absent());
}

TEST_F(ValueTest, SensitiveContentIsNeverPrinted) {
  EXPECT_EQ(to_text(text("secret").with_sensitive()), "(sensitive)");
  std::vector<Value> items = {text("secret").with_sensitive()};
  EXPECT_EQ(to_text(Value::list(arena_, items)), "[(sensitive)]");
}

TEST_F(ValueTest, ThreeValuedLogic) {
  EXPECT_EQ(both(Truth::kFalse, Truth::kUnknown), Truth::kFalse);
  EXPECT_EQ(both(Truth::kTrue, Truth::kUnknown), Truth::kUnknown);
  EXPECT_EQ(either(Truth::kTrue, Truth::kUnknown), Truth::kTrue);
  EXPECT_EQ(!Truth::kUnknown, Truth::kUnknown);
}

TEST(TypeTest, TextAndBack) {
  for (std::string_view text : {"bool", "list<node<subnet>>", "map<string>", "dyn", "list<list<int>>"}) {
    Type type;
    ASSERT_TRUE(parse_type(text, type)) << text;
    EXPECT_EQ(to_text(type), text);
  }
  Type type;
  EXPECT_FALSE(parse_type("list<>", type));
  EXPECT_FALSE(parse_type("strin", type));
}

}  // namespace
}  // namespace halint
