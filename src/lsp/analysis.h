// One run over a workspace folder with the unsaved buffers of the editor: what the server answers from.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/source_file.h"
#include "check/check.h"
#include "topology/topology.h"

namespace halint::lsp {

using OpenFiles = std::function<std::unique_ptr<FileSystem>(const std::string& directory)>;

// What runs over one folder hand on, so that a keystroke parses one file and not all of them.
struct FolderMemory {
  std::unique_ptr<Sources> sources;  // Of the last run: a snapshot, so that its texts live on. Null at first.
  std::size_t live = 0;              // So many files had the last run that parsed everything.
  std::unique_ptr<TerraformMemory> terraform = std::make_unique<TerraformMemory>();
  std::unique_ptr<CloudFormationMemory> cloudformation = std::make_unique<CloudFormationMemory>();
};

// What a run needs: a snapshot, so that editing goes on while it runs.
struct AnalysisJob {
  std::string folder;                            // Absolute.
  std::map<std::string, std::string> buffers;    // Absolute path -> text.
  std::map<std::string, std::int64_t> versions;  // Of the buffers.
  // Of the folder, which may be closed while the job runs. One job of a folder at a time. Null: nothing is handed on.
  std::shared_ptr<FolderMemory> memory = nullptr;
};

// Immutable once made, but for the facts, which are computed when asked: one thread at a time.
struct Analysis {
  std::string folder;
  std::string root;  // Absolute: where the paths of `sources` begin.
  std::unique_ptr<Sources> sources;
  Report report;
  std::vector<std::unique_ptr<Topology>> topologies;  // Of `report.projects`.
  std::map<std::string, std::int64_t> versions;

  // Absolute path of a file; empty if it is none of the disk, such as a stub.
  std::string path_of(FileId file) const;
  // The file of an absolute path; unknown if it was not read.
  FileId file_of(const std::string& path) const;
};

// Never fails: what is wrong is in the report. `now` are seconds since 1970, for end dates.
Analysis analyse(const AnalysisJob& job, const OpenFiles& open_files, std::int64_t now);

}  // namespace halint::lsp
