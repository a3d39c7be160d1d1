// Fills in includes: from parsed files to the configuration that nginx would see.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "nginx/include_path.h"
#include "nginx/workspace.h"

namespace halint {

class Expander {
 public:
  // The file of a path, or null with the reason.
  using Load = std::function<NginxSource*(const std::string& path, std::string& problem)>;

  Expander(const IncludeFinder& finder, const NginxLimits& limits, Load load)
      : finder_(finder), limits_(limits), load_(std::move(load)) {}

  // The files of one root, one after the other, as if nginx read them from `prefix`.
  std::unique_ptr<NginxRoot> expand(const std::vector<NginxSource*>& files, const std::string& prefix,
                                    bool is_fragment);
  // What the last root has included.
  const std::set<const NginxSource*>& included() const { return included_; }

 private:
  struct Named {
    std::vector<std::pair<NginxSource*, std::string>> files;  // Null with the reason, if it was not read.
    std::string problem;
  };
  const Named& find(const std::string& pattern);
  void fill_file(NginxBlock& block, NginxSource& source);
  void fill(NginxBlock& block, std::span<const NginxDirective> directives, const NginxSource& source);
  void include(NginxBlock& block, const NginxDirective& directive);
  void include_file(NginxBlock& block, const NginxDirective& directive, NginxSource& source);
  void add_gap(NginxBlock& block, Span span, std::string reason);
  void limit(NginxBlock& block, Span span, std::string message);

  const IncludeFinder& finder_;
  const NginxLimits& limits_;
  Load load_;
  NginxRoot* root_ = nullptr;
  std::string prefix_;
  std::vector<const NginxSource*> open_;  // Files that are being filled in, outermost first.
  std::set<const NginxSource*> included_;
  std::map<std::string, Named> named_;  // By the pattern of an `include`.
  std::uint32_t includes_ = 0;
  std::uint32_t directives_ = 0;
  std::uint32_t depth_ = 0;
  bool is_full_ = false;  // A limit was hit and said.
};

}  // namespace halint
