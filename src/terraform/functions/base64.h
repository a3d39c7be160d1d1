// Base64 (RFC 4648) and digests, as several functions need them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace halint {

std::string encode_base64(std::string_view bytes);
// Strict but for line ends, as Go decodes. None if the text is no base64.
std::optional<std::string> decode_base64(std::string_view text);
std::string encode_hex(std::string_view bytes);

enum class Digest { kMd5, kSha1, kSha256, kSha512 };
std::string digest_of(Digest digest, std::string_view bytes);

}  // namespace halint
