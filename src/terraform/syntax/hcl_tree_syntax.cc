// The one place that talks to tree-sitter about HCL.
// SPDX-License-Identifier: Apache-2.0
#include <tree_sitter/api.h>

#include <algorithm>
#include <array>
#include <new>
#include <utility>

#include "terraform/syntax/hcl_tree.h"

extern "C" const TSLanguage* tree_sitter_hcl();

namespace halint {
namespace {

constexpr std::pair<std::string_view, HclNode> kNamedNodes[] = {
    {"comment", HclNode::kComment},
    {"body", HclNode::kBody},
    {"attribute", HclNode::kAttribute},
    {"block", HclNode::kBlock},
    {"identifier", HclNode::kIdentifier},
    {"string_lit", HclNode::kStringLit},
    {"expression", HclNode::kExpression},
    {"literal_value", HclNode::kLiteralValue},
    {"numeric_lit", HclNode::kNumericLit},
    {"bool_lit", HclNode::kBoolLit},
    {"null_lit", HclNode::kNullLit},
    {"template_expr", HclNode::kTemplateExpr},
    {"quoted_template", HclNode::kQuotedTemplate},
    {"heredoc_template", HclNode::kHeredocTemplate},
    {"heredoc_start", HclNode::kHeredocStart},
    {"heredoc_identifier", HclNode::kHeredocIdentifier},
    {"quoted_template_start", HclNode::kQuotedStart},
    {"quoted_template_end", HclNode::kQuotedEnd},
    {"template_interpolation", HclNode::kTemplateInterpolation},
    {"template_directive", HclNode::kTemplateDirective},
    {"template_for", HclNode::kTemplateFor},
    {"template_for_start", HclNode::kTemplateForStart},
    {"template_for_end", HclNode::kTemplateForEnd},
    {"template_if", HclNode::kTemplateIf},
    {"template_if_intro", HclNode::kTemplateIfIntro},
    {"template_else_intro", HclNode::kTemplateElse},
    {"template_if_end", HclNode::kTemplateIfEnd},
    {"collection_value", HclNode::kCollection},
    {"tuple", HclNode::kTuple},
    {"object", HclNode::kObject},
    {"object_elem", HclNode::kObjectElem},
    {"variable_expr", HclNode::kVariable},
    {"function_call", HclNode::kCall},
    {"function_arguments", HclNode::kArguments},
    {"ellipsis", HclNode::kEllipsis},
    {"for_expr", HclNode::kForExpr},
    {"for_tuple_expr", HclNode::kForTuple},
    {"for_object_expr", HclNode::kForObject},
    {"for_intro", HclNode::kForIntro},
    {"for_cond", HclNode::kForCond},
    {"operation", HclNode::kOperation},
    {"unary_operation", HclNode::kUnary},
    {"binary_operation", HclNode::kBinary},
    {"conditional", HclNode::kConditional},
    {"index", HclNode::kIndex},
    {"new_index", HclNode::kNewIndex},
    {"legacy_index", HclNode::kLegacyIndex},
    {"get_attr", HclNode::kGetAttr},
    {"splat", HclNode::kSplat},
    {"attr_splat", HclNode::kAttrSplat},
    {"full_splat", HclNode::kFullSplat},
    {"(", HclNode::kOpenParenthesis},
};

// From tree-sitter's symbol to ours.
class NodeTable {
 public:
  NodeTable() {
    const TSLanguage* language = tree_sitter_hcl();
    std::uint32_t count = std::min<std::uint32_t>(ts_language_symbol_count(language), nodes_.size());
    for (std::uint32_t symbol = 0; symbol < count; ++symbol) {
      std::string_view name = ts_language_symbol_name(language, static_cast<TSSymbol>(symbol));
      for (const auto& [known, node] : kNamedNodes) {
        if (known == name) nodes_[symbol] = node;
      }
    }
  }
  // The symbol of an error is beyond all others.
  HclNode of(TSSymbol symbol) const { return symbol < nodes_.size() ? nodes_[symbol] : HclNode::kError; }

