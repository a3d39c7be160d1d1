// Texts of rules with CEL in braces.
// SPDX-License-Identifier: Apache-2.0
#include "rules/text_template.h"

namespace halint {

std::size_t end_of_hole(std::string_view text, std::size_t begin) {
  int depth = 0;
  char quote = '\0';
  for (std::size_t i = begin; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != '\0') {
      if (c == '\\') ++i;
      if (c == quote) quote = '\0';
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && --depth == 0) {
      return i;
    }
  }
  return std::string_view::npos;
}

bool compile_text(Arena& arena, const cel::Environment& environment, std::string_view text, TextTemplate& result,
                  cel::Fault& fault) {
  std::string literal;
  const auto flush = [&] {
    if (!literal.empty()) result.parts.push_back({arena.copy(std::string_view(literal)), nullptr});
    literal.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c == '{' || c == '}') && i + 1 < text.size() && text[i + 1] == c) {
      literal += c;
      ++i;
      continue;
    }
    const auto at = static_cast<std::uint32_t>(i);
    if (c == '}') {
      fault = {at, at + 1, "`}` without `{`", "a literal brace is written twice: `}}`"};
      return false;
    }
    if (c != '{') {
      literal += c;
      continue;
    }
    const std::size_t end = end_of_hole(text, i);
    if (end == std::string_view::npos) {
      fault = {at, at + 1, "`{` is not closed", "a literal brace is written twice: `{{`"};
      return false;
    }
    flush();
    cel::Program program;
    if (!cel::compile(arena, environment, text.substr(i + 1, end - i - 1), program, fault)) {
      fault.begin += at + 1;
      fault.end += at + 1;
      return false;
    }
    result.parts.push_back({{}, program.root});
    i = end;
  }
  flush();
  return true;
}

}  // namespace halint
