// Tests of base/parallel.h.
// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.h"

#include <vector>

#include <gtest/gtest.h>

namespace halint {
namespace {

TEST(ParallelFor, VisitsEachIndexOnce) {
  for (unsigned jobs : {0u, 1u, 2u, 7u, 64u}) {
    for (std::size_t count : {0u, 1u, 2u, 63u, 1000u}) {
      std::vector<int> visits(count, 0);
      parallel_for(
          count, [&](std::size_t i) { ++visits[i]; }, jobs);
      EXPECT_EQ(visits, std::vector<int>(count, 1)) << jobs << " jobs";
    }
  }
}

TEST(ParallelFor, RunsOnSeveralThreads) {
  // Each of two iterations waits for the other: only possible if they run at the same time.
  std::atomic<int> arrived = 0;
  parallel_for(
      2,
      [&](std::size_t) {
        ++arrived;
        while (arrived < 2) std::this_thread::yield();
      },
      2);
  EXPECT_EQ(arrived, 2);
}

TEST(ParallelFor, StaysOnThisThreadWithOneJob) {
  std::thread::id self = std::this_thread::get_id();
  std::vector<std::size_t> order;
  parallel_for(
      5,
      [&](std::size_t i) {
        EXPECT_EQ(std::this_thread::get_id(), self);
        order.push_back(i);
      },
      1);
  EXPECT_EQ(order, (std::vector<std::size_t>{0, 1, 2, 3, 4}));
}

}  // namespace
}  // namespace halint
