// What a node of a template is worth: literals, references and intrinsic functions.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "cloudformation/evaluate/evaluator.h"

namespace halint {
namespace {

constexpr int kDeepest = 300;  // Of expressions, through references.

// Counts how deep the evaluation stands.
class Deeper {
 public:
  explicit Deeper(int& depth) : depth_(++depth) {}
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;
  ~Deeper() { --depth_; }
  bool is_too_deep() const { return depth_ > kDeepest; }

 private:
  int& depth_;
};

bool is_function(std::string_view key) {
  return key == "Ref" || key == "Condition" || (key.starts_with("Fn::") && !key.starts_with("Fn::ForEach")) ||
         key.starts_with('!');
}

// The parts of "a.b.c".
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    std::size_t dot = text.find('.');
    words.push_back(text.substr(0, dot));
    if (dot == text.npos) return words;
    text.remove_prefix(dot + 1);
  }
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
  return text;
}

}  // namespace

bool TemplateEvaluator::spend() {
  if (steps_ < options_.limits.steps && arena_.allocated() < options_.limits.bytes) {
    ++steps_;
    return true;
  }
  if (!is_spent_)
    into_.diagnostics.push_back(
        template_limit(root_->file->root.span, "the template takes too many steps or too much memory"));
  is_spent_ = true;
  return false;
}

std::string_view TemplateEvaluator::scoped(const Stack& stack, std::string_view name) {
  // What has escapes stands in the memory of its file, which goes before the graph does.
  if (stack.scope.empty()) return keep(name);
  return keep(fmt::format("{}{}{}", stack.scope, stack.scope.ends_with('#') ? "" : ".", name));
}

Value TemplateEvaluator::evaluate(Stack& stack, const Node& node, const Loop* loop, bool in_list) {
  Deeper deeper(depth_);
  if (deeper.is_too_deep())
    return unknown(UnknownReason::kLimit, "the value refers to itself, or nests too deep", node.span);
  if (!spend()) return unknown(UnknownReason::kLimit, "the template takes too many steps", node.span);
  switch (node.form) {
    case Node::Form::kNull:
      return Value::null(node.span);
    case Node::Form::kText:
      return evaluate_text(node, loop);
    case Node::Form::kList:
      return evaluate_list(stack, node, loop);
    case Node::Form::kMap:
      if (node.members.size() == 1 && is_function(node.members[0].key))
        return call(stack, node.members[0].key, node.members[0].value, loop, in_list);
      return evaluate_map(stack, node, loop);
  }
  return {};
}

// The variables of loops stand for themselves in any text.
std::string_view TemplateEvaluator::filled_in(std::string_view text, const Loop* loop) {
  if (loop == nullptr || text.find('{') == text.npos) return text;
  std::string out(text);
  for (const Loop* variable = loop; variable != nullptr; variable = variable->outer) {
    std::optional<std::string> value = text_of(variable->value);
    if (!value) continue;
    std::string letters;
    std::ranges::copy_if(*value, std::back_inserter(letters), [](unsigned char c) { return std::isalnum(c) != 0; });
    for (const auto& [sign, by] : {std::pair<char, const std::string&>{'$', *value}, {'&', letters}}) {
      std::string hole = fmt::format("{}{{{}}}", sign, variable->name);
      for (std::size_t at = out.find(hole); at != out.npos; at = out.find(hole, at + by.size()))
        out.replace(at, hole.size(), by);
    }
  }
  return out == text ? text : keep(out);
}

Value TemplateEvaluator::evaluate_text(const Node& node, const Loop* loop) {
  std::string_view text = keep(filled_in(node.text, loop));
  if (node.is_bare && (text == "True" || text == "TRUE")) text = "true";
  if (node.is_bare && (text == "False" || text == "FALSE")) text = "false";
  std::size_t at = text.find("{{resolve:");
  if (at == text.npos) return Value::string(arena_, text, node.span);
  std::vector<Value> parts;
  while (at != text.npos) {
    std::size_t end = text.find("}}", at);
    if (end == text.npos) break;
    if (at > 0) parts.push_back(Value::string(arena_, text.substr(0, at), node.span));
    std::string_view what = text.substr(at, end + 2 - at);
    Unknown why = {.reason = UnknownReason::kData,
                   .detail = keep(fmt::format("`{}` is read when the stack is made", escape_controls(what))),
                   .decide = {}};
    parts.push_back(unknown_of(Symbol::Kind::kCall, what, {}, why, node.span));
    text.remove_prefix(end + 2);
    at = text.find("{{resolve:");
  }
  if (!text.empty()) parts.push_back(Value::string(arena_, text, node.span));
  return parts.size() == 1 ? parts[0] : Value::text_template(arena_, parts, node.span);
}

