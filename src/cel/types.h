// Relations between static types: what may be compared, joined, passed.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "cel/environment.h"
#include "cel/expression.h"
#include "graph/type.h"

namespace halint::cel {

Type list_of(Type element);
// Of a list or map; dyn of anything else.
Type element_of(const Type& type);
// The type of something that is one or the other. Nodes of two kinds join to `node<a|b>`; null joins with anything;
// what has nothing in common is dyn.
Type join(const Type& a, const Type& b);
// Whether `==` makes sense.
bool comparable(const Vocabulary& vocabulary, const Type& a, const Type& b);
// The result of `+ - * / %`, and how to compute; nullopt if the operator does not take these types.
std::optional<Type> type_of_arithmetic(Operator op, const Type& left, const Type& right, Arithmetic& arithmetic);
// The result of a function with this signature for these arguments; nullopt if it does not take them.
std::optional<Type> match(std::string_view signature, const std::vector<Type>& arguments);

}  // namespace halint::cel
