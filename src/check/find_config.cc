// Where the configuration of a path is, and what it says to a run: the same for every door.
// SPDX-License-Identifier: Apache-2.0
#include "check/find_config.h"

namespace halint {
namespace {

constexpr std::string_view kNames[] = {".halint.yaml", ".halint.yml", "halint.yaml", "halint.yml"};

void append(std::vector<std::string>& to, const std::vector<std::string>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

std::string find_config(const FileSystem& files, const std::string& start) {
  std::string directory = files.is_file(start) ? directory_of(start) : start;
  while (true) {
    for (std::string_view name : kNames) {
      std::string path = join_path(directory, name);
      if (files.is_file(path)) return path;
    }
    if (directory == "." || directory.starts_with("..")) return {};
    directory = directory_of(directory);
  }
}

void apply_config(const Config& config, CheckOptions& options) {
  if (options.select.empty()) options.select = config.select;
  if (!config.extend_select.empty() && options.select.empty()) options.select = {"all"};
  append(options.select, config.extend_select);
  append(options.ignore, config.ignore);
  append(options.exclude, config.exclude);
  options.rule_settings = config.rules;
  options.projects = config.projects;
  options.policy = config.policy;
  options.roles = config.roles;
  options.binds = config.binds;
  options.suppressions.require_reason = config.require_reason;
}

}  // namespace halint
