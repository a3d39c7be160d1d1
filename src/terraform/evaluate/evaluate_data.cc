// Data sources: what is given, what follows from their arguments, and what the states of other roots say.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "graph/zone_listing.h"
#include "terraform/evaluate/data_sources.h"
#include "terraform/evaluate/evaluator.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

// Roots that are read for the outputs of others, all of one root together.
constexpr std::size_t kMostStates = 100;
// No region shows an account fewer zones.
constexpr std::int64_t kLeastZones = 2;

}  // namespace

// What a data source says of `name` without asking AWS. Absent if only AWS knows.
Value Evaluator::answer_of(Instance& instance, std::string_view name, Span span) {
  if (Value given = given_answer(instance, name); !given.is_absent()) return given;
  if (instance.is_summary) return Value::absent();
  return compute_answer(instance, name, span);
}

Value Evaluator::given_answer(const Instance& instance, std::string_view name) {
  if (given_data_.empty()) return Value::absent();
  std::string label = fmt::format("data.{}.{}", instance.declaration->type, instance.declaration->name);
  for (std::string_view source :
       {std::string_view(instance.address), std::string_view(label), instance.declaration->type}) {
    auto given = given_data_.find(std::pair(std::string(source), std::string(name)));
    if (given != given_data_.end()) return given->second;
  }
  return Value::absent();
}

Value Evaluator::compute_answer(Instance& instance, std::string_view name, Span span) {
  std::string_view type = instance.declaration->type;
  if (type == "aws_region" || type == "aws_partition")
    return region_attribute(arena_, type, name, region_of(instance, span));
  if (type == "aws_availability_zones" && name == "names") {
    Value question = evaluate_resource(instance);
    return question.is_wholly_known() ? named_zones(arena_, question, instance.declaration->block->header)
                                      : Value::absent();
  }
  if (Value same = read_through(instance, name, span); !same.is_absent()) return same;
  if (is_looked_up_by_filter(type) && instance.declaration->block->body.attribute(name) == nullptr &&
      std::ranges::find(filtered_attributes(), name) != filtered_attributes().end()) {
    return evaluate_resource(instance).member(name);
  }
  bool is_state = type == "terraform_remote_state";
  bool is_text = is_policy_document(type, name) || (type == "template_file" && name == "rendered");
  if (!(is_state && name == "outputs") && !is_text) return Value::absent();
  // Remembered beside the arguments: a policy is written once, however many ask for it.
  for (auto& [known, slot] : instance.attributes) {
    if (known == name) return slot.state == Slot::State::kDone ? slot.value : cycle(instance.address, span);
  }
  std::size_t place = instance.attributes.size();
  instance.attributes.push_back({name, {Slot::State::kRunning, {}}});
  Value answer;
  if (is_state) {
    answer = remote_outputs(instance);
  } else if (type == "template_file") {
    answer = rendered_template(instance, span);
  } else {
    answer = policy_text(instance, name);
  }
  if (answer.is_absent()) answer = computed(instance, name, nullptr);
  instance.attributes[place].second = {Slot::State::kDone, answer};
  return answer;
}

// `data "aws_subnet" "x" { id = aws_subnet.a.id }` looks up what is made here: what is configured there is known.
Value Evaluator::read_through(Instance& instance, std::string_view name, Span span) {
  for (std::string_view key : {"id", "arn"}) {
    if (name == key || instance.declaration->block->body.attribute(key) == nullptr) continue;
    Value identity = remembered(instance, key, span);
    const Symbol* symbol = identity.symbol();
    bool is_identity = symbol != nullptr && symbol->kind == Symbol::Kind::kResource && symbol->path.size() == 1 &&
                       symbol->path[0].kind == Step::Kind::kAttribute && symbol->path[0].name == key;
    auto made = is_identity ? instance_at_.find(symbol->address) : instance_at_.end();
    if (made == instance_at_.end() || made->second->is_summary) continue;
    if (made->second->declaration->type != instance.declaration->type) continue;
    if (made->second->declaration->block->body.attribute(name) == nullptr) continue;
    return attribute_of_instance(*made->second, name, span);
  }
  return Value::absent();
}

// The region that a data source asks for: its own, else that of its provider. Absent if none is given.
Value Evaluator::region_of(Instance& instance, Span span) {
  if (instance.declaration->block->body.attribute("region") != nullptr) return remembered(instance, "region", span);
  std::string_view identity = provider_of(instance);
  ModuleInstance& root = modules_.front();
  for (const Block* provider : root.module->providers) {
    if (provider->labels[0].text != "aws") continue;
    const Attribute* alias = provider->body.attribute("alias");
    std::string name = alias == nullptr ? "" : fmt::format("aws.{}", alias->value->text);
    const Attribute* region = provider->body.attribute("region");
    if (name != identity || region == nullptr) continue;
    Frame frame;
    frame.module = &root;
    return evaluate(*region->value, frame);
  }
  return Value::absent();
}

