// Module calls: where they lead, and one instance of the module for each `count` and `for_each` key.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "terraform/evaluate/evaluator.h"
#include "terraform/modules/stubs.h"
#include "terraform/syntax/trouble.h"

namespace halint {
namespace {

// Instances of modules of one root: each holds what it declares, so a few files could make millions.
constexpr std::size_t kMostModules = 5000;
constexpr std::string_view kCallsItself = "calls itself";

// What a module call says about itself, as opposed to its inputs.
bool is_meta(std::string_view name) {
  constexpr std::string_view kMeta[] = {"source", "version", "providers", "count", "for_each", "depends_on"};
  return std::ranges::find(kMeta, name) != std::end(kMeta);
}

}  // namespace

ModuleInstance* Evaluator::make_module(const Module& module) {
  ModuleInstance& instance = modules_.emplace_back();
  instance.module = &module;
  instance.variables.resize(module.variables.size());
  instance.locals.resize(module.locals.size());
  instance.outputs.resize(module.outputs.size());
  instance.resources.resize(module.resources.size());
  instance.calls.resize(module.calls.size());
  return &instance;
}

// The module that `call` leads to; null with the reason if there is none. This is the one place that knows where
// modules come from: a directory of the workspace, what `terraform init` installed, else halint's own stub.
const Module* Evaluator::target_of(const ModuleInstance& parent, const ModuleCall& call, std::string& problem,
                                   bool& is_wrong) {
  problem = call.source.problem;
  is_wrong = call.source.is_wrong;
  std::string directory = call.source.directory;
  if (directory.empty() && options_.installed_modules) {
    auto installed = workspace_.installed.find(root_directory_);
    std::string key = parent.key.empty() ? std::string(call.name) : fmt::format("{}.{}", parent.key, call.name);
    if (installed != workspace_.installed.end() && installed->second.contains(key))
      directory = installed->second.at(key);
  }
  if (directory.empty()) directory = call.source.stub;
  if (directory.empty()) return nullptr;
  const Module* target = workspace_.find(directory);
  if (target == nullptr || target->files.empty()) {
    problem = fmt::format("module `{}` has no Terraform files in `{}`", call.source.text, directory);
    is_wrong = target != nullptr && target->is_complete;
    return nullptr;
  }
  for (const ModuleInstance* caller = &parent; caller != nullptr; caller = caller->parent) {
    if (caller->module != target) continue;
    problem = fmt::format("module `{}` {}", call.source.text, kCallsItself);
    is_wrong = true;
    return nullptr;
  }
  if (parent.depth + 1 > options_.limits.module_depth) {
    problem = fmt::format("modules nest deeper than {} levels", options_.limits.module_depth);
    report(limit_exceeded(call.block->header, problem));
    return nullptr;
  }
  return target;
}

void Evaluator::add_opaque(ModuleInstance& parent, const ModuleCall& call, std::string_view address,
                           std::string problem) {
  Opaque opaque;
  opaque.address = address;
  opaque.scope = parent.address;
  opaque.source = call.source.text;
  opaque.reason = std::move(problem);
  opaque.span = call.block->header;
  opaque_calls_.push_back({&parent, &call, out_.opaque.size()});
  out_.opaque.push_back(std::move(opaque));
}

// What is passed to modules that were not read. Last of all: while something is evaluated, an input may ask for it.
void Evaluator::evaluate_opaque_inputs() {
  for (std::size_t i = 0; i < opaque_calls_.size(); ++i) {
    const OpaqueCall opaque = opaque_calls_[i];
    const Body& body = opaque.call->block->body;
    std::vector<Member> inputs;
    Frame frame;
    frame.module = opaque.parent;
    // With `count` or `for_each` the inputs differ from instance to instance; that they are given is what counts.
    bool is_repeated = body.attribute("count") != nullptr || body.attribute("for_each") != nullptr;
    for (const Attribute& input : body.attributes) {
      if (is_meta(input.name)) continue;
      Value value =
          is_repeated
              ? Value::unknown(
                    arena_,
                    {UnknownReason::kMultiplicity, "it differs between the instances", {}, nullptr, Shape::kAny})
              : evaluate(*input.value, frame);
      inputs.push_back({keep(input.name), value, input.span});
    }
    out_.opaque[opaque.index].inputs = Value::map(arena_, std::move(inputs), opaque.call->block->header);
  }
}

void Evaluator::map_providers(ModuleInstance& child) {
  for (const auto& [name, identity] : child.parent->providers) {
    if (name.find('.') == name.npos) child.providers.emplace(name, identity);
  }
  const Attribute* providers = child.call->block->body.attribute("providers");
  if (providers == nullptr || providers->value->kind != ExpressionKind::kObject) return;
  std::span<const Expression* const> parts = providers->value->parts;
  // Names in HCL, texts in JSON.
  auto text_of = [&](const Expression& part) {
    return std::string(part.kind == ExpressionKind::kString ? part.text : workspace_.sources.text(part.span));
  };
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
    const std::string name = text_of(*parts[i]), given = text_of(*parts[i + 1]);
    auto known = child.parent->providers.find(given);
    bool is_default = given.find('.') == given.npos;
    child.providers[name] = known != child.parent->providers.end() ? known->second : is_default ? "" : given;
  }
}

