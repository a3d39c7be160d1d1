// What expressions are worth, in the shape of CEL's own conformance tests: an expression and what it gives.
// SPDX-License-Identifier: Apache-2.0
#include "cel/evaluate.h"

#include <gtest/gtest.h>

#include "cel/test_world.h"

namespace halint::cel {
namespace {

struct Case {
  const char* text;
  const char* result;
};

void expect(std::initializer_list<Case> cases) {
  for (const Case& one : cases) {
    TestWorld world;
    EXPECT_EQ(world.say(one.text), one.result) << one.text;
  }
}

TEST(Evaluate, Literals) {
  expect({{"0", "0"},
          {"42", "42"},
          {"0xFF", "255"},
          {"-9223372036854775808", "-9223372036854775808"},
          {"1.5", "1.5"},
          {"-2.5e-1", "-0.25"},
          {".5", "0.5"},
          {"true", "true"},
          {"null", "null"},
          {"''", "\"\""},
          {"'a\\u00e9b'", "\"a\u00e9b\""},
          {"'\\101\\x42'", "\"AB\""},
          {"r'a\\d'.size()", "3"},
          {"'''a'b\nc'''", "\"a'b\nc\""},
          {"[1, 'a', null]", "[1, \"a\", null]"},
          {"[1, 2,]", "[1, 2]"},
          {"{'a': 1, 'b': [2]}", "{a = 1, b = [2]}"}});
}

TEST(Evaluate, IntegerMath) {
  expect({{"40 + 2", "42"},
          {"42 - 45", "-3"},
          {"6 * 7", "42"},
          {"7 / 2", "3"},
          {"-7 / 2", "-3"},
          {"-7 % 2", "-1"},
          {"1 + 2 * 3", "7"},
          {"(1 + 2) * 3", "9"},
          {"10 - 4 - 3", "3"},
          {"-(-5)", "5"},
          {"--5", "5"},
          {"1 / 0", "error: division by zero"},
          {"1 % 0", "error: remainder of a division by zero"},
          {"9223372036854775807 + 1", "error: integer overflow"},
          {"-9223372036854775808 - 1", "error: integer overflow"},
          {"5000000000 * 5000000000", "error: integer overflow"},
          {"-9223372036854775808 / -1", "error: integer overflow"},
          {"-(-9223372036854775808)", "error: integer overflow"}});
}

TEST(Evaluate, RealMath) {
  expect({{"4.25 * 15.25", "64.8125"},
          {"5.0 / 2.0", "2.5"},
          {"1.0 / 0.0 > 1e300", "true"},
          {"3.0 - 0.5", "2.5"},
          {"-(1.5)", "-1.5"},
          {"double(7) / 2.0", "3.5"},
          {"0.0 / 0.0 == 0.0 / 0.0", "false"},
          {"1.0 < 0.0 / 0.0", "false"}});
}

TEST(Evaluate, Comparisons) {
  expect({{"1 == 1", "true"},
          {"1 == 1.0", "true"},
          {"1 != 2", "true"},
          {"2 < 2.5", "true"},
          {"3 >= 3", "true"},
          {"'a' < 'b'", "true"},
          {"'a' < 'B'", "false"},
          {"false < true", "true"},
          {"[1, 2] == [1, 2]", "true"},
          {"[1, 2] == [2, 1]", "false"},
          {"[1] == [1, 2]", "false"},
          {"{'a': 1} == {'a': 1.0}", "true"},
          {"{'a': 1} == {'b': 1}", "false"},
          {"null == null", "true"},
          {"dyn(1) == 'a'", "false"},
          {"dyn('a') == null", "false"},
          {"9007199254740993 == 9007199254740992", "false"},
          {"9007199254740993 > 9007199254740992.0", "true"},
          {"dyn('a') < 1", "error: a string and a number have no order"},
          {"1 in [1, 2]", "true"},
          {"3 in [1, 2]", "false"},
          {"'k' in {'k': 1}", "true"},
          {"'x' in {'k': 1}", "false"},
          {"1.0 in [1]", "true"}});
}

TEST(Evaluate, Logic) {
  expect({{"true && true", "true"},
          {"true && false", "false"},
          {"false || true", "true"},
          {"!true", "false"},
          {"false && 1 / 0 == 1", "false"},
          {"1 / 0 == 1 && false", "false"},
          {"true || 1 / 0 == 1", "true"},
          {"1 / 0 == 1 || true", "true"},
          {"true && 1 / 0 == 1", "error: division by zero"},
          {"true ? 1 : 1 / 0", "1"},
          {"false ? 1 / 0 : 2", "2"},
          {"true ? 1 : false ? 2 : 3", "1"},
          {"false ? 1 : false ? 2 : 3", "3"},
          {"true || false && false", "true"},
          {"1 / 0 == 1 ? 1 : 2", "error: division by zero"}});
}

TEST(Evaluate, Macros) {
  expect({{"[1, 2].all(x, x > 0)", "true"},
          {"[1, 2].all(x, x > 1)", "false"},
          {"[].all(x, x == 1)", "true"},
          {"[1, 2].exists(x, x > 1)", "true"},
          {"[].exists(x, x == 1)", "false"},
          {"[1, 2, 0].all(x, 5 / x < 9)", "error: division by zero"},
          {"[1, 0, 2].all(x, 2 / x > 1)", "false"},
          {"[1, 0, 2].exists(x, 2 / x == 1)", "true"},
          {"[7, 8].exists_one(x, x % 5 == 2)", "true"},
          {"[7, 12].exists_one(x, x % 5 == 2)", "false"},
          {"[1, 2, 3].filter(x, x % 2 == 1)", "[1, 3]"},
          {"[1, 2].map(x, x * x)", "[1, 4]"},
          {"[1, 2, 3].map(x, x > 1, x * 10)", "[20, 30]"},
          {"{'b': 1, 'a': 2}.map(k, k)", "[\"a\", \"b\"]"},
          {"{'a': 1}.all(k, k == 'a')", "true"},
          {"[[1, 2], [3]].map(l, l.map(x, x + 1))", "[[2, 3], [4]]"},
          {"[1, 2].map(x, [3, 4].map(y, x * y))", "[[3, 4], [6, 8]]"},
          {"[1].map(x, [x].map(x, x + 1))", "[[2]]"},
          {"has({'a': 1}.a)", "true"},
          {"has({'a': 1}.b)", "false"},
          {"has({'a': null}.a)", "false"},
          {"['b', 'aa', 'c'].sortBy(s, s.size())", "[\"b\", \"c\", \"aa\"]"}});
}

TEST(Evaluate, MembersAndIndexes) {
  expect({{"{'a': {'b': 7}}.a.b", "7"},
          {"{'a': 1}['a']", "1"},
          {"[7, 8][1]", "8"},
          {"[7][1]", "error: index 1 is out of range"},
          {"[7][-1]", "error: index -1 is out of range"},
          {"{'a': 1}.b", "error: there is no key `b`"},
          {"{'a': 1}['b']", "error: there is no key `b`"},
          {"{'a': 1, 'a': 2}", "error: the key `a` is given twice"}});
}

TEST(Evaluate, Strings) {
  expect({{"'hello'.contains('ell')", "true"},
          {"'hello'.startsWith('he')", "true"},
          {"'hello'.endsWith('lo')", "true"},
          {"'hubba'.matches('^hu[b]+a$')", "true"},
          {"'xab'.matches('a')", "true"},
          {"matches('ab', '^b')", "false"},
          {"'\u00e9a'.size()", "2"},
          {"size('abc')", "3"},
          {"'a' + 'b'", "\"ab\""},
          {"'aBc'.lowerAscii()", "\"abc\""},
          {"'aBc'.upperAscii()", "\"ABC\""},
          {"' a '.trim()", "\"a\""},
          {"'a,b,c'.split(',')", "[\"a\", \"b\", \"c\"]"},
          {"'a,b,c'.split(',', 2)", "[\"a\", \"b,c\"]"},
          {"'ab'.split('')", "[\"a\", \"b\"]"},
          {"'a'.split(',', 0)", "[]"},
          {"'hello'.replace('l', 'L')", "\"heLLo\""},
          {"'hello'.replace('l', 'L', 1)", "\"heLlo\""},
          {"'ab'.replace('', '-')", "\"-a-b-\""},
          {"'tacocat'.substring(4)", "\"cat\""},
          {"'tacocat'.substring(0, 4)", "\"taco\""},
          {"'a'.substring(2)", "error: `substring` is out of range"},
          {"'abc'.charAt(1)", "\"b\""},
          {"'abc'.charAt(3)", "\"\""},
          {"'abcb'.indexOf('b')", "1"},
          {"'abcb'.indexOf('b', 2)", "3"},
          {"'abcb'.lastIndexOf('b')", "3"},
          {"'a'.indexOf('x')", "-1"},
          {"'abc'.reverse()", "\"cba\""},
          {"['a', 'b'].join('-')", "\"a-b\""},
          {"['a', 'b'].join()", "\"ab\""},
          {"plural(1, 'zone')", "\"1 zone\""},
          {"plural(2, 'policy')", "\"2 policies\""},
          {"plural(0, 'address')", "\"0 addresses\""},
          {"plural(3, 'child', 'children')", "\"3 children\""},
          {"plural(2, 'gateway')", "\"2 gateways\""}});
}

TEST(Evaluate, Lists) {
  expect({{"[1, 2] + [3]", "[1, 2, 3]"},
          {"[1, 2].size()", "2"},
          {"[3, 1, 3].distinct()", "[3, 1]"},
          {"[1, 1.0].distinct().size()", "1"},
          {"[[1], [2, 3]].flatten()", "[1, 2, 3]"},
          {"[[1, [2]]].flatten(2)", "[1, 2]"},
          {"[3, 1, 2].sort()", "[1, 2, 3]"},
          {"['b', 'a'].sort()", "[\"a\", \"b\"]"},
          {"[1, 2, 3].slice(1, 3)", "[2, 3]"},
          {"[1].slice(0, 2)", "error: `slice` is out of range"},
          {"[1, 2].reverse()", "[2, 1]"},
          {"[1, 2].sum()", "3"},
          {"[2, 1].min()", "1"},
          {"[2, 5].max()", "5"},
          {"[1, 2].first()", "1"},
          {"[1, 2].last()", "2"},
          {"[1, 2].isSorted()", "true"},
          {"[2, 1].isSorted()", "false"},
          {"[5, 6].indexOf(6)", "1"},
          {"[5].indexOf(6)", "-1"},
          {"[1, 2].containsAny([2, 9])", "true"},
          {"[1, 2].containsAll([2, 9])", "false"},
          {"lists.range(3)", "[0, 1, 2]"},
          {"size({'a': 1})", "1"}});
  expect({{"[1].slice(1, 1).first()", "error: `first` of an empty list"},
          {"[1].filter(x, x > 1).max()", "error: `max` of an empty list"},
          {"dyn([1, 'a']).sort()", "error: `sort` takes numbers, strings or bools, all of one type"}});
}

TEST(Evaluate, Conversions) {
  expect({{"int('42')", "42"},
          {"int(-3.9)", "-3"},
          {"int('x')", "error: `x` is no integer"},
          {"int(1e30)", "error: the number does not fit into 64 bits"},
          {"double('1.5')", "1.5"},
          {"double(3) == 3.0", "true"},
          {"int(double(36028797018963969))", "36028797018963968"},
          {"string(42)", "\"42\""},
          {"string(1.5)", "\"1.5\""},
          {"string(true)", "\"true\""},
          {"bool('true')", "true"},
          {"bool('yes')", "error: `yes` is no bool"},
          {"uint(-1)", "error: the number is negative"},
          {"math.abs(-3)", "3"},
          {"math.ceil(1.2)", "2"},
          {"math.floor(-1.2)", "-2"},
          {"math.round(2.5)", "3"},
          {"math.greatest(1, 3)", "3"},
          {"math.least([4, 2, 9])", "2"},
          {"math.greatest(1.5, 1)", "1.5"}});
}

TEST(Evaluate, Ranges) {
  expect({{"cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16')", "true"},
          {"cidr('10.0.0.0/16').containsCIDR('10.0.0.0/8')", "false"},
          {"cidr('10.0.0.0/8').containsIP('10.9.9.9')", "true"},
          {"cidr('10.0.0.0/8').containsIP(ip('11.0.0.1'))", "false"},
          {"cidr('10.0.0.0/8').overlaps('10.1.0.0/16')", "true"},
          {"cidr('10.0.0.0/24').overlaps('10.0.1.0/24')", "false"},
          {"cidr('10.0.0.0/8').prefixLength()", "8"},
          {"ip('10.0.0.1').prefixLength()", "32"},
          {"cidr('::/0').family()", "6"},
          {"cidr('10.1.2.3/8').masked()", "\"10.0.0.0/8\""},
          {"cidr('192.168.4.0/22').isPrivate()", "true"},
          {"cidr('0.0.0.0/0').isPrivate()", "false"},
          {"isCIDR('10.0.0.0/33')", "false"},
          {"isIP('1.2.3.4')", "true"},
          {"cidr('10.0.0.0/33')", "error: `10.0.0.0/33` is no address range"},
          {"cidr('::/0') == '0:0::/0'", "true"},
          {"cidr('10.0.0.0/8') == cidr('10.0.0.0/9')", "false"},
          {"ip('::1').isLoopback()", "true"}});
}

}  // namespace
}  // namespace halint::cel
