// Which root of the workspace a `terraform_remote_state` reads, and its values as another root sees them.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/evaluate/remote_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace halint {
namespace {

constexpr int kDeepest = 64;
constexpr std::string_view kStateFile = "terraform.tfstate";
constexpr std::string_view kStatesFolder = "terraform.tfstate.d";
constexpr std::string_view kDefault = "default";

// Where a root keeps its state: the block `backend "s3" { ... }`, or nothing. Override files come last.
const Block* backend_of(const Module& module) {
  const Block* found = nullptr;
  for (const HclFile* file : module.files) {
    for (const Block& block : file->body.blocks) {
      if (block.type != "terraform") continue;
      for (const Block& inner : block.body.blocks) {
        if (inner.type == "backend" && !inner.labels.empty()) found = &inner;
      }
    }
  }
  return found;
}

// Backends hold literals only.
std::string_view literal(const Block& block, std::string_view name) {
  const Attribute* attribute = block.body.attribute(name);
  bool is_literal = attribute != nullptr && attribute->value->kind == ExpressionKind::kString;
  return is_literal ? attribute->value->text : std::string_view();
}

std::string_view text_of(const Value& map, std::string_view name) {
  if (!map.is(ValueKind::kMap)) return {};
  const Value& value = map.member(name);
  return value.is(ValueKind::kString) ? value.as_string() : std::string_view();
}

// The file in which a root with a local backend keeps the state of `workspace`. Empty for other backends.
std::string local_state_of(const Module& module, std::string_view workspace) {
  const Block* backend = backend_of(module);
  if (backend != nullptr && backend->labels[0].text != "local") return {};
  std::string_view file = backend == nullptr ? "" : literal(*backend, "path");
  std::string_view folder = backend == nullptr ? "" : literal(*backend, "workspace_dir");
  if (workspace == kDefault) return join_path(module.directory, file.empty() ? kStateFile : file);
  std::string states = join_path(module.directory, folder.empty() ? kStatesFolder : folder);
  return join_path(join_path(states, workspace), kStateFile);
}

// "network/terraform.tfstate.d/prod/terraform.tfstate" -> "prod": a path may name the file of a workspace itself.
std::string_view workspace_in(std::string_view path) {
  if (!path.ends_with(kStateFile)) return kDefault;
  path.remove_suffix(kStateFile.size());
  if (!path.ends_with('/')) return kDefault;
  path.remove_suffix(1);
  std::string_view name = path.substr(path.rfind('/') + 1);
  path.remove_suffix(std::min(path.size(), name.size() + 1));
  bool is_in_states = path == kStatesFolder || path.ends_with(fmt::format("/{}", kStatesFolder));
  return is_in_states ? name : kDefault;
}

std::optional<RemoteRoot> find_local(const TerraformWorkspace::State& workspace, const std::string& directory,
                                     const Value& config, std::string name) {
  std::string path(text_of(config, "path"));
  std::string_view states = text_of(config, "workspace_dir");
  if (name != kDefault && !states.empty()) {
    path = join_path(join_path(states, name), kStateFile);
  } else if (name != kDefault && !path.empty()) {
    path = join_path(join_path(join_path(directory_of(path), kStatesFolder), name), kStateFile);
  }
  if (path.empty()) return std::nullopt;
  path = join_path(directory, path);
  if (name == kDefault) name = workspace_in(path);
  std::optional<RemoteRoot> found;
  for (const auto& [candidate, module] : workspace.modules) {
    if (module.files.empty() || local_state_of(module, name) != path) continue;
    if (found) return std::nullopt;
    found = RemoteRoot{candidate, name};
  }
  return found;
}

// The state of an S3 bucket: the root that says the same bucket and key.
std::optional<RemoteRoot> find_stored(const TerraformWorkspace::State& workspace, const Value& config,
                                      std::string name) {
  std::string_view bucket = text_of(config, "bucket"), key = text_of(config, "key"), region = text_of(config, "region");
  if (bucket.empty() || key.empty()) return std::nullopt;
  std::optional<RemoteRoot> found;
  for (const std::string& candidate : workspace.roots) {
    const Block* backend = backend_of(*workspace.find(candidate));
    if (backend == nullptr || backend->labels[0].text != "s3") continue;
    if (literal(*backend, "bucket") != bucket || literal(*backend, "key") != key) continue;
    std::string_view written = literal(*backend, "region");
    if (!written.empty() && !region.empty() && written != region) continue;
    if (found) return std::nullopt;
    found = RemoteRoot{candidate, name};
  }
  return found;
}

// The literal end of `"${path.module}/../network/terraform.tfstate"`, or a plain literal.
std::string literal_path(const Expression& expression) {
  if (expression.kind == ExpressionKind::kString) return std::string(expression.text);
  bool is_below_module = expression.kind == ExpressionKind::kTemplate && expression.parts.size() == 2 &&
                         expression.parts[0]->kind == ExpressionKind::kTraversal &&
                         expression.parts[0]->text == "path" && expression.parts[1]->kind == ExpressionKind::kString;
  if (!is_below_module) return {};
  std::string_view rest = expression.parts[1]->text;
  if (!rest.starts_with('/')) return {};
  return std::string(rest.substr(1));
}

}  // namespace

