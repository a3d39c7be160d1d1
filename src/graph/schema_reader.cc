// The first half of a schema file: the kind, its attributes and its edges.
// SPDX-License-Identifier: Apache-2.0
#include "graph/schema_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

#include "base/text.h"

namespace halint {

const SchemaNode* SchemaNode::find(std::string_view key) const {
  if (form != Form::kMap) return nullptr;
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    if (items[i].text == key) return &items[i + 1];
  }
  return nullptr;
}

void SchemaReader::error(Span span, std::string message, std::string help) {
  diagnostics.push_back({span, Severity::kError, "schema-error", std::move(message), std::move(help), {}});
}

void SchemaReader::unknown_name(const SchemaNode& node, std::string_view what,
                                std::span<const std::string_view> candidates) {
  std::string help;
  if (auto meant = did_you_mean(node.text, candidates)) help = fmt::format("did you mean `{}`?", *meant);
  error(node.span, fmt::format("there is no {} `{}`", what, node.text), std::move(help));
}

bool SchemaReader::check_keys(const SchemaNode& node, std::initializer_list<std::string_view> known) {
  if (!node.is(SchemaNode::Form::kMap)) {
    error(node.span, "a map is expected here");
    return false;
  }
  bool good = true;
  for (std::size_t i = 0; i + 1 < node.items.size(); i += 2) {
    const SchemaNode& key = node.items[i];
    if (std::ranges::find(known, key.text) == known.end()) {
      unknown_name(key, "key", {known.begin(), known.size()});
      good = false;
    }
    for (std::size_t k = 0; k < i; k += 2) {
      if (node.items[k].text != key.text) continue;
      error(key.span, fmt::format("key `{}` is written twice", key.text));
      good = false;
    }
  }
  return good;
}

std::span<const SchemaNode> SchemaReader::as_list(const SchemaNode& node) {
  if (node.is(SchemaNode::Form::kNull)) return {};
  if (node.is(SchemaNode::Form::kList)) return node.items;
  return {&node, 1};
}

std::vector<std::string> SchemaReader::texts(const SchemaNode& node) {
  std::vector<std::string> result;
  for (const SchemaNode& item : as_list(node)) {
    if (item.is(SchemaNode::Form::kScalar)) {
      result.push_back(item.text);
    } else {
      error(item.span, "a word is expected here");
    }
  }
  return result;
}

bool SchemaReader::is_true(const SchemaNode* node) {
  if (node == nullptr) return false;
  if (node->text != "true" && node->text != "false") error(node->span, "`true` or `false` is expected here");
  return node->text == "true";
}

KindInfo* SchemaReader::find_kind(const SchemaNode& name) {
  for (KindInfo& kind : schema.kinds) {
    if (kind.name == name.text) return &kind;
  }
  std::vector<std::string_view> names;
  for (const KindInfo& kind : schema.kinds) names.push_back(kind.name);
  unknown_name(name, "kind", names);
  return nullptr;
}

Value read_constant(SchemaReader& reader, const SchemaNode& node, const Type& type) {
  if (node.is(SchemaNode::Form::kNull)) return Value::absent();
  Arena& arena = reader.schema.arena;
  if (type.kind == Type::Kind::kList) {
    std::vector<Value> items;
    for (const SchemaNode& item : reader.as_list(node)) items.push_back(read_constant(reader, item, *type.element));
    return Value::list(arena, items);
  }
  if (node.is(SchemaNode::Form::kScalar)) {
    const std::string& text = node.text;
    if (type.kind == Type::Kind::kBool && (text == "true" || text == "false")) return Value::boolean(text == "true");
    if (type.kind == Type::Kind::kInt || type.kind == Type::Kind::kDouble) {
      double number = 0;
      auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (fault == std::errc() && end == text.data() + text.size()) return Value::real(number);
    }
    if (type.kind == Type::Kind::kString || type.kind == Type::Kind::kCidr) {
      return Value::string(arena, arena.copy(std::string_view(text)));
    }
  }
  reader.error(node.span, fmt::format("`{}` is expected here", to_text(type)));
  return Value::absent();
}

