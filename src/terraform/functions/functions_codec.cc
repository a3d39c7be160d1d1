// Terraform's functions that write text as other text: Base64, URL, character sets, CSV.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "terraform/functions/base64.h"
#include "terraform/functions/function_table.h"
#include "terraform/values/text.h"

namespace halint {
namespace {

Value base64encode(const Call& call) {
  return call.string(encode_base64(call.text(0)));
}

Value base64decode(const Call& call) {
  std::optional<std::string> bytes = decode_base64(call.text(0));
  if (!bytes) return call.fail("the string is no base64");
  if (first_invalid_utf8(*bytes)) return call.fail("the decoded bytes are no UTF-8 text");
  return call.string(*bytes);
}

// The bytes depend on the version of the compressor.
Value base64gzip(const Call& call) {
  Value result = call.unknown(UnknownReason::kImpure, "compressed text depends on the compressor");
  return result;
}

bool is_unreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
         c == '.' || c == '~';
}

Value urlencode(const Call& call) {
  std::string out;
  for (char c : call.text(0)) {
    if (is_unreserved(c)) {
      out += c;
    } else if (c == ' ') {
      out += '+';
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return call.string(out);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// OpenTofu's.
Value urldecode(const Call& call) {
  std::string_view text = call.text(0);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return call.fail("an escape in the URL is wrong");
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  if (first_invalid_utf8(out)) return call.fail("the decoded bytes are no UTF-8 text");
  return call.string(out);
}

enum class Charset { kUtf8, kUtf16, kUtf16Little, kUtf16Big, kLatin1, kAscii, kOther };

Charset charset_of(std::string_view name) {
  std::string lower = lower_case(name);
  static constexpr std::pair<std::string_view, Charset> kNames[] = {
      {"utf-8", Charset::kUtf8},        {"csutf8", Charset::kUtf8},          {"utf-16", Charset::kUtf16},
      {"csutf16", Charset::kUtf16},     {"utf-16le", Charset::kUtf16Little}, {"csutf16le", Charset::kUtf16Little},
      {"utf-16be", Charset::kUtf16Big}, {"csutf16be", Charset::kUtf16Big},   {"iso-8859-1", Charset::kLatin1},
      {"iso_8859-1", Charset::kLatin1}, {"latin1", Charset::kLatin1},        {"l1", Charset::kLatin1},
      {"us-ascii", Charset::kAscii},    {"ascii", Charset::kAscii},          {"us", Charset::kAscii},
  };
  for (const auto& [known, charset] : kNames) {
    if (lower == known) return charset;
  }
  return Charset::kOther;
}

void append_unit(std::uint16_t unit, bool is_little, std::string& out) {
  char high = static_cast<char>(unit >> 8);
  char low = static_cast<char>(unit & 255);
  out += is_little ? low : high;
  out += is_little ? high : low;
}

// None if the character set lacks a character.
std::optional<std::string> encode_text(std::string_view text, Charset charset) {
  if (charset == Charset::kUtf8) return std::string(text);
  std::string out;
  if (charset == Charset::kUtf16) append_unit(0xFEFF, false, out);
  bool is_little = charset == Charset::kUtf16Little;
  for (std::size_t at = 0; at < text.size();) {
    CodePoint point = decode_utf8(text, at);
    char32_t c = point.value;
    at += point.size;
    if (charset == Charset::kLatin1 || charset == Charset::kAscii) {
      if (c >= (charset == Charset::kAscii ? 0x80 : 0x100)) return std::nullopt;
      out += static_cast<char>(c);
    } else if (c >= 0x10000) {
      append_unit(static_cast<std::uint16_t>(0xD800 + ((c - 0x10000) >> 10)), is_little, out);
      append_unit(static_cast<std::uint16_t>(0xDC00 + ((c - 0x10000) & 0x3FF)), is_little, out);
    } else {
      append_unit(static_cast<std::uint16_t>(c), is_little, out);
    }
  }
  return out;
}

std::optional<std::string> decode_utf16(std::string_view bytes, bool is_little) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  std::string out;
  auto unit_at = [&](std::size_t i) {
    auto byte = [&](std::size_t j) { return static_cast<char32_t>(static_cast<unsigned char>(bytes[j])); };
    return is_little ? byte(i + 1) << 8 | byte(i) : byte(i) << 8 | byte(i + 1);
  };
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    char32_t unit = unit_at(i);
    if (unit >= 0xD800 && unit < 0xDC00 && i + 3 < bytes.size()) {
      char32_t second = unit_at(i + 2);
      if (second < 0xDC00 || second >= 0xE000) return std::nullopt;
      unit = 0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00);
      i += 2;
    } else if (unit >= 0xD800 && unit < 0xE000) {
      return std::nullopt;
    }
    append_utf8(out, unit);
  }
  return out;
}

std::optional<std::string> decode_text(std::string_view bytes, Charset charset) {
  switch (charset) {
    case Charset::kUtf8:
      return first_invalid_utf8(bytes) ? std::nullopt : std::optional(std::string(bytes));
    case Charset::kUtf16:
      if (bytes.starts_with("\xFF\xFE")) return decode_utf16(bytes.substr(2), true);
      return decode_utf16(bytes.starts_with("\xFE\xFF") ? bytes.substr(2) : bytes, false);
    case Charset::kUtf16Little:
    case Charset::kUtf16Big:
      return decode_utf16(bytes, charset == Charset::kUtf16Little);
    default: {
      std::string out;
      for (char c : bytes) {
        char32_t value = static_cast<unsigned char>(c);
        if (charset == Charset::kAscii && value >= 0x80) return std::nullopt;
        append_utf8(out, value);
      }
      return out;
    }
  }
}

Value unknown_charset(const Call& call) {
  return call.unknown(UnknownReason::kUnsupported, fmt::format("the character set `{}` is not known", call.text(1)));
}

Value textencodebase64(const Call& call) {
  Charset charset = charset_of(call.text(1));
  if (charset == Charset::kOther) return unknown_charset(call);
  std::optional<std::string> bytes = encode_text(call.text(0), charset);
  if (!bytes) return call.fail(fmt::format("the string has characters that {} lacks", call.text(1)));
  return call.string(encode_base64(*bytes));
}

Value textdecodebase64(const Call& call) {
  Charset charset = charset_of(call.text(1));
  if (charset == Charset::kOther) return unknown_charset(call);
  std::optional<std::string> bytes = decode_base64(call.text(0));
  if (!bytes) return call.fail("the string is no base64");
  std::optional<std::string> text = decode_text(*bytes, charset);
  if (!text) return call.fail(fmt::format("the bytes are no {} text", call.text(1)));
  return call.string(*text);
}

// Reads RFC 4180 as Go does: empty lines do not count, a quote in an unquoted field is an error.
struct CsvReader {
  std::string_view text;
  std::string problem;

