// Evaluates one root module: from syntax to the resources that Terraform would plan.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/evaluate/evaluator.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "terraform/modules/stubs.h"
#include "terraform/syntax/trouble.h"

namespace halint {
namespace {

// What the values of one root may take; a few thousand resources need a few megabytes.
constexpr std::size_t kMostBytes = std::size_t{256} << 20;

}  // namespace

Evaluator::Evaluator(const TerraformWorkspace::State& workspace, const TerraformOptions& options, Configuration& out,
                     RemoteStates* states)
    : workspace_(workspace),
      options_(options),
      out_(out),
      arena_(*out.arena),
      reader_{workspace.files, workspace.workspace, out.root},
      root_directory_(out.root),
      states_(states != nullptr ? states : &own_states_) {}

void Evaluator::run(const Module& root) {
  read_given_variables(root);
  read_given_data();
  ModuleInstance* instance = make_module(root);
  module_at_.emplace(instance->address, instance);
  visit(*instance);
  for (std::uint32_t i = 0; i < root.outputs.size(); ++i) {
    const VariableDeclaration& output = root.outputs[i];
    out_.outputs.push_back(
        {keep(output.name), output_value(*instance, output.name, output.block->header), output.block->header});
  }
  evaluate_opaque_inputs();
  std::ranges::stable_sort(out_.decisions, {}, &Decision::address);
  for (const auto& [address, resource] : own_states_.resources) out_.resources.push_back(resource);
  add_files();
}

void Evaluator::visit(ModuleInstance& module) {
  for (std::uint32_t i = 0; i < module.resources.size(); ++i) {
    for (Instance* instance : expansion_of(module, i).instances) add_resource(*instance);
    note_decisions(module, i);
  }
  for (std::uint32_t i = 0; i < module.calls.size(); ++i) {
    note_call_decisions(module, i);
    for (ModuleInstance* child : expansion_of_call(module, i).instances) visit(*child);
  }
}

void Evaluator::add_resource(Instance& instance) {
  const Block& block = *instance.declaration->block;
  Resource resource;
  resource.address = instance.address;
  resource.type = instance.declaration->type;
  resource.name = instance.declaration->name;
  resource.scope = instance.module->address;
  resource.format = Format::kTerraform;
  resource.is_data = instance.declaration->is_data;
  resource.multiplicity = instance.multiplicity;
  resource.body = evaluate_resource(instance);
  resource.header = block.header;
  resource.whole = block.span;
  resource.provider = provider_of(instance);
  resource.via = instance.module->via;
  if (is_stub(instance.module->module->directory)) stub_places(*instance.module).move(resource, block);
  out_.resources.push_back(std::move(resource));
}

StubPlaces Evaluator::stub_places(const ModuleInstance& module) const {
  std::vector<const Block*> calls;
  for (const ModuleInstance* inner = &module; is_stub(inner->module->directory); inner = inner->parent) {
    calls.push_back(inner->call->block);
  }
  return StubPlaces(workspace_.sources, arena_, std::move(calls));
}

// The files of all modules that were entered, and what was wrong with them, each once.
void Evaluator::add_files() {
  std::set<const Module*> seen;
  for (const ModuleInstance& instance : modules_) {
    const Module& module = *instance.module;
    if (!seen.insert(&module).second || is_stub(module.directory)) continue;
    for (const HclFile* file : module.files) {
      out_.files.push_back(file->file);
      for (const Diagnostic& diagnostic : file->diagnostics) report(diagnostic);
    }
    for (const Diagnostic& diagnostic : module.diagnostics) report(diagnostic);
    check_defaults(module);
  }
}

Value Evaluator::invalid_at(Span span, std::string message) {
  return invalid(arena_, message, span);
}

bool Evaluator::is_default_of_root(const Value& value) const {
  if (!value.origin().is_known() || modules_.empty()) return false;
  return std::ranges::any_of(modules_.front().module->variables, [&](const VariableDeclaration& variable) {
    const Attribute* fallback = variable.block->body.attribute("default");
    if (fallback == nullptr) return false;
    const Span& span = fallback->value->span;
    return span.file == value.origin().file && span.begin <= value.origin().begin && value.origin().end <= span.end;
  });
}

namespace {

bool is_nothing(const Value& value) {
  if (value.is(ValueKind::kString)) return value.as_string().empty();
  if (value.is(ValueKind::kList) || value.is(ValueKind::kSet)) return value.items().empty();
  return value.is_unset() || (value.is(ValueKind::kMap) && value.members().empty());
}

}  // namespace

Value Evaluator::wrong_at(Span span, std::string message, std::span<const Value> causes) {
  bool may_be_given = std::ranges::any_of(
      causes, [this](const Value& value) { return is_nothing(value) || is_default_of_root(value); });
  if (guards_ == 0 && !may_be_given) report(invalid_configuration(span, message));
  return invalid(arena_, message, span);
}

Value Evaluator::limit_value(Span span, std::string_view what) {
  if (!is_exhausted_) report(limit_exceeded(span, std::string(what)));
  return Value::unknown(arena_, {UnknownReason::kLimit, keep(what), {}, nullptr, Shape::kAny}, span);
}

// Counts one step of work; false when there has been too much.
bool Evaluator::spend(Span span) {
  if (is_exhausted_) return false;
  ++steps_;
  if (steps_ <= options_.limits.steps && arena_.allocated() <= kMostBytes) return true;
  report(
      limit_exceeded(span,
                     steps_ > options_.limits.steps
                         ? fmt::format("evaluation of `{}` takes more than {} steps", out_.root, options_.limits.steps)
                         : fmt::format("the values of `{}` take more than {} bytes", out_.root, kMostBytes),
                     "what was not evaluated is treated as unknown"));
  is_exhausted_ = true;
  return false;
}

void Evaluator::report(Diagnostic diagnostic) {
  // What goes wrong inside of a stub is the stub's business, or follows from an input that is wrong already.
  if (diagnostic.span.is_known() && is_stub(workspace_.sources.path(diagnostic.span.file))) return;
  std::string key = fmt::format("{}:{}:{}", diagnostic.span.file.index, diagnostic.span.begin, diagnostic.message);
  if (reported_.insert(std::move(key)).second) out_.diagnostics.push_back(std::move(diagnostic));
}

const Symbol* Evaluator::symbol(Symbol::Kind kind, std::string_view address, std::initializer_list<Step> path) {
  return arena_.make<Symbol>(kind, address, arena_.copy(std::span<const Step>(path.begin(), path.size())));
}

Configuration evaluate_root(const TerraformWorkspace::State& workspace, const std::string& root,
                            const TerraformOptions& options) {
  Configuration configuration;
  configuration.root = root;
  configuration.format = Format::kTerraform;
  if (const Module* module = workspace.find(root)) Evaluator(workspace, options, configuration).run(*module);
  return configuration;
}

}  // namespace halint
