// Terraform's functions on files and paths. Only files inside of the workspace are read; others stay unknown.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/glob.h"
#include "base/text.h"
#include "terraform/functions/base64.h"
#include "terraform/functions/function_table.h"

namespace halint {
namespace {

constexpr std::size_t kMostFilesSeen = 20'000;
constexpr int kDeepestDirectory = 32;

// Lexically shortest: no `.`, no `a/..`, no double slashes; "." for nothing.
std::string clean(std::string_view path) {
  bool is_absolute = path.starts_with('/');
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    std::size_t slash = std::min(path.find('/'), path.size());
    std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part.empty() || part == ".") continue;
    bool can_go_up = !parts.empty() && parts.back() != "..";
    if (part == ".." && can_go_up) {
      parts.pop_back();
    } else if (part != ".." || !is_absolute) {
      parts.push_back(part);
    }
  }
  std::string out = is_absolute ? "/" : "";
  for (std::string_view part : parts) {
    if (!out.empty() && out != "/") out += '/';
    out += part;
  }
  return out.empty() ? "." : out;
}

// Where `path` is, if it is inside of the workspace.
std::optional<std::string> place_of(const FileReader& reader, std::string_view path) {
  if (path.find('\0') != std::string_view::npos) return std::nullopt;
  std::string joined = join_path(reader.directory, path);
  std::string place = reader.files.canonical(joined);
  std::string workspace = reader.files.canonical(reader.workspace);
  bool is_inside = workspace == "." ? !place.starts_with("..") && !place.starts_with('/')
                                    : workspace == "/" || place == workspace ||
                                          (place.starts_with(workspace) && place[workspace.size()] == '/');
  return is_inside ? std::optional(joined) : std::nullopt;
}

Value not_read(const Call& call, std::string_view why) {
  return call.unknown(UnknownReason::kExternal, why);
}

// The bytes of a file, or the value that stands for them.
bool read_bytes(const Call& call, std::string& bytes, Value& otherwise) {
  const FileReader* reader = call.context.files;
  std::string_view path = call.text(0);
  if (reader == nullptr) {
    otherwise = not_read(call, fmt::format("the file `{}` is not read", path));
    return false;
  }
  Result<std::string> text = read_workspace_file(*reader, path, call.context.limits.string_bytes);
  if (!text) {
    otherwise = not_read(call, text.error().message);
    return false;
  }
  bytes = std::move(*text);
  return true;
}

Value file(const Call& call) {
  std::string bytes;
  Value otherwise;
  if (!read_bytes(call, bytes, otherwise)) return otherwise;
  if (first_invalid_utf8(bytes)) return call.fail(fmt::format("`{}` is not UTF-8 text", call.text(0)));
  return call.string(bytes);
}

Value filebase64(const Call& call) {
  std::string bytes;
  Value otherwise;
  return read_bytes(call, bytes, otherwise) ? call.string(encode_base64(bytes)) : otherwise;
}

Value file_digest(const Call& call, Digest digest, bool is_base64) {
  std::string bytes;
  Value otherwise;
  if (!read_bytes(call, bytes, otherwise)) return otherwise;
  std::string hash = digest_of(digest, bytes);
  return call.string(is_base64 ? encode_base64(hash) : encode_hex(hash));
}

Value filemd5(const Call& call) {
  return file_digest(call, Digest::kMd5, false);
}

Value filesha1(const Call& call) {
  return file_digest(call, Digest::kSha1, false);
}

Value filesha256(const Call& call) {
  return file_digest(call, Digest::kSha256, false);
}

Value filesha512(const Call& call) {
  return file_digest(call, Digest::kSha512, false);
}

Value filebase64sha256(const Call& call) {
  return file_digest(call, Digest::kSha256, true);
}

Value filebase64sha512(const Call& call) {
  return file_digest(call, Digest::kSha512, true);
}

