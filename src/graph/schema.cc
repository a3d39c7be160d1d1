// Looking things up in a schema.
// SPDX-License-Identifier: Apache-2.0
#include "graph/schema.h"

#include <algorithm>
#include <cassert>
#include <tuple>

#include "graph/schema_mapping.h"

namespace halint {

std::string_view name_of(Format format) {
  switch (format) {
    case Format::kTerraform:
      return "terraform";
    case Format::kCloudFormation:
      return "cloudformation";
    case Format::kNginx:
      return "nginx";
  }
  return "";
}

Schema::Schema() : state_(std::make_unique<State>()) {}
Schema::Schema(Schema&&) = default;
Schema& Schema::operator=(Schema&&) = default;
Schema::~Schema() = default;

std::span<const KindInfo> Schema::kinds() const {
  return state_->kinds;
}

const KindInfo& Schema::kind(KindId id) const {
  assert(id.index < state_->kinds.size() && "a kind of this schema");
  return state_->kinds[id.index];
}

const KindInfo* Schema::find_kind(std::string_view name) const {
  auto found = std::ranges::find(state_->kinds, name, &KindInfo::name);
  return found == state_->kinds.end() ? nullptr : &*found;
}

const AttributeInfo* Schema::find_attribute(std::string_view kind, std::string_view attribute) const {
  const KindInfo* info = find_kind(kind);
  if (info == nullptr) return nullptr;
  auto found = std::ranges::find(info->attributes, attribute, &AttributeInfo::name);
  return found == info->attributes.end() ? nullptr : &*found;
}

const EdgeInfo* Schema::find_edge(std::string_view kind, std::string_view edge) const {
  const KindInfo* info = find_kind(kind);
  if (info == nullptr) return nullptr;
  auto found = std::ranges::find(info->edges, edge, &EdgeInfo::name);
  return found == info->edges.end() ? nullptr : &*found;
}

std::vector<KindId> Schema::kinds_named(std::string_view kind_or_group) const {
  if (const KindInfo* info = find_kind(kind_or_group)) return {info->id};
  std::vector<KindId> members;
  for (const KindInfo& info : state_->kinds) {
    if (std::ranges::find(info.groups, kind_or_group) != info.groups.end()) members.push_back(info.id);
  }
  return members;
}

std::span<const Mapping> Schema::mappings(Format format, std::string_view resource_type, bool is_data) const {
  auto key = [](const State::TypeMappings& type) {
    return std::tuple(type.format, type.is_data, std::string_view(type.type));
  };
  auto wanted = std::tuple(format, is_data, resource_type);
  auto found = std::ranges::lower_bound(state_->types, wanted, {}, key);
  if (found != state_->types.end() && key(*found) == wanted) return found->mappings;
  for (const State::TypeMappings& rest : state_->unmapped) {
    if (rest.format == format) return rest.mappings;
  }
  return {};
}

KindId Schema::kind_of_id(std::string_view id) const {
  for (const auto& [prefix, kind] : state_->id_prefixes) {
    if (id.starts_with(prefix)) return kind;
  }
  return {};
}

const KnownModule* Schema::known_module(std::string_view source) const {
  constexpr std::string_view kRegistry = "registry.terraform.io/";
  if (source.starts_with(kRegistry)) source.remove_prefix(kRegistry.size());
  source = source.substr(0, source.find("//"));
  // A module of the provider `null` makes nothing: it computes names.
  bool is_registry = std::ranges::count(source, '/') == 2 && source.find_first_of(":.@") == std::string_view::npos;
  if (is_registry && source.ends_with("/null")) source = "null";
  auto found = std::ranges::lower_bound(state_->modules, source, {}, &KnownModule::source);
  return found != state_->modules.end() && found->source == source ? &*found : nullptr;
}

std::vector<std::string> Schema::resource_types(Format format, bool is_data) const {
  std::vector<std::string> names;
  for (const State::TypeMappings& type : state_->types) {
    if (type.format == format && type.is_data == is_data) names.push_back(type.type);
  }
  return names;
}

}  // namespace halint
