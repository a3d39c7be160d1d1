// The program's life as a process: reads the environment, runs a command, writes what it says.
// SPDX-License-Identifier: Apache-2.0
#include "cli/main.h"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <exception>
#include <string>
#include <string_view>

#include "cli/command.h"

extern char** environ;

namespace halint {
namespace {

std::map<std::string, std::string> read_environment() {
  std::map<std::string, std::string> environment;
  for (char** entry = environ; entry && *entry; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (equals != std::string_view::npos) environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

enum class Written { kAll, kReaderGone, kFailed };

Written write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno == EPIPE ? Written::kReaderGone : Written::kFailed;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return Written::kAll;
}

// Waits for bytes; none at the end of the input.
std::string read_some() {
  char buffer[1 << 16];
  while (true) {
    const ssize_t count = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    return count > 0 ? std::string(buffer, static_cast<std::size_t>(count)) : std::string();
  }
}

Outcome run_guarded(Invocation invocation) {
  // Only lack of memory and our own bugs come here: libraries that throw are caught where they are called.
  try {
    return run_command(std::move(invocation));
  } catch (const std::exception& exception) {
    return trouble(std::string("halint failed: ") + exception.what());
  }
}

// A gate whose report is lost has not passed, whatever was found.
std::string without_verdict(const std::string& text) {
  const std::size_t end = text.ends_with('\n') ? text.size() - 1 : text.size();
  const std::size_t feed = end == 0 ? std::string::npos : text.rfind('\n', end - 1);
  const std::size_t begin = feed == std::string::npos ? 0 : feed + 1;
  const std::string_view last = std::string_view(text).substr(begin);
  return last.starts_with("Passed:") || last.starts_with("Failed:") ? text.substr(0, begin) : text;
}

}  // namespace

int run(int argc, char** argv) {
  // `halint | head` ends quietly, with the code that the run earned.
  std::signal(SIGPIPE, SIG_IGN);

  Invocation invocation;
  for (int i = 1; i < argc; ++i) invocation.arguments.emplace_back(argv[i]);
  invocation.environment = read_environment();
  invocation.now = std::time(nullptr);
  invocation.open_files = [](const std::string& directory) { return disk_file_system(directory); };
  invocation.read_input = read_some;
  invocation.write_output = [](std::string_view text) { return write_all(STDOUT_FILENO, text) == Written::kAll; };
  invocation.output_is_terminal = ::isatty(STDOUT_FILENO) == 1;

  Outcome outcome = run_guarded(std::move(invocation));
  for (const auto& [path, text] : outcome.files) {
    if (const auto fault = write_file(path, text)) {
      outcome.errors += "error: " + fault->message + "\n";
      outcome.exit_code = kExitTrouble;
      outcome.output = without_verdict(outcome.output);
    }
  }
  const Written report = write_all(STDOUT_FILENO, outcome.output);
  write_all(STDERR_FILENO, outcome.errors);
  if (report == Written::kFailed) {
    write_all(STDERR_FILENO, "error: cannot write the report\n");
    return kExitTrouble;
  }
  return outcome.exit_code;
}

}  // namespace halint
