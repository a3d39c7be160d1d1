// What a rule says about the graph.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/span.h"
#include "graph/resource.h"

namespace halint {

// A blamed node: what makes the finding's identity, and what a suppression stands on.
struct Subject {
  std::string address;  // Full form: "tf:infra#module.network.aws_nat_gateway.this[0]".
  std::string kind;     // "nat_gateway"
  std::string type;     // "aws_nat_gateway"
  Span header;
  Span whole;
  std::vector<Span> via;  // Calls of modules that lead to it, outermost first.
};

// A place on the way to the conclusion, in the order of the argument.
struct Evidence {
  Span span;
  std::string text;  // Lower case, no final period.
};

// Where a deciding value was set: "`single_nat_gateway` is true" at prod.tfvars:3.
struct ValueOrigin {
  Span span;
  std::string text;
};

// A plain value: rules make it, reports print it, nobody changes it.
struct Finding {
  std::string rule;
  Severity severity = Severity::kError;
  std::vector<std::string> tags;
  std::string message;  // Lower case, no final period, names in `backticks`.
  Span span;            // One line: what is underlined.
  std::string label;    // Text beside the carets. May be empty.
  std::vector<Subject> subjects;
  std::vector<Evidence> evidence;
  std::vector<Evidence> path;
  std::vector<ValueOrigin> origins;
  std::vector<std::string> assumptions;
  std::string ignored;  // "until 2026-10-01, 52 days ago": a comment silenced it once. Mostly empty.
  std::string when;     // The condition under which it holds. Empty: always.
  std::string impact;
  std::string help;
  std::vector<std::string> projects;  // Of the configuration, sorted; empty without such.
  std::string id;                     // 32 hex digits: hash(rule, sorted full addresses of subjects, discriminator).
};

// A check that could not be decided.
struct Inconclusive {
  std::string rule;
  Severity severity = Severity::kError;
  std::string address;  // Full form, of the node that was checked.
  Span span;
  std::string reason;  // "`var.az_count` has no default and no value".
  std::string decide;  // "--var az_count". May be empty.
};

}  // namespace halint
