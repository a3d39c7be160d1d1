// Diagnostics of the nginx front end.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/diagnostic.h"

namespace halint {

// nginx refuses the text.
Diagnostic nginx_syntax_error(Span span, std::string message, std::string help = "");
// A limit against hostile input was hit; what lies beyond was not read.
Diagnostic nginx_limit_exceeded(Span span, std::string message, std::string help = "");
// The text is sound, but nginx would not start with it, or not do what it says.
Diagnostic nginx_invalid(Span span, std::string message, std::string help = "");
// A part of the configuration was not read. A note: what it would have said is not known.
Diagnostic nginx_not_read(Span span, std::string message, std::string help = "");

}  // namespace halint
