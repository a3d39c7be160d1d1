// All modules below some paths: found, read and parsed once, then only looked at.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/file_system.h"
#include "base/source_file.h"
#include "terraform/modules/module.h"
#include "terraform/modules/module_source.h"
#include "terraform/plan/plan_file.h"
#include "terraform/read_terraform.h"

namespace halint {

// By the id of the file, which stays the same while its text does.
struct TerraformMemory::State {
  struct Remembered {
    std::unique_ptr<HclFile> syntax;
    bool is_used = false;  // In this run.
  };
  std::unordered_map<std::uint32_t, Remembered> files;

  const HclFile* find(FileId id);
  const HclFile* keep(FileId id, std::unique_ptr<HclFile> syntax);
  // What this run did not ask for has changed or is gone.
  void forget_unused();
};

struct TerraformWorkspace::State {
  State(const FileSystem& files, Sources& sources, std::string workspace, const TerraformLimits& limits)
      : files(files), sources(sources), workspace(std::move(workspace)), limits(limits) {}

  const FileSystem& files;
  Sources& sources;
  std::string workspace;
  TerraformLimits limits;
  TerraformMemory own_memory;                              // Where none is given.
  TerraformMemory::State* memory = nullptr;                // Owns the syntax of all files.
  std::map<std::string, Module> modules;                   // By directory.
  std::map<std::string, InstalledModules> installed;       // By root directory.
  std::map<std::string, std::unique_ptr<PlanFile>> plans;  // By path.
  std::vector<std::string> roots;
  std::size_t file_count = 0;

  // The module of a directory, or null.
  const Module* find(const std::string& directory) const;
};

}  // namespace halint
