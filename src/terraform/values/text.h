// Text as Terraform sees it: UTF-8, counted in the characters that people see.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace halint {

// Grapheme clusters: "é" in two code points is one character. The views point into `text`.
std::vector<std::string_view> split_characters(std::string_view text);
std::size_t count_characters(std::string_view text);

// Code points; a byte that is no UTF-8 stands alone.
std::vector<std::string_view> split_code_points(std::string_view text);

std::string upper_case(std::string_view text);
std::string lower_case(std::string_view text);
// The first letter of each word upper case.
std::string title_case(std::string_view text);

// Normalisation form C, which all of Terraform's strings have. Invalid UTF-8 stays as it is.
std::string normalized(std::string_view text);

// Without white space at both ends.
std::string_view trim_space(std::string_view text);
std::string_view trim_space_before(std::string_view text);
std::string_view trim_space_behind(std::string_view text);

}  // namespace halint
