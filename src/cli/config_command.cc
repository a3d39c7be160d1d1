// `halint config`: the settings of a run, and where each comes from.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "cli/check_arguments.h"
#include "cli/check_settings.h"
#include "cli/command.h"

namespace halint {

Outcome run_config(const Invocation& invocation) {
  const auto read = read_check_arguments(invocation.arguments);
  if (const Outcome* instead = std::get_if<Outcome>(&read)) return *instead;
  const CheckArguments& arguments = std::get<CheckArguments>(read);
  if (auto wrong = check_rule_selection(builtin_rules(), arguments.rules)) return *wrong;
  const std::unique_ptr<FileSystem> here = invocation.open_files(".");
  const Workspace workspace = find_workspace(*here, arguments.paths);
  const auto settings = read_settings(invocation, arguments, *here, workspace);
  if (const Outcome* instead = std::get_if<Outcome>(&settings)) return *instead;

  const CheckSettings& all = std::get<CheckSettings>(settings);
  Outcome outcome;
  outcome.output = all.config_path.empty() ? "# no configuration file\n" : fmt::format("# {}\n", all.config_path);
  std::size_t width = 0;
  for (const Setting& setting : all.settings)
    width = std::max(width, std::min<std::size_t>(setting.key.size() + setting.value.size() + 2, 60));
  for (const Setting& setting : all.settings)
    outcome.output += fmt::format("{:<{}}  # {}\n", setting.key + ": " + setting.value, width, setting.origin);
  return outcome;
}

}  // namespace halint