Value TemplateEvaluator::evaluate_list(Stack& stack, const Node& node, const Loop* loop) {
  std::vector<Value> items;
  items.reserve(node.items.size());
  for (const Node& item : node.items) {
    Value value = evaluate(stack, item, loop, true);
    if (!value.is_absent()) items.push_back(value);
  }
  return Value::list(arena_, items, node.span);
}

Value TemplateEvaluator::evaluate_map(Stack& stack, const Node& node, const Loop* loop) {
  std::vector<Entry> entries;
  for (const TemplateMember& member : node.members) {
    if (member.key.starts_with("Fn::ForEach")) {
      expand_loop(stack, member, entries, loop, 0);
    } else if (!member.key.starts_with("Fn::Transform")) {
      entries.push_back({keep(filled_in(member.key, loop)), &member.value, loop, member.key_span, member.span()});
    }
  }
  std::vector<Member> members;
  for (const Entry& entry : entries) {
    Value value = evaluate(stack, *entry.body, entry.loop);
    if (!value.is_absent()) members.push_back({entry.id, value, entry.whole});
  }
  return Value::map(arena_, std::move(members), node.span);
}

Value TemplateEvaluator::call(Stack& stack, std::string_view function, const Node& node, const Loop* loop,
                              bool in_list) {
  if (function == "Ref") {
    std::optional<std::string> name = text_of(evaluate(stack, node, loop));
    return name ? reference(stack, keep(*name), loop, node.span) : invalid(node.span, "`Ref` takes a name");
  }
  if (function == "Fn::GetAtt") return attribute_call(stack, node, loop);
  if (function == "Fn::Sub") return substitute(stack, node, loop);
  if (function == "Fn::If") return choose(stack, node, loop, in_list);
  if (function == "Fn::FindInMap") return find_in_map(stack, node, loop);
  if (function == "Condition" || function == "Fn::And" || function == "Fn::Or" || function == "Fn::Not" ||
      function == "Fn::Equals") {
    // As a property, `Condition` may be an ordinary map: that of a policy.
    if (function == "Condition" && !(node.is_text() && stack.condition_index.contains(node.text))) {
      Member member = {"Condition", evaluate(stack, node, loop), node.span};
      return Value::map(arena_, {member}, node.span);
    }
    Node whole;
    whole.form = Node::Form::kMap;
    whole.span = node.span;
    whole.members.push_back({function, node.span, node});
    Truth result = truth(stack, whole, loop, 0);
    if (result == Truth::kUnknown) return unknown(UnknownReason::kVariable, "a condition is not known", node.span);
    return Value::string(arena_, result == Truth::kTrue ? "true" : "false", node.span);
  }
  if (function == "Fn::Transform")
    return unknown(UnknownReason::kExternal, "what a macro makes is known to AWS alone", node.span);
  if (function.starts_with('!'))
    return unknown(UnknownReason::kExternal,
                   fmt::format("`{}` is none of CloudFormation's functions", escape_controls(function)), node.span);
  const Value argument = evaluate(stack, node, loop);
  std::span<const Value> arguments = argument.is(ValueKind::kList) ? argument.items() : std::span(&argument, 1);
  bool has_two = argument.is(ValueKind::kList) && arguments.size() == 2;
  if (function == "Fn::Join" && has_two) return join(arguments[0], arguments[1], node.span);
  if (function == "Fn::Split" && has_two) return split(arguments[0], arguments[1], node.span);
  if (function == "Fn::Select" && has_two) return select(arguments[0], arguments[1], node.span);
  if (function == "Fn::GetAZs") return zones(argument, node.span);
  if (function == "Fn::Cidr") return cidr(arguments, node.span);
  if (function == "Fn::Base64") return base64(argument, node.span);
  if (function == "Fn::Length") return length(argument, node.span);
  if (function == "Fn::ToJsonString") return to_json(argument, node.span);
  if (function == "Fn::ImportValue") return import_value(stack, argument, node.span);
  return unknown_call(function, arguments, node.span);
}

