// Terraform in, configurations out: finds root modules below some paths, evaluates each.
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
struct TerraformLimits {
  std::uint64_t file_bytes = 5u << 20;      // The parser takes about a hundred times that.
  std::uint64_t plan_bytes = 64u << 20;     // Of the JSON of a plan.
  std::uint32_t nesting = 200;              // Of expressions and blocks.
  std::uint32_t instances = 1000;           // Of one `count` or `for_each`.
  std::uint32_t total_instances = 50'000;   // Of one root.
  std::uint32_t collection_items = 20'000;  // Of one list, set or map.
  std::uint64_t string_bytes = 4u << 20;
  std::uint64_t steps = 20'000'000;  // Evaluation steps of one root.
  std::uint32_t module_depth = 32;
};

// What a data source answers, for those who know.
struct GivenData {
  std::string source;     // "data.aws_availability_zones.available", or all of a type: "aws_availability_zones".
  std::string attribute;  // "names".
  std::string value;      // As in a .tfvars file: `["us-east-1a", "us-east-1b"]`.
};

struct TerraformOptions {
  std::vector<std::pair<std::string, std::string>> environment;  // TF_VAR_NAME: weaker than any file.
  std::vector<std::pair<std::string, std::string>> variables;    // --var NAME=VALUE: stronger than any file.
  std::vector<std::string> variable_files;                       // --var-file
  std::vector<std::string> unset_variables;                      // As if they had no default and no value.
  std::string workspace = "default";
  std::vector<GivenData> data;
  bool installed_modules = true;  // Read .terraform/modules/modules.json.
  TerraformLimits limits;
};

// The syntax of files that earlier runs have read, for a run over a snapshot of their `Sources`: what has not changed
// is not parsed again. One run at a time; the texts must live as long.
class TerraformMemory {
 public:
  TerraformMemory();
  ~TerraformMemory();
  struct State;
  State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

// All Terraform files below some paths, parsed once. `files` and `sources` must outlive it.
class TerraformWorkspace {
 public:
  // Reads and parses in parallel: every directory of `tree` that holds Terraform files, and the directory of each such
  // file. Never leaves `workspace`: the directory that modules and file() may read from.
  // `memory`, if there is one, must outlive it.
  TerraformWorkspace(const FileSystem& files, Sources& sources, const FileTree& tree, std::string workspace,
                     const TerraformLimits& limits, unsigned jobs = 0, TerraformMemory* memory = nullptr);
  TerraformWorkspace(const FileSystem& files, Sources& sources, const std::vector<std::string>& paths,
                     const std::string& workspace, const TerraformLimits& limits, unsigned jobs = 0);
  ~TerraformWorkspace();

  // Directories that hold Terraform files and that no other directory calls as a module; files that are the JSON of a
  // plan (`terraform show -json`).
  const std::vector<std::string>& roots() const;
  // Files that were parsed, for statistics.
  std::size_t file_count() const;
  // Comments that speak to halint, of all files.
  std::vector<Remark> remarks() const;

  // One root with its variables. Thread-safe.
  Configuration evaluate(const std::string& root, const TerraformOptions& options) const;

  struct State;  // What the evaluator sees.

 private:
  std::unique_ptr<State> state_;
};

}  // namespace halint
