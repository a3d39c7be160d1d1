// The text inside quotes and heredocs: escapes, strip markers, indentation, and the nesting of directives.
//
// HCL defines all of these on a flat list of tokens in which the text of a heredoc has one token for each line: `~}`
// at the end of a line strips the rest of that line only, and indentation is counted on the tokens that start a line.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/syntax/hcl_template.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "base/text.h"
#include "terraform/values/text.h"

namespace halint {
namespace {

// The value of `digits` hexadecimal digits at `at`, or -1.
std::int64_t hexadecimal(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return -1;
  std::int64_t value = 0;
  for (char c : text.substr(at, digits)) {
    int digit = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

// Resolves the backslash escape at `at`; returns its length, 0 if it is none.
std::size_t append_escape(std::string& out, std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return 0;
  switch (text[at + 1]) {
    case 'n':
      out += '\n';
      return 2;
    case 'r':
      out += '\r';
      return 2;
    case 't':
      out += '\t';
      return 2;
    case '"':
    case '\\':
      out += text[at + 1];
      return 2;
    case 'u':
    case 'U': {
      std::size_t digits = text[at + 1] == 'u' ? 4 : 8;
      std::int64_t value = hexadecimal(text, at + 2, digits);
      if (value < 0) return 0;
      bool is_character = value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
      append_utf8(out, is_character ? static_cast<char32_t>(value) : U'\uFFFD');
      return 2 + digits;
    }
    default:
      return 0;
  }
}

std::string_view normalized_in(Arena& arena, std::string_view text) {
  bool is_ascii = std::ranges::all_of(text, [](char c) { return (c & 0x80) == 0; });
  return is_ascii ? text : arena.copy(std::string_view(normalized(text)));
}

std::string_view unescape(Arena& arena, std::string_view text, bool with_backslashes) {
  bool may_escape = text.find("${") != text.npos || text.find("%{") != text.npos ||
                    (with_backslashes && text.find('\\') != text.npos);
  if (!may_escape) return normalized_in(arena, text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    std::string_view rest = text.substr(i);
    if (rest.starts_with("$${") || rest.starts_with("%%{")) {
      out += rest.substr(1, 2);
      i += 3;
      continue;
    }
    std::size_t length = with_backslashes && text[i] == '\\' ? append_escape(out, text, i) : 0;
    if (length == 0) {
      out += text[i];
      length = 1;
    }
    i += length;
  }
  return arena.copy(std::string_view(normalized(out)));
}

// `~` next to text strips the space of the one token beside it.
void apply_strip_markers(std::vector<TemplateToken>& tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == TemplateToken::Kind::kText) continue;
    if (tokens[i].strips_before && i > 0 && tokens[i - 1].kind == TemplateToken::Kind::kText) {
      tokens[i - 1].text = trim_space_behind(tokens[i - 1].text);
    }
    if (tokens[i].strips_after && i + 1 < tokens.size() && tokens[i + 1].kind == TemplateToken::Kind::kText) {
      tokens[i + 1].text = trim_space_before(tokens[i + 1].text);
    }
  }
}

// Removes the indentation that all lines have in common. Blank lines neither count nor change.
void remove_common_indentation(std::vector<TemplateToken>& tokens) {
  std::size_t common = std::numeric_limits<std::size_t>::max();
  std::vector<TemplateToken*> starts;
  bool at_line_start = true;
  for (TemplateToken& token : tokens) {
    bool is_text = token.kind == TemplateToken::Kind::kText;
    if (at_line_start) {
      at_line_start = false;
      std::size_t spaces = 0;
      bool is_blank = false;
      if (is_text) {
        std::string_view trimmed = trim_space_before(token.text);
        is_blank = trimmed.empty() && token.text.ends_with('\n');
        spaces = count_characters(token.text.substr(0, token.text.size() - trimmed.size()));
        if (!is_blank) starts.push_back(&token);
      }
      if (!is_blank) common = std::min(common, spaces);
    }
    if (is_text && token.text.ends_with('\n')) at_line_start = true;
  }
  for (TemplateToken* token : starts) {
    std::string_view indentation = token->text.substr(0, token->text.size() - trim_space_before(token->text).size());
    std::vector<std::string_view> characters = split_characters(indentation);
    std::size_t removed = 0;
    for (std::size_t i = 0; i < std::min(common, characters.size()); ++i) removed += characters[i].size();
    token->text.remove_prefix(removed);
  }
}

// Builds the nested expression by descent over the flat list.
class Builder {
 public:
  Builder(Arena& arena, const std::vector<TemplateToken>& tokens) : arena_(arena), tokens_(tokens) {}

