// Which template of the workspace a nested stack means.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cloudformation/evaluate/evaluator.h"

namespace halint {
namespace {

// What is known of the end of a text: all of it, or what follows the last unknown part.
std::string_view known_end(const Value& url) {
  if (url.is(ValueKind::kString)) return url.as_string();
  if (url.is(ValueKind::kTemplate) && url.items().back().is(ValueKind::kString)) return url.items().back().as_string();
  return {};
}

std::size_t common_directories(std::string_view a, std::string_view b) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < a.size() && i < b.size() && a[i] == b[i]; ++i) {
    if (a[i] == '/') ++count;
  }
  return count;
}

bool has_tail(std::string_view path, std::string_view tail) {
  return path == tail ||
         (path.size() > tail.size() && path.ends_with(tail) && path[path.size() - tail.size() - 1] == '/');
}

}  // namespace

FoundTemplate find_template(const CloudFormationWorkspace::State& state, std::string_view from, const Value& url) {
  std::string_view text = known_end(url);
  if (text.find('?') != text.npos) text = text.substr(0, text.find('?'));
  if (text.empty()) {
    const Unknown* why = unknown_in(url);
    return {nullptr, why != nullptr ? std::string(why->detail) : std::string("where its template stands is not known")};
  }
  bool is_url = !url.is(ValueKind::kString) || text.starts_with("http://") || text.starts_with("https://") ||
                text.starts_with("s3://");
  if (!is_url) {
    auto beside = state.by_path.find(join_path(directory_of(from), text));
    if (beside != state.by_path.end()) return {beside->second, ""};
  }
  // The longest end that some template has; of several, the one that is nearest.
  std::string_view tail = text;
  if (std::size_t scheme = tail.find("://"); scheme != tail.npos) {
    std::size_t host_end = tail.find('/', scheme + 3);
    tail = host_end == tail.npos ? std::string_view() : tail.substr(host_end + 1);
  }
  while (tail.starts_with('/') || tail.starts_with("./")) tail.remove_prefix(tail.starts_with('/') ? 1 : 2);
  while (!tail.empty()) {
    std::vector<const TemplateFile*> fitting;
    std::size_t nearest = 0;
    for (const auto& [path, file] : state.by_path) {
      if (!has_tail(path, tail)) continue;
      std::size_t near = common_directories(path, from) + 1;
      if (near < nearest) continue;
      if (near > nearest) fitting.clear();
      nearest = near;
      fitting.push_back(file);
    }
    if (fitting.size() == 1) return {fitting[0], ""};
    if (fitting.size() > 1)
      return {nullptr,
              fmt::format("`{}` may be `{}` or `{}`", escape_controls(tail), fitting[0]->path, fitting[1]->path)};
    std::size_t slash = tail.find('/');
    if (slash == tail.npos) break;
    tail.remove_prefix(slash + 1);
  }
  return {nullptr, fmt::format("`{}` is not among the files", escape_controls(text))};
}

}  // namespace halint
