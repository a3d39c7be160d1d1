// Relations between static types: what may be compared, joined, passed.
// SPDX-License-Identifier: Apache-2.0
#include "cel/types.h"

#include <memory>
#include <string>
#include <utility>

#include "cel/functions.h"

namespace halint::cel {
namespace {

using Kind = Type::Kind;

bool is_number(const Type& type) {
  return type.kind == Kind::kInt || type.kind == Kind::kDouble;
}
bool is_text(const Type& type) {
  return type.kind == Kind::kString || type.kind == Kind::kCidr;
}

// `node<a|b>` and `node<b>` join to `node<a|b>`.
std::string join_kinds(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty() || a == b) return a == b ? a : "";
  std::string all = "|" + a + "|";
  std::string result = a;
  for (std::size_t begin = 0; begin <= b.size();) {
    const std::size_t end = std::min(b.find('|', begin), b.size());
    const std::string kind = b.substr(begin, end - begin);
    if (all.find("|" + kind + "|") == std::string::npos) result += "|" + kind;
    begin = end + 1;
  }
  return result;
}

// "list<T>" with name "list" gives "T".
bool inside(std::string_view pattern, std::string_view name, std::string_view& inner) {
  if (!pattern.starts_with(name) || pattern.size() <= name.size() || pattern[name.size()] != '<') return false;
  inner = pattern.substr(name.size() + 1, pattern.size() - name.size() - 2);
  return true;
}

// Whether an argument fits a parameter. `variable` is what T stands for so far.
bool fits(std::string_view pattern, const Type& type, std::optional<Type>& variable) {
  if (pattern == "T") {
    variable = variable ? join(*variable, type) : type;
    return true;
  }
  if (pattern == "dyn" || type.kind == Kind::kDynamic) return true;
  std::string_view inner;
  if (inside(pattern, "list", inner)) return type.kind == Kind::kList && fits(inner, element_of(type), variable);
  if (inside(pattern, "map", inner)) return type.kind == Kind::kMap && fits(inner, element_of(type), variable);
  if (inside(pattern, "node", inner))
    return type.kind == Kind::kNode && (type.node_kind.empty() || type.node_kind == inner);
  if (pattern == "number") return is_number(type);
  if (pattern == "range" || pattern == "string") return is_text(type);
  Type wanted;
  return parse_type(pattern, wanted) && wanted.kind == type.kind;
}

// The result, with T replaced.
Type substitute(std::string_view pattern, const std::optional<Type>& variable) {
  if (pattern == "T") return variable.value_or(Type{});
  std::string_view inner;
  if (inside(pattern, "list", inner)) return list_of(substitute(inner, variable));
  Type type;
  parse_type(pattern, type);
  return type;
}

}  // namespace

Type list_of(Type element) {
  return {Kind::kList, {}, std::make_shared<const Type>(std::move(element))};
}

Type element_of(const Type& type) {
  const bool has_element = (type.kind == Kind::kList || type.kind == Kind::kMap) && type.element != nullptr;
  return has_element ? *type.element : Type{};
}

Type join(const Type& a, const Type& b) {
  if (a == b || b.kind == Kind::kNull) return a;
  if (a.kind == Kind::kNull) return b;
  if (a.kind == Kind::kNode && b.kind == Kind::kNode)
    return {Kind::kNode, join_kinds(a.node_kind, b.node_kind), nullptr};
  if (is_text(a) && is_text(b)) return {Kind::kString, {}, nullptr};
  if (a.kind == b.kind && (a.kind == Kind::kList || a.kind == Kind::kMap)) {
    return {a.kind, {}, std::make_shared<const Type>(join(element_of(a), element_of(b)))};
  }
  return {};
}

bool comparable(const Vocabulary& vocabulary, const Type& a, const Type& b) {
  if (a.kind == Kind::kDynamic || b.kind == Kind::kDynamic || a.kind == Kind::kNull || b.kind == Kind::kNull)
    return true;
  if (is_number(a) && is_number(b)) return true;
  if (is_text(a) && is_text(b)) return true;
  if (a.kind != b.kind) return false;
  if (a.kind == Kind::kNode) return vocabulary.overlap(a.node_kind, b.node_kind);
  if (a.kind == Kind::kList || a.kind == Kind::kMap) return comparable(vocabulary, element_of(a), element_of(b));
  return true;
}

std::optional<Type> type_of_arithmetic(Operator op, const Type& left, const Type& right, Arithmetic& arithmetic) {
  if (left.kind == Kind::kDynamic && right.kind == Kind::kDynamic) return Type{};
  const Type& known = left.kind == Kind::kDynamic ? right : left;
  const Type& other = left.kind == Kind::kDynamic ? left : right;
  const bool is_dynamic = other.kind == Kind::kDynamic;
  if (is_number(known)) {
    if (other.kind != known.kind && !is_dynamic) return std::nullopt;
    if (known.kind == Kind::kDouble && op == Operator::kModulo) return std::nullopt;
    arithmetic = known.kind == Kind::kInt ? Arithmetic::kInteger : Arithmetic::kReal;
    return known;
  }
  if (op != Operator::kAdd) return std::nullopt;
  if (is_text(known) && (is_text(other) || is_dynamic)) return Type{Kind::kString, {}, nullptr};
  if (known.kind != Kind::kList || (other.kind != Kind::kList && !is_dynamic)) return std::nullopt;
  return list_of(join(element_of(left), element_of(right)));
}

std::optional<Type> match(std::string_view signature, const std::vector<Type>& arguments) {
  std::optional<Type> variable;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (!fits(parameter(signature, i), arguments[i], variable)) return std::nullopt;
  }
  return substitute(result_of(signature), variable);
}

}  // namespace halint::cel
