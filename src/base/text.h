// Small questions about text: its code points, how wide it prints, how to say it safely and in good English.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace halint {

// One step through UTF-8. A byte that starts no well-formed sequence is a code point of its own: not valid,
// size 1, value = the byte.
struct CodePoint {
  char32_t value = 0;
  std::uint32_t size = 1;  // Bytes.
  bool valid = true;
};

// Requires: offset < text.size().
CodePoint decode_utf8(std::string_view text, std::size_t offset);

void append_utf8(std::string& out, char32_t value);

// Offset of the first byte that is not UTF-8 (overlong forms, surrogates and values beyond U+10FFFF are not).
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr bool has_byte_order_mark(std::string_view text) {
  return text.starts_with(kByteOrderMark);
}

// Columns on a terminal: 2 for East Asian wide characters and emoji, 0 for combining marks, else 1.
std::size_t display_width(char32_t code_point);
std::size_t display_width(std::string_view text);

// `text` with everything that could steer a terminal made visible: control characters and bytes that are not
// UTF-8 as `\x1b`, marks that reorder text as `\u202e`. Line feeds too: the result is one line.
std::string escape_controls(std::string_view text);

// The candidate that was probably meant by a mistyped `word`, if one is close enough.
std::optional<std::string_view> did_you_mean(std::string_view word, std::span<const std::string_view> candidates);
std::optional<std::string_view> did_you_mean(std::string_view word, std::span<const std::string> candidates);

// "1 finding", "2 findings", "1,240 files". Nouns that do not just take an s give their plural.
std::string plural(std::size_t count, std::string_view noun, std::string_view nouns = "");

}  // namespace halint
