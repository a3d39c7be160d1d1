// The tree that the grammar makes of nginx's text, without a word about tree-sitter.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

struct TSTree;

namespace halint {

enum class NginxNode : std::uint8_t {
  kOther,  // Braces and semicolons.
  kDirective,
  kBlockDirective,
  kLuaDirective,
  kUnfinishedDirective,
  kStrayBlock,
  kStraySemicolon,
  kStrayClose,
  kBlock,
  kUnclosedBlock,
  kLuaBlock,
  kUnclosedLuaBlock,
  kWord,
  kString,
  kUnterminatedString,
  kGluedText,
  kComment,
  kError,
};

// The tree of one text, which must outlive it.
class NginxTree {
 public:
  explicit NginxTree(std::string_view text);
  // False if the parser gave up, which it does on no text that is known.
  bool is_complete() const { return tree_ != nullptr; }

 private:
  friend class NginxWalk;
  struct Free {
    void operator()(TSTree* tree) const;
  };
  std::unique_ptr<TSTree, Free> tree_;
};

// A cursor over a tree. Requires: the tree is complete.
class NginxWalk {
 public:
  explicit NginxWalk(const NginxTree& tree);
  ~NginxWalk();
  NginxWalk(const NginxWalk&) = delete;
  NginxWalk& operator=(const NginxWalk&) = delete;

  NginxNode node() const { return node_; }
  std::uint32_t begin() const;
  std::uint32_t end() const;

  // Calls `body` at each child. `body` must leave the cursor at the level where it found it.
  template <typename Body>
  void each_child(const Body& body) {
    if (!down()) return;
    do body();
    while (next());
    up();
  }

 private:
  bool down();
  bool next();
  void up();
  void look();

  NginxNode node_ = NginxNode::kOther;
  alignas(8) std::byte cursor_[32];  // A TSTreeCursor.
};

}  // namespace halint