 private:
  std::array<HclNode, 256> nodes_ = {};
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

// True stops the parser. Sound text needs about one report for 50 bytes; repair of broken text may need many more.
bool is_hopeless(TSParseState* state) {
  Source* source = static_cast<Source*>(state->payload);
  return ++source->reports > 2'000 + source->text.size() / 10;
}

// Names of the tokens that the grammar could have gone on with in `state`.
std::vector<std::string> tokens_after(TSStateId state) {
  std::vector<std::string> names;
  const TSLanguage* language = tree_sitter_hcl();
  TSLookaheadIterator* iterator = ts_lookahead_iterator_new(language, state);
  if (iterator == nullptr) return names;
  while (ts_lookahead_iterator_next(iterator)) {
    TSSymbol symbol = ts_lookahead_iterator_current_symbol(iterator);
    if (ts_language_symbol_type(language, symbol) != TSSymbolTypeAuxiliary) {
      names.emplace_back(ts_lookahead_iterator_current_symbol_name(iterator));
    }
  }
  ts_lookahead_iterator_delete(iterator);
  std::ranges::sort(names);
  return names;
}

SyntaxFault fault_at(TSNode node) {
  SyntaxFault fault = {.begin = ts_node_start_byte(node), .end = ts_node_end_byte(node), .missing = {}, .expected = {}};
  if (ts_node_is_missing(node)) {
    fault.missing = ts_node_type(node);
    return fault;
  }
  TSNode before = ts_node_prev_sibling(node);
  if (!ts_node_is_null(before)) fault.expected = tokens_after(ts_node_next_parse_state(before));
  return fault;
}

}  // namespace

HclTree::HclTree(std::string_view text) {
  TSParser* parser = ts_parser_new();
  ts_parser_set_language(parser, tree_sitter_hcl());
  Source source = {.text = text};
  TSInput input = {.payload = &source, .read = read_chunk, .encoding = TSInputEncodingUTF8, .decode = nullptr};
  TSParseOptions options = {.payload = &source, .progress_callback = is_hopeless};
  tree_.reset(ts_parser_parse_with_options(parser, nullptr, input, options));
  ts_parser_delete(parser);
}

void HclTree::Free::operator()(TSTree* tree) const {
  ts_tree_delete(tree);
}

bool HclTree::has_error() const {
  return ts_node_has_error(ts_tree_root_node(tree_.get()));
}

// More than anyone reads; finding out what was expected at each takes time.
constexpr std::size_t kMostFaults = 40;

std::vector<SyntaxFault> HclTree::faults() const {
  std::vector<SyntaxFault> faults;
  TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree_.get()));
  bool is_done = false;
  while (!is_done) {
    TSNode node = ts_tree_cursor_current_node(&cursor);
    bool is_fault = ts_node_is_error(node) || ts_node_is_missing(node);
    if (is_fault) faults.push_back(fault_at(node));
    if (faults.size() >= kMostFaults) break;
    if (!is_fault && ts_node_has_error(node) && ts_tree_cursor_goto_first_child(&cursor)) continue;
    while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
      if (!ts_tree_cursor_goto_parent(&cursor)) {
        is_done = true;
        break;
      }
    }
  }
  ts_tree_cursor_delete(&cursor);
  return faults;
}

HclWalk::HclWalk(const HclTree& tree) {
  static_assert(sizeof(TSTreeCursor) <= sizeof(cursor_));
  new (cursor_) TSTreeCursor(ts_tree_cursor_new(ts_tree_root_node(tree.tree_.get())));
  look();
}

HclWalk::~HclWalk() {
  ts_tree_cursor_delete(cursor_in(cursor_));
}

void HclWalk::look() {
  node_ = node_table().of(ts_node_symbol(ts_tree_cursor_current_node(cursor_in(cursor_))));
}

std::uint32_t HclWalk::begin() const {
  return ts_node_start_byte(ts_tree_cursor_current_node(cursor_in(cursor_)));
}

std::uint32_t HclWalk::end() const {
  return ts_node_end_byte(ts_tree_cursor_current_node(cursor_in(cursor_)));
}

bool HclWalk::down() {
  if (!ts_tree_cursor_goto_first_child(cursor_in(cursor_))) return false;
  look();
  if (node_ != HclNode::kComment || next()) return true;
  up();
  return false;
}

bool HclWalk::next() {
  // Comments at the end are passed over too: the cursor may then stand on one, but nobody looks any more.
  do {
    if (!ts_tree_cursor_goto_next_sibling(cursor_in(cursor_))) return false;
    look();
  } while (node_ == HclNode::kComment);
  return true;
}

void HclWalk::up() {
  ts_tree_cursor_goto_parent(cursor_in(cursor_));
  look();
}

}  // namespace halint
