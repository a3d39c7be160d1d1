// One list of findings out of those of several worlds: each says in which of them it holds.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "graph/resource.h"
#include "rules/finding.h"

namespace halint {

// What holds in all worlds is said once, without a condition. Requires: as many lists of inputs as of findings, at
// least one.
std::vector<Finding> merge_worlds(const std::vector<std::vector<WorldInput>>& worlds,
                                  std::vector<std::vector<Finding>> findings);

}  // namespace halint
