// A plan as a configuration: the same addresses and values as the HCL that it was made from.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/plan/read_plan.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "terraform/plan/plan_references.h"

namespace halint {
namespace {

bool is_true(const JsonNode* node) {
  return node != nullptr && node->kind == JsonNode::Kind::kBool && node->text == "true";
}

// The part of a tree of `true`s that belongs to an item.
const JsonNode* item_of(const JsonNode* tree, std::size_t index) {
  bool has_it = tree != nullptr && tree->kind == JsonNode::Kind::kArray && index < tree->items.size();
  return has_it ? &tree->items[index] : nullptr;
}

bool is_plural(std::string_view attribute) {
  return attribute.ends_with("_ids") || attribute.ends_with("_arns") || attribute.ends_with("groups") ||
         attribute.ends_with("subnets") || attribute.ends_with("_names") || attribute.ends_with("instances") ||
         attribute == "vpc_zone_identifier";
}

class PlanTranslator {
 public:
  PlanTranslator(const PlanFile& plan, Configuration& out)
      : plan_(plan), references_(plan), out_(out), arena_(*out.arena) {}

  void run() {
    for (const PlannedInstance& instance : plan_.instances) add(instance);
    const JsonNode* outputs = find_member(find_member(&plan_.root, "planned_values"), "outputs");
    if (outputs == nullptr) return;
    for (const JsonMember& output : outputs->members) {
      const JsonNode* value = find_member(&output.value, "value");
      Value known = value != nullptr && !is_true(find_member(&output.value, "sensitive")) ? value_of(*value)
                                                                                          : after_apply("output");
      out_.outputs.push_back({keep(output.key), known, output.key.span});
    }
  }

 private:
  // What is being translated: where it is, and what the plan says beside its values.
  struct Place {
    const PlannedInstance* instance = nullptr;
    const JsonNode* unknown = nullptr;     // `after_unknown`
    const JsonNode* sensitive = nullptr;   // `sensitive_values`
    const JsonNode* expression = nullptr;  // Of the configuration.
    std::string_view attribute;            // The innermost name.
  };

  std::string_view keep(const JsonNode& text) { return arena_.copy(text.text); }

  void add(const PlannedInstance& instance) {
    const JsonNode& node = *instance.node;
    const JsonNode* values = find_member(&node, "values");
    Resource resource;
    resource.address = arena_.copy(instance.address);
    resource.type = arena_.copy(text_of_member(&node, "type"));
    resource.name = arena_.copy(text_of_member(&node, "name"));
    resource.scope = arena_.copy(instance.module);
    resource.is_data = instance.is_data;
    resource.header = header_of(node);
    resource.whole = node.span;
    const JsonNode* configuration = configuration_of(instance);
    resource.provider = provider_of(configuration);
    Place place = {&instance,
                   unknown_of(instance),
                   find_member(&node, "sensitive_values"),
                   find_member(configuration, "expressions"),
                   {}};
    resource.body = object(values, place, resource.header);
    out_.resources.push_back(std::move(resource));
  }

  // The member `"address": "..."`.
  Span header_of(const JsonNode& node) const {
    for (const JsonMember& member : node.members) {
      if (member.key.text == "address") return {plan_.file, member.key.span.begin, member.value.span.end};
    }
    return {plan_.file, node.span.begin, node.span.begin + 1};
  }

  const JsonNode* unknown_of(const PlannedInstance& instance) const {
    auto found = plan_.unknown.find(instance.address);
    return found == plan_.unknown.end() ? nullptr : found->second;
  }

  const JsonNode* configuration_of(const PlannedInstance& instance) const {
    const PlannedModule* module = references_.module_of(instance.module);
    if (module == nullptr) return nullptr;
    std::string_view base =
        std::string_view(instance.base).substr(instance.module.empty() ? 0 : instance.module.size() + 1);
    auto found = module->resources.find(base);
    return found == module->resources.end() ? nullptr : found->second;
  }

  // "" for the default configuration of a provider, else its key: "aws.eu".
  std::string_view provider_of(const JsonNode* configuration) {
    std::string_view key = text_of_member(configuration, "provider_config_key");
    std::string_view local = key.substr(key.rfind(':') == key.npos ? 0 : key.rfind(':') + 1);
    return local.find('.') == local.npos ? std::string_view() : arena_.copy(key);
  }

  Value after_apply(std::string_view what) {
    Unknown why = {UnknownReason::kComputed,
                   arena_.copy(std::string_view(fmt::format("`{}` is known after apply", what))),
                   {},
                   nullptr,
                   Shape::kAny};
    return Value::unknown(arena_, why);
  }

  // Known and unknown members together. What nobody configured and AWS fills in is as if it were not written.
  Value object(const JsonNode* values, const Place& place, Span origin) {
    std::vector<Member> members;
    if (values != nullptr) {
      for (const JsonMember& member : values->members) {
        Place inner = inside(place, member.key.text);
        Span span = {plan_.file, member.key.span.begin, member.value.span.end};
        Value value = is_true(inner.unknown) ? Value() : translate(member.value, inner);
        const bool is_empty = member.value.items.empty() && member.value.members.empty();
        const bool is_filler = is_empty && (value.is(ValueKind::kMap) || value.is(ValueKind::kList));
        if (is_filler && inner.expression == nullptr) continue;
        if (!value.is_unset()) members.push_back({keep(member.key), value, span});
      }
    }
    if (place.unknown != nullptr && place.unknown->kind == JsonNode::Kind::kObject) {
      for (const JsonMember& member : place.unknown->members) {
        if (!is_true(&member.value)) continue;
        Value value = unknown_value(inside(place, member.key.text));
        if (!value.is_absent()) members.push_back({keep(member.key), value, origin});
      }
    }
    return Value::map(arena_, std::move(members), origin);
  }

