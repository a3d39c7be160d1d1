// What is not known flows through expressions with its reason, and never becomes a truth.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "cel/test_world.h"

namespace halint::cel {
namespace {

class Unknowns : public testing::Test {
 protected:
  void SetUp() override {
    world.define("u", "bool", world.unknown("u"));
    world.define("n", "int", world.unknown("n"));
    world.define("s", "string", world.unknown("s"));
    Value parts[] = {Value::string(world.arena(), "web-"), world.unknown("env"),
                     Value::string(world.arena(), ".example.com")};
    world.define("t", "string", Value::text_template(world.arena(), parts));
    const Value certain[] = {Value::integer(1), Value::integer(2)};
    const Value doubtful[] = {Value::integer(1), Value::integer(2).with_maybe()};
    world.define("some", "list<int>", Value::list(world.arena(), doubtful));
    world.define("open", "list<int>", Value::list(world.arena(), certain, {}, world.reason("rest")));
    world.define("nothing", "list<int>", Value::list(world.arena(), {}, {}, world.reason("rest")));
    const Value partly[] = {Value::integer(1), world.unknown("item")};
    world.define("partly", "list<int>", Value::list(world.arena(), partly));
  }

  void expect(std::initializer_list<std::pair<const char*, const char*>> cases) {
    for (const auto& [text, result] : cases) EXPECT_EQ(world.say(text), result) << text;
  }

