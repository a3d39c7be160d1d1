// What the parts of a regular expression can match: the bytes that a capture may hold, and whether it is anchored.
// SPDX-License-Identifier: Apache-2.0
#include "nginx/regex_sets.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

#include "nginx/byte_classes.h"

namespace halint {
namespace {

using Kind = RegexPart::Kind;

constexpr int kMostDepth = 60;
constexpr std::uint32_t kMany = 1000;

class RegexParser {
 public:
  explicit RegexParser(std::string_view text) : text_(text) {}

  std::optional<RegexTree> parse() {
    RegexTree tree;
    tree.root = choice();
    if (!is_sound_ || at_ < text_.size()) return std::nullopt;
    return tree;
  }

 private:
  bool more() const { return is_sound_ && at_ < text_.size(); }
  char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(std::string_view what) {
    if (!text_.substr(at_).starts_with(what)) return false;
    at_ += what.size();
    return true;
  }
  RegexPart fail() {
    is_sound_ = false;
    return {};
  }

  RegexPart choice() {
    RegexPart result;
    result.kind = Kind::kChoice;
    if (++depth_ > kMostDepth) return fail();
    do result.parts.push_back(sequence());
    while (is_sound_ && take("|"));
    --depth_;
    if (result.parts.size() == 1) return std::exchange(result.parts.front(), {});
    return result;
  }

  RegexPart sequence() {
    RegexPart result;
    result.kind = Kind::kSequence;
    while (more() && next() != '|' && next() != ')') result.parts.push_back(repeated(one()));
    return result;
  }

  static RegexPart set(const ByteSet& bytes) {
    RegexPart part;
    part.kind = Kind::kSet;
    part.bytes = bytes;
    return part;
  }
  static RegexPart literal(char c) {
    RegexPart part = set(bytes_of(std::string_view(&c, 1)));
    part.is_literal = true;
    return part;
  }
  static RegexPart mark(Kind kind) {
    RegexPart part;
    part.kind = kind;
    return part;
  }

  RegexPart one() {
    char c = text_[at_++];
    switch (c) {
      case '^':
        return mark(Kind::kStart);
      case '$':
        return mark(Kind::kEnd);
      case '.': {
        RegexPart dot = set(takes_lines_ ? ~ByteSet() : ~bytes_of("\n"));
        dot.is_dot = true;
        return dot;
      }
      case '[':
        return bracket();
      case '(':
        return group();
      case '\\':
        return escaped();
      case '*':
      case '+':
      case '?':
        return fail();
      default:
        return literal(c);
    }
  }

  RegexPart escaped() {
    if (at_ >= text_.size()) return fail();
    char c = text_[at_++];
    if (auto known = escaped_class(c)) return set(*known);
    switch (c) {
      case 'A':
        return mark(Kind::kStart);
      case 'z':
      case 'Z':
        return mark(Kind::kEnd);
      case 'b':
      case 'B':
        return mark(Kind::kEmpty);
      default:
        break;
    }
    if (auto byte = escaped_byte(c)) return literal(*byte);
    return fail();
  }

  // After a backslash and `c`: `\n`, `\x2f`, `\.`.
  std::optional<char> escaped_byte(char c) {
    switch (c) {
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'f':
        return '\f';
      case 'e':
        return '\x1b';
      case 'x': {
        unsigned value = 0;
        std::string_view digits = text_.substr(at_, 2);
        auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
        if (error != std::errc()) return std::nullopt;
        at_ += end - digits.data();
        return static_cast<char>(value);
      }
      default:
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) return std::nullopt;
        return c;
    }
  }

  RegexPart bracket() {
    bool is_negated = take("^");
    ByteSet bytes;
    bool is_first = true;
    while (more() && (is_first || next() != ']')) {
      is_first = false;
      if (text_.substr(at_).starts_with("[:")) {
        std::size_t end = text_.find(":]", at_);
        auto known = end == text_.npos ? std::nullopt : named_class(text_.substr(at_ + 2, end - at_ - 2));
        if (!known) return fail();
        bytes |= *known;
        at_ = end + 2;
        continue;
      }
      ByteSet several;
      auto first = bracket_byte(several);
      bytes |= several;
      if (!first) continue;
      bool is_range = next() == '-' && at_ + 1 < text_.size() && text_[at_ + 1] != ']';
      if (!is_range) {
        bytes.set(static_cast<unsigned char>(*first));
        continue;
      }
      ++at_;
      auto last = bracket_byte(several);
      if (!last) return fail();
      for (int c = static_cast<unsigned char>(*first); c <= static_cast<unsigned char>(*last); ++c) bytes.set(c);
    }
    if (!take("]")) return fail();
    RegexPart part = set(is_negated ? ~bytes : bytes);
    return part;
  }

  // One byte of a `[...]`; null for a class, which is put into `several`, and for a fault.
  std::optional<char> bracket_byte(ByteSet& several) {
    char c = text_[at_++];
    if (c != '\\') return c;
    if (at_ >= text_.size()) return fail(), std::nullopt;
    c = text_[at_++];
    if (c == 'b') return '\b';
    if (auto known = escaped_class(c)) {
      several |= *known;
      return std::nullopt;
    }
    auto byte = escaped_byte(c);
    if (!byte) is_sound_ = false;
    return byte;
  }

