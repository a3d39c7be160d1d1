// Reads Terraform's JSON form (`.tf.json`, `.tfvars.json`) into the same syntax as HCL.
//
// JSON cannot tell a nested block from an attribute without the provider's schema. It need not: both evaluate to the
// same lists and maps. Only what speaks to Terraform itself is made a block, `dynamic`, `lifecycle` and the like, and
// what stands beside or around a `dynamic`.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "base/json_tree.h"
#include "terraform/syntax/hcl_errors.h"
#include "terraform/syntax/hcl_remarks.h"
#include "terraform/syntax/json_syntax.h"
#include "terraform/syntax/trouble.h"

namespace halint {
namespace {

// Stands for the type of any block inside of a resource.
constexpr std::string_view kNested = "*";

struct Contents {
  std::vector<Attribute> attributes;
  std::vector<Block> blocks;
};

// Labels of the blocks of the outermost level. -1: not a block that matters here.
int label_count(std::string_view type) {
  if (type == "resource" || type == "data" || type == "ephemeral") return 2;
  if (type == "variable" || type == "output" || type == "module" || type == "provider" || type == "check") return 1;
  return type == "locals" || type == "terraform" || type == "moved" || type == "import" || type == "removed" ? 0 : -1;
}

// Objects that repeat a block `LABEL`: {LABEL: {"for_each": ..., "content": ...}}, or arrays of them.
bool repeats(const JsonNode& node, std::string_view label) {
  if (node.kind == JsonNode::Kind::kArray)
    return std::ranges::any_of(node.items, [&](const JsonNode& item) { return repeats(item, label); });
  if (node.kind != JsonNode::Kind::kObject) return false;
  auto has = [](const JsonNode& body, std::string_view name) {
    return std::ranges::any_of(body.members, [&](const JsonMember& member) { return member.key.text == name; });
  };
  return std::ranges::any_of(node.members, [&](const JsonMember& member) {
    const JsonNode& value = member.value;
    const JsonNode& body = value.kind == JsonNode::Kind::kArray && !value.items.empty() ? value.items[0] : value;
    return (label.empty() || member.key.text == label) && body.kind == JsonNode::Kind::kObject &&
           has(body, "for_each") && has(body, "content");
  });
}

// Whether there is a `dynamic` on any level. The parser has limited their number.
bool holds_dynamic(const JsonNode& node) {
  return std::ranges::any_of(node.items, &holds_dynamic) ||
         std::ranges::any_of(node.members, [](const JsonMember& member) {
           return (member.key.text == "dynamic" && repeats(member.value, {})) || holds_dynamic(member.value);
         });
}

// Whether `member` of the body `beside` must be read as blocks, so that dynamic ones join or stand in them.
bool is_block(const JsonNode& beside, const JsonMember& member) {
  const JsonNode& value = member.value;
  const bool may_be =
      value.kind == JsonNode::Kind::kObject ||
      (value.kind == JsonNode::Kind::kArray && !value.items.empty() &&
       std::ranges::all_of(value.items, [](const JsonNode& item) { return item.kind == JsonNode::Kind::kObject; }));
  if (!may_be) return false;
  return holds_dynamic(value) || std::ranges::any_of(beside.members, [&](const JsonMember& other) {
           return other.key.text == "dynamic" && repeats(other.value, member.key.text);
         });
}

class JsonReader {
 public:
  JsonReader(HclFile& into, std::uint32_t nesting) : into_(into), arena_(into.arena), nesting_(nesting) {}

  Body configuration(const JsonNode& root) {
    Contents contents;
    if (root.kind != JsonNode::Kind::kObject) return refuse(root, "a configuration is an object");
    for (const JsonMember& member : root.members) {
      if (member.key.text == "//") continue;
      int labels = label_count(member.key.text);
      if (labels < 0) {
        refuse(member.key, fmt::format("there is no block `{}`", member.key.text));
        continue;
      }
      std::vector<Label> names;
      add_blocks(contents, member.key.text, member.key.span, member.value, static_cast<std::size_t>(labels), names);
    }
    return finish(contents);
  }

