// Unknown things whose name says that they are lists.
// SPDX-License-Identifier: Apache-2.0
#include "graph/may_be_list.h"

#include <gtest/gtest.h>

#include <vector>

namespace halint {
namespace {

bool may_be(Symbol::Kind kind, std::string_view address, const std::vector<Step>& path = {}) {
  Arena arena;
  const Symbol symbol{kind, address, path};
  return may_be_list(Value::unknown(arena, {UnknownReason::kVariable, "", "", &symbol, Shape::kAny}));
}

TEST(MayBeList, ItsNameTells) {
  const Step names{.name = "names"}, id{.name = "id"}, first{.kind = Step::Kind::kIndex, .name = {}},
      all{.kind = Step::Kind::kSplat, .name = {}};
  EXPECT_TRUE(may_be(Symbol::Kind::kVariable, "var.subnet_ids"));
  EXPECT_TRUE(may_be(Symbol::Kind::kVariable, "var.zone_list"));
  EXPECT_FALSE(may_be(Symbol::Kind::kVariable, "var.subnet_id"));
  EXPECT_FALSE(may_be(Symbol::Kind::kVariable, "var.s"));
  EXPECT_FALSE(may_be(Symbol::Kind::kVariable, "var.subnet_ids", {first}));
  EXPECT_TRUE(may_be(Symbol::Kind::kData, "data.aws_availability_zones.all", {names}));
  EXPECT_FALSE(may_be(Symbol::Kind::kData, "data.aws_availability_zones.all", {names, first}));
  EXPECT_FALSE(may_be(Symbol::Kind::kResource, "aws_subnet.all[0]", {id}));
  EXPECT_TRUE(may_be(Symbol::Kind::kResource, "aws_subnet.all", {id, all}));
}

TEST(MayBeList, OfCallsTheFunctionTells) {
  const Step first{.kind = Step::Kind::kIndex, .name = {}};
  EXPECT_TRUE(may_be(Symbol::Kind::kCall, "split(\",\", var.zones)"));
  EXPECT_FALSE(may_be(Symbol::Kind::kCall, "split(\",\", var.zones)", {first}));
  EXPECT_FALSE(may_be(Symbol::Kind::kCall, "lookup(var.zones, \"a\")"));
}

TEST(MayBeList, WhatIsKnownOrNamelessIsNone) {
  Arena arena;
  EXPECT_FALSE(may_be_list(Value::string(arena, "zones")));
  EXPECT_FALSE(may_be_list(Value::unknown(arena, {UnknownReason::kData, "", "", nullptr, Shape::kAny})));
}

}  // namespace
}  // namespace halint
