// Writes JSON, keeping unknown parts as holes.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/functions/json_text.h"

#include <fmt/format.h>

#include <iterator>
#include <vector>

#include "terraform/functions/function_table.h"
#include "terraform/values/number_text.h"
#include "terraform/values/text.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

struct JsonWriter {
  Arena& arena;
  std::vector<Value> parts;
  std::string text;
  bool is_open = false;
  WalkBudget budget = {};

  void flush() {
    if (!text.empty()) parts.push_back(Value::string(arena, arena.copy(std::string_view(text))));
    text.clear();
  }
  void hole(const Value& value) {
    flush();
    parts.push_back(value.with_maybe());
  }
  void write(const Value& value, int depth);
  void write_template(const Value& value);
  void write_items(const Value& list, int depth);
  void write_members(const Value& map, int depth);
};

// Text with holes inside of a JSON string.
void JsonWriter::write_template(const Value& value) {
  text += '"';
  for (const Value& part : value.items()) {
    if (!part.is(ValueKind::kString)) {
      flush();
      parts.push_back(part);
      continue;
    }
    std::string quoted;
    append_json_string(part.as_string(), quoted);
    text.append(quoted, 1, quoted.size() - 2);
  }
  text += '"';
}

void JsonWriter::write_items(const Value& list, int depth) {
  if (halint::is_open(list)) is_open = true;
  text += '[';
  bool is_first = true;
  for (const Value& item : list.items()) {
    if (!is_first) text += ',';
    is_first = false;
    write(item, depth + 1);
  }
  text += ']';
}

void JsonWriter::write_members(const Value& map, int depth) {
  text += '{';
  bool is_first = true;
  for (const Member& member : map.members()) {
    if (!is_first) text += ',';
    is_first = false;
    append_json_string(member.key, text);
    text += ':';
    write(member.value, depth + 1);
  }
  text += '}';
}

void JsonWriter::write(const Value& value, int depth) {
  if (is_open || depth > kDeepestValue || !budget.spend()) {
    is_open = true;
    return;
  }
  switch (value.kind()) {
    case ValueKind::kAbsent:
    case ValueKind::kNull:
      text += "null";
      return;
    case ValueKind::kBool:
      text += value.as_bool() ? "true" : "false";
      return;
    case ValueKind::kNumber:
      text += number_text(value);
      return;
    case ValueKind::kString:
      append_json_string(value.as_string(), text);
      return;
    case ValueKind::kTemplate:
      write_template(value);
      return;
    case ValueKind::kList:
    case ValueKind::kSet:
      write_items(value, depth);
      return;
    case ValueKind::kMap:
      write_members(value, depth);
      return;
    default:
      hole(value);
      return;
  }
}

}  // namespace

Value encode_json(Arena& arena, const Value& value) {
  JsonWriter writer{arena, {}, {}};
  writer.write(value, 0);
  if (writer.is_open) return Value::absent();
  writer.flush();
  return Value::text_template(arena, writer.parts);
}

void append_json_string(std::string_view text, std::string& out) {
  out += '"';
  for (std::string_view point : split_code_points(text)) {
    unsigned char c = static_cast<unsigned char>(point[0]);
    if (point == "\"" || point == "\\") {
      out += '\\';
      out += point;
    } else if (c == '\n' || c == '\r' || c == '\t' || c == '\b' || c == '\f') {
      out += '\\';
      out += c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : c == '\b' ? 'b' : 'f';
    } else if (c < 0x20 || c == '<' || c == '>' || c == '&') {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", c);
    } else if (point == "\u2028" || point == "\u2029") {
      out += point == "\u2028" ? "\\u2028" : "\\u2029";
    } else if (c >= 0x80 && point.size() == 1) {
      out += "\\ufffd";
    } else {
      out += point;
    }
  }
  out += '"';
}

}  // namespace halint
