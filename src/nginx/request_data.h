// Which variables in a line hold what a client has sent, and what it can put there: followed through `set`, captures of
// regular expressions and `map`.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "nginx/configuration_tree.h"
#include "nginx/regex_sets.h"
#include "nginx/request_piece.h"

namespace halint {

// One thing that a text may be when nginx uses it.
using NginxText = std::vector<NginxPiece>;

// What `$1` means: the groups of an expression, and what it was asked about.
struct NginxCaptures {
  const RegexTree* tree = nullptr;  // Null: it is not understood.
  NginxPiece source;                // What it looks at.
  bool is_escaped = false;          // nginx escapes what it fills in: `$1` in the redirect of a `rewrite`.
};

class RequestData {
 public:
  // `tree`: the root of a configuration, which must outlive it.
  explicit RequestData(const NginxBlock& tree);

  // All that `text` may be at `block`. `own`: an expression of the line itself.
  std::vector<NginxText> expand(std::string_view text, const NginxBlock& block, const NginxCaptures* own = nullptr);

  // `rewrite REGEX ...` has captures of its own.
  NginxCaptures captures_of_rewrite(const NginxDirective& line, bool is_redirect);

 private:
  // Something that gives a variable a value in a block, or in a condition that stands in it.
  struct Assignment {
    const NginxBlock* where = nullptr;
    const NginxDirective* line =
        nullptr;  // A `set`; or the directive with an expression that has a group of this name.
    bool is_capture = false;
  };
  using Key = std::pair<std::string, const NginxBlock*>;

  void collect(const NginxBlock& block);
  void collect_names(const NginxBlock& base, const NginxBlock& where, const NginxDirective& line,
                     std::string_view pattern);
  void collect_check(const NginxBlock& condition);

  std::vector<NginxText> variable(const std::string& name, const NginxBlock& block, const NginxCaptures* own);
  std::optional<std::vector<NginxText>> assigned(const std::string& name, const NginxBlock& block);
  std::vector<NginxText> assignment(const std::string& name, const Assignment& assignment);
  NginxPiece numbered(std::size_t number, const NginxBlock& block, const NginxCaptures* own);
  NginxPiece mapped(const std::string& name, const NginxBlock& table);
  NginxPiece built_in(const std::string& name, const NginxBlock& block);
  NginxPiece path_at(const std::string& name, const NginxBlock& block);
  const RegexTree* tree_of(const NginxDirective& line, std::string_view pattern);
  // The expression of a location's or condition's head; null if it has none.
  std::optional<NginxCaptures> captures_of_head(const NginxBlock& block);

  const NginxBlock& tree_;
  std::map<Key, std::vector<Assignment>> assignments_;
  std::map<Key, std::vector<const NginxBlock*>> checks_;  // Conditions on a variable that refuse the request.
  std::set<const NginxBlock*> asking_;                    // Blocks with a `rewrite` or a condition that has captures.
  std::map<std::string, const NginxBlock*> tables_;
  std::map<std::string, NginxPiece> mapped_;
  std::map<const NginxDirective*, std::optional<RegexTree>> regexes_;
  int depth_ = 0;
  // Pieces that were put together: for the line that is looked at, and for all.
  std::size_t line_work_ = 0, work_ = 0;
};

}  // namespace halint
