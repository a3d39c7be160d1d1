// What a value that is "known after apply" stands for, as far as a plan tells.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/plan/plan_references.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace halint {
namespace {

constexpr int kDeepest = 64;  // Of modules that pass a value on.

// The first word of "module.net.subnets[0]" and the rest behind its dot.
std::pair<std::string_view, std::string_view> split(std::string_view name) {
  std::size_t end = name.find_first_of(".[");
  if (end == name.npos) return {name, {}};
  return {name.substr(0, end), name[end] == '.' ? name.substr(end + 1) : name.substr(end)};
}

// Takes `[key]` off the front; the key, or empty.
std::string_view take_key(std::string_view& rest) {
  if (!rest.starts_with('[')) return {};
  std::size_t end = rest.find(']');
  if (end == rest.npos) return {};
  std::string_view key = rest.substr(1, end - 1);
  rest.remove_prefix(end + 1);
  if (rest.starts_with('.')) rest.remove_prefix(1);
  return key;
}

std::optional<std::size_t> number_of(std::string_view text) {
  std::size_t number = 0;
  auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(number)
                                                                                   : std::nullopt;
}

std::vector<std::string_view> references_of(const JsonNode& expression) {
  std::vector<std::string_view> names;
  const JsonNode* references = find_member(&expression, "references");
  if (references == nullptr) return names;
  for (const JsonNode& item : references->items) {
    // Terraform lists `a.b[0].id`, then `a.b[0]`, then `a.b`: the longest says all.
    bool is_prefix = !names.empty() && names.back().starts_with(item.text);
    bool is_known = std::ranges::find(names, item.text) != names.end();
    if (item.kind == JsonNode::Kind::kString && !is_prefix && !is_known) names.push_back(item.text);
  }
  return names;
}

bool is_repetition(std::string_view name) {
  return name == "count.index" || name == "each.key" || name == "each.value";
}

// What the identifier of which type an attribute holds, whatever expression it comes from.
std::string_view type_behind(std::string_view attribute) {
  constexpr std::pair<std::string_view, std::string_view> kTypes[] = {{"vpc_id", "aws_vpc"},
                                                                      {"security_group_id", "aws_security_group"},
                                                                      {"internet_gateway_id", "aws_internet_gateway"}};
  for (const auto& [name, type] : kTypes) {
    if (name == attribute) return type;
  }
  return {};
}

// "module.net[0].module.sub" -> "module.net[0]"
std::string parent_of(std::string_view address) {
  std::size_t dot = address.rfind(".module.");
  return dot == address.npos ? std::string() : std::string(address.substr(0, dot));
}

// The key of the last module of an address: "0" of "module.net[0]".
std::string_view key_of(std::string_view address) {
  if (!address.ends_with(']')) return {};
  std::size_t open = address.rfind('[');
  return address.substr(open + 1, address.size() - open - 2);
}

}  // namespace

const PlannedModule* PlanReferences::module_of(std::string_view address) const {
  const PlannedModule* module = &plan_.configuration;
  while (!address.empty() && module != nullptr) {
    auto [word, rest] = split(address);
    if (word != "module") return nullptr;
    auto [name, behind] = split(rest);
    take_key(behind);
    auto found = module->calls.find(name);
    module = found == module->calls.end() ? nullptr : found->second.get();
    address = behind;
  }
  return module;
}

PlannedTargets PlanReferences::resolve(const JsonNode& expression, const PlannedInstance& user,
                                       std::string_view attribute) const {
  PlannedTargets found;
  Scope scope = {module_of(user.module), std::string(user.module), std::string(user.key)};
  if (scope.module != nullptr) {
    std::string_view base = std::string_view(user.base).substr(user.module.empty() ? 0 : user.module.size() + 1);
    auto declared = scope.module->resources.find(base);
    if (declared != scope.module->resources.end())
      scope.for_each = find_member(declared->second, "for_each_expression");
  }
  bool is_arn = attribute.ends_with("_arn") || attribute.ends_with("_arns");
  follow(expression, scope, is_arn ? "arn" : "id", 0, found);
  if (found.items.empty() && found.is_open) guess(attribute, user, found);
  keep_fitting(attribute, found);
  return found;
}

