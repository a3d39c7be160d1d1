// Evaluates calls: expands the arguments, and does itself what is lazy or needs a scope (`try`, `can`, templates).
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <optional>

#include "terraform/evaluate/evaluator.h"
#include "terraform/syntax/trouble.h"
#include "terraform/values/operators.h"
#include "terraform/values/shapes.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

// The summary of an unknown `for_each`: a map whose keys are not known, but whose elements have an identity.
bool is_map_of_resources(const Value& value) {
  const Symbol* symbol = value.symbol();
  return symbol != nullptr && symbol->kind == Symbol::Kind::kResource && symbol->path.empty() &&
         symbol->address.ends_with("[?]");
}

}  // namespace

// The arguments; `open` is set if their number is not known, because of `...`.
std::vector<Value> Evaluator::arguments_of(const Expression& expression, const Frame& frame, const Unknown*& open) {
  std::vector<Value> arguments;
  for (const Expression* part : expression.parts) arguments.push_back(evaluate(*part, frame));
  if (!expression.expands || arguments.empty()) return arguments;
  Value last = arguments.back();
  arguments.pop_back();
  Items items = items_of(last);
  if (!items.error.empty()) {
    arguments.push_back(
        is_invalid(last) ? last : invalid_at(expression.span, "`...` stands after something that is not a list"));
    return arguments;
  }
  for (const Item& item : items.items) {
    arguments.push_back(item.value);
    if (item.is_maybe) open = first_unknown(last);
  }
  if (items.rest != nullptr) open = items.rest;
  if (open != nullptr) arguments.push_back(last);
  return arguments;
}

Value Evaluator::evaluate_call(const Expression& expression, const Frame& frame) {
  std::string_view name = expression.text;
  if (name.starts_with("core::")) name.remove_prefix(6);
  if (name == "try") return evaluate_try(expression, frame);
  if (name == "can") return evaluate_can(expression, frame);
  bool is_template = name == "templatefile" || name == "templatestring";
  if (is_template && frame.module == nullptr)
    return wrong_at(expression.span, fmt::format("a template cannot call `{}`", name), {});
  if (name == "templatefile") return evaluate_template_file(expression, frame);
  if (name == "templatestring") return evaluate_template_string(expression, frame);
  if (name.starts_with("provider::")) {
    std::string_view detail = keep(fmt::format("`{}` is a function of a provider", name));
    return Value::unknown(arena_, {UnknownReason::kExternal, detail, {}, nullptr, Shape::kAny}, expression.span);
  }
  const Function* function = find_function(name);
  if (function == nullptr) {
    std::string_view near = nearest_function(name);
    report(invalid_configuration(expression.span, fmt::format("there is no function `{}`", name),
                                 near.empty() ? "" : fmt::format("did you mean `{}`?", near)));
    return invalid_at(expression.span, fmt::format("there is no function `{}`", name));
  }
  const Unknown* open = nullptr;
  std::vector<Value> arguments = arguments_of(expression, frame, open);
  for (const Value& argument : arguments) {
    if (is_invalid(argument)) return argument;
  }
  FunctionContext context = function_context();
  if (open != nullptr) return call_unknown(context, name, arguments, expression.span);
  if (name == "values" && arguments.size() == 1 && is_map_of_resources(arguments[0])) {
    Value all = part_of_unknown(arena_, arguments[0], {Step::Kind::kSplat, {}, 0}, {});
    return Value::list(arena_, {}, expression.span, &all.why());
  }
  if (name == "element" && arguments.size() == 2) {
    std::string_view index_text = text_of_index(*expression.parts.back(), arguments[1], frame);
    std::optional<Value> element = element_of_open(arguments[0], arguments[1], index_text);
    if (element) return *element;
  }
  if (name == "length" && arguments.size() == 1) {
    if (std::optional<Value> number = number_of_zones(arguments[0])) return *number;
  }
  std::string error;
  Value result = call_function(context, *function, arguments, expression.span, error);
  if (error.empty()) return result;
  if (is_invalid(result) || !result.is_unknown()) {
    if (context.is_beyond_limit && guards_ == 0)
      report(limit_exceeded(expression.span, fmt::format("`{}` {}", name, error)));
    std::optional<Arity> arity = arity_of_function(name);
    bool has_wrong_number = arguments.size() < arity->least || arguments.size() > arity->most;
    bool is_said = context.is_beyond_limit || (has_wrong_number && !expression.expands);  // By the check of the syntax.
    std::string message = fmt::format("`{}`: {}", name, error);
    return is_said ? invalid_at(expression.span, message) : wrong_at(expression.span, message, arguments);
  }
  if (result.why().reason == UnknownReason::kLimit)
    report(limit_exceeded(expression.span, fmt::format("`{}`: {}", name, error)));
  return result;
}

