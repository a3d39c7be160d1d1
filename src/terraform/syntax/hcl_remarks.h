// Finds the comments of an HCL file that speak to halint.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/json_tree.h"
#include "terraform/syntax/hcl_syntax.h"

namespace halint {

// Fills `file.remarks`. Costs nothing but one search where no comment speaks to halint.
void find_remarks(HclFile& file, std::string_view text);
// The same in Terraform's JSON, where a member `//` is a comment on the object around it.
void find_remarks(HclFile& file, const JsonNode& root, std::string_view text);

}  // namespace halint