  // Up to the end of the enclosing directive, or to the end of all.
  const Expression* sequence(Span span) {
    using Kind = TemplateToken::Kind;
    std::vector<const Expression*> parts;
    while (at_ < tokens_.size()) {
      const TemplateToken& token = tokens_[at_];
      if (token.kind == Kind::kElse || token.kind == Kind::kEndIf || token.kind == Kind::kEndFor) break;
      ++at_;
      if (token.kind == Kind::kIf) {
        parts.push_back(condition(token));
      } else if (token.kind == Kind::kFor) {
        parts.push_back(loop(token));
      } else if (token.kind == Kind::kInterpolation) {
        parts.push_back(token.expression);
      } else if (!token.text.empty()) {
        parts.push_back(make({.kind = ExpressionKind::kString, .span = token.span, .text = token.text}));
      }
    }
    return make({.kind = ExpressionKind::kTemplate, .span = span, .parts = arena_.copy(parts)});
  }

 private:
  const Expression* make(Expression expression) { return arena_.make<Expression>(expression); }

  const Expression* condition(const TemplateToken& start) {
    const Expression* then = sequence(start.span);
    const Expression* otherwise = nullptr;
    if (at_ < tokens_.size() && tokens_[at_].kind == TemplateToken::Kind::kElse) {
      ++at_;
      otherwise = sequence(start.span);
    } else {
      otherwise = make({.kind = ExpressionKind::kTemplate, .span = start.span});
    }
    skip_end(TemplateToken::Kind::kEndIf);
    std::vector<const Expression*> parts = {start.expression, then, otherwise};
    return make({.kind = ExpressionKind::kTemplateIf, .span = start.span, .parts = arena_.copy(parts)});
  }

  const Expression* loop(const TemplateToken& start) {
    const Expression* body = sequence(start.span);
    skip_end(TemplateToken::Kind::kEndFor);
    std::vector<const Expression*> parts = {start.expression, body};
    return make(
        {.kind = ExpressionKind::kTemplateFor, .span = start.span, .parts = arena_.copy(parts), .loop = start.loop});
  }

  void skip_end(TemplateToken::Kind kind) {
    if (at_ < tokens_.size() && tokens_[at_].kind == kind) ++at_;
  }

  Arena& arena_;
  const std::vector<TemplateToken>& tokens_;
  std::size_t at_ = 0;
};

}  // namespace

std::string_view unescape_quoted(Arena& arena, std::string_view text) {
  return unescape(arena, text, true);
}

void add_template_text(std::vector<TemplateToken>& tokens, Arena& arena, std::string_view source, FileId file,
                       std::uint32_t begin, std::uint32_t end, TemplateForm form) {
  while (begin < end) {
    std::string_view rest = source.substr(begin, end - begin);
    std::size_t line_end = form == TemplateForm::kQuoted ? rest.npos : rest.find('\n');
    std::string_view piece = line_end == rest.npos ? rest : rest.substr(0, line_end + 1);
    std::uint32_t piece_end = begin + static_cast<std::uint32_t>(piece.size());
    tokens.push_back({.span = {file, begin, piece_end}, .text = unescape(arena, piece, form == TemplateForm::kQuoted)});
    begin = piece_end;
  }
}

const Expression* build_template(Arena& arena, std::vector<TemplateToken>& tokens, Span span, TemplateForm form) {
  apply_strip_markers(tokens);
  if (form == TemplateForm::kFlushHeredoc) remove_common_indentation(tokens);
  const Expression* result = Builder(arena, tokens).sequence(span);
  bool is_text_only =
      std::ranges::all_of(result->parts, [](const Expression* part) { return part->kind == ExpressionKind::kString; });
  if (is_text_only && result->parts.size() <= 1) {
    Expression literal = {.kind = ExpressionKind::kString, .span = span};
    if (!result->parts.empty()) literal.text = result->parts[0]->text;
    return arena.make<Expression>(literal);
  }
  if (is_text_only) {
    std::string all;
    for (const Expression* part : result->parts) all += part->text;
    Expression literal = {.kind = ExpressionKind::kString, .span = span, .text = arena.copy(std::string_view(all))};
    return arena.make<Expression>(literal);
  }
  bool is_wrapped = result->parts.size() == 1 && tokens.size() == 1 &&
                    tokens[0].kind == TemplateToken::Kind::kInterpolation &&
                    (form == TemplateForm::kQuoted || form == TemplateForm::kBare);
  if (!is_wrapped) return result;
  Expression wrapped = *result;
  wrapped.is_wrapped = true;
  return arena.make<Expression>(wrapped);
}

}  // namespace halint
