// A plan as a configuration: the same addresses and values as the HCL that it was made from.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "graph/resource.h"
#include "terraform/plan/plan_file.h"

namespace halint {

// `root` is the path of the plan. The result does not point into `plan`, but into the text of its file.
Configuration configuration_of_plan(const PlanFile& plan, std::string root);

}  // namespace halint
