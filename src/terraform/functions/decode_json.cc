// Reads JSON event by event, so that big numbers stay exact and nothing is stored twice.
//
// A hole of a template is written into the text as a string between two characters for private use, and found again
// in the strings that the reader gives.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/functions/decode_json.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "terraform/values/number_text.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

constexpr std::string_view kOpen = "\uE000";
constexpr std::string_view kClose = "\uE001";

// The text with holes filled in, and what they stand for.
struct Filled {
  std::string text;
  std::vector<Value> holes;
};

// Whether the text so far ends inside of a string.
void follow_quotes(std::string_view text, bool& in_string) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (in_string && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      in_string = !in_string;
    }
  }
}

// False if the known text holds the characters for private use itself.
bool fill(const Call& call, const Value& text, Filled& filled) {
  bool in_string = false;
  for (const Value& part : text.items()) {
    if (part.is(ValueKind::kString)) {
      if (part.as_string().find(kOpen) != std::string_view::npos) return false;
      follow_quotes(part.as_string(), in_string);
      filled.text += part.as_string();
      continue;
    }
    std::string mark = fmt::format("{}{}{}", kOpen, filled.holes.size(), kClose);
    filled.text += in_string ? mark : fmt::format("\"{}\"", mark);
    // jsonencode marks the values that it could not write. What a user wrote as "${x}" is text that has to be read.
    bool stands_for_itself = in_string || part.is_maybe();
    filled.holes.push_back(stands_for_itself ? part.with_maybe(false)
                                             : unknown_result(call.arena, "jsondecode", {&part, 1}, call.span));
  }
  return true;
}

class JsonBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  JsonBuilder(const Call& call, const std::vector<Value>& holes) : call_(call), holes_(holes) {}

  const Value& result() const { return result_; }
  const std::string& problem() const { return problem_; }

  bool null() override { return add(Value::null(call_.span)); }
  bool boolean(bool value) override { return add(Value::boolean(value, call_.span)); }
  bool number_integer(number_integer_t value) override { return add(Value::integer(value, call_.span)); }
  bool number_unsigned(number_unsigned_t value) override {
    return add(parse_number(call_.arena, fmt::format("{}", value), call_.span).value_or(Value()));
  }
  bool number_float(number_float_t value, const string_t& text) override {
    return add(parse_number(call_.arena, text, call_.span).value_or(Value::real(value, call_.span)));
  }
  bool string(string_t& text) override { return add(with_holes(text)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return start(true); }
  bool key(string_t& text) override {
    if (text.find(kOpen) != string_t::npos) return fail("a key is not known");
    frames_.back().key = call_.arena.copy(std::string_view(text));
    return true;
  }
  bool end_object() override {
    std::vector<Member> members = std::move(frames_.back().members);
    frames_.pop_back();
    return add(Value::map(call_.arena, std::move(members), call_.span));
  }
  bool start_array(std::size_t) override { return start(false); }
  bool end_array() override {
    std::vector<Value> items = std::move(frames_.back().items);
    frames_.pop_back();
    return add(call_.tuple(items).with_origin(call_.span));
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    return fail(fmt::format("the text is no JSON: error at byte {}", position));
  }

 private:
  struct Frame {
    bool is_object = false;
    std::string_view key;
    std::vector<Value> items;
    std::vector<Member> members;
  };

  bool fail(std::string message) {
    if (problem_.empty()) problem_ = std::move(message);
    return false;
  }

  bool start(bool is_object) {
    if (frames_.size() >= call_.context.limits.nesting) return fail("the text is nested deeper than the limit");
    frames_.emplace_back();
    frames_.back().is_object = is_object;
    return true;
  }

  bool add(const Value& value) {
    constexpr std::size_t kItemsOfDocument = 20;  // A document may hold several collections.
    if (call_.exceeds_items(++count_ / kItemsOfDocument)) return fail("the text has more items than the limit");
    if (frames_.empty()) {
      result_ = value;
    } else if (frames_.back().is_object) {
      frames_.back().members.push_back({frames_.back().key, value, {}});
    } else {
      frames_.back().items.push_back(value);
    }
    return true;
  }

  Value with_holes(std::string_view text) {
    if (holes_.empty() || text.find(kOpen) == std::string_view::npos) {
      return call_.string(text).with_origin(call_.span);
    }
    std::vector<Value> parts;
    while (!text.empty()) {
      std::size_t begin = text.find(kOpen);
      if (begin != 0) parts.push_back(call_.string(text.substr(0, begin)));
      if (begin == std::string_view::npos) break;
      text.remove_prefix(begin + kOpen.size());
      std::size_t end = text.find(kClose);
      std::size_t index = holes_.size();
      if (end != std::string_view::npos) std::from_chars(text.data(), text.data() + end, index);
      if (index >= holes_.size()) return call_.unknown();
      parts.push_back(holes_[index]);
      text.remove_prefix(end + kClose.size());
    }
    if (parts.size() == 1) return parts[0];
    return Value::text_template(call_.arena, parts, call_.span);
  }

  const Call& call_;
  const std::vector<Value>& holes_;
  std::vector<Frame> frames_;
  std::uint64_t count_ = 0;
  Value result_;
  std::string problem_;
};

}  // namespace

Value decode_json(const Call& call, const Value& text, std::string& problem) {
  Filled filled;
  if (text.is(ValueKind::kString)) {
    filled.text = text.as_string();
  } else if (!fill(call, text, filled)) {
    return call.unknown();
  }
  JsonBuilder builder(call, filled.holes);
  bool is_read = nlohmann::json::sax_parse(filled.text, &builder);
  if (is_read) return builder.result();
  // A template that is no JSON yet may become some when the holes are known.
  if (!filled.holes.empty()) return call.unknown();
  problem = builder.problem().empty() ? "the text is no JSON" : builder.problem();
  return {};
}

}  // namespace halint
