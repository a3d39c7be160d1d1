// Feeds arbitrary bytes through the nginx front end, as files that include each other: nothing may crash, hang or leak.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/file_system.h"
#include "base/source_file.h"
#include "nginx/read_nginx.h"

// A byte 1 begins the next file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace halint;
  constexpr const char* kNames[] = {"nginx.conf", "conf.d/site.conf", "snippets/part.inc", "sites-enabled/other"};
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::map<std::string, std::string> texts;
  for (const char* name : kNames) {
    std::size_t end = std::min(rest.find('\1'), rest.size());
    texts[name] = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const auto files = memory_file_system(std::move(texts));
  Sources sources;
  NginxLimits limits;
  limits.directives = 50'000;
  limits.includes = 200;
  const NginxWorkspace workspace(*files, sources, {"."}, ".", limits, 1);
  for (const std::string& root : workspace.roots()) workspace.evaluate(root);
  workspace.remarks();
  return 0;
}
