// What halint says about a span of text.
// SPDX-License-Identifier: Apache-2.0
#include "base/diagnostic.h"

namespace halint {

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::kNote:
      return "note";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "error";
}

std::optional<Severity> severity_named(std::string_view name) {
  for (Severity severity : {Severity::kNote, Severity::kWarning, Severity::kError}) {
    if (name == name_of(severity)) return severity;
  }
  return std::nullopt;
}

}  // namespace halint
