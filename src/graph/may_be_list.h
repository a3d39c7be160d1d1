// Whether what is not known may be a list where one thing is expected.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/value.h"

namespace halint {

// Terraform of old wrote a list into brackets, `["${var.zones}"]`. Of something that is not known only its name tells
// whether it is one: `split(",", var.x)`, `var.subnet_ids`, `data.x.y.names`. In doubt it is not counted as one thing.
bool may_be_list(const Value& value);

}  // namespace halint
