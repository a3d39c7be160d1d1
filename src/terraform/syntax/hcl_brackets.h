// Finds the bracket or quote that was never closed: what people mean by a syntax error most of the time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace halint {

struct BracketFault {
  enum class Kind {
    kNotClosed,    // `open` has no partner.
    kMismatch,     // `open` is closed by the wrong bracket, at `close`.
    kNotOpened,    // The bracket at `close` closes nothing.
    kOpenQuote,    // The quote at `open` does not end on its line.
    kOpenHeredoc,  // The heredoc at `open` has no end.
  };
  Kind kind = Kind::kNotClosed;
  std::uint32_t open = 0;
  std::uint32_t close = 0;
};

// The first fault of `text`, which is HCL. None if all brackets and quotes match.
std::optional<BracketFault> find_bracket_fault(std::string_view text);

// The comments of `text`, with their signs, in order; up to the first fault.
std::vector<Span> find_comments(std::string_view text, FileId file);

}  // namespace halint
