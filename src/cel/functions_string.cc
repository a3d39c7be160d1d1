// Functions on strings: those of CEL and of its string extension in cel-go.
// SPDX-License-Identifier: Apache-2.0
#include <re2/re2.h>

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "cel/evaluate.h"
#include "cel/functions.h"
#include "cel/operations.h"
#include "cel/unicode.h"

namespace halint::cel {
namespace {

using Args = std::span<const Value>;

Value text(Call& call, std::string_view content) {
  return Value::string(call.arena, call.arena.copy(content));
}

// The three tests of form are decided by the known parts of a template where these suffice.
Value contains(Call& call, Args args) {
  if (!args[1].is(ValueKind::kString) || args[0].is_unknown()) return call.unknown();
  const std::string_view wanted = args[1].as_string();
  if (args[0].is(ValueKind::kString)) return Value::boolean(args[0].as_string().find(wanted) != std::string_view::npos);
  for (const Value& part : args[0].items()) {
    if (part.is(ValueKind::kString) && part.as_string().find(wanted) != std::string_view::npos)
      return Value::boolean(true);
  }
  return call.unknown();
}

Value starts_with(Call& call, Args args) {
  if (!args[1].is(ValueKind::kString) || args[0].is_unknown()) return call.unknown();
  const std::string_view wanted = args[1].as_string();
  if (args[0].is(ValueKind::kString)) return Value::boolean(args[0].as_string().starts_with(wanted));
  const Value& first = args[0].items().front();
  if (wanted.empty()) return Value::boolean(true);
  if (!first.is(ValueKind::kString)) return call.unknown();
  const std::string_view known = first.as_string();
  if (known.starts_with(wanted)) return Value::boolean(true);
  return wanted.starts_with(known) ? call.unknown() : Value::boolean(false);
}

Value ends_with(Call& call, Args args) {
  if (!args[1].is(ValueKind::kString) || args[0].is_unknown()) return call.unknown();
  const std::string_view wanted = args[1].as_string();
  if (args[0].is(ValueKind::kString)) return Value::boolean(args[0].as_string().ends_with(wanted));
  const Value& last = args[0].items().back();
  if (wanted.empty()) return Value::boolean(true);
  if (!last.is(ValueKind::kString)) return call.unknown();
  const std::string_view known = last.as_string();
  if (known.ends_with(wanted)) return Value::boolean(true);
  return wanted.ends_with(known) ? call.unknown() : Value::boolean(false);
}

Value matches(Call& call, Args args) {
  std::string error;
  const re2::RE2* pattern = call.regexes.find(args[1].as_string(), error);
  if (pattern == nullptr) return call.fail(std::move(error));
  const std::string_view subject = args[0].as_string();
  return Value::boolean(re2::RE2::PartialMatch(re2::StringPiece(subject.data(), subject.size()), *pattern));
}

Value size(Call&, Args args) {
  return Value::integer(static_cast<std::int64_t>(code_points(args[0].as_string()).size()));
}

Value map_ascii(Call& call, std::string_view content, char from, char to, int shift) {
  std::string result(content);
  for (char& c : result) {
    if (c >= from && c <= to) c = static_cast<char>(c + shift);
  }
  return text(call, result);
}

Value lower_ascii(Call& call, Args args) {
  return map_ascii(call, args[0].as_string(), 'A', 'Z', 'a' - 'A');
}
Value upper_ascii(Call& call, Args args) {
  return map_ascii(call, args[0].as_string(), 'a', 'z', 'A' - 'a');
}

bool is_space(std::string_view piece) {
  if (piece.size() == 1) return std::string_view(" \t\n\v\f\r").find(piece[0]) != std::string_view::npos;
  static constexpr std::string_view kWide[] = {"\u0085", "\u00a0", "\u1680", "\u2028",
                                               "\u2029", "\u202f", "\u205f", "\u3000"};
  if (std::find(std::begin(kWide), std::end(kWide), piece) != std::end(kWide)) return true;
  return piece.size() == 3 && piece.starts_with("\xe2\x80") &&
         static_cast<unsigned char>(piece[2]) <= 0x8A;  // U+2000..U+200A
}

Value trim(Call& call, Args args) {
  const std::string_view whole = args[0].as_string();
  std::size_t begin = 0;
  std::size_t end = whole.size();
  const std::vector<std::string_view> pieces = code_points(whole);
  std::size_t first = 0;
  std::size_t last = pieces.size();
  for (; first < last && is_space(pieces[first]); ++first) begin += pieces[first].size();
  for (; last > first && is_space(pieces[last - 1]); --last) end -= pieces[last - 1].size();
  return text(call, whole.substr(begin, end - begin));
}

// At most `limit` pieces; -1: all.
Value split(Call& call, std::string_view whole, std::string_view separator, std::int64_t limit) {
  std::vector<Value> pieces;
  if (limit == 0) return Value::list(call.arena, pieces);
  std::string_view rest = whole;
  if (separator.empty()) {
    for (std::string_view piece : code_points(whole)) {
      if (limit > 0 && static_cast<std::int64_t>(pieces.size()) + 1 == limit) break;
      pieces.push_back(text(call, piece));
      rest.remove_prefix(piece.size());
    }
    if (!rest.empty()) pieces.push_back(text(call, rest));
    return Value::list(call.arena, pieces);
  }
  while (limit < 0 || static_cast<std::int64_t>(pieces.size()) + 1 < limit) {
    const std::size_t found = rest.find(separator);
    if (found == std::string_view::npos) break;
    pieces.push_back(text(call, rest.substr(0, found)));
    rest.remove_prefix(found + separator.size());
  }
  pieces.push_back(text(call, rest));
  return Value::list(call.arena, pieces);
}

Value split_all(Call& call, Args args) {
  return split(call, args[0].as_string(), args[1].as_string(), -1);
}
Value split_limit(Call& call, Args args) {
  return split(call, args[0].as_string(), args[1].as_string(), args[2].as_integer());
}

Value replace(Call& call, std::string_view whole, std::string_view old, std::string_view with, std::int64_t limit) {
  std::string result;
  constexpr std::size_t kMaxResult = 1 << 20;
  while (limit != 0) {
    const std::size_t found = whole.find(old);
    if (found == std::string_view::npos) break;
    result += whole.substr(0, found);
    result += with;
    whole.remove_prefix(found + old.size());
    if (limit > 0) --limit;
    if (old.empty()) {
      if (whole.empty()) return text(call, result);
      const std::string_view piece = code_points(whole.substr(0, 4)).front();
      result += piece;
      whole.remove_prefix(piece.size());
    }
    if (result.size() > kMaxResult) return call.fail("`replace` makes the string too long");
  }
  result += whole;
  return text(call, result);
}

Value replace_all(Call& call, Args args) {
  return replace(call, args[0].as_string(), args[1].as_string(), args[2].as_string(), -1);
}
Value replace_limit(Call& call, Args args) {
  return replace(call, args[0].as_string(), args[1].as_string(), args[2].as_string(), args[3].as_integer());
}

Value substring(Call& call, std::string_view whole, std::int64_t from, std::int64_t to) {
  const std::vector<std::string_view> pieces = code_points(whole);
  const auto size = static_cast<std::int64_t>(pieces.size());
  if (to < 0) to = size;
  if (from < 0 || to > size || from > to) return call.fail("`substring` is out of range");
  std::string result;
  for (std::int64_t i = from; i < to; ++i) result += pieces[static_cast<std::size_t>(i)];
  return text(call, result);
}

Value substring_from(Call& call, Args args) {
  return substring(call, args[0].as_string(), args[1].as_integer(), -1);
}
Value substring_to(Call& call, Args args) {
  if (args[2].as_integer() < 0) return call.fail("`substring` is out of range");
  return substring(call, args[0].as_string(), args[1].as_integer(), args[2].as_integer());
}

Value char_at(Call& call, Args args) {
  const std::vector<std::string_view> pieces = code_points(args[0].as_string());
  const std::int64_t at = args[1].as_integer();
  if (at < 0 || at > static_cast<std::int64_t>(pieces.size())) return call.fail("`charAt` is out of range");
  return at == static_cast<std::int64_t>(pieces.size()) ? text(call, "")
                                                        : text(call, pieces[static_cast<std::size_t>(at)]);
}

Value position(std::string_view whole, std::size_t bytes) {
  if (bytes == std::string_view::npos) return Value::integer(-1);
  return Value::integer(static_cast<std::int64_t>(code_points(whole.substr(0, bytes)).size()));
}

Value index_of(Call&, Args args) {
  return position(args[0].as_string(), args[0].as_string().find(args[1].as_string()));
}

Value index_of_from(Call& call, Args args) {
  const std::vector<std::string_view> pieces = code_points(args[0].as_string());
  const std::int64_t from = args[2].as_integer();
  if (from < 0 || from > static_cast<std::int64_t>(pieces.size())) return call.fail("`indexOf` is out of range");
  std::size_t bytes = 0;
  for (std::int64_t i = 0; i < from; ++i) bytes += pieces[static_cast<std::size_t>(i)].size();
  return position(args[0].as_string(), args[0].as_string().find(args[1].as_string(), bytes));
}

Value last_index_of(Call&, Args args) {
  return position(args[0].as_string(), args[0].as_string().rfind(args[1].as_string()));
}

Value reverse(Call& call, Args args) {
  std::vector<std::string_view> pieces = code_points(args[0].as_string());
  std::string result;
  for (auto it = pieces.rbegin(); it != pieces.rend(); ++it) result += *it;
  return text(call, result);
}

Value join(Call& call, const Value& list, std::string_view separator) {
  constexpr std::size_t kMaxResult = 1 << 20;
  std::string result;
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    const Value& item = list.items()[i];
    if (!item.is_wholly_known() || item.is_maybe()) return call.unknown();
    if (!item.is(ValueKind::kString)) return call.fail("`join` takes strings, not " + std::string(kind_name(item)));
    if (i > 0) result += separator;
    result += item.as_string();
    if (result.size() > kMaxResult) return call.fail("`join` makes the string too long");
  }
  return list.rest() != nullptr ? call.unknown() : text(call, result);
}

Value join_plain(Call& call, Args args) {
  return join(call, args[0], "");
}
Value join_with(Call& call, Args args) {
  return join(call, args[0], args[1].as_string());
}

// "1 zone", "2 zones"; an interval of several counts as many.
Value plural(Call& call, const Value& number, std::string_view one, std::string_view many) {
  if (number.is_unknown()) return text(call, "an unknown number of " + std::string(many));
  const Interval bounds = number.bounds();
  const auto print = [](double value) { return std::to_string(static_cast<std::int64_t>(value)); };
  if (bounds.lower == bounds.upper)
    return text(call, print(bounds.lower) + " " + std::string(bounds.lower == 1 ? one : many));
  if (bounds.upper == std::numeric_limits<double>::infinity()) {
    if (bounds.lower < 1) return text(call, "some " + std::string(many));
    return text(call, "at least " + print(bounds.lower) + " " + std::string(bounds.lower == 1 ? one : many));
  }
  return text(call, print(bounds.lower) + " to " + print(bounds.upper) + " " + std::string(many));
}

// English: policy, policies; zone, zones; address, addresses.
std::string plural_of(std::string_view word) {
  std::string result(word);
  const bool after_consonant =
      word.size() > 1 && std::string_view("aeiou").find(word[word.size() - 2]) == std::string_view::npos;
  if (word.ends_with('y') && after_consonant) {
    result.back() = 'i';
    return result + "es";
  }
  for (std::string_view hissing : {"s", "x", "z", "ch", "sh"}) {
    if (word.ends_with(hissing)) return result + "es";
  }
  return result + "s";
}

Value plural_regular(Call& call, Args args) {
  if (!args[1].is(ValueKind::kString)) return call.unknown();
  return plural(call, args[0], args[1].as_string(), plural_of(args[1].as_string()));
}
Value plural_given(Call& call, Args args) {
  if (!args[1].is(ValueKind::kString) || !args[2].is(ValueKind::kString)) return call.unknown();
  return plural(call, args[0], args[1].as_string(), args[2].as_string());
}

constexpr Function kFunctions[] = {
    {".contains", "string, string -> bool", contains, false},
    {".startsWith", "string, string -> bool", starts_with, false},
    {".endsWith", "string, string -> bool", ends_with, false},
    {".matches", "string, string -> bool", matches},
    {"matches", "string, string -> bool", matches},
    {"size", "string -> int", size},
    {".size", "string -> int", size},
    {".lowerAscii", "string -> string", lower_ascii},
    {".upperAscii", "string -> string", upper_ascii},
    {".trim", "string -> string", trim},
    {".split", "string, string -> list<string>", split_all},
    {".split", "string, string, int -> list<string>", split_limit},
    {".replace", "string, string, string -> string", replace_all},
    {".replace", "string, string, string, int -> string", replace_limit},
    {".substring", "string, int -> string", substring_from},
    {".substring", "string, int, int -> string", substring_to},
    {".charAt", "string, int -> string", char_at},
    {".indexOf", "string, string -> int", index_of},
    {".indexOf", "string, string, int -> int", index_of_from},
    {".lastIndexOf", "string, string -> int", last_index_of},
    {".reverse", "string -> string", reverse},
    {".join", "list<string> -> string", join_plain},
    {".join", "list<string>, string -> string", join_with},
    {"plural", "int, string -> string", plural_regular, false},
    {"plural", "int, string, string -> string", plural_given, false},
};

}  // namespace

std::span<const Function> string_functions() {
  return kFunctions;
}

}  // namespace halint::cel
