// All nginx files below some paths: found, read and parsed once, then laid out as nginx would.
// SPDX-License-Identifier: Apache-2.0
#include "nginx/workspace.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/parallel.h"
#include "nginx/block_checks.h"
#include "nginx/expand.h"
#include "nginx/nginx_syntax.h"
#include "nginx/resources.h"
#include "nginx/templates.h"
#include "nginx/trouble.h"

namespace halint {
namespace {

enum class NameKind { kOther, kPerhaps, kMain, kTemplate };

// Directories where nginx's packages and people keep sites.
bool is_site_directory(std::string_view path) {
  std::string_view name = file_name_of(path);
  return name.starts_with("sites-") || name == "conf.d" || name == "vhosts.d";
}

NameKind kind_of_name(std::string_view directory, std::string_view name) {
  if (name.starts_with('.') || name.ends_with('~')) return NameKind::kOther;
  if (name == "nginx.conf") return NameKind::kMain;
  bool is_conf = name.ends_with(".conf") || name.ends_with(".nginx") || name.ends_with(".vhost");
  if (is_conf) return NameKind::kPerhaps;
  std::string_view stem = name_without_template_ending(name);
  if (!stem.empty()) {
    bool is_ours = stem.ends_with(".conf") || stem.ends_with(".nginx") || stem.find("nginx") != stem.npos;
    return is_ours || is_site_directory(directory) ? NameKind::kTemplate : NameKind::kOther;
  }
  constexpr std::string_view kForeign[] = {".md", ".txt", ".sh", ".py", ".tf", ".yaml", ".yml", ".json"};
  bool is_foreign = std::ranges::any_of(kForeign, [&](std::string_view ending) { return name.ends_with(ending); });
  return is_site_directory(directory) && !is_foreign ? NameKind::kPerhaps : NameKind::kOther;
}

// A `.conf` of some other program has nothing, or little, that nginx knows.
bool is_nginx(const NginxSource& source) {
  if (source.context == 0) return false;
  std::size_t known = 0, blocks = 0;
  for (const NginxDirective& directive : source.parsed.directives) {
    bool is_known = contexts_of_directive(directive.name.text, directive.has_block) != 0;
    known += is_known ? 1 : 0;
    blocks += is_known && directive.has_block ? 1 : 0;
  }
  bool is_mostly_known = known * 2 > source.parsed.directives.size();
  return is_mostly_known && (blocks > 0 || !source.parsed.has_syntax_error);
}

// One file on its way from a name to syntax.
struct Candidate {
  std::string path;
  NameKind kind = NameKind::kOther;
  std::optional<Result<std::string>> text;
  std::unique_ptr<NginxSource> source;
};

class Loader {
 public:
  Loader(NginxWorkspace::State& state, const FileTree& tree, unsigned jobs)
      : state_(state), tree_(tree), jobs_(jobs), workspace_(state.files.canonical(state.workspace)) {}

  void load() {
    std::vector<Candidate> candidates = find_candidates();
    if (candidates.empty()) return;
    parse(candidates);
    for (Candidate& candidate : candidates) keep(candidate);
    if (given_.empty()) return;
    const IncludeFinder finder(state_.files, tree_, state_.workspace);
    Expander expander(finder, state_.limits,
                      [this](const std::string& path, std::string& problem) { return included(path, problem); });
    add_mains(expander);
    add_fragments(expander);
    std::ranges::sort(state_.roots);
    std::ranges::sort(state_.left_out);
  }

