// The syntax of one nginx file: directives with words and blocks, each with its place.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/remark.h"
#include "base/span.h"

namespace halint {

struct NginxWord {
  std::string_view text;  // As nginx understands it: without quotes and escapes.
  Span span;              // With its quotes.
  bool is_quoted = false;
};

// A name, its arguments, and a block if it has one. Points into the text and the arena of its file.
struct NginxDirective {
  NginxWord name;
  std::span<const NginxWord> arguments;
  std::span<const NginxDirective> block;
  bool has_block = false;
  bool is_lua = false;     // The block holds Lua, which is not read.
  bool is_broken = false;  // A syntax error stands in it, outside its block.
  Span header;             // From the name to the last argument.
  Span whole;              // With block or semicolon.

  std::string_view argument(std::size_t index) const {
    return index < arguments.size() ? arguments[index].text : std::string_view();
  }
};

struct NginxFile {
  FileId file;
  std::unique_ptr<Arena> arena = std::make_unique<Arena>();
  std::span<const NginxDirective> directives;
  std::vector<Diagnostic> diagnostics;
  std::vector<Remark> remarks;
  bool has_syntax_error = false;
};

}  // namespace halint
