// A comment that speaks to halint, in whatever language it stands.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "base/span.h"

namespace halint {

// What a comment addressed to halint begins with.
constexpr std::string_view kRemarkWord = "halint-ignore";

// Front ends find remarks and say what they stand on; `src/check` knows what they mean.
struct Remark {
  std::string_view text;  // "halint-ignore[slug]: reason", without the signs of the comment. In the text of its file.
  Span span;              // Of `text`.
  Span target;            // The block, attribute or directive that follows, or the line that it trails. May be unknown.
  Span block;             // The outermost block around it, or `target` outside of any block.
  bool leads_file = false;  // It stands before everything else in its file.
};

// The part of a comment that speaks to halint, up to the end of its line; empty if it does not. `comment` begins and
// ends with the language's signs: `# x`, `// x`, `/* x */`.
std::string_view remark_text(std::string_view comment);

// Whether there is code on the line before `offset`: then a comment there trails it.
bool trails_code(std::string_view text, std::uint32_t offset);
// The line around `offset`, without its line ending, up to `offset`.
Span line_before(FileId file, std::string_view text, std::uint32_t offset);

}  // namespace halint
