// One cause, one finding: drops findings that are only the consequence of another one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "rules/build_finding.h"

namespace halint {

// A finding is dropped if a rule that outranks its own, directly or through others, fired on the same thing: on one of
// its subjects, on its `each` node, in the same VPC if the outranking rule runs for each VPC, or in the same subnets if
// that one blames subnets.
void drop_outranked(const Topology& topology, std::vector<Fired>& fired);

}  // namespace halint
