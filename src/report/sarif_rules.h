// The rules of a SARIF report: what code scanning shows beside an alert.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "report/parts.h"

namespace halint {

// `reportingDescriptor`s, sorted by id, and the index of each.
struct SarifRules {
  nlohmann::ordered_json descriptors = nlohmann::ordered_json::array();
  std::map<std::string, std::size_t, std::less<>> indices;
};

// All rules that the report mentions, and those that were on.
SarifRules sarif_rules(const Report& report, const Listing& listing, const RuleSet& rules,
                       const RenderOptions& options);

// "nat-gateway-single-az" -> "NatGatewaySingleAz".
std::string pascal_case(std::string_view slug);

}  // namespace halint