ModuleInstance* Evaluator::enter_module(ModuleInstance& parent, const ModuleCall& call, const Key& key,
                                        const Module& target, std::string_view address) {
  ModuleInstance& child = *make_module(target);
  child.parent = &parent;
  child.call = &call;
  child.address = address;
  child.key = parent.key.empty() ? std::string(call.name) : fmt::format("{}.{}", parent.key, call.name);
  child.depth = parent.depth + 1;
  child.repetition = key.repetition;
  child.multiplicity = key.multiplicity * parent.multiplicity;
  child.is_summary = key.is_summary;
  child.via = parent.via;
  // Nobody can look at a call that a stub makes.
  if (!is_stub(parent.module->directory)) child.via.push_back(call.block->header);
  map_providers(child);
  module_at_.emplace(child.address, &child);
  return &child;
}

ModuleExpansion& Evaluator::expansion_of_call(ModuleInstance& module, std::uint32_t index) {
  ModuleExpansion& expansion = module.calls[index];
  if (expansion.slot.state != Slot::State::kNew) return expansion;
  expansion.slot.state = Slot::State::kRunning;
  const ModuleCall& call = module.module->calls[index];
  std::string base = fmt::format("{}{}module.{}", module.address, module.address.empty() ? "" : ".", call.name);
  Frame frame;
  frame.module = &module;
  Keys keys = expand(call.block->body, base, frame);
  std::string problem;
  bool is_wrong = false;
  const Module* target = keys.keys.empty() ? nullptr : target_of(module, call, problem, is_wrong);
  if (is_wrong) {
    Diagnostic wrong = invalid_configuration(call.block->header, problem, "check the `source` of the module");
    if (problem.ends_with(kCallsItself)) wrong.severity = Severity::kError;  // Terraform plans nothing at all.
    report(std::move(wrong));
  } else if (target == nullptr && !keys.keys.empty()) {
    report(not_analysed(call.block->header, problem, "run `terraform init`, so that it can be read"));
  }
  std::vector<Value> objects;
  for (Key& key : keys.keys) {
    if (modules_.size() >= kMostModules) {
      if (!said_too_many_)
        report(limit_exceeded(call.block->header, fmt::format("more than {} module instances", kMostModules),
                              "what comes after is not checked"));
      said_too_many_ = true;
      target = nullptr;
      problem = "there are too many modules";
    }
    std::string_view address = keep(base + key.suffix);
    Unknown why = {UnknownReason::kExternal, keep(problem), {}, symbol(Symbol::Kind::kModule, address), Shape::kAny};
    if (target != nullptr) {
      expansion.instances.push_back(enter_module(module, call, key, *target, address));
      why.reason = key.is_summary ? UnknownReason::kMultiplicity : UnknownReason::kComputed;
      why.detail = keep(fmt::format("`{}` is an object", address));
    }
    objects.push_back(Value::unknown(arena_, why, call.block->header));
  }
  expansion.slot = {Slot::State::kDone, collect_objects(arena_, keys, objects)};
  if (target == nullptr && !keys.keys.empty()) add_opaque(module, call, keep(base), std::move(problem));
  return expansion;
}

}  // namespace halint