// Of all that an expression for a whole block names, `nat_gateway_id` is one of type aws_nat_gateway.
void PlanReferences::keep_fitting(std::string_view attribute, PlannedTargets& found) const {
  if (found.items.size() < 2 || !attribute.ends_with("_id")) return;
  const std::string type = "aws_" + std::string(attribute.substr(0, attribute.size() - 3));
  auto fits = [&](const PlannedTarget& target) {
    return text_of_member(plan_.instances[target.instance].node, "type") == type;
  };
  if (std::ranges::any_of(found.items, fits)) std::erase_if(found.items, [&](const auto& item) { return !fits(item); });
}

// The value comes from somewhere that a plan does not name; but what has just one instance is the one that is meant.
void PlanReferences::guess(std::string_view attribute, const PlannedInstance& user, PlannedTargets& found) const {
  std::string_view type = type_behind(attribute);
  if (type.empty()) return;
  for (bool in_module : {true, false}) {
    std::vector<std::size_t> candidates;
    for (std::size_t i = 0; i < plan_.instances.size(); ++i) {
      const PlannedInstance& instance = plan_.instances[i];
      bool is_one = !instance.is_data && text_of_member(instance.node, "type") == type && &instance != &user;
      if (is_one && (!in_module || instance.module == user.module)) candidates.push_back(i);
    }
    if (candidates.size() != 1) continue;
    found = {{{candidates[0], "id"}}, false, false};
    return;
  }
}

void PlanReferences::follow(const JsonNode& expression, const Scope& scope, std::string_view wanted, int depth,
                            PlannedTargets& found) const {
  if (scope.module == nullptr || depth > kDeepest) {
    found.is_open = true;
    return;
  }
  std::vector<std::string_view> names = references_of(expression);
  // `aws_nat_gateway.this[local.nat_of[count.index]]`: a local may lead to another one.
  bool has_local = std::ranges::any_of(names, [](std::string_view name) { return name.starts_with("local."); });
  bool is_repeated = !scope.key.empty() && !has_local && std::ranges::any_of(names, is_repetition);
  for (std::string_view name : names) follow_name(name, scope, is_repeated, wanted, depth, found);
}

void PlanReferences::follow_name(std::string_view name, const Scope& scope, bool is_repeated, std::string_view wanted,
                                 int depth, PlannedTargets& found) const {
  auto [word, rest] = split(name);
  if (word == "var") return follow_input(rest, scope, wanted, depth, found);
  if (word == "module") return follow_module(rest, scope, is_repeated, wanted, depth, found);
  if (word == "each" && rest.starts_with("value")) return follow_each(rest, scope, wanted, found);
  if (word == "local") found.is_open = true;
  constexpr std::string_view kOther[] = {"local", "each", "count", "path", "terraform", "self"};
  if (std::ranges::find(kOther, word) == std::end(kOther)) follow_resource(name, scope, is_repeated, wanted, found);
}

// `each.value.id` where `for_each` is a resource that has an instance of the same key.
void PlanReferences::follow_each(std::string_view rest, const Scope& scope, std::string_view wanted,
                                 PlannedTargets& found) const {
  std::vector<std::string_view> names =
      scope.for_each == nullptr ? std::vector<std::string_view>() : references_of(*scope.for_each);
  PlannedTargets inner;
  if (names.size() == 1 && names[0].find('[') == names[0].npos) {
    auto [word, attribute] = split(rest);
    std::string_view first = split(attribute).first;
    follow_resource(names[0], scope, true, first.empty() ? wanted : first, inner);
  }
  if (inner.items.size() != 1) {
    found.is_open = true;
    return;
  }
  found.items.push_back(inner.items[0]);
}

