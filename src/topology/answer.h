// A three-valued answer that remembers why it is not known.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/value.h"

namespace halint {

struct Answer {
  Truth truth = Truth::kFalse;
  const Unknown* why = nullptr;  // Non-null exactly if the truth is unknown.

  static Answer yes() { return {.truth = Truth::kTrue}; }
  static Answer no() { return {}; }
  static Answer of(bool truth) { return truth ? yes() : no(); }
  static Answer unknown(const Unknown* why) { return {.truth = Truth::kUnknown, .why = why}; }

  bool is_true() const { return truth == Truth::kTrue; }
  bool is_false() const { return truth == Truth::kFalse; }
  bool is_unknown() const { return truth == Truth::kUnknown; }
};

inline Answer operator!(const Answer& a) {
  return {.truth = !a.truth, .why = a.why};
}

// The first of the two that decides; of two unknowns the first gives the reason.
inline Answer both(const Answer& a, const Answer& b) {
  if (a.is_false() || b.is_true()) return a;
  if (b.is_false() || a.is_true()) return b;
  return a;
}

inline Answer either(const Answer& a, const Answer& b) {
  if (a.is_true() || b.is_false()) return a;
  if (b.is_true() || a.is_false()) return b;
  return a;
}

inline Value to_value(const Answer& answer, const Span& origin = {}) {
  return answer.is_unknown() ? Value::unknown(answer.why, origin) : Value::boolean(answer.is_true(), origin);
}

}  // namespace halint