  TestWorld world;
};

TEST_F(Unknowns, LogicDecidesWhereItCan) {
  expect({{"u && false", "false"},
          {"false && u", "false"},
          {"u || true", "true"},
          {"u && true", "unknown: u"},
          {"u || false", "unknown: u"},
          {"!u", "unknown: u"},
          {"u ? 1 : 1", "1"},
          {"u ? 1 : 3", "1..3"},
          {"(u ? 1 : 3) > 0", "true"},
          {"u ? 'a' : 'b'", "unknown: u"},
          {"u && 1 / 0 == 1", "unknown: u"},
          {"1 / 0 == 1 && u", "unknown: u"}});
}

TEST_F(Unknowns, OperationsCarryTheReason) {
  expect({{"n + 1", "unknown: n"},
          {"n == 1", "unknown: n"},
          {"n != 1", "unknown: n"},
          {"n < 1", "unknown: n"},
          {"-n", "unknown: n"},
          {"n in [1]", "unknown: n"},
          {"s.contains('a')", "unknown: s"},
          {"s.size()", "unknown: s"},
          {"size(s) > 0", "unknown: s"},
          {"int(s)", "unknown: s"},
          {"[1, n].size()", "2"},
          {"[1, n] == [2, n]", "false"},
          {"[1, n].exists(x, x == 1)", "true"},
          {"[1, n].all(x, x == 1)", "unknown: n"},
          {"cidr(s).prefixLength()", "unknown: s"}});
}

TEST_F(Unknowns, TheSameUnknownIsEqualToItself) {
  Symbol symbol;
  symbol.address = "var.zone";
  Unknown why;
  why.detail = "zone";
  why.symbol = world.arena().make<Symbol>(symbol);
  world.define("a", "string", Value::unknown(world.arena(), why));
  world.define("b", "string", Value::unknown(world.arena(), why));
  expect({{"a == b", "true"},
          {"a != b", "false"},
          {"a == s", "unknown: zone"},
          {"[a, b].distinct().size()", "1"},
          {"[a, s].distinct().size()", "1..2"}});
}

TEST_F(Unknowns, PartsOfATextDecideItsForm) {
  expect({{"t.startsWith('web')", "true"},
          {"t.startsWith('db')", "false"},
          {"t.startsWith('web-prod')", "unknown: env"},
          {"t.endsWith('.com')", "true"},
          {"t.endsWith('.org')", "false"},
          {"t.contains('example')", "true"},
          {"t.contains('prod')", "unknown: env"},
          {"t == 'db'", "false"},
          {"t == 'web-x.example.com'", "unknown: env"},
          {"t.matches('web')", "unknown: env"},
          {"(t + '!').endsWith('!')", "true"}});
}

TEST_F(Unknowns, ItemsThatMayBeMissing) {
  expect({{"some.size()", "1..2"},
          {"some.size() >= 1", "true"},
          {"some.size() >= 3", "false"},
          {"some.size() == 0", "false"},
          {"some.exists(x, x == 1)", "true"},
          {"some.exists(x, x == 3)", "false"},
          {"some.all(x, x > 0)", "true"},
          {"some.all(x, x > 1)", "false"},
          {"some.filter(x, x == 2).size()", "0..1"},
          {"some.map(x, x * 2).size()", "1..2"},
          {"some.exists_one(x, x == 1)", "true"},
          {"some[0]", "1"},
          {"1 in some", "true"},
          {"3 in some", "false"},
          {"some == [1, 2, 3]", "false"},
          {"some.first()", "1"},
          {"some.distinct().size()", "1..2"},
          {"(some + [5]).size()", "2..3"},
          {"some.size() * 2 + 1", "3..5"},
          {"some.reverse().size()", "1..2"}});
  for (const char* text :
       {"some.size() >= 2", "some.size() == 2", "some.exists(x, x == 2)", "some.all(x, x == 1)", "some[1]", "2 in some",
        "some == [1, 2]", "some.last()", "some.sum()", "some.max()", "some.exists_one(x, x > 0)", "some.slice(0, 1)"}) {
    EXPECT_TRUE(world.run(text).value.is_unknown()) << text;
    EXPECT_FALSE(world.run(text).failed) << text;
  }
}

TEST_F(Unknowns, OpenLists) {
  expect({{"open.size()", "2.."},
          {"open.size() >= 2", "true"},
          {"open.size() >= 3", "unknown: rest"},
          {"open.exists(x, x == 1)", "true"},
          {"open.exists(x, x == 9)", "unknown: rest"},
          {"open.all(x, x == 9)", "false"},
          {"open.all(x, x < 9)", "unknown: rest"},
          {"9 in open", "unknown: rest"},
          {"open[0]", "1"},
          {"open[5]", "unknown: rest"},
          {"nothing.size() == 0", "unknown: rest"},
          {"nothing.exists(x, x == 1)", "unknown: rest"},
          {"nothing.all(x, x == 1)", "unknown: rest"},
          {"open.filter(x, x == 9).size()", "0.."},
          {"open.first()", "1"},
          {"open.last()", "unknown: rest"},
          {"nothing.first()", "unknown: rest"},
          {"open.containsAll([1])", "true"},
          {"open.containsAll([9])", "unknown: rest"},
          {"open.join()", "error: compile: there is no method `join()` of list<int>"}});
}

TEST_F(Unknowns, ItemsThatAreUnknown) {
  expect({{"partly.size()", "2"},
          {"partly.exists(x, x == 1)", "true"},
          {"partly.exists(x, x == 2)", "unknown: item"},
          {"partly.all(x, x == 2)", "false"},
          {"partly.filter(x, x == 1).size()", "1..2"},
          {"partly.sum()", "unknown: item"},
          {"partly.filter(x, x == 1).size() >= 2", "unknown: item"},
          {"partly.sort()", "unknown: item"},
          {"partly.distinct().size()", "1..2"}});
}

TEST_F(Unknowns, NodesThatStandForSeveral) {
  const NodeId one = world.add_node({{"size", Value::integer(1)}});
  const NodeId several = world.add_node({{"size", Value::integer(2)}}, {0, Multiplicity::kInfinite});
  const NodeId many = world.add_node({{"size", Value::integer(3)}}, {1, Multiplicity::kInfinite});
  const Value items[] = {Value::node(one), Value::node(several).with_maybe()};
  const Value more[] = {Value::node(one), Value::node(many)};
  world.define("nodes", "list<node<thing>>", Value::list(world.arena(), items));
  world.define("more", "list<node<thing>>", Value::list(world.arena(), more));
  expect({{"nodes.size()", "1.."},
          {"nodes.size() >= 2", "unknown: count of node 1"},
          {"nodes.map(x, x.size).size()", "1.."},
          {"nodes.all(x, x.size > 0)", "true"},
          {"nodes.exists(x, x.size == 2)", "unknown: count of node 1"},
          {"more.size()", "2.."},
          {"more.exists(x, x.size == 3)", "true"},
          {"more.exists_one(x, x.size == 1)", "true"}});
}

TEST_F(Unknowns, MembersOfNodes) {
  const NodeId inner = world.add_node({{"size", Value::integer(5)}});
  const NodeId outer = world.add_node({{"next", Value::node(inner)}, {"label", world.unknown("label")}});
  world.define("x", "node<thing>", Value::node(outer));
  expect({{"x.next.size", "5"},
          {"x.next.next", "null"},
          {"x.next.next == null", "true"},
          {"x.next.next.size", "error: `.size` of null"},
          {"x.next.next != null && x.next.next.size > 1", "false"},
          {"has(x.label)", "true"},
          {"has(x.size)", "false"},
          {"x.label == 'a'", "unknown: label"},
          {"x.size == 1", "false"},
          {"x.size < 1", "error: null and a number have no order"},
          {"x == x.next", "false"}});
}

// Neither loops nor lists and texts that double with each step can use up time or memory.
TEST_F(Unknowns, TooMuchWorkIsAnError) {
  std::string text = "false";
  for (const char* name : {"a", "b", "c", "d"})
    text = "lists.range(100).exists(" + std::string(name) + ", " + text + ")";
  world.evaluator().reset(world.arena(), 100'000);
  EXPECT_EQ(world.say(text), "error: the check took too many steps");
  world.evaluator().reset(world.arena(), kBudget);
  std::string list = "[1, 2, 3]", word = "'abcdefgh'", nested = "[1, 2, 3]";
  for (int i = 0; i < 30; ++i) {
    list = "[" + list + "].map(l, l + l)[0]";
    word = "[" + word + "].map(w, w + w)[0]";
    nested = "[" + nested + "].map(n, [n, n])[0]";
  }
  EXPECT_EQ(world.say(list), "error: the check took too many steps");
  world.evaluator().reset(world.arena(), kBudget);
  EXPECT_EQ(world.say(word), "error: the string is too long");
  EXPECT_EQ(world.say(nested + ".flatten(60).size()"), "error: the list is too long");
}

TEST_F(Unknowns, WhatIsSensitiveStaysSo) {
  world.define("secret", "string", Value::string(world.arena(), "p4ss").with_sensitive());
  for (const char* text : {"secret", "'a' + secret", "secret + 'a'", "secret.replace('4', 'a')", "secret.substring(1)",
                           "[secret].map(x, x)[0]"}) {
    EXPECT_TRUE(world.run(text).value.is_sensitive()) << text;
  }
  EXPECT_FALSE(world.run("secret == 'x'").value.is_sensitive());
}

}  // namespace
}  // namespace halint::cel
