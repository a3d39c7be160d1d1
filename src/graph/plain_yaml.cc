// A quick reader of the plain part of YAML, in which schema/ is written.
// SPDX-License-Identifier: Apache-2.0
#include "graph/plain_yaml.h"

#include <algorithm>
#include <utility>

namespace halint {
namespace {

constexpr int kDeepest = 32;

class PlainYaml {
 public:
  PlainYaml(FileId file, std::string_view text) : file_(file), text_(text) {}

  bool read(SchemaNode& root) {
    if (text_.find_first_of("\t\r\\") != std::string_view::npos) return false;
    skip_lines();
    return at_ < text_.size() && column() == 0 && block(0, 0, root) && at_ == text_.size();
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\n'; }
  std::size_t column() const { return at_ - line_; }
  SchemaNode node(SchemaNode::Form form) const {
    auto begin = static_cast<std::uint32_t>(at_);
    return {form, {}, {file_, begin, begin}, {}};
  }

  void skip_spaces() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  void skip_comment() {
    if (peek() == '#' && (at_ == line_ || text_[at_ - 1] == ' ')) at_ = std::min(text_.find('\n', at_), text_.size());
  }
  // To the next thing that is no space, comment or end of line.
  void skip_lines() {
    while (at_ < text_.size()) {
      skip_spaces();
      skip_comment();
      if (at_ >= text_.size() || text_[at_] != '\n') return;
      line_ = ++at_;
    }
  }
  // Nothing else may stand on the line; goes to the next thing.
  bool end_line() {
    skip_spaces();
    skip_comment();
    if (at_ < text_.size() && text_[at_] != '\n') return false;
    skip_lines();
    return true;
  }

  bool quoted(SchemaNode& result) {
    result = node(SchemaNode::Form::kScalar);
    std::size_t end = text_.find_first_of("\"\n", at_ + 1);
    if (end == std::string_view::npos || text_[end] != '"') return false;
    result.text = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return finish(result);
  }

  // A scalar without quotes: up to a comment, the end of the line, a colon that makes it a key, and in flow a bracket.
  bool plain(bool is_flow, SchemaNode& result) {
    constexpr std::string_view kSpecial = "&*!|>'\"%@`?,[]{}#:-";
    result = node(SchemaNode::Form::kScalar);
    if (kSpecial.find(peek()) != std::string_view::npos) return false;
    std::size_t end = at_;
    for (; end < text_.size() && text_[end] != '\n'; ++end) {
      char c = text_[end];
      char next = end + 1 < text_.size() ? text_[end + 1] : '\n';
      if (c == ':' && (next == ' ' || next == '\n')) break;
      if (c == ' ' && next == '#') break;
      if (is_flow && std::string_view(",[]{}").find(c) != std::string_view::npos) break;
    }
    at_ = end;
    while (end > result.span.begin && text_[end - 1] == ' ') --end;
    result.text = text_.substr(result.span.begin, end - result.span.begin);
    if (result.text == "null" || result.text == "~") result = {SchemaNode::Form::kNull, {}, result.span, {}};
    return finish(result);
  }

  // Scalars underline their text.
  static bool finish(SchemaNode& scalar) {
    scalar.span.end = scalar.span.begin + static_cast<std::uint32_t>(scalar.text.size());
    return true;
  }

  bool key(bool is_flow, SchemaNode& result) {
    bool is_read = peek() == '"' ? quoted(result) : plain(is_flow, result);
    if (!is_read || !result.is(SchemaNode::Form::kScalar) || peek() != ':') return false;
    ++at_;
    return peek() == ' ' || peek() == '\n';
  }

  bool flow(int depth, SchemaNode& result) {
    if (depth > kDeepest) return false;
    if (peek() == '"') return quoted(result);
    if (peek() != '[' && peek() != '{') return plain(true, result) && peek() != ':';
    bool is_map = peek() == '{';
    char close = is_map ? '}' : ']';
    result = node(is_map ? SchemaNode::Form::kMap : SchemaNode::Form::kList);
    ++at_;
    skip_lines();
    while (peek() != close) {
      SchemaNode item;
      if (is_map) {
        if (!key(true, item)) return false;
        result.items.push_back(std::move(item));
        skip_lines();
      }
      if (at_ >= text_.size() || !flow(depth + 1, item)) return false;
      result.items.push_back(std::move(item));
      skip_lines();
      if (peek() == close) break;
      if (at_ >= text_.size() || text_[at_] != ',') return false;
      ++at_;
      skip_lines();
    }
    if (at_ >= text_.size()) return false;
    ++at_;
    return true;
  }

  // What stands at this place, whose lines are indented by `indent`.
  bool block(std::size_t indent, int depth, SchemaNode& result) {
    if (depth > kDeepest) return false;
    if (peek() == '-' && peek(1) == ' ') return block_list(indent, depth, result);
    result = node(SchemaNode::Form::kMap);
    while (at_ < text_.size() && column() == indent) {
      SchemaNode item;
      if (!key(false, item)) return false;
      result.items.push_back(std::move(item));
      if (!value(indent, depth, item)) return false;
      result.items.push_back(std::move(item));
    }
    return at_ >= text_.size() || column() < indent;
  }

  bool value(std::size_t indent, int depth, SchemaNode& result) {
    skip_spaces();
    skip_comment();
    if (peek() != '\n') {
      bool is_flow = peek() == '[' || peek() == '{' || peek() == '"';
      if (!(is_flow ? flow(depth + 1, result) : plain(false, result))) return false;
      // A deeper line would go on with the scalar.
      return end_line() && (at_ >= text_.size() || column() <= indent);
    }
    // Nothing is null, which only the full reader knows to place.
    skip_lines();
    bool is_list = peek() == '-' && peek(1) == ' ';
    if (at_ >= text_.size() || column() < indent || (column() == indent && !is_list)) return false;
    return block(column(), depth + 1, result);
  }

  bool block_list(std::size_t indent, int depth, SchemaNode& result) {
    result = node(SchemaNode::Form::kList);
    while (at_ < text_.size() && column() == indent && peek() == '-' && peek(1) == ' ') {
      ++at_;
      skip_spaces();
      SchemaNode item;
      if (peek() == '\n' || peek() == '#') return false;
      if (peek() == '[' || peek() == '{' || peek() == '"') {
        if (!flow(depth + 1, item) || !end_line()) return false;
      } else {
        std::size_t line_end = std::min(text_.find('\n', at_), text_.size());
        std::string_view line = text_.substr(at_, line_end - at_);
        bool is_map = line.find(": ") != std::string_view::npos || line.ends_with(':');
        if (is_map ? !block(column(), depth + 1, item) : !(plain(false, item) && end_line())) return false;
      }
      result.items.push_back(std::move(item));
    }
    return at_ >= text_.size() || column() <= indent;
  }

  FileId file_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 0;  // Where the line of `at_` begins.
};

}  // namespace

bool read_plain_yaml(FileId file, std::string_view text, SchemaNode& root) {
  return PlainYaml(file, text).read(root);
}

}  // namespace halint
