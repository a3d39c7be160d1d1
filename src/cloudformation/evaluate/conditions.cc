// Conditions: what holds in this world, and which inputs would have to be known to say.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "cloudformation/evaluate/evaluator.h"

namespace halint {
namespace {

constexpr int kDeepest = 100;
constexpr std::size_t kMostValues = 64;

}  // namespace

const Choice* TemplateEvaluator::choice_of(std::string_view key) const {
  auto found = std::ranges::find(world_, key, &Choice::key);
  return found == world_.end() ? nullptr : &*found;
}

void TemplateEvaluator::note_undecided(const std::string& key, const std::string& name, const std::string* value,
                                       bool is_truth) {
  auto found = std::ranges::find(undecided_, key, &Undecided::key);
  if (found == undecided_.end()) {
    Undecided& fresh = undecided_.emplace_back();
    fresh.key = key;
    fresh.name = name;
    fresh.is_truth = is_truth;
    if (auto allowed = allowed_.find(key); allowed != allowed_.end()) fresh.allowed = allowed->second;
    found = undecided_.end() - 1;
  }
  if (value == nullptr || found->values.size() >= kMostValues) return;
  if (std::ranges::find(found->values, *value) == found->values.end()) found->values.push_back(*value);
}

// An input that is not known against a text.
Truth TemplateEvaluator::compare_input(const std::string& key, const std::string& name, const std::string& text) {
  if (auto allowed = allowed_.find(key);
      allowed != allowed_.end() && std::ranges::find(allowed->second, text) == allowed->second.end())
    return Truth::kFalse;
  const Choice* choice = choice_of(key);
  if (choice != nullptr && choice->kind == Choice::Kind::kValue)
    return choice->value == text ? Truth::kTrue : Truth::kFalse;
  if (choice != nullptr && std::ranges::find(choice->excluded, text) != choice->excluded.end()) return Truth::kFalse;
  // A value that was not met when the world was made: it stays open.
  if (choice == nullptr) note_undecided(key, name, &text, false);
  return Truth::kUnknown;
}

Truth TemplateEvaluator::are_equal(Stack&, const Value& a, const Value& b) {
  std::optional<std::string> left = text_of(a), right = text_of(b);
  if (left && right) return *left == *right ? Truth::kTrue : Truth::kFalse;
  std::string first = identity_of(a), second = identity_of(b);
  if (first.empty() || second.empty()) return Truth::kUnknown;
  if (first == second) return Truth::kTrue;
  auto name_of_input = [](const Value& value) {
    return value.symbol() != nullptr ? to_text(*value.symbol()) : std::string("a text");
  };
  // What AWS makes has an id.
  auto is_made = [](const Value& value) {
    return value.symbol() != nullptr && value.symbol()->kind == Symbol::Kind::kResource;
  };
  if ((left && left->empty() && is_made(b)) || (right && right->empty() && is_made(a))) return Truth::kFalse;
  if (left && b.symbol() != nullptr) return compare_input(second, name_of_input(b), *left);
  if (right && a.symbol() != nullptr) return compare_input(first, name_of_input(a), *right);
  // Two things that are not known: they are equal in one world and differ in the other.
  if (first > second) std::swap(first, second);
  std::string key = fmt::format("{} = {}", first, second);
  const Choice* choice = choice_of(key);
  if (choice != nullptr) return choice->kind == Choice::Kind::kTrue ? Truth::kTrue : Truth::kFalse;
  note_undecided(key, key, nullptr, true);
  return Truth::kUnknown;
}

Truth TemplateEvaluator::condition(Stack& stack, std::string_view name, Span span) {
  auto add_inputs = [&] {
    const std::vector<DecidingInput>& own = stack.deciding[name];
    if (is_evaluating_condition_ && inputs_.size() < kMostValues) inputs_.insert(inputs_.end(), own.begin(), own.end());
  };
  if (auto known = stack.decided.find(name); known != stack.decided.end()) {
    add_inputs();
    return known->second;
  }
  auto found = stack.condition_index.find(name);
  if (found == stack.condition_index.end()) {
    if (stack.file->transforms.empty()) {
      into_.diagnostics.push_back(template_invalid(
          span, fmt::format("there is no condition `{}`", escape_controls(name)), "declare it below `Conditions`"));
    }
    return Truth::kUnknown;
  }
  if (!stack.open_conditions.insert(name).second) {
    into_.diagnostics.push_back(
        template_invalid(span, fmt::format("the condition `{}` depends on itself", escape_controls(name))));
    return Truth::kUnknown;
  }
  std::vector<DecidingInput> outer = std::exchange(inputs_, {});
  bool is_inner = std::exchange(is_evaluating_condition_, true);
  Truth result = truth(stack, *found->second->body, found->second->loop, 0);
  stack.deciding[name] = std::exchange(inputs_, std::move(outer));
  is_evaluating_condition_ = is_inner;
  add_inputs();
  stack.open_conditions.erase(name);
  stack.decided[name] = result;
  return result;
}

Truth TemplateEvaluator::truth(Stack& stack, const Node& node, const Loop* loop, int depth) {
  if (depth > kDeepest || !spend()) return Truth::kUnknown;
  if (node.is_text() && stack.condition_index.contains(node.text)) return condition(stack, node.text, node.span);
  if (node.is_text()) {
    if (node.text == "true") return Truth::kTrue;
    return node.text == "false" ? Truth::kFalse : Truth::kUnknown;
  }
  if (!node.is_map() || node.members.size() != 1) return Truth::kUnknown;
  std::string_view function = node.members[0].key;
  const Node& argument = node.members[0].value;
  if (function == "Condition") {
    std::string_view name = argument.is_text() ? filled_in(argument.text, loop) : std::string_view();
    return name.empty() ? Truth::kUnknown : condition(stack, name, argument.span);
  }
  if (function == "Fn::Not") {
    const Node& inner = argument.is_list() && argument.items.size() == 1 ? argument.items[0] : argument;
    return !truth(stack, inner, loop, depth + 1);
  }
  if (function == "Fn::And" || function == "Fn::Or") {
    if (!argument.is_list()) return Truth::kUnknown;
    bool is_and = function == "Fn::And";
    Truth result = is_and ? Truth::kTrue : Truth::kFalse;
    for (const Node& item : argument.items) {
      Truth next = truth(stack, item, loop, depth + 1);
      result = is_and ? both(result, next) : either(result, next);
    }
    return result;
  }
  if (function == "Fn::Equals" && argument.is_list() && argument.items.size() == 2) {
    Value a = evaluate(stack, argument.items[0], loop), b = evaluate(stack, argument.items[1], loop);
    return are_equal(stack, a, b);
  }
  return Truth::kUnknown;
}

}  // namespace halint
