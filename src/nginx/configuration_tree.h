// A configuration as nginx sees it: blocks in blocks, with includes filled in.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nginx/directives.h"
#include "nginx/nginx_ast.h"

namespace halint {

// Something that stands in a block but was not read: it may hold any directive that is allowed there.
struct NginxGap {
  Span span;           // The `include`. Unknown: what stands around a fragment.
  std::string reason;  // "`conf.d/*.conf` is not in the workspace".
};

struct NginxBlock {
  const NginxDirective* head = nullptr;  // Null: the root.
  const NginxBlock* parent = nullptr;
  NginxContexts context = nginx_context::kMain;
  std::vector<const NginxDirective*> lines;         // Directives without block, in order.
  std::vector<std::unique_ptr<NginxBlock>> blocks;  // In order.
  std::vector<NginxGap> gaps;

  // All lines of this name, in order. After `sort_lines`.
  std::span<const NginxDirective* const> find(std::string_view name) const;
  // The last line of this name, or null: of those that may stand once there is one.
  const NginxDirective* find_one(std::string_view name) const;
  void sort_lines();

 private:
  std::vector<const NginxDirective*> by_name_;
};

// What a block has of a directive, by itself or from the blocks around it. nginx inherits all lines of a name or none:
// one `add_header` in a location replaces all those of its server.
struct NginxSetting {
  std::span<const NginxDirective* const> lines;
  const NginxBlock* where = nullptr;  // The block that has them.
  const NginxGap* gap = nullptr;      // Non-null: something that was not read may set it, or set it otherwise.
  const NginxGap* more = nullptr;     // Non-null: something that was not read may add to `lines`.

  bool is_set() const { return !lines.empty(); }
  // Set nowhere, for certain.
  bool is_unset() const { return lines.empty() && gap == nullptr; }
};

NginxSetting find_setting(const NginxBlock& block, std::string_view name);

}  // namespace halint
