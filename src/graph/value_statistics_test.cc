// Tests of the numbers behind `--statistics`.
// SPDX-License-Identifier: Apache-2.0
#include "graph/value_statistics.h"

#include <gtest/gtest.h>

#include <vector>

namespace halint {
namespace {

class ValueStatisticsTest : public testing::Test {
 protected:
  Value unknown(UnknownReason reason, std::string_view detail = "why") {
    return Value::unknown(arena(), {reason, detail, {}, nullptr, Shape::kAny});
  }
  Arena& arena() { return *configuration_.arena; }
  void add(std::vector<Member> members, Multiplicity multiplicity = {}) {
    Resource resource;
    resource.body = Value::map(arena(), std::move(members));
    resource.multiplicity = multiplicity;
    configuration_.resources.push_back(resource);
  }
  std::size_t number_of(UnknownReason reason) {
    return count_values(configuration_).unknown[static_cast<std::size_t>(reason)];
  }

  Configuration configuration_;
};

TEST_F(ValueStatisticsTest, WhatOnlyAwsKnowsIsNoGap) {
  add({{"a", Value::integer(1), {}}, {"b", unknown(UnknownReason::kComputed), {}}});
  ValueStatistics statistics = count_values(configuration_);
  EXPECT_EQ(statistics.resources, 1u);
  EXPECT_EQ(statistics.complete, 1u);
  EXPECT_EQ(statistics.values, 2u);
  EXPECT_EQ(number_of(UnknownReason::kComputed), 1u);
  EXPECT_TRUE(statistics.details.empty());
}

TEST_F(ValueStatisticsTest, AnyGapAtAnyDepthCounts) {
  Value parts[] = {Value::string(arena(), "a-"), unknown(UnknownReason::kComputed), unknown(UnknownReason::kVariable)};
  Value items[] = {Value::text_template(arena(), parts), Value::boolean(true)};
  add({{"a", Value::list(arena(), items), {}}});
  add({{"a", Value::boolean(true), {}}});
  ValueStatistics statistics = count_values(configuration_);
  EXPECT_EQ(statistics.complete, 1u);
  EXPECT_EQ(statistics.values, 3u);
  EXPECT_EQ(number_of(UnknownReason::kVariable), 1u);
  EXPECT_EQ(statistics.details.at("why"), 1u);
}

TEST_F(ValueStatisticsTest, AnUnknownNumberIsAGap) {
  Unknown why = {UnknownReason::kVariable, "why", {}, nullptr, Shape::kAny};
  add({}, {0, Multiplicity::kInfinite, &why});
  EXPECT_EQ(count_values(configuration_).complete, 0u);
  EXPECT_EQ(number_of(UnknownReason::kVariable), 1u);
}

TEST_F(ValueStatisticsTest, DataSourcesAreNoResources) {
  add({{"a", unknown(UnknownReason::kData), {}}});
  configuration_.resources[0].is_data = true;
  ValueStatistics statistics = count_values(configuration_);
  EXPECT_EQ(statistics.resources, 0u);
  EXPECT_EQ(number_of(UnknownReason::kData), 1u);
}

TEST_F(ValueStatisticsTest, Add) {
  add({{"a", unknown(UnknownReason::kLimit), {}}});
  ValueStatistics sum = count_values(configuration_);
  halint::add(sum, count_values(configuration_));
  EXPECT_EQ(sum.resources, 2u);
  EXPECT_EQ(sum.details.at("why"), 2u);
}

}  // namespace
}  // namespace halint
