// The seam to the disk: everything that halint reads, it reads through a FileSystem.
// SPDX-License-Identifier: Apache-2.0
#include "base/file_system.h"

#include <algorithm>
#include <cerrno>
#include <exception>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace halint {
namespace {

namespace fs = std::filesystem;

// std::filesystem throws for lack of memory and for names that it cannot convert, also where an error_code is given.
template <typename Body>
auto guarded(decltype(std::declval<Body>()()) otherwise, const Body& body) {
  try {
    return body();
  } catch (const std::exception&) {
    return otherwise;
  }
}

Error cannot_read(const std::string& path, std::string_view reason) {
  return Error{fmt::format("cannot read `{}`: {}", path, reason)};
}

Error too_large(const std::string& path, std::uint64_t max_bytes) {
  return cannot_read(path, fmt::format("it is larger than the limit of {} bytes", max_bytes));
}

std::string reason_of(const std::error_code& error) {
  if (error == std::errc::permission_denied) return "permission denied";
  if (error == std::errc::no_such_file_or_directory) return "there is no such file";
  if (error == std::errc::too_many_symbolic_link_levels) return "its symbolic links form a loop";
  if (error == std::errc::is_a_directory) return "it is a directory";
  return error.message();
}

class DiskFileSystem : public FileSystem {
 public:
  explicit DiskFileSystem(std::string root) : root_(std::move(root)) {}

  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override {
    return guarded<>(Result<std::string>(cannot_read(path, "it could not be opened")), [&]() -> Result<std::string> {
      fs::path full = root_ / path;
      std::error_code error;
      fs::file_status status = fs::status(full, error);
      if (status.type() == fs::file_type::not_found) return cannot_read(path, "there is no such file");
      if (error) return cannot_read(path, reason_of(error));
      if (fs::is_directory(status)) return cannot_read(path, "it is a directory");
      // A pipe or a device may never end.
      if (!fs::is_regular_file(status)) return cannot_read(path, "it is not a regular file");
      errno = 0;
      std::ifstream file(full, std::ios::binary);
      if (!file) return cannot_read(path, reason_of(std::error_code(errno, std::generic_category())));
      return read_all(file, path, max_bytes);
    });
  }

  std::vector<DirectoryEntry> list(const std::string& path) const override {
    return guarded<>(std::vector<DirectoryEntry>(), [&] {
      std::vector<DirectoryEntry> entries;
      std::error_code error;
      fs::directory_iterator entry(root_ / path, fs::directory_options::skip_permission_denied, error);
      for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        std::error_code ignored;  // A link that leads nowhere is not a directory.
        entries.push_back({entry->path().filename().generic_string(), entry->is_directory(ignored)});
      }
      std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
      return entries;
    });
  }

  bool is_file(const std::string& path) const override {
    std::error_code error;
    return guarded<>(false, [&] { return fs::is_regular_file(root_ / path, error); });
  }

  bool is_directory(const std::string& path) const override {
    std::error_code error;
    return guarded<>(false, [&] { return fs::is_directory(root_ / path, error); });
  }

  std::string canonical(const std::string& path) const override {
    return guarded<>(path, [&] {
      std::error_code error;
      fs::path full = fs::absolute(root_ / path, error);
      fs::path resolved = fs::weakly_canonical(full, error);
      std::string name = (error ? full.lexically_normal() : resolved).generic_string();
      if (name.size() > 1 && name.back() == '/') name.pop_back();
      return name;
    });
  }

 private:
  // Reads on until the end instead of trusting the size: the file may grow meanwhile.
  static Result<std::string> read_all(std::ifstream& file, const std::string& path, std::uint64_t max_bytes) {
    std::string text;
    char buffer[64 * 1024];
    while (file) {
      file.read(buffer, sizeof buffer);
      text.append(buffer, static_cast<std::size_t>(file.gcount()));
      if (text.size() > max_bytes) return too_large(path, max_bytes);
    }
    if (file.bad()) return cannot_read(path, "reading failed");
    return text;
  }

  fs::path root_;
};

class MemoryFileSystem : public FileSystem {
 public:
  explicit MemoryFileSystem(std::map<std::string, std::string> files) {
    for (auto& [path, text] : files) files_.insert_or_assign(join_path(".", path), std::move(text));
  }

  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override {
    auto found = files_.find(canonical(path));
    if (found == files_.end()) {
      return cannot_read(path, is_directory(path) ? "it is a directory" : "there is no such file");
    }
    if (found->second.size() > max_bytes) return too_large(path, max_bytes);
    return found->second;
  }

  std::vector<DirectoryEntry> list(const std::string& path) const override {
    std::string prefix = prefix_of(path);
    std::map<std::string, bool> children;  // Name -> is a directory.
    for (auto file = files_.lower_bound(prefix); file != files_.end() && file->first.starts_with(prefix); ++file) {
      std::string_view rest = std::string_view(file->first).substr(prefix.size());
      std::size_t slash = rest.find('/');
      if (!rest.empty() && slash != 0) children[std::string(rest.substr(0, slash))] |= slash != std::string_view::npos;
    }
    std::vector<DirectoryEntry> entries;
    for (const auto& [name, is_directory] : children) entries.push_back({name, is_directory});
    return entries;
  }

