// Characters, cases and normalisation, on utf8proc.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/values/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.h"

namespace halint {
namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// As utf8proc wants it: negative for a byte that is no UTF-8.
struct Point {
  utf8proc_int32_t value = -1;
  std::size_t size = 1;
};

Point point_at(std::string_view text, std::size_t at) {
  CodePoint point = decode_utf8(text, at);
  return {point.valid ? static_cast<utf8proc_int32_t>(point.value) : -1, point.size};
}

template <typename Map>
std::string map_code_points(std::string_view text, const Map& map) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    Point point = point_at(text, at);
    if (point.value < 0) {
      out += text[at];
    } else {
      append_utf8(out, static_cast<char32_t>(map(point.value)));
    }
    at += point.size;
  }
  return out;
}

bool is_letter_or_digit(utf8proc_int32_t code_point) {
  switch (utf8proc_category(code_point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
      return true;
    default:
      return false;
  }
}

bool is_space(utf8proc_int32_t c) {
  return (c >= 9 && c <= 13) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

// What stands between words for title().
bool is_separator(utf8proc_int32_t c) {
  if (is_letter_or_digit(c) || c == '_') return false;
  return c < 0x80 || is_space(c);
}

utf8proc_int32_t to_upper(utf8proc_int32_t c) {
  return c == 0xDF ? c : utf8proc_toupper(c);  // "ß" has no upper case of one letter.
}

}  // namespace

std::vector<std::string_view> split_characters(std::string_view text) {
  std::vector<std::string_view> characters;
  utf8proc_int32_t state = 0;
  utf8proc_int32_t previous = -1;
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size();) {
    Point point = point_at(text, at);
    bool breaks = previous < 0 || point.value < 0 || utf8proc_grapheme_break_stateful(previous, point.value, &state);
    if (breaks && at > start) {
      characters.push_back(text.substr(start, at - start));
      start = at;
    }
    previous = point.value;
    at += point.size;
  }
  if (start < text.size()) characters.push_back(text.substr(start));
  return characters;
}

std::size_t count_characters(std::string_view text) {
  if (is_ascii(text) && text.find('\r') == std::string_view::npos) return text.size();
  return split_characters(text).size();
}

std::vector<std::string_view> split_code_points(std::string_view text) {
  std::vector<std::string_view> points;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t size = point_at(text, at).size;
    points.push_back(text.substr(at, size));
    at += size;
  }
  return points;
}

std::string upper_case(std::string_view text) {
  return map_code_points(text, to_upper);
}

std::string lower_case(std::string_view text) {
  return map_code_points(text, utf8proc_tolower);
}

std::string title_case(std::string_view text) {
  utf8proc_int32_t previous = ' ';
  return map_code_points(text, [&previous](utf8proc_int32_t c) {
    bool starts_word = is_separator(previous);
    previous = c;
    return starts_word ? (c == 0xDF ? c : utf8proc_totitle(c)) : c;
  });
}

std::string normalized(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  utf8proc_uint8_t* mapped = nullptr;
  utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                   &mapped, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (size < 0) return std::string(text);
  std::string out(reinterpret_cast<char*>(mapped), static_cast<std::size_t>(size));
  std::free(mapped);
  return out;
}

std::string_view trim_space_before(std::string_view text) {
  while (!text.empty()) {
    Point point = point_at(text, 0);
    if (!is_space(point.value)) break;
    text.remove_prefix(point.size);
  }
  return text;
}

std::string_view trim_space_behind(std::string_view text) {
  while (!text.empty()) {
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    Point point = point_at(text, at);
    if (at + point.size != text.size() || !is_space(point.value)) break;
    text = text.substr(0, at);
  }
  return text;
}

std::string_view trim_space(std::string_view text) {
  return trim_space_before(trim_space_behind(text));
}

}  // namespace halint
