// Files that Terraform's own parsers are tested with, where they lie beside the project.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/source_file.h"
#include "terraform/evaluate/expression_test.h"
#include "terraform/read_terraform.h"
#include "terraform/syntax/hcl_syntax.h"

namespace halint {
namespace {

std::string suites() {
  const char* shared = std::getenv("HALINT_SHARED");
  std::string root = shared != nullptr ? shared : std::string(HALINT_SOURCE_DIR) + "/../shared";
  return root + "/corpus/_weak-copyleft-mpl2";
}

std::map<std::string, std::string> read_files(const std::string& root, const std::string& directory) {
  std::unique_ptr<FileSystem> disk = disk_file_system(root);
  std::map<std::string, std::string> texts;
  for (const DirectoryEntry& entry : disk->list(directory)) {
    std::string path = join_path(directory, entry.name);
    if (entry.is_directory) {
      texts.merge(read_files(root, path));
      continue;
    }
    Result<std::string> text = disk->read(path, 1 << 20);
    if (text.ok()) texts[path] = *text;
  }
  return texts;
}

// The ids of the diagnostics of a configuration of one file.
std::vector<std::string> troubles(const std::string& name, const std::string& text) {
  std::unique_ptr<FileSystem> memory = memory_file_system({{name, text}, {"foo/main.tf", "\n"}});
  Sources sources;
  TerraformWorkspace workspace(*memory, sources, {name}, ".", {}, 1);
  std::vector<std::string> rules;
  for (const std::string& root : workspace.roots()) {
    for (const Diagnostic& diagnostic : workspace.evaluate(root, {}).diagnostics) rules.push_back(diagnostic.rule);
  }
  return rules;
}

TEST(Suites, OpenTofuFiles) {
  std::string root = suites() + "/opentofu+opentofu/internal/configs/testdata";
  std::map<std::string, std::string> valid = read_files(root, "valid-files");
  std::map<std::string, std::string> invalid = read_files(root, "invalid-files");
  if (valid.empty()) GTEST_SKIP() << "there is nothing in " << root;
  for (const auto& [path, text] : valid) {
    std::vector<std::string> rules = troubles(std::string(file_name_of(path)), text);
    EXPECT_EQ(std::ranges::count(rules, "syntax-error"), 0) << path;
  }
  for (const auto& [path, text] : invalid) {
    std::vector<std::string> rules = troubles(std::string(file_name_of(path)), text);
    auto is_error = [](const std::string& rule) { return rule == "syntax-error" || rule == "invalid-configuration"; };
    EXPECT_TRUE(std::ranges::any_of(rules, is_error)) << path;
  }
}

// `text` is the body of a file; as an object it means the same.
std::string in_braces(const std::string& text) {
  return "{\n" + text + "\n}";
}

// Each case is a file, and beside it what should come of it: `result = ...`, or `diagnostics { error ... }`.
TEST(Suites, HclSpecification) {
  std::string root = suites() + "/hashicorp+hcl/specsuite";
  std::map<std::string, std::string> texts = read_files(root, "tests");
  if (texts.empty()) GTEST_SKIP() << "there is nothing in " << root;
  for (const auto& [path, expected] : texts) {
    if (!path.ends_with(".t")) continue;
    std::string stem = path.substr(0, path.size() - 2);
    const std::string& text = texts[stem + ".hcl"];
    HclFile file = parse_hcl(text, FileId{1}, 200);
    bool is_broken = expected.find("diagnostics {") != std::string::npos &&
                     texts[stem + ".hcldec"].find("literal") != std::string::npos;
    is_broken = is_broken || stem.ends_with("unclosed");
    EXPECT_EQ(!file.diagnostics.empty(), is_broken) << path;
    HclFile wanted = parse_hcl(expected, FileId{2}, 200);
    const Attribute* result = wanted.body.attribute("result");
    bool is_plain = result != nullptr && !file.body.attributes.empty() && file.body.blocks.empty();
    if (!is_plain) continue;
    std::string names = "for bar in [\"Bar\"] : [for space_bar in [\"  Bar\"] : ";
    std::string value = expected.substr(result->value->span.begin, result->value->span.end - result->value->span.begin);
    std::vector<ExpressionAnswer> answers =
        answers_to({"[" + names + in_braces(text) + "]]", "[" + names + value + "]]"});
    EXPECT_EQ(answers[0].json, answers[1].json) << path;
    EXPECT_NE(answers[0].json, "error") << path;
  }
}

}  // namespace
}  // namespace halint
