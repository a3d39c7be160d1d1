// Finding functions by name, and reading their signatures.
// SPDX-License-Identifier: Apache-2.0
#include "cel/functions.h"

#include <algorithm>
#include <array>
#include <string>

namespace halint::cel {
namespace {

std::array<std::span<const Function>, 4> standard() {
  return {string_functions(), list_functions(), number_functions(), cidr_functions()};
}

std::string_view parameters_of(std::string_view signature) {
  return signature.substr(0, signature.find(" -> "));
}

}  // namespace

std::string_view result_of(std::string_view signature) {
  return signature.substr(signature.find(" -> ") + 4);
}

std::size_t parameter_count(std::string_view signature) {
  const std::string_view parameters = parameters_of(signature);
  if (parameters.empty()) return 0;
  return static_cast<std::size_t>(std::count(parameters.begin(), parameters.end(), ',')) + 1;
}

std::string_view parameter(std::string_view signature, std::size_t index) {
  std::string_view parameters = parameters_of(signature);
  for (; index > 0; --index) parameters.remove_prefix(parameters.find(", ") + 2);
  return parameters.substr(0, parameters.find(", "));
}

std::vector<const Function*> find_functions(std::string_view name, std::size_t count, std::span<const Function> extra) {
  std::vector<const Function*> found;
  const auto look = [&](std::span<const Function> functions) {
    for (const Function& function : functions) {
      if (function.name == name && parameter_count(function.signature) == count) found.push_back(&function);
    }
  };
  look(extra);
  for (std::span<const Function> functions : standard()) look(functions);
  return found;
}

std::vector<std::string> function_names(bool methods, std::span<const Function> extra) {
  std::vector<std::string> names;
  const auto add = [&](std::span<const Function> functions) {
    for (const Function& function : functions) {
      if (function.name.starts_with('.') == methods) names.emplace_back(function.name.substr(methods ? 1 : 0));
    }
  };
  add(extra);
  for (std::span<const Function> functions : standard()) add(functions);
  return names;
}

bool accepts(std::string_view parameter, const Value& value) {
  if (value.is_unknown()) return true;
  const ValueKind kind = value.kind();
  const bool is_text = kind == ValueKind::kString || kind == ValueKind::kTemplate;
  if (parameter == "string" || parameter == "cidr" || parameter == "range") return is_text;
  if (parameter == "int") return (kind == ValueKind::kNumber && value.is_integer()) || kind == ValueKind::kInterval;
  if (parameter == "double" || parameter == "number") return kind == ValueKind::kNumber || kind == ValueKind::kInterval;
  if (parameter == "bool") return kind == ValueKind::kBool;
  if (parameter == "zone") return kind == ValueKind::kZone;
  if (parameter.starts_with("list")) return kind == ValueKind::kList || kind == ValueKind::kSet;
  if (parameter.starts_with("map")) return kind == ValueKind::kMap;
  if (parameter.starts_with("node")) return kind == ValueKind::kNode;
  return true;
}

}  // namespace halint::cel
