// The words of the Language Server Protocol 3.17: URIs, positions, ranges, messages.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/source_file.h"
#include "base/span.h"

namespace halint::lsp {

using Json = nlohmann::json;

// "file:///a%20b" -> "/a b"; "file:///c%3A/x" -> "c:/x". Empty if it is no file.
std::string path_of_uri(std::string_view uri);
std::string uri_of_path(std::string_view path);

// 0-based line and character.
Json position_at(const Sources& sources, FileId file, std::uint32_t offset, Encoding encoding);
// Of a span of several lines, its first line, as a squiggle should be short.
Json first_line_range(const Sources& sources, const Span& span, Encoding encoding);
Json range_of(const Sources& sources, const Span& span, Encoding encoding);

// Byte offset of a position in `text`; beyond a line it is the line's end, beyond the text its end.
std::size_t offset_of(std::string_view text, const Json& position, Encoding encoding);

// A member of an object along a path of keys; null if one of them is missing.
const Json& member(const Json& object, std::initializer_list<const char*> keys);
std::string text_of(const Json& object, const char* key);

}  // namespace halint::lsp
