// Whether a module call gives the inputs that the module has.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "terraform/modules/module.h"
#include "terraform/syntax/trouble.h"

namespace halint {
namespace {

bool is_meta(std::string_view name) {
  constexpr std::string_view kMeta[] = {"source", "version", "providers", "count", "for_each", "depends_on"};
  return std::ranges::find(kMeta, name) != std::end(kMeta);
}

}  // namespace

void check_inputs(Module& caller, const ModuleCall& call, const Module& callee) {
  if (!caller.is_complete || !callee.is_complete || callee.files.empty()) return;
  std::vector<std::string_view> names;
  for (const VariableDeclaration& variable : callee.variables) {
    names.push_back(variable.name);
    bool is_needed = variable.block->body.attribute("default") == nullptr;
    if (!is_needed || call.block->body.attribute(variable.name) != nullptr) continue;
    caller.diagnostics.push_back(invalid_configuration(
        call.block->header, fmt::format("`module.{}` does not set `{}`", call.name, variable.name),
        fmt::format("the module `{}` has no default for it", call.source.text)));
  }
  for (const Attribute& input : call.block->body.attributes) {
    if (is_meta(input.name) || callee.variable_index.contains(input.name)) continue;
    std::optional<std::string_view> near = did_you_mean(input.name, names);
    caller.diagnostics.push_back(invalid_configuration(
        input.name_span, fmt::format("the module `{}` has no variable `{}`", call.source.text, input.name),
        near ? fmt::format("did you mean `{}`?", *near) : ""));
  }
}

}  // namespace halint