namespace {

void read_attributes(SchemaReader& reader, const SchemaNode& node, std::vector<AttributeInfo>& attributes) {
  for (std::size_t i = 0; i + 1 < node.items.size(); i += 2) {
    const SchemaNode& key = node.items[i];
    const SchemaNode& body = node.items[i + 1];
    AttributeInfo info;
    info.name = key.text;
    if (!reader.check_keys(body, {"type", "doc"})) continue;
    const SchemaNode* type = body.find("type");
    if (type == nullptr || !parse_type(type->text, info.type)) {
      reader.error(type ? type->span : key.span, fmt::format("attribute `{}` needs a type", key.text),
                   "bool, int, double, string, cidr, zone, list<T>, map<T> or dyn");
      continue;
    }
    if (const SchemaNode* doc = body.find("doc")) info.doc = doc->text;
    attributes.push_back(std::move(info));
  }
}

void read_edges(SchemaReader& reader, const SchemaNode& node, std::vector<EdgeInfo>& edges) {
  for (std::size_t i = 0; i + 1 < node.items.size(); i += 2) {
    const SchemaNode& key = node.items[i];
    const SchemaNode& body = node.items[i + 1];
    EdgeInfo info;
    info.name = key.text;
    if (!reader.check_keys(body, {"to", "many", "reverse", "doc"})) continue;
    if (const SchemaNode* to = body.find("to")) info.to = reader.texts(*to);
    if (info.to.empty()) reader.error(key.span, fmt::format("edge `{}` leads nowhere", key.text), "add `to:`");
    info.is_many = reader.is_true(body.find("many"));
    if (const SchemaNode* reverse = body.find("reverse")) info.reverse = reverse->text;
    if (const SchemaNode* doc = body.find("doc")) info.doc = doc->text;
    edges.push_back(std::move(info));
  }
}

std::vector<std::string> members_of(const KindInfo& kind) {
  std::vector<std::string> names;
  for (const AttributeInfo& attribute : kind.attributes) names.push_back(attribute.name);
  for (const EdgeInfo& edge : kind.edges) names.push_back(edge.name);
  return names;
}

}  // namespace

void read_common(SchemaReader& reader, const SchemaNode& file) {
  if (!reader.check_keys(file, {"kind", "doc", "attributes", "terraform", "cloudformation", "nginx"})) return;
  if (const SchemaNode* attributes = file.find("attributes"))
    read_attributes(reader, *attributes, reader.schema.common);
}

void read_kind(SchemaReader& reader, const SchemaNode& file) {
  reader.check_keys(
      file, {"kind", "doc", "groups", "id_prefix", "attributes", "edges", "terraform", "cloudformation", "nginx"});
  const SchemaNode* name = file.find("kind");
  if (name == nullptr || !name->is(SchemaNode::Form::kScalar))
    return reader.error(file.span, "a schema file needs `kind:`");
  std::vector<KindInfo>& kinds = reader.schema.kinds;
  KindInfo kind;
  kind.name = name->text;
  // `other` exists before all files, so that its id is 0.
  bool exists = std::ranges::find(kinds, kind.name, &KindInfo::name) != kinds.end();
  if (exists && kind.name != kinds.front().name) {
    return reader.error(name->span, fmt::format("kind `{}` is written twice", kind.name));
  }
  kind.id = {exists ? std::uint16_t{0} : static_cast<std::uint16_t>(kinds.size())};
  if (const SchemaNode* doc = file.find("doc")) kind.doc = doc->text;
  if (const SchemaNode* groups = file.find("groups")) kind.groups = reader.texts(*groups);
  kind.attributes = reader.schema.common;
  if (const SchemaNode* attributes = file.find("attributes")) read_attributes(reader, *attributes, kind.attributes);
  if (const SchemaNode* edges = file.find("edges")) read_edges(reader, *edges, kind.edges);
  if (const SchemaNode* prefix = file.find("id_prefix")) {
    for (std::string& text : reader.texts(*prefix)) reader.schema.id_prefixes.emplace_back(std::move(text), kind.id);
  }
  if (exists) {
    kinds.front() = std::move(kind);
  } else {
    kinds.push_back(std::move(kind));
  }
}

