// Reads Terraform's JSON form (`.tf.json`, `.tfvars.json`) into the same syntax as HCL.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "terraform/syntax/hcl_syntax.h"

namespace halint {

// A configuration: `{"resource": {"aws_vpc": {"main": {...}}}}`.
HclFile parse_json_configuration(std::string_view text, FileId id, std::uint32_t nesting);

// Values of variables: `{"azs": ["a", "b"]}`.
HclFile parse_json_values(std::string_view text, FileId id, std::uint32_t nesting);

}  // namespace halint
