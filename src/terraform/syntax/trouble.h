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
// The text is sound, but Terraform would refuse what it says: a reference to nothing, a cycle, a value of a wrong type.
Diagnostic invalid_configuration(Span span, std::string message, std::string help = "");
// Something that belongs to the configuration was not read. A note: what it would have said is not known.
Diagnostic not_analysed(Span span, std::string message, std::string help = "");

}  // namespace halint
