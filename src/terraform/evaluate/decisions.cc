// Which inputs decided how many instances there are and which branch was taken: variables, inputs of modules, locals.
//
// Asked after evaluation, so that everything is known already: an expression is followed through locals, inputs and
// outputs of modules to what somebody wrote down; of a conditional only the condition and the branch that was taken.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "terraform/evaluate/evaluator.h"
#include "terraform/modules/stubs.h"
#include "terraform/values/convert.h"

namespace halint {
namespace {

constexpr int kDeepest = 24;
constexpr int kMostSteps = 200;
constexpr std::size_t kMostInputs = 4;
constexpr std::size_t kLongestText = 60;

bool is_literal(const Expression& expression) {
  switch (expression.kind) {
    case ExpressionKind::kBool:
    case ExpressionKind::kNumber:
    case ExpressionKind::kString:
    case ExpressionKind::kTuple:
    case ExpressionKind::kObject:
      return true;
    default:
      return false;
  }
}

std::string describe(std::string_view name, const Value& value) {
  if (value.is_sensitive()) return fmt::format("`{}` is (sensitive)", name);
  if (value.is(ValueKind::kList) || value.is(ValueKind::kSet)) {
    if (value.rest() != nullptr) return fmt::format("`{}` is set", name);
    return fmt::format("`{}` has {} {}", name, value.items().size(),
                       value.items().size() == 1 ? "element" : "elements");
  }
  if (value.is(ValueKind::kMap)) {
    return fmt::format("`{}` has {} {}", name, value.members().size(),
                       value.members().size() == 1 ? "element" : "elements");
  }
  std::string text = to_text(value);
  return text.size() > kLongestText ? fmt::format("`{}` is set", name) : fmt::format("`{}` is {}", name, text);
}

}  // namespace

// What is found while one expression is followed.
struct Evaluator::Inquiry {
  std::string_view address;
  Span where;
  int depth = 0;
  int steps = 0;
  std::size_t found = 0;
};

void Evaluator::note_decisions(ModuleInstance& module, std::uint32_t resource) {
  const Expansion& expansion = module.resources[resource];
  const ResourceDeclaration& declaration = module.module->resources[resource];
  if (declaration.is_data) return;
  const Body& body = declaration.block->body;
  std::string_view address;
  auto own_address = [&] {
    if (address.empty()) {
      address = keep(fmt::format("{}{}{}.{}", module.address, module.address.empty() ? "" : ".", declaration.type,
                                 declaration.name));
    }
    return address;
  };
  Frame frame;
  frame.module = &module;
  for (std::string_view name : {"count", "for_each"}) {
    if (const Attribute* attribute = body.attribute(name)) note(own_address(), {}, *attribute->value, frame);
  }
  if (expansion.instances.empty()) return;
  frame.repetition = &expansion.instances[0]->repetition;
  for (const Attribute& attribute : body.attributes) {
    const Expression& value = *attribute.value;
    bool is_choice = value.kind == ExpressionKind::kConditional ||
                     (value.kind == ExpressionKind::kTraversal && (value.text == "local" || value.text == "var"));
    bool is_counted = attribute.name == "count" || attribute.name == "for_each";
    if (is_choice && !is_counted) note(own_address(), attribute.span, value, frame);
  }
  for (const Block& block : body.blocks) {
    const Attribute* for_each = block.type == "dynamic" ? block.body.attribute("for_each") : nullptr;
    if (for_each != nullptr) note(own_address(), block.header, *for_each->value, frame);
  }
}

void Evaluator::note_call_decisions(ModuleInstance& module, std::uint32_t call) {
  const ModuleCall& declaration = module.module->calls[call];
  Frame frame;
  frame.module = &module;
  for (std::string_view name : {"count", "for_each"}) {
    const Attribute* attribute = declaration.block->body.attribute(name);
    if (attribute == nullptr) continue;
    std::string_view scope = module.address;
    note(keep(fmt::format("{}{}module.{}", scope, scope.empty() ? "" : ".", declaration.name)), {}, *attribute->value,
         frame);
  }
}

void Evaluator::note(std::string_view address, Span where, const Expression& expression, const Frame& frame) {
  Inquiry inquiry;
  inquiry.address = address;
  inquiry.where = where;
  inquire(expression, frame, inquiry);
}

void Evaluator::inquire(const Expression& expression, const Frame& frame, Inquiry& inquiry) {
  bool is_enough = inquiry.depth > kDeepest || ++inquiry.steps > kMostSteps || inquiry.found >= kMostInputs;
  if (is_enough || frame.module == nullptr) return;
  ++inquiry.depth;
  if (expression.kind == ExpressionKind::kConditional) {
    inquire_conditional(expression, frame, inquiry);
  } else {
    if (expression.kind == ExpressionKind::kTraversal) inquire_name(expression, frame, inquiry);
    for (const Expression* part : expression.parts) {
      if (part != nullptr) inquire(*part, frame, inquiry);
    }
  }
  --inquiry.depth;
}

void Evaluator::inquire_conditional(const Expression& expression, const Frame& frame, Inquiry& inquiry) {
  std::string error;
  Value condition = to_bool(arena_, evaluate(*expression.parts[0], frame), error);
  if (!condition.is(ValueKind::kBool)) return;
  inquire(*expression.parts[0], frame, inquiry);
  inquire(*expression.parts[condition.as_bool() ? 1 : 2], frame, inquiry);
}

void Evaluator::inquire_name(const Expression& traversal, const Frame& frame, Inquiry& inquiry) {
  bool has_name =
      traversal.parts.empty() && !traversal.steps.empty() && traversal.steps[0].kind == TraversalStep::Kind::kAttribute;
  if (!has_name) return;
  ModuleInstance& module = *frame.module;
  std::string_view name = traversal.steps[0].name;
  if (traversal.text == "var") return inquire_variable(module, name, inquiry);
  if (traversal.text == "local") return inquire_local(module, name, inquiry);
  if (traversal.text == "module") return inquire_output(module, traversal, inquiry);
  // `for_each = aws_subnet.private`: as many as there are of those.
  auto found = module.module->managed_index.find({traversal.text, name});
  if (found == module.module->managed_index.end()) return;
  const Body& body = module.module->resources[found->second].block->body;
  Frame own;
  own.module = &module;
  for (std::string_view counted : {"count", "for_each"}) {
    if (const Attribute* attribute = body.attribute(counted)) inquire(*attribute->value, own, inquiry);
  }
}

void Evaluator::inquire_variable(ModuleInstance& module, std::string_view name, Inquiry& inquiry) {
  auto found = module.module->variable_index.find(name);
  if (found == module.module->variable_index.end()) return;
  if (module.variables[found->second].state != Slot::State::kDone) return;
  const Value& value = module.variables[found->second].value;
  const Attribute* input = module.parent == nullptr ? nullptr : module.call->block->body.attribute(name);
  if (input == nullptr) return add_input(name, value, value.origin(), inquiry);
  std::size_t before = inquiry.found;
  Frame frame;
  frame.module = module.parent;
  frame.repetition = &module.repetition;
  inquire(*input->value, frame, inquiry);
  if (inquiry.found == before && is_literal(*input->value)) add_input(name, value, input->value->span, inquiry);
}

void Evaluator::inquire_local(ModuleInstance& module, std::string_view name, Inquiry& inquiry) {
  auto found = module.module->local_index.find(name);
  if (found == module.module->local_index.end()) return;
  if (module.locals[found->second].state != Slot::State::kDone) return;
  const Expression& expression = *module.module->locals[found->second]->value;
  std::size_t before = inquiry.found;
  Frame frame;
  frame.module = &module;
  inquire(expression, frame, inquiry);
  if (inquiry.found > before || !is_literal(expression)) return;
  add_input(keep(fmt::format("local.{}", name)), module.locals[found->second].value, expression.span, inquiry);
}

// `module.net.subnet_ids`: what decided on the output, in the first instance of the module.
void Evaluator::inquire_output(ModuleInstance& module, const Expression& traversal, Inquiry& inquiry) {
  auto call = module.module->call_index.find(traversal.steps[0].name);
  if (call == module.module->call_index.end()) return;
  const ModuleExpansion& expansion = module.calls[call->second];
  if (expansion.slot.state != Slot::State::kDone || expansion.instances.empty()) return;
  ModuleInstance& child = *expansion.instances[0];
  // A stub that makes nothing computes names for those that do.
  if (is_stub(child.module->directory) && child.module->resources.empty()) return;
  auto name = std::ranges::find_if(traversal.steps.subspan(1), [](const TraversalStep& step) {
    return step.kind == TraversalStep::Kind::kAttribute;
  });
  if (name == traversal.steps.end()) return;
  auto found = child.module->output_index.find(name->name);
  if (found == child.module->output_index.end()) return;
  if (child.outputs[found->second].state != Slot::State::kDone) return;
  const Attribute* expression = child.module->outputs[found->second].block->body.attribute("value");
  Frame frame;
  frame.module = &child;
  if (expression != nullptr) inquire(*expression->value, frame, inquiry);
}

void Evaluator::add_input(std::string_view name, const Value& value, Span origin, Inquiry& inquiry) {
  bool is_known = !value.is_unknown() && !value.is_unset() && !value.is(ValueKind::kInterval);
  if (!is_known || !origin.is_known() || inquiry.found >= kMostInputs) return;
  if (is_stub(workspace_.sources.path(origin.file))) return;  // A default of the module: nobody wrote it here.
  ++inquiry.found;
  out_.decisions.push_back({inquiry.address, inquiry.where, origin, keep(describe(name, value))});
}

}  // namespace halint
