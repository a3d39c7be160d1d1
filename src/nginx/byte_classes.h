// Sets of bytes, as regular expressions name them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <optional>
#include <string_view>

namespace halint {

using ByteSet = std::bitset<256>;

ByteSet bytes_of(std::string_view bytes);
// `\d` and the like, without the backslash; null for other letters.
std::optional<ByteSet> escaped_class(char letter);
// `[:alpha:]` and the like, without brackets; null for other names.
std::optional<ByteSet> named_class(std::string_view name);

}  // namespace halint
