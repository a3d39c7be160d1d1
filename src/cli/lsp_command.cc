// `halint lsp`: the language server on standard input and output.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/flags.h"
#include "cli/version.h"
#include "lsp/serve.h"

namespace halint {

Outcome run_lsp(const Invocation& invocation) {
  CLI::App app("Runs the language server on stdin and stdout (LSP 3.17).\n\nusage: halint lsp", "lsp");
  bool stdio = false;
  app.add_flag("--stdio", stdio, "what editors like to say; there is nothing else");
  std::vector<std::string> words;
  if (auto instead = parse_flags(app, invocation.arguments, words)) return *instead;
  if (!words.empty()) return trouble("`halint lsp` takes no path", "the editor says which folders it shows");
  lsp::ServerOptions options;
  options.open_files = invocation.open_files;
  options.version = version();
  options.now = invocation.now;
  Outcome outcome;
  outcome.exit_code = lsp::serve(std::move(options), {invocation.read_input, invocation.write_output});
  return outcome;
}

}  // namespace halint
