// Where the `source` of a module call leads.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/modules/module_source.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "terraform/modules/stubs.h"

namespace halint {

InstalledModules read_installed_modules(const FileSystem& files, const std::string& root, std::uint64_t max_bytes) {
  InstalledModules installed;
  std::string path = join_path(root, ".terraform/modules/modules.json");
  if (!files.is_file(path)) return installed;
  Result<std::string> text = files.read(path, max_bytes);
  if (!text) return installed;
  nlohmann::json json = nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains("Modules") || !json["Modules"].is_array()) return installed;
  for (const nlohmann::json& module : json["Modules"]) {
    if (!module.is_object() || !module.contains("Key") || !module.contains("Dir")) continue;
    if (!module["Key"].is_string() || !module["Dir"].is_string()) continue;
    installed[module["Key"].get<std::string>()] = join_path(root, module["Dir"].get<std::string>());
  }
  return installed;
}

bool is_local_source(std::string_view source) {
  return source.starts_with("./") || source.starts_with("../") || source == "." || source == "..";
}

ModuleSource resolve_module_source(const FileSystem& files, const std::string& workspace, const std::string& directory,
                                   std::string_view source) {
  ModuleSource result;
  result.text = source;
  if (is_stub(directory)) {
    result.stub = stub_folder(directory, source);
    return result;
  }
  if (!is_local_source(source)) {
    result.problem = fmt::format("module `{}` is not installed", source);
    return result;
  }
  std::string path = join_path(directory, source);
  if (!is_within(files.canonical(path), files.canonical(workspace))) {
    result.problem = fmt::format("module `{}` lies outside of the workspace", source);
  } else if (!files.is_directory(path)) {
    result.problem = fmt::format("module `{}` does not exist: there is no directory `{}`", source, path);
    result.is_wrong = true;
  } else {
    result.directory = path;
  }
  return result;
}

}  // namespace halint