  // A block that is written as an argument has one expression for all that is in it.
  Place inside(const Place& place, std::string_view name) const {
    const bool is_whole = find_member(place.expression, "references") != nullptr;
    return {place.instance, find_member(place.unknown, name), find_member(place.sensitive, name),
            is_whole ? place.expression : find_member(place.expression, name), name};
  }

  // Blocks are described one by one, or all by the same expression; arguments by one expression as a whole.
  Place item(const Place& place, std::size_t index) const {
    Place inner = place;
    inner.unknown = item_of(place.unknown, index);
    inner.sensitive = item_of(place.sensitive, index);
    const JsonNode* expression = item_of(place.expression, index);
    if (place.expression != nullptr && place.expression->kind == JsonNode::Kind::kArray) inner.expression = expression;
    return inner;
  }

  Value translate(const JsonNode& node, const Place& place) {
    if (is_true(place.sensitive)) return value_of(node).with_sensitive();
    if (node.kind == JsonNode::Kind::kObject) return object(&node, place, node.span);
    if (node.kind != JsonNode::Kind::kArray) return value_of(node);
    std::vector<Value> items;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      Place inner = item(place, i);
      items.push_back(is_true(inner.unknown) ? unknown_value(inner) : translate(node.items[i], inner));
    }
    return Value::list(arena_, items, node.span);
  }

  // Absent if nobody wrote it.
  Value unknown_value(const Place& place) {
    if (place.expression == nullptr) return {};
    std::string text = fmt::format("{}.{}", place.instance->address, place.attribute);
    if (place.expression->kind != JsonNode::Kind::kObject) return after_apply(text);
    PlannedTargets targets = references_.resolve(*place.expression, *place.instance, place.attribute);
    if (targets.items.empty() && !targets.is_open) return {};
    // A plan does not say the type of what it does not know: `security_groups` is a list of them.
    bool is_list = (targets.is_list && !place.attribute.ends_with("_id")) || is_plural(place.attribute);
    bool is_plain = targets.items.size() == 1 && !is_list;
    if (is_plain) return reference(targets.items[0]);
    if (!is_list || targets.items.empty()) return after_apply(text);
    std::vector<Value> items;
    for (const PlannedTarget& target : targets.items) items.push_back(reference(target));
    const Unknown* rest = targets.is_open ? &after_apply(text).why() : nullptr;
    return Value::list(arena_, items, {}, rest);
  }

  Value reference(const PlannedTarget& target) {
    const PlannedInstance& instance = plan_.instances[target.instance];
    std::string_view address = arena_.copy(instance.address),
                     attribute = arena_.copy(std::string_view(target.attribute));
    Step step = {Step::Kind::kAttribute, attribute, 0};
    const Symbol* symbol = arena_.make<Symbol>(instance.is_data ? Symbol::Kind::kData : Symbol::Kind::kResource,
                                               address, arena_.copy(std::span<const Step>(&step, 1)));
    Unknown why = {UnknownReason::kComputed,
                   arena_.copy(std::string_view(fmt::format("`{}.{}` is known after apply", address, attribute))),
                   {},
                   symbol,
                   Shape::kAny};
    return Value::unknown(arena_, why);
  }

  Value value_of(const JsonNode& node) {
    switch (node.kind) {
      case JsonNode::Kind::kNull:
        return Value::null(node.span);
      case JsonNode::Kind::kBool:
        return Value::boolean(node.text == "true", node.span);
      case JsonNode::Kind::kNumber:
        return number(node);
      case JsonNode::Kind::kString:
        return Value::string(arena_, node.has_escapes ? keep(node) : node.text, node.span);
      case JsonNode::Kind::kArray: {
        std::vector<Value> items;
        for (const JsonNode& item : node.items) items.push_back(value_of(item));
        return Value::list(arena_, items, node.span);
      }
      case JsonNode::Kind::kObject: {
        std::vector<Member> members;
        for (const JsonMember& member : node.members)
          members.push_back({keep(member.key), value_of(member.value), member.value.span});
        return Value::map(arena_, std::move(members), node.span);
      }
    }
    return {};
  }

  Value number(const JsonNode& node) {
    const char* end = node.text.data() + node.text.size();
    std::int64_t integer = 0;
    if (auto [stop, fault] = std::from_chars(node.text.data(), end, integer); fault == std::errc() && stop == end)
      return Value::integer(integer, node.span);
    double real = 0;
    auto [stop, fault] = std::from_chars(node.text.data(), end, real);
    return fault == std::errc() && stop == end ? Value::real(real, node.span) : after_apply(node.text);
  }

  const PlanFile& plan_;
  PlanReferences references_;
  Configuration& out_;
  Arena& arena_;
};

}  // namespace

Configuration configuration_of_plan(const PlanFile& plan, std::string root) {
  Configuration configuration;
  configuration.root = std::move(root);
  configuration.format = Format::kTerraform;
  configuration.files.push_back(plan.file);
  configuration.diagnostics = plan.diagnostics;
  if (plan.diagnostics.empty()) PlanTranslator(plan, configuration).run();
  return configuration;
}

}  // namespace halint
