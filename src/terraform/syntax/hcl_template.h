// The text inside quotes and heredocs: escapes, strip markers, indentation, and the nesting of directives.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/span.h"
#include "terraform/syntax/ast.h"

namespace halint {

// A template as a flat list, the form in which strip markers and indentation are defined.
struct TemplateToken {
  enum class Kind { kText, kInterpolation, kIf, kElse, kEndIf, kFor, kEndFor };
  Kind kind = Kind::kText;
  bool strips_before = false;  // `${~`
  bool strips_after = false;   // `~}`
  Span span = {};
  std::string_view text = {};              // kText.
  const Expression* expression = nullptr;  // kInterpolation: the value; kIf: the condition; kFor: the collection.
  LoopNames loop = {};                     // kFor.
};

enum class TemplateForm {
  kQuoted,        // "..."
  kHeredoc,       // <<EOT
  kFlushHeredoc,  // <<-EOT: common indentation is removed
  kBare,          // The text of a template file.
};

// Appends the text of [begin, end) of `source` as tokens: one for each line, except in quotes.
void add_template_text(std::vector<TemplateToken>& tokens, Arena& arena, std::string_view source, FileId file,
                       std::uint32_t begin, std::uint32_t end, TemplateForm form);

// The expression that `tokens` mean.
const Expression* build_template(Arena& arena, std::vector<TemplateToken>& tokens, Span span, TemplateForm form);

// `text` of a quoted string with its escapes resolved: `\n`, `\u00e9`, `$${`.
std::string_view unescape_quoted(Arena& arena, std::string_view text);

}  // namespace halint