 private:
  std::vector<Candidate> find_candidates() {
    std::vector<Candidate> candidates;
    std::set<std::string> seen;
    auto add = [&](std::string path, NameKind kind) {
      if (kind == NameKind::kOther || !seen.insert(state_.files.canonical(path)).second) return;
      Candidate& candidate = candidates.emplace_back();
      candidate.path = std::move(path);
      candidate.kind = kind;
    };
    for (const FoundDirectory& directory : tree_.directories) {
      for (const DirectoryEntry& entry : directory.entries) {
        if (!entry.is_directory) add(join_path(directory.path, entry.name), kind_of_name(directory.path, entry.name));
      }
    }
    for (const std::string& path : tree_.files) add(path, kind_of_name(directory_of(path), file_name_of(path)));
    std::erase_if(candidates, [&](const Candidate& candidate) {
      return !is_within(state_.files.canonical(candidate.path), workspace_);
    });
    return candidates;
  }

  void parse(std::vector<Candidate>& candidates) {
    parallel_for(
        candidates.size(),
        [&](std::size_t i) { candidates[i].text = state_.files.read(candidates[i].path, state_.limits.file_bytes); },
        jobs_);
    // Added one after the other, so that a file has the same number in each run.
    for (Candidate& candidate : candidates) {
      if (candidate.text->ok()) candidate.source = add_source(candidate.path, std::move(**candidate.text));
    }
    parallel_for(
        candidates.size(),
        [&](std::size_t i) {
          if (candidates[i].source) parse(*candidates[i].source);
        },
        jobs_);
  }

  std::unique_ptr<NginxSource> add_source(const std::string& path, std::string text) {
    auto source = std::make_unique<NginxSource>();
    source->path = path;
    source->parsed.file = state_.sources.add(path, std::move(text));
    source->text = state_.sources.file(source->parsed.file).text;
    return source;
  }

  void parse(NginxSource& source) const {
    source.parsed = parse_nginx(source.text, source.parsed.file, state_.limits.nesting);
    source.context = context_of_file(source.parsed);
  }

  void keep(Candidate& candidate) {
    std::string real = state_.files.canonical(candidate.path);
    if (!candidate.source) {
      // Of a file that cannot be read nobody knows whether it is nginx's, unless its name says so.
      if (candidate.kind != NameKind::kMain) return;
      state_.left_out.push_back(fmt::format("{}: {}", candidate.path, candidate.text->error().message));
      state_.read[real] = nullptr;
      return;
    }
    NginxSource& source = *candidate.source;
    std::string language = template_language(file_name_of(source.path), source.text, source.parsed);
    bool is_ours = candidate.kind == NameKind::kMain || is_nginx(source);
    if (!language.empty() && (is_ours || mentions_nginx_directives(source.text))) {
      state_.left_out.push_back(fmt::format("{}: {} of an nginx configuration", source.path, language));
      state_.read[real] = nullptr;
      return;
    }
    if (!is_ours || candidate.kind == NameKind::kTemplate) return;
    if (source.context == 0) source.context = nginx_context::kMain;
    ++state_.file_count;
    given_.push_back(&source);
    state_.read[real] = std::move(candidate.source);
  }

  // A file that an `include` names: whatever its name, nginx reads it.
  NginxSource* included(const std::string& path, std::string& problem) {
    std::string real = state_.files.canonical(path);
    auto [place, is_new] = state_.read.try_emplace(real);
    if (is_new) {
      Result<std::string> text = state_.files.read(path, state_.limits.file_bytes);
      if (text.ok()) {
        std::unique_ptr<NginxSource> source = add_source(path, std::move(*text));
        parse(*source);
        std::string language = template_language(file_name_of(path), source->text, source->parsed);
        if (language.empty()) {
          ++state_.file_count;
          place->second = std::move(source);
        } else {
          state_.left_out.push_back(fmt::format("{}: {} of an nginx configuration", path, language));
        }
      }
    }
    if (place->second == nullptr) problem = fmt::format("`{}` cannot be read, or is a template", path);
    return place->second.get();
  }

  void add_root(Expander& expander, const std::string& name, const std::vector<NginxSource*>& files, bool is_fragment) {
    state_.trees[name] = expander.expand(files, directory_of(files.front()->path), is_fragment);
    state_.roots.push_back(name);
    reached_.insert(files.begin(), files.end());
    reached_.insert(expander.included().begin(), expander.included().end());
  }

