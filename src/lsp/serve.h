// Runs the server on streams: one thread reads, one answers, one analyses.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "lsp/server.h"

namespace halint::lsp {

// How bytes come and go. `read` waits for some, and gives nothing at the end of the stream.
struct Streams {
  std::function<std::string()> read;
  std::function<bool(std::string_view)> write;
};

// Until the client says `exit`, or a stream ends. Returns the exit code of the process.
int serve(ServerOptions options, const Streams& streams);

}  // namespace halint::lsp
