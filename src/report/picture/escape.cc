// Text from the input, made harmless for the language that it is written into.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>

#include "base/text.h"
#include "report/picture/writers.h"

namespace halint::picture {

std::string escape_xml(std::string_view text) {
  std::string result;
  for (const char c : escape_controls(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string escape_dot(std::string_view text) {
  std::string result;
  for (const char c : escape_controls(text)) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

std::string escape_mermaid(std::string_view text) {
  constexpr std::string_view kPlain = " .,:()/_-+=*@?!";
  std::string result;
  for (const char c : escape_controls(text)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || byte >= 0x80;
    // `#35;` and the like are Mermaid's own spelling of characters by number.
    if (is_word || (kPlain.find(c) != std::string_view::npos && c != '*' && c != '_')) {
      result += c;
    } else {
      result += fmt::format("#{};", byte);
    }
  }
  return result;
}

std::string shorten(std::string_view text, std::size_t most) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += decode_utf8(text, at).size) ++count;
  if (count <= most) return std::string(text);
  const std::size_t front = (most - 1) / 2;
  const std::size_t back = most - 1 - front;
  std::string result;
  std::size_t index = 0;
  for (std::size_t at = 0; at < text.size(); ++index) {
    const std::size_t size = decode_utf8(text, at).size;
    if (index < front || index >= count - back) result += text.substr(at, size);
    if (index == front) result += "…";
    at += size;
  }
  return result;
}

std::string title_of(const Thing& thing) {
  if (thing.nodes.size() > 1 && !thing.kind.ends_with("resources"))
    return fmt::format("{} × {}", thing.nodes.size(), thing.name);
  return thing.is_uncertain ? "? × " + thing.name : thing.name;
}

std::string text_of(const Label& label) {
  const std::string text = fmt::format("{}: {}", name_of(label.severity), label.rule);
  return label.times > 1 ? fmt::format("{} ({} times)", text, label.times) : text;
}

}  // namespace halint::picture
