// Static types of attributes, edges and facts: what CEL checks expressions against when a rule is loaded.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace halint {

// The type of a member. `kDynamic` is CEL's `dyn`: checked when evaluated (used for `raw`).
struct Type {
  enum class Kind { kDynamic, kBool, kInt, kDouble, kString, kCidr, kZone, kNode, kList, kMap, kNull };
  Kind kind = Kind::kDynamic;
  // kNode: the kind or group of kinds ("subnet", "data_store"); "" is any node.
  std::string node_kind;
  // kList, kMap: the type of the elements.
  std::shared_ptr<const Type> element;

  friend bool operator==(const Type& a, const Type& b);
};

// As schema files and documentation write it: "bool", "int", "string", "cidr", "zone", "node<subnet>",
// "list<node<subnet>>", "map<string>", "dyn".
std::string to_text(const Type& type);
// Returns false if the text is no type.
bool parse_type(std::string_view text, Type& type);

}  // namespace halint
