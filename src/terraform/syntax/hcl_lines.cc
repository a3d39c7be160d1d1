// Where line breaks may stand: what HCL refuses and its grammar lets pass.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/syntax/hcl_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "terraform/syntax/trouble.h"

namespace halint {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
}

bool is_name_character(char c) {
  return is_name_start(c) || is_digit(c) || c == '-';
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

enum class Token { kNewline, kWord, kOperand, kOperator, kEquals, kComma, kOpenBrace, kOpenOther, kClose };

class LineCheck {
 public:
  LineCheck(std::vector<Diagnostic>& diagnostics, std::string_view text, FileId file, std::uint32_t base)
      : diagnostics_(diagnostics), text_(text), file_(file), base_(base) {
    open_.push_back({Kind::kBody});
  }

  void run() {
    while (at_ < text_.size() && !is_lost_) step();
    if (!is_lost_) accept(Token::kNewline, at_, at_);
  }

 private:
  enum class Kind {
    kBody,     // Arguments and blocks, each on lines of its own.
    kObject,   // Items with a comma or a line break between them.
    kFree,     // Line breaks mean nothing: brackets, interpolations, `{for ...}`.
    kQuote,    // Text.
    kHeredoc,  // Text.
  };
  // Of a body: before a name, behind the name and the labels, behind `=`, behind a nested block.
  // Of an object: before a key, in the key, behind `=` or `:`.
  enum class Phase { kStart, kName, kValue, kDone };

  struct Context {
    Kind kind;
    std::string_view word = {};  // That ends the heredoc.
    Phase phase = Phase::kStart;
    Token last = Token::kNewline;
    bool is_one_line = false;  // A block whose first argument stands on the line of its `{`.
    bool has_lines = false;    // A line break was seen.
  };

  Context& context() { return open_.back(); }
  bool rest_starts_with(std::string_view word) const { return text_.substr(at_).starts_with(word); }

  std::size_t line_end() const { return std::min(text_.find('\n', at_), text_.size()); }

  // One message for a line.
  void fail(std::size_t begin, std::size_t end, std::string message, std::string_view help) {
    std::size_t line = text_.substr(0, begin).rfind('\n') + 1;
    if (line == last_line_ && has_failed_) return;
    has_failed_ = true;
    last_line_ = line;
    Span span = {file_, base_ + static_cast<std::uint32_t>(begin), base_ + static_cast<std::uint32_t>(end)};
    diagnostics_.push_back(syntax_error(span, std::move(message), std::string(help)));
  }

  std::string shown(std::size_t begin, std::size_t end) const {
    return escape_controls(text_.substr(begin, std::min<std::size_t>(end - begin, 40)));
  }

  void step() {
    if (context().kind == Kind::kQuote) return step_in_quote();
    if (context().kind == Kind::kHeredoc) return step_in_heredoc();
    char c = text_[at_];
    if (c == ' ' || c == '\t') {
      ++at_;
    } else if (c == '\n') {
      accept(Token::kNewline, at_, at_ + 1);
    } else if (c == '#' || rest_starts_with("//")) {
      at_ = line_end();
    } else if (rest_starts_with("/*")) {
      std::size_t end = text_.find("*/", at_ + 2);
      at_ = end == text_.npos ? text_.size() : end + 2;
    } else if (is_name_start(c) || is_digit(c)) {
      word();
    } else {
      sign(c);
    }
  }

  void word() {
    std::size_t end = at_ + 1;
    bool is_number = is_digit(text_[at_]);
    auto goes_on = [&](char c) {
      bool is_exponent_sign = (c == '-' || c == '+') && (text_[end - 1] == 'e' || text_[end - 1] == 'E');
      return is_number ? is_digit(c) || c == 'e' || c == 'E' || is_exponent_sign : is_name_character(c);
    };
    while (end < text_.size() && goes_on(text_[end])) ++end;
    accept(is_number ? Token::kOperand : Token::kWord, at_, end);
  }

  void sign(char c) {
    switch (c) {
      case '"':
        accept(Token::kOperand, at_, at_ + 1);
        open_.push_back({Kind::kQuote});
        return;
      case '{':
        return accept(Token::kOpenBrace, at_, at_ + 1);
      case '(':
      case '[':
        accept(Token::kOpenOther, at_, at_ + 1);
        open_.push_back({Kind::kFree});
        return;
      case '}':
      case ')':
      case ']':
        return accept(Token::kClose, at_, at_ + 1);
      case ',':
        return accept(Token::kComma, at_, at_ + 1);
      case '<':
        if (rest_starts_with("<<")) return open_heredoc();
        break;
      case '~':
        // `~}` strips the space behind an interpolation.
        if (!rest_starts_with("~}")) fail(at_, at_ + 1, "`~` is not an operator", "");
        ++at_;
        return;
      case '\r':
        if (rest_starts_with("\r\n")) {
          ++at_;
          return;
        }
        break;
      default:
        break;
    }
    if (static_cast<unsigned char>(c) < ' ') {
      fail(at_, at_ + 1, fmt::format("the control character `{}` has no meaning here", shown(at_, at_ + 1)),
           "remove it");
    }
    std::size_t length = 1;
    for (std::string_view op : {"...", "==", "!=", "<=", ">=", "=>", "&&", "||", "::"}) {
      if (rest_starts_with(op)) length = std::max(length, op.size());
    }
    bool is_splat = c == '*' && at_ > 0 && text_[at_ - 1] == '.';
    bool is_equals = (c == '=' || c == ':') && length == 1;
    accept(is_splat || length == 3 ? Token::kOperand
           : is_equals             ? Token::kEquals
                                   : Token::kOperator,
           at_, at_ + length);
  }

  void open_heredoc() {
    std::size_t begin = at_ + (rest_starts_with("<<-") ? 3 : 2);
    std::size_t end = begin;
    while (end < text_.size() && is_name_character(text_[end])) ++end;
    bool is_word = end > begin && is_name_start(text_[begin]);
    if (!is_word) {
      fail(at_, begin, "expected a word right after `<<`", "write `<<EOT`, the text, and `EOT` on a line of its own");
      is_lost_ = true;
      return;
    }
    std::string_view word = text_.substr(begin, end - begin);
    accept(Token::kOperand, at_, end);
    at_ = line_end();
    open_.push_back({Kind::kHeredoc, word});
  }

  bool step_at_dollar() {
    if (rest_starts_with("$${") || rest_starts_with("%%{")) {
      at_ += 3;
      return true;
    }
    if (!rest_starts_with("${") && !rest_starts_with("%{")) return false;
    open_.push_back({Kind::kFree});
    at_ += rest_starts_with("${~") || rest_starts_with("%{~") ? 3 : 2;
    return true;
  }

  void step_in_quote() {
    if (step_at_dollar()) return;
    char c = text_[at_];
    if (c == '\n') {
      fail(at_, at_, "this quoted text does not end on its line",
           "add the closing `\"`, or use a heredoc for text of several lines");
      is_lost_ = true;
    }
    if (c == '"') open_.pop_back();
    at_ += c == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n' ? 2 : 1;
  }

  void step_in_heredoc() {
    if (step_at_dollar()) return;
    if (text_[at_++] != '\n') return;
    if (trim(text_.substr(at_, line_end() - at_)) != context().word) return;
    open_.pop_back();
    at_ = line_end();
  }

  // One token; `at_` is behind it afterwards.
  void accept(Token token, std::size_t begin, std::size_t end) {
    at_ = end;
    if (token == Token::kClose) {
      if (open_.size() > 1) {
        if (context().kind == Kind::kBody) close_body(begin);
        if (context().kind == Kind::kObject) close_object(begin);
        open_.pop_back();
        if (context().kind == Kind::kQuote || context().kind == Kind::kHeredoc) return;
      }
      context().last = Token::kClose;
      return;
    }
    if (context().kind == Kind::kBody) in_body(token, begin, end);
    if (context().kind == Kind::kObject) in_object(token, begin, end);
    context().last = token;
    if (token == Token::kOpenBrace) open_brace();
  }

  // A block is the only thing whose `{` does not belong to an expression.
  void open_brace() {
    bool is_block = context().kind == Kind::kBody && context().phase != Phase::kValue;
    if (is_block) {
      context().phase = Phase::kDone;
      open_.push_back({Kind::kBody});
      return;
    }
    open_.push_back({is_for_expression() ? Kind::kFree : Kind::kObject});
  }

  bool is_for_expression() {
    std::size_t before = at_;
    open_.push_back({Kind::kFree});
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\r' || text_[at_] == '\n' ||
                                  text_[at_] == '#' || text_[at_] == '/')) {
      std::size_t last = at_;
      step();
      if (at_ == last) break;
    }
    open_.pop_back();
    bool is_for = rest_starts_with("for") && at_ + 3 < text_.size() && !is_name_character(text_[at_ + 3]);
    at_ = before;
    return is_for;
  }

  static bool ends_operand(Token token) {
    return token == Token::kWord || token == Token::kOperand || token == Token::kClose;
  }
  static bool is_open_ended(Token token) { return token == Token::kOperator || token == Token::kEquals; }

  void fail_two_on_line(std::size_t begin, std::size_t end) {
    fail(begin, end, fmt::format("expected a line break before `{}`", shown(begin, end)),
         "write one argument or block on a line");
  }

  void fail_value_on_next_line(std::size_t begin) {
    std::size_t last = text_.find_last_not_of(" \t\r\n", begin == 0 ? 0 : begin - 1);
    std::size_t at = last == text_.npos ? begin : last;
    fail(at, std::min(at + 1, text_.size()), "the line ends in the middle of an expression",
         "put the expression in parentheses to write it on several lines");
  }

  void fail_line_start(std::size_t begin, std::size_t end) {
    fail(begin, end, fmt::format("a line cannot start with `{}`", shown(begin, end)),
         "put the expression in parentheses to write it on several lines");
  }

  void in_body(Token token, std::size_t begin, std::size_t end) {
    Context& body = context();
    bool is_block = open_.size() > 1;
    if (token == Token::kNewline) return end_line_in_body(begin);
    switch (body.phase) {
      case Phase::kStart:
        if (token != Token::kWord) fail_line_start(begin, end);
        if (is_block && !body.has_lines) body.is_one_line = true;
        body.phase = Phase::kName;
        break;
      case Phase::kName:
        if (token == Token::kEquals) body.phase = Phase::kValue;
        if (token == Token::kOpenBrace && body.is_one_line) {
          fail(begin, end, "a block on one line can hold one argument only", "write the inner block on its own lines");
        }
        break;
      case Phase::kValue: {
        bool starts_operand = token == Token::kWord || token == Token::kOperand || token == Token::kOpenBrace;
        if (starts_operand && ends_operand(body.last)) fail_two_on_line(begin, end);
        break;
      }
      case Phase::kDone:
        fail_two_on_line(begin, end);
        body.phase = Phase::kName;
        break;
    }
  }

  void end_line_in_body(std::size_t begin) {
    Context& body = context();
    if (body.phase == Phase::kName) {
      fail_value_on_next_line(begin);
    } else if (body.phase == Phase::kValue && is_open_ended(body.last)) {
      fail_value_on_next_line(begin);
    } else if (body.is_one_line && body.phase != Phase::kStart) {
      fail(begin > 0 ? begin - 1 : 0, begin, "expected `}` on the line where this block starts",
           "write the argument on a line of its own");
    }
    body.phase = Phase::kStart;
    body.is_one_line = false;
    body.has_lines = true;
  }

  void close_body(std::size_t begin) {
    const Context& body = context();
    bool is_behind_item = body.phase == Phase::kValue || body.phase == Phase::kDone;
    if (is_behind_item && !body.is_one_line) fail_two_on_line(begin, begin + 1);
  }

  void in_object(Token token, std::size_t begin, std::size_t end) {
    Context& object = context();
    switch (object.phase) {
      case Phase::kStart:
        if (token == Token::kNewline) return;
        if (token == Token::kComma || token == Token::kEquals) fail_line_start(begin, end);
        object.phase = Phase::kName;
        return;
      case Phase::kName:
        if (token == Token::kEquals) object.phase = Phase::kValue;
        if (token == Token::kNewline) fail_value_on_next_line(begin);
        break;
      case Phase::kValue: {
        if (token == Token::kNewline && is_open_ended(object.last)) fail_value_on_next_line(begin);
        bool starts_operand = token == Token::kWord || token == Token::kOperand || token == Token::kOpenBrace;
        if (starts_operand && ends_operand(object.last)) {
          fail(begin, end, fmt::format("expected a comma or a line break before `{}`", shown(begin, end)), "");
        }
        break;
      }
      case Phase::kDone:
        break;
    }
    if (token == Token::kNewline || token == Token::kComma) object.phase = Phase::kStart;
  }

  void close_object(std::size_t begin) {
    if (context().phase == Phase::kName) fail(begin, begin + 1, "expected `=` and a value before `}`", "");
  }

  std::vector<Diagnostic>& diagnostics_;
  std::string_view text_;
  FileId file_;
  std::uint32_t base_;
  std::size_t at_ = 0;
  std::vector<Context> open_;
  bool is_lost_ = false;
  bool has_failed_ = false;
  std::size_t last_line_ = 0;
};

}  // namespace

void add_line_errors(std::vector<Diagnostic>& diagnostics, std::string_view text, FileId file, std::uint32_t base) {
  LineCheck(diagnostics, text, file, base).run();
}

}  // namespace halint
