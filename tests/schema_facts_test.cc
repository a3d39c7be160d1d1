// Holds schema/ against what the provider says of its resource types: names, blocks and defaults.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "graph/schema_mapping.h"

namespace halint {
namespace {

using Json = nlohmann::json;

// A file of facts about AWS. Absent where the facts are not at hand.
std::optional<Json> facts(const std::string& name) {
  const char* given = std::getenv("HALINT_SHARED");
  std::string directory = given != nullptr ? given : std::string(HALINT_SOURCE_DIR) + "/../shared";
  Result<std::string> text = disk_file_system("/")->read(join_path(directory, "aws/" + name), 10u << 20);
  if (!text) return std::nullopt;
  Json parsed = Json::parse(*text, nullptr, false);
  if (parsed.is_discarded()) return std::nullopt;
  return parsed;
}

// Where a path goes on: a block, or the object type of an attribute. Null: nowhere.
const Json* member_of(const Json& where, const std::string& name) {
  if (where.is_object() && (where.contains("attributes") || where.contains("blocks"))) {
    if (where.contains("blocks") && where["blocks"].contains(name)) return &where["blocks"][name];
    if (where.contains("attributes") && where["attributes"].contains(name)) return &where["attributes"][name][0];
    return nullptr;
  }
  // ["set", ["object", {...}]]
  const Json* type = &where;
  while (type->is_array() && type->size() == 2 && (*type)[0] != "object") type = &(*type)[1];
  if (!type->is_array() || (*type)[0] != "object" || !(*type)[1].contains(name)) return nullptr;
  return &(*type)[1][name];
}

std::string text_of(const SourcePath& path) {
  std::string text;
  for (const SourcePath::Step& step : path.steps) text += (text.empty() ? "" : ".") + step.name;
  return text;
}

// Follows the paths of mappings through the provider's description of a resource type.
class PathCheck {
 public:
  PathCheck(const Json& type, const Mapping& mapping) : type_(type), mapping_(mapping), block_(&type) {
    if (!mapping.each.steps.empty()) block_ = follow(type, mapping.each);
    for (const ItemSource& item : mapping.per) check(item.is_edge ? item.edge.from : item.attribute.from);
    for (const AttributeSource& source : mapping.attributes) check(source);
    for (const EdgeSource& source : mapping.edges) check(source.from);
    check(mapping.link_source.from);
    check(mapping.link.from);
    check(mapping.ids);
    if (!mapping.adopts.steps.empty()) check({mapping.adopts});
    if (!mapping.adopts_giver.steps.empty()) check({mapping.adopts_giver});
    for (const Gift& gift : mapping.gifts) {
      for (const std::string& name : gift.names) check_name(name);
    }
  }

  std::vector<std::string> missing;
  int checked = 0;

 private:
  bool is_of_other_version(const SourcePath& path) const {
    return std::ranges::any_of(mapping_.other_versions, [&](const std::string& name) {
      return text_of(path) == name || text_of(path).starts_with(name + ".");
    });
  }
  // What node.yaml says of all types; not all of them have it.
  static bool is_common(const SourcePath& path) {
    std::string text = text_of(path);
    return text == "id" || text == "arn" || text == "tags";
  }

  const Json* follow(const Json& start, const SourcePath& path) {
    const Json* at = &start;
    for (const SourcePath::Step& step : path.steps) {
      at = at == nullptr ? nullptr : member_of(*at, step.name);
    }
    if (at == nullptr) missing.push_back(mapping_.type + ": " + text_of(path));
    return at;
  }
  void check_name(const std::string& name) {
    ++checked;
    if (member_of(type_, name) == nullptr) missing.push_back(mapping_.type + ": " + name);
  }
  void check(const std::vector<SourcePath>& paths) {
    for (const SourcePath& path : paths) {
      if (is_common(path) || is_of_other_version(path) || block_ == nullptr) continue;
      ++checked;
      follow(path.from_resource ? type_ : *block_, path);
    }
  }
  void check(const AttributeSource& source) {
    check(source.from);
    if (source.form != AttributeSource::Form::kPairs) return;
    for (const SourcePath& path : source.from) {
      if (is_of_other_version(path)) continue;
      const Json* block = follow(type_, path);
      if (block == nullptr) continue;
      for (const std::string& name : {source.key, source.value}) {
        if (member_of(*block, name) == nullptr) missing.push_back(mapping_.type + ": " + text_of(path) + "." + name);
      }
    }
  }

  const Json& type_;
  const Mapping& mapping_;
  const Json* block_;
};

TEST(SchemaFacts, NamesExistInTheProvider) {
  std::optional<Json> provider = facts("terraform-schema.json");
  if (!provider) GTEST_SKIP() << "the facts about AWS are not here";
  std::vector<std::string> missing;
  int checked = 0;
  for (const Schema::State::TypeMappings& type : builtin_schema().state().types) {
    if (type.format != Format::kTerraform) continue;
    const Json& types = (*provider)[type.is_data ? "data_sources" : "resources"];
    if (!types.contains(type.type)) continue;
    for (const Mapping& mapping : type.mappings) {
      PathCheck check(types[type.type], mapping);
      for (std::string& name : check.missing) missing.push_back((type.is_data ? "data " : "") + name);
      checked += check.checked;
    }
  }
  EXPECT_EQ(missing, std::vector<std::string>());
  EXPECT_GT(checked, 400);
}

// What a plan says of an attribute that is not written. Null: it does not know before it is applied.
const Json* planned(const Json& defaults, const SourcePath& path) {
  const Json* at = &defaults;
  for (const SourcePath::Step& step : path.steps) {
    if (at->is_array() && at->size() == 1) at = &(*at)[0];
    if (!at->is_object() || !at->contains(step.name)) return nullptr;
    at = &(*at)[step.name];
  }
  return at->is_primitive() && !at->is_null() ? at : nullptr;
}

TEST(SchemaFacts, DefaultsAreTheProviders) {
  std::optional<Json> plan = facts("terraform-defaults.json");
  if (!plan) GTEST_SKIP() << "the facts about AWS are not here";
  std::vector<std::string> wrong;
  int checked = 0;
  for (const Schema::State::TypeMappings& type : builtin_schema().state().types) {
    if (type.is_data || type.format != Format::kTerraform || !(*plan)["resources"].contains(type.type)) continue;
    const Json& defaults = (*plan)["resources"][type.type]["planned"];
    for (const Mapping& mapping : type.mappings) {
      for (const AttributeSource& source : mapping.attributes) {
        if (source.fallback.is_absent() || source.form != AttributeSource::Form::kFirst) continue;
        for (const SourcePath& path : source.from) {
          const Json* value = planned(defaults, path);
          if (value == nullptr) continue;
          std::string text = value->is_string() ? value->get<std::string>() : value->dump();
          for (const auto& [from, to] : source.values) {
            if (text == from) text = to.as_string();
          }
          std::string ours = source.fallback.is(ValueKind::kString) ? std::string(source.fallback.as_string())
                                                                    : to_text(source.fallback);
          ++checked;
          if (text != ours) wrong.push_back(type.type + "." + text_of(path) + ": " + text + ", not " + ours);
        }
      }
    }
  }
  EXPECT_EQ(wrong, std::vector<std::string>());
  EXPECT_GT(checked, 10);
}

}  // namespace
}  // namespace halint
