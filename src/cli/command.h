// Commands as values: arguments and environment in, texts and exit code out. Testing one needs no process.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file_system.h"

namespace halint {

constexpr int kExitPassed = 0;
constexpr int kExitFailed = 1;   // Findings at or above --fail-on.
constexpr int kExitTrouble = 2;  // halint could not do its job.

// Everything that a command may know of the world.
struct Invocation {
  std::vector<std::string> arguments;  // Without the names of the program and of the command.
  std::map<std::string, std::string> environment;
  // The disk, seen from a directory; "." is the working directory.
  std::function<std::unique_ptr<FileSystem>(const std::string& directory)> open_files;
  bool output_is_terminal = false;
  // Standard input and output, for commands that talk: some bytes, none at the end; false if nobody listens.
  std::function<std::string()> read_input;
  std::function<bool(std::string_view)> write_output;
  std::int64_t now = 0;  // Seconds since 1970 in UTC.
};

// What a command has to say, and with which code it ends.
struct Outcome {
  int exit_code = kExitPassed;
  std::string output;                                      // The report: for stdout.
  std::string errors;                                      // Everything else: for stderr.
  std::vector<std::pair<std::string, std::string>> files;  // Path -> text: reports that go elsewhere.
};

// "error: unknown flag `--fali-on`", and the advice below, if there is any.
Outcome trouble(std::string_view message, std::string_view help = {});

// Runs the command that the first argument names; `check`, if it names none.
Outcome run_command(Invocation invocation);

Outcome run_check(const Invocation& invocation);
Outcome run_explain(const Invocation& invocation);
Outcome run_rules(const Invocation& invocation);
Outcome run_test(const Invocation& invocation);
Outcome run_graph(const Invocation& invocation);
Outcome run_lsp(const Invocation& invocation);
Outcome run_config(const Invocation& invocation);
Outcome run_version(const Invocation& invocation);
Outcome run_help(const Invocation& invocation);

struct Command {
  std::string_view name;
  std::string_view purpose;  // One line for `halint help`.
  Outcome (*run)(const Invocation&);
};
// In the order in which help lists them.
std::span<const Command> commands();
// Null if there is none.
const Command* find_command(std::string_view name);

}  // namespace halint
