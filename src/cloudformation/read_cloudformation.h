// CloudFormation in, configurations out: finds templates below some paths, evaluates each with its nested stacks.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/file_system.h"
#include "base/file_tree.h"
#include "base/remark.h"
#include "base/source_file.h"
#include "graph/resource.h"

namespace halint {

// Limits against hostile input (docs/limits.md). Each that is hit is a `limit-exceeded` diagnostic.
struct CloudFormationLimits {
  std::uint64_t file_bytes = 8u << 20;  // CloudFormation takes a megabyte.
  std::uint32_t nesting = 200;
  std::uint32_t values = 2'000'000;         // Of one file, aliases filled in.
  std::uint32_t resources = 50'000;         // Of one root with its nested stacks.
  std::uint32_t collection_items = 20'000;  // Of one list.
  std::uint64_t string_bytes = 4u << 20;
  std::uint64_t steps = 20'000'000;  // Evaluation steps of one root, all worlds together.
  std::uint64_t bytes = 256u << 20;  // For the values of one world.
  std::uint32_t stack_depth = 16;    // Of nested stacks.
  std::uint32_t worlds = 32;         // Combinations of inputs that decide conditions.
};

struct CloudFormationOptions {
  std::vector<std::pair<std::string, std::string>> parameters;  // --param NAME=VALUE: stronger than any file.
  std::vector<std::string> parameter_files;                     // --parameters FILE; later ones win.
  std::vector<std::string> unset_parameters;                    // As if they had no default and no value.
  CloudFormationLimits limits;
};

// The templates that earlier runs have read, for a run over a snapshot of their `Sources`: what has not changed is not
// parsed again, and one that is broken at the moment, as it is while somebody types, stands for what it was before,
// with the faults that it has now. One run at a time; the texts must live as long.
class CloudFormationMemory {
 public:
  CloudFormationMemory();
  ~CloudFormationMemory();
  struct State;
  State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

// All templates below some paths, parsed once. `files` and `sources` must outlive it.
class CloudFormationWorkspace {
 public:
  // Reads and parses in parallel. Never leaves `workspace`. `memory`, if there is one, must outlive it.
  CloudFormationWorkspace(const FileSystem& files, Sources& sources, const FileTree& tree, std::string workspace,
                          const CloudFormationLimits& limits, unsigned jobs = 0,
                          CloudFormationMemory* memory = nullptr);
  CloudFormationWorkspace(const FileSystem& files, Sources& sources, const std::vector<std::string>& paths,
                          const std::string& workspace, const CloudFormationLimits& limits, unsigned jobs = 0);
  ~CloudFormationWorkspace();

  // Templates that no other nests.
  const std::vector<std::string>& roots() const;
  // Templates that were parsed, for statistics.
  std::size_t file_count() const;
  // Comments that speak to halint, of all templates.
  std::vector<Remark> remarks() const;

  // One root with its nested stacks: a configuration for each combination of inputs without value that decides
  // conditions. Most templates have one. Thread-safe.
  std::vector<Configuration> evaluate(const std::string& root, const CloudFormationOptions& options) const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace halint
