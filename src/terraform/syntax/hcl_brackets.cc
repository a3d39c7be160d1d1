// Finds the bracket or quote that was never closed: what people mean by a syntax error most of the time.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/syntax/hcl_brackets.h"

namespace halint {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// One pass with a stack of what is open: brackets, quotes, heredocs, and the interpolations inside of them.
class Scan {
 public:
  explicit Scan(std::string_view text) : text_(text) {}
  Scan(std::string_view text, FileId file, std::vector<Span>& comments)
      : text_(text), file_(file), comments_(&comments) {}

  std::optional<BracketFault> run() {
    while (at_ < text_.size() && !fault_) step();
    if (!fault_ && !open_.empty()) {
      char kind = text_[open_.back().at];
      fail(kind == '"'   ? BracketFault::Kind::kOpenQuote
           : kind == '<' ? BracketFault::Kind::kOpenHeredoc
                         : BracketFault::Kind::kNotClosed,
           open_.back().at, at_);
    }
    return fault_;
  }

 private:
  struct Open {
    std::size_t at = 0;
    std::string_view heredoc = {};  // The word that ends it.
  };

  void fail(BracketFault::Kind kind, std::size_t open, std::size_t close) {
    fault_ = BracketFault{kind, static_cast<std::uint32_t>(open), static_cast<std::uint32_t>(close)};
  }

  bool rest_starts_with(std::string_view word) const { return text_.substr(at_).starts_with(word); }

  std::size_t line_end() const {
    std::size_t end = text_.find('\n', at_);
    return end == text_.npos ? text_.size() : end;
  }

  void step() {
    char inside = open_.empty() ? '\0' : text_[open_.back().at];
    if (inside == '"') return step_in_quote();
    if (inside == '<') return step_in_heredoc();
    char c = text_[at_];
    if (c == '#' || rest_starts_with("//")) {
      skip_comment(line_end());
    } else if (rest_starts_with("/*")) {
      std::size_t end = text_.find("*/", at_ + 2);
      skip_comment(end == text_.npos ? text_.size() : end + 2);
    } else if (c == '"' || c == '{' || c == '(' || c == '[') {
      open_.push_back({at_++});
    } else if (c == '}' || c == ')' || c == ']') {
      close(c);
    } else if (rest_starts_with("<<")) {
      open_heredoc();
    } else {
      ++at_;
    }
  }

  void skip_comment(std::size_t end) {
    if (comments_ != nullptr)
      comments_->push_back({file_, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)});
    at_ = end;
  }

  void close(char c) {
    if (open_.empty()) return fail(BracketFault::Kind::kNotOpened, at_, at_);
    char opener = text_[open_.back().at];
    bool matches = (opener == '(' && c == ')') || (opener == '[' && c == ']') ||
                   ((opener == '{' || opener == '$' || opener == '%') && c == '}');
    if (!matches) return fail(BracketFault::Kind::kMismatch, open_.back().at, at_);
    open_.pop_back();
    ++at_;
  }

  void open_heredoc() {
    std::size_t begin = at_ + 2;
    if (begin < text_.size() && text_[begin] == '-') ++begin;
    std::size_t end = begin;
    while (end < text_.size() && is_name_character(text_[end])) ++end;
    if (end > begin) open_.push_back({at_, text_.substr(begin, end - begin)});
    at_ = end > begin ? line_end() : at_ + 2;
  }

  // `$${` is text, `${` opens an interpolation. Returns whether something was consumed.
  bool step_at_dollar() {
    if (rest_starts_with("$${") || rest_starts_with("%%{")) {
      at_ += 3;
      return true;
    }
    if (!rest_starts_with("${") && !rest_starts_with("%{")) return false;
    open_.push_back({at_});
    at_ += 2;
    return true;
  }

  void step_in_quote() {
    if (step_at_dollar()) return;
    char c = text_[at_];
    if (c == '\n') return fail(BracketFault::Kind::kOpenQuote, open_.back().at, at_);
    if (c == '"') open_.pop_back();
    at_ += c == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n' ? 2 : 1;
  }

  void step_in_heredoc() {
    if (step_at_dollar()) return;
    if (text_[at_++] != '\n') return;
    if (trim(text_.substr(at_, line_end() - at_)) != open_.back().heredoc) return;
    open_.pop_back();
    at_ = line_end();
  }

  std::string_view text_;
  FileId file_;
  std::vector<Span>* comments_ = nullptr;  // Where comments are wanted.
  std::size_t at_ = 0;
  std::vector<Open> open_;
  std::optional<BracketFault> fault_;
};

}  // namespace

std::optional<BracketFault> find_bracket_fault(std::string_view text) {
  return Scan(text).run();
}

std::vector<Span> find_comments(std::string_view text, FileId file) {
  std::vector<Span> comments;
  Scan(text, file, comments).run();
  return comments;
}

}  // namespace halint
