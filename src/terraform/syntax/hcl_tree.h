// A parsed HCL text as a tree of nodes: what is left of tree-sitter when its types stay out of sight.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct TSTree;

namespace halint {

// The node types that a reader looks at. A switch over these instead of comparing names keeps the walk cheap.
enum class HclNode : std::uint8_t {
  kOther,
  kComment,
  kError,
  kBody,
  kAttribute,
  kBlock,
  kIdentifier,
  kStringLit,
  kExpression,
  kLiteralValue,
  kNumericLit,
  kBoolLit,
  kNullLit,
  kTemplateExpr,
  kQuotedTemplate,
  kHeredocTemplate,
  kHeredocStart,
  kHeredocIdentifier,
  kQuotedStart,
  kQuotedEnd,
  kTemplateInterpolation,
  kTemplateDirective,
  kTemplateFor,
  kTemplateForStart,
  kTemplateForEnd,
  kTemplateIf,
  kTemplateIfIntro,
  kTemplateElse,
  kTemplateIfEnd,
  kCollection,
  kTuple,
  kObject,
  kObjectElem,
  kVariable,
  kCall,
  kArguments,
  kEllipsis,
  kForExpr,
  kForTuple,
  kForObject,
  kForIntro,
  kForCond,
  kOperation,
  kUnary,
  kBinary,
  kConditional,
  kIndex,
  kNewIndex,
  kLegacyIndex,
  kGetAttr,
  kSplat,
  kAttrSplat,
  kFullSplat,
  kOpenParenthesis,
};

// A region that the grammar could not make sense of.
struct SyntaxFault {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string_view missing;           // What had to be there, if only a token is missing: "}".
  std::vector<std::string> expected;  // What could have stood at `begin`. May be empty.
};

// The tree of one text, which must outlive it.
class HclTree {
 public:
  explicit HclTree(std::string_view text);

  // False if the parser gave up: the text is broken in a way that takes forever to repair.
  bool is_complete() const { return tree_ != nullptr; }
  bool has_error() const;
  // The first outermost broken regions, in order.
  std::vector<SyntaxFault> faults() const;

 private:
  friend class HclWalk;
  struct Free {
    void operator()(TSTree* tree) const;
  };
  std::unique_ptr<TSTree, Free> tree_;
};

// A cursor over a tree, which passes over comments. Requires: the tree is complete.
class HclWalk {
 public:
  explicit HclWalk(const HclTree& tree);
  ~HclWalk();
  HclWalk(const HclWalk&) = delete;
  HclWalk& operator=(const HclWalk&) = delete;

  HclNode node() const { return node_; }
  std::uint32_t begin() const;
  std::uint32_t end() const;

  // To the first child, the next sibling; false, and no step, if there is none.
  bool down();
  bool next();
  void up();

  // Calls `body` at each child. `body` must leave the cursor at the level where it found it.
  template <typename Body>
  void each_child(const Body& body) {
    if (!down()) return;
    do body();
    while (next());
    up();
  }

 private:
  void look();

  HclNode node_ = HclNode::kOther;
  alignas(8) std::byte cursor_[32];  // A TSTreeCursor.
};

}  // namespace halint
