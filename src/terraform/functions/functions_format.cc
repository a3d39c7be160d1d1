// `format` and `formatlist`: Go's verbs over Terraform's values.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "terraform/functions/function_table.h"
#include "terraform/functions/json_text.h"
#include "terraform/values/convert.h"
#include "terraform/values/number_text.h"
#include "terraform/values/text.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

constexpr int kWidest = 10'000;

// One `%...` of a format.
struct Verb {
  std::string_view whole;
  std::size_t offset = 0;
  bool has_plus = false, has_space = false, has_minus = false, has_zero = false, has_sharp = false;
  int width = 0;
  int precision = -1;
  std::size_t argument = 0;  // From 1; 0: the next one.
  char mode = 0;
};

// Reads and fills in one format.
struct Formatter {
  const Call& call;
  std::string_view format;
  std::span<const Value> arguments;
  std::string problem;
  std::vector<Value> parts;
  std::string text;
  std::size_t next = 0;
  std::size_t most = 0;  // Arguments that were used.

  Value run();
  bool read_verb(std::size_t& at, Verb& verb);
  bool read_number(std::size_t& at, int& number);
  void write(const Verb& verb, const Value& value);
  void write_unknown(const Verb& verb, const Value& value);
  std::optional<std::string> number_for(const Verb& verb, const Value& value);
  void fail(const Verb& verb, std::string_view why) {
    problem = fmt::format("unsupported value for \"{}\" at {}: {}", verb.whole, verb.offset, why);
  }
  void flush() {
    if (!text.empty()) parts.push_back(call.string(text));
    text.clear();
  }
};

bool Formatter::read_number(std::size_t& at, int& number) {
  std::size_t begin = at;
  for (number = 0; at < format.size() && format[at] >= '0' && format[at] <= '9'; ++at) {
    number = std::min(number * 10 + (format[at] - '0'), 1'000'000);
  }
  return at > begin;
}

bool Formatter::read_verb(std::size_t& at, Verb& verb) {
  verb.offset = at++;
  for (; at < format.size(); ++at) {
    if (format[at] == '+') {
      verb.has_plus = true;
    } else if (format[at] == ' ') {
      verb.has_space = true;
    } else if (format[at] == '-') {
      verb.has_minus = true;
    } else if (format[at] == '0') {
      verb.has_zero = true;
    } else if (format[at] == '#') {
      verb.has_sharp = true;
    } else {
      break;
    }
  }
  read_number(at, verb.width);
  if (at < format.size() && format[at] == '.') {
    ++at;
    if (!read_number(at, verb.precision)) verb.precision = 0;
  }
  if (at < format.size() && format[at] == '[') {
    ++at;
    int index = 0;
    bool has_index = read_number(at, index) && index > 0 && at < format.size() && format[at] == ']';
    if (has_index) ++at;
    if (!has_index) {
      problem = fmt::format("the index of an argument is wrong at offset {}", verb.offset);
      return false;
    }
    verb.argument = static_cast<std::size_t>(index);
  }
  if (at >= format.size()) {
    problem = fmt::format("invalid format string starting at offset {}", verb.offset);
    return false;
  }
  verb.mode = format[at++];
  verb.whole = format.substr(verb.offset, at - verb.offset);
  if (verb.width > kWidest || verb.precision > kWidest) {
    problem = fmt::format("the width in \"{}\" is beyond the limit", verb.whole);
    return false;
  }
  bool is_verb = std::string_view("vqsdtfFeEgGboxX").find(verb.mode) != std::string_view::npos;
  if (!is_verb)
    problem = fmt::format("unsupported format verb '{}' in \"{}\" at offset {}", verb.mode, verb.whole, verb.offset);
  return is_verb;
}

std::string padded(const Verb& verb, std::string content, bool is_number) {
  std::size_t size = count_characters(content);
  std::size_t width = static_cast<std::size_t>(verb.width);
  if (size >= width) return content;
  std::size_t missing = width - size;
  if (verb.has_minus) return content.append(missing, ' ');
  if (!verb.has_zero) return content.insert(0, missing, ' ');
  bool is_signed = is_number && !content.empty() && (content[0] == '-' || content[0] == '+' || content[0] == ' ');
  return content.insert(is_signed ? 1 : 0, missing, '0');
}

