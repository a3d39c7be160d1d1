// Attributes and nested blocks of resources: what is configured, and what only AWS knows.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "terraform/evaluate/data_sources.h"
#include "terraform/evaluate/evaluator.h"
#include "terraform/evaluate/validation_options.h"
#include "terraform/values/shapes.h"

namespace halint {
namespace {

// Of the outermost level: what speaks to Terraform and not to the provider.
bool is_meta_attribute(std::string_view name) {
  return name == "count" || name == "for_each" || name == "provider" || name == "depends_on";
}

bool is_meta_block(std::string_view type) {
  return type == "provisioner" || type == "connection" || type == "lifecycle";
}

// The name under which a block appears: its type, or for a dynamic block the type of what it makes.
std::string_view name_of_block(const Block& block) {
  return block.type == "dynamic" && !block.labels.empty() ? block.labels[0].text : block.type;
}

const Block* child(const Body& body, std::string_view type) {
  for (const Block& block : body.blocks) {
    if (block.type == type) return &block;
  }
  return nullptr;
}

}  // namespace

// What is written under `name`: the attribute, or the list of the blocks. Absent if nothing is.
Value Evaluator::configured(const Instance& instance, std::string_view name, const Frame& frame) {
  const Body& body = instance.declaration->block->body;
  if (const Attribute* attribute = body.attribute(name); attribute != nullptr && !is_meta_attribute(name)) {
    return instance.multiplicity.is_certain() ? evaluate(*attribute->value, frame) : guarded(*attribute->value, frame);
  }
  if (is_meta_block(name)) return Value::absent();
  bool has_blocks = std::ranges::any_of(body.blocks, [&](const Block& block) { return name_of_block(block) == name; });
  if (!has_blocks) return Value::absent();
  bool is_doubtful = !instance.multiplicity.is_certain();
  guards_ += is_doubtful ? 1 : 0;
  Value blocks = evaluate_blocks(body, name, frame);
  guards_ -= is_doubtful ? 1 : 0;
  return blocks;
}

// The same, remembered.
Value Evaluator::remembered(Instance& instance, std::string_view name, Span span) {
  for (auto& [known, slot] : instance.attributes) {
    if (known != name) continue;
    if (slot.state == Slot::State::kDone) return slot.value;
    return cycle(fmt::format("{}.{}", instance.address, name), span);
  }
  std::size_t place = instance.attributes.size();
  instance.attributes.push_back({name, {Slot::State::kRunning, {}}});
  Frame frame;
  frame.module = instance.module;
  frame.repetition = &instance.repetition;
  frame.self = &instance;
  Value value = configured(instance, name, frame);
  instance.attributes[place].second = {Slot::State::kDone, value};
  return value;
}

Value Evaluator::attribute_of_instance(Instance& instance, std::string_view name, Span span) {
  if (instance.declaration->is_data) {
    Value answer = answer_of(instance, name, span);
    if (!answer.is_absent()) return answer;
  }
  if (name == "domain_validation_options" && instance.declaration->type == "aws_acm_certificate") {
    Value options = validation_options(arena_, instance.address, remembered(instance, "domain_name", span),
                                       remembered(instance, "subject_alternative_names", span),
                                       remembered(instance, "validation_method", span));
    if (!options.is_absent()) return options;
  }
  Value value = remembered(instance, name, span);
  if (value.is_unset()) return computed(instance, name, nullptr);
  if (!value.is_unknown() || value.symbol() != nullptr || is_invalid(value)) return value;
  Unknown named = value.why();
  named.symbol = computed(instance, name, nullptr).symbol();
  return Value::unknown(arena_, named, value.origin()).with_sensitive(value.is_sensitive());
}

// An attribute of one of the instances that a summary stands for: read with that one's index.
Value Evaluator::attribute_of_summary(Instance& instance, const Step& key, std::string_view name) {
  // All of them at once: which is which is found out when one is picked.
  if (key.kind == Step::Kind::kSplat) return computed(instance, name, &key);
  Repetition repetition = instance.repetition;
  Value index;
  if (key.kind == Step::Kind::kIndex) index = Value::integer(key.index);
  if (key.kind == Step::Kind::kAttribute) index = Value::string(arena_, key.name);
  if (key.kind == Step::Kind::kSome || key.kind == Step::Kind::kElement) {
    const Value& own = instance.form == Keys::Form::kCount ? repetition.count_index : repetition.each_key;
    Unknown some = own.why();
    some.symbol = symbol(Symbol::Kind::kVariable, instance.address, {key});
    index = Value::unknown(arena_, some);
  }
  if (!index.is_absent() && instance.form == Keys::Form::kCount) repetition.count_index = index;
  if (!index.is_absent() && instance.form == Keys::Form::kForEach) {
    repetition.each_key = index;
    bool has_identity = instance.collection.is_unknown() && instance.collection.symbol() != nullptr;
    if (has_identity) repetition.each_value = index_of(instance.collection, index, key.name, {});
  }
  Frame frame;
  frame.module = instance.module;
  frame.repetition = &repetition;
  Value value = configured(instance, name, frame);
  return value.is_unset() ? computed(instance, name, &key) : value;
}

// The address under which an instance is known. Two data sources that ask for the zones of the same region in the same
// words get the same list, wherever they stand: the first one lends its name to all.
std::string_view Evaluator::identity_of(Instance& instance) {
  bool is_shared = instance.declaration->is_data && instance.declaration->type == "aws_availability_zones";
  if (!is_shared || instance.is_summary) return instance.address;
  Value question = evaluate_resource(instance);
  if (!question.is_wholly_known()) return instance.address;
  std::string key = fmt::format("{} {}", provider_of(instance), to_text(question));
  return zones_asked_.try_emplace(std::move(key), instance.address).first->second;
}

Value Evaluator::computed(Instance& instance, std::string_view name, const Step* key) {
  bool is_data = instance.declaration->is_data;
  Symbol::Kind kind = is_data ? Symbol::Kind::kData : Symbol::Kind::kResource;
  std::string_view address = identity_of(instance);
  Step step = {Step::Kind::kAttribute, name, 0};
  const Symbol* what = key != nullptr ? symbol(kind, address, {*key, step}) : symbol(kind, address, {step});
  std::string_view state = is_data ? "read from the cloud" : "known after apply";
  Unknown why = {is_data ? UnknownReason::kData : UnknownReason::kComputed,
                 keep(fmt::format("`{}.{}` is {}", instance.address, name, state)),
                 {},
                 what,
                 Shape::kAny};
  return with_shape(arena_, Value::unknown(arena_, why));
}

Value Evaluator::evaluate_resource(Instance& instance) {
  const Block& block = *instance.declaration->block;
  std::vector<Member> members;
  for (const Attribute& attribute : block.body.attributes) {
    if (is_meta_attribute(attribute.name)) continue;
    members.push_back({attribute.name, remembered(instance, attribute.name, attribute.span), attribute.span});
  }
  for (const Block& inner : block.body.blocks) {
    std::string_view name = name_of_block(inner);
    bool is_known = std::ranges::any_of(members, [&](const Member& member) { return member.key == name; });
    if (is_known) continue;
    if (inner.type == "lifecycle") {
      Value lifecycle = evaluate_lifecycle(inner);
      members.push_back({name, Value::list(arena_, {&lifecycle, 1}, inner.header), inner.header});
    } else if (!is_meta_block(inner.type)) {
      members.push_back({name, remembered(instance, name, inner.header), inner.header});
    }
  }
  Value body = Value::map(arena_, std::move(members), block.header);
  bool has_filters = instance.declaration->is_data && is_looked_up_by_filter(instance.declaration->type);
  return has_filters ? with_filters(body) : body;
}

// What a data source is looked up by, it has.
Value Evaluator::with_filters(const Value& body) {
  if (body.member("filter").is_unset()) return body;
  std::vector<Member> members(body.members().begin(), body.members().end());
  for (std::string_view attribute : filtered_attributes()) {
    if (!body.member(attribute).is_unset()) continue;
    Value value = filtered_attribute(arena_, body, attribute);
    if (!value.is_absent()) members.push_back({attribute, value, value.origin()});
  }
  return Value::map(arena_, std::move(members), body.origin());
}

// A nested block as a map.
Value Evaluator::evaluate_body(const Body& body, const Frame& frame, Span header) {
  std::vector<Member> members;
  members.reserve(body.attributes.size() + body.blocks.size());
  for (const Attribute& attribute : body.attributes) {
    members.push_back({attribute.name, evaluate(*attribute.value, frame), attribute.span});
  }
  for (const Block& block : body.blocks) {
    std::string_view name = name_of_block(block);
    bool is_known = std::ranges::any_of(members, [&](const Member& member) { return member.key == name; });
    if (!is_known) members.push_back({name, evaluate_blocks(body, name, frame), block.header});
  }
  return Value::map(arena_, std::move(members), header);
}

// All blocks called `type`, written out or made by dynamic ones, as a list of maps.
Value Evaluator::evaluate_blocks(const Body& body, std::string_view type, const Frame& frame) {
  std::vector<Value> items;
  const Unknown* rest = nullptr;
  Span where;
  for (const Block& block : body.blocks) {
    if (name_of_block(block) != type) continue;
    if (!where.is_known()) where = block.header;
    if (block.type != "dynamic") {
      items.push_back(evaluate_body(block.body, frame, block.header));
    } else if (const Unknown* more = add_dynamic(block, frame, items)) {
      rest = more;
    }
  }
  return Value::list(arena_, items, where, rest);
}

// Adds what a dynamic block makes; returns why there may be more.
const Unknown* Evaluator::add_dynamic(const Block& block, const Frame& frame, std::vector<Value>& items) {
  const Attribute* for_each = block.body.attribute("for_each");
  const Block* content = child(block.body, "content");
  if (for_each == nullptr || content == nullptr) return nullptr;
  const Attribute* iterator = block.body.attribute("iterator");
  bool has_iterator = iterator != nullptr && (iterator->value->kind == ExpressionKind::kTraversal ||
                                              iterator->value->kind == ExpressionKind::kString);
  std::string_view name = has_iterator ? iterator->value->text : name_of_block(block);
  Value collection = for_each_value(*for_each->value, frame);
  if (collection.is_unset()) return nullptr;
  Items made = items_of(collection);
  if (!made.error.empty()) return &invalid_at(for_each->span, std::move(made.error)).why();
  for (const Item& item : made.items) {
    std::vector<Member> members = {{"key", item.key, {}}, {"value", item.value, {}}};
    Binding binding = {name, Value::map(arena_, std::move(members)), frame.bindings};
    Frame inner = frame;
    inner.bindings = &binding;
    items.push_back(evaluate_body(content->body, inner, block.header).with_maybe(item.is_maybe));
  }
  return made.rest;
}

// `ignore_changes` lists names, which are not references.
Value Evaluator::evaluate_lifecycle(const Block& block) {
  std::vector<Member> members;
  for (const Attribute& attribute : block.body.attributes) {
    const Expression& value = *attribute.value;
    if (value.kind == ExpressionKind::kBool) {
      members.push_back({attribute.name, Value::boolean(value.text == "true", value.span), attribute.span});
    } else if (attribute.name == "ignore_changes") {
      std::vector<Value> names;
      std::span<const Expression* const> parts = value.parts;
      const Expression* all = &value;
      if (value.kind == ExpressionKind::kTraversal || value.kind == ExpressionKind::kString) parts = {&all, 1};
      for (const Expression* part : parts) {
        std::string_view name =
            part->kind == ExpressionKind::kString ? part->text : workspace_.sources.text(part->span);
        names.push_back(Value::string(arena_, keep(name), part->span));
      }
      members.push_back({attribute.name, Value::list(arena_, names, value.span), attribute.span});
    }
  }
  return Value::map(arena_, std::move(members), block.header);
}

// The identity of the provider configuration: "" for the default one.
std::string_view Evaluator::provider_of(const Instance& instance) {
  const Attribute* provider = instance.declaration->block->body.attribute("provider");
  std::string_view type = instance.declaration->type;
  std::string name(type.substr(0, type.find('_')));
  if (provider != nullptr) {
    const Expression& value = *provider->value;
    name = value.kind == ExpressionKind::kString ? value.text : workspace_.sources.text(value.span);
  }
  const auto& known = instance.module->providers;
  if (auto found = known.find(name); found != known.end()) return keep(found->second);
  if (name.find('.') == name.npos) return {};
  std::string_view scope = instance.module->address;
  return keep(scope.empty() ? name : fmt::format("{}.{}", scope, name));
}

}  // namespace halint
