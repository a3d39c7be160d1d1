// What only the meaning of a directive tells about syntax: whether it takes a block, and in which context a file
// begins. SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nginx/directives.h"
#include "nginx/nginx_ast.h"

namespace halint {

// The context that the file's first level fits best: main for nginx.conf, `server` for a file of locations. 0: nothing
// in it is known to nginx.
NginxContexts context_of_file(const NginxFile& file);

// Adds errors for directives that lack their block or have one that they do not take, as nginx does. `text` is the
// file's.
void check_blocks(NginxFile& file, std::string_view text, NginxContexts context);

}  // namespace halint
