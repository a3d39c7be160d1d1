// Functions that read files, and those that could make huge results.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "base/arena.h"
#include "base/file_system.h"
#include "terraform/evaluate/expression_test.h"
#include "terraform/functions/functions.h"

namespace halint {
namespace {

const std::map<std::string, std::string> kFiles = {
    {"hello.txt", "Hello"},           {"policies/a.json", "{\"a\": 1}"}, {"policies/b.json", "[]"},
    {"policies/deep/c.json", "null"}, {"policies/d.txt", "d"},           {"binary.dat", "\xff\xfe"},
};

TEST(FileFunctions, ReadInsideOfTheWorkspace) {
  expect_texts(
      {
          {R"(file("hello.txt"))", R"("Hello")"},
          {R"(file("./policies/../hello.txt"))", R"("Hello")"},
          {R"(file("${path.module}/hello.txt"))", R"("Hello")"},
          {R"(jsondecode(file("policies/a.json")).a)", "1"},
          {R"(filebase64("hello.txt"))", R"("SGVsbG8=")"},
          {R"(filebase64("binary.dat"))", R"("//4=")"},
          {R"(filemd5("hello.txt"))", R"("8b1a9953c4611296a827abf8c47804d7")"},
          {R"(filesha1("hello.txt"))", R"("f7ff9e8b7bb2e09b70935a5d785e0cc5d9d0abf0")"},
          {R"(filesha256("hello.txt"))", R"("185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969")"},
          {R"(filebase64sha256("hello.txt"))", R"("GF+NsyJx/iX1Yab8k4suJkMG7DBO2lGAB9F2SCY4GWk=")"},
          {R"(length(filesha512("hello.txt")))", "128"},
          {R"(length(filebase64sha512("hello.txt")))", "88"},
          {R"(fileexists("hello.txt"))", "true"},
          {R"(fileexists("nope.txt"))", "false"},
          {R"(fileexists("policies"))", "error: `fileexists`: `policies` is a directory, not a file"},
          {R"(file("binary.dat"))", "error: `file`: `binary.dat` is not UTF-8 text"},
          {"file(null)", "error: `file`: the argument must not be null"},
      },
      kFiles);
}

// What is missing may be made before Terraform runs; what is outside is nobody's business.
TEST(FileFunctions, OtherFilesAreUnknown) {
  expect_texts(
      {
          {R"(file("nope.txt"))", "?"},
          {R"(file("/etc/passwd"))", "?"},
          {R"(file("../secret.txt"))", "?"},
          {R"(file("policies/../../secret.txt"))", "?"},
          {R"(fileexists("/etc/passwd"))", "?"},
          {R"(filemd5("../x"))", "?"},
          {R"(fileset("..", "*"))", "?"},
          {R"(fileset(".", "../*"))", "?"},
      },
      kFiles);
}

TEST(FileFunctions, FilesetFindsFilesByPattern) {
  expect_texts(
      {
          {R"(fileset("policies", "*.json"))", R"(set["a.json", "b.json"])"},
          {R"(fileset("policies", "**/*.json"))", R"(set["a.json", "b.json", "deep/c.json"])"},
          {R"(fileset(path.module, "policies/{a,d}.*"))", R"(set["policies/a.json", "policies/d.txt"])"},
          {R"(fileset("policies", "?.txt"))", R"(set["d.txt"])"},
          {R"(fileset("policies", "deep"))", "set[]"},
          {R"(fileset("nope", "*"))", "set[]"},
      },
      kFiles);
}

// Calls one function with small limits.
Value call_with_limits(Arena& arena, std::string_view name, const std::vector<Value>& arguments, std::string& error) {
  static constexpr TerraformLimits kSmall = {.collection_items = 10, .string_bytes = 50};
  FunctionContext context{arena, kSmall, nullptr};
  return call_function(context, *find_function(name), arguments, {}, error);
}

TEST(FunctionLimits, HugeResultsAreRefused) {
  Arena arena;
  std::vector<Value> five(5, Value::integer(1));
  Value list = Value::list(arena, five);
  auto text = [&](std::string_view value) { return Value::string(arena, value); };
  std::string long_text(40, 'a');
  struct Case {
    std::string_view name;
    std::vector<Value> arguments;
  };
  for (const Case& one : std::vector<Case>{
           {"concat", {list, list, list}},
           {"flatten", {Value::list(arena, std::vector<Value>(3, list))}},
           {"setproduct", {list, list}},
           {"split", {text(""), text(long_text)}},
           {"regexall", {text(""), text(long_text)}},
           {"join", {text(long_text), list}},
           {"replace", {text(long_text), text("a"), text("bb")}},
           {"replace", {text(long_text), text("/a/"), text("bb")}},
           {"replace", {text(long_text), text(""), text("b")}},
           {"indent", {Value::integer(60), text("a\nb")}},
           {"indent", {Value::integer(4'000'000'000'000'000'000), text("a\nb")}},
           {"csvdecode", {text("a\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n")}},
           {"format", {text("%s%s"), text(long_text), text(long_text)}},
           {"yamlencode", {Value::list(arena, std::vector<Value>(20, text("abc")))}},
       }) {
    std::string error;
    Value result = call_with_limits(arena, one.name, one.arguments, error);
    EXPECT_NE(error.find("limit"), std::string::npos) << one.name << ": " << error << " " << to_text(result);
    ASSERT_TRUE(result.is_unknown()) << one.name;
    EXPECT_EQ(result.why().reason, UnknownReason::kLimit) << one.name;
  }
}

TEST(FunctionLimits, HostileArgumentsEndSoon) {
  std::map<std::string, std::string> files = {{"deep.txt", std::string(100'000, '[')},
                                              {"brackets.txt", std::string(9'000, '(')}};
  expect_texts(
      {
          {"range(0, 1000000000000)", "error: `range`: makes more than 1024 values, which is Terraform's limit"},
          {"range(0, 1, 0)", "error: `range`: makes more than 1024 values, which is Terraform's limit"},
          {R"(format("%99999999999d", 1))", "error: `format`: the width in \"%99999999999d\" is beyond the limit"},
          // Exponential where an engine tries one way after the other.
          {R"(length(regexall("(a*)*(a*)*b", join("", [for i in range(1000) : "a"]))))", "0"},
          {R"x(can(regex("((((a{100}){100}){100}){100})", "a")))x", "false"},
          {R"(can(regex(file("brackets.txt"), "a")))", "false"},
          {R"(jsondecode(file("deep.txt")))", "error: `jsondecode`: the text is nested deeper than the limit"},
          {R"(can(yamldecode(file("deep.txt"))))", "false"},
      },
      files);
}

// Nine aliases of nine aliases of ...
TEST(FunctionLimits, AliasesDoNotMultiply) {
  std::string yaml = "a0: &a0 x\n";
  for (int i = 1; i <= 12; ++i) {
    std::string previous = "*a" + std::to_string(i - 1);
    yaml += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 9; ++j) yaml += (j == 0 ? "" : ", ") + previous;
    yaml += "]\n";
  }
  expect_texts(
      {{R"(yamldecode(file("bomb.yaml")))", "error: `yamldecode`: the document has more items than the limit"}},
      {{"bomb.yaml", yaml}});
}

}  // namespace
}  // namespace halint
