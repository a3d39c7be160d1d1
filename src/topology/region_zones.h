// The zones of a whole region, as a data source lists them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "topology/fact_context.h"

namespace halint {

// `data.aws_availability_zones.x.names` as a whole, of which `all` says why it is not known: the first zones of the
// region, and more. Of anything else no zone is certain.
Value zones_of_region(FactContext& facts, const Unknown& all, const Span& origin);

}  // namespace halint