  RegexPart group() {
    RegexPart result;
    bool captures = true;
    if (take("?")) {
      if (take("P<") || (text_.substr(at_).starts_with("<") && at_ + 1 < text_.size() &&
                         std::isalpha(static_cast<unsigned char>(text_[at_ + 1])) != 0 && take("<"))) {
        if (!name(result.name, '>')) return fail();
      } else if (take("'")) {
        if (!name(result.name, '\'')) return fail();
      } else {
        captures = false;
        if (!options()) return fail();
        if (take(")")) return {};
        if (!take(":") && !take(">")) return fail();
      }
    }
    RegexPart inner = choice();
    if (!take(")")) return fail();
    if (!captures) return inner;
    result.kind = Kind::kGroup;
    result.parts.push_back(std::move(inner));
    return result;
  }

  bool name(std::string& result, char end) {
    std::size_t close = text_.find(end, at_);
    if (close == text_.npos) return false;
    result = text_.substr(at_, close - at_);
    at_ = close + 1;
    return true;
  }

  // `i` and `s` of `(?i)`; others change more than is looked at here.
  bool options() {
    for (; next() == 'i' || next() == 's'; ++at_) takes_lines_ |= next() == 's';
    return next() == ')' || next() == ':' || next() == '>';
  }

  RegexPart repeated(RegexPart part) {
    std::uint32_t least = 1, most = 1;
    while (more() && quantifier(least, most)) {
      RegexPart outer;
      outer.kind = Kind::kRepeat;
      outer.least = least;
      outer.most = most;
      outer.parts.push_back(std::move(part));
      part = std::move(outer);
      if (!take("?")) take("+");
      if (++depth_ > kMostDepth) return fail();
    }
    depth_ -= count_repeats(part);
    return part;
  }

  static int count_repeats(const RegexPart& part) {
    int count = 0;
    for (const RegexPart* at = &part; at->kind == Kind::kRepeat; at = &at->parts.front()) ++count;
    return count;
  }

  bool quantifier(std::uint32_t& least, std::uint32_t& most) {
    if (take("*")) return least = 0, most = kMany, true;
    if (take("+")) return least = 1, most = kMany, true;
    if (take("?")) return least = 0, most = 1, true;
    std::size_t end = text_.find('}', at_);
    if (next() != '{' || end == text_.npos) return false;
    std::string_view body = text_.substr(at_ + 1, end - at_ - 1);
    const char* last = body.data() + body.size();
    auto [comma, error] = std::from_chars(body.data(), last, least);
    if (error != std::errc()) return false;
    most = least;
    if (comma != last && *comma == ',') {
      most = kMany;
      if (comma + 1 != last && std::from_chars(comma + 1, last, most).ptr != last) return false;
    } else if (comma != last) {
      return false;
    }
    least = std::min(least, kMany);
    most = std::min(most, kMany);
    at_ = end + 1;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool is_sound_ = true;
  bool takes_lines_ = false;  // `.` matches a line break.
};

ByteSet all_bytes(const RegexPart& part) {
  ByteSet bytes = part.kind == Kind::kSet ? part.bytes : ByteSet();
  for (const RegexPart& inner : part.parts) bytes |= all_bytes(inner);
  return bytes;
}

// What `part` may begin with. `is_empty`: it may match nothing, and what comes after it begins.
ByteSet first_bytes(const RegexPart& part, bool& is_empty) {
  ByteSet bytes;
  switch (part.kind) {
    case Kind::kSet:
      is_empty = false;
      return part.bytes;
    case Kind::kSequence:
      is_empty = true;
      for (std::size_t i = 0; i < part.parts.size() && is_empty; ++i) bytes |= first_bytes(part.parts[i], is_empty);
      return bytes;
    case Kind::kChoice: {
      bool is_any_empty = false;
      for (const RegexPart& inner : part.parts) {
        bytes |= first_bytes(inner, is_empty);
        is_any_empty |= is_empty;
      }
      is_empty = is_any_empty;
      return bytes;
    }
    case Kind::kRepeat:
    case Kind::kGroup:
      bytes = first_bytes(part.parts.front(), is_empty);
      is_empty |= part.kind == Kind::kRepeat && part.least == 0;
      return bytes;
    default:
      is_empty = true;
      return bytes;
  }
}

void collect_groups(const RegexPart& part, std::vector<RegexGroup>& groups) {
  if (part.kind == Kind::kGroup) {
    RegexGroup& group = groups.emplace_back();
    group.name = part.name;
    group.bytes = all_bytes(part);
    bool is_empty = false;
    group.begins_with_slash = first_bytes(part, is_empty) == bytes_of("/") && !is_empty;
  }
  for (const RegexPart& inner : part.parts) collect_groups(inner, groups);
}

// Every way through `part` begins with `^`, or ends with `$`.
bool is_anchored(const RegexPart& part, Kind mark) {
  switch (part.kind) {
    case Kind::kSequence:
      if (part.parts.empty()) return false;
      return is_anchored(mark == Kind::kStart ? part.parts.front() : part.parts.back(), mark);
    case Kind::kChoice:
      return std::ranges::all_of(part.parts, [&](const RegexPart& inner) { return is_anchored(inner, mark); });
    case Kind::kGroup:
      return is_anchored(part.parts.front(), mark);
    default:
      return part.kind == mark;
  }
}

}  // namespace

std::optional<RegexTree> parse_regex(std::string_view pattern) {
  std::optional<RegexTree> tree = RegexParser(pattern).parse();
  if (tree) collect_groups(tree->root, tree->groups);
  return tree;
}

std::optional<ByteSet> bytes_of_whole(const RegexTree& tree) {
  if (!is_anchored(tree.root, Kind::kStart) || !is_anchored(tree.root, Kind::kEnd)) return std::nullopt;
  return all_bytes(tree.root);
}

}  // namespace halint
