// Looks up the constants below `Mappings`.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <optional>

#include "base/text.h"
#include "cloudformation/evaluate/evaluator.h"

namespace halint {

Value TemplateEvaluator::find_in_map(Stack& stack, const Node& node, const Loop* loop) {
  const Value arguments = evaluate(stack, node, loop);
  const Node* mappings = stack.file->section("Mappings");
  if (!arguments.is(ValueKind::kList) || arguments.items().size() < 3)
    return unknown_call("Fn::FindInMap", {&arguments, 1}, node.span);
  std::span<const Value> items = arguments.items();
  std::optional<std::string> name = text_of(items[0]), top = text_of(items[1]), second = text_of(items[2]);
  Value fallback;
  if (items.size() > 3 && items[3].is(ValueKind::kMap)) fallback = items[3].member("DefaultValue");
  const Node* map = name && mappings != nullptr ? mappings->find(*name) : nullptr;
  if (map == nullptr || map->find("Fn::Transform") != nullptr)
    return name && fallback.is_absent()
               ? unknown(UnknownReason::kExternal, "the mapping is not in the template", node.span)
           : name ? fallback
                  : unknown_call("Fn::FindInMap", items, node.span);
  if (top && second) {
    const Node* row = map->find(*top);
    const Node* cell = row != nullptr ? row->find(*second) : nullptr;
    if (cell != nullptr) return evaluate(stack, *cell, nullptr);
    if (!fallback.is_absent()) return fallback;
    return invalid(node.span, fmt::format("the mapping `{}` has no `{}.{}`", escape_controls(*name),
                                          escape_controls(*top), escape_controls(*second)));
  }
  // Whatever the keys are, all that may be meant is the same.
  std::optional<Value> only;
  bool is_one = fallback.is_absent();
  for (const TemplateMember& row : map->members) {
    if (top && row.key != *top) continue;
    for (const TemplateMember& cell : row.value.members) {
      if (second && cell.key != *second) continue;
      Value value = evaluate(stack, cell.value, nullptr);
      if (only && equal(*only, value) != Truth::kTrue) is_one = false;
      only = value;
    }
  }
  if (only && is_one) return *only;
  return unknown_call("Fn::FindInMap", items, node.span);
}

}  // namespace halint
