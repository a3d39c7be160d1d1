// Numbers: reading, printing, calculating. The answers are those of `terraform console`.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/values/number_text.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace halint {
namespace {

Arena& arena() {
  static Arena all;
  return all;
}

std::string printed(std::string_view text) {
  std::optional<Value> number = parse_number(arena(), text);
  return number ? number_text(*number) : "none";
}

Value number(std::string_view text) {
  return parse_number(arena(), text).value_or(Value());
}

TEST(NumberText, ReadsAndPrints) {
  EXPECT_EQ(printed("0"), "0");
  EXPECT_EQ(printed("-1"), "-1");
  EXPECT_EQ(printed("+5"), "5");
  EXPECT_EQ(printed("1.50"), "1.5");
  EXPECT_EQ(printed("100"), "100");
  EXPECT_EQ(printed("1.0"), "1");
  EXPECT_EQ(printed("0.000001"), "0.000001");
  EXPECT_EQ(printed("1e3"), "1000");
  EXPECT_EQ(printed("1E+3"), "1000");
  EXPECT_EQ(printed("15e-1"), "1.5");
  EXPECT_EQ(printed("1e21"), "1000000000000000000000");
  EXPECT_EQ(printed("9223372036854775807"), "9223372036854775807");
  EXPECT_EQ(printed("-9223372036854775808"), "-9223372036854775808");
  EXPECT_EQ(printed("9007199254740993.0"), "9007199254740993");
  EXPECT_EQ(printed("1e-9999"), "0");
  EXPECT_EQ(printed("1e400"), "1" + std::string(400, '0'));
  EXPECT_EQ(printed("1e999999999"), "+Inf");
}

TEST(NumberText, RefusesWhatIsNoDecimal) {
  for (std::string_view text :
       {"", " 1", "1 ", "0x10", "1_000", "abc", "-", ".", "1e", "1.2.3", "--1", "1e5x", "NaN"}) {
    EXPECT_EQ(printed(text), "none") << text;
  }
}

TEST(NumberText, CalculatesWith512Bits) {
  EXPECT_EQ(number_text(add_numbers(arena(), number("0.1"), number("0.2"))), "0.3");
  EXPECT_EQ(number_text(subtract_numbers(arena(), number("0.3"), number("0.1"))), "0.2" + std::string(153, '0') + "2");
  EXPECT_EQ(number_text(multiply_numbers(arena(), number("1.005"), number("1000"))), "1005");
  EXPECT_EQ(number_text(multiply_numbers(arena(), number("1.1"), number("1.1"))), "1.21" + std::string(151, '0') + "1");
  EXPECT_EQ(number_text(divide_numbers(arena(), number("0.3"), number("0.1"))), "3");
  EXPECT_EQ(number_text(divide_numbers(arena(), number("1"), number("8"))), "0.125");
  EXPECT_EQ(number_text(divide_numbers(arena(), number("2"), number("3"))), "0." + std::string(153, '6') + "7");
  EXPECT_TRUE(divide_numbers(arena(), number("1"), number("0")).is_absent());
  EXPECT_EQ(number_text(remainder_of_numbers(arena(), number("-5"), number("3"))), "-2");
  EXPECT_EQ(number_text(remainder_of_numbers(arena(), number("5.5"), number("2"))), "1.5");
  EXPECT_TRUE(remainder_of_numbers(arena(), number("1"), number("0")).is_absent());
}

TEST(NumberText, BigNumbersKeepTheirDigits) {
  Value most = Value::integer(std::numeric_limits<std::int64_t>::max());
  Value least = Value::integer(std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(number_text(add_numbers(arena(), most, most)), "18446744073709551614");
  EXPECT_EQ(number_text(subtract_numbers(arena(), Value::integer(0), least)), "9223372036854775808");
  EXPECT_DOUBLE_EQ(subtract_numbers(arena(), Value::integer(0), least).as_number(), 9223372036854775808.0);
  EXPECT_EQ(number_text(subtract_numbers(arena(), add_numbers(arena(), most, Value::integer(0)), Value::integer(1))),
            "9223372036854775806");
  EXPECT_EQ(number_text(multiply_numbers(arena(), most, most)), "85070591730234615847396907784232501249");
  EXPECT_EQ(equal(number("18446744073709551617"), number("18446744073709551616")), Truth::kFalse);
  EXPECT_EQ(equal(number("18446744073709551616"), number("18446744073709551616.0")), Truth::kTrue);
  EXPECT_EQ(compare_numbers(number("18446744073709551617"), number("18446744073709551616")), 1);
  EXPECT_EQ(compare_numbers(most, number("1e30")), -1);
  EXPECT_EQ(compare_numbers(least, most), -1);
  EXPECT_EQ(compare_numbers(number("1.0"), number("1")), 0);
}

// Terraform's answers to format().
TEST(NumberText, RoundsAsBinaryFractionsOf512BitsDo) {
  EXPECT_EQ(fixed_text(number("0.15"), 1), "0.2");
  EXPECT_EQ(fixed_text(number("0.45"), 1), "0.4");
  EXPECT_EQ(fixed_text(number("2.5"), 0), "2");
  EXPECT_EQ(fixed_text(number("3.5"), 0), "4");
  EXPECT_EQ(fixed_text(number("99.995"), 2), "100.00");
  EXPECT_EQ(fixed_text(number("9.96"), 1), "10.0");
  EXPECT_EQ(fixed_text(number("-0.0004"), 3), "-0.000");
  EXPECT_EQ(scientific_text(number("123456.789"), 6), "1.234568e+05");
  EXPECT_EQ(scientific_text(number("0"), 2), "0.00e+00");
  EXPECT_EQ(general_text(number("1000000"), -1), "1e+06");
  EXPECT_EQ(general_text(number("999999"), -1), "999999");
  EXPECT_EQ(general_text(number("3.14159"), 3), "3.14");
}

}  // namespace
}  // namespace halint
