// Strings as sequences of code points: CEL counts those, not bytes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace halint::cel {

// The pieces of a text, one for each code point. A byte that is no UTF-8 is a piece by itself.
inline std::vector<std::string_view> code_points(std::string_view text) {
  std::vector<std::string_view> pieces;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (i + length > text.size()) length = 1;
    for (std::size_t k = 1; k < length; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) length = 1;
    }
    pieces.push_back(text.substr(i, length));
    i += length;
  }
  return pieces;
}

}  // namespace halint::cel
