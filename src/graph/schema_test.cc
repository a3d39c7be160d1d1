// The schema language, and the schema of the binary.
// SPDX-License-Identifier: Apache-2.0
#include "graph/schema.h"

#include <gtest/gtest.h>

#include <string>

namespace halint {
std::span<const NamedText> builtin_schema_files();
namespace {

std::string messages(const Sources& sources, const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    Position at = sources.begin_of(diagnostic.span);
    text += std::string(sources.path(diagnostic.span.file)) + ":" + std::to_string(at.line) + ":" +
            std::to_string(at.column) + ": " + diagnostic.message;
    if (!diagnostic.help.empty()) text += " (" + diagnostic.help + ")";
    text += "\n";
  }
  return text;
}

TEST(BuiltinSchema, IsSound) {
  Sources sources;
  Parsed<Schema> schema = load_schema(sources, builtin_schema_files());
  EXPECT_EQ(messages(sources, schema.diagnostics), "");
}

}  // namespace
}  // namespace halint
