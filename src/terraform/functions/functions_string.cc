// Terraform's functions on strings. Formats and regular expressions have files of their own.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "terraform/functions/function_table.h"
#include "terraform/functions/shape_samples.h"
#include "terraform/values/convert.h"
#include "terraform/values/text.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

Value chomp(const Call& call) {
  std::string_view text = call.text(0);
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  return call.string(text);
}

// Text to text, letter by letter: the known parts of a template are changed, the unknown ones named by the call.
Value change_case(const Call& call, std::string (*change)(std::string_view)) {
  const Value& text = call[0];
  if (text.is(ValueKind::kString)) return call.string(change(text.as_string()));
  if (!text.is(ValueKind::kTemplate)) return call.unknown();
  std::vector<Value> parts;
  for (const Value& part : text.items()) {
    if (part.is_maybe()) return call.unknown();  // The JSON of something.
    parts.push_back(part.is(ValueKind::kString)
                        ? call.string(change(part.as_string()))
                        : unknown_result(call.arena, call.function.name, {&part, 1}, call.span));
  }
  return Value::text_template(call.arena, parts);
}

Value lower(const Call& call) {
  return change_case(call, lower_case);
}

Value upper(const Call& call) {
  return change_case(call, upper_case);
}

Value title(const Call& call) {
  return call.string(title_case(call.text(0)));
}

Value indent(const Call& call) {
  std::int64_t spaces = call.integer(0);
  std::string_view text = call.text(1);
  if (spaces < 0) return call.fail("the number of spaces must not be negative");
  std::uint64_t lines = static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
  bool is_huge = static_cast<std::uint64_t>(spaces) > call.context.limits.string_bytes;
  if (is_huge || call.exceeds_bytes(text.size() + lines * static_cast<std::uint64_t>(spaces))) {
    return call.too_large("a string");
  }
  std::string out;
  for (char c : text) {
    out += c;
    if (c == '\n') out.append(static_cast<std::size_t>(spaces), ' ');
  }
  return call.string(out);
}

Value trim(const Call& call) {
  std::vector<std::string_view> points = split_code_points(call.text(0));
  std::vector<std::string_view> unwanted = split_code_points(call.text(1));
  auto is_unwanted = [&](std::string_view point) { return std::ranges::find(unwanted, point) != unwanted.end(); };
  std::size_t first = 0;
  std::size_t last = points.size();
  while (first < last && is_unwanted(points[first])) ++first;
  while (last > first && is_unwanted(points[last - 1])) --last;
  std::string out;
  for (std::size_t i = first; i < last; ++i) out += points[i];
  return call.string(out);
}

Value trimprefix(const Call& call) {
  std::string_view text = call.text(0);
  if (text.starts_with(call.text(1))) text.remove_prefix(call.text(1).size());
  return call.string(text);
}

Value trimsuffix(const Call& call) {
  std::string_view text = call.text(0);
  if (text.ends_with(call.text(1))) text.remove_suffix(call.text(1).size());
  return call.string(text);
}

Value trimspace(const Call& call) {
  return call.string(trim_space(call.text(0)));
}

// The known text at one end of a template; false if that end is unknown.
bool known_end(const Value& text, bool is_start, std::string_view& known) {
  if (!text.is(ValueKind::kTemplate)) return false;
  const Value& part = is_start ? text.items().front() : text.items().back();
  if (!part.is(ValueKind::kString)) return false;
  known = part.as_string();
  return true;
}

Value test_end(const Call& call, bool is_start) {
  std::string_view wanted = call.text(1);
  auto fits = [&](std::string_view text) { return is_start ? text.starts_with(wanted) : text.ends_with(wanted); };
  if (call[0].is(ValueKind::kString)) return call.boolean(fits(call.text(0)));
  if (wanted.empty()) return call.boolean(true);
  std::string_view known;
  if (!known_end(call[0], is_start, known)) {
    return decide_by_shape(call, call[0], [&](std::string_view sample) { return call.boolean(fits(sample)); });
  }
  if (known.size() >= wanted.size()) return call.boolean(fits(known));
  bool may_fit = is_start ? wanted.starts_with(known) : wanted.ends_with(known);
  return may_fit ? call.unknown() : call.boolean(false);
}

Value startswith(const Call& call) {
  return test_end(call, true);
}

Value endswith(const Call& call) {
  return test_end(call, false);
}

Value strcontains(const Call& call) {
  std::string_view wanted = call.text(1);
  auto holds = [&](std::string_view text) { return text.find(wanted) != std::string_view::npos; };
  if (call[0].is(ValueKind::kString)) return call.boolean(holds(call.text(0)));
  if (call[0].is(ValueKind::kTemplate)) {
    bool is_inside = std::ranges::any_of(
        call[0].items(), [&](const Value& part) { return part.is(ValueKind::kString) && holds(part.as_string()); });
    return is_inside ? call.boolean(true) : call.unknown();
  }
  return decide_by_shape(call, call[0], [&](std::string_view sample) { return call.boolean(holds(sample)); });
}

