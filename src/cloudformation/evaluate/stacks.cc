// Stacks: their entries with loops written out, nested ones, and the resources that all of them make.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cloudformation/evaluate/evaluator.h"

namespace halint {
namespace {

// The AWS CDK counts its use with it, in some regions: it is nothing that anybody runs.
constexpr std::string_view kMetadataType = "AWS::CDK::Metadata";
constexpr int kDeepestLoop = 5;  // CloudFormation's own limit.

std::string_view type_of(const Entry& entry) {
  const TemplateNode* type = entry.body->find("Type");
  return type != nullptr && type->is_text() ? type->text : std::string_view();
}

bool is_stack(std::string_view type) {
  return type == "AWS::CloudFormation::Stack" || type == "AWS::Serverless::Application";
}

bool is_known_transform(std::string_view name) {
  return name.starts_with("AWS::Serverless") || name.starts_with("AWS::LanguageExtensions") ||
         name.starts_with("AWS::SecretsManager") || name.starts_with("AWS::CodeDeployBlueGreen") ||
         name.starts_with("AWS::CodeStar");
}

}  // namespace

TemplateEvaluator::TemplateEvaluator(const CloudFormationWorkspace::State& workspace,
                                     const CloudFormationOptions& options, const GivenParameters& given,
                                     const World& world, Configuration& into, std::uint64_t& steps)
    : workspace_(workspace),
      options_(options),
      given_(given),
      world_(world),
      into_(into),
      arena_(*into.arena),
      steps_(steps) {}

void TemplateEvaluator::expand_entries(Stack& stack, const Node* section, std::vector<Entry>& into, const Loop* loop,
                                       int depth) {
  if (section == nullptr) return;
  for (const TemplateMember& member : section->members) {
    if (member.key.starts_with("Fn::ForEach")) {
      expand_loop(stack, member, into, loop, depth);
    } else {
      into.push_back({keep(filled_in(member.key, loop)), &member.value, loop, member.key_span, member.span()});
    }
  }
}

// `Fn::ForEach::Name: [Variable, [values], {Key${Variable}: ...}]`.
void TemplateEvaluator::expand_loop(Stack& stack, const TemplateMember& member, std::vector<Entry>& into,
                                    const Loop* loop, int depth) {
  const Node& node = member.value;
  bool is_sound = node.is_list() && node.items.size() == 3 && node.items[0].is_text() && node.items[2].is_map();
  if (!is_sound || depth >= kDeepestLoop) return;
  Value values = evaluate(stack, node.items[1], loop);
  if (!values.is(ValueKind::kList) || values.rest() != nullptr) {
    std::string reason = fmt::format("it is not known over what `{}` goes", escape_controls(member.key));
    into_.opaque.push_back({scoped(stack, member.key), stack.scope, "", std::move(reason), member.key_span, {}});
    return;
  }
  for (const Value& value : values.items()) {
    if (into.size() >= options_.limits.resources || !spend()) return;
    loops_.push_back(std::make_unique<LoopVariable>(LoopVariable{node.items[0].text, value, loop}));
    expand_entries(stack, &node.items[2], into, loops_.back().get(), depth + 1);
  }
}

std::unique_ptr<Stack> TemplateEvaluator::make_stack(const TemplateFile& file, std::string_view scope,
                                                     const Stack* parent) {
  auto stack = std::make_unique<Stack>();
  stack->file = &file;
  stack->scope = scope;
  stack->parent = parent;
  stack->depth = parent != nullptr ? parent->depth + 1 : 0;
  return stack;
}

namespace {

void index_entries(Stack& stack) {
  for (std::size_t i = 0; i < stack.resources.size(); ++i) stack.resource_index[stack.resources[i].id] = i;
  for (const Entry& entry : stack.outputs) stack.output_index[entry.id] = &entry;
  for (const Entry& entry : stack.conditions) stack.condition_index[entry.id] = &entry;
}

}  // namespace

// Loops may go over parameters, so those are set first.
void TemplateEvaluator::fill(Stack& stack) {
  expand_entries(stack, stack.file->section("Conditions"), stack.conditions, nullptr, 0);
  expand_entries(stack, stack.file->section("Resources"), stack.resources, nullptr, 0);
  expand_entries(stack, stack.file->section("Outputs"), stack.outputs, nullptr, 0);
  index_entries(stack);
}

Stack* TemplateEvaluator::child_of(Stack& stack, const Entry& entry) {
  if (auto known = stack.children.find(entry.id); known != stack.children.end()) return known->second.get();
  stack.children[entry.id] = nullptr;  // While it is being made, it is not there: guards against circles.
  const Node* properties = entry.body->find("Properties");
  bool is_application = type_of(entry) == "AWS::Serverless::Application";
  const Node* url = properties != nullptr ? properties->find(is_application ? "Location" : "TemplateURL") : nullptr;
  // The AWS CDK names the file beside what it will be called in S3.
  const Node* metadata = entry.body->find("Metadata");
  if (const Node* asset = metadata != nullptr ? metadata->find("aws:asset:path") : nullptr) url = asset;
  FoundTemplate found;
  if (url == nullptr) {
    found.problem = "it names no template";
  } else {
    found = find_template(workspace_, stack.file->path, evaluate(stack, *url, entry.loop));
  }
  int ancestors = 0;
  for (const Stack* outer = &stack; outer != nullptr && found.file != nullptr; outer = outer->parent) {
    if (outer->file == found.file) found = {nullptr, "it nests itself"};
    if (++ancestors > static_cast<int>(options_.limits.stack_depth)) found = {nullptr, "stacks nest too deep"};
  }
  if (found.file == nullptr) {
    stack.problems[entry.id] = found.problem;
    return nullptr;
  }
  std::unique_ptr<Stack> child = make_stack(*found.file, scoped(stack, entry.id), &stack);
  child->via = stack.via;
  child->via.push_back(entry.header);
  set_child_parameters(*child, stack, properties->find("Parameters"), entry.loop);
  fill(*child);
  into_.files.push_back(child->file->file);
  return (stack.children[entry.id] = std::move(child)).get();
}

Value TemplateEvaluator::output_of(Stack& stack, const Entry& entry, std::string_view name, Span span) {
  Stack* child = is_stack(type_of(entry)) ? child_of(stack, entry) : nullptr;
  const Step path[] = {{Step::Kind::kAttribute, "Outputs", 0}, {Step::Kind::kAttribute, keep(name), 0}};
  if (child == nullptr) {
    auto problem = stack.problems.find(entry.id);
    std::string reason = problem == stack.problems.end() ? "is being made" : problem->second;
    Unknown why = {
        .reason = UnknownReason::kExternal,
        .detail = keep(fmt::format("the nested stack `{}` was not read: {}", scoped(stack, entry.id), reason)),
        .decide = {}};
    return unknown_of(Symbol::Kind::kModule, scoped(stack, entry.id), path, why, span);
  }
  if (auto known = child->output_values.find(name); known != child->output_values.end()) return known->second;
  auto output = child->output_index.find(name);
  std::string_view address = scoped(*child, name);
  if (output == child->output_index.end()) {
    into_.diagnostics.push_back(template_invalid(
        span, fmt::format("the nested stack `{}` has no output `{}`", scoped(stack, entry.id), escape_controls(name))));
    return invalid(span, fmt::format("there is no output `{}`", address));
  }
  if (!child->open_outputs.insert(name).second) return invalid(span, fmt::format("`{}` depends on itself", address));
  const Node* value = output->second->body->find("Value");
  Value result = value != nullptr ? evaluate(*child, *value, output->second->loop) : Value::null(span);
  child->open_outputs.erase(name);
  child->output_values[name] = result;
  return result;
}

void TemplateEvaluator::emit_opaque(Stack& stack, const Entry& entry, std::string source, std::string reason,
                                    const Node* inputs) {
  Opaque opaque;
  opaque.address = scoped(stack, entry.id);
  opaque.scope = stack.scope;
  opaque.source = std::move(source);
  opaque.reason = std::move(reason);
  opaque.span = entry.header;
  if (inputs != nullptr) opaque.inputs = evaluate(stack, *inputs, entry.loop);
  if (!opaque.inputs.is(ValueKind::kMap)) opaque.inputs = {};
  into_.opaque.push_back(std::move(opaque));
}

// The properties, and what stands beside them and matters.
Value TemplateEvaluator::body_of(Stack& stack, const Entry& entry) {
  std::vector<Member> members;
  if (const Node* properties = entry.body->find("Properties")) {
    Value value = evaluate(stack, *properties, entry.loop);
    if (value.is(ValueKind::kMap)) members.assign(value.members().begin(), value.members().end());
    if (value.is_unknown() || properties->find("Fn::Transform") != nullptr)
      emit_opaque(stack, entry, "", "its properties come from a macro", nullptr);
  }
  constexpr std::string_view kBeside[] = {"DependsOn", "UpdatePolicy", "CreationPolicy", "DeletionPolicy"};
  for (std::string_view key : kBeside) {
    const Node* node = entry.body->find(key);
    if (node != nullptr) members.push_back({key, evaluate(stack, *node, entry.loop), node->span});
  }
  return Value::map(arena_, std::move(members), entry.whole);
}

// The parameters by whose values the resource is made.
void TemplateEvaluator::add_decisions(Stack& stack, const Entry& entry) {
  const Node* name = entry.body->find("Condition");
  if (name == nullptr || !name->is_text()) return;
  for (const DecidingInput& input : stack.deciding[filled_in(name->text, entry.loop)])
    into_.decisions.push_back({scoped(stack, entry.id), {}, input.origin, input.text});
}

void TemplateEvaluator::emit_resource(Stack& stack, const Entry& entry) {
  if (into_.resources.size() >= options_.limits.resources) return;
  std::string_view type = type_of(entry);
  if (entry.id.starts_with("Fn::Transform") || (type.empty() && entry.body->is_map() && !entry.body->members.empty() &&
                                                entry.body->members[0].key.starts_with('!')))
    return emit_opaque(stack, entry, "", "a macro makes what stands here", nullptr);
  if (type.empty() || type == kMetadataType) return;
  Truth exists = Truth::kTrue;
  if (const Node* condition_name = entry.body->find("Condition");
      condition_name != nullptr && condition_name->is_text())
    exists = condition(stack, filled_in(condition_name->text, entry.loop), condition_name->span);
  if (exists == Truth::kFalse) return;
  add_decisions(stack, entry);
  const Node* properties = entry.body->find("Properties");
  if (is_stack(type)) {
    Stack* child = child_of(stack, entry);
    if (child != nullptr && exists == Truth::kTrue) return emit(*child);
    std::string reason =
        child != nullptr ? fmt::format("it is not known whether `{}` is made", entry.id)
                         : fmt::format("the nested stack `{}` was not read: {}", entry.id, stack.problems[entry.id]);
    return emit_opaque(stack, entry, "", std::move(reason),
                       properties != nullptr ? properties->find("Parameters") : nullptr);
  }
  if (type.ends_with("::MODULE"))
    return emit_opaque(stack, entry, std::string(type), fmt::format("the module `{}` is in a registry", type),
                       properties);
  Resource resource;
  resource.address = scoped(stack, entry.id);
  resource.type = keep(type);
  resource.name = entry.id;
  resource.scope = stack.scope;
  resource.format = Format::kCloudFormation;
  if (exists == Truth::kUnknown) {
    resource.multiplicity.least = 0;
    resource.multiplicity.why = arena_.make<Unknown>(
        Unknown{.reason = UnknownReason::kVariable,
                .detail = keep(fmt::format("it is not known whether the condition of `{}` holds", resource.address)),
                .decide = {}});
  }
  resource.body = body_of(stack, entry);
  resource.header = entry.header;
  resource.whole = entry.whole;
  resource.via = stack.via;
  into_.resources.push_back(std::move(resource));
}

void TemplateEvaluator::emit(Stack& stack) {
  for (std::string_view name : stack.file->transforms) {
    if (is_known_transform(name)) continue;
    std::string reason = fmt::format("the macro `{}` changes the template", escape_controls(name));
    const Node* section = stack.file->root.find("Transform");
    Span place = section != nullptr ? section->span : stack.file->root.members.front().key_span;
    into_.opaque.push_back({scoped(stack, "Transform"), stack.scope, "", std::move(reason), place, {}});
  }
  // What exists first: those conditions matter most.
  for (const Entry& entry : stack.resources) {
    const Node* name = entry.body->find("Condition");
    if (name != nullptr && name->is_text() && type_of(entry) != kMetadataType)
      condition(stack, filled_in(name->text, entry.loop), name->span);
  }
  for (const Entry& entry : stack.resources) emit_resource(stack, entry);
}

void TemplateEvaluator::run(const TemplateFile& root) {
  root_ = make_stack(root, "", nullptr);
  into_.files.push_back(root.file);
  set_root_parameters(*root_);
  fill(*root_);
  emit(*root_);
  for (const Entry& entry : root_->outputs) {
    const Node* value = entry.body->find("Value");
    const Node* name = entry.body->find("Condition");
    bool is_made = name == nullptr || !name->is_text() ||
                   condition(*root_, filled_in(name->text, entry.loop), name->span) != Truth::kFalse;
    if (value != nullptr && is_made)
      into_.outputs.push_back({entry.id, evaluate(*root_, *value, entry.loop), entry.whole});
  }
  std::ranges::stable_sort(into_.decisions, {}, &Decision::address);
  if (into_.resources.size() >= options_.limits.resources) {
    into_.diagnostics.push_back(
        template_limit(root.root.span, fmt::format("more than {} resources", options_.limits.resources)));
  }
}

std::vector<Value> TemplateEvaluator::property_of_all(const TemplateFile& root, std::string_view type,
                                                      std::string_view property) {
  root_ = make_stack(root, "", nullptr);
  set_root_parameters(*root_);
  fill(*root_);
  std::vector<Value> values;
  for (const Entry& entry : root_->resources) {
    if (type_of(entry) != type) continue;
    const Node* metadata = entry.body->find("Metadata");
    const Node* properties = entry.body->find("Properties");
    const Node* node = metadata != nullptr ? metadata->find("aws:asset:path") : nullptr;
    if (node == nullptr && properties != nullptr) node = properties->find(property);
    if (node != nullptr) values.push_back(evaluate(*root_, *node, entry.loop));
  }
  return values;
}

}  // namespace halint
