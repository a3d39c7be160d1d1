// The zones of a whole region, as a data source lists them.
// SPDX-License-Identifier: Apache-2.0
#include "topology/region_zones.h"

#include <optional>
#include <vector>

#include "graph/zone_listing.h"
#include "topology/zones.h"

namespace halint {
Value zones_of_region(FactContext& facts, const Unknown& all, const Span& origin) {
  std::vector<Value> zones;
  const Symbol* symbol = all.symbol;
  bool is_data = symbol != nullptr && symbol->kind == Symbol::Kind::kData && !symbol->path.empty() &&
                 symbol->path[0].kind == Step::Kind::kAttribute;
  bool is_whole =
      is_data && (symbol->path.size() == 1 || (symbol->path.size() == 2 && symbol->path[1].kind == Step::Kind::kSplat));
  const Node* source = is_whole ? facts.graph.find(symbol->address) : nullptr;
  // Those that every region has, less what the data source leaves out.
  std::int64_t least = 0;
  if (source != nullptr && source->kind == facts.names.availability_zones) {
    const std::optional<std::int64_t> left_out = zones_left_out(source->body);
    if (left_out) least = facts.options.region_zones - *left_out;
  } else if (symbol != nullptr && symbol->kind == Symbol::Kind::kCall && symbol->path.empty() &&
             symbol->address.starts_with("Fn::GetAZs(")) {
    least = facts.options.region_zones;
  }
  for (std::int64_t i = 0; i < least; ++i) {
    std::vector<Step> path(symbol->path.begin(), symbol->path.begin() + (symbol->path.empty() ? 0 : 1));
    path.push_back({Step::Kind::kIndex, {}, i});
    Unknown why = all;
    why.symbol = facts.arena().make<Symbol>(symbol->kind, symbol->address, facts.arena().copy(path));
    zones.push_back(zone_of(facts.arena(), Value::unknown(facts.arena(), why, origin), {}, {}));
  }
  return Value::list(facts.arena(), zones, origin, &all);
}

}  // namespace halint