// `length(data.aws_availability_zones.x.names)`: at least as many as any region has. Unset for any other list.
std::optional<Value> Evaluator::number_of_zones(const Value& list) {
  bool is_open = list.is(ValueKind::kList) && list.items().empty() && list.rest() != nullptr;
  const Unknown* why = list.is_unknown() ? &list.why() : is_open ? list.rest() : nullptr;
  if (why == nullptr || why->symbol == nullptr || why->symbol->kind != Symbol::Kind::kData) return std::nullopt;
  std::span<const Step> path = why->symbol->path;
  bool is_list = !path.empty() && path[0].kind == Step::Kind::kAttribute &&
                 (path[0].name == "names" || path[0].name == "zone_ids") &&
                 (path.size() == 1 || (path.size() == 2 && path[1].kind == Step::Kind::kSplat));
  auto found = is_list ? instance_at_.find(why->symbol->address) : instance_at_.end();
  if (found == instance_at_.end() || found->second->declaration->type != "aws_availability_zones") return std::nullopt;
  std::optional<std::int64_t> left_out = zones_left_out(evaluate_resource(*found->second));
  if (!left_out || *left_out >= kLeastZones) return std::nullopt;
  Interval bounds;
  bounds.lower = static_cast<double>(kLeastZones - *left_out);
  bounds.why = why;
  return Value::interval(arena_, bounds, list.origin());
}

Value Evaluator::rendered_template(Instance& instance, Span span) {
  Value text = remembered(instance, "template", span);
  Value variables = remembered(instance, "vars", span);
  if (variables.is_unset()) variables = Value::map(arena_, {});
  if (!text.is(ValueKind::kString)) return Value::absent();
  HclFile& file = own_files_.emplace_back();
  const Expression* syntax = parse_hcl_template(file, text.as_string(), options_.limits.nesting);
  return render(syntax, variables, text.origin());
}

// The text of a policy, or why it is not known.
Value Evaluator::policy_text(Instance& instance, std::string_view name) {
  Value body = evaluate_resource(instance);
  if (body.is_wholly_known()) return policy_document(arena_, body, name, instance.declaration->block->header);
  Value unknown = computed(instance, name, nullptr);
  const Unknown* gap = first_unknown(body);
  if (gap == nullptr || !unknown.is_unknown()) return unknown;
  Unknown why = unknown.why();
  why.reason = gap->reason == UnknownReason::kInvalid ? why.reason : gap->reason;
  why.detail = gap->detail;
  why.decide = gap->decide;
  return Value::unknown(arena_, why);
}

Value Evaluator::remote_outputs(Instance& instance) {
  Value body = evaluate_resource(instance);
  std::optional<RemoteRoot> root = find_remote_root(workspace_, root_directory_, body);
  Value outputs = root ? outputs_of_root(*root) : Value::absent();
  if (!outputs.is_absent()) {
    const Value& defaults = body.member("defaults");
    if (!defaults.is(ValueKind::kMap)) return outputs;
    std::vector<Member> members(defaults.members().begin(), defaults.members().end());
    members.insert(members.end(), outputs.members().begin(), outputs.members().end());
    return Value::map(arena_, std::move(members), outputs.origin());
  }
  Unknown why = computed(instance, "outputs", nullptr).why();
  why.reason = UnknownReason::kExternal;
  why.detail = keep(fmt::format("`{}` reads the state of a root that is not in these files", instance.address));
  return Value::unknown(arena_, why);
}

// The outputs of another root as this one sees them. Absent where roots read each other in a circle.
Value Evaluator::outputs_of_root(const RemoteRoot& root) {
  std::string key = fmt::format("{} {}", root.directory, root.workspace);
  const Module* module = workspace_.find(root.directory);
  if (module == nullptr || root.directory == root_directory_) return Value::absent();
  if (auto known = states_->outputs.find(key); known != states_->outputs.end()) return known->second;
  if (states_->outputs.size() >= kMostStates) return Value::absent();
  states_->outputs.emplace(key, Value::absent());
  TerraformOptions options = options_;
  options.workspace = root.workspace;
  // Its values live in our arena, so that they last as long as ours.
  Configuration other;
  other.root = root.directory;
  std::swap(other.arena, out_.arena);
  Evaluator(workspace_, options, other, states_).run(*module);
  std::swap(other.arena, out_.arena);
  ForeignValues foreign(arena_, root.directory);
  std::vector<Member> outputs = std::move(other.outputs);
  for (Member& output : outputs) output.value = foreign.move(output.value);
  adopt_foreign(other, foreign);
  Value value = Value::map(arena_, std::move(outputs));
  states_->outputs[key] = value;
  return value;
}

// Resources that the outputs of another root lead to stand here as if a data source had looked them up.
void Evaluator::adopt_foreign(const Configuration& other, ForeignValues& foreign) {
  std::unordered_map<std::string_view, const Resource*> resources;
  for (const Resource& resource : other.resources) resources.emplace(resource.address, &resource);
  std::vector<std::string_view> open = foreign.take_mentioned();
  while (!open.empty()) {
    std::string_view address = open.back();
    open.pop_back();
    auto found = resources.find(address);
    if (found == resources.end()) continue;
    Resource resource = *found->second;
    resource.address = foreign.move(resource.address);
    if (states_->resources.contains(resource.address)) continue;
    resource.body = foreign.move(resource.body);
    resource.is_data = true;
    states_->resources.emplace(resource.address, std::move(resource));
    std::vector<std::string_view> more = foreign.take_mentioned();
    open.insert(open.end(), more.begin(), more.end());
  }
  out_.files.insert(out_.files.end(), other.files.begin(), other.files.end());
}

}  // namespace halint
