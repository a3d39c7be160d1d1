// Examples of strings of which only the shape is known, to decide questions about their form.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "graph/value.h"
#include "terraform/functions/function_table.h"

namespace halint {

// Strings of that shape that differ from each other as far as real ones do. Empty for kAny.
std::span<const std::string_view> samples_of(Shape shape);

// What a call gives whose string argument `unknown` has a known shape: `result_for` is asked for each sample. If all
// results agree, that is the result; if they are lists of one length, the length is known; otherwise it is unknown.
// Results that are absent are errors: if all samples agree in failing, so does the call.
Value decide_by_shape(const Call& call, const Value& unknown,
                      const std::function<Value(std::string_view sample)>& result_for);

}  // namespace halint