Value strrev(const Call& call) {
  std::vector<std::string_view> characters = split_characters(call.text(0));
  std::string out;
  for (std::size_t i = characters.size(); i-- > 0;) out += characters[i];
  return call.string(out);
}

std::string part_of_text(std::string_view text, std::int64_t offset, std::int64_t length) {
  std::vector<std::string_view> characters = split_characters(text);
  std::int64_t size = static_cast<std::int64_t>(characters.size());
  if (offset < 0) offset = std::max<std::int64_t>(0, size + offset);
  offset = std::min(offset, size);
  std::int64_t end = length < 0 || length > size - offset ? size : offset + length;
  std::string out;
  for (std::int64_t i = offset; i < end; ++i) out += characters[static_cast<std::size_t>(i)];
  return out;
}

Value substr(const Call& call) {
  std::int64_t offset = call.integer(1);
  std::int64_t length = call.integer(2);
  if (call[0].is(ValueKind::kString)) return call.string(part_of_text(call.text(0), offset, length));
  std::string_view known;
  bool is_inside = known_end(call[0], true, known) && offset >= 0 && length >= 0 &&
                   offset <= static_cast<std::int64_t>(known.size()) &&
                   length < static_cast<std::int64_t>(count_characters(known)) - offset;
  if (is_inside) return call.string(part_of_text(known, offset, length));
  return decide_by_shape(call, call[0],
                         [&](std::string_view sample) { return call.string(part_of_text(sample, offset, length)); });
}

std::vector<std::string> split_text(std::string_view separator, std::string_view text) {
  std::vector<std::string> parts;
  if (separator.empty()) {
    for (std::string_view point : split_code_points(text)) parts.emplace_back(point);
    return parts;
  }
  for (;;) {
    std::size_t at = text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + separator.size());
  }
}

Value split(const Call& call) {
  if (!call[1].is(ValueKind::kString)) {
    return decide_by_shape(call, call[1],
                           [&](std::string_view sample) { return call.strings(split_text(call.text(0), sample)); });
  }
  std::vector<std::string> parts = split_text(call.text(0), call.text(1));
  if (call.exceeds_items(parts.size())) return call.too_large("a list");
  return call.strings(parts);
}

// What join does to the items of one list.
struct Joiner {
  const Call& call;
  std::vector<Value> parts;
  std::uint64_t bytes = 0;
  bool is_first = true;
  std::string problem;
  bool is_uncertain = false;

  void add(const Value& item, std::size_t index) {
    if (item.is_unset()) {
      problem = fmt::format("the item {} is null", index);
      return;
    }
    if (item.is_maybe()) is_uncertain = true;
    std::string error;
    Value text = to_string(call.arena, item, error);
    if (!error.empty()) problem = fmt::format("the item {} must be a string", index);
    if (!is_first && !call.text(0).empty()) parts.push_back(call[0]);
    is_first = false;
    bytes += call.text(0).size() + (text.is(ValueKind::kString) ? text.as_string().size() : 0);
    parts.push_back(text);
  }
};

Value join(const Call& call) {
  if (call.size() < 2) return call.fail("at least one list is required");
  Joiner joiner{call, {}, 0, true, {}, false};
  for (std::size_t i = 1; i < call.size(); ++i) {
    joiner.is_uncertain = joiner.is_uncertain || call[i].rest() != nullptr;
    for (std::size_t j = 0; j < call[i].items().size() && joiner.problem.empty(); ++j) {
      joiner.add(call[i].items()[j], j);
      if (call.exceeds_bytes(joiner.bytes)) return call.too_large("a string");
    }
  }
  if (!joiner.problem.empty()) return call.fail(joiner.problem);
  // `join("", aws_x.y[*].id)` with an unknown count: that thing, if there is one.
  bool is_one = joiner.parts.size() == 1 && call.size() == 2 && call[1].rest() == nullptr;
  if (is_one && joiner.parts[0].is_unknown()) return joiner.parts[0].with_maybe(false);
  if (joiner.is_uncertain) return call.unknown();
  return Value::text_template(call.arena, joiner.parts, call.span);
}

constexpr Function kFunctions[] = {
    {"chomp", "s", chomp},
    {"endswith", "Ss", endswith},
    {"indent", "is", indent},
    {"join", "sL*", join},
    {"lower", "S", lower},
    {"split", "sS", split},
    {"startswith", "Ss", startswith},
    {"strcontains", "Ss", strcontains},
    {"strrev", "s", strrev},
    {"substr", "Sii", substr},
    {"title", "s", title},
    {"trim", "ss", trim},
    {"trimprefix", "ss", trimprefix},
    {"trimspace", "s", trimspace},
    {"trimsuffix", "ss", trimsuffix},
    {"upper", "S", upper},
};

}  // namespace

std::span<const Function> string_functions() {
  return kFunctions;
}

}  // namespace halint
