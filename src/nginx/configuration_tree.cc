// A configuration as nginx sees it: blocks in blocks, with includes filled in.
// SPDX-License-Identifier: Apache-2.0
#include "nginx/configuration_tree.h"

#include <algorithm>

namespace halint {
namespace {

constexpr auto kName = [](const NginxDirective* directive) { return directive->name.text; };

}  // namespace

void NginxBlock::sort_lines() {
  by_name_ = lines;
  std::ranges::stable_sort(by_name_, {}, kName);
}

std::span<const NginxDirective* const> NginxBlock::find(std::string_view name) const {
  auto first = std::ranges::lower_bound(by_name_, name, {}, kName);
  auto last = std::ranges::upper_bound(by_name_, name, {}, kName);
  return {first, last};
}

const NginxDirective* NginxBlock::find_one(std::string_view name) const {
  auto found = find(name);
  return found.empty() ? nullptr : found.back();
}

NginxSetting find_setting(const NginxBlock& block, std::string_view name) {
  NginxSetting setting;
  for (const NginxBlock* at = &block; at != nullptr; at = at->parent) {
    const NginxGap* gap = at->gaps.empty() ? nullptr : &at->gaps.front();
    setting.lines = at->find(name);
    if (setting.is_set()) {
      setting.where = at;
      setting.more = gap;
      break;
    }
    if (setting.gap == nullptr) setting.gap = gap;
  }
  return setting;
}

}  // namespace halint
