// Reads nginx's text into syntax: the grammar makes a tree of any text, a reader walks over it and says what is wrong.
// SPDX-License-Identifier: Apache-2.0
#include "nginx/nginx_syntax.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"
#include "nginx/nginx_tree.h"
#include "nginx/trouble.h"

namespace halint {
namespace {

// nginx reads through a buffer of this size, and a word or comment must fit into it.
constexpr std::uint32_t kBuffer = 4096;

// More than anyone reads.
constexpr std::size_t kMostErrors = 1000;

std::string shown(std::string_view text) {
  constexpr std::size_t kMost = 40;
  std::string_view line = text.substr(0, text.find('\n'));
  bool is_cut = line.size() < text.size() || line.size() > kMost;
  std::string result = escape_controls(line.substr(0, kMost));
  return is_cut ? result + "..." : result;
}

// As nginx takes a word: a backslash protects quotes and itself, and spells three control characters.
std::string_view unescape(Arena& arena, std::string_view text) {
  if (text.find('\\') == text.npos) return text;
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
    switch (next) {
      case '"':
      case '\'':
      case '\\':
        result += next;
        break;
      case 't':
        result += '\t';
        break;
      case 'r':
        result += '\r';
        break;
      case 'n':
        result += '\n';
        break;
      default:
        result += text[i];
        continue;
    }
    ++i;
  }
  return arena.copy(std::string_view(result));
}

class Reader {
 public:
  // `whole` is what words say; `tree` is of what follows `base`, perhaps in another spelling of the same length.
  Reader(const NginxTree& tree, std::string_view whole, NginxFile& file, std::uint32_t base, std::uint32_t nesting)
      : walk_(tree), whole_(whole), text_(whole.substr(base)), file_(file), base_(base), nesting_(nesting) {}

  void read() { file_.directives = read_items(0); }

  // The quote that should not have opened a string: the string runs over a line's end, and what follows it makes no
  // sense.
  std::optional<std::uint32_t> wrong_quote() const { return wrong_quote_; }

 private:
  Span span(std::uint32_t begin, std::uint32_t end) const { return {file_.file, base_ + begin, base_ + end}; }
  std::string_view text(std::uint32_t begin, std::uint32_t end) const { return text_.substr(begin, end - begin); }

  void error(Span span, std::string message, std::string help = "") {
    file_.has_syntax_error = true;
    if (file_.diagnostics.size() < kMostErrors)
      file_.diagnostics.push_back(nginx_syntax_error(span, std::move(message), std::move(help)));
  }

  std::span<const NginxDirective> read_items(std::uint32_t depth) {
    std::vector<NginxDirective> items;
    walk_.each_child([&] {
      std::uint32_t begin = walk_.begin(), end = walk_.end();
      switch (walk_.node()) {
        case NginxNode::kDirective:
        case NginxNode::kBlockDirective:
        case NginxNode::kLuaDirective:
        case NginxNode::kUnfinishedDirective:
          items.push_back(read_directive(depth));
          break;
        case NginxNode::kStraySemicolon:
          error(span(begin, end), "unexpected `;`: no directive stands before it", "remove it");
          break;
        case NginxNode::kStrayClose:
          error(span(begin, end), "unexpected `}`: no block is open here", "remove it, or open the block above");
          break;
        case NginxNode::kStrayBlock:
          error(span(begin, begin + 1), "unexpected `{`: the block has no name", "write its name before it");
          read_stray(depth);
          break;
        case NginxNode::kComment:
          read_comment();
          break;
        default:
          break;
      }
    });
    return file_.arena->copy(items);
  }

  // The directives of a nameless block are read for their errors only.
  void read_stray(std::uint32_t depth) {
    walk_.each_child([&] { read_block(depth, {}); });
  }

  NginxDirective read_directive(std::uint32_t depth) {
    NginxDirective directive;
    std::vector<NginxWord> words;
    bool is_unfinished = walk_.node() == NginxNode::kUnfinishedDirective;
    std::uint32_t begin = walk_.begin(), end = walk_.end();
    directive.whole = directive.header = span(begin, end);
    walk_.each_child([&] {
      switch (walk_.node()) {
        case NginxNode::kWord:
        case NginxNode::kString:
        case NginxNode::kUnterminatedString:
          words.push_back(read_word());
          if (walk_.node() == NginxNode::kUnterminatedString) directive.is_broken = true;
          break;
        case NginxNode::kGluedText:
          say_glued(words.back());
          directive.is_broken = true;
          break;
        case NginxNode::kComment:
          read_comment();
          break;
        case NginxNode::kLuaBlock:
        case NginxNode::kUnclosedLuaBlock:
        case NginxNode::kBlock:
        case NginxNode::kUnclosedBlock: {
          directive.has_block = true;
          directive.is_lua = walk_.node() == NginxNode::kLuaBlock || walk_.node() == NginxNode::kUnclosedLuaBlock;
          directive.block = read_block(depth, words.front().text);
          break;
        }
        default:
          break;
      }
    });
    directive.name = words.front();
    directive.arguments = file_.arena->copy(std::span<const NginxWord>(words).subspan(1));
    directive.header.end = words.back().span.end;
    if (is_unfinished) {
      directive.is_broken = true;
      say_unfinished(directive);
    }
    return directive;
  }

