// The bytes between client and server: headers and bodies (LSP 3.17, "Base Protocol").
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "lsp/protocol.h"

namespace halint::lsp {

// Cuts a stream of bytes into the bodies of messages.
class MessageReader {
 public:
  void feed(std::string_view bytes) { buffer_ += bytes; }
  // The next body, if it is complete. Headers without a length are passed over.
  std::optional<std::string> next();
  // A message that claims to be larger than any editor's: the stream makes no sense any more.
  bool is_broken() const { return is_broken_; }

 private:
  std::string buffer_;
  bool is_broken_ = false;
};

// A message with its header. Bytes that are not UTF-8 become U+FFFD.
std::string encode(const Json& message);

}  // namespace halint::lsp
