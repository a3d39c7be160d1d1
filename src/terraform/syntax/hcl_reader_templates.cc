// Builds syntax from a parsed tree: quoted text and heredocs.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "terraform/syntax/hcl_reader.h"
#include "terraform/syntax/trouble.h"

namespace halint {

// At quoted_template or heredoc_template.
const Expression* HclReader::quoted_or_heredoc() {
  TemplateForm form = TemplateForm::kQuoted;
  std::vector<TemplateToken> tokens;
  std::uint32_t at = begin();
  std::uint32_t last = end();
  bool is_open = false;
  walk_.each_child([&] {
    switch (walk_.node()) {
      case HclNode::kQuotedStart:
        at = end();
        break;
      case HclNode::kQuotedEnd:
        last = begin();
        break;
      case HclNode::kHeredocStart:
        form = is_template_file_ ? TemplateForm::kBare
               : text() == "<<-" ? TemplateForm::kFlushHeredoc
                                 : TemplateForm::kHeredoc;
        break;
      case HclNode::kHeredocIdentifier:
        if (is_open)
          last = line_start(begin()) - (is_template_file_ ? 1 : 0);
        else
          at = next_line(end());
        is_open = true;
        break;
      default:
        add_template_node(tokens, at, form);
    }
  });
  add_text(tokens, at, last, form);
  return build_template(arena_, tokens, span(), form);
}

std::uint32_t HclReader::line_start(std::uint32_t at) const {
  while (at > 0 && text_[at - 1] != '\n') --at;
  return at;
}

std::uint32_t HclReader::next_line(std::uint32_t at) const {
  while (at < text_.size() && text_[at] != '\n') ++at;
  return std::min<std::uint32_t>(at + 1, static_cast<std::uint32_t>(text_.size()));
}

void HclReader::add_text(std::vector<TemplateToken>& tokens, std::uint32_t from, std::uint32_t to, TemplateForm form) {
  std::size_t first = tokens.size();
  if (from < to) add_template_text(tokens, arena_, text_, into_.file, from, to, form);
  for (std::size_t i = first; i < tokens.size(); ++i) {
    tokens[i].span.begin += base_;
    tokens[i].span.end += base_;
  }
}

// An interpolation or a directive: the text before it, from `at`, comes first.
void HclReader::add_template_node(std::vector<TemplateToken>& tokens, std::uint32_t& at, TemplateForm form) {
  using Kind = TemplateToken::Kind;
  switch (walk_.node()) {
    case HclNode::kTemplateDirective:
    case HclNode::kTemplateFor:
    case HclNode::kTemplateIf: {
      if (is_too_deep()) return;
      Deeper deeper(depth_);
      walk_.each_child([&] { add_template_node(tokens, at, form); });
      return;
    }
    case HclNode::kTemplateInterpolation:
      return add_template_token(tokens, at, form, Kind::kInterpolation);
    case HclNode::kTemplateForStart:
      return add_template_token(tokens, at, form, Kind::kFor);
    case HclNode::kTemplateForEnd:
      return add_template_token(tokens, at, form, Kind::kEndFor);
    case HclNode::kTemplateIfIntro:
      return add_template_token(tokens, at, form, Kind::kIf);
    case HclNode::kTemplateElse:
      return add_template_token(tokens, at, form, Kind::kElse);
    case HclNode::kTemplateIfEnd:
      return add_template_token(tokens, at, form, Kind::kEndIf);
    default:
      return;
  }
}

void HclReader::add_template_token(std::vector<TemplateToken>& tokens, std::uint32_t& at, TemplateForm form,
                                   TemplateToken::Kind kind) {
  add_text(tokens, at, begin(), form);
  at = end();
  TemplateToken token = {.kind = kind, .span = span()};
  std::string_view whole = text();
  token.strips_before = whole.size() > 2 && whole[2] == '~';
  token.strips_after = whole.size() > 3 && whole[whole.size() - 2] == '~';
  if (kind == TemplateToken::Kind::kFor) {
    token.expression = names_and_collection(token.loop);
  } else {
    walk_.each_child([&] {
      if (walk_.node() == HclNode::kExpression) token.expression = expression();
    });
  }
  bool needs_expression = kind == TemplateToken::Kind::kInterpolation || kind == TemplateToken::Kind::kIf ||
                          kind == TemplateToken::Kind::kFor;
  if (needs_expression && token.expression == nullptr) {
    into_.diagnostics.push_back(
        syntax_error(span(), "expected an expression between `${` and `}`", "write `$${` for the text `${`"));
  }
  if (token.expression == nullptr) token.expression = invalid();
  tokens.push_back(token);
}
}  // namespace halint