  Body values(const JsonNode& root) {
    Contents contents;
    if (root.kind != JsonNode::Kind::kObject) return refuse(root, "values of variables are an object");
    for (const JsonMember& member : root.members) add_attribute(contents, member, literal(member.value));
    return finish(contents);
  }

 private:
  Body refuse(const JsonNode& node, std::string message) {
    into_.diagnostics.push_back(syntax_error(node.span, std::move(message)));
    return {};
  }

  Body finish(const Contents& contents) {
    std::set<std::string_view> seen;
    for (const Attribute& attribute : contents.attributes) {
      if (seen.insert(attribute.name).second) continue;
      into_.diagnostics.push_back(syntax_error(attribute.name_span,
                                               fmt::format("`{}` is set twice in the same block", attribute.name),
                                               "remove one of the two"));
    }
    return {arena_.copy(contents.attributes), arena_.copy(contents.blocks)};
  }

  const Expression* make(Expression expression) { return arena_.make<Expression>(expression); }

  // Objects of objects down to the body; at each level an array says the same several times.
  void add_blocks(Contents& contents, std::string_view type, Span header, const JsonNode& node, std::size_t labels_left,
                  std::vector<Label>& names) {
    if (node.kind == JsonNode::Kind::kArray) {
      for (const JsonNode& item : node.items) add_blocks(contents, type, header, item, labels_left, names);
      return;
    }
    if (node.kind != JsonNode::Kind::kObject) {
      refuse(node, fmt::format("a `{}` block is an object", type));
      return;
    }
    if (labels_left == 0) {
      Block block;
      block.type = type;
      block.labels = arena_.copy(names);
      block.body = body(node, type);
      block.header = header;
      block.span = header;
      block.span.end = node.span.end;
      contents.blocks.push_back(block);
      return;
    }
    for (const JsonMember& member : node.members) {
      if (member.key.text == "//") continue;
      names.push_back({member.key.text, member.key.span});
      add_blocks(contents, type, member.key.span, member.value, labels_left - 1, names);
      names.pop_back();
    }
  }

  void add_nested(Contents& contents, const JsonMember& member) {
    const bool is_list = member.value.kind == JsonNode::Kind::kArray;
    for (const JsonNode& item : is_list ? member.value.items : std::span(&member.value, 1)) {
      Block block;
      block.type = member.key.text;
      block.body = body(item, kNested);
      block.header = block.span = member.key.span;
      block.span.end = item.span.end;
      contents.blocks.push_back(block);
    }
  }

  Body body(const JsonNode& node, std::string_view type) {
    Contents contents;
    for (const JsonMember& member : node.members) {
      std::string_view name = member.key.text;
      std::vector<Label> names;
      bool is_resource = type == "resource" || type == "data";
      bool may_hold_blocks = is_resource || type == "content" || type == kNested;
      if (name == "//") continue;
      if (name == "dynamic" && may_hold_blocks) {
        add_blocks(contents, name, member.key.span, member.value, 1, names);
      } else if (name == "content" && type == "dynamic") {
        add_blocks(contents, name, member.key.span, member.value, 0, names);
      } else if (is_resource && (name == "lifecycle" || name == "provisioner" || name == "connection")) {
        add_blocks(contents, name, member.key.span, member.value, name == "provisioner" ? 1 : 0, names);
      } else if (type == "terraform" && name == "backend") {
        add_blocks(contents, name, member.key.span, member.value, 1, names);
      } else if (may_hold_blocks && is_block(node, member)) {
        add_nested(contents, member);
      } else {
        add_attribute(contents, member, attribute_value(member, type));
      }
    }
    return finish(contents);
  }

  const Expression* attribute_value(const JsonMember& member, std::string_view type) {
    bool is_variable = type == "variable";
    if (is_variable && member.key.text == "type") return bare_expression(member.value);
    bool is_address = type == "moved" || type == "import" || type == "removed";
    if (is_address && (member.key.text == "from" || member.key.text == "to")) return bare_expression(member.value);
    if (is_variable || type == "lifecycle" || type == "provider_meta") return literal(member.value);
    return expression(member.value);
  }

  void add_attribute(Contents& contents, const JsonMember& member, const Expression* value) {
    Span whole = member.key.span;
    whole.end = member.value.span.end;
    contents.attributes.push_back({member.key.text, value, whole, member.key.span});
  }

