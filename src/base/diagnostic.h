// What halint says about a span of text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace halint {

// SARIF's three words, in rising order, so that a threshold is a comparison.
enum class Severity { kNote, kWarning, kError };

// "note", "warning", "error".
std::string_view name_of(Severity severity);
std::optional<Severity> severity_named(std::string_view name);

// Another place that helps to understand a diagnostic.
struct Note {
  Span span;
  std::string text;
};

// Something wrong with the text itself: a syntax error, a limit that was hit, a file left out. Findings of
// rules are `Finding`s (check/finding.h), which carry more. A plain value: made in one place, printed elsewhere.
struct Diagnostic {
  Span span;
  Severity severity = Severity::kError;
  std::string rule;     // "syntax-error", "limit-exceeded", "not-analysed".
  std::string message;  // Lower case, no final period, names in `backticks`.
  std::string help;     // What to do, imperative. Empty if there is no advice.
  std::vector<Note> notes;
};

// What a reader returns: always a value, even of broken text, and what was wrong with it.
template <typename T>
struct Parsed {
  T value;
  std::vector<Diagnostic> diagnostics;
};

}  // namespace halint
