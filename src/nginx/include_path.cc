// Which files an `include` names.
// SPDX-License-Identifier: Apache-2.0
#include "nginx/include_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>
#include <tuple>

#include "base/text.h"

namespace halint {
namespace {

// Directories may be many, and each part of a pattern may match all of them.
constexpr std::size_t kMostMatches = 20'000;

bool has_wildcard(std::string_view text) {
  return text.find_first_of("*?[") != text.npos;
}

// At `[`: whether `c` is in the set, and where the set ends. npos: it is not closed, so the bracket means itself.
std::size_t match_set(std::string_view pattern, std::size_t at, char c, bool& is_in) {
  std::size_t i = at + 1;
  bool is_negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (is_negated) ++i;
  bool found = false;
  for (std::size_t first = i; i < pattern.size(); ++i) {
    if (pattern[i] == ']' && i > first) {
      is_in = found != is_negated;
      return i + 1;
    }
    if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
      found |= pattern[i] <= c && c <= pattern[i + 2];
      i += 2;
    } else {
      found |= pattern[i] == c;
    }
  }
  return pattern.npos;
}

// One step of the pattern at `p` over the character `c`; npos if it does not match.
std::size_t step(std::string_view pattern, std::size_t p, char c) {
  if (pattern[p] == '?') return p + 1;
  if (pattern[p] == '[') {
    bool is_in = false;
    std::size_t end = match_set(pattern, p, c, is_in);
    if (end != pattern.npos) return is_in ? end : pattern.npos;
  }
  if (pattern[p] == '\\' && p + 1 < pattern.size()) return pattern[p + 1] == c ? p + 2 : pattern.npos;
  return pattern[p] == c ? p + 1 : pattern.npos;
}

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    std::string_view part = path.substr(0, path.find('/'));
    if (!part.empty() && part != ".") parts.push_back(part);
    path.remove_prefix(std::min(path.size(), part.size() + 1));
  }
  return parts;
}

std::string joined(const std::vector<std::string_view>& parts, std::size_t first) {
  std::string result;
  for (std::size_t i = first; i < parts.size(); ++i) result += (i > first ? "/" : "") + std::string(parts[i]);
  return result;
}

// Where nginx is usually installed: what is below these stands beside nginx.conf.
constexpr std::string_view kUsualPrefixes[] = {
    "/etc/nginx/",      "/usr/local/nginx/conf/",   "/usr/local/etc/nginx/",
    "/opt/nginx/conf/", "/opt/homebrew/etc/nginx/", "/usr/local/openresty/nginx/conf/"};

}  // namespace

bool matches_wildcard(std::string_view pattern, std::string_view name) {
  if (name.starts_with('.') && !pattern.starts_with('.')) return false;
  std::size_t p = 0, n = 0;
  std::size_t star = pattern.npos, star_n = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_n = n;
      continue;
    }
    std::size_t next = p < pattern.size() ? step(pattern, p, name[n]) : pattern.npos;
    if (next != pattern.npos) {
      p = next;
      ++n;
    } else if (star != pattern.npos) {
      p = star + 1;
      n = ++star_n;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

IncludeFinder::IncludeFinder(const FileSystem& files, const FileTree& tree, std::string_view workspace)
    : files_(files), workspace_(files.canonical(std::string(workspace))) {
  for (const FoundDirectory& directory : tree.directories) {
    entries_.push_back({std::string(file_name_of(directory.path)), directory.path, true});
    for (const DirectoryEntry& entry : directory.entries) {
      if (!entry.is_directory) entries_.push_back({entry.name, join_path(directory.path, entry.name), false});
    }
  }
  for (const std::string& file : tree.files) entries_.push_back({std::string(file_name_of(file)), file, false});
  for (const Entry& entry : entries_) {
    if (!entry.is_directory && entry.name == "nginx.conf") mains_.insert(directory_of(entry.path));
  }
  std::ranges::sort(entries_,
                    [](const Entry& a, const Entry& b) { return std::tie(a.name, a.path) < std::tie(b.name, b.path); });
}

bool IncludeFinder::is_inside(const std::string& path) const {
  return is_within(files_.canonical(path), workspace_);
}

IncludeFinder::Matches IncludeFinder::matches(std::string_view base, std::string_view pattern) const {
  Matches result;
  std::vector<std::string> places = {std::string(base)};
  std::vector<std::string_view> parts = parts_of(pattern);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    bool is_last = i + 1 == parts.size();
    std::vector<std::string> next;
    for (const std::string& place : places) {
      bool is_looked_at = has_wildcard(parts[i]) || parts[i] == "..";
      if (is_looked_at && !is_inside(parts[i] == ".." ? join_path(place, "..") : place)) continue;
      if (!has_wildcard(parts[i])) {
        std::string path = join_path(place, parts[i]);
        if (is_last ? files_.is_file(path) : files_.is_directory(path)) next.push_back(std::move(path));
        if (is_last && files_.is_directory(place)) result.has_directory = true;
        continue;
      }
      result.has_directory |= is_last && files_.is_directory(place);
      for (const DirectoryEntry& entry : files_.list(place)) {
        if (next.size() >= kMostMatches) break;
        if (entry.is_directory != is_last && matches_wildcard(parts[i], entry.name))
          next.push_back(join_path(place, entry.name));
      }
    }
    places = std::move(next);
  }
  std::erase_if(places, [&](const std::string& path) { return !is_inside(path); });
  std::ranges::sort(places);
  result.paths = std::move(places);
  return result;
}