// Without sign.
std::optional<std::string> in_base(const Value& number, const Verb& verb) {
  int bits = verb.mode == 'b' ? 1 : verb.mode == 'o' ? 3 : 4;
  std::optional<std::string> digits = digits_of_whole(number, bits);
  if (!digits) return std::nullopt;
  if (verb.mode == 'X') digits = upper_case(*digits);
  std::string_view prefix = verb.mode == 'b' ? "0b" : verb.mode == 'o' ? "0" : verb.mode == 'x' ? "0x" : "0X";
  return (verb.has_sharp ? std::string(prefix) : std::string()) + *digits;
}

// The number without padding, with its sign. None: not representable in this base.
std::optional<std::string> number_with(const Verb& verb, const Value& number) {
  std::string digits;
  bool is_negative = number.as_number() < 0;
  switch (verb.mode) {
    case 'd':
      digits = number_text(number);
      break;
    case 'b':
    case 'o':
    case 'x':
    case 'X':
      if (std::optional<std::string> whole = in_base(number, verb)) {
        digits = std::move(*whole);
        break;
      }
      return std::nullopt;
    case 'f':
    case 'F':
      digits = fixed_text(number, verb.precision < 0 ? 6 : verb.precision);
      break;
    case 'e':
    case 'E':
      digits = scientific_text(number, verb.precision < 0 ? 6 : verb.precision);
      break;
    default:
      digits = general_text(number, verb.mode == 'v' ? -1 : verb.precision);
      break;
  }
  if (digits.starts_with('-')) digits.erase(0, 1);
  bool is_upper = verb.mode == 'E' || verb.mode == 'G';
  if (is_upper) std::ranges::replace(digits, 'e', 'E');
  bool is_whole = std::string_view("dboxX").find(verb.mode) != std::string_view::npos;
  if (is_whole && verb.precision > static_cast<int>(digits.size())) {
    digits.insert(0, static_cast<std::size_t>(verb.precision) - digits.size(), '0');
  }
  std::string sign = is_negative ? "-" : verb.mode == 'v' ? "" : verb.has_plus ? "+" : verb.has_space ? " " : "";
  return sign + digits;
}

std::optional<std::string> Formatter::number_for(const Verb& verb, const Value& value) {
  std::string error;
  Value number = to_number(call.arena, value, error);
  bool is_whole = std::string_view("dboxX").find(verb.mode) != std::string_view::npos;
  if (!error.empty()) {
    fail(verb, error);
    return std::nullopt;
  }
  if (is_whole && number_text(number).find_first_not_of("-0123456789") != std::string::npos) {
    fail(verb, "an integer is required");
    return std::nullopt;
  }
  std::optional<std::string> written = number_with(verb, number);
  if (!written) fail(verb, "the number is beyond the limit");
  return written;
}

// A hole for what is not known yet. With a width or a special verb the hole is the call itself.
void Formatter::write_unknown(const Verb& verb, const Value& value) {
  Value part = value;
  if (value.is(ValueKind::kList) || value.is(ValueKind::kSet) || value.is(ValueKind::kMap)) {
    part = encode_json(call.arena, value);
    if (part.is_absent()) part = unknown_result(call.arena, "jsonencode", {&value, 1}, call.span);
  }
  bool is_plain = verb.width == 0 && verb.precision < 0 && (verb.mode == 's' || verb.mode == 'v' || verb.mode == 'd') &&
                  !verb.has_plus && !verb.has_space && !verb.has_sharp;
  if (!is_plain) {
    Value named[] = {call.string(verb.whole), value};
    part = unknown_result(call.arena, "format", named, call.span);
  }
  flush();
  parts.push_back(part);
}

