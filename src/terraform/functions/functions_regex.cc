// Terraform's functions with regular expressions, on RE2, whose syntax is Go's and which never is slow.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <re2/re2.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "terraform/functions/function_table.h"
#include "terraform/functions/shape_samples.h"
#include "terraform/values/convert.h"
#include "terraform/values/operators.h"
#include "terraform/values/text.h"

namespace halint {
namespace {

constexpr std::int64_t kPatternMemory = 4 << 20;
constexpr std::size_t kLongestPattern = 10'000;

// `(?<name>` is how newer RE2 and Go also write `(?P<name>`.
std::string with_old_names(std::string_view pattern) {
  std::string out;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      out += c;
      out += pattern[++i];
      continue;
    }
    if (c == '[') in_class = true;
    if (c == ']') in_class = false;
    bool names = !in_class && pattern.substr(i).starts_with("(?<") && i + 3 < pattern.size() && pattern[i + 3] != '=' &&
                 pattern[i + 3] != '!';
    if (names) {
      out += "(?P<";
      i += 2;
      continue;
    }
    out += c;
  }
  return out;
}

// A compiled pattern, or what is wrong with it.
struct Pattern {
  std::unique_ptr<re2::RE2> compiled;
  std::string problem;
};

Pattern compile(std::string_view text) {
  Pattern pattern;
  if (text.size() > kLongestPattern) {
    pattern.problem = "the regular expression is longer than the limit";
    return pattern;
  }
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(kPatternMemory);
  pattern.compiled = std::make_unique<re2::RE2>(with_old_names(text), options);
  if (pattern.compiled->ok()) return pattern;
  pattern.problem = fmt::format("the regular expression is wrong: {}", pattern.compiled->error());
  bool looks_around = text.find("(?=") != std::string_view::npos || text.find("(?!") != std::string_view::npos ||
                      text.find("(?<=") != std::string_view::npos || text.find("(?<!") != std::string_view::npos;
  if (looks_around)
    pattern.problem = "the regular expression looks ahead or behind, which Terraform's syntax (RE2) lacks";
  return pattern;
}

using Groups = std::vector<re2::StringPiece>;

std::string_view view_of(const re2::StringPiece& piece) {
  return {piece.data(), piece.size()};
}

bool match_at(const re2::RE2& pattern, std::string_view text, std::size_t start, Groups& groups) {
  if (text.data() == nullptr) text = "";  // RE2 marks groups without match by a null pointer.
  groups.assign(static_cast<std::size_t>(pattern.NumberOfCapturingGroups()) + 1, re2::StringPiece());
  return pattern.Match(re2::StringPiece(text.data(), text.size()), start, text.size(), re2::RE2::UNANCHORED,
                       groups.data(), static_cast<int>(groups.size()));
}

std::size_t code_point_size(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 1;
  return split_code_points(text.substr(at, 4)).front().size();
}

// Calls `found` for each match from left to right, as Go does: an empty match right behind a match does not count.
template <typename Found>
void for_each_match(const re2::RE2& pattern, std::string_view text, const Found& found) {
  std::size_t start = 0;
  std::size_t previous_end = std::string_view::npos;
  Groups groups;
  while (start <= text.size() && match_at(pattern, text, start, groups)) {
    std::size_t begin = static_cast<std::size_t>(groups[0].data() - text.data());
    std::size_t end = begin + groups[0].size();
    bool counts = begin != end || end != previous_end;
    if (counts && !found(groups)) return;
    previous_end = end;
    start = begin == end ? end + code_point_size(text, end) : end;
  }
}

// Whether the groups of a pattern have names; mixing is an error in Terraform.
bool mixes_names(const re2::RE2& pattern) {
  std::size_t named = pattern.NamedCapturingGroups().size();
  return named != 0 && named != static_cast<std::size_t>(pattern.NumberOfCapturingGroups());
}

// Without groups the whole match, otherwise the groups: a tuple, or an object if they have names.
Value value_of_match(const Call& call, const re2::RE2& pattern, const Groups& groups) {
  auto text_of = [&](const re2::StringPiece& piece) {
    return piece.data() == nullptr ? Value::null() : call.string(view_of(piece));
  };
  if (groups.size() == 1) return text_of(groups[0]);
  if (!pattern.NamedCapturingGroups().empty()) {
    std::vector<Member> members;
    for (const auto& [name, number] : pattern.NamedCapturingGroups()) {
      members.push_back(
          {call.arena.copy(std::string_view(name)), text_of(groups[static_cast<std::size_t>(number)]), {}});
    }
    return Value::map(call.arena, std::move(members));
  }
  std::vector<Value> items;
  for (std::size_t i = 1; i < groups.size(); ++i) items.push_back(text_of(groups[i]));
  return call.tuple(items);
}

Value first_match(const Call& call, const re2::RE2& pattern, std::string_view text) {
  Groups groups;
  return match_at(pattern, text, 0, groups) ? value_of_match(call, pattern, groups) : Value::absent();
}

Value regex(const Call& call) {
  Pattern pattern = compile(call.text(0));
  if (!pattern.problem.empty()) return call.fail(pattern.problem);
  if (mixes_names(*pattern.compiled)) return call.fail("the groups must all have names, or none of them");
  Value found = call[1].is(ValueKind::kString) ? first_match(call, *pattern.compiled, call.text(1))
                                               : decide_by_shape(call, call[1], [&](std::string_view sample) {
                                                   return first_match(call, *pattern.compiled, sample);
                                                 });
  return found.is_absent() ? call.fail("the pattern does not match the string") : found;
}

