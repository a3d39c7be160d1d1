// What a data source that lists the Availability Zones of a region leaves out.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "graph/value.h"

namespace halint {

// How many zones of the region an `aws_availability_zones` with these arguments may leave out. Unset if it asks for
// something by which any zone may fall out.
std::optional<std::int64_t> zones_left_out(const Value& body);

}  // namespace halint
