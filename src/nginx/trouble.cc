// Diagnostics of the nginx front end.
// SPDX-License-Identifier: Apache-2.0
#include "nginx/trouble.h"

#include <utility>

namespace halint {

Diagnostic nginx_syntax_error(Span span, std::string message, std::string help) {
  return {span, Severity::kError, "syntax-error", std::move(message), std::move(help), {}};
}

Diagnostic nginx_limit_exceeded(Span span, std::string message, std::string help) {
  return {span, Severity::kError, "limit-exceeded", std::move(message), std::move(help), {}};
}

Diagnostic nginx_invalid(Span span, std::string message, std::string help) {
  return {span, Severity::kWarning, "invalid-configuration", std::move(message), std::move(help), {}};
}

Diagnostic nginx_not_read(Span span, std::string message, std::string help) {
  return {span, Severity::kNote, "not-analysed", std::move(message), std::move(help), {}};
}

}  // namespace halint
