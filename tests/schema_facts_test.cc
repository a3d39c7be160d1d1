// Holds schema/ against what Terraform's provider and CloudFormation say of their resource types: names, blocks and
// defaults.
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
  // What Terraform itself gives to every resource: no provider knows it.
  static bool is_meta(const SourcePath& path) { return text_of(path) == "lifecycle.prevent_destroy"; }

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
      if (is_common(path) || is_meta(path) || is_of_other_version(path) || block_ == nullptr) continue;
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

// A property of a CloudFormation type: ["Endpoint", "r"], [["string"]], ["integer", "=1"].
class CloudFormationType {
 public:
  explicit CloudFormationType(const Json& type) : type_(type) {}

  // What a path leads to. Null: nowhere.
  const Json* property(const SourcePath& path, const Json* block = nullptr) const {
    const Json* members = block == nullptr ? &type_["properties"] : members_of(*block);
    const Json* found = nullptr;
    for (const SourcePath::Step& step : path.steps) {
      if (members == nullptr || !members->contains(step.name)) return nullptr;
      found = &(*members)[step.name];
      members = members_of(*found);
    }
    return found;
  }
  // The name of a plain property, or of what `Fn::GetAtt` gives.
  bool has_name(const SourcePath& path) const {
    const Json& attributes = type_["attributes"];
    return property(path) != nullptr || std::ranges::find(attributes, Json(text_of(path))) != attributes.end();
  }
  bool has_member(const Json& property, const std::string& name) const {
    const Json* members = members_of(property);
    return members != nullptr && members->contains(name);
  }
  static std::string type_of(const Json& property) {
    return property[0].is_string() ? property[0].get<std::string>() : "";
  }
  // What the documentation says it is if it is not written; empty if it does not say.
  static std::string default_of(const Json& property) {
    for (const Json& flag : property) {
      if (flag.is_string() && flag.get<std::string>().starts_with('=')) return flag.get<std::string>().substr(1);
    }
    return {};
  }

 private:
  const Json* members_of(const Json& property) const {
    const Json* type = &property[0];
    while (type->is_array() && !type->empty()) type = &(*type)[0];
    if (!type->is_string() || !type_["types"].contains(type->get<std::string>())) return nullptr;
    return &type_["types"][type->get<std::string>()];
  }

  const Json& type_;
};

// Holds the mappings of one CloudFormation type against the facts.
class CloudFormationCheck {
 public:
  CloudFormationCheck(const Json& facts, const Mapping& mapping) : type_(facts), mapping_(mapping) {
    if (!mapping.each.steps.empty()) {
      block_ = type_.property(mapping.each);
      if (block_ == nullptr) {
        say(mapping.each, "is no property");
        return;
      }
    }
    for (const ItemSource& item : mapping.per) {
      if (item.is_edge) check_all(item.edge.from);
      if (!item.is_edge) check(item.attribute);
    }
    for (const AttributeSource& source : mapping.attributes) check(source);
    for (const EdgeSource& source : mapping.edges) check_all(source.from);
    check_all(mapping.link_source.from);
    check_all(mapping.link.from);
    for (const SourcePath& id : mapping.ids) {
      // node.yaml says these of all types.
      std::string name = text_of(id);
      if (name == "Ref" || name == "Arn" || name == "Id") continue;
      ++checked;
      if (!type_.has_name(id)) say(id, "is neither a property nor an attribute");
    }
    for (const Gift& gift : mapping.gifts) {
      for (const std::string& name : gift.names) {
        ++checked;
        if (!type_.has_name({{{name, false}}, false, {}})) faults.push_back(mapping.type + ": no attribute " + name);
      }
    }
  }

  std::vector<std::string> faults;
  int checked = 0;
  int defaults = 0;
  int types = 0;

 private:
  void say(const SourcePath& path, const std::string& fault) {
    faults.push_back(mapping_.type + ": " + text_of(path) + " " + fault);
  }
  const Json* check(const SourcePath& path) {
    if (std::ranges::find(mapping_.other_versions, text_of(path)) != mapping_.other_versions.end()) return nullptr;
    if (text_of(path) == "Tags" && type_.property(path) == nullptr) return nullptr;  // Not all types have them.
    ++checked;
    const Json* found = type_.property(path, path.from_resource ? nullptr : block_);
    if (found == nullptr) say(path, "is no property");
    return found;
  }
  void check_all(const std::vector<SourcePath>& paths) {
    for (const SourcePath& path : paths) check(path);
  }
  void check(const AttributeSource& source) {
    check_all(source.unless);
    for (const SourcePath& path : source.from) {
      const Json* property = check(path);
      if (property == nullptr) continue;
      if (source.form == AttributeSource::Form::kPairs) {
        // Some types have a plain map of tags.
        bool is_map = (*property)[0].is_object() || (*property)[0] == "json";
        for (const std::string& name : {source.key, source.value}) {
          if (!is_map && CloudFormationType::type_of(*property) != "tag" && (*property)[0] != Json({"tag"}) &&
              !type_.has_member(*property, name)) {
            say(path, "has no member " + name);
          }
        }
      }
      if (source.form != AttributeSource::Form::kFirst) continue;
      check_type(source, path, CloudFormationType::type_of(*property));
      check_default(source, path, CloudFormationType::default_of(*property));
    }
  }
  void check_type(const AttributeSource& source, const SourcePath& path, const std::string& type) {
    if (type != "boolean" && type != "integer" && type != "number") return;
    Type::Kind ours = Type::Kind::kDynamic;
    for (const AttributeInfo& info : builtin_schema().kind(mapping_.kind).attributes) {
      if (info.id == source.id) ours = info.type.kind;
    }
    ++types;
    bool fits = type == "boolean" ? ours == Type::Kind::kBool || !source.values.empty()
                                  : ours == Type::Kind::kInt || ours == Type::Kind::kDouble;
    if (!fits) say(path, "is of type " + type);
  }
  void check_default(const AttributeSource& source, const SourcePath& path, std::string theirs) {
    if (theirs.empty() || source.fallback.is_absent()) return;
    if (theirs.size() > 1 && theirs.front() == '"') theirs = theirs.substr(1, theirs.size() - 2);
    std::string ours =
        source.fallback.is(ValueKind::kString) ? std::string(source.fallback.as_string()) : to_text(source.fallback);
    ++defaults;
    if (ours != theirs) say(path, "is " + theirs + " by default, not " + ours);
  }

  CloudFormationType type_;
  const Mapping& mapping_;
  const Json* block_ = nullptr;
};

TEST(SchemaFacts, CloudFormationSpellsItSo) {
  std::optional<Json> facts_file = facts("cloudformation-types.json");
  if (!facts_file) GTEST_SKIP() << "the facts about AWS are not here";
  std::vector<std::string> faults;
  int checked = 0, defaults = 0, types = 0;
  for (const Schema::State::TypeMappings& type : builtin_schema().state().types) {
    if (type.format != Format::kCloudFormation) continue;
    const Json& known = (*facts_file)["types"];
    if (!known.contains(type.type)) continue;
    for (const Mapping& mapping : type.mappings) {
      CloudFormationCheck check(known[type.type], mapping);
      faults.insert(faults.end(), check.faults.begin(), check.faults.end());
      checked += check.checked;
      defaults += check.defaults;
      types += check.types;
    }
  }
  EXPECT_EQ(faults, std::vector<std::string>());
  EXPECT_GT(checked, 200);
  EXPECT_GT(types, 15);
  EXPECT_GT(defaults, 0);
}

}  // namespace
}  // namespace halint