  std::span<const NginxDirective> read_block(std::uint32_t depth, std::string_view name) {
    bool is_unclosed = walk_.node() == NginxNode::kUnclosedBlock || walk_.node() == NginxNode::kUnclosedLuaBlock;
    // One missing brace is said once: all blocks around it are open too.
    if (is_unclosed && !has_unclosed_) {
      has_unclosed_ = true;
      std::string block = name.empty() ? "the block" : fmt::format("the block of `{}`", shown(name));
      error(span(walk_.begin(), walk_.begin() + 1),
            fmt::format("{} is not closed: the file ends before its `}}`", block));
    }
    if (walk_.node() == NginxNode::kLuaBlock || walk_.node() == NginxNode::kUnclosedLuaBlock) return {};
    if (walk_.node() != NginxNode::kBlock && walk_.node() != NginxNode::kUnclosedBlock) return {};
    if (depth + 1 > nesting_) {
      if (!std::exchange(is_too_deep_, true)) {
        file_.diagnostics.push_back(nginx_limit_exceeded(
            span(walk_.begin(), walk_.begin() + 1),
            fmt::format("blocks nest deeper than {} levels; what is deeper was left out", nesting_),
            "exclude the file if it is not meant to be read"));
      }
      return {};
    }
    return read_items(depth + 1);
  }

  NginxWord read_word() {
    std::uint32_t begin = walk_.begin(), end = walk_.end();
    NginxWord word;
    word.span = span(begin, end);
    word.is_quoted = walk_.node() == NginxNode::kString;
    if (walk_.node() == NginxNode::kUnterminatedString) {
      wrong_quote_ = begin;
      ++begin;
    } else if (word.is_quoted) {
      check_length(begin + 1, end - 1, "text", kBuffer - 1);
      ++begin, --end;
    } else {
      check_length(begin, end, "word", kBuffer);
    }
    word.text = unescape(*file_.arena, text(begin, end));
    return word;
  }

  void read_comment() {
    std::uint32_t begin = walk_.begin(), end = walk_.end();
    check_length(begin, end, "comment", kBuffer);
    std::string_view spoken = remark_text(text(begin, end));
    if (spoken.empty()) return;
    auto offset = static_cast<std::uint32_t>(spoken.data() - whole_.data());
    Remark& remark = file_.remarks.emplace_back();
    remark.text = spoken;
    remark.span = {file_.file, offset, offset + static_cast<std::uint32_t>(spoken.size())};
  }

  void check_length(std::uint32_t begin, std::uint32_t end, std::string_view what, std::uint32_t limit) {
    if (end < begin + limit || end >= text_.size()) return;
    error(span(begin, std::min(end, begin + 40)),
          fmt::format("the {} has {} bytes; nginx refuses more than {}", what, end - begin, limit - 1),
          what == "comment" ? "break it into lines" : "split it into several words");
  }

  void say_glued(const NginxWord& before) {
    std::uint32_t begin = walk_.begin(), end = walk_.end();
    std::string_view quoted = text(before.span.begin - base_, before.span.end - base_);
    if (quoted.find('\n') != quoted.npos && !wrong_quote_) wrong_quote_ = before.span.begin - base_;
    error(span(begin, end), fmt::format("unexpected `{}` right after a quoted text", shown(text(begin, end))),
          "put white space between them, or escape the quote with a backslash");
  }

  void say_unfinished(const NginxDirective& directive) {
    Span last = last_word_of_line(directive, whole_).span;
    error(last, fmt::format("`;` is missing after `{}`", shown(whole_.substr(last.begin, last.end - last.begin))),
          "end the directive with `;`");
  }

