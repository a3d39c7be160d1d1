// The one place that talks to tree-sitter about nginx.
// SPDX-License-Identifier: Apache-2.0
#include <tree_sitter/api.h>

#include <algorithm>
#include <array>
#include <new>
#include <string_view>
#include <utility>

#include "nginx/nginx_tree.h"

extern "C" const TSLanguage* tree_sitter_nginx();

namespace halint {
namespace {

constexpr std::pair<std::string_view, NginxNode> kNamedNodes[] = {
    {"directive", NginxNode::kDirective},
    {"block_directive", NginxNode::kBlockDirective},
    {"lua_directive", NginxNode::kLuaDirective},
    {"unfinished_directive", NginxNode::kUnfinishedDirective},
    {"stray_block", NginxNode::kStrayBlock},
    {"stray_semicolon", NginxNode::kStraySemicolon},
    {"stray_close", NginxNode::kStrayClose},
    {"block", NginxNode::kBlock},
    {"unclosed_block", NginxNode::kUnclosedBlock},
    {"lua_block", NginxNode::kLuaBlock},
    {"unclosed_lua_block", NginxNode::kUnclosedLuaBlock},
    {"word", NginxNode::kWord},
    {"string", NginxNode::kString},
    {"unterminated_string", NginxNode::kUnterminatedString},
    {"glued_text", NginxNode::kGluedText},
    {"comment", NginxNode::kComment},
};

// From tree-sitter's symbol to ours.
class NodeTable {
 public:
  NodeTable() {
    const TSLanguage* language = tree_sitter_nginx();
    std::uint32_t count = std::min<std::uint32_t>(ts_language_symbol_count(language), nodes_.size());
    for (std::uint32_t symbol = 0; symbol < count; ++symbol) {
      std::string_view name = ts_language_symbol_name(language, static_cast<TSSymbol>(symbol));
      for (const auto& [known, node] : kNamedNodes) {
        if (known == name) nodes_[symbol] = node;
      }
    }
  }
  // The symbol of an error is beyond all others.
  NginxNode of(TSSymbol symbol) const { return symbol < nodes_.size() ? nodes_[symbol] : NginxNode::kError; }

 private:
  std::array<NginxNode, 64> nodes_ = {};
};

const NodeTable& node_table() {
  static const NodeTable table;
  return table;
}

TSTreeCursor* cursor_in(std::byte* storage) {
  return std::launder(reinterpret_cast<TSTreeCursor*>(storage));
}

const TSTreeCursor* cursor_in(const std::byte* storage) {
  return std::launder(reinterpret_cast<const TSTreeCursor*>(storage));
}

struct Source {
  std::string_view text;
  std::uint64_t reports = 0;  // How often the parser has reported progress.
};

const char* read_chunk(void* payload, std::uint32_t offset, TSPoint, std::uint32_t* length) {
  std::string_view text = static_cast<Source*>(payload)->text;
  if (offset >= text.size()) {
    *length = 0;
    return "";
  }
  *length = static_cast<std::uint32_t>(text.size() - offset);
  return text.data() + offset;
}

// nginx reads bytes, whatever their encoding. A null byte is text too, but would end the lexer's.
std::uint32_t decode_byte(const std::uint8_t* text, std::uint32_t, std::int32_t* code_point) {
  constexpr std::int32_t kReplacement = 0xFFFD;
  *code_point = *text == 0 ? kReplacement : *text;
  return 1;
}

// True stops the parser: the grammar takes every text, so repair never begins; this is the last line of defence.
bool is_hopeless(TSParseState* state) {
  Source* source = static_cast<Source*>(state->payload);
  return ++source->reports > 2'000 + source->text.size();
}

}  // namespace

NginxTree::NginxTree(std::string_view text) {
  TSParser* parser = ts_parser_new();
  ts_parser_set_language(parser, tree_sitter_nginx());
  Source source = {.text = text};
  TSInput input = {.payload = &source, .read = read_chunk, .encoding = TSInputEncodingCustom, .decode = decode_byte};
  TSParseOptions options = {.payload = &source, .progress_callback = is_hopeless};
  tree_.reset(ts_parser_parse_with_options(parser, nullptr, input, options));
  ts_parser_delete(parser);
}

void NginxTree::Free::operator()(TSTree* tree) const {
  ts_tree_delete(tree);
}

NginxWalk::NginxWalk(const NginxTree& tree) {
  static_assert(sizeof(TSTreeCursor) <= sizeof(cursor_));
  new (cursor_) TSTreeCursor(ts_tree_cursor_new(ts_tree_root_node(tree.tree_.get())));
  look();
}

NginxWalk::~NginxWalk() {
  ts_tree_cursor_delete(cursor_in(cursor_));
}

void NginxWalk::look() {
  node_ = node_table().of(ts_node_symbol(ts_tree_cursor_current_node(cursor_in(cursor_))));
}

std::uint32_t NginxWalk::begin() const {
  return ts_node_start_byte(ts_tree_cursor_current_node(cursor_in(cursor_)));
}

std::uint32_t NginxWalk::end() const {
  return ts_node_end_byte(ts_tree_cursor_current_node(cursor_in(cursor_)));
}

bool NginxWalk::down() {
  if (!ts_tree_cursor_goto_first_child(cursor_in(cursor_))) return false;
  look();
  return true;
}

bool NginxWalk::next() {
  if (!ts_tree_cursor_goto_next_sibling(cursor_in(cursor_))) return false;
  look();
  return true;
}

void NginxWalk::up() {
  ts_tree_cursor_goto_parent(cursor_in(cursor_));
  look();
}

}  // namespace halint