Value TemplateEvaluator::pseudo_parameter(Stack& stack, std::string_view name, Span span) {
  if (name == "AWS::NoValue") return Value::absent();
  if (auto given = given_.find(name); given != given_.end())
    return Value::string(arena_, keep(given->second.value), given->second.origin);
  if (const Choice* choice = choice_of(name); choice != nullptr && choice->kind == Choice::Kind::kValue)
    return Value::string(arena_, keep(choice->value), span);
  Unknown why = {.reason = UnknownReason::kVariable,
                 .detail = keep(fmt::format("`{}` is known when the stack is made", name)),
                 .decide = keep(fmt::format("--param {}", name))};
  if (name == "AWS::Region") why.shape = Shape::kRegion;
  if (name == "AWS::AccountId") why.shape = Shape::kAccountId;
  bool is_of_stack = name == "AWS::StackName" || name == "AWS::StackId";
  return unknown_of(Symbol::Kind::kVariable, is_of_stack ? scoped(stack, name) : name, {}, why, span);
}

Value TemplateEvaluator::resource_symbol(Stack& stack, std::string_view id, std::string_view attribute, Span span) {
  std::vector<Step> path;
  for (std::string_view word : words_of(attribute)) path.push_back({Step::Kind::kAttribute, keep(word), 0});
  Unknown why = {.reason = UnknownReason::kComputed,
                 .detail = keep(fmt::format("AWS sets `{}.{}` when it is made", scoped(stack, id), attribute)),
                 .decide = {}};
  if (attribute == "Arn") why.shape = Shape::kArn;
  return unknown_of(Symbol::Kind::kResource, scoped(stack, id), path, why, span);
}

Value TemplateEvaluator::reference(Stack& stack, std::string_view name, const Loop* loop, Span span) {
  for (const Loop* variable = loop; variable != nullptr; variable = variable->outer) {
    if (variable->name == name) return variable->value;
  }
  if (name.starts_with("AWS::")) return pseudo_parameter(stack, name, span);
  if (auto found = stack.parameters.find(name); found != stack.parameters.end()) {
    const std::optional<std::string> text = is_evaluating_condition_ ? text_of(found->second) : std::nullopt;
    if (text && found->second.origin().is_known()) {
      std::string_view value = text->empty() ? std::string_view("empty") : *text;
      inputs_.push_back({found->second.origin(), keep(fmt::format("`{}` is {}", name, escape_controls(value)))});
    }
    return found->second;
  }
  auto resource = stack.resource_index.find(name);
  if (resource == stack.resource_index.end()) {
    // A transform makes resources of its own, such as `ServerlessRestApi`.
    bool is_closed = stack.file->transforms.empty();
    std::string detail =
        fmt::format("`{}` is neither a parameter nor a resource of the template", escape_controls(name));
    if (is_closed) into_.diagnostics.push_back(template_invalid(span, detail, "correct the name, or declare it"));
    return unknown(is_closed ? UnknownReason::kInvalid : UnknownReason::kExternal, detail, span);
  }
  return resource_symbol(stack, stack.resources[resource->second].id, "Ref", span);
}

Value TemplateEvaluator::get_attribute(Stack& stack, std::string_view id, std::string_view attribute, Span span) {
  auto found = stack.resource_index.find(id);
  if (found == stack.resource_index.end()) return reference(stack, id, nullptr, span);
  const Entry& entry = stack.resources[found->second];
  if (attribute.starts_with("Outputs.")) return output_of(stack, entry, attribute.substr(8), span);
  // What the template itself sets: `!GetAtt Vpc.CidrBlock`, `!GetAtt SubnetA.AvailabilityZone`.
  const Node* properties = entry.body->find("Properties");
  const Node* own = properties != nullptr ? properties->find(attribute) : nullptr;
  const Node* type = entry.body->find("Type");
  bool is_custom = type != nullptr &&
                   (type->text.starts_with("Custom::") || type->text.find("CustomResource") != std::string_view::npos);
  if (own != nullptr && !is_custom) {
    std::string key = fmt::format("{}.{}", id, attribute);
    auto [known, is_new] = stack.attributes.try_emplace(key);
    if (is_new) {
      // While it is being evaluated, it is what is wrong with a circle.
      known->second = invalid(span, fmt::format("`{}` depends on itself", key));
      known->second = evaluate(stack, *own, entry.loop);
    }
    if (!known->second.is_unset()) return known->second;
  }
  return resource_symbol(stack, entry.id, attribute, span);
}

