// What names mean: `var.x`, `local.x`, `each.key`, `module.x`, `data.x.y`, `aws_x.y`.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "terraform/evaluate/evaluator.h"
#include "terraform/modules/stubs.h"
#include "terraform/syntax/trouble.h"

namespace halint {
namespace {

// `to` as seen from `from`: "a/b" and "a/c" -> "../c".
std::string relative_path(std::string_view from, std::string_view to) {
  std::string base = from == "." ? "" : std::string(from) + "/";
  std::string target = to == "." ? "" : std::string(to) + "/";
  std::size_t common = 0;
  for (std::size_t i = 0; i < std::min(base.size(), target.size()) && base[i] == target[i]; ++i) {
    if (base[i] == '/') common = i + 1;
  }
  std::string path;
  for (char c : base.substr(common)) {
    if (c == '/') path += "../";
  }
  path += target.substr(common);
  if (path.ends_with('/')) path.pop_back();
  return path.empty() ? "." : path;
}

std::string nearest(std::string_view word, const NameIndex& names) {
  std::vector<std::string_view> candidates;
  for (const auto& [name, index] : names) candidates.push_back(name);
  std::ranges::sort(candidates);
  std::optional<std::string_view> found = did_you_mean(word, candidates);
  return found ? std::string(*found) : std::string();
}

}  // namespace

Value Evaluator::root_value(const Expression& traversal, const Frame& frame, std::size_t& used) {
  for (const Binding* binding = frame.bindings; binding != nullptr; binding = binding->next) {
    if (binding->name == traversal.text) return binding->value;
  }
  if (frame.module == nullptr) {
    return invalid_at(traversal.span, fmt::format("the template has no variable `{}`", traversal.text));
  }
  if (traversal.text == "self") {
    if (frame.self != nullptr) return object_value(*frame.self);
    return invalid_at(traversal.span, "`self` means nothing here");
  }
  bool has_name = !traversal.steps.empty() && traversal.steps[0].kind == TraversalStep::Kind::kAttribute;
  if (!has_name)
    return invalid_at(traversal.span, fmt::format("`{}` is not something that can be referred to", traversal.text));
  used = 1;
  if (traversal.text == "data" || traversal.text == "ephemeral") {
    bool has_both = traversal.steps.size() > 1 && traversal.steps[1].kind == TraversalStep::Kind::kAttribute;
    if (!has_both) return invalid_at(traversal.span, "a reference to a data source has a type and a name");
    used = 2;
    if (traversal.text == "ephemeral") {
      return Value::unknown(
          arena_, {UnknownReason::kImpure, "ephemeral values differ from run to run", {}, nullptr, Shape::kAny},
          traversal.span);
    }
    return resource_value(*frame.module, true, traversal.steps[0].name, traversal.steps[1].name, traversal.span);
  }
  return named_value(traversal.text, traversal.steps[0].name, traversal.span, frame, used);
}

// `root.name`.
Value Evaluator::named_value(std::string_view root, std::string_view name, Span span, const Frame& frame,
                             std::size_t& used) {
  ModuleInstance& module = *frame.module;
  if (root == "var") return variable_value(module, name, span);
  if (root == "local") return local_value(module, name, span);
  if (root == "module") return module_value(module, name, span);
  if (root == "count" || root == "each") {
    const Repetition* repetition = frame.repetition;
    Value value;
    if (repetition != nullptr && root == "count" && name == "index") value = repetition->count_index;
    if (repetition != nullptr && root == "each" && name == "key") value = repetition->each_key;
    if (repetition != nullptr && root == "each" && name == "value") value = repetition->each_value;
    if (!value.is_absent()) return value;
    return invalid_at(span, fmt::format("`{}.{}` means nothing here", root, name));
  }
  if (root == "path") {
    if (name == "module")
      return Value::string(arena_, keep(relative_path(root_directory_, module.module->directory)), span);
    if (name == "root") return Value::string(arena_, ".", span);
    // Terraform runs in the directory of the root module, unless told otherwise.
    if (name == "cwd") return Value::string(arena_, keep(workspace_.files.canonical(root_directory_)), span);
    return invalid_at(span, fmt::format("there is no `path.{}`", name));
  }
  if (root == "terraform") {
    if (name == "workspace") return Value::string(arena_, keep(options_.workspace), span);
    return Value::unknown(
        arena_, {UnknownReason::kImpure, "it depends on the program that runs", {}, nullptr, Shape::kAny}, span);
  }
  used = 1;
  return resource_value(module, false, root, name, span);
}

Value Evaluator::variable_value(ModuleInstance& module, std::string_view name, Span span) {
  auto found = module.module->variable_index.find(name);
  if (found == module.module->variable_index.end()) {
    std::string near = nearest(name, module.module->variable_index);
    return undeclared(module, fmt::format("var.{}", name), near.empty() ? "" : "var." + near, span);
  }
  Slot& slot = module.variables[found->second];
  if (slot.state == Slot::State::kDone) return slot.value;
  if (slot.state == Slot::State::kRunning) return cycle(fmt::format("var.{}", name), span);
  slot.state = Slot::State::kRunning;
  Value value = compute_variable(module, found->second);
  Slot& done = module.variables[found->second];
  done = {Slot::State::kDone, value};
  return value;
}

Value Evaluator::local_value(ModuleInstance& module, std::string_view name, Span span) {
  auto found = module.module->local_index.find(name);
  if (found == module.module->local_index.end()) {
    std::string near = nearest(name, module.module->local_index);
    return undeclared(module, fmt::format("local.{}", name), near.empty() ? "" : "local." + near, span);
  }
  Slot& slot = module.locals[found->second];
  if (slot.state == Slot::State::kDone) return slot.value;
  if (slot.state == Slot::State::kRunning) return cycle(fmt::format("local.{}", name), span);
  slot.state = Slot::State::kRunning;
  Frame frame;
  frame.module = &module;
  Value value = evaluate_in_module(*module.module->locals[found->second]->value, frame);
  value = with_identity(value, module.address, fmt::format("local.{}", name));
  slot = {Slot::State::kDone, value};
  return value;
}

// What is unknown and has no identity, but a name: the same name is the same value.
Value Evaluator::with_identity(const Value& value, std::string_view scope, std::string_view name) {
  const Unknown* why = value.is_unknown() ? &value.why() : value.rest();
  if (why == nullptr || why->symbol != nullptr || why->reason == UnknownReason::kInvalid) return value;
  std::string_view address = keep(scope.empty() ? std::string(name) : fmt::format("{}.{}", scope, name));
  Unknown named = *why;
  if (value.is_unknown()) {
    named.symbol = symbol(Symbol::Kind::kCall, address);
    return Value::unknown(arena_, named, value.origin()).with_sensitive(value.is_sensitive());
  }
  if (!value.items().empty()) return value;
  named.symbol = symbol(Symbol::Kind::kCall, address, {{Step::Kind::kSplat, {}, 0}});
  const Unknown* rest = arena_.make<Unknown>(named);
  Value list = value.is(ValueKind::kSet) ? Value::set(arena_, {}, value.origin(), rest)
                                         : Value::list(arena_, {}, value.origin(), rest);
  return list.with_sensitive(value.is_sensitive());
}

// An output of a module of the registry that its stub leaves out: it exists, but leads nowhere that is known.
Value Evaluator::undescribed_output(const ModuleInstance& module, std::string_view name, Span span) {
  Unknown why = {UnknownReason::kExternal,
                 keep(fmt::format("`{}` is not installed", module.address)),
                 {},
                 symbol(Symbol::Kind::kModule, module.address, {{Step::Kind::kAttribute, keep(name), 0}}),
                 Shape::kAny};
  return Value::unknown(arena_, why, span);
}

Value Evaluator::output_value(ModuleInstance& module, std::string_view name, Span span) {
  auto found = module.module->output_index.find(name);
  const bool has_stub = is_stub(module.module->directory);
  if (found == module.module->output_index.end() && has_stub) return undescribed_output(module, name, span);
  if (found == module.module->output_index.end()) {
    std::string near = nearest(name, module.module->output_index);
    std::string what = fmt::format("{}.{}", module.address, name);
    return undeclared(module, what, near.empty() ? "" : fmt::format("{}.{}", module.address, near), span);
  }
  Slot& slot = module.outputs[found->second];
  if (slot.state == Slot::State::kDone) return slot.value;
  if (slot.state == Slot::State::kRunning) return cycle(fmt::format("{}.{}", module.address, name), span);
  slot.state = Slot::State::kRunning;
  const Block& block = *module.module->outputs[found->second].block;
  const Attribute* expression = block.body.attribute("value");
  Frame frame;
  frame.module = &module;
  Value value = expression == nullptr ? Value::null(block.header) : evaluate_in_module(*expression->value, frame);
  const Attribute* sensitive = block.body.attribute("sensitive");
  if (sensitive != nullptr && sensitive->value->kind == ExpressionKind::kBool && sensitive->value->text == "true") {
    value = value.with_sensitive();
  }
  if (has_stub) value = stub_places(module).move(value);
  slot = {Slot::State::kDone, value};
  return value;
}

Value Evaluator::module_value(ModuleInstance& module, std::string_view name, Span span) {
  auto found = module.module->call_index.find(name);
  if (found == module.module->call_index.end()) {
    std::string near = nearest(name, module.module->call_index);
    return undeclared(module, fmt::format("module.{}", name), near.empty() ? "" : "module." + near, span);
  }
  if (module.calls[found->second].slot.state == Slot::State::kRunning)
    return cycle(fmt::format("module.{}", name), span);
  return expansion_of_call(module, found->second).slot.value;
}

Value Evaluator::resource_value(ModuleInstance& module, bool is_data, std::string_view type, std::string_view name,
                                Span span) {
  const auto& index = is_data ? module.module->data_index : module.module->managed_index;
  auto found = index.find({type, name});
  std::string what = fmt::format("{}{}.{}", is_data ? "data." : "", type, name);
  // No diagnostic: people lint parts of modules, and an unknown value does no harm.
  if (found == index.end()) return invalid_at(span, fmt::format("`{}` is not declared", what));
  if (module.resources[found->second].slot.state == Slot::State::kRunning) return cycle(what, span);
  return expansion_of(module, found->second).slot.value;
}

// Certain only if all files of the module were read.
Value Evaluator::undeclared(const ModuleInstance& module, std::string_view what, std::string_view suggestion,
                            Span span) {
  std::string message = fmt::format("`{}` is not declared", what);
  if (module.module->is_complete) {
    report(
        invalid_configuration(span, message, suggestion.empty() ? "" : fmt::format("did you mean `{}`?", suggestion)));
  }
  return invalid_at(span, std::move(message));
}

Value Evaluator::cycle(std::string_view what, Span span) {
  std::string message = fmt::format("`{}` depends on itself", what);
  Diagnostic cycle =
      invalid_configuration(span, message, "break the cycle: something in it must not refer to the others");
  cycle.severity = Severity::kError;  // Terraform plans nothing at all.
  report(std::move(cycle));
  return invalid_at(span, std::move(message));
}

}  // namespace halint
