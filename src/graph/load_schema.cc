// YAML in, a schema out: the one place of the graph that knows yaml-cpp.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cassert>
#include <sstream>
#include <tuple>
#include <utility>

#include "graph/plain_yaml.h"
#include "graph/schema.h"
#include "graph/schema_mapping.h"
#include "graph/schema_reader.h"

namespace halint {

// The schema's files, by scripts/embed_files.cmake.
std::span<const NamedText> builtin_schema_files();

namespace {

// Builds a tree out of yaml-cpp's events: several times faster than its own nodes, and with places.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(FileId file, std::size_t size) : file_(file), size_(size) {}

  SchemaNode take() { return std::move(root_); }
  bool has_alias() const { return has_alias_; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { add(SchemaNode::Form::kNull, mark); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    has_alias_ = true;
    add(SchemaNode::Form::kNull, mark);
  }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t, const std::string& text) override {
    add(SchemaNode::Form::kScalar, mark).text = text;
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
    open(SchemaNode::Form::kList, mark);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
    open(SchemaNode::Form::kMap, mark);
  }
  void OnMapEnd() override { close(); }

 private:
  SchemaNode make(SchemaNode::Form form, const YAML::Mark& mark) const {
    auto begin = static_cast<std::uint32_t>(std::clamp<std::int64_t>(mark.pos, 0, static_cast<std::int64_t>(size_)));
    return {form, {}, {file_, begin, begin}, {}};
  }
  SchemaNode& add(SchemaNode::Form form, const YAML::Mark& mark) {
    if (open_.empty()) return root_ = make(form, mark);
    open_.back().items.push_back(make(form, mark));
    return open_.back().items.back();
  }
  void open(SchemaNode::Form form, const YAML::Mark& mark) { open_.push_back(make(form, mark)); }
  void close() {
    SchemaNode done = std::move(open_.back());
    open_.pop_back();
    if (open_.empty()) {
      root_ = std::move(done);
    } else {
      open_.back().items.push_back(std::move(done));
    }
  }

  FileId file_;
  std::size_t size_;
  SchemaNode root_;
  std::vector<SchemaNode> open_;
  bool has_alias_ = false;
};

// Scalars underline their text, where it is on one line.
void widen_spans(SchemaNode& node) {
  if (node.is(SchemaNode::Form::kScalar))
    node.span.end = node.span.begin + static_cast<std::uint32_t>(node.text.size());
  for (SchemaNode& item : node.items) widen_spans(item);
}

// Ids run over all kinds, so that one number says both kind and member.
void number_members(Schema::State& schema) {
  std::uint16_t attribute_index = 0;
  std::uint16_t edge_index = 0;
  for (KindInfo& kind : schema.kinds) {
    for (AttributeInfo& attribute : kind.attributes) attribute.id = {attribute_index++};
    for (EdgeInfo& edge : kind.edges) edge.id = {edge_index++};
  }
}

void sort_mappings(Schema::State& schema) {
  auto key = [](const Schema::State::TypeMappings& type) {
    return std::tuple(type.format, type.is_data, std::string_view(type.type));
  };
  std::ranges::sort(schema.types, {}, key);
  auto rank = [](const Mapping& mapping) {
    return std::tuple(mapping.form, !mapping.each.steps.empty(), !mapping.per.empty());
  };
  for (Schema::State::TypeMappings& type : schema.types) std::ranges::stable_sort(type.mappings, {}, rank);
}

}  // namespace

SchemaNode read_yaml_document(FileId id, std::string_view text, std::vector<Diagnostic>& diagnostics) {
  // yaml-cpp's own limit on nesting keeps hostile depth away from this stack.
  TreeBuilder builder(id, text.size());
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    parser.HandleNextDocument(builder);
  } catch (const YAML::Exception& fault) {
    auto at =
        static_cast<std::uint32_t>(std::clamp<std::int64_t>(fault.mark.pos, 0, static_cast<std::int64_t>(text.size())));
    diagnostics.push_back({{id, at, at}, Severity::kError, "schema-error", fault.msg, "", {}});
    return {};
  }
  SchemaNode root = builder.take();
  if (builder.has_alias()) {
    diagnostics.push_back({{id, 0, 0}, Severity::kError, "schema-error", "aliases are not allowed here", "", {}});
  }
  widen_spans(root);
  return root;
}

Parsed<Schema> load_schema(Sources& sources, std::span<const NamedText> files) {
  Parsed<Schema> result;
  Schema::State& schema = result.value.state();
  schema.kinds.push_back({{0}, "other", "A resource whose type no schema file maps.", {}, {}, {}});
  SchemaReader reader{schema, result.diagnostics};
  std::vector<SchemaNode> trees;
  SchemaNode common, modules;
  for (const NamedText& file : files) {
    FileId id = sources.add(std::string(file.name), std::string(file.text));
    SchemaNode tree;
    if (!read_plain_yaml(id, file.text, tree)) tree = read_yaml_document(id, file.text, result.diagnostics);
    if (tree.is(SchemaNode::Form::kNull)) continue;
    const SchemaNode* kind = tree.find("kind");
    if (kind != nullptr && kind->text == "node") {
      common = std::move(tree);
    } else if (tree.find("modules") != nullptr) {
      modules = std::move(tree);
    } else {
      trees.push_back(std::move(tree));
    }
  }
  if (!common.is(SchemaNode::Form::kNull)) read_common(reader, common);
  schema.kinds.front().attributes = schema.common;
  for (const SchemaNode& tree : trees) read_kind(reader, tree);
  number_members(schema);
  for (const SchemaNode& tree : trees) check_edges(reader, tree);
  for (const SchemaNode& tree : trees) read_mappings(reader, tree, &common);
  read_unmapped(reader, common);
  if (!modules.is(SchemaNode::Form::kNull)) read_modules(reader, modules);
  sort_mappings(schema);
  return result;
}

const Schema& builtin_schema() {
  static const Schema& schema = *[] {
    Sources sources;
    auto* parsed = new Parsed<Schema>(load_schema(sources, builtin_schema_files()));
    assert(parsed->diagnostics.empty() && "the schema of the binary is sound; schema_test says what is wrong");
    return &parsed->value;
  }();
  return schema;
}

}  // namespace halint
