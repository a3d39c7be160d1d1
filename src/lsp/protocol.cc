// The words of the Language Server Protocol 3.17: URIs, positions, ranges.
// SPDX-License-Identifier: Apache-2.0
#include "lsp/protocol.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace halint::lsp {
namespace {

constexpr std::string_view kScheme = "file://";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// How many units of `encoding` a code point takes.
std::uint32_t units_of(char32_t point, std::uint32_t bytes, Encoding encoding) {
  if (encoding == Encoding::kUtf8) return bytes;
  return encoding == Encoding::kUtf16 && point > 0xFFFF ? 2 : 1;
}

std::int64_t number_of(const Json& object, const char* key) {
  const Json& value = member(object, {key});
  return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

}  // namespace

std::string path_of_uri(std::string_view uri) {
  if (!uri.starts_with(kScheme)) return {};
  uri.remove_prefix(kScheme.size());
  std::size_t slash = uri.find('/');
  if (slash == uri.npos) return {};
  uri.remove_prefix(slash);  // A host, if any, is this one.
  std::string path;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    bool is_escape = uri[i] == '%' && i + 2 < uri.size() && hex_value(uri[i + 1]) >= 0 && hex_value(uri[i + 2]) >= 0;
    path += is_escape ? static_cast<char>(hex_value(uri[i + 1]) * 16 + hex_value(uri[i + 2])) : uri[i];
    if (is_escape) i += 2;
  }
  bool has_drive = path.size() > 2 && is_letter(path[1]) && path[2] == ':';
  if (!has_drive) return path;
  path.erase(0, 1);
  if (path[0] >= 'A' && path[0] <= 'Z') path[0] = static_cast<char>(path[0] - 'A' + 'a');
  return path;
}

std::string uri_of_path(std::string_view path) {
  std::string uri(kScheme);
  if (!path.starts_with('/')) uri += '/';
  for (char c : path) {
    bool is_plain =
        is_letter(c) || (c >= '0' && c <= '9') || std::string_view("/-_.~").find(c) != std::string_view::npos;
    if (is_plain)
      uri += c;
    else
      fmt::format_to(std::back_inserter(uri), "%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

Json position_at(const Sources& sources, FileId file, std::uint32_t offset, Encoding encoding) {
  return {{"line", sources.position(file, offset).line - 1}, {"character", sources.column_in(file, offset, encoding)}};
}

Json range_of(const Sources& sources, const Span& span, Encoding encoding) {
  return {{"start", position_at(sources, span.file, span.begin, encoding)},
          {"end", position_at(sources, span.file, span.end, encoding)}};
}

Json first_line_range(const Sources& sources, const Span& span, Encoding encoding) {
  std::string_view text = sources.text(span);
  std::size_t line_end = text.find_first_of("\r\n");
  Span line = span;
  if (line_end != text.npos) line.end = span.begin + static_cast<std::uint32_t>(line_end);
  return range_of(sources, line, encoding);
}

std::size_t offset_of(std::string_view text, const Json& position, Encoding encoding) {
  std::int64_t line = number_of(position, "line"), character = number_of(position, "character");
  std::size_t at = 0;
  for (std::int64_t i = 0; i < line; ++i) {
    std::size_t feed = text.find('\n', at);
    if (feed == text.npos) return text.size();
    at = feed + 1;
  }
  // A byte order mark takes no column.
  if (at == 0 && has_byte_order_mark(text)) at = kByteOrderMark.size();
  for (std::int64_t units = 0; units < character && at < text.size() && text[at] != '\n' && text[at] != '\r';) {
    CodePoint point = decode_utf8(text, at);
    units += units_of(point.value, static_cast<std::uint32_t>(point.size), encoding);
    at += point.size;
  }
  return at;
}

const Json& member(const Json& object, std::initializer_list<const char*> keys) {
  static const Json kNull;
  const Json* at = &object;
  for (const char* key : keys) {
    if (!at->is_object()) return kNull;
    auto found = at->find(key);
    if (found == at->end()) return kNull;
    at = &*found;
  }
  return *at;
}

std::string text_of(const Json& object, const char* key) {
  const Json& value = member(object, {key});
  return value.is_string() ? value.get<std::string>() : std::string();
}

}  // namespace halint::lsp
