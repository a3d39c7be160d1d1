// What Terraform refuses before it evaluates anything, and what it accepts.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/modules/block_checks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/source_file.h"
#include "terraform/read_terraform.h"

namespace halint {
namespace {

// The first message about a configuration; empty if nothing is wrong with it.
std::string verdict(const std::string& text) {
  std::string name = text.starts_with('{') ? "main.tf.json" : "main.tf";
  std::string module =
      "variable \"x\" { default = 1 }\nvariable \"y\" { default = 1 }\noutput \"o\" { value = var.x }\n";
  std::unique_ptr<FileSystem> memory = memory_file_system({{name, text}, {"m/main.tf", module}});
  Sources sources;
  TerraformWorkspace workspace(*memory, sources, {"."}, ".", {}, 1);
  std::vector<Diagnostic> diagnostics = workspace.evaluate(".", {}).diagnostics;
  std::erase_if(diagnostics, [](const Diagnostic& d) { return d.severity == Severity::kNote; });
  auto first = std::ranges::min_element(diagnostics, {}, [](const Diagnostic& d) { return d.span.begin; });
  return first == diagnostics.end() ? "" : first->message;
}

TEST(BlockChecks, AgreeWithTerraform) {
  std::unique_ptr<FileSystem> disk = disk_file_system(HALINT_SOURCE_DIR);
  Result<std::string> text = disk->read("src/terraform/modules/block_checks_test.txt", 1 << 20);
  ASSERT_TRUE(text.ok());
  std::string configuration;
  std::size_t cases = 0;
  for (std::size_t at = 0; at < text->size();) {
    std::size_t end = std::min(text->find('\n', at), text->size());
    std::string line = text->substr(at, end - at);
    at = end + 1;
    if (!line.starts_with("---")) {
      bool is_comment = configuration.empty() && (line.starts_with('#') || line.empty());
      if (!is_comment) configuration += line + "\n";
      continue;
    }
    EXPECT_EQ(verdict(configuration), line.substr(std::min<std::size_t>(line.size(), 4))) << configuration;
    configuration.clear();
    ++cases;
  }
  EXPECT_GT(cases, 300U);
}

// One broken file says nothing about the others.
TEST(BlockChecks, LeaveBrokenFilesAlone) {
  std::unique_ptr<FileSystem> memory =
      memory_file_system({{"a.tf", "resource \"a\" \"b\" {\n  count = each.key\n  x =\n}\n"},
                          {"b.tf", "resource \"a\" \"c\" {\n  x = each.key\n}\n"}});
  Sources sources;
  TerraformWorkspace workspace(*memory, sources, {"."}, ".", {}, 1);
  std::vector<Diagnostic> diagnostics = workspace.evaluate(".", {}).diagnostics;
  ASSERT_EQ(diagnostics.size(), 2U);
  EXPECT_EQ(diagnostics[1].message, "`each.key` means nothing without `for_each`");
}

}  // namespace
}  // namespace halint
