// Expressions out of random pieces: whatever they are, they end, and say what is wrong.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "cel/test_world.h"

namespace halint::cel {
namespace {

constexpr std::string_view kPieces[] = {"1",
                                        "0",
                                        "-9223372036854775808",
                                        "2.5",
                                        "true",
                                        "false",
                                        "null",
                                        "'a'",
                                        "'\u00e9'",
                                        "\"",
                                        "'",
                                        "r'",
                                        "u",
                                        "n",
                                        "some",
                                        "open",
                                        "thing",
                                        "things",
                                        "zone",
                                        "x",
                                        "y",
                                        "(",
                                        ")",
                                        "[",
                                        "]",
                                        "{",
                                        "}",
                                        ".",
                                        ",",
                                        ":",
                                        "?",
                                        "+",
                                        "-",
                                        "*",
                                        "/",
                                        "%",
                                        "!",
                                        "==",
                                        "!=",
                                        "<",
                                        ">=",
                                        "&&",
                                        "||",
                                        " in ",
                                        ".all(x, ",
                                        ".exists(x, ",
                                        ".filter(x, ",
                                        ".map(x, ",
                                        ".exists_one(x, ",
                                        ".sortBy(x, ",
                                        "has(",
                                        ".size()",
                                        ".size",
                                        ".parts",
                                        ".next",
                                        ".label",
                                        ".distinct()",
                                        ".flatten()",
                                        ".sort()",
                                        ".sum()",
                                        ".min()",
                                        ".first()",
                                        ".join()",
                                        "[0]",
                                        "['k']",
                                        ".contains('a')",
                                        ".split('')",
                                        ".replace('a', 'bb')",
                                        ".substring(1)",
                                        ".matches('a*')",
                                        "cidr('10.0.0.0/8')",
                                        ".overlaps('::/0')",
                                        "int(",
                                        "string(",
                                        "double(",
                                        "dyn(",
                                        "plural(2, 'x')",
                                        "lists.range(3)",
                                        "math.abs(",
                                        "{'k': 1}",
                                        "0x",
                                        "1e",
                                        "\\",
                                        "\xff",
                                        "\n",
                                        "//",
                                        "for",
                                        "b'x'"};

// Half of the texts are well-formed often enough to be evaluated: operands and operators by turns.
std::string random_text(std::mt19937& random) {
  const auto below = [&](std::size_t n) { return random() % n; };
  constexpr std::string_view kOperands[] = {"1",
                                            "2.5",
                                            "'a'",
                                            "true",
                                            "u",
                                            "n",
                                            "some",
                                            "open",
                                            "thing",
                                            "things",
                                            "zone",
                                            "null",
                                            "[1, n]",
                                            "dyn(1)",
                                            "dyn('a')",
                                            "dyn(some)",
                                            "{'k': 1}",
                                            "some.size()",
                                            "things.map(x, x.size)",
                                            "thing.label"};
  constexpr std::string_view kOperators[] = {
      " + ", " - ", " * ", " / ", " % ", " == ", " != ", " < ", " >= ", " && ", " || ", " in ", " ? 1 : "};
  std::string text;
  if (below(2) == 0) {
    for (std::size_t i = below(12) + 1; i > 0; --i) text += kPieces[below(std::size(kPieces))];
    return text;
  }
  text = kOperands[below(std::size(kOperands))];
  for (std::size_t i = below(4); i > 0; --i) {
    text += kOperators[below(std::size(kOperators))];
    text += kOperands[below(std::size(kOperands))];
  }
  if (below(3) == 0) text = "[" + text + "].map(x, " + std::string(kPieces[below(std::size(kPieces))]) + ")";
  return text;
}

TEST(Random, ExpressionsEndInAValueOrAReason) {
  std::mt19937 random(7);
  int evaluated = 0;
  for (int round = 0; round < 60; ++round) {
    TestWorld world;
    const NodeId node = world.add_node({{"size", Value::integer(1)}, {"label", world.unknown("label")}});
    const NodeId many = world.add_node({{"size", world.unknown("size")}}, {0, Multiplicity::kInfinite});
    const Value doubtful[] = {Value::integer(1), Value::integer(2).with_maybe(), world.unknown("item")};
    const Value nodes[] = {Value::node(node), Value::node(many).with_maybe()};
    ZoneTerm term;
    term.text = "a";
    world.define("u", "bool", world.unknown("u"));
    world.define("n", "int", world.unknown("n"));
    world.define("some", "list<int>", Value::list(world.arena(), doubtful));
    world.define("open", "list<int>", Value::list(world.arena(), doubtful, {}, world.reason("rest")));
    world.define("thing", "node<thing>", Value::node(node));
    world.define("things", "list<node<thing>>", Value::list(world.arena(), nodes));
    world.define("zone", "zone", Value::zone(&term));
    for (int i = 0; i < 200; ++i) {
      const std::string text = random_text(random);
      world.evaluator().reset(world.arena(), 20'000);
      const Outcome outcome = world.run(text);
      if (outcome.failed || outcome.value.is_unknown()) {
        ASSERT_NE(outcome.why, nullptr) << text;
        EXPECT_NE(outcome.why->detail, "") << text;
      }
      evaluated += outcome.failed ? 0 : 1;
    }
  }
  EXPECT_GT(evaluated, 1000) << "the texts are worth trying";
}

}  // namespace
}  // namespace halint::cel
