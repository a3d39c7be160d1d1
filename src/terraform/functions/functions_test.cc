// Functions, operators and conversions against Terraform's own answers.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/functions/functions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "terraform/evaluate/expression_test.h"

namespace halint {
namespace {

struct Case {
  std::string expression;
  std::string type;  // Empty: not compared.
  std::string json;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

// An expression on a line of its own, its answer below it, indented.
std::vector<Case> read_cases(const std::string& text) {
  std::vector<Case> cases;
  for (const std::string& line : lines_of(text)) {
    if (line.empty() || line.starts_with('#')) continue;
    if (!line.starts_with("  ")) {
      cases.push_back({line, "", ""});
      continue;
    }
    Case& last = cases.back();
    last.json = line.substr(2);
    bool has_type = last.json.find_first_of("(") < last.json.find_first_of("\"[{ ");
    if (!has_type) continue;
    std::size_t space = last.json.find(' ');
    last.type = last.json.substr(0, space);
    last.json.erase(0, space + 1);
  }
  return cases;
}

// The files of testdata/, where the expressions look for them.
std::map<std::string, std::string> files_beside(const FileSystem& disk) {
  const std::string base = "src/terraform/functions/testdata";
  std::map<std::string, std::string> files;
  std::vector<std::string> pending = {""};
  while (!pending.empty()) {
    std::string directory = pending.back();
    pending.pop_back();
    for (const DirectoryEntry& entry : disk.list(join_path(base, directory))) {
      std::string name = directory.empty() ? entry.name : directory + "/" + entry.name;
      if (entry.is_directory) {
        pending.push_back(name);
      } else {
        files[name] = *disk.read(join_path(base, name), 1 << 16);
      }
    }
  }
  return files;
}

TEST(Functions, AnswerAsTerraformDoes) {
  std::unique_ptr<FileSystem> disk = disk_file_system(HALINT_SOURCE_DIR);
  Result<std::string> text = disk->read("src/terraform/functions/functions_test.txt", 1 << 20);
  ASSERT_TRUE(text.ok());
  std::vector<Case> cases = read_cases(*text);
  ASSERT_GT(cases.size(), 1200U);
  std::vector<std::string> expressions;
  for (const Case& one : cases) expressions.push_back(one.expression);
  std::vector<ExpressionAnswer> answers = answers_to(expressions, files_beside(*disk));
  for (std::size_t i = 0; i < cases.size(); ++i) {
    EXPECT_EQ(answers[i].json, cases[i].json) << cases[i].expression << "\n  is " << answers[i].text;
    EXPECT_EQ(cases[i].type.empty() ? std::string() : answers[i].type, cases[i].type) << cases[i].expression;
  }
}

// Functions of which the table must have five cases.
constexpr std::string_view kCovered[] = {
    // clang-format off
    "abs", "ceil", "chunklist", "cidrsubnet", "coalesce", "concat", "csvdecode", "distinct", "element", "flatten",
    "format", "formatdate", "formatlist", "join", "jsondecode", "jsonencode", "keys", "length", "lookup",
    "matchkeys", "merge", "one", "parseint", "range", "regex", "regexall", "replace", "setproduct", "setsubtract",
    "setunion", "slice", "sort", "split", "strrev", "substr", "sum", "timeadd", "title", "tolist", "tomap",
    "tonumber", "toset", "tostring", "transpose", "trim", "trimprefix", "trimsuffix", "trimspace", "urlencode",
    "uuidv5", "values", "yamldecode", "yamlencode", "zipmap", "md5", "sha1", "sha256", "sha512", "base64sha256",
    "base64sha512", "basename", "dirname", "base64decode", "base64encode", "abspath", "pathexpand", "file",
    "filebase64", "fileexists", "filemd5", "fileset", "filesha1", "filesha256", "filesha512", "templatefile",
    "filebase64sha256", "filebase64sha512"
    // clang-format on
};

TEST(Functions, AllHaveFiveCases) {
  std::unique_ptr<FileSystem> disk = disk_file_system(HALINT_SOURCE_DIR);
  Result<std::string> text = disk->read("src/terraform/functions/functions_test.txt", 1 << 20);
  ASSERT_TRUE(text.ok());
  std::map<std::string, int> counts;
  for (const Case& one : read_cases(*text)) ++counts[one.expression.substr(0, one.expression.find('('))];
  for (std::string_view name : kCovered) {
    EXPECT_TRUE(arity_of_function(name)) << name;
    EXPECT_GE(counts[std::string(name)], 5) << name;
  }
}

// What only OpenTofu has: the examples of its documentation and what follows from them.
TEST(Functions, KnowWhatOnlyOpenTofuHas) {
  expect_texts({
      {R"(cidrcontains("192.168.2.0/20", "192.168.2.1"))", "true"},
      {R"(cidrcontains("192.168.2.0/20", "192.168.2.0/22"))", "true"},
      {R"(cidrcontains("192.168.2.0/20", "192.126.2.1"))", "false"},
      {R"(cidrcontains("192.168.2.0/20", "192.126.2.0/18"))", "false"},
      {R"(cidrcontains("10.0.0.0/16", "10.0.0.0/8"))", "false"},
      {R"(cidrcontains("fe80::/48", "fe80::1"))", "true"},
      {R"(urldecode("foo%3Abar%40localhost"))", R"("foo:bar@localhost")"},
      {R"(urldecode("%C3%A9"))", "\"\xC3\xA9\""},
      {R"(urldecode("a+b"))", R"("a b")"},
      {R"(urldecode(""))", R"("")"},
  });
}

// What differs from run to run is unknown for that reason; wrong arguments are wrong all the same.
TEST(Functions, NeverGuessWhatDiffersFromRunToRun) {
  for (std::string_view call : {"timestamp()", "plantimestamp()", "uuid()", R"(bcrypt("secret"))", R"(bcrypt("s", 4))",
                                R"("${timestamp()}")", R"(abspath("here"))", R"(pathexpand("~/.ssh"))"}) {
    EXPECT_EQ(answer_to(call).json, "unknown") << call;
  }
  EXPECT_EQ(answer_to(R"(formatdate("YYYY", timestamp()))").json, "unknown");
  EXPECT_EQ(answer_to("can(timestamp())").json, "unknown");
}

// A file of expressions with Terraform's answers that lies beside the project; numbers are compared as doubles.
TEST(Functions, AgreeWithTheSharedAnswers) {
  const char* shared = std::getenv("HALINT_SHARED");
  std::string root = shared != nullptr ? shared : std::string(HALINT_SOURCE_DIR) + "/../shared";
  std::unique_ptr<FileSystem> disk = disk_file_system(root);
  Result<std::string> text = disk->read("plans/functions.json", 10 << 20);
  if (!text.ok()) GTEST_SKIP() << "there is no plans/functions.json in " << root;
  nlohmann::json document = nlohmann::json::parse(*text, nullptr, false);
  ASSERT_FALSE(document.is_discarded());
  std::vector<std::string> expressions;
  for (const nlohmann::json& one : document["cases"]) expressions.push_back(one["expr"].get<std::string>());
  std::vector<ExpressionAnswer> answers = answers_to(expressions);
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    const nlohmann::json& one = document["cases"][i];
    if (expressions[i].starts_with("provider::")) {
      EXPECT_EQ(answers[i].json, "unknown") << expressions[i];
    } else if (one["result"] != "value") {
      EXPECT_EQ(answers[i].json, "error") << expressions[i];
    } else {
      // The answers went through a `try` whose other branch is a string, so a lone bool or number may be one.
      nlohmann::json ours = nlohmann::json::parse(answers[i].json, nullptr, false);
      bool same = ours == one["json"] || (ours.is_string() && ours.get<std::string>() == one["json"].dump());
      EXPECT_TRUE(same) << expressions[i] << "\n  is " << answers[i].json << "\n  not " << one["json"].dump();
    }
  }
}

}  // namespace
}  // namespace halint
