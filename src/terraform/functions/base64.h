// Base64, hexadecimal text and digests, as several functions need them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/base64.h"

namespace halint {

std::string encode_hex(std::string_view bytes);

enum class Digest { kMd5, kSha1, kSha256, kSha512 };
std::string digest_of(Digest digest, std::string_view bytes);

}  // namespace halint
