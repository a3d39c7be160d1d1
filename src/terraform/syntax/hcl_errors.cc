// Says what is wrong with HCL text, in words for people.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/syntax/hcl_errors.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "base/text.h"
#include "terraform/syntax/hcl_brackets.h"
#include "terraform/syntax/trouble.h"

namespace halint {
namespace {

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

// The word, number or sign at the start of `text`, short enough to quote.
std::string_view first_token(std::string_view text) {
  auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           (c & 0x80);
  };
  if (text.empty()) return {};
  std::size_t length = 0;
  while (length < text.size() && is_word(text[length])) ++length;
  return text.substr(0, std::min<std::size_t>(std::max<std::size_t>(length, 1), 40));
}

std::string quoted(std::string_view token) {
  return token.empty() ? std::string("the end of the file") : fmt::format("`{}`", escape_controls(token));
}

// How people call a token of the grammar. Empty if they do not.
std::string_view word_for(std::string_view token) {
  if (token == "block_end" || token == "object_end" || token == "template_interpolation_end" ||
      token == "template_directive_end") {
    return "`}`";
  }
  if (token == "tuple_end") return "`]`";
  if (token == "quoted_template_end") return "`\"`";
  if (token == "identifier") return "a name";
  if (token == ")") return "`)`";
  if (token == "=") return "`=`";
  if (token == ":") return "`:`";
  if (token == "=>") return "`=>`";
  return {};
}

class Faults {
 public:
  Faults(std::vector<Diagnostic>& diagnostics, std::string_view text, FileId file, std::uint32_t base)
      : diagnostics_(diagnostics), text_(text), file_(file), base_(base) {}

  void add_bracket_fault(const BracketFault& fault) {
    using Kind = BracketFault::Kind;
    std::string_view opener = text_.substr(fault.open, text_[fault.open] == '$' || text_[fault.open] == '%' ? 2 : 1);
    std::string_view closer = opener == "(" ? ")" : opener == "[" ? "]" : "}";
    switch (fault.kind) {
      case Kind::kNotClosed:
        add(fault.open, fault.open + opener.size(), fmt::format("`{}` is never closed", opener),
            fmt::format("add the `{}` that is missing", closer));
        break;
      case Kind::kMismatch:
        add(fault.close, fault.close + 1, fmt::format("`{}` closes a `{}`", text_[fault.close], opener),
            fmt::format("write `{}`, or close what was opened before", closer));
        diagnostics_.back().notes.push_back({{file_, base_ + fault.open, base_ + fault.open + 1}, "opened here"});
        break;
      case Kind::kNotOpened:
        add(fault.close, fault.close + 1, fmt::format("`{}` closes nothing", text_[fault.close]),
            "remove it, or open what it closes");
        break;
      case Kind::kOpenQuote:
        add(fault.open, fault.close, "this quoted text does not end on its line",
            "add the closing `\"`, or use a heredoc for text of several lines");
        break;
      case Kind::kOpenHeredoc:
        add(fault.open, fault.open + 2, "this heredoc has no end", "repeat its word alone on a line after the text");
        break;
    }
  }

  void add_fault(const SyntaxFault& fault) {
    if (!fault.missing.empty()) {
      std::string_view word = word_for(fault.missing);
      std::string found = quoted(token_at(fault.begin));
      // The parser makes up a name where there is no value.
      if (trim(text_.substr(0, fault.begin)).ends_with('=')) word = "a value";
      std::string message = word.empty() ? fmt::format("{} is not expected here", found)
                                         : fmt::format("expected {} before {}", word, found);
      return add(fault.begin, fault.begin + 1, std::move(message), "");
    }
    std::string_view region = trim(text_.substr(fault.begin, fault.end - fault.begin));
    std::string_view line = region.substr(0, region.find('\n'));
    std::uint32_t line_end = fault.begin + static_cast<std::uint32_t>(line.size());
    if (region.ends_with('=') && region == line) {
      return add(fault.begin, line_end,
                 fmt::format("expected a value after `=`, found {}", quoted(token_at(fault.end))),
                 "write the value, or remove the name");
    }
    std::size_t comma = line.find(',');
    if (comma != line.npos && is_in_body(fault)) {
      std::uint32_t at = fault.begin + static_cast<std::uint32_t>(comma);
      return add(at, at + 1, "unexpected `,`", "arguments of a block stand on lines of their own");
    }
    if (is_in_body(fault)) {
      return add(fault.begin, line_end,
                 fmt::format("unexpected {}: expected `name = value` or a block", quoted(first_token(line))), "");
    }
    if (line.starts_with("%{")) {
      return add(fault.begin, line_end, "this directive is out of place",
                 "a template needs `%{ endif }` for each `%{ if }`, and `%{ endfor }` for each `%{ for }`");
    }
    std::string_view token = first_token(line);
    std::string message = token.empty() ? "unexpected end of the file" : fmt::format("unexpected {}", quoted(token));
    add(fault.begin, std::max(line_end, fault.begin + 1), std::move(message), "");
  }

 private:
  std::string_view token_at(std::uint32_t at) const {
    return at < text_.size() ? first_token(trim(text_.substr(at, 200))) : std::string_view();
  }

  static bool is_in_body(const SyntaxFault& fault) {
    return std::ranges::find(fault.expected, "attribute") != fault.expected.end();
  }

  void add(std::size_t begin, std::size_t end, std::string message, std::string help) {
    std::size_t last = std::min(end, text_.size());
    Span span = {file_, base_ + static_cast<std::uint32_t>(std::min(begin, last)),
                 base_ + static_cast<std::uint32_t>(last)};
    diagnostics_.push_back(syntax_error(span, std::move(message), std::move(help)));
  }

  std::vector<Diagnostic>& diagnostics_;
  std::string_view text_;
  FileId file_;
  std::uint32_t base_;
};

}  // namespace

void add_syntax_errors(std::vector<Diagnostic>& diagnostics, const HclTree& tree, std::string_view text, FileId file,
                       std::uint32_t base) {
  Faults faults(diagnostics, text, file, base);
  std::optional<BracketFault> bracket = find_bracket_fault(text);
  // Where the line of the bracket starts.
  std::size_t bracket_line = bracket ? text.substr(0, bracket->open).rfind('\n') + 1 : 0;
  std::uint32_t last_line_end = 0;
  for (const SyntaxFault& fault : tree.faults()) {
    // After an open bracket nothing makes sense any more; one message is enough.
    if (bracket && fault.end >= bracket_line) break;
    bool is_same_region = last_line_end > 0 && fault.begin <= last_line_end;
    if (!is_same_region) faults.add_fault(fault);
    std::size_t line_end = text.find('\n', fault.end);
    last_line_end = line_end == text.npos ? text.size() : static_cast<std::uint32_t>(line_end);
  }
  if (bracket) faults.add_bracket_fault(*bracket);
}

void add_encoding_error(std::vector<Diagnostic>& diagnostics, std::string_view text, FileId file) {
  std::optional<std::size_t> at = first_invalid_utf8(text);
  if (!at) return;
  std::uint32_t begin = static_cast<std::uint32_t>(*at);
  diagnostics.push_back(syntax_error({file, begin, begin + 1},
                                     fmt::format("byte 0x{:02x} is not UTF-8", static_cast<unsigned char>(text[*at])),
                                     "save the file as UTF-8"));
}

}  // namespace halint
