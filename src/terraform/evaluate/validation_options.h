// What the AWS provider knows of a certificate's validation before apply: one option for each of its names.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/arena.h"
#include "graph/value.h"

namespace halint {

// `domain_validation_options` of the aws_acm_certificate `address`. Absent where the names are not all known, or where
// it is not validated by DNS.
Value validation_options(Arena& arena, std::string_view address, const Value& domain, const Value& others,
                         const Value& method);

}  // namespace halint
