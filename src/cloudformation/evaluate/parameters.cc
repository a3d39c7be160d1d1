// Parameters: what the user gave, what the parent stack passes, or the default.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cloudformation/evaluate/evaluator.h"

namespace halint {
namespace {

bool is_list_type(std::string_view type) {
  return type == "CommaDelimitedList" || type.starts_with("List<") ||
         type.find("Value<List<") != std::string_view::npos ||
         type.find("Value<CommaDelimitedList") != std::string_view::npos;
}

bool is_stored_type(std::string_view type) {
  return type.starts_with("AWS::SSM::Parameter::Value");
}

Shape shape_of(std::string_view type) {
  return type.find("AvailabilityZone::Name") != std::string_view::npos ? Shape::kZoneName : Shape::kAny;
}

std::string_view trimmed(std::string_view text) {
  std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

}  // namespace

// A list travels as one text with commas.
Value TemplateEvaluator::typed(std::string_view type, Value value) {
  if (!is_list_type(type) || value.is(ValueKind::kList)) return value;
  if (value.is_unknown()) return value;
  if (value.is(ValueKind::kString) && trimmed(value.as_string()).empty())
    return Value::list(arena_, {}, value.origin());
  Value parts = split(Value::string(arena_, ","), value, value.origin());
  if (!parts.is(ValueKind::kList)) return parts;
  std::vector<Value> items;
  for (const Value& item : parts.items()) {
    items.push_back(item.is(ValueKind::kString) ? Value::string(arena_, trimmed(item.as_string()), value.origin())
                                                : item);
  }
  return Value::list(arena_, items, value.origin());
}

Value TemplateEvaluator::parameter_value(Stack& stack, std::string_view name, const Node& declaration,
                                         const GivenParameter* given) {
  const Node* type_node = declaration.find("Type");
  std::string_view type = type_node != nullptr ? type_node->text : std::string_view("String");
  std::string_view address = scoped(stack, name);
  const Node* fallback = declaration.find("Default");
  bool is_unset = std::ranges::find(options_.unset_parameters, name) != options_.unset_parameters.end();
  if (is_stored_type(type) && !is_unset && (given != nullptr || fallback != nullptr)) {
    Unknown why = {.reason = UnknownReason::kData,
                   .detail = keep(fmt::format("`{}` is read from the parameter store when the stack is made", address)),
                   .decide = {},
                   .shape = shape_of(type)};
    return unknown_of(Symbol::Kind::kVariable, address, {}, why, declaration.span);
  }
  if (given != nullptr && !is_unset) return typed(type, Value::string(arena_, keep(given->value), given->origin));
  if (fallback != nullptr && !is_unset) {
    if (fallback->is_list()) {
      std::vector<Value> items;
      for (const Node& item : fallback->items) items.push_back(evaluate_text(item, nullptr));
      return Value::list(arena_, items, fallback->span);
    }
    if (fallback->is_text()) return typed(type, evaluate_text(*fallback, nullptr));
    return typed(type, Value::string(arena_, {}, fallback->span));
  }
  std::string key(address);
  if (const Node* allowed = declaration.find("AllowedValues"); allowed != nullptr && allowed->is_list()) {
    std::vector<std::string>& values = allowed_[key];
    values.clear();
    for (const Node& item : allowed->items) {
      Value value = evaluate_text(item, nullptr);
      if (std::optional<std::string> text = text_of(value)) values.push_back(*text);
    }
    if (values.empty()) allowed_.erase(key);
  }
  if (const Choice* choice = choice_of(key); choice != nullptr && choice->kind == Choice::Kind::kValue)
    return typed(type, Value::string(arena_, keep(choice->value), declaration.span));
  Unknown why = {.reason = UnknownReason::kVariable,
                 .detail = keep(fmt::format("`{}` has no default and no value", address)),
                 .decide = stack.parent == nullptr ? keep(fmt::format("--param {}", name)) : std::string_view(),
                 .shape = shape_of(type)};
  return unknown_of(Symbol::Kind::kVariable, address, {}, why, declaration.span);
}

void TemplateEvaluator::set_root_parameters(Stack& stack) {
  const Node* parameters = stack.file->section("Parameters");
  if (parameters == nullptr) return;
  for (const TemplateMember& member : parameters->members) {
    auto given = given_.find(member.key);
    stack.parameters[member.key] =
        parameter_value(stack, member.key, member.value, given == given_.end() ? nullptr : &given->second);
  }
}

void TemplateEvaluator::set_child_parameters(Stack& stack, Stack& parent, const Node* given, const Loop* loop) {
  const Node* parameters = stack.file->section("Parameters");
  if (parameters == nullptr) return;
  const Value passed = given != nullptr ? evaluate(parent, *given, loop) : Value();
  for (const TemplateMember& member : parameters->members) {
    const Node* type = member.value.find("Type");
    std::string_view word = type != nullptr ? type->text : std::string_view();
    Value value = passed.is(ValueKind::kMap) ? passed.member(member.key) : Value();
    if (passed.is_unknown()) value = passed;
    if (value.is_unset()) {
      stack.parameters[member.key] = parameter_value(stack, member.key, member.value, nullptr);
    } else if (is_stored_type(word)) {
      GivenParameter name;
      stack.parameters[member.key] = parameter_value(stack, member.key, member.value, &name);
    } else {
      stack.parameters[member.key] = typed(word, value);
    }
  }
}

}  // namespace halint
