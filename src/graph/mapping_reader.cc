// The second half of a schema file: how each format spells the kind.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "graph/schema_reader.h"

namespace halint {
namespace {

// Reads the mappings of one kind in one format.
class MappingReader {
 public:
  MappingReader(SchemaReader& reader, const KindInfo& kind, Format format)
      : reader_(reader), kind_(kind), format_(format) {}

  // What `node.yaml` says for all kinds of this format.
  void read_common(const SchemaNode& node) {
    if (!reader_.check_keys(node, {"ids", "attributes"})) return;
    if (const SchemaNode* ids = node.find("ids")) common_.ids = reader_.paths(*ids);
    if (const SchemaNode* attributes = node.find("attributes")) common_.attributes = attribute_sources(*attributes);
  }

  void read_entry(const SchemaNode& node);
  Mapping common() const {
    Mapping mapping = common_;
    mapping.format = format_;
    mapping.kind = kind_.id;
    return mapping;
  }

 private:
  const AttributeInfo* attribute(const SchemaNode& name);
  const EdgeInfo* edge(const SchemaNode& name, const KindInfo& kind);
  AttributeSource attribute_source(const AttributeInfo& info, const SchemaNode& node);
  void read_undecided(const SchemaNode& node, AttributeSource& source);
  std::vector<AttributeSource> attribute_sources(const SchemaNode& node);
  EdgeSource edge_source(const EdgeInfo& info, const SchemaNode& node);
  void read_joined(const SchemaNode& node, EdgeSource& source);
  void edge_sources(const EdgeInfo& info, const SchemaNode& node, std::vector<EdgeSource>& sources);
  std::vector<EdgeSource> all_edge_sources(const SchemaNode& node);
  void read_items(const SchemaNode& node, std::vector<ItemSource>& items);
  void read_gift(const SchemaNode& node, std::vector<Gift>& gifts);
  void read_adopts(const SchemaNode& node, Mapping& mapping);
  void read_link(const SchemaNode& node, Mapping& mapping);
  void read_addition(const SchemaNode& node, Mapping& mapping);
  void add_common(Mapping& mapping) const;
  void keep(const Mapping& mapping, const SchemaNode& types, bool is_data);