void read_modules(SchemaReader& reader, const SchemaNode& file) {
  const SchemaNode* modules = file.find("modules");
  if (!reader.check_keys(file, {"modules"}) || modules == nullptr) return;
  for (std::size_t i = 0; i + 1 < modules->items.size(); i += 2) {
    KnownModule module;
    module.source = modules->items[i].text;
    for (const SchemaNode& item : reader.as_list(modules->items[i + 1])) {
      // `kind`, or `kind.edge`.
      SchemaNode name = item;
      name.text = item.text.substr(0, item.text.find('.'));
      KindInfo* kind = reader.find_kind(name);
      if (kind == nullptr) continue;
      if (name.text == item.text) {
        module.kinds.push_back(kind->id);
        continue;
      }
      auto edge = std::ranges::find(kind->edges, item.text.substr(name.text.size() + 1), &EdgeInfo::name);
      if (edge == kind->edges.end()) {
        reader.error(item.span, fmt::format("there is no edge `{}`", item.text));
      } else {
        module.edges.push_back(edge->id);
      }
    }
    reader.schema.modules.push_back(std::move(module));
  }
  std::ranges::sort(reader.schema.modules, {}, &KnownModule::source);
}

void check_edges(SchemaReader& reader, const SchemaNode& file) {
  const SchemaNode* edges = file.find("edges");
  const SchemaNode* name = file.find("kind");
  if (edges == nullptr || name == nullptr) return;
  for (std::size_t i = 0; i + 1 < edges->items.size(); i += 2) {
    const SchemaNode* to = edges->items[i + 1].find("to");
    const SchemaNode* reverse = edges->items[i + 1].find("reverse");
    if (to == nullptr) continue;
    for (const SchemaNode& target : reader.as_list(*to)) {
      KindInfo* kind = reader.find_kind(target);
      if (kind == nullptr || reverse == nullptr) continue;
      std::vector<std::string> taken = members_of(*kind);
      for (const KindInfo& source : reader.schema.kinds) {
        for (const EdgeInfo& edge : source.edges) {
          bool is_this = source.name == name->text && edge.name == edges->items[i].text;
          if (!is_this && std::ranges::find(edge.to, kind->name) != edge.to.end()) taken.push_back(edge.reverse);
        }
      }
      if (std::ranges::find(taken, reverse->text) == taken.end()) continue;
      reader.error(reverse->span, fmt::format("`{}` has a member `{}` already", kind->name, reverse->text));
    }
  }
}

SourcePath SchemaReader::path(const SchemaNode& node) {
  SourcePath result;
  result.span = node.span;
  std::string_view text = node.text;
  if (text.starts_with('/')) {
    result.from_resource = true;
    text.remove_prefix(1);
  }
  while (!text.empty()) {
    std::size_t dot = std::min(text.find('.'), text.size());
    std::string_view name = text.substr(0, dot);
    text.remove_prefix(std::min(dot + 1, text.size()));
    bool each = name.ends_with("[*]");
    if (each) name.remove_suffix(3);
    bool is_word =
        !name.empty() && std::ranges::all_of(name, [](unsigned char c) { return std::isalnum(c) || c == '_'; });
    if (!is_word) break;
    result.steps.push_back({std::string(name), each});
  }
  if (!text.empty() || result.steps.empty()) {
    error(node.span, fmt::format("`{}` is no path", node.text), "write `name`, `block.name` or `list[*].name`");
  }
  return result;
}

std::vector<SourcePath> SchemaReader::paths(const SchemaNode& node) {
  std::vector<SourcePath> result;
  for (const SchemaNode& item : as_list(node)) {
    if (item.is(SchemaNode::Form::kScalar)) {
      result.push_back(path(item));
    } else {
      error(item.span, "a path is expected here");
    }
  }
  return result;
}

}  // namespace halint
