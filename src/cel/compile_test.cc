// Faults of expressions are found when they are compiled, with their place and a suggestion.
// SPDX-License-Identifier: Apache-2.0
#include "cel/compile.h"

#include <gtest/gtest.h>

#include "cel/test_world.h"

namespace halint::cel {
namespace {

struct FaultCase {
  const char* text;
  const char* marked;  // The part of the text that is underlined.
  const char* message;
  const char* help = "";
};

class Compile : public testing::Test {
 protected:
  void SetUp() override {
    world.define("thing", "node<thing>", Value::null());
    world.define("things", "list<node<thing>>", Value::null());
    world.define("other", "node<other>", Value::null());
    world.define("count", "int", Value::null());
    world.define("zone", "zone", Value::null());
    world.define("any", "dyn", Value::null());
  }

  void expect(std::initializer_list<FaultCase> cases) {
    for (const FaultCase& one : cases) {
      const Fault fault = world.fault_of(one.text);
      EXPECT_EQ(fault.message, one.message) << one.text;
      EXPECT_EQ(fault.help, one.help) << one.text;
      EXPECT_EQ(std::string(one.text).substr(fault.begin, fault.end - fault.begin), one.marked) << one.text;
    }
  }

  TestWorld world;
};

TEST_F(Compile, SyntaxFaults) {
  expect({{"1 +", "", "the expression ends where an expression is expected"},
          {"1 = 2", "=", "`=` is no operator; comparison is `==`"},
          {"true & false", "&", "`&` is no operator; both is `&&`"},
          {"(1", "", "the expression ends where `)` is expected"},
          {"1 2", "2", "expected an operator or the end, found `2`"},
          {"'abc", "'abc", "the string is not closed"},
          {"'\\q'", "'\\", "there is no such escape"},
          {"b'x'", "b'x'", "bytes are not supported; use a string"},
          {"99999999999999999999", "99999999999999999999", "the number does not fit into 64 bits"},
          {"1x", "1x", "a number ends in a letter"},
          {"for", "for", "`for` is a reserved word"},
          {"has(1)", "1", "has() asks for a member: `has(x.name)`"},
          {"[1].all(x)", ")", "expected `,`, found `)`"},
          {"[1].all(x, true, true)", "all", "`all` takes 2 arguments: a variable and an expression"},
          {"[1].map(1, 2)", "1", "expected the name of a variable, found `1`"},
          {"thing.?size", "?", "optional members (`.?`) are not supported; use has()"}});
}

TEST_F(Compile, NamesThatDoNotExist) {
  expect({{"thigns.size() > 0", "thigns", "there is no variable `thigns` here", "did you mean `things`?"},
          {"thing.lable", "lable", "node<thing> has no member `lable`", "did you mean `label`?"},
          {"other.label", "label", "node<other> has no member `label`"},
          {"has(thing.lable)", "lable", "node<thing> has no member `lable`", "did you mean `label`?"},
          {"things.all(t, t.szie > 1)", "szie", "node<thing> has no member `szie`", "did you mean `size`?"},
          {"things.size", "size", "a list has no member `size`", "take it of each item: `.map(x, x.size)`"},
          {"thing.label.lowrAscii()", "lowrAscii", "there is no method `lowrAscii`", "did you mean `lowerAscii`?"},
          {"thing.size()", "size", "there is no method `size()` of node<thing>"},
          {"szie(things)", "szie", "there is no function `szie`", "did you mean `size`?"},
          {"type(1)", "type", "`type()` is not supported"},
          {"[1].map(x, x).exists(y, x == y)", "x", "there is no variable `x` here"}});
}

TEST_F(Compile, TypesThatDoNotFit) {
  expect({{"count + 'a'", "+", "`+` does not take int and string"},
          {"count + 1.5", "+", "`+` does not take int and double", "write `double(...)` around the int"},
          {"1.5 % 2.0", "%", "`%` does not take double and double"},
          {"count == 'a'", "==", "`==` does not take int and string", "they are never equal"},
          {"thing == other", "==", "`==` does not take node<thing> and node<other>", "they are never equal"},
          {"zone == 'a'", "==", "`==` does not take zone and string", "they are never equal"},
          {"zone < zone", "<", "`<` does not take zone and zone"},
          {"count && true", "count", "`&&` takes bools, not int"},
          {"!count", "count", "`!` takes a bool, not int"},
          {"-thing.label", "thing.label", "`-` takes a number, not string"},
          {"count ? 1 : 2", "count", "`?` takes a bool, not int"},
          {"true ? 1 : 'a'", "true ? 1 : 'a'", "the two results are of different types: int and string"},
          {"count.all(x, true)", "all", "`all` takes a list or a map, not int"},
          {"things.all(x, x.size)", "x.size", "`all` takes a condition, not int"},
          {"things['a']", "'a'", "the index of a list is an int"},
          {"count[0]", "count", "int has no items"},
          {"thing.label.contains(1)", "contains", "there is no method `contains(int)` of string"},
          {"'a'.prefixLength()", "prefixLength", "there is no method `prefixLength()` of string"},
          {"'a'.matches('[')", "'['", "this is no regular expression: missing ]: ["}});
}

TEST_F(Compile, TypesOfResults) {
  const auto type_of = [&](std::string_view text) {
    Program program;
    Fault fault;
    if (!compile(world.arena(), world.environment(), world.arena().copy(text), program, fault)) return fault.message;
    return to_text(program.type);
  };
  EXPECT_EQ(type_of("things.filter(t, t.size > 1)"), "list<node<thing>>");
  EXPECT_EQ(type_of("things.map(t, t.parts).flatten()"), "list<node<thing>>");
  EXPECT_EQ(type_of("things.map(t, t.parts).flatten().distinct().size()"), "int");
  EXPECT_EQ(type_of("[thing, other]"), "list<node<thing|other>>");
  EXPECT_EQ(type_of("true ? thing : null"), "node<thing>");
  EXPECT_EQ(type_of("things.map(t, t.label).join(', ')"), "string");
  EXPECT_EQ(type_of("thing.range.masked()"), "cidr");
  EXPECT_EQ(type_of("[1, 2].sum() + 1"), "int");
  EXPECT_EQ(type_of("double(count) * 0.5"), "double");
  EXPECT_EQ(type_of("any.a.b[0].c"), "dyn");
  EXPECT_EQ(type_of("any + 1"), "int");
  EXPECT_EQ(type_of("{'a': 1}.a"), "int");
}

// Each of these once recursed once per character.
TEST_F(Compile, DeepNestingIsAFault) {
  const auto repeat = [](std::string_view text, int times) {
    std::string result;
    for (int i = 0; i < times; ++i) result += text;
    return result;
  };
  for (const std::string& text :
       {repeat("(", 20000), repeat("!", 20000) + "true", repeat("[", 20000), repeat("1+", 20000) + "1",
        repeat("-", 9999) + "count", "thing" + repeat(".next", 9999), repeat("true ? 1 : ", 5000) + "1",
        repeat("{'a':", 9999), "any" + repeat("[0]", 9999)}) {
    EXPECT_NE(world.fault_of(text).message, "") << text.substr(0, 20);
  }
  EXPECT_EQ(world.fault_of(std::string(70000, ' ')).message, "the expression is too long");
}

}  // namespace
}  // namespace halint::cel
