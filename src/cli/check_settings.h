// Everything that decides a run: flags, environment and configuration, the stronger over the weaker.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "check/check.h"
#include "check/workspace.h"
#include "cli/check_arguments.h"
#include "cli/command.h"

namespace halint {

// One setting as `halint config` shows it.
struct Setting {
  std::string key;     // "fail-on", "policy.target_azs".
  std::string value;   // As YAML.
  std::string origin;  // "built in", ".halint.yaml:3", "--fail-on", "HALINT_FAIL_ON".
};

struct CheckSettings {
  CheckOptions options;
  std::string fail_on;
  std::vector<FormatChoice> formats;  // At least one; at most one without a file.
  std::string config_path;            // As people see it; empty: there is none.
  std::vector<Setting> settings;
};

// Finds and reads the configuration: `--config`, HALINT_CONFIG, else the nearest `.halint.yaml` from the first path
// upward to the root of the workspace. A fault in it is a wrong command.
std::variant<CheckSettings, Outcome> read_settings(const Invocation& invocation, const CheckArguments& arguments,
                                                   const FileSystem& here, const Workspace& workspace);

// Empty if the variable is not set.
std::string variable_of(const Invocation& invocation, const std::string& name);

}  // namespace halint
