// Builds syntax from a parsed tree in a single walk.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "terraform/syntax/ast.h"
#include "terraform/syntax/hcl_syntax.h"
#include "terraform/syntax/hcl_template.h"
#include "terraform/syntax/hcl_tree.h"

namespace halint {

// What a body holds while it is being read.
struct HclContents {
  std::vector<Attribute> attributes;
  std::vector<Block> blocks;
};

// `contents` as a body. A name may be set once; the first one counts.
Body finish_body(HclFile& into, HclContents& contents);

// Reads one tree into the arena of `into`.
class HclReader {
 public:
  HclReader(const HclTree& tree, std::string_view text, HclFile& into, std::uint32_t base, std::uint32_t nesting)
      : walk_(tree), text_(text), into_(into), arena_(into.arena), base_(base), nesting_(nesting) {}

  // Adds what the tree holds.
  void read_file(HclContents& contents);
  // Of the file `x = <<EOT ... EOT`, in which a template file is wrapped: the line feed before the end is not part of
  // it.
  const Expression* read_wrapped_template();

 private:
  // The tree is one line feed longer than the text, and the parser may put something that is missing behind it.
  std::uint32_t begin() const { return std::min(walk_.begin(), static_cast<std::uint32_t>(text_.size())); }
  std::uint32_t end() const { return std::min(walk_.end(), static_cast<std::uint32_t>(text_.size())); }
  Span span() const { return {into_.file, base_ + begin(), base_ + end()}; }
  Span from(std::uint32_t begin, std::uint32_t end) const { return {into_.file, base_ + begin, base_ + end}; }
  std::string_view text() const { return text_.substr(begin(), end() - begin()); }
  const Expression* make(Expression expression) { return arena_.make<Expression>(expression); }
  const Expression* invalid() { return make({.kind = ExpressionKind::kInvalid, .span = span()}); }

  // True if the nesting is too deep to go on; says so once.
  bool is_too_deep();
  struct Deeper {
    explicit Deeper(std::uint32_t& depth) : depth(depth) { ++depth; }
    ~Deeper() { --depth; }
    std::uint32_t& depth;
  };

  void collect(HclContents& contents);
  void collect_one(HclContents& contents);
  void read_attribute(HclContents& contents);
  void read_block(HclContents& contents);
  void expect_plain_label();
  void expect_number();
  std::string_view quoted_text() const;

  // hcl_reader_expressions.cc. Each is called at the node that it reads, and leaves the cursor there.
  const Expression* expression();
  const Expression* term();
  std::span<const Expression* const> one(const Expression* part);
  const Expression* parenthesised();
  void add_step(std::vector<TraversalStep>& steps);
  void add_index(std::vector<TraversalStep>& steps);
  void add_splat(std::vector<TraversalStep>& steps);
  const Expression* primary();
  const Expression* only_child();
  std::vector<const Expression*> operands(std::string_view& op, bool without_first = false);
  int down_to_left_operation();
  const Expression* unary();
  const Expression* binary();
  const Expression* conditional();
  void add_branches(std::vector<const Expression*>& parts, bool without_first);
  bool down_to_condition();
  const Expression* tuple();
  const Expression* object();
  const Expression* object_key();
  const Expression* call();
  const Expression* for_expression();
  const Expression* names_and_collection(LoopNames& names);

  // hcl_reader_templates.cc
  const Expression* quoted_or_heredoc();
  std::uint32_t line_start(std::uint32_t at) const;
  std::uint32_t next_line(std::uint32_t at) const;
  void add_text(std::vector<TemplateToken>& tokens, std::uint32_t from, std::uint32_t to, TemplateForm form);
  void add_template_node(std::vector<TemplateToken>& tokens, std::uint32_t& at, TemplateForm form);
  void add_template_token(std::vector<TemplateToken>& tokens, std::uint32_t& at, TemplateForm form,
                          TemplateToken::Kind kind);

  HclWalk walk_;
  std::string_view text_;
  HclFile& into_;
  Arena& arena_;
  std::uint32_t base_;  // Where `text_` starts in the file.
  std::uint32_t nesting_;
  std::uint32_t depth_ = 0;
  bool more_ = false;
  bool said_too_deep_ = false;
  bool is_template_file_ = false;
};

}  // namespace halint