  bool is_file(const std::string& path) const override { return files_.contains(canonical(path)); }

  bool is_directory(const std::string& path) const override {
    std::string prefix = prefix_of(path);
    auto file = files_.lower_bound(prefix);
    return prefix.empty() || (file != files_.end() && file->first.starts_with(prefix));
  }

  std::string canonical(const std::string& path) const override {
    return path.starts_with('/') ? join_path("/", path.substr(1)) : join_path(".", path);
  }

 private:
  // What the paths of all files below a directory start with.
  std::string prefix_of(const std::string& path) const {
    std::string directory = canonical(path);
    if (directory == ".") return "";
    return directory == "/" ? directory : directory + "/";
  }

  std::map<std::string, std::string> files_;
};

// Buffers are found by canonical path, so that a file is the same file however it is spelled.
class OverlayFileSystem : public FileSystem {
 public:
  OverlayFileSystem(const FileSystem& base, std::map<std::string, std::string> files) : base_(base) {
    for (auto& [path, text] : files) files_.insert_or_assign(base.canonical(path), std::move(text));
  }

  Result<std::string> read(const std::string& path, std::uint64_t max_bytes) const override {
    auto found = files_.find(base_.canonical(path));
    if (found == files_.end()) return base_.read(path, max_bytes);
    if (found->second.size() > max_bytes) return too_large(path, max_bytes);
    return found->second;
  }

  std::vector<DirectoryEntry> list(const std::string& path) const override {
    std::map<std::string, bool> children;
    for (DirectoryEntry& entry : base_.list(path)) children[std::move(entry.name)] = entry.is_directory;
    std::string directory = base_.canonical(path);
    for (const auto& [file, text] : files_) {
      if (file == directory || !is_within(file, directory)) continue;
      std::size_t skipped = directory == "." ? 0 : directory == "/" ? 1 : directory.size() + 1;
      std::string_view rest = std::string_view(file).substr(skipped);
      std::size_t slash = rest.find('/');
      children[std::string(rest.substr(0, slash))] |= slash != std::string_view::npos;
    }
    std::vector<DirectoryEntry> entries;
    for (const auto& [name, is_directory] : children) entries.push_back({name, is_directory});
    return entries;
  }

  bool is_file(const std::string& path) const override {
    return files_.contains(base_.canonical(path)) || base_.is_file(path);
  }

  bool is_directory(const std::string& path) const override {
    if (base_.is_directory(path)) return true;
    std::string directory = base_.canonical(path);
    return std::any_of(files_.begin(), files_.end(),
                       [&](const auto& file) { return file.first != directory && is_within(file.first, directory); });
  }

  std::string canonical(const std::string& path) const override { return base_.canonical(path); }

 private:
  const FileSystem& base_;
  std::map<std::string, std::string> files_;
};

void append_parts(std::vector<std::string_view>& parts, std::string_view path, bool absolute) {
  while (!path.empty()) {
    std::size_t slash = std::min(path.find('/'), path.size());
    std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (!absolute) {
      parts.push_back(part);
    }
  }
}

std::string_view without_trailing_slashes(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  return path;
}

}  // namespace

std::unique_ptr<FileSystem> disk_file_system(std::string root) {
  return std::make_unique<DiskFileSystem>(std::move(root));
}

std::optional<Error> write_file(const std::string& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  if (file) file.write(text.data(), static_cast<std::streamsize>(text.size())).flush();
  if (file) return std::nullopt;
  return Error{fmt::format("cannot write `{}`: {}", path, reason_of(std::error_code(errno, std::generic_category())))};
}

std::unique_ptr<FileSystem> memory_file_system(std::map<std::string, std::string> files) {
  return std::make_unique<MemoryFileSystem>(std::move(files));
}

std::unique_ptr<FileSystem> overlay_file_system(const FileSystem& base, std::map<std::string, std::string> files) {
  return std::make_unique<OverlayFileSystem>(base, std::move(files));
}

std::string join_path(std::string_view directory, std::string_view path) {
  if (path.starts_with('/')) return std::string(path);
  bool absolute = directory.starts_with('/');
  std::vector<std::string_view> parts;
  append_parts(parts, directory, absolute);
  append_parts(parts, path, absolute);
  std::string joined = absolute ? "/" : "";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) joined += '/';
    joined += parts[i];
  }
  return joined.empty() ? "." : joined;
}

std::string directory_of(std::string_view path) {
  path = without_trailing_slashes(path);
  std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return slash == 0 ? "/" : std::string(without_trailing_slashes(path.substr(0, slash)));
}

std::string_view file_name_of(std::string_view path) {
  path = without_trailing_slashes(path);
  std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos || path.size() == 1 ? path : path.substr(slash + 1);
}

bool is_within(std::string_view path, std::string_view directory) {
  if (path == directory) return true;
  if (directory == ".") return !path.starts_with('/') && path != ".." && !path.starts_with("../");
  if (directory == "/") return path.starts_with('/');
  return path.size() > directory.size() && path.starts_with(directory) && path[directory.size()] == '/';
}

}  // namespace halint
