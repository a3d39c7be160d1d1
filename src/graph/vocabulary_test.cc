// docs/graph.md and schema/ say the same.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "graph/schema.h"

namespace halint {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Parts of a text between separators that stand in no parentheses.
std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::string part;
  int depth = 0;
  for (char c : text) {
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (c == separator && depth == 0) {
      parts.emplace_back(trimmed(part));
      part.clear();
    } else {
      part += c;
    }
  }
  if (!trimmed(part).empty()) parts.emplace_back(trimmed(part));
  return parts;
}

// Without what stands in parentheses.
std::string without_remarks(std::string_view text) {
  std::string result;
  int depth = 0;
  for (char c : text) {
    if (c == '(') ++depth;
    if (depth == 0) result += c;
    if (c == ')') --depth;
  }
  return std::string(trimmed(result));
}

// The table of kinds as lines: "subnet cidr: cidr", "subnet vpc -> vpc <- subnets".
std::vector<std::string> documented(std::string_view text) {
  std::vector<std::string> lines;
  std::size_t begin = text.find("| kind |");
  while (begin < text.size()) {
    std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view row = text.substr(begin, end - begin);
    begin = end + 1;
    if (!row.starts_with("| ")) {
      if (row.starts_with("|-")) continue;
      break;
    }
    std::vector<std::string> cells = split(row.substr(1), '|');
    if (cells.size() < 3 || cells[0] == "kind" || cells[0] == "other") continue;
    for (const std::string& attribute : split(without_remarks(cells[1]), ',')) {
      std::size_t space = attribute.find(' ');
      if (space == std::string::npos) {
        lines.push_back(cells[0] + " " + attribute + " has no type");
        continue;
      }
      lines.push_back(cells[0] + " " + attribute.substr(0, space) + ": " + attribute.substr(space + 1));
    }
    for (const std::string& edge : split(cells[2], ';')) lines.push_back(cells[0] + " " + without_remarks(edge));
  }
  std::ranges::sort(lines);
  return lines;
}

std::vector<std::string> in_schema(const Schema& schema) {
  std::vector<std::string> lines;
  for (const KindInfo& kind : schema.kinds()) {
    for (const AttributeInfo& attribute : kind.attributes) {
      if (attribute.name != "tags") lines.push_back(kind.name + " " + attribute.name + ": " + to_text(attribute.type));
    }
    for (const EdgeInfo& edge : kind.edges) {
      std::string line = kind.name + " " + edge.name + (edge.is_many ? " =>" : " ->");
      std::string_view separator = " ";
      for (const std::string& to : edge.to) {
        line += std::string(separator) + to;
        separator = ", ";
      }
      if (!edge.reverse.empty()) line += " <- " + edge.reverse;
      lines.push_back(line);
    }
  }
  std::ranges::sort(lines);
  return lines;
}

TEST(Vocabulary, IsThatOfTheSchema) {
  Result<std::string> text = disk_file_system("/")->read(std::string(HALINT_SOURCE_DIR) + "/docs/graph.md", 1u << 20);
  ASSERT_TRUE(text.ok());
  std::vector<std::string> documentation = documented(*text);
  std::vector<std::string> schema = in_schema(builtin_schema());
  ASSERT_GT(documentation.size(), 100u);
  std::vector<std::string> only_documented, only_in_schema;
  std::ranges::set_difference(documentation, schema, std::back_inserter(only_documented));
  std::ranges::set_difference(schema, documentation, std::back_inserter(only_in_schema));
  EXPECT_EQ(only_documented, std::vector<std::string>());
  EXPECT_EQ(only_in_schema, std::vector<std::string>());
}

}  // namespace
}  // namespace halint
