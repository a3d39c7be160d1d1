// What a client can put into a variable that a `map` gives its value.
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "nginx/request_data.h"

namespace halint {

using Origin = NginxPiece::Origin;

// All values of a table in one: what a client can put into the worst of them.
NginxPiece RequestData::mapped(const std::string& name, const NginxBlock& table) {
  auto known = mapped_.find(name);
  if (known != mapped_.end()) return known->second;
  NginxPiece result = harmless_piece("$" + name);
  mapped_.emplace(name, unknown_piece("$" + name, {table.head->header, "the table leads to itself"}));
  if (!table.gaps.empty()) result = unknown_piece("$" + name, table.gaps.front());
  if (table.head->name.text == "map" && table.head->arguments.size() > 1) {
    ++depth_;
    std::vector<NginxText> asked;  // What the table is asked with; only needed if a value has captures.
    bool is_first = true;
    for (const NginxDirective* line : table.lines) {
      std::string_view value = line->argument(0);
      if (value.find('$') == value.npos) continue;
      NginxCaptures captures;
      bool has_captures = line->name.text.starts_with('~');
      if (has_captures) {
        if (asked.empty()) asked = expand(table.head->argument(0), *table.parent);
        std::string_view pattern = line->name.text.substr(line->name.text.starts_with("~*") ? 2 : 1);
        captures.tree = tree_of(*line, pattern);
        captures.source =
            asked.size() == 1 && asked[0].size() == 1
                ? asked[0][0]
                : unknown_piece("$" + name, {table.head->header, "it is not known what the table is asked with"});
      }
      for (const NginxText& text : expand(value, *table.parent, has_captures ? &captures : nullptr)) {
        for (const NginxPiece& piece : text) {
          if (piece.origin == Origin::kRequest) {
            bool is_more = result.origin == Origin::kRequest;
            ByteSet bytes = is_more ? result.bytes | piece.bytes : piece.bytes;
            bool slash = (is_first || (is_more && result.begins_with_slash)) && text.front().begins_with_slash;
            result = request_piece(is_more ? result.text : piece.text, bytes, slash);
            is_first = false;
          } else if (piece.origin == Origin::kUnknown && result.origin == Origin::kHarmless) {
            result = piece;
          }
        }
      }
    }
    --depth_;
  }
  mapped_[name] = result;
  return result;
}

}  // namespace halint
