// Reads nginx's text into syntax.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "nginx/nginx_ast.h"

namespace halint {

// `text` must outlive the file. Blocks nested deeper than `nesting` are left out.
NginxFile parse_nginx(std::string_view text, FileId id, std::uint32_t nesting);

// The last word on the line where the directive begins: where `;` was forgotten, it belongs there. `text` is the
// file's.
const NginxWord& last_word_of_line(const NginxDirective& directive, std::string_view text);

}  // namespace halint
