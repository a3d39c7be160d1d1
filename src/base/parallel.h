// Data parallelism: a for-loop whose iterations run on all cores.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace halint {

// Calls `body(i)` for each i in [0, count). Iterations must not share mutable state: slot i has one owner.
// `jobs` 0 means the number of cores.
template <typename Body>
void parallel_for(std::size_t count, const Body& body, unsigned jobs = 0) {
  if (jobs == 0) jobs = std::thread::hardware_concurrency();
  if (jobs > count) jobs = static_cast<unsigned>(count);
  if (jobs <= 1) {
    for (std::size_t i = 0; i < count; ++i) body(i);
    return;
  }
  std::atomic<std::size_t> next = 0;
  auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) body(i);
  };
  std::vector<std::thread> threads;
  threads.reserve(jobs - 1);
  for (unsigned t = 1; t < jobs; ++t) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace halint
