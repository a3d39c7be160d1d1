// The program's life as a process: what main() calls.
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace halint {

// Runs the command line and writes to stdout and stderr. Returns the exit code.
int run(int argc, char** argv);

}  // namespace halint
