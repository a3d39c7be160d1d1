// Values of variables: given on the command line, in files, by the caller of a module, or by default.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "terraform/evaluate/evaluator.h"
#include "terraform/syntax/json_syntax.h"
#include "terraform/syntax/trouble.h"

namespace halint {
namespace {

bool is_literal(const Block& block, std::string_view name, std::string_view value) {
  const Attribute* attribute = block.body.attribute(name);
  return attribute != nullptr && attribute->value->kind == ExpressionKind::kBool && attribute->value->text == value;
}

// Whether a value on the command line is an expression (`["a"]`) or plain text (`a`), which depends on the type.
bool takes_expression(const Block* variable) {
  const Attribute* type = variable == nullptr ? nullptr : variable->body.attribute("type");
  if (type == nullptr) return false;
  bool is_primitive = type->value->kind == ExpressionKind::kString ||
                      (type->value->kind == ExpressionKind::kTraversal && type->value->steps.empty());
  return !is_primitive || type->value->text == "any";
}

}  // namespace

// Weakest first: each one replaces what came before.
void Evaluator::read_given_variables(const Module& root) {
  auto give_text = [&](const std::pair<std::string, std::string>& pair, std::string_view how) {
    auto found = root.variable_index.find(pair.first);
    if (found == root.variable_index.end()) return;
    const VariableDeclaration& variable = root.variables[found->second];
    std::string name = fmt::format("{}{}", how, pair.first);
    given_[variable.name] = parse_value(name, pair.second, takes_expression(variable.block),
                                        is_literal(*variable.block, "sensitive", "true"));
  };
  auto give_file = [&](const Body& body) {
    for (const Attribute& attribute : body.attributes) {
      given_[keep(attribute.name)] = evaluate(*attribute.value, Frame{});
    }
  };
  for (const auto& pair : options_.environment) give_text(pair, "TF_VAR_");
  for (const HclFile* file : root.value_files) {
    out_.files.push_back(file->file);
    out_.diagnostics.insert(out_.diagnostics.end(), file->diagnostics.begin(), file->diagnostics.end());
    give_file(file->body);
  }
  for (const std::string& path : options_.variable_files) {
    Result<std::string> text = workspace_.files.read(path, options_.limits.file_bytes);
    if (!text) {
      report(not_analysed({}, text.error().message, "check the path given to --var-file"));
      continue;
    }
    FileId id = workspace_.sources.add(path, std::move(*text));
    const std::string& kept = workspace_.sources.file(id).text;
    HclFile& file =
        own_files_.emplace_back(path.ends_with(".json") ? parse_json_values(kept, id, options_.limits.nesting)
                                                        : parse_hcl(kept, id, options_.limits.nesting));
    out_.files.push_back(id);
    for (const Diagnostic& diagnostic : file.diagnostics) report(diagnostic);
    give_file(file.body);
  }
  for (const auto& pair : options_.variables) give_text(pair, "--var ");
}

// `text` as a value; `name` stands for it where a file would be named.
Value Evaluator::parse_value(const std::string& name, const std::string& text, bool is_expression, bool is_secret) {
  std::string_view kept = keep(is_expression ? "value = " + text + "\n" : text);
  // Code frames show the text of this file: of a secret, only how long it is.
  FileId id = workspace_.sources.add(name, is_secret ? std::string(kept.size(), '*') : std::string(kept));
  Span whole = {id, 0, static_cast<std::uint32_t>(kept.size())};
  if (!is_expression) return Value::string(arena_, kept, whole);
  HclFile& file = own_files_.emplace_back(parse_hcl(kept, id, options_.limits.nesting));
  const Attribute* attribute = file.body.attribute("value");
  if (attribute != nullptr && file.diagnostics.empty()) return evaluate(*attribute->value, Frame{});
  // `--var 'azs=a,b'`: text where an expression was expected.
  return Value::string(arena_, keep(text), whole);
}

void Evaluator::read_given_data() {
  for (const GivenData& data : options_.data) {
    std::string name = fmt::format("--data {}.{}", data.source, data.attribute);
    given_data_[{data.source, data.attribute}] = parse_value(name, data.value, true, false);
  }
}

Value Evaluator::unknown_variable(const ModuleInstance& module, std::string_view name, Span span) {
  std::string_view prefix = module.address;
  std::string_view address =
      keep(prefix.empty() ? fmt::format("var.{}", name) : fmt::format("{}.var.{}", prefix, name));
  Unknown why = {UnknownReason::kVariable, keep(fmt::format("`{}` has no default and no value", address)),
                 prefix.empty() ? keep(fmt::format("--var {}", name)) : std::string_view(),
                 symbol(Symbol::Kind::kVariable, address), Shape::kAny};
  return Value::unknown(arena_, why, span);
}

// The value before conversion. Absent if there is none.
Value Evaluator::root_variable(const VariableDeclaration& variable, bool& is_given) {
  auto given = given_.find(variable.name);
  is_given = given != given_.end();
  return is_given ? given->second : Value::absent();
}

Value Evaluator::compute_variable(ModuleInstance& module, std::uint32_t index) {
  const VariableDeclaration& variable = module.module->variables[index];
  const Block& block = *variable.block;
  Value value;
  bool is_given = false;
  if (module.parent == nullptr) {
    bool is_unset = std::ranges::find(options_.unset_variables, variable.name) != options_.unset_variables.end();
    if (is_unset) return unknown_variable(module, variable.name, block.header);
    value = root_variable(variable, is_given);
  } else if (const Attribute* input = module.call->block->body.attribute(variable.name)) {
    Frame frame;
    frame.module = module.parent;
    frame.repetition = &module.repetition;
    value = module.multiplicity.is_certain() ? evaluate(*input->value, frame) : guarded(*input->value, frame);
    is_given = true;
  }
  if (value.is_null() && is_literal(block, "nullable", "false")) value = Value::absent();
  if (value.is_absent()) {
    const Attribute* fallback = block.body.attribute("default");
    if (fallback == nullptr) return unknown_variable(module, variable.name, block.header);
    value = evaluate(*fallback->value, Frame{});
  }
  if (module.parent != nullptr) value = with_identity(value, module.address, fmt::format("var.{}", variable.name));
  bool is_secret = is_literal(block, "sensitive", "true");
  const Attribute* type = block.body.attribute("type");
  if (type != nullptr && !is_invalid(value)) {
    std::string error;
    Value converted = convert(arena_, value, read_type(*type->value, 0), error);
    if (!error.empty() && module.parent == nullptr) {
      Span where = value.origin().is_known() ? value.origin() : block.header;
      report(invalid_configuration(where, fmt::format("`var.{}`: {}", variable.name, error),
                                   "give a value of the declared type"));
    }
    value = error.empty() ? converted : invalid_at(value.origin(), fmt::format("`var.{}`: {}", variable.name, error));
  }
  return is_secret ? value.with_sensitive() : value;
}

// Defaults that Terraform refuses, whether they are needed or not.
void Evaluator::check_defaults(const Module& module) {
  for (const VariableDeclaration& variable : module.variables) {
    const Attribute* fallback = variable.block->body.attribute("default");
    const Attribute* type = variable.block->body.attribute("type");
    if (fallback == nullptr || type == nullptr) continue;
    std::string error;
    convert(arena_, evaluate(*fallback->value, Frame{}), read_type(*type->value, 0), error);
    if (error.empty()) continue;
    report(invalid_configuration(fallback->value->span,
                                 fmt::format("the default of `var.{}` does not fit its type: {}", variable.name, error),
                                 "change the default or the type"));
  }
}

// `list(object({ name = string, size = optional(number, 1) }))`. What is not understood is `any`.
TypeConstraint Evaluator::read_type(const Expression& expression, int depth) {
  using Kind = TypeConstraint::Kind;
  TypeConstraint type;
  if (depth > 64) return type;
  if (expression.kind == ExpressionKind::kTraversal || expression.kind == ExpressionKind::kString) {
    constexpr std::pair<std::string_view, Kind> kNames[] = {{"bool", Kind::kBool},     {"number", Kind::kNumber},
                                                            {"string", Kind::kString}, {"list", Kind::kList},
                                                            {"map", Kind::kMap},       {"set", Kind::kSet}};
    for (const auto& [name, kind] : kNames) {
      if (name == expression.text && expression.steps.empty()) type.kind = kind;
    }
    if (type.kind == Kind::kList || type.kind == Kind::kMap || type.kind == Kind::kSet) type.elements.emplace_back();
    return type;
  }
  if (expression.kind != ExpressionKind::kCall || expression.parts.size() != 1) return type;
  const Expression& argument = *expression.parts[0];
  if (expression.text == "list" || expression.text == "set" || expression.text == "map") {
    type.kind = expression.text == "list" ? Kind::kList : expression.text == "set" ? Kind::kSet : Kind::kMap;
    type.elements.push_back(read_type(argument, depth + 1));
  } else if (expression.text == "tuple" && argument.kind == ExpressionKind::kTuple) {
    type.kind = Kind::kTuple;
    for (const Expression* part : argument.parts) type.elements.push_back(read_type(*part, depth + 1));
  } else if (expression.text == "object" && argument.kind == ExpressionKind::kObject) {
    type.kind = Kind::kObject;
    for (std::size_t i = 0; i + 1 < argument.parts.size(); i += 2) {
      const Expression& written = *argument.parts[i + 1];
      ObjectAttribute attribute;
      attribute.name = keep(argument.parts[i]->text);
      attribute.is_optional =
          written.kind == ExpressionKind::kCall && written.text == "optional" && !written.parts.empty();
      attribute.type = read_type(attribute.is_optional ? *written.parts[0] : written, depth + 1);
      if (attribute.is_optional && written.parts.size() > 1) attribute.fallback = evaluate(*written.parts[1], Frame{});
      type.attributes.push_back(std::move(attribute));
    }
  }
  return type;
}

}  // namespace halint
