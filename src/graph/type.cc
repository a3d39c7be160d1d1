// Static types, as text and back.
// SPDX-License-Identifier: Apache-2.0
#include "graph/type.h"

#include <iterator>
#include <utility>

namespace halint {

namespace {

constexpr std::pair<std::string_view, Type::Kind> kSimple[] = {
    {"dyn", Type::Kind::kDynamic},   {"bool", Type::Kind::kBool},     {"int", Type::Kind::kInt},
    {"double", Type::Kind::kDouble}, {"string", Type::Kind::kString}, {"cidr", Type::Kind::kCidr},
    {"zone", Type::Kind::kZone},     {"node", Type::Kind::kNode},     {"null", Type::Kind::kNull},
};

// "list<int>" with name "list" gives "int"; false if it is not of this form.
bool inside(std::string_view text, std::string_view name, std::string_view& inner) {
  if (!text.starts_with(name) || !text.ends_with('>') || text.size() < name.size() + 3) return false;
  if (text[name.size()] != '<') return false;
  inner = text.substr(name.size() + 1, text.size() - name.size() - 2);
  return true;
}

bool parse_at(std::string_view text, Type& type, int depth) {
  constexpr int kDeepest = 8;
  if (depth > kDeepest) return false;
  for (const auto& [name, kind] : kSimple) {
    if (text == name) {
      type = {kind, {}, nullptr};
      return true;
    }
  }
  std::string_view inner;
  if (inside(text, "node", inner)) {
    type = {Type::Kind::kNode, std::string(inner), nullptr};
    return true;
  }
  bool is_list = inside(text, "list", inner);
  if (!is_list && !inside(text, "map", inner)) return false;
  Type element;
  if (!parse_at(inner, element, depth + 1)) return false;
  type = {is_list ? Type::Kind::kList : Type::Kind::kMap, {}, std::make_shared<const Type>(std::move(element))};
  return true;
}

}  // namespace

bool operator==(const Type& a, const Type& b) {
  if (a.kind != b.kind || a.node_kind != b.node_kind) return false;
  if (a.element == nullptr || b.element == nullptr) return a.element == b.element;
  return *a.element == *b.element;
}

std::string to_text(const Type& type) {
  if (type.kind == Type::Kind::kList || type.kind == Type::Kind::kMap) {
    std::string inner = type.element ? to_text(*type.element) : "dyn";
    return (type.kind == Type::Kind::kList ? "list<" : "map<") + inner + ">";
  }
  if (type.kind == Type::Kind::kNode && !type.node_kind.empty()) return "node<" + type.node_kind + ">";
  for (const auto& [name, kind] : kSimple) {
    if (kind == type.kind) return std::string(name);
  }
  return "dyn";
}

bool parse_type(std::string_view text, Type& type) {
  return parse_at(text, type, 0);
}

}  // namespace halint
