// Where a character of a YAML scalar stands in the file.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rules/yaml_tree.h"

namespace halint {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// `|` and `>-` stand on a line of their own before the text.
std::size_t begin_of_content(std::string_view file, const YamlNode& scalar) {
  std::size_t at = std::min<std::size_t>(scalar.begin, file.size());
  if (at < file.size() && (file[at] == '|' || file[at] == '>')) {
    at = file.find('\n', at);
    return at == std::string_view::npos ? file.size() : at + 1;
  }
  return at;
}

}  // namespace

// Folding changes white space only: the other characters stand in the file in the same order.
std::uint32_t place_in(std::string_view file, const YamlNode& scalar, std::size_t offset) {
  std::size_t at = begin_of_content(file, scalar);
  for (std::size_t i = 0; i < scalar.text.size(); ++i) {
    const char c = scalar.text[i];
    if (is_space(c)) continue;
    const std::size_t found = file.find(c, at);
    if (found == std::string_view::npos) break;
    if (i >= offset) return static_cast<std::uint32_t>(found);
    at = found + 1;
  }
  return static_cast<std::uint32_t>(std::min(at, file.size()));
}

}  // namespace halint
