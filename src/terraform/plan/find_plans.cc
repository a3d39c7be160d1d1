// Which of the files that were found are plans.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/plan/find_plans.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "terraform/syntax/trouble.h"

namespace halint {
namespace {

bool may_be_plan(std::string_view path) {
  return path.ends_with(".json") && !path.ends_with(".tf.json") && !path.ends_with(".tfvars.json") &&
         file_name_of(path) != "package-lock.json";
}

std::vector<std::string> candidates_of(const FileTree& tree) {
  std::vector<std::string> paths;
  for (const std::string& path : tree.files) {
    if (may_be_plan(path)) paths.push_back(path);
  }
  for (const FoundDirectory& directory : tree.directories) {
    for (const DirectoryEntry& entry : directory.entries) {
      if (!entry.is_directory && may_be_plan(entry.name)) paths.push_back(join_path(directory.path, entry.name));
    }
  }
  return paths;
}

}  // namespace

std::map<std::string, std::unique_ptr<PlanFile>> find_plans(const FileSystem& files, Sources& sources,
                                                            const FileTree& tree, std::uint64_t file_bytes,
                                                            std::uint32_t nesting, unsigned jobs) {
  std::vector<std::string> paths = candidates_of(tree);
  std::vector<std::optional<std::string>> texts(paths.size());
  std::vector<std::string> faults(paths.size());
  parallel_for(
      paths.size(),
      [&](std::size_t i) {
        Result<std::string> text = files.read(paths[i], file_bytes);
        if (!text)
          faults[i] = text.error().message;
        else if (looks_like_plan(*text))
          texts[i] = std::move(*text);
      },
      jobs);
  // Added one after the other, so that a file has the same number in each run.
  std::vector<std::pair<std::string, FileId>> found;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (texts[i]) found.emplace_back(paths[i], sources.add(paths[i], std::move(*texts[i])));
  }
  std::vector<std::unique_ptr<PlanFile>> read(found.size());
  parallel_for(
      found.size(),
      [&](std::size_t i) { read[i] = read_plan_file(sources.file(found[i].second).text, found[i].second, nesting); },
      jobs);
  std::map<std::string, std::unique_ptr<PlanFile>> plans;
  // Whoever names a file wants to know why it was not read. What a directory holds may be anything.
  auto named = static_cast<std::size_t>(std::ranges::count_if(tree.files, may_be_plan));
  for (std::size_t i = 0; i < named; ++i) {
    if (faults[i].empty()) continue;
    auto plan = std::make_unique<PlanFile>();
    plan->diagnostics.push_back(limit_exceeded({}, faults[i], "make the plan of fewer resources"));
    plans.emplace(paths[i], std::move(plan));
  }
  for (std::size_t i = 0; i < found.size(); ++i) plans.emplace(std::move(found[i].first), std::move(read[i]));
  return plans;
}

}  // namespace halint
