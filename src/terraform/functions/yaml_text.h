// YAML as Terraform's yamlencode writes it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "graph/value.h"

namespace halint {

// Requires: `value` is wholly known. None if the text would be longer than `most_bytes`.
std::optional<std::string> to_yaml(const Value& value, std::uint64_t most_bytes);

}  // namespace halint