// `element` of a list of which nothing is known but its identity, or with an index of which only that is known.
std::optional<Value> Evaluator::element_of_open(const Value& list, const Value& index, std::string_view index_text) {
  bool is_open = list.is(ValueKind::kList) && list.items().empty() && list.rest() != nullptr;
  if (!is_open && !list.is_unknown()) {
    // All items known, the index not: the same as `list[index]`, as far as anyone can tell.
    bool is_index_unknown = index.is_unknown() && list.is(ValueKind::kList) && list.rest() == nullptr;
    if (is_index_unknown) return index_list(list, index, index_text, {});
    return std::nullopt;
  }
  Step step;
  if (index.is(ValueKind::kNumber) && index.as_integer() >= 0) {
    step = {Step::Kind::kElement, {}, index.as_integer()};
  } else if (index.is_unknown() && !index_text.empty()) {
    step = {Step::Kind::kSome, index_text, 0};
  } else {
    return std::nullopt;
  }
  if (is_open) return element_of_rest(*list.rest(), step, list.origin());
  return with_shape(arena_, part_of_unknown(arena_, list, step, {}));
}

Value Evaluator::guarded(const Expression& expression, const Frame& frame) {
  ++guards_;
  Value value = evaluate(expression, frame);
  --guards_;
  return value;
}

Value Evaluator::evaluate_in_module(const Expression& expression, const Frame& frame) {
  bool is_doubtful = frame.module != nullptr && !frame.module->multiplicity.is_certain();
  return is_doubtful ? guarded(expression, frame) : evaluate(expression, frame);
}

// The first argument that is not wrong.
Value Evaluator::evaluate_try(const Expression& expression, const Frame& frame) {
  Value last = invalid_at(expression.span, "`try` has no arguments");
  for (const Expression* part : expression.parts) {
    last = guarded(*part, frame);
    if (!is_invalid(last)) return last;
  }
  return last;
}

Value Evaluator::evaluate_can(const Expression& expression, const Frame& frame) {
  if (expression.parts.size() != 1) return invalid_at(expression.span, "`can` takes one argument");
  Value value = guarded(*expression.parts[0], frame);
  if (is_invalid(value)) return Value::boolean(false, expression.span);
  if (value.is_unknown()) return unknown_result(arena_, "can", {&value, 1}, expression.span);
  return Value::boolean(true, expression.span);
}

Value Evaluator::evaluate_template_file(const Expression& expression, const Frame& frame) {
  if (expression.parts.size() != 2) return invalid_at(expression.span, "`templatefile` takes two arguments");
  Value path = as_text(evaluate(*expression.parts[0], frame), expression.span);
  Value variables = evaluate(*expression.parts[1], frame);
  if (is_invalid(path)) return path;
  if (is_invalid(variables)) return variables;
  Value both[] = {path, variables};
  if (!path.is(ValueKind::kString)) return unknown_result(arena_, "templatefile", both, expression.span);
  auto known = template_files_.find(path.as_string());
  if (known == template_files_.end()) {
    Result<std::string> text = read_workspace_file(reader_, path.as_string(), options_.limits.file_bytes);
    if (!text) {
      std::string_view detail = keep(text.error().message);
      return Value::unknown(arena_, {UnknownReason::kExternal, detail, {}, nullptr, Shape::kAny}, expression.span);
    }
    HclFile& file = own_files_.emplace_back();
    file.file = workspace_.sources.add(join_path(root_directory_, path.as_string()), std::move(*text));
    const Expression* syntax =
        parse_hcl_template(file, workspace_.sources.file(file.file).text, options_.limits.nesting);
    known = template_files_.emplace(keep(path.as_string()), syntax).first;
  }
  return render(known->second, variables, expression.span);
}

Value Evaluator::evaluate_template_string(const Expression& expression, const Frame& frame) {
  if (expression.parts.size() != 2) return invalid_at(expression.span, "`templatestring` takes two arguments");
  // Terraform wants a template that comes from elsewhere; one that is written here is a quoted text.
  if (expression.parts[0]->kind != ExpressionKind::kTraversal) {
    return invalid_at(expression.parts[0]->span, "the template of `templatestring` is a reference");
  }
  Value text = as_text(evaluate(*expression.parts[0], frame), expression.span);
  Value variables = evaluate(*expression.parts[1], frame);
  if (is_invalid(text)) return text;
  if (is_invalid(variables)) return variables;
  Value both[] = {text, variables};
  if (!text.is(ValueKind::kString)) return unknown_result(arena_, "templatestring", both, expression.span);
  HclFile& file = own_files_.emplace_back();
  const Expression* syntax = parse_hcl_template(file, text.as_string(), options_.limits.nesting);
  return render(syntax, variables, expression.span);
}

// A template sees the members of `variables` and nothing else.
Value Evaluator::render(const Expression* syntax, const Value& variables, Span span) {
  if (syntax == nullptr) return invalid_at(span, "the template could not be read");
  if (variables.is_unknown()) return unknown_result(arena_, "templatefile", {&variables, 1}, span);
  if (!variables.is(ValueKind::kMap)) return invalid_at(span, "the variables of a template are a map");
  std::deque<Binding> bindings;
  const Binding* last = nullptr;
  for (const Member& member : variables.members()) {
    bindings.push_back({member.key, member.value, last});
    last = &bindings.back();
  }
  Frame frame;
  frame.bindings = last;
  Value result = evaluate(*syntax, frame);
  return holds_secret(variables) ? result.with_sensitive() : result;
}

}  // namespace halint
