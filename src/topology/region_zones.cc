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
  if (source != nullptr && source->kind == facts.names.availability_zones) {
    // Those that every region has, less what the data source leaves out.
    const std::optional<std::int64_t> left_out = zones_left_out(source->body);
    const std::int64_t least = left_out ? facts.options.region_zones - *left_out : 0;
    for (std::int64_t i = 0; i < least; ++i) {
      const Step path[] = {symbol->path[0], {Step::Kind::kIndex, {}, i}};
      const Symbol* zone =
          facts.arena().make<Symbol>(symbol->kind, symbol->address, facts.arena().copy(std::span<const Step>(path)));
      Unknown why = all;
      why.symbol = zone;
      zones.push_back(zone_of(facts.arena(), Value::unknown(facts.arena(), why, origin), {}, {}));
    }
  }
  return Value::list(facts.arena(), zones, origin, &all);
}

}  // namespace halint
