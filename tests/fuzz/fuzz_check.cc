// Feeds arbitrary bytes through the whole pipeline: nothing may crash, hang or leak, whatever a file holds.
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/file_system.h"
#include "base/source_file.h"
#include "check/check.h"
#include "rules/rule.h"

// The first byte says what the rest is: a configuration, its JSON form, values of variables, or nginx's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace halint;
  if (size == 0) return 0;
  constexpr const char* kNames[] = {"main.tf", "main.tf.json", "terraform.tfvars", "nginx.conf"};
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto files = memory_file_system({{kNames[data[0] % 4], text}, {"variables.tf", "variable \"a\" {}\n"}});
  Sources sources;
  CheckOptions options;
  options.jobs = 1;
  options.limits.steps = 200'000;
  options.limits.total_instances = 500;
  check(*files, sources, builtin_rules(), options);
  return 0;
}
