// Which halint this is.
// SPDX-License-Identifier: Apache-2.0
#include "cli/version.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/text.h"
#include "cli/command.h"
#include "cli/flags.h"
#include "graph/schema.h"
#include "rules/rule.h"

namespace halint {

std::string_view version() {
  return HALINT_VERSION;
}

Outcome run_version(const Invocation& invocation) {
  CLI::App app("Prints the version, and how much is built in.\n\nusage: halint version", "version");
  std::vector<std::string> words;
  const bool is_flag = !invocation.arguments.empty() && invocation.arguments.front() == "--version";
  if (!is_flag) {
    if (auto instead = parse_flags(app, invocation.arguments, words)) return *instead;
  }
  Outcome outcome;
  outcome.output = fmt::format("halint {} ({}, {}, {})\n", version(), plural(builtin_rules().rules().size(), "rule"),
                               plural(builtin_schema().kinds().size(), "kind"),
                               plural(builtin_schema().resource_types(Format::kTerraform).size(), "resource type"));
  return outcome;
}

}  // namespace halint