// What stands beside or below another `nginx.conf` than that of `prefix` is a part of that one.
bool IncludeFinder::is_of_another(const std::string& path, const std::string& prefix) const {
  std::string at = directory_of(path);
  for (; at != "." && at != "/" && !at.empty() && !is_within(prefix, at); at = directory_of(at)) {
    if (mains_.contains(at)) return true;
  }
  return false;
}

// `/etc/app/conf.d/*.conf`: what the workspace has under the longest tail of the path, if that is in one place.
IncludedFiles IncludeFinder::find_by_tail(std::string_view pattern, const std::string& prefix) const {
  std::vector<std::string_view> parts = parts_of(pattern);
  std::string missing = fmt::format("`{}` is not in the workspace", escape_controls(pattern));
  bool is_glob = !parts.empty() && has_wildcard(parts.back());
  std::string_view wildcard = is_glob ? parts.back() : std::string_view();
  if (is_glob) parts.pop_back();
  bool is_plain = std::ranges::none_of(parts, [](std::string_view part) { return part == ".." || has_wildcard(part); });
  if (parts.empty() || !is_plain) return {{}, missing};
  const std::span<const Entry> namesakes(std::ranges::lower_bound(entries_, parts.back(), {}, &Entry::name),
                                         std::ranges::upper_bound(entries_, parts.back(), {}, &Entry::name));
  for (std::size_t first = 0; first < parts.size(); ++first) {
    std::string tail = "/" + joined(parts, first);
    std::set<std::string> places;
    IncludedFiles found;
    for (const Entry& entry : namesakes) {
      if (entry.is_directory != is_glob || !("/" + entry.path).ends_with(tail)) continue;
      if (is_of_another(entry.path, prefix)) continue;
      std::vector<std::string> here = {entry.path};
      if (is_glob) here = matches(entry.path, wildcard).paths;
      if (!here.empty() && places.insert(files_.canonical(here.front())).second) found.paths = std::move(here);
    }
    if (places.size() == 1) return found;
    if (places.size() > 1)
      return {{}, fmt::format("`{}` may be one of {} places", escape_controls(pattern), places.size())};
  }
  return {{}, missing};
}

IncludedFiles IncludeFinder::find(std::string_view pattern, const std::string& prefix, bool is_fragment) const {
  if (pattern.find('$') != pattern.npos) return {{}, fmt::format("`{}` holds a variable", escape_controls(pattern))};
  std::string_view relative = pattern;
  for (std::string_view usual : kUsualPrefixes) {
    if (relative.starts_with(usual)) {
      relative.remove_prefix(usual.size());
      break;
    }
  }
  if (!relative.starts_with('/')) {
    std::string base = prefix;
    while (is_inside(base)) {
      Matches here = matches(base, relative);
      if (!here.paths.empty()) return {std::move(here.paths), {}};
      // A glob that matches nothing is fine for nginx, and an empty directory for us.
      if (has_wildcard(relative) && here.has_directory && base != "." && directory_of(relative) != ".") return {};
      if (!is_fragment || base == "." || base.empty() || base == "/") break;
      base = directory_of(base);
    }
  }
  return find_by_tail(pattern, prefix);
}

}  // namespace halint