  NginxWalk walk_;
  std::string_view whole_;
  std::string_view text_;
  NginxFile& file_;
  std::uint32_t base_;
  std::uint32_t nesting_;
  std::optional<std::uint32_t> wrong_quote_;
  bool has_unclosed_ = false;
  bool is_too_deep_ = false;
};

// What a remark at `offset` stands on: the directive that comes first after it, in the block where it stands.
void place_remark(Remark& remark, std::span<const NginxDirective> directives) {
  std::uint32_t offset = remark.span.begin;
  remark.leads_file = directives.empty() || directives.front().whole.begin > offset;
  for (bool goes_on = true; goes_on;) {
    goes_on = false;
    for (const NginxDirective& directive : directives) {
      if (directive.whole.end <= offset) continue;
      remark.target = directive.whole;
      bool is_inside = directive.whole.begin <= offset;
      if (is_inside && directive.header.end <= offset && directive.has_block) {
        if (!remark.block.is_known()) remark.block = directive.whole;
        remark.target = {};
        directives = directive.block;
        goes_on = true;
      }
      break;
    }
  }
}

void place_remarks(NginxFile& file, std::string_view text) {
  for (Remark& remark : file.remarks) {
    place_remark(remark, file.directives);
    if (trails_code(text, remark.span.begin)) {
      std::uint32_t sign = static_cast<std::uint32_t>(text.rfind('#', remark.span.begin));
      if (trails_code(text, sign)) remark.target = line_before(file.file, text, sign);
    }
    if (!remark.block.is_known()) remark.block = remark.target;
  }
}

// One broken file shall not bury the rest of the report.
void keep_first_errors(NginxFile& file) {
  constexpr std::size_t kMost = 20;
  std::ranges::stable_sort(file.diagnostics, {}, &Diagnostic::span);
  if (file.diagnostics.size() <= kMost) return;
  std::size_t left_out = file.diagnostics.size() - kMost;
  file.diagnostics.resize(kMost);
  file.diagnostics.back().help = fmt::format("{} more errors in this file are not shown", left_out);
}

}  // namespace

const NginxWord& last_word_of_line(const NginxDirective& directive, std::string_view text) {
  const NginxWord* last = &directive.name;
  for (const NginxWord& word : directive.arguments) {
    std::string_view between = text.substr(last->span.end, word.span.begin - last->span.end);
    if (between.find('\n') != between.npos) break;
    last = &word;
  }
  return *last;
}

NginxFile parse_nginx(std::string_view whole, FileId id, std::uint32_t nesting) {
  std::uint32_t base = has_byte_order_mark(whole) ? kByteOrderMark.size() : 0;
  std::string_view text = whole.substr(base);
  std::string spelled;  // `text` with the quotes that open no sensible string taken as plain characters.
  std::vector<Diagnostic> quotes;
  // Each round reads the text anew.
  const int most_rounds = text.size() > (1u << 20) ? 1 : 8;
  for (int round = 0;; ++round) {
    NginxFile file;
    file.file = id;
    NginxTree tree(spelled.empty() ? text : std::string_view(spelled));
    if (!tree.is_complete()) {
      file.has_syntax_error = true;
      file.diagnostics.push_back(nginx_syntax_error({id, base, base + 1}, "this is not an nginx configuration",
                                                    "exclude the file if it is not meant to be read"));
      return file;
    }
    Reader reader(tree, whole, file, base, nesting);
    reader.read();
    std::optional<std::uint32_t> quote = reader.wrong_quote();
    if (quote && round < most_rounds) {
      if (spelled.empty()) spelled = text;
      spelled[*quote] = '_';
      quotes.push_back(nginx_syntax_error({id, base + *quote, base + *quote + 1},
                                          fmt::format("the text that `{}` begins is not closed", text[*quote]),
                                          "close it, or escape the quote with a backslash"));
      continue;
    }
    file.has_syntax_error |= !quotes.empty();
    file.diagnostics.insert(file.diagnostics.end(), quotes.begin(), quotes.end());
    if (base > 0) {
      file.diagnostics.push_back(nginx_invalid(
          {id, 0, base}, "nginx takes a byte order mark for a part of the first word", "save the file without it"));
    }
    std::size_t null = text.find('\0');
    if (file.has_syntax_error && null != text.npos) {
      std::uint32_t at = base + static_cast<std::uint32_t>(null);
      file.diagnostics = {nginx_syntax_error({id, at, at + 1}, "this is binary data, not an nginx configuration",
                                             "exclude the file if it is not meant to be read")};
      return file;
    }
    place_remarks(file, whole);
    keep_first_errors(file);
    return file;
  }
}

}  // namespace halint
