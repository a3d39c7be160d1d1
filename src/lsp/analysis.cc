// One run over a workspace folder with the unsaved buffers of the editor.
// SPDX-License-Identifier: Apache-2.0
#include "lsp/analysis.h"

#include "check/find_config.h"
#include "check/workspace.h"

namespace halint::lsp {
namespace {

// Faults of the configuration are shown in its file; the run goes on with what is sound.
void read_config(const FileSystem& files, const std::string& start, Sources& sources, CheckOptions& options,
                 std::vector<Diagnostic>& faults) {
  std::string path = find_config(files, start);
  if (path.empty()) return;
  Result<std::string> text = files.read(path, kMostConfigBytes);
  if (!text) return;
  Parsed<Config> config = load_config(sources, path, std::move(*text), builtin_rules());
  faults = std::move(config.diagnostics);
  apply_config(config.value, options);
}

}  // namespace

std::string Analysis::path_of(FileId file) const {
  if (file.index == 0) return {};
  std::string_view path = sources->path(file);
  bool is_made_up = path.starts_with("halint:");  // A description that halint brings along.
  return is_made_up ? std::string() : join_path(root, path);
}

FileId Analysis::file_of(const std::string& path) const {
  // Of the texts that a file had in several runs, the last.
  for (std::uint32_t index = static_cast<std::uint32_t>(sources->size()); index > 0; --index) {
    if (path_of({index}) == path) return {index};
  }
  return {};
}

namespace {

// The files of the last run. Texts that have changed since pile up; now and then all is read anew.
std::unique_ptr<Sources> continued(FolderMemory* memory) {
  constexpr std::size_t kMostOutdated = 200;
  if (memory == nullptr || memory->sources == nullptr) return std::make_unique<Sources>();
  if (memory->sources->size() <= memory->live + kMostOutdated) return std::make_unique<Sources>(*memory->sources);
  *memory = FolderMemory();
  return std::make_unique<Sources>();
}

void remember(FolderMemory* memory, const Sources& sources) {
  if (memory == nullptr) return;
  bool is_first = memory->sources == nullptr;
  memory->sources = std::make_unique<Sources>(sources);
  if (is_first) memory->live = sources.size();
}

}  // namespace

Analysis analyse(const AnalysisJob& job, const OpenFiles& open_files, std::int64_t now) {
  Analysis analysis;
  analysis.folder = job.folder;
  analysis.versions = job.versions;
  analysis.sources = continued(job.memory.get());
  Workspace workspace = find_workspace(*open_files(job.folder), {"."});
  analysis.root = workspace.root;

  std::unique_ptr<FileSystem> disk = open_files(workspace.root);
  std::map<std::string, std::string> buffers;
  for (const auto& [path, text] : job.buffers) {
    if (is_within(path, workspace.root)) buffers.emplace(relative_path(path, workspace.root), text);
  }
  std::unique_ptr<FileSystem> files = overlay_file_system(*disk, std::move(buffers));

  CheckOptions options;
  options.paths = workspace.paths;
  options.keep_graphs = true;
  options.suppressions.today = day_of(now);
  std::vector<Diagnostic> faults;
  read_config(*files, workspace.paths.front(), *analysis.sources, options, faults);
  TopologyOptions topology_options;
  topology_options.region_zones = static_cast<int>(options.policy.region_azs);
  topology_options.ssh_ports = options.policy.ssh_ports;
  topology_options.roles = options.roles;
  if (job.memory != nullptr) {
    options.terraform_memory = job.memory->terraform.get();
    options.cloudformation_memory = job.memory->cloudformation.get();
  }
  analysis.report = check(*files, *analysis.sources, builtin_rules(), options);
  analysis.report.diagnostics.insert(analysis.report.diagnostics.end(), faults.begin(), faults.end());
  for (const Project& project : analysis.report.projects)
    analysis.topologies.push_back(std::make_unique<Topology>(*project.graph, topology_options));
  remember(job.memory.get(), *analysis.sources);
  return analysis;
}

}  // namespace halint::lsp
