// All modules below some paths: found, read and parsed once, then only looked at.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/evaluate/workspace.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/parallel.h"
#include "terraform/evaluate/evaluator.h"
#include "terraform/evaluate/remote_state.h"
#include "terraform/modules/stubs.h"
#include "terraform/plan/find_plans.h"
#include "terraform/plan/read_plan.h"
#include "terraform/syntax/json_syntax.h"
#include "terraform/syntax/trouble.h"

namespace halint {
namespace {

enum class FileKind { kOther, kConfiguration, kOverride, kValues, kAutoValues };

FileKind kind_of(std::string_view name) {
  if (name.starts_with('.')) return FileKind::kOther;
  if (name == "terraform.tfvars" || name == "terraform.tfvars.json") return FileKind::kValues;
  if (name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json")) return FileKind::kAutoValues;
  if (name.ends_with(".json")) name.remove_suffix(5);
  std::size_t dot = name.rfind('.');
  std::string_view stem = name.substr(0, dot);
  if (dot == name.npos || (name.substr(dot) != ".tf" && name.substr(dot) != ".tofu")) return FileKind::kOther;
  return stem == "override" || stem.ends_with("_override") ? FileKind::kOverride : FileKind::kConfiguration;
}

// One file on its way from a name to syntax.
struct Unread {
  Module* module = nullptr;
  std::string path;
  FileKind kind = FileKind::kOther;
  std::optional<Result<std::string>> text;
  FileId id;
  const HclFile* syntax = nullptr;  // Null: it could not be read.
  std::unique_ptr<HclFile> parsed;  // In this run.
};

class Loader {
 public:
  Loader(TerraformWorkspace::State& state, unsigned jobs)
      : state_(state), jobs_(jobs), workspace_(state.files.canonical(state.workspace)) {}

  void load(const FileTree& tree) {
    for (const FoundDirectory& directory : tree.directories) {
      if (std::ranges::any_of(directory.entries, is_configuration)) add_given(directory.path);
    }
    for (const std::string& path : tree.files) {
      if (kind_of(file_name_of(path)) != FileKind::kOther) add_given(directory_of(path));
    }
    std::vector<std::string> wave = given_;
    for (const std::string& directory : given_) add_installed(directory, wave);
    while (!wave.empty()) wave = read_modules(wave);
    for (auto& [path, module] : state_.modules) check_calls(module);
    find_roots();
    state_.plans =
        find_plans(state_.files, state_.sources, tree, state_.limits.plan_bytes, state_.limits.nesting, jobs_);
    for (const auto& [path, plan] : state_.plans) state_.roots.push_back(path);
    state_.file_count += state_.plans.size();
    std::ranges::sort(state_.roots);
  }

 private:
  static bool is_configuration(const DirectoryEntry& entry) {
    FileKind kind = entry.is_directory ? FileKind::kOther : kind_of(entry.name);
    return kind == FileKind::kConfiguration || kind == FileKind::kOverride;
  }

  void check_calls(Module& module) const {
    for (const ModuleCall& call : module.calls) {
      const Module* target = call.source.directory.empty() ? nullptr : state_.find(call.source.directory);
      if (target != nullptr) check_inputs(module, call, *target);
    }
  }

  void add_given(const std::string& directory) {
    if (directory_of_real_.try_emplace(state_.files.canonical(directory), directory).second)
      given_.push_back(directory);
  }

  void add_installed(const std::string& root, std::vector<std::string>& wave) {
    InstalledModules installed = read_installed_modules(state_.files, root, state_.limits.file_bytes);
    if (installed.empty()) return;
    for (const auto& [key, directory] : installed) {
      bool is_inside = is_within(state_.files.canonical(directory), workspace_);
      if (!key.empty() && is_inside && state_.files.is_directory(directory)) wave.push_back(directory);
    }
    state_.installed.emplace(root, std::move(installed));
  }

  // Reads the modules of `directories`; returns the local modules that they call and that are not read yet.
  std::vector<std::string> read_modules(const std::vector<std::string>& directories) {
    std::vector<Unread> files;
    std::vector<Module*> fresh;
    for (const std::string& directory : directories) {
      auto [place, is_new] = state_.modules.try_emplace(directory);
      if (!is_new) continue;
      place->second.directory = directory;
      fresh.push_back(&place->second);
      list_files(place->second, files);
    }
    parse(files);
    for (Unread& file : files) attach(file);
    std::vector<std::string> next;
    for (Module* module : fresh) {
      collect_declarations(*module);
      for (ModuleCall& call : module->calls) {
        resolve(*module, call);
        for (const std::string& target : {call.source.directory, call.source.stub}) {
          if (!target.empty() && !state_.modules.contains(target)) next.push_back(target);
        }
      }
      for (const std::string& neighbour : neighbours_of(*module)) add_neighbour(neighbour, next);
    }
    return next;
  }

  // A root whose state is read is not checked for that, only known.
  void add_neighbour(const std::string& directory, std::vector<std::string>& wave) {
    bool is_inside = is_within(state_.files.canonical(directory), workspace_);
    if (!is_inside || !state_.files.is_directory(directory)) return;
    const std::string& name =
        directory_of_real_.try_emplace(state_.files.canonical(directory), directory).first->second;
    if (!state_.modules.contains(name)) wave.push_back(name);
  }

  void list_files(Module& module, std::vector<Unread>& files) {
    if (is_stub(module.directory)) return list_stub(module, files);
    std::size_t first = files.size();
    for (const DirectoryEntry& entry : state_.files.list(module.directory)) {
      FileKind kind = entry.is_directory ? FileKind::kOther : kind_of(entry.name);
      if (kind == FileKind::kOther) continue;
      // OpenTofu reads `x.tofu` instead of `x.tf`.
      bool has_twin = has_tofu_twin(module.directory, entry.name);
      if (has_twin) continue;
      Unread& file = files.emplace_back();
      file.module = &module;
      file.path = join_path(module.directory, entry.name);
      file.kind = kind;
    }
    // Override files change what the others declare, so they come last.
    std::stable_sort(files.begin() + static_cast<std::ptrdiff_t>(first), files.end(),
                     [](const Unread& a, const Unread& b) { return a.kind < b.kind; });
  }

  void list_stub(Module& module, std::vector<Unread>& files) {
    for (const NamedText& text : stub_files(module.directory)) {
      Unread& file = files.emplace_back();
      file.module = &module;
      file.path = std::string(kStubRoot) + std::string(text.name);
      file.kind = is_override_of_stub(text) ? FileKind::kOverride : FileKind::kConfiguration;
      file.text = Result<std::string>(std::string(text.text));
    }
  }

  bool has_tofu_twin(const std::string& directory, std::string_view name) const {
    std::string_view ending = name.ends_with(".tf.json") ? ".tf.json" : ".tf";
    if (!name.ends_with(ending)) return false;
    std::string twin(name.substr(0, name.size() - ending.size()));
    return state_.files.is_file(join_path(directory, twin + (ending == ".tf" ? ".tofu" : ".tofu.json")));
  }

  void parse(std::vector<Unread>& files) {
    parallel_for(
        files.size(),
        [&](std::size_t i) {
          if (!files[i].text) files[i].text = state_.files.read(files[i].path, state_.limits.file_bytes);
        },
        jobs_);
    // Added one after the other, so that a file has the same number in each run.
    for (Unread& file : files) {
      if (!file.text->ok()) continue;
      file.id = state_.sources.add(file.path, std::move(**file.text));
      file.syntax = state_.memory->find(file.id);
    }
    parallel_for(
        files.size(),
        [&](std::size_t i) {
          if (!files[i].text->ok() || files[i].syntax != nullptr) return;
          const std::string& text = state_.sources.file(files[i].id).text;
          files[i].parsed = std::make_unique<HclFile>(parse_file(files[i], text));
        },
        jobs_);
    for (Unread& file : files) {
      if (file.parsed) file.syntax = state_.memory->keep(file.id, std::move(file.parsed));
    }
  }

  HclFile parse_file(const Unread& file, std::string_view text) const {
    if (!file.path.ends_with(".json")) return parse_hcl(text, file.id, state_.limits.nesting);
    bool is_values = file.kind == FileKind::kValues || file.kind == FileKind::kAutoValues;
    return is_values ? parse_json_values(text, file.id, state_.limits.nesting)
                     : parse_json_configuration(text, file.id, state_.limits.nesting);
  }

  void attach(Unread& file) {
    Module& module = *file.module;
    if (file.syntax == nullptr) {
      module.is_complete = false;
      const std::string& message = file.text->error().message;
      bool is_too_large = message.find("larger than") != message.npos;
      module.diagnostics.push_back(is_too_large
                                       ? limit_exceeded({}, message, "exclude the file if it is not meant to be read")
                                       : syntax_error({}, message, "make the file readable, or exclude it"));
      return;
    }
    if (!is_stub(module.directory)) ++state_.file_count;
    if (file.kind == FileKind::kOverride) ++module.override_count;
    bool is_values = file.kind == FileKind::kValues || file.kind == FileKind::kAutoValues;
    (is_values ? module.value_files : module.files).push_back(file.syntax);
  }

  void resolve(Module& module, ModuleCall& call) {
    const Attribute* source = call.block->body.attribute("source");
    if (source == nullptr || source->value->kind != ExpressionKind::kString) {
      call.source.problem =
          source == nullptr ? "the module call has no `source`" : "the `source` of the module is not a literal";
      call.source.is_wrong = source == nullptr;
      return;
    }
    call.source = resolve_module_source(state_.files, state_.workspace, module.directory, source->value->text);
    std::string& directory = call.source.directory;
    if (directory.empty() && !call.source.is_wrong) call.source.stub = stub_directory(call);
    if (directory.empty()) return;
    // Links may lead to the same directory by many names, or around in a circle.
    directory = directory_of_real_.try_emplace(state_.files.canonical(directory), directory).first->second;
  }

  // Directories that nobody calls; of a circle of calls that nobody enters, the first one.
  void find_roots() {
    std::set<std::string> called;
    for (const std::string& caller : given_) {
      for (const ModuleCall& call : state_.modules.at(caller).calls) {
        if (call.source.directory != caller) called.insert(call.source.directory);
      }
    }
    std::set<std::string> reached;
    for (const std::string& directory : given_) {
      if (!called.contains(directory)) add_root(directory, reached);
    }
    for (const std::string& directory : given_) {
      if (!reached.contains(directory)) add_root(directory, reached);
    }
    std::ranges::sort(state_.roots);
  }

  void add_root(const std::string& directory, std::set<std::string>& reached) {
    state_.roots.push_back(directory);
    std::vector<std::string> open = {directory};
    while (!open.empty()) {
      std::string next = std::move(open.back());
      open.pop_back();
      const Module* module = state_.find(next);
      if (module == nullptr || !reached.insert(next).second) continue;
      for (const ModuleCall& call : module->calls) open.push_back(call.source.directory);
    }
  }

  TerraformWorkspace::State& state_;
  unsigned jobs_;
  std::string workspace_;  // As FileSystem::canonical gives it.
  std::vector<std::string> given_;
  std::map<std::string, std::string> directory_of_real_;  // Canonical path -> the name under which it is read.
};

}  // namespace

const Module* TerraformWorkspace::State::find(const std::string& directory) const {
  auto found = modules.find(directory);
  return found == modules.end() ? nullptr : &found->second;
}

TerraformMemory::TerraformMemory() : state_(std::make_unique<State>()) {}
TerraformMemory::~TerraformMemory() = default;

const HclFile* TerraformMemory::State::find(FileId id) {
  auto found = files.find(id.index);
  if (found == files.end()) return nullptr;
  found->second.is_used = true;
  return found->second.syntax.get();
}

const HclFile* TerraformMemory::State::keep(FileId id, std::unique_ptr<HclFile> syntax) {
  Remembered& entry = files[id.index];
  entry = {std::move(syntax), true};
  return entry.syntax.get();
}

void TerraformMemory::State::forget_unused() {
  std::erase_if(files, [](const auto& entry) { return !entry.second.is_used; });
  for (auto& [id, entry] : files) entry.is_used = false;
}

TerraformWorkspace::TerraformWorkspace(const FileSystem& files, Sources& sources, const FileTree& tree,
                                       std::string workspace, const TerraformLimits& limits, unsigned jobs,
                                       TerraformMemory* memory)
    : state_(std::make_unique<State>(files, sources, std::move(workspace), limits)) {
  state_->memory = memory != nullptr ? &memory->state() : &state_->own_memory.state();
  Loader(*state_, jobs).load(tree);
  state_->memory->forget_unused();
}

TerraformWorkspace::TerraformWorkspace(const FileSystem& files, Sources& sources, const std::vector<std::string>& paths,
                                       const std::string& workspace, const TerraformLimits& limits, unsigned jobs)
    : TerraformWorkspace(files, sources, find_files(files, paths, workspace), workspace, limits, jobs) {}

TerraformWorkspace::~TerraformWorkspace() = default;

const std::vector<std::string>& TerraformWorkspace::roots() const {
  return state_->roots;
}

std::size_t TerraformWorkspace::file_count() const {
  return state_->file_count;
}

std::vector<Remark> TerraformWorkspace::remarks() const {
  std::vector<Remark> remarks;
  for (const auto& [directory, module] : state_->modules) {
    for (const HclFile* file : module.files) remarks.insert(remarks.end(), file->remarks.begin(), file->remarks.end());
  }
  return remarks;
}

Configuration TerraformWorkspace::evaluate(const std::string& root, const TerraformOptions& options) const {
  auto plan = state_->plans.find(root);
  if (plan != state_->plans.end()) return configuration_of_plan(*plan->second, root);
  return evaluate_root(*state_, root, options);
}

}  // namespace halint
