// Data sources whose answer follows from what is written: the provider computes it without asking AWS.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "base/arena.h"
#include "base/span.h"
#include "graph/value.h"

namespace halint {

// The text of a policy as `aws_iam_policy_document` writes it.
bool is_policy_document(std::string_view type, std::string_view attribute);
// Requires: `body` is wholly known. Absent for a document that others are merged into.
Value policy_document(Arena& arena, const Value& body, std::string_view attribute, Span where);

// What `aws_region` and `aws_partition` say of a region. Absent where that is not known.
Value region_attribute(Arena& arena, std::string_view type, std::string_view attribute, const Value& region);

// The names of an `aws_availability_zones` that asks for zones by name. Absent for any other question.
// Requires: `body` is wholly known.
Value named_zones(Arena& arena, const Value& body, Span where);

// What a data source is known to have because it is looked up by it: `filter { name = "vpc-id" ... }`, `tag:Name`.
// Absent for what no filter says, or says several values of.
Value filtered_attribute(Arena& arena, const Value& body, std::string_view attribute);
// The attributes that `filtered_attribute` may know.
std::span<const std::string_view> filtered_attributes();
bool is_looked_up_by_filter(std::string_view type);

}  // namespace halint
