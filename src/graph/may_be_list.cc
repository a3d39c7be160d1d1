// Whether what is not known may be a list where one thing is expected.
// SPDX-License-Identifier: Apache-2.0
#include "graph/may_be_list.h"

#include <algorithm>
#include <string_view>

namespace halint {
namespace {

bool makes_list(std::string_view call) {
  constexpr std::string_view kFunctions[] = {
      "split(",  "sort(",  "concat(",  "slice(",   "distinct(", "compact(",  "keys(",      "values(",
      "tolist(", "toset(", "reverse(", "flatten(", "list(",     "Fn::Split", "Fn::GetAZs", "coalescelist("};
  return std::ranges::any_of(kFunctions, [&](std::string_view function) { return call.starts_with(function); });
}

}  // namespace

bool may_be_list(const Value& value) {
  const Symbol* symbol = value.symbol();
  if (symbol == nullptr) return false;
  if (symbol->kind == Symbol::Kind::kCall) return symbol->path.empty() && makes_list(symbol->address);
  std::string_view name = symbol->address;
  if (!symbol->path.empty()) {
    const Step& last = symbol->path.back();
    if (last.kind != Step::Kind::kAttribute) return last.kind == Step::Kind::kSplat;
    name = last.name;
  }
  name.remove_prefix(name.rfind('.') + 1);
  return (name.ends_with('s') && name.size() > 2) || name.ends_with("list");
}

}  // namespace halint
