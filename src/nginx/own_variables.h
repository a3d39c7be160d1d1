// The variables that nginx makes itself.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace halint {

// Whether `name` (in small letters, without `$`) is one in which a client has nothing to say that could do harm in a
// header or as a host.
bool is_own_variable(std::string_view name);

}  // namespace halint
