// The zones of a whole region, as a data source lists them.
// SPDX-License-Identifier: Apache-2.0
#include "topology/region_zones.h"

#include <string_view>
#include <vector>

#include "topology/zones.h"

namespace halint {
namespace {

// How many zones a data source lists at least: those that every region has, less what it leaves out. None if it asks
// for anything that halint cannot count.
std::int64_t least_zones(FactContext& facts, const Node& source) {
  const Value& body = source.body;
  if (!body.is(ValueKind::kMap)) return 0;
  const Value& state = body.member("state");
  if (!state.is_unset() && !(state.is(ValueKind::kString) && state.as_string() == "available")) return 0;
  const Value& filters = body.member("filter");
  if (!filters.is_unset() && !filters.is(ValueKind::kList)) return 0;
  if (filters.is(ValueKind::kList)) {
    if (filters.rest() != nullptr) return 0;
    for (const Value& filter : filters.items()) {
      if (!filter.is(ValueKind::kMap)) return 0;
      const Value& name = filter.member("name");
      // Neither takes an ordinary zone away.
      bool is_harmless =
          name.is(ValueKind::kString) && (name.as_string() == "opt-in-status" || name.as_string() == "region-name");
      if (!is_harmless) return 0;
    }
  }
  std::int64_t least = facts.options.region_zones;
  for (std::string_view excluded : {"exclude_names", "exclude_zone_ids"}) {
    const Value& list = body.member(excluded);
    if (list.is_unset()) continue;
    bool is_known = (list.is(ValueKind::kList) || list.is(ValueKind::kSet)) && list.rest() == nullptr;
    if (!is_known) return 0;
    least -= static_cast<std::int64_t>(list.items().size());
  }
  return least;
}

}  // namespace

Value zones_of_region(FactContext& facts, const Unknown& all, const Span& origin) {
  std::vector<Value> zones;
  const Symbol* symbol = all.symbol;
  bool is_data = symbol != nullptr && symbol->kind == Symbol::Kind::kData && !symbol->path.empty() &&
                 symbol->path[0].kind == Step::Kind::kAttribute;
  bool is_whole =
      is_data && (symbol->path.size() == 1 || (symbol->path.size() == 2 && symbol->path[1].kind == Step::Kind::kSplat));
  const Node* source = is_whole ? facts.graph.find(symbol->address) : nullptr;
  if (source != nullptr && source->kind == facts.names.availability_zones) {
    std::int64_t least = least_zones(facts, *source);
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
