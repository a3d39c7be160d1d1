// Diagnostics of the Terraform front end.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/diagnostic.h"

namespace halint {

// The text is not HCL, or not what Terraform accepts.
Diagnostic syntax_error(Span span, std::string message, std::string help = "");
// A limit against hostile input was hit; what lies beyond was not read.
Diagnostic limit_exceeded(Span span, std::string message, std::string help = "");
// The text is sound, but what it says cannot be: a reference to nothing, a cycle.
Diagnostic invalid_reference(Span span, std::string message, std::string help = "");
// Something that belongs to the configuration was not read.
Diagnostic not_analysed(Span span, std::string message, std::string help = "");

}  // namespace halint