Value fileexists(const Call& call) {
  const FileReader* reader = call.context.files;
  if (reader == nullptr) return not_read(call, fmt::format("the file `{}` is not read", call.text(0)));
  std::optional<std::string> place = place_of(*reader, call.text(0));
  if (!place) return not_read(call, fmt::format("`{}` is outside of the workspace", call.text(0)));
  if (reader->files.is_directory(*place))
    return call.fail(fmt::format("`{}` is a directory, not a file", call.text(0)));
  return call.boolean(reader->files.is_file(*place));
}

struct Search {
  const FileSystem& files;
  const Glob& pattern;
  std::vector<std::string> found;
  std::size_t seen = 0;

  // `prefix` is the path from where the search began.
  void visit(const std::string& directory, const std::string& prefix, int depth) {
    if (depth > kDeepestDirectory) return;
    for (const DirectoryEntry& entry : files.list(directory)) {
      if (++seen > kMostFilesSeen) return;
      std::string name = prefix + entry.name;
      if (entry.is_directory) {
        visit(join_path(directory, entry.name), name + "/", depth + 1);
      } else if (pattern.matches(name)) {
        found.push_back(name);
      }
    }
  }
};

Value fileset(const Call& call) {
  const FileReader* reader = call.context.files;
  if (reader == nullptr) return not_read(call, fmt::format("the directory `{}` is not read", call.text(0)));
  std::optional<std::string> place = place_of(*reader, call.text(0));
  if (!place) return not_read(call, fmt::format("`{}` is outside of the workspace", call.text(0)));
  std::string wanted = clean(call.text(1));
  if (wanted.starts_with("..") || wanted.starts_with('/')) {
    return not_read(call, fmt::format("`{}` leads out of the directory", call.text(1)));
  }
  Glob pattern(wanted, Glob::Brackets::kClass);
  Search search{reader->files, pattern, {}, 0};
  search.visit(*place, "", 0);
  if (search.seen > kMostFilesSeen) return call.too_large("a list of files");
  std::ranges::sort(search.found);
  std::vector<Value> items;
  for (const std::string& name : search.found) items.push_back(call.string(name).with_origin(call.span));
  return Value::set(call.arena, items);
}

Value basename(const Call& call) {
  std::string path = clean(call.text(0));
  if (path == "/") return call.string(path);
  return call.string(path.substr(path.rfind('/') + 1));
}

Value dirname(const Call& call) {
  std::string_view path = call.text(0);
  std::size_t slash = path.rfind('/');
  return call.string(slash == std::string_view::npos ? "." : clean(path.substr(0, slash + 1)));
}

Value abspath(const Call& call) {
  if (call.text(0).starts_with('/')) return call.string(clean(call.text(0)));
  return call.unknown(UnknownReason::kImpure, "an absolute path depends on where Terraform runs");
}

Value pathexpand(const Call& call) {
  if (!call.text(0).starts_with('~')) return call.string(call.text(0));
  return call.unknown(UnknownReason::kImpure, "the home directory depends on who runs Terraform");
}

constexpr Function kFunctions[] = {
    {"abspath", "s", abspath},
    {"basename", "s", basename},
    {"dirname", "s", dirname},
    {"file", "s", file},
    {"filebase64", "s", filebase64},
    {"filebase64sha256", "s", filebase64sha256},
    {"filebase64sha512", "s", filebase64sha512},
    {"fileexists", "s", fileexists},
    {"filemd5", "s", filemd5},
    {"fileset", "ss", fileset},
    {"filesha1", "s", filesha1},
    {"filesha256", "s", filesha256},
    {"filesha512", "s", filesha512},
    {"pathexpand", "s", pathexpand},
};

}  // namespace

Result<std::string> read_workspace_file(const FileReader& reader, std::string_view path, std::uint64_t max_bytes) {
  std::optional<std::string> place = place_of(reader, path);
  if (!place) return Error{fmt::format("`{}` is outside of the workspace", path)};
  if (!reader.files.is_file(*place)) return Error{fmt::format("there is no file `{}` in the workspace", path)};
  return reader.files.read(*place, max_bytes);
}

std::span<const Function> file_functions() {
  return kFunctions;
}

}  // namespace halint
