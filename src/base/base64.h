// Base64 (RFC 4648), as functions of Terraform and CloudFormation and properties of AWS use it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace halint {

std::string encode_base64(std::string_view bytes);
// Strict but for line ends, as Go decodes. None if the text is no base64.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace halint
