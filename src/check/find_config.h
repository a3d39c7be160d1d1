// Where the configuration of a path is, and what it says to a run: the same for every door.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/file_system.h"
#include "check/check.h"
#include "check/config.h"

namespace halint {

// The nearest `.halint.yaml` (`.halint.yml`, and both without the dot) from `start`, a path of the workspace, upward to
// the root of `files`. Empty if there is none.
std::string find_config(const FileSystem& files, const std::string& start);

// Larger files are no configuration.
inline constexpr std::uint64_t kMostConfigBytes = 1 << 20;

// Lays a configuration below what `options` says already: lists grow, `select` stays if it is set.
void apply_config(const Config& config, CheckOptions& options);

}  // namespace halint
