// JSON text as a tree that knows where everything stands.
// SPDX-License-Identifier: Apache-2.0
#include "base/json_tree.h"

#include <fmt/format.h>

#include <string>

#include "base/text.h"

namespace halint {
namespace {

class JsonParser {
 public:
  JsonParser(std::string_view text, FileId file, Arena& arena, std::uint32_t nesting)
      : text_(text), file_(file), arena_(arena), nesting_(nesting) {}

  Parsed<JsonNode> run() {
    if (has_byte_order_mark(text_)) at_ = kByteOrderMark.size();
    Parsed<JsonNode> result;
    result.value = value(0);
    skip_space();
    if (!failed_ && at_ < text_.size()) fail("expected the end of the file");
    result.diagnostics = std::move(diagnostics_);
    return result;
  }

 private:
  Span span_from(std::size_t begin) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
  }

  void fail(std::string message, bool is_limit = false) {
    if (failed_) return;
    failed_ = true;
    std::size_t begin = std::min(at_, text_.size());
    Span span = {file_, static_cast<std::uint32_t>(begin),
                 static_cast<std::uint32_t>(std::min(begin + 1, text_.size()))};
    const char* rule = is_limit ? "limit-exceeded" : "syntax-error";
    diagnostics_.push_back({span, Severity::kError, rule, std::move(message), "", {}});
    at_ = text_.size();
  }

  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
      ++at_;
  }

  bool take(char c) {
    skip_space();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  JsonNode value(std::uint32_t depth) {
    skip_space();
    JsonNode node;
    std::size_t begin = at_;
    if (depth > nesting_) {
      fail(fmt::format("values nest deeper than {} levels", nesting_), true);
    } else if (at_ >= text_.size()) {
      fail("expected a value, found the end of the file");
    } else if (text_[at_] == '{') {
      object(node, depth);
    } else if (text_[at_] == '[') {
      array(node, depth);
    } else if (text_[at_] == '"') {
      string(node);
    } else {
      word(node);
    }
    node.span = span_from(begin);
    return node;
  }

  void object(JsonNode& node, std::uint32_t depth) {
    node.kind = JsonNode::Kind::kObject;
    ++at_;
    if (take('}')) return;
    do {
      skip_space();
      JsonMember member;
      std::size_t begin = at_;
      if (at_ >= text_.size() || text_[at_] != '"') return fail("expected a name in quotes");
      string(member.key);
      member.key.span = span_from(begin);
      if (!take(':')) return fail("expected `:` after the name");
      member.value = value(depth + 1);
      if (failed_) return;
      node.members.push_back(std::move(member));
    } while (take(','));
    if (!take('}')) fail("expected `,` or `}`");
  }

  void array(JsonNode& node, std::uint32_t depth) {
    node.kind = JsonNode::Kind::kArray;
    ++at_;
    if (take(']')) return;
    do {
      node.items.push_back(value(depth + 1));
      if (failed_) return;
    } while (take(','));
    if (!take(']')) fail("expected `,` or `]`");
  }

  void word(JsonNode& node) {
    std::size_t begin = at_;
    auto is_word = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '+' ||
             c == '.';
    };
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    node.text = text_.substr(begin, at_ - begin);
    bool is_number = !node.text.empty() && (node.text[0] == '-' || (node.text[0] >= '0' && node.text[0] <= '9'));
    if (node.text == "null") {
      node.kind = JsonNode::Kind::kNull;
    } else if (node.text == "true" || node.text == "false") {
      node.kind = JsonNode::Kind::kBool;
    } else if (is_number) {
      node.kind = JsonNode::Kind::kNumber;
    } else {
      at_ = begin;
      fail("expected a value");
    }
  }

  void string(JsonNode& node) {
    node.kind = JsonNode::Kind::kString;
    std::size_t begin = ++at_;
    std::string resolved;
    while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\n') {
      if (text_[at_] != '\\') {
        if (node.has_escapes) resolved += text_[at_];
        ++at_;
        continue;
      }
      if (!node.has_escapes) resolved = text_.substr(begin, at_ - begin);
      node.has_escapes = true;
      if (!escape(resolved)) return fail("this escape is not JSON");
    }
    if (at_ >= text_.size() || text_[at_] == '\n') return fail("the quoted text does not end on its line");
    node.text = node.has_escapes ? arena_.copy(std::string_view(resolved)) : text_.substr(begin, at_ - begin);
    ++at_;
  }

  // Four hexadecimal digits, or -1.
  int code_unit() {
    if (at_ + 4 > text_.size()) return -1;
    int unit = 0;
    for (int i = 0; i < 4; ++i) {
      char c = text_[at_++];
      int digit = c >= '0' && c <= '9'   ? c - '0'
                  : c >= 'a' && c <= 'f' ? c - 'a' + 10
                  : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                         : -1;
      if (digit < 0) return -1;
      unit = unit * 16 + digit;
    }
    return unit;
  }

  bool escape(std::string& out) {
    if (at_ + 1 >= text_.size()) return false;
    char c = text_[at_ + 1];
    at_ += 2;
    constexpr std::string_view kLetters = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
    if (std::size_t which = kLetters.find(c); which != kLetters.npos) {
      out += kMeanings[which];
      return true;
    }
    if (c != 'u') return false;
    int high = code_unit();
    if (high < 0) return false;
    bool is_pair = high >= 0xD800 && high < 0xDC00 && text_.substr(at_).starts_with("\\u");
    if (!is_pair) {
      append_utf8(out, high >= 0xD800 && high < 0xE000 ? U'\uFFFD' : static_cast<char32_t>(high));
      return true;
    }
    at_ += 2;
    int low = code_unit();
    if (low < 0xDC00 || low > 0xDFFF) return false;
    append_utf8(out, static_cast<char32_t>(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)));
    return true;
  }

  std::string_view text_;
  FileId file_;
  Arena& arena_;
  std::uint32_t nesting_;
  std::size_t at_ = 0;
  bool failed_ = false;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace

Parsed<JsonNode> parse_json(std::string_view text, FileId file, Arena& arena, std::uint32_t nesting) {
  return JsonParser(text, file, arena, nesting).run();
}

}  // namespace halint
