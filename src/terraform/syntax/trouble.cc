// Diagnostics of the Terraform front end.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/syntax/trouble.h"

#include <utility>

namespace halint {
namespace {

Diagnostic make(Span span, Severity severity, std::string rule, std::string message, std::string help) {
  Diagnostic diagnostic;
  diagnostic.span = span;
  diagnostic.severity = severity;
  diagnostic.rule = std::move(rule);
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  return diagnostic;
}

}  // namespace

Diagnostic syntax_error(Span span, std::string message, std::string help) {
  return make(span, Severity::kError, "syntax-error", std::move(message), std::move(help));
}

Diagnostic limit_exceeded(Span span, std::string message, std::string help) {
  return make(span, Severity::kError, "limit-exceeded", std::move(message), std::move(help));
}

Diagnostic invalid_configuration(Span span, std::string message, std::string help) {
  return make(span, Severity::kWarning, "invalid-configuration", std::move(message), std::move(help));
}

Diagnostic not_analysed(Span span, std::string message, std::string help) {
  return make(span, Severity::kNote, "not-analysed", std::move(message), std::move(help));
}

}  // namespace halint
