// All templates below some paths: found, read and parsed once, then only looked at.
// SPDX-License-Identifier: Apache-2.0
#include "cloudformation/evaluate/workspace.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/parallel.h"
#include "cloudformation/evaluate/worlds.h"

namespace halint {
namespace {

struct Candidate {
  std::string path;
  std::optional<std::string> text;
  FileId id;
  std::shared_ptr<const TemplateFile> file;
};

std::vector<Candidate> candidates_in(const FileSystem& files, const FileTree& tree) {
  std::vector<Candidate> candidates;
  std::set<std::string> seen;
  auto add = [&](std::string path) {
    if (seen.insert(files.canonical(path)).second) candidates.emplace_back().path = std::move(path);
  };
  for (const FoundDirectory& directory : tree.directories) {
    for (const DirectoryEntry& entry : directory.entries) {
      if (!entry.is_directory && is_template_name(entry.name)) add(join_path(directory.path, entry.name));
    }
  }
  for (const std::string& path : tree.files) {
    if (is_template_name(path)) add(path);
  }
  std::ranges::sort(candidates, {}, &Candidate::path);
  return candidates;
}

// Templates that no other nests; of a circle that nobody enters, the first one.
void find_roots(CloudFormationWorkspace::State& state, unsigned jobs) {
  std::vector<std::vector<const TemplateFile*>> nested(state.templates.size());
  const CloudFormationOptions options;
  const GivenParameters given;
  const World world;  // The evaluator keeps no copy.
  parallel_for(
      state.templates.size(),
      [&](std::size_t i) {
        const TemplateFile& file = *state.templates[i];
        for (const auto& [type, property] : {std::pair{"AWS::CloudFormation::Stack", "TemplateURL"},
                                             std::pair{"AWS::Serverless::Application", "Location"}}) {
          Configuration scratch;
          std::uint64_t steps = 0;
          TemplateEvaluator evaluator(state, options, given, world, scratch, steps);
          for (const Value& url : evaluator.property_of_all(file, type, property))
            nested[i].push_back(find_template(state, file.path, url).file);
        }
      },
      jobs);
  std::map<const TemplateFile*, std::size_t> index;
  for (std::size_t i = 0; i < state.templates.size(); ++i) index[state.templates[i].get()] = i;
  std::set<std::size_t> called, reached;
  for (std::size_t i = 0; i < nested.size(); ++i) {
    for (const TemplateFile* file : nested[i]) {
      if (file != nullptr && index.at(file) != i) called.insert(index.at(file));
    }
  }
  auto add_root = [&](std::size_t root) {
    state.roots.push_back(state.templates[root]->path);
    std::vector<std::size_t> open = {root};
    while (!open.empty()) {
      std::size_t next = open.back();
      open.pop_back();
      if (!reached.insert(next).second) continue;
      for (const TemplateFile* file : nested[next]) {
        if (file != nullptr) open.push_back(index.at(file));
      }
    }
  };
  for (std::size_t i = 0; i < nested.size(); ++i) {
    if (!called.contains(i)) add_root(i);
  }
  for (std::size_t i = 0; i < nested.size(); ++i) {
    if (!reached.contains(i)) add_root(i);
  }
  std::ranges::sort(state.roots);
}

void find_exports(CloudFormationWorkspace::State& state, unsigned jobs) {
  std::vector<std::vector<Export>> exports(state.templates.size());
  const CloudFormationOptions options;
  const GivenParameters given;
  const World world;
  parallel_for(
      state.templates.size(),
      [&](std::size_t i) {
        const TemplateNode* outputs = state.templates[i]->section("Outputs");
        if (outputs == nullptr) return;
        Configuration scratch;
        std::uint64_t steps = 0;
        exports[i] = TemplateEvaluator(state, options, given, world, scratch, steps).exports_of(*state.templates[i]);
      },
      jobs);
  // Names may be built from imports, so nobody sees the list before it is whole.
  for (std::vector<Export>& some : exports) state.exports.insert(state.exports.end(), some.begin(), some.end());
}

// What a template was, with the faults that it has now.
std::shared_ptr<const TemplateFile> as_before(const TemplateFile& sound, const TemplateFile& broken) {
  auto shown = std::make_shared<TemplateFile>();
  shown->path = sound.path;
  shown->file = sound.file;
  shown->root = sound.root;
  shown->transforms = sound.transforms;
  shown->remarks = sound.remarks;
  shown->diagnostics = broken.diagnostics;
  return shown;
}

void load(CloudFormationWorkspace::State& state, CloudFormationMemory::State& memory, const FileTree& tree,
          unsigned jobs) {
  std::vector<Candidate> candidates = candidates_in(state.files, tree);
  parallel_for(
      candidates.size(),
      [&](std::size_t i) {
        // What is larger than any template is none.
        Result<std::string> text = state.files.read(candidates[i].path, state.limits.file_bytes);
        if (text && may_be_template(*text)) candidates[i].text = std::move(*text);
      },
      jobs);
  std::erase_if(candidates, [](const Candidate& candidate) { return !candidate.text; });
  // Added one after the other, so that a file has the same number in each run.
  for (Candidate& candidate : candidates) {
    candidate.id = state.sources.add(candidate.path, std::move(*candidate.text));
    candidate.file = memory.find(candidate.path, candidate.id);
  }
  parallel_for(
      candidates.size(),
      [&](std::size_t i) {
        if (candidates[i].file) return;
        auto file = std::make_shared<TemplateFile>();
        file->path = candidates[i].path;
        TemplateLimits limits = {state.limits.nesting, state.limits.values};
        if (read_template(state.sources.file(candidates[i].id).text, candidates[i].id, limits, *file))
          candidates[i].file = std::move(file);
      },
      jobs);
  for (Candidate& candidate : candidates) {
    if (!candidate.file) continue;
    state.templates.push_back(memory.keep(std::move(candidate.file)));
    state.by_path[candidate.path] = state.templates.back().get();
  }
  memory.forget_unused();
  find_exports(state, jobs);
  find_roots(state, jobs);
}

}  // namespace

CloudFormationMemory::CloudFormationMemory() : state_(std::make_unique<State>()) {}
CloudFormationMemory::~CloudFormationMemory() = default;

std::shared_ptr<const TemplateFile> CloudFormationMemory::State::find(std::string_view path, FileId file) {
  auto found = templates.find(path);
  return found != templates.end() && found->second.last->file == file ? found->second.last : nullptr;
}

std::shared_ptr<const TemplateFile> CloudFormationMemory::State::keep(std::shared_ptr<const TemplateFile> read) {
  Remembered& entry = templates[read->path];
  entry.last = std::move(read);
  entry.is_used = true;
  bool is_broken = std::ranges::any_of(entry.last->diagnostics,
                                       [](const Diagnostic& diagnostic) { return diagnostic.rule == "syntax-error"; });
  if (!is_broken) entry.sound = entry.last;
  return is_broken && entry.sound ? as_before(*entry.sound, *entry.last) : entry.last;
}

void CloudFormationMemory::State::forget_unused() {
  std::erase_if(templates, [](const auto& item) { return !item.second.is_used; });
  for (auto& [path, entry] : templates) entry.is_used = false;
}

CloudFormationWorkspace::CloudFormationWorkspace(const FileSystem& files, Sources& sources, const FileTree& tree,
                                                 std::string workspace, const CloudFormationLimits& limits,
                                                 unsigned jobs, CloudFormationMemory* memory)
    : state_(new State{files, sources, std::move(workspace), limits, {}, {}, {}, {}, {}}) {
  load(*state_, memory != nullptr ? memory->state() : state_->own_memory.state(), tree, jobs);
}

CloudFormationWorkspace::CloudFormationWorkspace(const FileSystem& files, Sources& sources,
                                                 const std::vector<std::string>& paths, const std::string& workspace,
                                                 const CloudFormationLimits& limits, unsigned jobs)
    : CloudFormationWorkspace(files, sources, find_files(files, paths, workspace), workspace, limits, jobs) {}

CloudFormationWorkspace::~CloudFormationWorkspace() = default;

const std::vector<std::string>& CloudFormationWorkspace::roots() const {
  return state_->roots;
}

std::size_t CloudFormationWorkspace::file_count() const {
  return state_->templates.size();
}

std::vector<Remark> CloudFormationWorkspace::remarks() const {
  std::vector<Remark> remarks;
  for (const std::shared_ptr<const TemplateFile>& file : state_->templates)
    remarks.insert(remarks.end(), file->remarks.begin(), file->remarks.end());
  return remarks;
}

std::vector<Configuration> CloudFormationWorkspace::evaluate(const std::string& root,
                                                             const CloudFormationOptions& options) const {
  return evaluate_worlds(*state_, *state_->by_path.at(root), options);
}

}  // namespace halint