  void add_mains(Expander& expander) {
    std::map<const NginxSource*, std::set<const NginxSource*>> included;
    for (NginxSource* source : given_) {
      if (source->context != nginx_context::kMain) continue;
      add_root(expander, source->path, {source}, false);
      included[source] = expander.included();
    }
    // A file with the `http` block alone is a part of the one that includes it. Of a circle the first one stays.
    for (NginxSource* source : given_) {
      auto is_around = [&](const auto& entry) { return entry.first != source && entry.second.contains(source); };
      if (!included.contains(source) || std::ranges::none_of(included, is_around)) continue;
      included.erase(source);
      state_.trees.erase(source->path);
      std::erase(state_.roots, source->path);
    }
  }

  // Files that nothing includes. Of a circle that nobody enters, the first one.
  void add_fragments(Expander& expander) {
    std::vector<NginxSource*> open;
    std::ranges::copy_if(given_, std::back_inserter(open), [&](NginxSource* file) { return !reached_.contains(file); });
    std::set<const NginxSource*> inner;
    for (NginxSource* source : open) {
      bool has_include = source->text.find("include") != source->text.npos;
      if (!has_include) continue;
      expander.expand({source}, directory_of(source->path), true);
      for (const NginxSource* file : expander.included()) {
        if (file != source) inner.insert(file);
      }
    }
    std::erase_if(open, [&](NginxSource* source) { return inner.contains(source); });
    std::map<std::string, std::vector<NginxSource*>> together;
    for (NginxSource* source : open) {
      std::string directory = directory_of(source->path);
      bool is_joined = source->context == nginx_context::kHttp && file_name_of(directory) == "conf.d";
      together[is_joined ? directory : source->path].push_back(source);
    }
    for (const auto& [name, files] : together) add_root(expander, name, files, true);
    for (NginxSource* source : given_) {
      if (!reached_.contains(source)) add_root(expander, source->path, {source}, true);
    }
  }

  NginxWorkspace::State& state_;
  const FileTree& tree_;
  unsigned jobs_;
  std::string workspace_;            // As FileSystem::canonical gives it.
  std::vector<NginxSource*> given_;  // Nginx files that were found, in the order of the tree.
  std::set<const NginxSource*> reached_;
};

}  // namespace

NginxWorkspace::NginxWorkspace(const FileSystem& files, Sources& sources, const FileTree& tree, std::string workspace,
                               const NginxLimits& limits, unsigned jobs)
    : state_(std::make_unique<State>(files, sources, std::move(workspace), limits)) {
  Loader(*state_, tree, jobs).load();
}

NginxWorkspace::NginxWorkspace(const FileSystem& files, Sources& sources, const std::vector<std::string>& paths,
                               const std::string& workspace, const NginxLimits& limits, unsigned jobs)
    : NginxWorkspace(files, sources, find_files(files, paths, workspace), workspace, limits, jobs) {}

NginxWorkspace::~NginxWorkspace() = default;

const std::vector<std::string>& NginxWorkspace::roots() const {
  return state_->roots;
}

const std::vector<FileId>& NginxWorkspace::files(const std::string& root) const {
  return state_->trees.at(root)->files;
}

std::size_t NginxWorkspace::file_count() const {
  return state_->file_count;
}

const std::vector<std::string>& NginxWorkspace::left_out() const {
  return state_->left_out;
}

std::vector<Remark> NginxWorkspace::remarks() const {
  std::vector<Remark> remarks;
  for (const auto& [path, source] : state_->read) {
    if (source != nullptr) remarks.insert(remarks.end(), source->parsed.remarks.begin(), source->parsed.remarks.end());
  }
  return remarks;
}

Configuration NginxWorkspace::evaluate(const std::string& root) const {
  return make_configuration(*state_->trees.at(root), root, state_->limits);
}

}  // namespace halint
