// Reads HCL text into syntax: tree-sitter parses, a reader walks over its tree, and what is broken is read piece by
// piece. SPDX-License-Identifier: Apache-2.0
#include "terraform/syntax/hcl_syntax.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "terraform/syntax/hcl_errors.h"
#include "terraform/syntax/hcl_lines.h"
#include "terraform/syntax/hcl_reader.h"
#include "terraform/syntax/hcl_remarks.h"
#include "terraform/syntax/hcl_tree.h"
#include "terraform/syntax/trouble.h"

namespace halint {
namespace {

// Deepest nesting of brackets in `text`, roughly: brackets in strings and comments count too.
std::size_t bracket_depth(std::string_view text) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  for (char c : text) {
    if (c == '(' || c == '[' || c == '{') deepest = std::max(deepest, ++depth);
    if ((c == ')' || c == ']' || c == '}') && depth > 0) --depth;
  }
  return deepest;
}

// Beyond this the parser itself would take long, and no person has written it.
constexpr std::size_t kHopelessDepth = 5000;

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

// True if the digits that end at `last` are a number of their own and not the tail of a name.
bool starts_number(std::string_view text, std::size_t last) {
  while (last > 0 && text[last] >= '0' && text[last] <= '9') --last;
  return !is_name_character(text[last]) || text[last] == '-';
}

// The grammar wants a line feed after the end of a heredoc.
std::string with_final_line_feed(std::string_view text) {
  return std::string(text) + "\n";
}

// `text` with the same meaning, byte for byte in the same place, but spelled so that the grammar can read it where it
// falls short of HCL: `1e5`, and `(key) = value` on the line after a name, which it takes for a call.
std::string respelled(std::string_view text) {
  std::string result = with_final_line_feed(text);
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 1; i + 1 < result.size(); ++i) {
    if ((result[i] == 'e' || result[i] == 'E') && is_digit(result[i - 1]) && starts_number(result, i - 1)) {
      std::size_t digits = i + 1 + (result[i + 1] == '+' || result[i + 1] == '-' ? 1 : 0);
      if (digits < result.size() && is_digit(result[digits])) std::fill(&result[i], &result[digits], '0');
    } else if (result[i] == '\n' && is_name_character(result[i - 1])) {
      std::size_t next = result.find_first_not_of(" \t\r\n", i);
      if (next != result.npos && result[next] == '(') result[i] = ',';
    }
  }
  return result;
}

// True if a block of the outermost level starts here, as everybody formats it.
bool starts_block(std::string_view text) {
  for (std::string_view word :
       {"resource", "data", "variable", "output", "locals", "module", "provider", "terraform"}) {
    if (text.starts_with(word) && text.size() > word.size() && (text[word.size()] == ' ' || text[word.size()] == '{')) {
      return true;
    }
  }
  return false;
}

// Splits before each line on which a block starts.
std::vector<std::string_view> split_blocks(std::string_view text) {
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) {
    if (!starts_block(text.substr(at + 1))) continue;
    pieces.push_back(text.substr(begin, at + 1 - begin));
    begin = at + 1;
  }
  pieces.push_back(text.substr(begin));
  return pieces;
}

// Of a broken file each block is read by itself, so that a fault stays in the block where it is.
void read_piecewise(HclFile& file, std::string_view text, std::string_view spelled, std::uint32_t base,
                    std::uint32_t nesting) {
  HclContents contents;
  for (std::string_view piece : split_blocks(spelled)) {
    std::size_t begin = static_cast<std::size_t>(piece.data() - spelled.data());
    std::uint32_t piece_base = base + static_cast<std::uint32_t>(begin);
    std::string_view original = text.substr(begin, piece.size());
    HclTree tree(piece);
    if (!tree.is_complete()) {
      file.diagnostics.push_back(syntax_error({file.file, piece_base, piece_base + 1}, "this is not HCL",
                                              "exclude the file if it is not meant to be read"));
      continue;
    }
    HclReader(tree, original, file, piece_base, nesting).read_file(contents);
    if (tree.has_error()) add_syntax_errors(file.diagnostics, tree, original, file.file, piece_base);
  }
  file.body = finish_body(file, contents);
}

// Reads `text`, spelled as `spelled`, if the grammar accepts it.
bool read_sound(HclFile& file, std::string_view spelled, std::string_view text, std::uint32_t base,
                std::uint32_t nesting) {
  HclTree tree(spelled);
  if (!tree.is_complete() || tree.has_error()) return false;
  HclContents contents;
  HclReader(tree, text, file, base, nesting).read_file(contents);
  file.body = finish_body(file, contents);
  return true;
}

// One broken file shall not bury the rest of the report.
void keep_first_errors(HclFile& file) {
  constexpr std::size_t kMost = 20;
  if (file.diagnostics.size() <= kMost) return;
  std::size_t left_out = file.diagnostics.size() - kMost;
  file.diagnostics.resize(kMost);
  file.diagnostics.back().help = fmt::format("{} more errors in this file are not shown", left_out);
}

}  // namespace

HclFile parse_hcl(std::string_view whole, FileId id, std::uint32_t nesting) {
  HclFile file;
  file.file = id;
  add_encoding_error(file.diagnostics, whole, id);
  std::uint32_t base = has_byte_order_mark(whole) ? kByteOrderMark.size() : 0;
  std::string_view text = whole.substr(base);
  if (bracket_depth(text) > kHopelessDepth) {
    file.diagnostics.push_back(limit_exceeded(
        {id, 0, 0}, fmt::format("brackets nest deeper than {} levels; the file was left out", kHopelessDepth),
        "exclude the file if it is not meant to be read"));
    return file;
  }
  if (!read_sound(file, with_final_line_feed(text), text, base, nesting)) {
    std::string spelled = respelled(text);
    bool is_other_text = std::string_view(spelled).substr(0, text.size()) != text;
    bool is_sound = is_other_text && read_sound(file, spelled, text, base, nesting);
    if (!is_sound) read_piecewise(file, text, spelled, base, nesting);
  }
  // Where the grammar has complained, more about lines would be said twice.
  if (file.diagnostics.empty()) add_line_errors(file.diagnostics, text, id, base);
  keep_first_errors(file);
  find_remarks(file, whole);
  return file;
}

const Expression* parse_hcl_template(HclFile& into, std::string_view text, std::uint32_t nesting, std::uint32_t base) {
  if (bracket_depth(text) > kHopelessDepth) return nullptr;
  constexpr std::string_view kOpen = "x = <<halint-template\n";
  std::string wrapped = fmt::format("{}{}\nhalint-template\n", kOpen, text);
  HclTree tree(wrapped);
  if (!tree.is_complete() || tree.has_error()) return nullptr;
  std::string_view kept = into.arena.copy(std::string_view(wrapped));
  base -= static_cast<std::uint32_t>(kOpen.size());  // Spans count from the start of `text`.
  return HclReader(tree, kept, into, base, nesting).read_wrapped_template();
}

}  // namespace halint
