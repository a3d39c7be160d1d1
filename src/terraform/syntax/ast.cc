// Looking things up in syntax.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/syntax/ast.h"

namespace halint {

const Attribute* Body::attribute(std::string_view name) const {
  for (const Attribute& attribute : attributes) {
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

}  // namespace halint
