// Reading the tree of a schema file: kinds first, then how formats spell them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "graph/schema_mapping.h"

namespace halint {

// A node of a YAML document.
struct SchemaNode {
  enum class Form : std::uint8_t { kNull, kScalar, kList, kMap };
  Form form = Form::kNull;
  std::string text;               // kScalar.
  Span span;                      // Where it begins.
  std::vector<SchemaNode> items;  // kList: the items. kMap: keys and values in turn.

  bool is(Form other) const { return form == other; }
  friend bool operator==(const SchemaNode&, const SchemaNode&) = default;
  // kMap: the value of a key; null if there is none.
  const SchemaNode* find(std::string_view key) const;
};

// The first document of a text, by yaml-cpp. Null if it is none, with what is wrong.
SchemaNode read_yaml_document(FileId file, std::string_view text, std::vector<Diagnostic>& diagnostics);

// What the readers share: the schema that they fill, and where faults go.
struct SchemaReader {
  Schema::State& schema;
  std::vector<Diagnostic>& diagnostics;

  void error(Span span, std::string message, std::string help = "");
  // An error with a suggestion: unknown key `typ`, did you mean `type`?
  void unknown_name(const SchemaNode& node, std::string_view what, std::span<const std::string_view> candidates);
  // False, with an error, if `node` is no map or has other keys.
  bool check_keys(const SchemaNode& node, std::initializer_list<std::string_view> known);
  // The items of a list, or the one scalar or map that stands for a list of one.
  static std::span<const SchemaNode> as_list(const SchemaNode& node);
  // `name`, `block.name`, `list[*].name`; `/name` from the resource that a block belongs to. What is none is an error.
  SourcePath path(const SchemaNode& node);
  std::vector<SourcePath> paths(const SchemaNode& node);
  std::vector<std::string> texts(const SchemaNode& node);
  bool is_true(const SchemaNode* node);
  KindInfo* find_kind(const SchemaNode& name);  // Null with an error if there is none.
};

// A constant as a value of `type`: `true`, `443`, `[a, b]`. Absent with an error if it does not fit.
Value read_constant(SchemaReader& reader, const SchemaNode& node, const Type& type);

// `node.yaml`: the attributes that every kind has.
void read_common(SchemaReader& reader, const SchemaNode& file);
// Declares the kind of a file, with attributes and edges.
void read_kind(SchemaReader& reader, const SchemaNode& file);
// Edges lead to kinds that exist, and reverse members do not collide. After all kinds.
void check_edges(SchemaReader& reader, const SchemaNode& file);

// `modules.yaml`: public modules and the kinds and edges that they make. After all kinds.
void read_modules(SchemaReader& reader, const SchemaNode& file);

// The `terraform:`, `cloudformation:` and `nginx:` parts. After all kinds.
void read_mappings(SchemaReader& reader, const SchemaNode& file, const SchemaNode* common);
// What `node.yaml` says of resource types that no file maps.
void read_unmapped(SchemaReader& reader, const SchemaNode& common);

}  // namespace halint
