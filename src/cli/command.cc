// The table of commands, and how one is chosen.
// SPDX-License-Identifier: Apache-2.0
#include "cli/command.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "cli/version.h"

namespace halint {
namespace {

constexpr Command kCommands[] = {
    {"check", "find what is wrong with an infrastructure (the default command)", run_check},
    {"explain", "explain a rule, or a kind of the graph that rules speak about", run_explain},
    {"rules", "list the rules", run_rules},
    {"test", "run the examples inside rule files", run_test},
    {"config", "show the settings, and where each comes from", run_config},
    {"graph", "draw the infrastructure, with its findings where they are", run_graph},
    {"lsp", "run the language server on stdin and stdout, for editors", run_lsp},
    {"version", "print the version, and how many rules and kinds are built in", run_version},
    {"help", "print this text, or the flags of a command", run_help},
};

}  // namespace

std::span<const Command> commands() {
  return kCommands;
}

const Command* find_command(std::string_view name) {
  for (const Command& command : kCommands) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

Outcome trouble(std::string_view message, std::string_view help) {
  Outcome outcome;
  outcome.exit_code = kExitTrouble;
  outcome.errors = fmt::format("error: {}\n", message);
  if (!help.empty()) outcome.errors += fmt::format("help: {}\n", help);
  return outcome;
}

Outcome run_command(Invocation invocation) {
  if (invocation.arguments.empty()) return run_check(invocation);
  const std::string first = invocation.arguments.front();
  if (first == "--version" || first == "-V") return run_version(invocation);
  if (first == "--help" || first == "-h") {
    invocation.arguments.clear();
    return run_help(invocation);
  }
  const Command* command = find_command(first);
  if (!command) return run_check(invocation);
  invocation.arguments.erase(invocation.arguments.begin());
  return command->run(invocation);
}

Outcome run_help(const Invocation& invocation) {
  if (!invocation.arguments.empty()) {
    const Command* command = find_command(invocation.arguments.front());
    if (!command || command->run == run_help) {
      std::vector<std::string_view> names;
      for (const Command& known : kCommands) names.push_back(known.name);
      const auto meant = did_you_mean(invocation.arguments.front(), names);
      return trouble(fmt::format("there is no command `{}`", escape_controls(invocation.arguments.front())),
                     meant ? fmt::format("did you mean `{}`?", *meant) : "halint help");
    }
    Invocation asked = invocation;
    asked.arguments = {"--help"};
    return command->run(asked);
  }
  Outcome outcome;
  outcome.output =
      "halint reads Terraform, CloudFormation and nginx, builds the graph of the infrastructure that they describe,\n"
      "and says where that would fail with an Availability Zone, or lets in who does not belong.\n\n"
      "usage: halint [check] [FLAGS] [PATH...]\n"
      "       halint COMMAND [ARGUMENTS]\n\n";
  for (const Command& command : kCommands) outcome.output += fmt::format("  {:<8} {}\n", command.name, command.purpose);
  outcome.output +=
      "\n`halint help COMMAND` lists its flags. Exit codes: 0 passed, 1 findings, 2 halint could not do its job.\n";
  return outcome;
}

}  // namespace halint
