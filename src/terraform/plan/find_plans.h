// Which of the files that were found are plans.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "base/file_system.h"
#include "base/file_tree.h"
#include "base/source_file.h"
#include "terraform/plan/plan_file.h"

namespace halint {

// By path. Of a JSON file that is something else, nothing is kept. `file_bytes` limits each.
std::map<std::string, std::unique_ptr<PlanFile>> find_plans(const FileSystem& files, Sources& sources,
                                                            const FileTree& tree, std::uint64_t file_bytes,
                                                            std::uint32_t nesting, unsigned jobs);

}  // namespace halint
