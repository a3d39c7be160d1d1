// Splits the text of an expression into tokens.
// SPDX-License-Identifier: Apache-2.0
#include "cel/lexer.h"

#include <array>
#include <utility>

#include "base/text.h"

namespace halint::cel {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  return (c | 0x20) - 'a' + 10;
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Token next() {
    skip_space();
    begin_ = at_;
    if (at_ >= text_.size()) return token(TokenKind::kEnd);
    const char c = text_[at_];
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
    if (c == '"' || c == '\'') return string(false);
    if (is_word(c)) return word();
    return symbol();
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  Token token(TokenKind kind) const {
    Token result;
    result.kind = kind;
    result.begin = static_cast<std::uint32_t>(begin_);
    result.end = static_cast<std::uint32_t>(at_);
    result.text = text_.substr(begin_, at_ - begin_);
    return result;
  }

  Token bad(std::string what) {
    Token result = token(TokenKind::kBad);
    result.content = std::move(what);
    return result;
  }

  void skip_space() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
        ++at_;
      } else if (c == '/' && peek(1) == '/') {
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      } else {
        return;
      }
    }
  }

  Token word() {
    while (is_word(peek())) ++at_;
    const std::string_view prefix = text_.substr(begin_, at_ - begin_);
    if (peek() == '"' || peek() == '\'') {
      if (prefix == "r" || prefix == "R") return string(true);
      if (prefix == "b" || prefix == "B" || prefix == "br" || prefix == "rb" || prefix == "bR" || prefix == "Br" ||
          prefix == "BR" || prefix == "Rb" || prefix == "rB" || prefix == "RB") {
        const bool raw = prefix.size() == 2;
        Token result = string(raw);
        if (result.kind == TokenKind::kString) result.kind = TokenKind::kBytes;
        return result;
      }
    }
    return token(TokenKind::kIdentifier);
  }

  Token number() {
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
      at_ += 2;
      if (!is_hex(peek())) return bad("a hexadecimal number needs digits after `0x`");
      while (is_hex(peek())) ++at_;
      return end_of_number(TokenKind::kInteger);
    }
    while (is_digit(peek())) ++at_;
    bool real = false;
    if (peek() == '.' && is_digit(peek(1))) {
      real = true;
      ++at_;
      while (is_digit(peek())) ++at_;
    }
    if (peek() == 'e' || peek() == 'E') {
      const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
      if (!is_digit(peek(sign))) {
        ++at_;
        return bad("an exponent needs digits");
      }
      real = true;
      at_ += sign;
      while (is_digit(peek())) ++at_;
    }
    return end_of_number(real ? TokenKind::kReal : TokenKind::kInteger);
  }

  Token end_of_number(TokenKind kind) {
    if (kind == TokenKind::kInteger && (peek() == 'u' || peek() == 'U')) {
      ++at_;
      kind = TokenKind::kUnsigned;
    }
    if (is_word(peek())) {
      while (is_word(peek())) ++at_;
      return bad("a number ends in a letter");
    }
    return token(kind);
  }

  // Stands at the opening quote; `begin_` may be at a prefix before it.
  Token string(bool raw) {
    const char quote = peek();
    const bool is_triple = peek(1) == quote && peek(2) == quote;
    at_ += is_triple ? 3 : 1;
    std::string content;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == quote && (!is_triple || (peek(1) == quote && peek(2) == quote))) {
        at_ += is_triple ? 3 : 1;
        Token result = token(TokenKind::kString);
        result.content = std::move(content);
        return result;
      }
      if (!is_triple && (c == '\n' || c == '\r')) break;
      if (c == '\\' && !raw) {
        if (const char* fault = escape(content)) return bad(fault);
        continue;
      }
      content += c;
      ++at_;
    }
    return bad("the string is not closed");
  }

  // Reads `\n`, `\x41`, `\101`, `\u00e9`. Returns what is wrong, or null.
  const char* escape(std::string& content) {
    ++at_;
    const char c = peek();
    static constexpr std::array<std::pair<char, char>, 12> kSimple = {{{'a', '\a'},
                                                                       {'b', '\b'},
                                                                       {'f', '\f'},
                                                                       {'n', '\n'},
                                                                       {'r', '\r'},
                                                                       {'t', '\t'},
                                                                       {'v', '\v'},
                                                                       {'\\', '\\'},
                                                                       {'?', '?'},
                                                                       {'"', '"'},
                                                                       {'\'', '\''},
                                                                       {'`', '`'}}};
    for (const auto& [letter, meaning] : kSimple) {
      if (c == letter) {
        content += meaning;
        ++at_;
        return nullptr;
      }
    }
    if (c >= '0' && c <= '3') return digits(content, 3, 8);
    std::size_t count = 0;
    if (c == 'x' || c == 'X') count = 2;
    if (c == 'u') count = 4;
    if (c == 'U') count = 8;
    if (count == 0) return "there is no such escape";
    ++at_;
    return digits(content, count, 16);
  }

  const char* digits(std::string& content, std::size_t count, std::uint32_t base) {
    std::uint32_t code_point = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const char c = peek();
      const bool fits = base == 16 ? is_hex(c) : (c >= '0' && c <= '7');
      if (!fits) return "the escape needs more digits";
      code_point = code_point * base + static_cast<std::uint32_t>(hex_digit(c));
      ++at_;
    }
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
      return "the escape is no Unicode character";
    append_utf8(content, code_point);
    return nullptr;
  }

  Token symbol() {
    static constexpr std::array<std::string_view, 6> kPairs = {"&&", "||", "==", "!=", "<=", ">="};
    for (std::string_view pair : kPairs) {
      if (text_.substr(at_, 2) == pair) {
        at_ += 2;
        return token(TokenKind::kSymbol);
      }
    }
    ++at_;
    static constexpr std::string_view kSingle = "<>!+-*/%?:.,()[]{}";
    if (kSingle.find(text_[begin_]) != std::string_view::npos) return token(TokenKind::kSymbol);
    switch (text_[begin_]) {
      case '=':
        return bad("`=` is no operator; comparison is `==`");
      case '&':
        return bad("`&` is no operator; both is `&&`");
      case '|':
        return bad("`|` is no operator; either is `||`");
      default:
        break;
    }
    while (at_ < text_.size() && (static_cast<unsigned char>(text_[at_]) & 0xC0) == 0x80) ++at_;
    return bad("this character has no meaning in an expression");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
};

}  // namespace

std::vector<Token> tokenize(std::string_view text) {
  std::vector<Token> tokens;
  Lexer lexer(text);
  while (true) {
    tokens.push_back(lexer.next());
    const TokenKind kind = tokens.back().kind;
    if (kind == TokenKind::kEnd || kind == TokenKind::kBad) return tokens;
  }
}

}  // namespace halint::cel
