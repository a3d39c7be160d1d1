// The grammar of a suppression, and its calendar.
// SPDX-License-Identifier: Apache-2.0
#include "check/suppressions.h"

#include <gtest/gtest.h>

namespace halint {
namespace {

ReadSuppression read(std::string_view text) {
  return read_suppression({text, {}, {}, {}, false});
}

using Rules = std::vector<std::string>;

TEST(Suppression, NamesRulesDayAndReason) {
  ReadSuppression result = read("halint-ignore[a-b,  c] until 2027-01-31: why: not");
  EXPECT_EQ(result.fault, "");
  EXPECT_EQ(result.suppression.reach, Suppression::Reach::kNext);
  EXPECT_EQ(result.suppression.rules, (Rules{"a-b", "c"}));
  EXPECT_EQ(result.suppression.until, (Date{2027, 1, 31}));
  EXPECT_EQ(result.suppression.reason, "why: not");
}

TEST(Suppression, NeedsNoDayAndNoReason) {
  EXPECT_EQ(read("halint-ignore[a]").fault, "");
  EXPECT_EQ(read("halint-ignore[a]:").suppression.reason, "");
  EXPECT_EQ(read("halint-ignore[a] until 2027-01-31").fault, "");
}

TEST(Suppression, ReachesFilesAndRanges) {
  EXPECT_EQ(read("halint-ignore-file[a]: x").suppression.reach, Suppression::Reach::kFile);
  EXPECT_EQ(read("halint-ignore-start[a]: x").suppression.reach, Suppression::Reach::kStart);
  EXPECT_EQ(read("halint-ignore-end[a]").suppression.reach, Suppression::Reach::kEnd);
}

TEST(Suppression, SaysWhatIsWrong) {
  for (std::string_view text : {"halint-ignore", "halint-ignore: x", "halint-ignore[]: x", "halint-ignore[a",
                                "halint-ignore [a]: x", "halint-ignore-all[a]: x", "halint-ignore[a] because x",
                                "halint-ignore[a] until tomorrow: x", "halint-ignore[a] until 2027-02-30: x"}) {
    EXPECT_NE(read(text).fault, "") << text;
  }
}

TEST(Date, IsADayThatExists) {
  EXPECT_EQ(date_of("2024-02-29"), (Date{2024, 2, 29}));
  for (std::string_view text : {"2023-02-29", "2027-1-31", "2027-13-01", "27-01-31", "2027/01/31", "2027-01-3x", ""}) {
    EXPECT_FALSE(date_of(text)) << text;
  }
  EXPECT_EQ(day_of(0), (Date{1970, 1, 1}));
  EXPECT_EQ(day_of(1798761599), (Date{2026, 12, 31}));
  EXPECT_EQ(days_between({2026, 12, 31}, {2027, 1, 1}), 1);
  EXPECT_EQ(days_between({2027, 1, 1}, {2026, 12, 31}), -1);
}

}  // namespace
}  // namespace halint
