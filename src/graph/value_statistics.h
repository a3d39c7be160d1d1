// How much of a configuration is known, and why the rest is not: for `--statistics`.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "graph/resource.h"

namespace halint {

constexpr std::size_t kUnknownReasons = static_cast<std::size_t>(UnknownReason::kUnsupported) + 1;

// One word for programs ("computed"), and for people ("known after apply").
std::string_view name_of(UnknownReason reason);
std::string_view describe(UnknownReason reason);

// A plain sum: those of several configurations can be added.
struct ValueStatistics {
  std::size_t resources = 0;  // Instances that are made; data sources count with their values only.
  // Of them: those of which everything is known that Terraform's plan knows. What AWS gives, such as an id, is not.
  std::size_t complete = 0;
  std::size_t values = 0;                              // Single ones, at any depth, known and unknown.
  std::array<std::size_t, kUnknownReasons> unknown{};  // By reason.
  std::map<std::string, std::size_t> details;          // The sentence that says why -> how often; not what AWS gives.
};

void add(ValueStatistics& sum, const ValueStatistics& part);

// Of all resources and data sources of `configuration`.
ValueStatistics count_values(const Configuration& configuration);

}  // namespace halint
