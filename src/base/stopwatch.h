// Measures how long things take.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace halint {

class Stopwatch {
 public:
  // Milliseconds since it was made.
  double milliseconds() const { return between(start_, Clock::now()); }

  // Milliseconds since the last lap, or since it was made.
  double lap() {
    const Clock::time_point now = Clock::now();
    const double passed = between(last_, now);
    last_ = now;
    return passed;
  }

 private:
  using Clock = std::chrono::steady_clock;

  static double between(Clock::time_point begin, Clock::time_point end) {
    return std::chrono::duration<double, std::milli>(end - begin).count();
  }

  Clock::time_point start_ = Clock::now();
  Clock::time_point last_ = start_;
};

}  // namespace halint
