// What a node is: kinds, their attributes and edges, and how each format spells them. Loaded from schema/*.yaml.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source_file.h"
#include "graph/resource.h"
#include "graph/type.h"

namespace halint {

struct KindId {
  std::uint16_t index = 0;  // 0 is `other`: a resource type that no schema file maps.
  friend auto operator<=>(const KindId&, const KindId&) = default;
};
// Index over all attributes (edges) of all kinds.
struct AttributeId {
  std::uint16_t index = 0;
  friend auto operator<=>(const AttributeId&, const AttributeId&) = default;
};
struct EdgeId {
  std::uint16_t index = 0;
  friend auto operator<=>(const EdgeId&, const EdgeId&) = default;
};

struct AttributeInfo {
  AttributeId id;
  std::string name;
  Type type;
  std::string doc;
};

struct EdgeInfo {
  EdgeId id;
  std::string name;             // "subnets"
  std::vector<std::string> to;  // Kinds that it may lead to.
  bool is_many = false;         // As a member in CEL: a list of nodes, else one node or null.
  std::string reverse;          // Member of the target that lists the sources: "route_tables". May be empty.
  std::string doc;
};

struct KindInfo {
  KindId id;
  std::string name;
  std::string doc;
  std::vector<std::string> groups;  // "data_store", "compute".
  std::vector<AttributeInfo> attributes;
  std::vector<EdgeInfo> edges;
};

// How one format spells a kind (schema_mapping.h); only the graph builder looks inside.
struct Mapping;
struct KnownModule;

class Schema {
 public:
  Schema();
  Schema(Schema&&);
  Schema& operator=(Schema&&);
  ~Schema();

  std::span<const KindInfo> kinds() const;
  const KindInfo& kind(KindId id) const;
  // Null if there is no such kind.
  const KindInfo* find_kind(std::string_view name) const;
  const AttributeInfo* find_attribute(std::string_view kind, std::string_view attribute) const;
  const EdgeInfo* find_edge(std::string_view kind, std::string_view edge) const;
  // Kinds of a group, or the kind itself; empty if the name is neither.
  std::vector<KindId> kinds_named(std::string_view kind_or_group) const;

  // Mappings of a resource type (or of a data source) in a format; a type may make nodes of several kinds. The
  // mapping of a type that no file maps is that of `other`.
  std::span<const Mapping> mappings(Format format, std::string_view resource_type, bool is_data = false) const;
  // The kind whose ids begin like `id` ("sg-0123"); `other` if there is none.
  KindId kind_of_id(std::string_view id) const;
  // What is known of a module that was not read ("terraform-aws-modules/rds/aws//modules/x"); null if nothing is.
  const KnownModule* known_module(std::string_view source) const;
  // All resource types that are mapped, for tests and `halint explain`.
  std::vector<std::string> resource_types(Format format, bool is_data = false) const;

  // Only the loader and the graph builder look inside (schema_mapping.h).
  struct State;
  State& state() { return *state_; }
  const State& state() const { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

// A named text: a schema or rule file, from the disk or compiled into the binary.
struct NamedText {
  std::string_view name;
  std::string_view text;
};

// Errors in schema files are diagnostics with a span into `sources`.
Parsed<Schema> load_schema(Sources& sources, std::span<const NamedText> files);
// The schema that is compiled into the binary. Asserts that it is sound.
const Schema& builtin_schema();

}  // namespace halint