void Formatter::write(const Verb& verb, const Value& value) {
  bool is_json = verb.mode == 'v' && (verb.has_sharp || value.is_unset() || value.is(ValueKind::kList) ||
                                      value.is(ValueKind::kSet) || value.is(ValueKind::kMap));
  if (value.is_unset() && verb.mode != 'v') return fail(verb, "null value cannot be formatted");
  if (first_unknown(value) != nullptr) return write_unknown(verb, value);
  if (is_json) {
    text += padded(verb, std::string(encode_json(call.arena, value).as_string()), false);
    return;
  }
  std::string error;
  if (verb.mode == 't' || (verb.mode == 'v' && value.is(ValueKind::kBool))) {
    Value truth = to_bool(call.arena, value, error);
    if (!error.empty()) return fail(verb, error);
    text += truth.as_bool() ? "true" : "false";
    return;
  }
  bool is_text = verb.mode == 's' || verb.mode == 'q' || (verb.mode == 'v' && value.is(ValueKind::kString));
  if (!is_text) {
    Verb layout = verb;
    bool is_whole = std::string_view("dboxX").find(verb.mode) != std::string_view::npos;
    if (is_whole && verb.precision >= 0) layout.has_zero = false;
    if (std::optional<std::string> number = number_for(verb, value)) text += padded(layout, std::move(*number), true);
    return;
  }
  Value converted = to_string(call.arena, value, error);
  if (!error.empty()) return fail(verb, error);
  std::string content(converted.as_string());
  if (verb.precision >= 0 && verb.mode != 'v') {
    std::vector<std::string_view> characters = split_characters(converted.as_string());
    std::size_t kept = std::min(characters.size(), static_cast<std::size_t>(verb.precision));
    content.clear();
    for (std::size_t i = 0; i < kept; ++i) content += characters[i];
  }
  if (verb.mode == 'q') {
    std::string quoted;
    append_json_string(content, quoted);
    content = std::move(quoted);
  }
  text += padded(verb, std::move(content), false);
}

Value Formatter::run() {
  for (std::size_t at = 0; at < format.size();) {
    if (format[at] != '%') {
      text += format[at++];
      continue;
    }
    if (format.substr(at).starts_with("%%")) {
      text += '%';
      at += 2;
      continue;
    }
    Verb verb;
    if (!read_verb(at, verb)) return call.fail(problem);
    std::size_t index = verb.argument != 0 ? verb.argument : next + 1;
    if (index > arguments.size()) {
      return call.fail(fmt::format("not enough arguments for \"{}\" at {}: need {} but have {}", verb.whole,
                                   verb.offset, index, arguments.size()));
    }
    next = index;
    most = std::max(most, index);
    write(verb, arguments[index - 1]);
    if (!problem.empty()) return call.fail(problem);
    if (call.exceeds_bytes(text.size())) return call.too_large("a string");
  }
  if (most < arguments.size()) {
    return call.fail(fmt::format("{} arguments are given, but the format uses {}", arguments.size(), most));
  }
  flush();
  // `format("%s", x)` is x.
  if (parts.size() == 1 && parts[0].is_unknown()) return parts[0].with_maybe(false);
  return Value::text_template(call.arena, parts, deciding_origin(arguments, call.span));
}

Value format(const Call& call) {
  Formatter formatter{call, call.text(0), call.arguments.subspan(1), {}, {}, {}, 0, 0};
  return formatter.run();
}

bool is_sequence(const Value& value) {
  return value.is(ValueKind::kList) || value.is(ValueKind::kSet);
}

// How many times formatlist formats; none if the lengths do not fit.
std::optional<std::size_t> common_length(const Call& call) {
  std::optional<std::size_t> length;
  for (const Value& argument : call.arguments.subspan(1)) {
    if (!is_sequence(argument)) continue;
    if (length && *length != argument.items().size()) return std::nullopt;
    length = argument.items().size();
  }
  return length.value_or(1);
}

Value formatlist(const Call& call) {
  for (const Value& argument : call.arguments.subspan(1)) {
    // Something unknown may be a list or not.
    bool is_scalar = argument.is(ValueKind::kTemplate) || is_never_empty(argument);
    if (argument.is_unknown() && !is_scalar) return call.unknown();
    if (is_sequence(argument) && argument.rest() != nullptr) return call.unknown();
  }
  std::optional<std::size_t> length = common_length(call);
  if (!length) return call.fail("the lists must have the same length");
  std::vector<Value> items;
  for (std::size_t i = 0; i < *length; ++i) {
    std::vector<Value> row;
    bool is_maybe = false;
    for (const Value& argument : call.arguments.subspan(1)) {
      row.push_back(is_sequence(argument) ? argument.items()[i] : argument);
      is_maybe = is_maybe || row.back().is_maybe();
      row.back() = row.back().with_maybe(false);
    }
    Formatter formatter{call, call.text(0), row, {}, {}, {}, 0, 0};
    Value item = formatter.run();
    if (item.is_unknown() && item.why().reason == UnknownReason::kInvalid) return item;
    items.push_back(item.with_maybe(is_maybe));
  }
  return call.list(items);
}

constexpr Function kFunctions[] = {
    {"format", "sv*", format},
    {"formatlist", "sv*", formatlist},
};

}  // namespace

std::span<const Function> format_functions() {
  return kFunctions;
}

}  // namespace halint
