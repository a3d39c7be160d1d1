// A CloudFormation template as a tree: what YAML and JSON have in common, with the place of everything.
// SPDX-License-Identifier: Apache-2.0
#include "cloudformation/syntax/template_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/json_tree.h"
#include "base/text.h"

namespace halint {
namespace {

constexpr std::size_t kMostDiagnostics = 20;  // Of one file.

Diagnostic make(Span span, Severity severity, std::string rule, std::string message, std::string help) {
  return {span, severity, std::move(rule), std::move(message), std::move(help), {}};
}

class JsonConverter {
 public:
  JsonConverter(std::vector<Diagnostic>& diagnostics, std::uint32_t nodes) : diagnostics_(diagnostics), left_(nodes) {}

  // The depth is that of the JSON, which its parser keeps within bounds.
  TemplateNode convert(const JsonNode& json) {
    TemplateNode node;
    node.span = json.span;
    if (left_ == 0) return node;
    --left_;
    switch (json.kind) {
      case JsonNode::Kind::kNull:
        break;
      case JsonNode::Kind::kBool:
      case JsonNode::Kind::kNumber:
        node.is_bare = true;
        [[fallthrough]];
      case JsonNode::Kind::kString:
        node.form = TemplateNode::Form::kText;
        node.text = json.text;
        if (!json.has_escapes) node.text_at = json.span.begin + (node.is_bare ? 0 : 1);
        break;
      case JsonNode::Kind::kArray:
        node.form = TemplateNode::Form::kList;
        node.items.reserve(json.items.size());
        for (const JsonNode& item : json.items) node.items.push_back(convert(item));
        break;
      case JsonNode::Kind::kObject:
        node.form = TemplateNode::Form::kMap;
        node.members.reserve(json.members.size());
        for (const JsonMember& member : json.members)
          node.members.push_back({member.key.text, member.key.span, convert(member.value)});
        unify_members(node, diagnostics_);
    }
    return node;
  }

 private:
  std::vector<Diagnostic>& diagnostics_;
  std::uint32_t left_;
};

}  // namespace

const TemplateNode* TemplateNode::find(std::string_view key) const {
  for (const TemplateMember& member : members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

Diagnostic template_error(Span span, std::string message, std::string help) {
  return make(span, Severity::kError, "syntax-error", std::move(message), std::move(help));
}

Diagnostic template_limit(Span span, std::string message, std::string help) {
  return make(span, Severity::kError, "limit-exceeded", std::move(message), std::move(help));
}

Diagnostic template_invalid(Span span, std::string message, std::string help) {
  return make(span, Severity::kWarning, "invalid-configuration", std::move(message), std::move(help));
}

Diagnostic template_unread(Span span, std::string message, std::string help) {
  return make(span, Severity::kNote, "not-analysed", std::move(message), std::move(help));
}

void unify_members(TemplateNode& map, std::vector<Diagnostic>& diagnostics) {
  std::vector<TemplateMember>& members = map.members;
  std::vector<std::size_t> order(members.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return members[i].key; });
  std::vector<bool> is_stale(members.size());
  bool is_unique = true;
  for (std::size_t i = 1; i < order.size(); ++i) {
    const TemplateMember& first = members[order[i - 1]];
    const TemplateMember& second = members[order[i]];
    if (first.key != second.key) continue;
    is_unique = false;
    is_stale[order[i - 1]] = true;
    if (diagnostics.size() >= kMostDiagnostics) continue;
    Diagnostic twice =
        template_invalid(second.key_span, fmt::format("`{}` is written twice", escape_controls(second.key)),
                         "keep one of them; the last one counts");
    twice.notes.push_back({first.key_span, "first written here"});
    diagnostics.push_back(std::move(twice));
  }
  if (is_unique) return;
  std::vector<TemplateMember> kept;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!is_stale[i]) kept.push_back(std::move(members[i]));
  }
  members = std::move(kept);
}

TemplateTree read_json_template(std::string_view text, FileId file, Arena& arena, const TemplateLimits& limits) {
  TemplateTree tree;
  Parsed<JsonNode> json = parse_json(text, file, arena, limits.nesting);
  tree.diagnostics = std::move(json.diagnostics);
  tree.documents.push_back(JsonConverter(tree.diagnostics, limits.nodes).convert(json.value));
  return tree;
}

}  // namespace halint
