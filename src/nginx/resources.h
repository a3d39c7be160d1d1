// From a configuration as nginx sees it to the resources that the graph is made of.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "graph/resource.h"
#include "nginx/workspace.h"

namespace halint {

Configuration make_configuration(const NginxRoot& root, const std::string& name, const NginxLimits& limits);

}  // namespace halint
