// The JSON of `terraform show -json`: a plan as a tree, and the parts of it that are looked up by name.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/plan/plan_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "terraform/syntax/trouble.h"

namespace halint {
namespace {

class PlanReader {
 public:
  explicit PlanReader(PlanFile& plan) : plan_(plan) {}

  void run() {
    std::string_view version = text_of_member(&plan_.root, "format_version");
    if (!version.starts_with("1.") && !version.starts_with("0."))
      refuse(plan_.root, fmt::format("the plan has format `{}`; halint reads format 1", escape_controls(version)));
    // Data sources that were read already stand in the state, the others in the plan.
    add_module(find_member(find_member(find_member(&plan_.root, "prior_state"), "values"), "root_module"), true);
    const JsonNode* planned = find_member(find_member(&plan_.root, "planned_values"), "root_module");
    if (planned == nullptr) refuse(plan_.root, "the plan has no `planned_values.root_module`");
    add_module(planned, false);
    for (std::size_t i = 0; i < plan_.instances.size(); ++i) plan_.by_base[plan_.instances[i].base].push_back(i);
    if (const JsonNode* changes = find_member(&plan_.root, "resource_changes")) {
      for (const JsonNode& change : changes->items) {
        const JsonNode* unknown = find_member(find_member(&change, "change"), "after_unknown");
        if (unknown != nullptr) plan_.unknown[text_of_member(&change, "address")] = unknown;
      }
    }
    add_configuration(find_member(find_member(&plan_.root, "configuration"), "root_module"), plan_.configuration);
  }

 private:
  void refuse(const JsonNode& node, std::string message) {
    Span start = {plan_.file, node.span.begin, node.span.begin + 1};
    plan_.diagnostics.push_back(
        syntax_error(start, std::move(message), "make it anew: `terraform show -json PLAN > plan.json`"));
  }

  // The parser's limit on nesting bounds the depth of modules.
  void add_module(const JsonNode* module, bool only_data) {
    if (module == nullptr) return;
    std::string_view address = text_of_member(module, "address");
    if (const JsonNode* resources = find_member(module, "resources")) {
      for (const JsonNode& resource : resources->items) add_instance(resource, address, only_data);
    }
    if (const JsonNode* children = find_member(module, "child_modules")) {
      for (const JsonNode& child : children->items) add_module(&child, only_data);
    }
  }

  void add_instance(const JsonNode& node, std::string_view module, bool only_data) {
    PlannedInstance instance;
    instance.node = &node;
    instance.address = text_of_member(&node, "address");
    instance.module = module;
    instance.is_data = text_of_member(&node, "mode") == "data";
    if (instance.address.empty() || (only_data && !instance.is_data)) return;
    std::string_view type = text_of_member(&node, "type"), name = text_of_member(&node, "name");
    instance.base =
        fmt::format("{}{}{}{}.{}", module, module.empty() ? "" : ".", instance.is_data ? "data." : "", type, name);
    if (instance.address.starts_with(instance.base)) {
      std::string_view rest = instance.address.substr(instance.base.size());
      if (rest.starts_with('[') && rest.ends_with(']')) instance.key = rest.substr(1, rest.size() - 2);
    }
    plan_.instances.push_back(std::move(instance));
  }

  void add_configuration(const JsonNode* node, PlannedModule& module) {
    module.node = node;
    if (const JsonNode* resources = find_member(node, "resources")) {
      for (const JsonNode& resource : resources->items) {
        // The address in a configuration is relative to its module, without keys.
        module.resources[text_of_member(&resource, "address")] = &resource;
      }
    }
    if (const JsonNode* outputs = find_member(node, "outputs")) {
      for (const JsonMember& output : outputs->members) module.outputs[output.key.text] = &output.value;
    }
    const JsonNode* calls = find_member(node, "module_calls");
    if (calls == nullptr) return;
    for (const JsonMember& call : calls->members) {
      auto child = std::make_unique<PlannedModule>();
      child->parent = &module;
      child->inputs = find_member(&call.value, "expressions");
      add_configuration(find_member(&call.value, "module"), *child);
      module.calls[call.key.text] = std::move(child);
    }
  }

  PlanFile& plan_;
};

}  // namespace

bool looks_like_plan(std::string_view text) {
  // Terraform writes `{"format_version":"1.2","terraform_version":...`; people reformat it.
  constexpr std::size_t kBeginning = 4096;
  std::string_view start = text.substr(0, kBeginning);
  return start.find("\"format_version\"") != start.npos && start.find("\"terraform_version\"") != start.npos &&
         text.find("\"planned_values\"") != text.npos;
}

std::unique_ptr<PlanFile> read_plan_file(std::string_view text, FileId file, std::uint32_t nesting) {
  auto plan = std::make_unique<PlanFile>();
  plan->file = file;
  Parsed<JsonNode> json = parse_json(text, file, plan->arena, nesting);
  plan->root = std::move(json.value);
  plan->diagnostics = std::move(json.diagnostics);
  if (plan->diagnostics.empty()) PlanReader(*plan).run();
  return plan;
}

const JsonNode* find_member(const JsonNode* object, std::string_view key) {
  if (object == nullptr || object->kind != JsonNode::Kind::kObject) return nullptr;
  for (const JsonMember& member : object->members) {
    if (member.key.text == key) return &member.value;
  }
  return nullptr;
}

std::string_view text_of_member(const JsonNode* object, std::string_view key) {
  const JsonNode* node = find_member(object, key);
  return node != nullptr && node->kind == JsonNode::Kind::kString ? node->text : std::string_view();
}

}  // namespace halint
