// Writes YAML in libyaml's style: strings in double quotes, folded after 80 columns, texts of several lines as blocks.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/functions/yaml_text.h"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

#include "base/text.h"
#include "terraform/values/number_text.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

constexpr std::size_t kWidth = 80;
constexpr int kIndent = 2;

bool is_printable(const CodePoint& point) {
  if (!point.valid) return false;
  char32_t c = point.value;
  return c == '\n' || (c >= 0x20 && c <= 0x7E) || (c >= 0xA0 && c < 0xD800) ||
         (c >= 0xE000 && c < 0xFFFE && c != 0xFEFF);
}

bool is_break(char32_t c) {
  return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

// A block shows a text as it is, so nothing may need an escape, and spaces at ends of lines would get lost.
bool fits_block(std::string_view text) {
  if (text.ends_with(' ') || text.find(" \n") != std::string_view::npos) return false;
  for (std::size_t at = 0; at < text.size();) {
    CodePoint point = decode_utf8(text, at);
    if (!is_printable(point) || (is_break(point.value) && point.value != '\n')) return false;
    at += point.size;
  }
  return true;
}

struct YamlWriter {
  std::uint64_t most_bytes;
  std::string out;
  bool is_too_long = false;

  std::size_t column() const {
    std::size_t start = out.rfind('\n');
    std::size_t columns = 0;
    for (std::size_t i = start == std::string::npos ? 0 : start + 1; i < out.size(); ++i) {
      if ((static_cast<unsigned char>(out[i]) & 0xC0) != 0x80) ++columns;
    }
    return columns;
  }
  void pad(int indent) { out.append(static_cast<std::size_t>(indent), ' '); }
  void escape(const CodePoint& point);
  void quoted(std::string_view text, int indent, bool may_fold);
  void block(std::string_view text, int indent);
  void text_value(std::string_view text, int indent);
  void items(const Value& list, int indent, int depth);
  void members(const Value& map, int indent, int depth);
  void write(const Value& value, int indent, bool in_map, int depth);
};

void YamlWriter::escape(const CodePoint& point) {
  static constexpr std::pair<char32_t, char> kShort[] = {
      {0, '0'},  {7, 'a'},    {8, 'b'},   {9, 't'},     {10, 'n'},   {11, 'v'},     {12, 'f'},
      {13, 'r'}, {0x1B, 'e'}, {'"', '"'}, {'\\', '\\'}, {0x85, 'N'}, {0x2028, 'L'}, {0x2029, 'P'},
  };
  out += '\\';
  for (const auto& [code, letter] : kShort) {
    if (point.value == code) {
      out += letter;
      return;
    }
  }
  unsigned code = static_cast<unsigned>(point.value);
  auto at = std::back_inserter(out);
  if (code <= 0xFF) {
    fmt::format_to(at, "x{:02X}", code);
  } else if (code <= 0xFFFF) {
    fmt::format_to(at, "u{:04X}", code);
  } else {
    fmt::format_to(at, "U{:08X}", code);
  }
}

void YamlWriter::quoted(std::string_view text, int indent, bool may_fold) {
  out += '"';
  bool after_space = false;
  std::size_t columns = column();
  for (std::size_t at = 0; at < text.size();) {
    CodePoint point = decode_utf8(text, at);
    std::size_t before = out.size();
    bool folds = point.value == ' ' && may_fold && !after_space && columns > kWidth && at > 0 && at + 1 < text.size();
    if (folds) {
      out += '\n';
      pad(indent);
      if (text[at + 1] == ' ') out += '\\';
      columns = static_cast<std::size_t>(indent);
    } else if (!is_printable(point) || is_break(point.value) || point.value == '"' || point.value == '\\') {
      escape(point);
      columns += out.size() - before;
    } else {
      out += text.substr(at, point.size);
      ++columns;
    }
    after_space = point.value == ' ';
    at += point.size;
  }
  out += '"';
}

void YamlWriter::block(std::string_view text, int indent) {
  out += '|';
  if (text.starts_with(' ') || text.starts_with('\n')) out += '2';
  if (!text.ends_with('\n')) {
    out += '-';
  } else if (text.size() == 1 || text.ends_with("\n\n")) {
    out += '+';
  }
  out += '\n';
  while (!text.empty()) {
    std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) pad(indent);
    out += text.substr(0, end);
    out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void YamlWriter::text_value(std::string_view text, int indent) {
  bool has_lines = text.find('\n') != std::string_view::npos;
  if (has_lines && fits_block(text)) {
    block(text, indent);
    return;
  }
  quoted(text, indent, true);
  out += '\n';
}

void YamlWriter::items(const Value& list, int indent, int depth) {
  bool is_first = true;
  for (const Value& item : list.items()) {
    if (!is_first) pad(indent);
    is_first = false;
    out += "- ";
    write(item, indent, false, depth + 1);
    if (is_too_long) return;
  }
}

void YamlWriter::members(const Value& map, int indent, int depth) {
  bool is_first = true;
  for (const Member& member : map.members()) {
    if (!is_first) pad(indent);
    is_first = false;
    quoted(member.key, indent, false);
    out += ':';
    write(member.value, indent, true, depth + 1);
    if (is_too_long) return;
  }
}

// `indent` is the column of the collection that the value stands in.
void YamlWriter::write(const Value& value, int indent, bool in_map, int depth) {
  if (out.size() > most_bytes || depth > kDeepestValue) {
    is_too_long = true;
    return;
  }
  bool is_list = value.is(ValueKind::kList) || value.is(ValueKind::kSet);
  bool is_map = value.is(ValueKind::kMap);
  bool is_empty = (is_list && value.items().empty()) || (is_map && value.members().empty());
  if (in_map && (is_empty || (!is_list && !is_map))) out += ' ';
  if (is_empty) {
    out += is_list ? "[]\n" : "{}\n";
  } else if (is_list) {
    // A list in a map stands as far left as its key.
    int inner = in_map || depth == 0 ? indent : indent + kIndent;
    if (in_map) out += '\n';
    if (in_map) pad(inner);
    items(value, inner, depth);
  } else if (is_map) {
    int inner = depth == 0 ? indent : indent + kIndent;
    if (in_map) out += '\n';
    if (in_map) pad(inner);
    members(value, inner, depth);
  } else if (value.is(ValueKind::kString)) {
    text_value(value.as_string(), indent + kIndent);
  } else {
    out += value.is(ValueKind::kNumber) ? number_text(value)
           : value.is(ValueKind::kBool) ? (value.as_bool() ? "true" : "false")
                                        : "null";
    out += depth == 0 ? "\n...\n" : "\n";
  }
}

}  // namespace

std::optional<std::string> to_yaml(const Value& value, std::uint64_t most_bytes) {
  YamlWriter writer{most_bytes, {}, false};
  writer.write(value, 0, false, 0);
  if (writer.is_too_long || writer.out.size() > most_bytes) return std::nullopt;
  return std::move(writer.out);
}

}  // namespace halint
