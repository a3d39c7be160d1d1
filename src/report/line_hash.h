// Hashes of lines as GitHub's upload action for SARIF computes them, so that it finds its own value in our report.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace halint {

// For each line of a file "<hash>:<how often this hash was seen so far>": element 0 is line 1. The hash covers the
// 100 UTF-16 units from the start of the line on, without blanks and tabs and whatever their lines.
std::vector<std::string> line_hashes(std::string_view text);

}  // namespace halint