  // `"list(string)"`, `"aws_vpc.main"`.
  const Expression* bare_expression(const JsonNode& node) {
    if (node.kind != JsonNode::Kind::kString) return literal(node);
    const Expression* wrapped = parse_hcl_template(into_, fmt::format("${{{}}}", node.text), nesting_);
    bool is_type = wrapped != nullptr && wrapped->kind == ExpressionKind::kTemplate && wrapped->parts.size() == 1;
    return is_type ? wrapped->parts[0] : literal(node);
  }

  // Strings are templates.
  const Expression* expression(const JsonNode& node) {
    if (node.kind == JsonNode::Kind::kArray) return sequence(node, true);
    if (node.kind == JsonNode::Kind::kObject) return object(node, true);
    if (node.kind == JsonNode::Kind::kString) return text(node);
    return literal(node);
  }

  // Strings are what they are.
  const Expression* literal(const JsonNode& node) {
    switch (node.kind) {
      case JsonNode::Kind::kNull:
        return make({.kind = ExpressionKind::kNull, .span = node.span});
      case JsonNode::Kind::kBool:
        return make({.kind = ExpressionKind::kBool, .span = node.span, .text = node.text});
      case JsonNode::Kind::kNumber:
        return make({.kind = ExpressionKind::kNumber, .span = node.span, .text = node.text});
      case JsonNode::Kind::kString:
        return make({.kind = ExpressionKind::kString, .is_wrapped = true, .span = node.span, .text = node.text});
      case JsonNode::Kind::kArray:
        return sequence(node, false);
      case JsonNode::Kind::kObject:
        return object(node, false);
    }
    return make({.kind = ExpressionKind::kInvalid, .span = node.span});
  }

  const Expression* sequence(const JsonNode& node, bool has_templates) {
    std::vector<const Expression*> parts;
    for (const JsonNode& item : node.items) parts.push_back(has_templates ? expression(item) : literal(item));
    return make({.kind = ExpressionKind::kTuple, .span = node.span, .parts = arena_.copy(parts)});
  }

  const Expression* object(const JsonNode& node, bool has_templates) {
    std::vector<const Expression*> parts;
    for (const JsonMember& member : node.members) {
      parts.push_back(has_templates ? text(member.key) : literal(member.key));
      parts.push_back(has_templates ? expression(member.value) : literal(member.value));
    }
    return make({.kind = ExpressionKind::kObject, .span = node.span, .parts = arena_.copy(parts)});
  }

  const Expression* text(const JsonNode& node) {
    bool is_plain = node.text.find("${") == node.text.npos && node.text.find("%{") == node.text.npos;
    if (is_plain) return literal(node);
    const Expression* parsed = parse_hcl_template(into_, node.text, nesting_, node.span.begin + 1);
    if (parsed != nullptr) return parsed;
    into_.diagnostics.push_back(
        syntax_error(node.span, "the expressions in this text cannot be read", "write `$${` for the text `${`"));
    return make({.kind = ExpressionKind::kInvalid, .span = node.span});
  }

  HclFile& into_;
  Arena& arena_;
  std::uint32_t nesting_;
};

HclFile parse(std::string_view text, FileId id, std::uint32_t nesting, bool is_configuration) {
  HclFile file;
  file.file = id;
  add_encoding_error(file.diagnostics, text, id);
  Parsed<JsonNode> json = parse_json(text, id, file.arena, nesting);
  for (Diagnostic& diagnostic : json.diagnostics) file.diagnostics.push_back(std::move(diagnostic));
  if (!json.diagnostics.empty()) return file;
  JsonReader reader(file, nesting);
  file.body = is_configuration ? reader.configuration(json.value) : reader.values(json.value);
  find_remarks(file, json.value, text);
  return file;
}

}  // namespace

HclFile parse_json_configuration(std::string_view text, FileId id, std::uint32_t nesting) {
  return parse(text, id, nesting, true);
}

HclFile parse_json_values(std::string_view text, FileId id, std::uint32_t nesting) {
  return parse(text, id, nesting, false);
}

}  // namespace halint
