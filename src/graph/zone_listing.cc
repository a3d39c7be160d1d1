// What a data source that lists the Availability Zones of a region leaves out.
// SPDX-License-Identifier: Apache-2.0
#include "graph/zone_listing.h"

#include <algorithm>
#include <string_view>

namespace halint {
namespace {

bool is_text(const Value& value, std::string_view text) {
  return value.is(ValueKind::kString) && value.as_string() == text;
}

bool is_known_list(const Value& value) {
  return (value.is(ValueKind::kList) || value.is(ValueKind::kSet)) && value.rest() == nullptr;
}

// Filters that no ordinary zone fails: local zones and wavelength zones are no ordinary ones.
bool keeps_zones(const Value& filter) {
  if (!filter.is(ValueKind::kMap)) return false;
  const Value& name = filter.member("name");
  return is_text(name, "opt-in-status") || is_text(name, "region-name");
}

}  // namespace

std::optional<std::int64_t> zones_left_out(const Value& body) {
  if (!body.is(ValueKind::kMap)) return std::nullopt;
  const Value& state = body.member("state");
  if (!state.is_unset() && !is_text(state, "available")) return std::nullopt;
  const Value& filters = body.member("filter");
  if (!filters.is_unset() && !(is_known_list(filters) && std::ranges::all_of(filters.items(), keeps_zones)))
    return std::nullopt;
  std::int64_t left_out = 0;
  for (std::string_view name : {"exclude_names", "exclude_zone_ids"}) {
    const Value& excluded = body.member(name);
    if (excluded.is_unset()) continue;
    if (!is_known_list(excluded)) return std::nullopt;
    left_out += static_cast<std::int64_t>(excluded.items().size());
  }
  return left_out;
}

}  // namespace halint