  SchemaReader& reader_;
  const KindInfo& kind_;
  Format format_;
  Mapping common_;
};

const AttributeInfo* MappingReader::attribute(const SchemaNode& name) {
  std::vector<std::string_view> names;
  for (const AttributeInfo& info : kind_.attributes) {
    if (info.name == name.text) return &info;
    names.push_back(info.name);
  }
  reader_.unknown_name(name, fmt::format("attribute of `{}` called", kind_.name), names);
  return nullptr;
}

const EdgeInfo* MappingReader::edge(const SchemaNode& name, const KindInfo& kind) {
  std::vector<std::string_view> names;
  for (const EdgeInfo& info : kind.edges) {
    if (info.name == name.text) return &info;
    names.push_back(info.name);
  }
  reader_.unknown_name(name, fmt::format("edge of `{}` called", kind.name), names);
  return nullptr;
}

AttributeSource MappingReader::attribute_source(const AttributeInfo& info, const SchemaNode& node) {
  AttributeSource source;
  source.id = info.id;
  if (!node.is(SchemaNode::Form::kMap)) {
    source.from = reader_.paths(node);
    return source;
  }
  reader_.check_keys(node, {"from", "union", "present", "pairs", "key", "value", "pick", "is", "default", "unless",
                            "undecided", "values", "lower", "split", "base64"});
  using Form = AttributeSource::Form;
  constexpr std::pair<std::string_view, Form> kForms[] = {
      {"from", Form::kFirst}, {"union", Form::kUnion}, {"present", Form::kPresent}, {"pairs", Form::kPairs}};
  int forms = 0;
  for (const auto& [key, form] : kForms) {
    const SchemaNode* from = node.find(key);
    if (from == nullptr) continue;
    source.form = form;
    source.from = reader_.paths(*from);
    ++forms;
  }
  if (const SchemaNode* constant = node.find("is")) {
    source.form = Form::kConstant;
    source.fallback = read_constant(reader_, *constant, info.type);
    ++forms;
  }
  bool has_default_only = forms == 0 && node.find("default") != nullptr;
  if (forms != 1 && !has_default_only)
    reader_.error(node.span, "exactly one of `from`, `union`, `present`, `pairs`, `is` is needed");
  if (const SchemaNode* fallback = node.find("default")) source.fallback = read_constant(reader_, *fallback, info.type);
  if (const SchemaNode* key = node.find("key")) source.key = key->text;
  if (const SchemaNode* value = node.find("value")) source.value = value->text;
  if (const SchemaNode* pick = node.find("pick")) source.pick = pick->text;
  read_undecided(node, source);
  source.is_base64 = reader_.is_true(node.find("base64"));
  source.lower = reader_.is_true(node.find("lower"));
  if (const SchemaNode* split = node.find("split")) source.split = split->text.empty() ? '\0' : split->text.front();
  if (const SchemaNode* values = node.find("values")) {
    for (std::size_t i = 0; i + 1 < values->items.size(); i += 2) {
      source.values.emplace_back(values->items[i].text, read_constant(reader_, values->items[i + 1], info.type));
    }
  }
  return source;
}

void MappingReader::read_undecided(const SchemaNode& node, AttributeSource& source) {
  const SchemaNode* unless = node.find("unless");
  const SchemaNode* undecided = node.find("undecided");
  if (unless == nullptr && undecided == nullptr) return;
  if (unless == nullptr || undecided == nullptr)
    return reader_.error(node.span, "`unless` needs `undecided`, and the other way round");
  source.unless = reader_.paths(*unless);
  Arena& arena = reader_.schema.arena;
  source.undecided = Value::unknown(
      arena, {UnknownReason::kExternal, arena.copy(std::string_view(undecided->text)), {}, nullptr, Shape::kAny});
}

std::vector<AttributeSource> MappingReader::attribute_sources(const SchemaNode& node) {
  std::vector<AttributeSource> sources;
  for (std::size_t i = 0; i + 1 < node.items.size(); i += 2) {
    const AttributeInfo* info = attribute(node.items[i]);
    if (info != nullptr) sources.push_back(attribute_source(*info, node.items[i + 1]));
  }
  return sources;
}

EdgeSource MappingReader::edge_source(const EdgeInfo& info, const SchemaNode& node) {
  EdgeSource source;
  source.id = info.id;
  if (!node.is(SchemaNode::Form::kMap)) {
    source.from = reader_.paths(node);
  } else {
    reader_.check_keys(node, {"from", "kind", "except", "split", "owner", "known_only", "elsewhere", "joined"});
    if (const SchemaNode* from = node.find("from")) source.from = reader_.paths(*from);
    if (const SchemaNode* except = node.find("except")) source.except = reader_.texts(*except);
    if (const SchemaNode* split = node.find("split")) source.split = split->text.empty() ? '\0' : split->text.front();
    source.is_owner = reader_.is_true(node.find("owner"));
    source.is_known_only = reader_.is_true(node.find("known_only"));
    source.is_elsewhere = reader_.is_true(node.find("elsewhere"));
    if (const SchemaNode* joined = node.find("joined")) read_joined(*joined, source);
    if (const SchemaNode* name = node.find("kind")) {
      const KindInfo* kind = reader_.find_kind(*name);
      if (kind != nullptr && std::ranges::find(info.to, kind->name) == info.to.end()) {
        reader_.error(name->span, fmt::format("edge `{}` does not lead to `{}`", info.name, kind->name));
      }
      if (kind != nullptr) source.kind = kind->id;
    }
  }
  if (source.from.empty() && !source.is_owner && !source.is_joined)
    reader_.error(node.span, "an edge needs `from:`, `owner: true` or `joined:`");
  if (source.kind.index == 0 && info.to.size() == 1) {
    for (const KindInfo& kind : reader_.schema.kinds) {
      if (kind.name == info.to.front()) source.kind = kind.id;
    }
  }
  return source;
}

void MappingReader::read_joined(const SchemaNode& node, EdgeSource& source) {
  const SchemaNode* why = node.find("unknown");
  const SchemaNode* decide = node.find("decide");
  if (!reader_.check_keys(node, {"unknown", "decide"}) || why == nullptr || decide == nullptr)
    return reader_.error(node.span,
                         "`joined` needs `unknown:`, why it may not be known, and `decide:`, what would say it");
  Arena& arena = reader_.schema.arena;
  source.is_joined = true;
  source.unjoined = arena.make<Unknown>(UnknownReason::kExternal, arena.copy(std::string_view(why->text)),
                                        arena.copy(std::string_view(decide->text)), nullptr, Shape::kAny);
}

void MappingReader::edge_sources(const EdgeInfo& info, const SchemaNode& node, std::vector<EdgeSource>& sources) {
  bool has_maps = node.is(SchemaNode::Form::kList) && std::ranges::any_of(node.items, [](const SchemaNode& item) {
                    return item.is(SchemaNode::Form::kMap);
                  });
  if (!has_maps) return sources.push_back(edge_source(info, node));
  for (const SchemaNode& item : node.items) sources.push_back(edge_source(info, item));
}

std::vector<EdgeSource> MappingReader::all_edge_sources(const SchemaNode& node) {
  std::vector<EdgeSource> sources;
  for (std::size_t i = 0; i + 1 < node.items.size(); i += 2) {
    const EdgeInfo* info = edge(node.items[i], kind_);
    if (info != nullptr) edge_sources(*info, node.items[i + 1], sources);
  }
  return sources;
}

void MappingReader::read_items(const SchemaNode& node, std::vector<ItemSource>& items) {
  for (std::size_t i = 0; i + 1 < node.items.size(); i += 2) {
    const SchemaNode& name = node.items[i];
    ItemSource item;
    item.label = name.text;
    item.is_edge = std::ranges::find(kind_.edges, name.text, &EdgeInfo::name) != kind_.edges.end();
    if (item.is_edge) {
      item.edge = edge_source(*edge(name, kind_), node.items[i + 1]);
    } else if (const AttributeInfo* info = attribute(name)) {
      item.attribute = attribute_source(*info, node.items[i + 1]);
    }
    items.push_back(std::move(item));
  }
}

void MappingReader::read_gift(const SchemaNode& node, std::vector<Gift>& gifts) {
  if (!reader_.check_keys(node, {"kind", "as", "edge", "back", "attributes"})) return;
  const SchemaNode* name = node.find("kind");
  const SchemaNode* as = node.find("as");
  if (name == nullptr || as == nullptr) return reader_.error(node.span, "a gift needs `kind:` and `as:`");
  const KindInfo* kind = reader_.find_kind(*name);
  if (kind == nullptr) return;
  Gift gift;
  gift.kind = kind->id;
  gift.names = reader_.texts(*as);
  if (const SchemaNode* text = node.find("edge")) {
    const EdgeInfo* info = edge(*text, kind_);
    gift.has_edge = info != nullptr;
    if (info != nullptr) gift.edge = info->id;
  }
  if (const SchemaNode* text = node.find("back")) {
    const EdgeInfo* info = edge(*text, *kind);
    gift.has_back = info != nullptr;
    if (info != nullptr) gift.back = info->id;
  }
  if (const SchemaNode* attributes = node.find("attributes")) {
    MappingReader of_gift(reader_, *kind, format_);
    for (std::size_t i = 0; i + 1 < attributes->items.size(); i += 2) {
      const AttributeInfo* info = of_gift.attribute(attributes->items[i]);
      if (info != nullptr)
        gift.attributes.emplace_back(info->id, read_constant(reader_, attributes->items[i + 1], info->type));
    }
  }
  gifts.push_back(std::move(gift));
}

void MappingReader::read_adopts(const SchemaNode& node, Mapping& mapping) {
  if (node.is(SchemaNode::Form::kScalar)) {
    mapping.adopts = reader_.path(node);
    return;
  }
  if (!reader_.check_keys(node, {"giver", "as"})) return;
  const SchemaNode* giver = node.find("giver");
  const SchemaNode* as = node.find("as");
  if (giver == nullptr || as == nullptr) return reader_.error(node.span, "`adopts` needs `giver:` and `as:`");
  mapping.adopts_giver = reader_.path(*giver);
  mapping.adopts_name = as->text;
}

void MappingReader::read_link(const SchemaNode& node, Mapping& mapping) {
  mapping.form = Mapping::Form::kLink;
  if (!reader_.check_keys(node, {"edge", "from", "to", "known_only"})) return;
  const SchemaNode* name = node.find("edge");
  const SchemaNode* from = node.find("from");
  const SchemaNode* to = node.find("to");
  if (name == nullptr || from == nullptr || to == nullptr)
    return reader_.error(node.span, "a link needs `edge:`, `from:` and `to:`");
  const EdgeInfo* info = edge(*name, kind_);
  if (info == nullptr) return;
  mapping.link = edge_source(*info, *to);
  mapping.link_source.from = reader_.paths(*from);
  mapping.link_source.kind = kind_.id;
  mapping.link_source.is_known_only = reader_.is_true(node.find("known_only"));
}

void MappingReader::read_addition(const SchemaNode& node, Mapping& mapping) {
  mapping.form = Mapping::Form::kAdd;
  if (!reader_.check_keys(node, {"to", "attributes"})) return;
  const SchemaNode* to = node.find("to");
  const SchemaNode* attributes = node.find("attributes");
  if (to == nullptr || attributes == nullptr) return reader_.error(node.span, "`add` needs `to:` and `attributes:`");
  mapping.link_source.from = reader_.paths(*to);
  mapping.link_source.kind = kind_.id;
  mapping.attributes = attribute_sources(*attributes);
}

void MappingReader::add_common(Mapping& mapping) const {
  for (const AttributeSource& source : common_.attributes) {
    bool is_given =
        std::ranges::any_of(mapping.attributes, [&](const AttributeSource& own) { return own.id == source.id; });
    if (!is_given) mapping.attributes.push_back(source);
  }
  mapping.ids.insert(mapping.ids.begin(), common_.ids.begin(), common_.ids.end());
}

void MappingReader::keep(const Mapping& mapping, const SchemaNode& types, bool is_data) {
  std::vector<Schema::State::TypeMappings>& all = reader_.schema.types;
  for (std::string& type : reader_.texts(types)) {
    auto found = std::ranges::find_if(all, [&](const Schema::State::TypeMappings& entry) {
      return entry.format == format_ && entry.is_data == is_data && entry.type == type;
    });
    if (found == all.end()) found = all.insert(all.end(), {format_, is_data, type, {}});
    Mapping own = mapping;
    own.type = type;
    own.is_data = is_data;
    found->mappings.push_back(std::move(own));
  }
}

void MappingReader::read_entry(const SchemaNode& node) {
  if (!reader_.check_keys(node, {"type", "data", "each", "per", "attributes", "edges", "ids", "gives", "adopts", "link",
                                 "add", "other_versions"})) {
    return;
  }
  Mapping mapping;
  mapping.format = format_;
  mapping.kind = kind_.id;
  if (const SchemaNode* each = node.find("each")) mapping.each = reader_.path(*each);
  if (const SchemaNode* per = node.find("per")) read_items(*per, mapping.per);
  if (const SchemaNode* attributes = node.find("attributes")) mapping.attributes = attribute_sources(*attributes);
  if (const SchemaNode* edges = node.find("edges")) mapping.edges = all_edge_sources(*edges);
  if (const SchemaNode* ids = node.find("ids")) mapping.ids = reader_.paths(*ids);
  if (const SchemaNode* gives = node.find("gives")) {
    for (const SchemaNode& gift : reader_.as_list(*gives)) read_gift(gift, mapping.gifts);
  }
  if (const SchemaNode* adopts = node.find("adopts")) read_adopts(*adopts, mapping);
  if (const SchemaNode* names = node.find("other_versions")) mapping.other_versions = reader_.texts(*names);
  if (const SchemaNode* link = node.find("link")) read_link(*link, mapping);
  if (const SchemaNode* add = node.find("add")) read_addition(*add, mapping);
  if (mapping.form == Mapping::Form::kNode && mapping.each.steps.empty()) add_common(mapping);
  const SchemaNode* type = node.find("type");
  const SchemaNode* data = node.find("data");
  if (type == nullptr && data == nullptr) return reader_.error(node.span, "a mapping needs `type:` or `data:`");
  if (type != nullptr) keep(mapping, *type, false);
  if (data != nullptr) keep(mapping, *data, true);
}

constexpr std::pair<std::string_view, Format> kFormats[] = {
    {"terraform", Format::kTerraform}, {"cloudformation", Format::kCloudFormation}, {"nginx", Format::kNginx}};

}  // namespace

void read_mappings(SchemaReader& reader, const SchemaNode& file, const SchemaNode* common) {
  const SchemaNode* name = file.find("kind");
  if (name == nullptr) return;
  auto kind = std::ranges::find(reader.schema.kinds, name->text, &KindInfo::name);
  if (kind == reader.schema.kinds.end()) return;
  for (const auto& [key, format] : kFormats) {
    const SchemaNode* entries = file.find(key);
    if (entries == nullptr) continue;
    MappingReader mappings(reader, *kind, format);
    const SchemaNode* shared = common == nullptr ? nullptr : common->find(key);
    if (shared != nullptr) mappings.read_common(*shared);
    for (const SchemaNode& entry : reader.as_list(*entries)) mappings.read_entry(entry);
  }
}

void read_unmapped(SchemaReader& reader, const SchemaNode& common) {
  for (const auto& [key, format] : kFormats) {
    MappingReader mappings(reader, reader.schema.kinds.front(), format);
    if (const SchemaNode* shared = common.find(key)) mappings.read_common(*shared);
    reader.schema.unmapped.push_back({format, false, "", {mappings.common()}});
  }
}

}  // namespace halint