  bool at_end() const { return text.empty(); }
  // Takes a line end; true if there was one.
  bool take_line_end() {
    if (text.starts_with("\r\n")) {
      text.remove_prefix(2);
    } else if (text.starts_with('\n')) {
      text.remove_prefix(1);
    } else {
      return false;
    }
    return true;
  }
  std::string read_field();
  std::vector<std::string> read_record();
};

std::string CsvReader::read_field() {
  std::string field;
  if (!text.starts_with('"')) {
    std::size_t end = std::min(text.find_first_of(",\n"), text.size());
    field = text.substr(0, end);
    if (end < text.size() && text[end] == '\n' && field.ends_with('\r')) field.pop_back();
    if (field.find('"') != std::string::npos) problem = "a quote stands in a field without quotes";
    text.remove_prefix(end);
    return field;
  }
  text.remove_prefix(1);
  for (;;) {
    std::size_t quote = text.find('"');
    if (quote == std::string_view::npos) {
      problem = "a quoted field does not end";
      return field;
    }
    field += text.substr(0, quote);
    text.remove_prefix(quote + 1);
    if (!text.starts_with('"')) break;
    field += '"';
    text.remove_prefix(1);
  }
  bool ends = text.empty() || text[0] == ',' || text[0] == '\n' || text.starts_with("\r\n");
  if (!ends) problem = "text follows a quoted field";
  if (text.starts_with('\r')) text.remove_prefix(1);
  return field;
}

std::vector<std::string> CsvReader::read_record() {
  while (take_line_end()) {
  }
  std::vector<std::string> fields;
  if (at_end()) return fields;
  for (;;) {
    fields.push_back(read_field());
    if (!problem.empty() || !text.starts_with(',')) break;
    text.remove_prefix(1);
  }
  take_line_end();
  return fields;
}

Value csvdecode(const Call& call) {
  CsvReader reader{call.text(0), {}};
  std::vector<std::string> header = reader.read_record();
  if (header.empty() || !reader.problem.empty()) return call.fail("the first line with the names is missing");
  std::vector<std::string> names = header;
  std::ranges::sort(names);
  if (std::ranges::adjacent_find(names) != names.end()) return call.fail("a name stands twice in the first line");
  std::vector<Value> rows;
  for (;;) {
    std::vector<std::string> fields = reader.read_record();
    if (!reader.problem.empty()) return call.fail(reader.problem);
    if (fields.empty()) return call.list(rows);
    if (fields.size() != header.size())
      return call.fail(fmt::format("row {} has the wrong number of fields", rows.size() + 1));
    std::vector<Member> members;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      members.push_back(
          {call.arena.copy(std::string_view(header[i])), call.string(fields[i]).with_origin(call.span), {}});
    }
    rows.push_back(Value::map(call.arena, std::move(members), call.span));
    if (call.exceeds_items(rows.size())) return call.too_large("a list");
  }
}

constexpr Function kFunctions[] = {
    {"base64decode", "s", base64decode},
    {"base64encode", "s", base64encode},
    {"base64gzip", "s", base64gzip},
    {"csvdecode", "s", csvdecode},
    {"textdecodebase64", "ss", textdecodebase64},
    {"textencodebase64", "ss", textencodebase64},
    {"urldecode", "s", urldecode},
    {"urlencode", "s", urlencode},
};

}  // namespace

std::span<const Function> codec_functions() {
  return kFunctions;
}

}  // namespace halint