std::optional<RemoteRoot> find_remote_root(const TerraformWorkspace::State& workspace, const std::string& directory,
                                           const Value& body) {
  if (!body.is(ValueKind::kMap)) return std::nullopt;
  const Value& name = body.member("workspace");
  if (!name.is_unset() && !name.is(ValueKind::kString)) return std::nullopt;
  std::string named(name.is(ValueKind::kString) ? name.as_string() : kDefault);
  std::string_view backend = text_of(body, "backend");
  if (backend == "local") return find_local(workspace, directory, body.member("config"), named);
  if (backend == "s3") return find_stored(workspace, body.member("config"), named);
  return std::nullopt;
}

std::vector<std::string> neighbours_of(const Module& module) {
  std::vector<std::string> directories;
  for (const ResourceDeclaration& declaration : module.resources) {
    if (!declaration.is_data || declaration.type != "terraform_remote_state") continue;
    const Attribute* config = declaration.block->body.attribute("config");
    if (config == nullptr || config->value->kind != ExpressionKind::kObject) continue;
    std::span<const Expression* const> parts = config->value->parts;
    for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
      std::string path = parts[i]->text == "path" ? literal_path(*parts[i + 1]) : "";
      if (!path.empty()) directories.push_back(directory_of(join_path(module.directory, path)));
    }
  }
  return directories;
}

std::string_view ForeignValues::move(std::string_view address) {
  // What came from a third root has that root's name already.
  if (address.substr(0, address.find('[')).find('#') != address.npos) return address;
  return arena_.copy(std::string_view(fmt::format("{}#{}", root_, address)));
}

const Unknown* ForeignValues::move(const Unknown& unknown) {
  if (unknown.symbol == nullptr) return &unknown;
  mentioned_.push_back(unknown.symbol->address);
  Unknown moved = unknown;
  moved.symbol = arena_.make<Symbol>(unknown.symbol->kind, move(unknown.symbol->address), unknown.symbol->path);
  return arena_.make<Unknown>(moved);
}

Value ForeignValues::move(const Value& value, int depth) {
  if (depth > kDeepest) return value;
  Value moved = value;
  const Unknown* rest = nullptr;
  switch (value.kind()) {
    case ValueKind::kUnknown:
      moved = Value::unknown(move(value.why()), value.origin());
      break;
    case ValueKind::kMap: {
      std::vector<Member> members(value.members().begin(), value.members().end());
      for (Member& member : members) member.value = move(member.value, depth + 1);
      moved = Value::map(arena_, std::move(members), value.origin());
      break;
    }
    case ValueKind::kTemplate:
    case ValueKind::kList:
    case ValueKind::kSet: {
      std::vector<Value> items(value.items().begin(), value.items().end());
      for (Value& item : items) item = move(item, depth + 1);
      if (value.is(ValueKind::kTemplate)) {
        moved = Value::text_template(arena_, items, value.origin());
        break;
      }
      if (value.rest() != nullptr) rest = move(*value.rest());
      moved = value.is(ValueKind::kSet) ? Value::set(arena_, items, value.origin(), rest)
                                        : Value::list(arena_, items, value.origin(), rest);
      break;
    }
    default:
      return value;
  }
  return moved.with_sensitive(value.is_sensitive()).with_maybe(value.is_maybe()).with_uniform(value.is_uniform());
}

std::vector<std::string_view> ForeignValues::take_mentioned() {
  return std::exchange(mentioned_, {});
}

}  // namespace halint
