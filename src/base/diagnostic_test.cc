// Tests of base/diagnostic.h.
// SPDX-License-Identifier: Apache-2.0
#include "base/diagnostic.h"

#include <gtest/gtest.h>

namespace halint {
namespace {

TEST(Severity, HasANameAndAnOrder) {
  EXPECT_EQ(name_of(Severity::kNote), "note");
  EXPECT_EQ(name_of(Severity::kWarning), "warning");
  EXPECT_EQ(name_of(Severity::kError), "error");
  EXPECT_LT(Severity::kNote, Severity::kWarning);
  EXPECT_LT(Severity::kWarning, Severity::kError);
}

TEST(Severity, IsFoundByName) {
  EXPECT_EQ(severity_named("warning"), Severity::kWarning);
  EXPECT_EQ(severity_named("Warning"), std::nullopt);
  EXPECT_EQ(severity_named("off"), std::nullopt);
}

}  // namespace
}  // namespace halint
