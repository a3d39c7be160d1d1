// Texts that become nginx configurations only when a program fills them in.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "nginx/nginx_ast.h"

namespace halint {

// "site.conf.j2" -> "site.conf"; "" if the name does not end as that of a template.
std::string_view name_without_template_ending(std::string_view name);

// What fills `text` in, as a phrase ("a Jinja template"); empty if it is no template. `file` is the text as parsed.
std::string template_language(std::string_view name, std::string_view text, const NginxFile& file);

// Whether a text that may not parse is about nginx.
bool mentions_nginx_directives(std::string_view text);

}  // namespace halint
