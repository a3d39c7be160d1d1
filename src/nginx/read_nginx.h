// nginx in, configurations out: finds the files, follows their includes, lays out what nginx would do with them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/file_tree.h"
#include "base/remark.h"
#include "base/source_file.h"
#include "graph/resource.h"

namespace halint {

// Limits against hostile input (docs/limits.md). Each that is hit is a `limit-exceeded` diagnostic.
struct NginxLimits {
  std::uint64_t file_bytes = 16u << 20;
  std::uint32_t nesting = 100;           // Of blocks.
  std::uint32_t include_depth = 32;      // Of files that include files.
  std::uint32_t includes = 10'000;       // Files that one configuration reads, each as often as it is included.
  std::uint32_t directives = 2'000'000;  // Of one configuration, includes filled in.
  std::uint32_t resources = 250'000;     // Servers, locations and the like of one configuration.
};

// All nginx files below some paths, parsed once. `files` and `sources` must outlive it.
class NginxWorkspace {
 public:
  // Reads and parses in parallel. Never leaves `workspace`.
  NginxWorkspace(const FileSystem& files, Sources& sources, const FileTree& tree, std::string workspace,
                 const NginxLimits& limits, unsigned jobs = 0);
  NginxWorkspace(const FileSystem& files, Sources& sources, const std::vector<std::string>& paths,
                 const std::string& workspace, const NginxLimits& limits, unsigned jobs = 0);
  ~NginxWorkspace();

  // Files that nginx would be started with, and fragments (a file that begins with `server`) that no other file
  // includes; those of one `conf.d` directory belong together, and the directory names them.
  const std::vector<std::string>& roots() const;
  // The files that a root is made of.
  const std::vector<FileId>& files(const std::string& root) const;
  // Files that were parsed as nginx, for statistics.
  std::size_t file_count() const;
  // Files that look like nginx but were not read, with the reason: templates.
  const std::vector<std::string>& left_out() const;

  // Comments that speak to halint, in all files.
  std::vector<Remark> remarks() const;

  // One root with all that it includes. Thread-safe.
  Configuration evaluate(const std::string& root) const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace halint