void PlanReferences::follow_resource(std::string_view name, const Scope& scope, bool is_repeated,
                                     std::string_view wanted, PlannedTargets& found) const {
  auto [type, behind] = split(name);
  bool is_data = type == "data";
  if (is_data) std::tie(type, behind) = split(behind);
  auto [label, rest] = split(behind);
  std::string base =
      fmt::format("{}{}{}{}.{}", scope.address, scope.address.empty() ? "" : ".", is_data ? "data." : "", type, label);
  auto instances = plan_.by_base.find(base);
  if (instances == plan_.by_base.end()) return;  // It has no instance: another branch is the one that counts.
  std::string_view key = take_key(rest);
  std::string attribute(rest.empty() ? wanted : split(rest).first);
  if (key.empty() && instances->second.size() > 1 && is_repeated) key = scope.key;
  bool has_key = !key.empty();
  std::vector<PlannedTarget> items;
  for (std::size_t i : instances->second) {
    if (!has_key || plan_.instances[i].key == key) items.push_back({i, attribute});
  }
  // element() wraps around.
  std::optional<std::size_t> number = number_of(key);
  if (items.empty() && number && is_repeated)
    items.push_back({instances->second[*number % instances->second.size()], attribute});
  bool is_one_of_many = !plan_.instances[instances->second[0]].key.empty() && !has_key && !is_repeated;
  found.is_list = found.is_list || is_one_of_many;
  found.items.insert(found.items.end(), items.begin(), items.end());
}

void PlanReferences::follow_module(std::string_view name, const Scope& scope, bool is_repeated, std::string_view wanted,
                                   int depth, PlannedTargets& found) const {
  auto [call, rest] = split(name);
  std::string_view module_key = take_key(rest);
  auto [output, behind] = split(rest);
  std::string_view item_key = take_key(behind);
  auto child = scope.module->calls.find(call);
  if (output.empty() || child == scope.module->calls.end()) return;
  auto expression = child->second->outputs.find(output);
  const JsonNode* value =
      expression == child->second->outputs.end() ? nullptr : find_member(expression->second, "expression");
  if (value == nullptr) {
    found.is_open = true;
    return;
  }
  std::string address = fmt::format("{}{}module.{}", scope.address, scope.address.empty() ? "" : ".", call);
  if (!module_key.empty()) address += fmt::format("[{}]", module_key);
  PlannedTargets inner;
  follow(*value, {child->second.get(), address, std::string(key_of(address))}, wanted, depth + 1, inner);
  // An index into the output takes one of its items.
  std::string_view index = !item_key.empty() ? item_key
                           : is_repeated     ? std::string_view(scope.key)
                                             : std::string_view();
  std::optional<std::size_t> number = number_of(index);
  if (inner.is_list && number && !inner.items.empty()) {
    inner.items = {inner.items[*number % inner.items.size()]};
    inner.is_list = false;
  }
  found.items.insert(found.items.end(), inner.items.begin(), inner.items.end());
  found.is_list = found.is_list || inner.is_list;
  found.is_open = found.is_open || inner.is_open;
}

void PlanReferences::follow_input(std::string_view name, const Scope& scope, std::string_view wanted, int depth,
                                  PlannedTargets& found) const {
  auto [variable, rest] = split(name);
  const JsonNode* expression = find_member(scope.module->inputs, variable);
  if (expression == nullptr) return;  // Of the root, or the default: it is known, and leads nowhere.
  std::string parent = parent_of(scope.address);
  PlannedTargets inner;
  follow(*expression, {scope.module->parent, parent, std::string(key_of(scope.address))}, wanted, depth + 1, inner);
  if (rest.starts_with('[') && inner.is_list) {
    std::optional<std::size_t> number = number_of(take_key(rest));
    if (number && *number < inner.items.size()) inner = {{inner.items[*number]}, false, inner.is_open};
  }
  found.items.insert(found.items.end(), inner.items.begin(), inner.items.end());
  found.is_list = found.is_list || inner.is_list;
  found.is_open = found.is_open || inner.is_open;
}

}  // namespace halint
