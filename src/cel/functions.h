// The standard functions of CEL that halint knows, by topic.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "cel/environment.h"

namespace halint::cel {

std::span<const Function> string_functions();
std::span<const Function> list_functions();
std::span<const Function> number_functions();  // And conversions.
std::span<const Function> cidr_functions();

// Functions of a name with as many parameters, of `extra` and the standard ones.
std::vector<const Function*> find_functions(std::string_view name, std::size_t count, std::span<const Function> extra);
// All names, for suggestions.
std::vector<std::string> function_names(bool methods, std::span<const Function> extra);

// One parameter of a signature: "list<T>, int -> T" has parameters 0 and 1.
std::string_view parameter(std::string_view signature, std::size_t index);
std::size_t parameter_count(std::string_view signature);
std::string_view result_of(std::string_view signature);

// Whether a value may be passed for a parameter. Lists and maps are not looked into.
bool accepts(std::string_view parameter, const Value& value);

}  // namespace halint::cel