Value all_matches(const Call& call, const re2::RE2& pattern, std::string_view text) {
  std::vector<Value> items;
  for_each_match(pattern, text, [&](const Groups& groups) {
    items.push_back(value_of_match(call, pattern, groups));
    return !call.exceeds_items(items.size());
  });
  if (call.exceeds_items(items.size())) return call.too_large("a list");
  return call.list(items);
}

Value regexall(const Call& call) {
  Pattern pattern = compile(call.text(0));
  if (!pattern.problem.empty()) return call.fail(pattern.problem);
  if (mixes_names(*pattern.compiled)) return call.fail("the groups must all have names, or none of them");
  if (call[1].is(ValueKind::kString)) return all_matches(call, *pattern.compiled, call.text(1));
  return decide_by_shape(call, call[1],
                         [&](std::string_view sample) { return all_matches(call, *pattern.compiled, sample); });
}

bool is_name_letter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// Appends what `$name` or `${name}` stands for in a replacement.
void append_group(const re2::RE2& pattern, const Groups& groups, std::string_view name, std::string& out) {
  std::size_t number = 0;
  bool is_number = !name.empty() && name.size() < 9;
  for (char c : name) {
    is_number = is_number && c >= '0' && c <= '9';
    number = is_number ? number * 10 + static_cast<std::size_t>(c - '0') : 0;
  }
  if (!is_number) {
    auto found = pattern.NamedCapturingGroups().find(std::string(name));
    if (found == pattern.NamedCapturingGroups().end()) return;
    number = static_cast<std::size_t>(found->second);
  }
  if (number < groups.size()) out.append(view_of(groups[number]));
}

// Go's template: `$1`, `${1}`, `$name`, `$$`. The longest name counts: `$1x` is the group "1x".
void expand(const re2::RE2& pattern, const Groups& groups, std::string_view replacement, std::string& out) {
  for (std::size_t i = 0; i < replacement.size();) {
    std::string_view rest = replacement.substr(i);
    if (rest[0] != '$' || rest.size() == 1) {
      out += rest[0];
      ++i;
      continue;
    }
    if (rest[1] == '$') {
      out += '$';
      i += 2;
      continue;
    }
    bool is_braced = rest[1] == '{';
    std::size_t begin = is_braced ? 2 : 1;
    std::size_t end = begin;
    while (end < rest.size() && is_name_letter(rest[end])) ++end;
    bool is_closed = !is_braced || (end < rest.size() && rest[end] == '}');
    if (end == begin || !is_closed) {
      out += '$';
      ++i;
      continue;
    }
    append_group(pattern, groups, rest.substr(begin, end - begin), out);
    i += end + (is_braced ? 1 : 0);
  }
}

// False if the result is too long.
bool replace_matches(const Call& call, const re2::RE2& pattern, std::string_view text, std::string& out) {
  std::size_t copied = 0;
  for_each_match(pattern, text, [&](const Groups& groups) {
    std::size_t begin = static_cast<std::size_t>(groups[0].data() - text.data());
    out.append(text.substr(copied, begin - copied));
    expand(pattern, groups, call.text(2), out);
    copied = begin + groups[0].size();
    return !call.exceeds_bytes(out.size());
  });
  out.append(text.substr(copied));
  return !call.exceeds_bytes(out.size());
}

bool replace_text(const Call& call, std::string_view text, std::string& out) {
  std::string_view wanted = call.text(1);
  std::string_view replacement = call.text(2);
  if (wanted.empty()) {
    out = replacement;
    for (std::string_view point : split_code_points(text)) {
      out.append(point).append(replacement);
      if (call.exceeds_bytes(out.size())) return false;
    }
    return true;
  }
  for (std::size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted)) {
    out.append(text.substr(0, at)).append(replacement);
    text.remove_prefix(at + wanted.size());
    if (call.exceeds_bytes(out.size())) return false;
  }
  out.append(text);
  return !call.exceeds_bytes(out.size());
}

Value replace(const Call& call) {
  std::string_view wanted = call.text(1);
  bool is_pattern = wanted.size() > 1 && wanted.starts_with('/') && wanted.ends_with('/');
  Pattern pattern;
  if (is_pattern) pattern = compile(wanted.substr(1, wanted.size() - 2));
  if (!pattern.problem.empty()) return call.fail(pattern.problem);
  bool is_too_large = false;
  auto replaced = [&](std::string_view text) {
    std::string out;
    is_too_large = is_too_large ||
                   !(is_pattern ? replace_matches(call, *pattern.compiled, text, out) : replace_text(call, text, out));
    return call.string(is_too_large ? std::string_view() : std::string_view(out));
  };
  Value result = call[0].is(ValueKind::kString) ? replaced(call.text(0)) : decide_by_shape(call, call[0], replaced);
  return is_too_large ? call.too_large("a string") : result;
}

constexpr Function kFunctions[] = {
    {"regex", "sS", regex},
    {"regexall", "sS", regexall},
    {"replace", "Sss", replace},
};

}  // namespace

std::span<const Function> regex_functions() {
  return kFunctions;
}

}  // namespace halint
