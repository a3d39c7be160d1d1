// Hexadecimal text and digests.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/functions/base64.h"

#include <algorithm>
#include <cstdint>

namespace halint {

std::string encode_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (char c : bytes) {
    unsigned char byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

}  // namespace halint
