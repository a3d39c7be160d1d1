// A comment that speaks to halint, in whatever language it stands.
// SPDX-License-Identifier: Apache-2.0
#include "base/remark.h"

namespace halint {
namespace {

constexpr std::string_view kBlanks = " \t\r";

std::string_view without_blanks(std::string_view text) {
  std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

std::size_t line_start(std::string_view text, std::uint32_t offset) {
  std::size_t feed = offset == 0 ? text.npos : text.rfind('\n', offset - 1);
  return feed == text.npos ? 0 : feed + 1;
}

}  // namespace

std::string_view remark_text(std::string_view comment) {
  bool is_long = comment.starts_with("/*");
  if (is_long && comment.ends_with("*/")) comment.remove_suffix(2);
  std::size_t sign = is_long ? 2 : comment.find_first_not_of("#/");
  if (sign >= comment.size()) return {};
  comment.remove_prefix(sign);
  std::size_t begin = comment.find_first_not_of(" \t\r\n*");
  if (begin == comment.npos || !comment.substr(begin).starts_with(kRemarkWord)) return {};
  comment.remove_prefix(begin);
  return without_blanks(comment.substr(0, comment.find('\n')));
}

bool trails_code(std::string_view text, std::uint32_t offset) {
  std::size_t start = line_start(text, offset);
  return !without_blanks(text.substr(start, offset - start)).empty();
}

Span line_before(FileId file, std::string_view text, std::uint32_t offset) {
  std::size_t start = line_start(text, offset);
  std::size_t begin = text.find_first_not_of(kBlanks, start);
  if (begin == text.npos || begin > offset) begin = offset;
  return {file, static_cast<std::uint32_t>(begin), offset};
}

}  // namespace halint
