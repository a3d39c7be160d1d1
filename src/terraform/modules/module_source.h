// Where the `source` of a module call leads.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/file_system.h"
#include "terraform/modules/module.h"

namespace halint {

// What `terraform init` has installed for one root: the directory of each call by its key, "vpc", "net.subnets".
using InstalledModules = std::map<std::string, std::string, std::less<>>;

// Reads `.terraform/modules/modules.json` below `root`. Empty if there is none, or if it is broken.
InstalledModules read_installed_modules(const FileSystem& files, const std::string& root, std::uint64_t max_bytes);

// "./x" and "../x": a directory beside the caller, and not something to be downloaded.
bool is_local_source(std::string_view source);

// Resolves a source that is written in `directory`. Nothing outside of `workspace` is touched.
ModuleSource resolve_module_source(const FileSystem& files, const std::string& workspace, const std::string& directory,
                                   std::string_view source);

}  // namespace halint