Value TemplateEvaluator::attribute_call(Stack& stack, const Node& node, const Loop* loop) {
  const Value value = evaluate(stack, node, loop);
  if (std::optional<std::string> text = text_of(value)) {
    std::size_t dot = text->find('.');
    if (dot == text->npos) return invalid(node.span, "`Fn::GetAtt` takes a resource and an attribute");
    std::string_view whole = keep(*text);
    return get_attribute(stack, whole.substr(0, dot), whole.substr(dot + 1), node.span);
  }
  if (value.is(ValueKind::kList) && value.items().size() >= 2) {
    std::optional<std::string> id = text_of(value.items()[0]);
    std::string attribute;
    for (const Value& item : value.items().subspan(1)) {
      std::optional<std::string> word = text_of(item);
      if (!word) return unknown_call("Fn::GetAtt", value.items(), node.span);
      attribute += (attribute.empty() ? "" : ".") + *word;
    }
    if (id) return get_attribute(stack, keep(*id), keep(attribute), node.span);
  }
  return unknown_call("Fn::GetAtt", {&value, 1}, node.span);
}

Value TemplateEvaluator::substitute(Stack& stack, const Node& node, const Loop* loop) {
  const Node* pattern = &node;
  std::vector<Member> own;
  if (node.is_list() && !node.items.empty()) {
    pattern = &node.items[0];
    if (node.items.size() > 1) {
      Value map = evaluate(stack, node.items[1], loop);
      if (map.is(ValueKind::kMap)) own.assign(map.members().begin(), map.members().end());
    }
  }
  if (!pattern->is_text()) return invalid(node.span, "`Fn::Sub` takes a text");
  std::string_view text = filled_in(pattern->text, loop);
  std::vector<Value> parts;
  std::size_t literal = 0;
  auto add_literal = [&](std::size_t end) {
    if (end > literal) parts.push_back(Value::string(arena_, text.substr(literal, end - literal), pattern->span));
  };
  for (std::size_t at = text.find("${"); at != text.npos; at = text.find("${", at + 2)) {
    std::size_t end = text.find('}', at);
    if (end == text.npos) break;
    add_literal(at);
    literal = end + 1;
    std::string_view name = trimmed(text.substr(at + 2, end - at - 2));
    if (name.starts_with('!')) {
      parts.push_back(Value::string(arena_, keep(fmt::format("${{{}}}", name.substr(1))), pattern->span));
      continue;
    }
    auto found = std::ranges::find(own, name, &Member::key);
    std::size_t dot = name.find('.');
    Value value = found != own.end() ? found->value
                  : dot != name.npos ? get_attribute(stack, name.substr(0, dot), name.substr(dot + 1), pattern->span)
                                     : reference(stack, name, loop, pattern->span);
    if (std::optional<std::string> known = text_of(value)) {
      value = Value::string(arena_, keep(*known), value.origin());
    } else if (!value.is_unknown() && !value.is(ValueKind::kTemplate)) {
      value = unknown_call("Fn::Sub", {&value, 1}, pattern->span);
    }
    parts.push_back(value);
  }
  add_literal(text.size());
  if (parts.size() == 1 && !parts[0].is(ValueKind::kString)) return parts[0];
  Value result = Value::text_template(arena_, parts, pattern->span);
  // `{{resolve:...}}` may stand in what was put together.
  if (result.is(ValueKind::kString) && result.as_string().find("{{resolve:") != std::string_view::npos) {
    Node whole;
    whole.form = Node::Form::kText;
    whole.span = pattern->span;
    whole.text = result.as_string();
    return evaluate_text(whole, nullptr);
  }
  return result;
}

Value TemplateEvaluator::choose(Stack& stack, const Node& node, const Loop* loop, bool in_list) {
  if (!node.is_list() || node.items.size() != 3) return invalid(node.span, "`Fn::If` takes a condition and two values");
  std::optional<std::string> name = text_of(evaluate(stack, node.items[0], loop));
  if (!name) return invalid(node.span, "`Fn::If` takes the name of a condition");
  Truth is_chosen = condition(stack, keep(*name), node.items[0].span);
  if (is_chosen == Truth::kTrue) return evaluate(stack, node.items[1], loop, in_list);
  if (is_chosen == Truth::kFalse) return evaluate(stack, node.items[2], loop, in_list);
  Value first = evaluate(stack, node.items[1], loop, in_list), second = evaluate(stack, node.items[2], loop, in_list);
  if (!first.is_absent() && !second.is_absent() && equal(first, second) == Truth::kTrue) return first;
  if (in_list && (first.is_absent() || second.is_absent()))
    return first.is_absent() ? second.with_maybe() : first.with_maybe();
  return unknown(UnknownReason::kVariable, fmt::format("the condition `{}` is not known", escape_controls(*name)),
                 node.span);
}

}  // namespace halint
