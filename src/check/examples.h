// Runs the examples inside rule files: they are the rules' tests and their documentation.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "rules/rule.h"

namespace halint {

// An example that is not as it says.
struct ExampleFailure {
  std::string rule;
  std::string example;    // "terraform bad `name`"
  std::string_view file;  // The rule file, and the line of the example in it.
  std::uint32_t line = 0;
  std::vector<std::string> differences;  // Sentences with places in the example's own files.
};

struct ExampleResults {
  std::size_t count = 0;                 // Examples that were run.
  std::vector<ExampleFailure> failures;  // In the order of rules and examples.
};

// Each example is checked with its own rule only. A bad one gives exactly the findings that its marks say, and at least
// one. A good one gives none, and the check is decided. An inconclusive one gives no finding, and a check that is not
// decided. Halint's own errors have no place in any of them, unless they are marked.
ExampleResults run_examples(const RuleSet& rules, std::span<const Rule* const> selected, unsigned jobs = 0);

}  // namespace halint
