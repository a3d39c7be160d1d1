// What Terraform's own arguments may say: names, addresses, versions, fixed lists.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/modules/block_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "terraform/syntax/trouble.h"
#include "terraform/values/number_text.h"

namespace halint {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

bool is_name(std::string_view text) {
  if (text.empty() || (!is_letter(text[0]) && text[0] != '_')) return false;
  return std::ranges::all_of(text, [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-'; });
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

// `~> 5.0, != 5.1`.
bool is_version_constraint(std::string_view text) {
  auto skip = [&](auto is_wanted) {
    while (!text.empty() && is_wanted(text.front())) text.remove_prefix(1);
  };
  auto skip_space = [&] { skip([](char c) { return c == ' ' || c == '\t' || c == '\n'; }); };
  while (true) {
    skip_space();
    for (std::string_view op : {"~>", "!=", ">=", "<=", "=", ">", "<"}) {
      if (!text.starts_with(op)) continue;
      text.remove_prefix(op.size());
      break;
    }
    skip_space();
    if (text.starts_with('v')) text.remove_prefix(1);
    if (text.empty() || !is_digit(text.front())) return false;
    skip([](char c) { return is_digit(c) || is_letter(c) || c == '.' || c == '-' || c == '+' || c == '~'; });
    skip_space();
    if (text.empty()) return true;
    if (text.front() != ',') return false;
    text.remove_prefix(1);
  }
}

class BlockCheck {
 public:
  BlockCheck(const Block& block, std::vector<Diagnostic>& diagnostics) : block_(block), diagnostics_(diagnostics) {}

  void run() {
    std::string_view type = block_.type;
    bool is_resource = is_one_of(type, {"resource", "data", "ephemeral"});
    if (is_resource || is_one_of(type, {"variable", "output", "module", "check"})) check_names();
    if (is_resource || type == "module") check_repetition();
    if (is_resource) check_resource();
    if (type == "variable") check_variable();
    if (type == "output") check_flags(block_.body, {"sensitive", "ephemeral"});
    if (type == "module") check_module();
    if (type == "provider") check_provider();
    if (type == "terraform") check_settings();
    if (type == "removed") {
      for (const Block& inner : block_.body.blocks) {
        if (inner.type == "provisioner") check_provisioner(inner);
      }
    }
    if (is_one_of(type, {"moved", "import", "removed"})) check_move(block_, diagnostics_);
    check_list(block_.body, "depends_on", true);
  }

 private:
  void refuse(Span span, std::string message, std::string help = "") {
    diagnostics_.push_back(syntax_error(span, std::move(message), std::move(help)));
  }

  const Attribute* argument(std::string_view name) const { return block_.body.attribute(name); }

  void check_names() {
    for (const Label& label : block_.labels) {
      if (is_name(label.text)) continue;
      refuse(label.span, fmt::format("`{}` is not a name", label.text),
             "a name starts with a letter or `_` and has letters, digits, `_` and `-`");
    }
    bool is_reserved = block_.type == "variable" &&
                       is_one_of(block_.labels[0].text, {"source", "version", "providers", "count", "for_each",
                                                         "lifecycle", "depends_on", "locals"});
    if (is_reserved) {
      refuse(block_.labels[0].span, fmt::format("a variable cannot be called `{}`", block_.labels[0].text),
             "module blocks use this name for themselves");
    }
  }

  void check_repetition() {
    const Attribute* count = argument("count");
    const Attribute* for_each = argument("for_each");
    if (count != nullptr && for_each != nullptr) {
      refuse(for_each->name_span, "`count` and `for_each` exclude each other", "remove one of the two");
    }
    for (const Block& inner : block_.body.blocks) {
      const Attribute* enabled = inner.type == "lifecycle" ? inner.body.attribute("enabled") : nullptr;
      if (enabled == nullptr || (count == nullptr && for_each == nullptr)) continue;
      refuse(enabled->name_span, "`enabled` excludes `count` and `for_each`", "remove one of the two");
    }
    if (count != nullptr && !may_be_count(*count->value)) {
      refuse(count->value->span, "`count` is not a whole number from 0 on");
    }
    if (for_each != nullptr && !may_be_for_each(*for_each->value)) {
      refuse(for_each->value->span, "`for_each` is not a map or a set of strings", "write `toset([...])`");
    }
  }

  // Of what is not a literal nothing is said.
  static bool may_be_count(const Expression& value) {
    using Kind = ExpressionKind;
    if (value.kind == Kind::kString || value.kind == Kind::kNumber) {
      // Not "-1", nor "1.5".
      bool is_whole = value.text.find_first_not_of("0123456789") == std::string_view::npos && !value.text.empty();
      bool is_exponent = is_decimal(value.text) && value.text.find_first_of("eE") != std::string_view::npos;
      bool is_even = value.text.ends_with(".0") && is_decimal(value.text) && value.text[0] != '-';
      return is_whole || is_exponent || is_even;
    }
    if (value.kind == Kind::kUnary) {
      return value.parts[0]->kind != Kind::kNumber && value.parts[0]->kind != Kind::kBool;
    }
    return value.kind != Kind::kBool && value.kind != Kind::kNull && value.kind != Kind::kTuple &&
           value.kind != Kind::kObject && value.kind != Kind::kForTuple && value.kind != Kind::kForObject;
  }

  static bool may_be_for_each(const Expression& value) {
    using Kind = ExpressionKind;
    return value.kind != Kind::kBool && value.kind != Kind::kNull && value.kind != Kind::kTuple &&
           value.kind != Kind::kString && value.kind != Kind::kNumber &&
           !(value.kind == Kind::kTemplate && !value.is_wrapped);
  }

  void check_resource() {
    if (const Attribute* provider = argument("provider")) check_provider_reference(*provider->value);
    for (const Block& inner : block_.body.blocks) {
      if (inner.type == "lifecycle") check_lifecycle(inner);
      if (inner.type == "provisioner") check_provisioner(inner);
    }
  }

  void check_lifecycle(const Block& lifecycle) {
    check_flags(lifecycle.body, {"create_before_destroy", "prevent_destroy"});
    const Attribute* ignored = lifecycle.body.attribute("ignore_changes");
    bool is_all = ignored != nullptr && ignored->value->text == "all" && ignored->value->steps.empty() &&
                  (ignored->value->kind == ExpressionKind::kTraversal || ignored->value->is_wrapped);
    if (!is_all) check_list(lifecycle.body, "ignore_changes", true);
    check_list(lifecycle.body, "replace_triggered_by", false);
    const Attribute* triggers = lifecycle.body.attribute("replace_triggered_by");
    if (triggers == nullptr || triggers->value->kind != ExpressionKind::kTuple) return;
    for (const Expression* trigger : triggers->value->parts) {
      bool is_other =
          is_one_of(trigger->text, {"var", "local", "module", "data", "path", "terraform", "each", "count"});
      if (trigger->kind == ExpressionKind::kTraversal && is_other) {
        refuse(trigger->span, "`replace_triggered_by` refers to managed resources only");
      }
      for (const TraversalStep& step : trigger->steps) check_trigger_index(step);
    }
  }

  void check_trigger_index(const TraversalStep& step) {
    if (step.index == nullptr || step.index->kind != ExpressionKind::kTraversal) return;
    bool is_key = step.index->text == "each" && step.index->steps.size() == 1 && step.index->steps[0].name == "key";
    bool is_index =
        step.index->text == "count" && step.index->steps.size() == 1 && step.index->steps[0].name == "index";
    if (!is_key && !is_index) refuse(step.index->span, "only `each.key` and `count.index` can be an index here");
  }

  void check_provisioner(const Block& provisioner) {
    check_word(provisioner.body, "when", {"create", "destroy"});
    check_word(provisioner.body, "on_failure", {"continue", "fail"});
  }

  void check_word(const Body& body, std::string_view name, std::initializer_list<std::string_view> words) {
    const Attribute* attribute = body.attribute(name);
    if (attribute == nullptr || is_one_of(attribute->value->text, words)) return;
    refuse(attribute->value->span, fmt::format("`{}` is `{}` or `{}`", name, *words.begin(), *(words.end() - 1)));
  }

  // Fixed truths: no variable may decide them.
  void check_flags(const Body& body, std::initializer_list<std::string_view> names) {
    for (std::string_view name : names) {
      const Attribute* flag = body.attribute(name);
      if (flag == nullptr) continue;
      bool is_bool = flag->value->kind == ExpressionKind::kBool || flag->value->kind == ExpressionKind::kNull ||
                     (flag->value->kind == ExpressionKind::kString && is_one_of(flag->value->text, {"true", "false"}));
      // OpenTofu lets variables decide some.
      bool may_be_known = flag->value->kind != ExpressionKind::kString &&
                          flag->value->kind != ExpressionKind::kNumber && flag->value->kind != ExpressionKind::kTuple &&
                          flag->value->kind != ExpressionKind::kObject;
      if (!is_bool && !may_be_known) refuse(flag->value->span, fmt::format("`{}` is `true` or `false`", name));
    }
  }

  // `[aws_vpc.a, module.b]`: a list of references, not a value.
  void check_list(const Body& body, std::string_view name, bool may_be_quoted) {
    const Attribute* list = body.attribute(name);
    if (list == nullptr || list->value->kind == ExpressionKind::kInvalid) return;
    if (list->value->kind != ExpressionKind::kTuple) {
      return refuse(list->value->span, fmt::format("`{}` is a list of references", name), "put it in brackets");
    }
    for (const Expression* item : list->value->parts) {
      // In JSON, and in the syntax of Terraform 0.11, a reference stands in quotes.
      bool is_quoted = item->kind == ExpressionKind::kString && (may_be_quoted || item->is_wrapped);
      if (is_quoted || item->kind == ExpressionKind::kTraversal || item->kind == ExpressionKind::kInvalid) continue;
      if (item->kind == ExpressionKind::kTemplate && item->is_wrapped) continue;
      refuse(item->span, fmt::format("`{}` holds references only", name));
    }
  }

  // `aws` or `aws.west`; OpenTofu also has `aws.west[each.key]`.
  void check_provider_reference(const Expression& value) {
    if (value.kind == ExpressionKind::kString || value.kind == ExpressionKind::kTemplate) return;
    using Step = TraversalStep::Kind;
    bool is_reference = value.kind == ExpressionKind::kTraversal && value.parts.empty() && value.steps.size() <= 2 &&
                        (value.steps.empty() || value.steps[0].kind == Step::kAttribute) &&
                        (value.steps.size() < 2 || value.steps[1].kind == Step::kIndex);
    if (!is_reference && value.kind != ExpressionKind::kInvalid) {
      return refuse(value.span, "`provider` is the name of a provider, such as `aws` or `aws.west`");
    }
    check_local_name(value.text, value.span);
  }

  void check_local_name(std::string_view name, Span span) {
    bool is_normal = std::ranges::all_of(
        name, [](char c) { return (is_letter(c) && (c < 'A' || c > 'Z')) || is_digit(c) || c == '-'; });
    if (is_normal) return;
    refuse(span, fmt::format("`{}` is not the name of a provider", name),
           "it has lower-case letters, digits and `-` only");
  }

  void check_variable() {
    check_flags(block_.body, {"sensitive", "nullable", "ephemeral"});
    if (const Attribute* type = argument("type")) check_type(*type->value, diagnostics_);
    const Attribute* nullable = argument("nullable");
    const Attribute* fallback = argument("default");
    bool is_null = fallback != nullptr && fallback->value->kind == ExpressionKind::kNull;
    if (is_null && nullable != nullptr && nullable->value->text == "false") {
      refuse(fallback->value->span, "the default of a variable that is not nullable cannot be null");
    }
    check_constant(argument("default"));
    check_constant(argument("description"));
    for (const Block& inner : block_.body.blocks) {
      const Attribute* condition = inner.type == "validation" ? inner.body.attribute("condition") : nullptr;
      if (condition == nullptr || refers_to_variable(*condition->value, block_.labels[0].text)) continue;
      refuse(condition->value->span,
             fmt::format("the condition of a validation refers to `var.{}`", block_.labels[0].text));
    }
  }

  void check_constant(const Attribute* attribute) {
    if (attribute == nullptr) return;
    const Expression* part = first_reference(*attribute->value);
    if (part == nullptr) return;
    refuse(part->span, fmt::format("the `{}` of a variable is a fixed value", attribute->name),
           "use a local for what is calculated");
  }

  // The first reference or call. Syntax nests no deeper than the parser allows.
  static const Expression* first_reference(const Expression& expression) {
    if (expression.kind == ExpressionKind::kCall) return &expression;
    if (expression.kind == ExpressionKind::kTraversal && expression.parts.empty()) return &expression;
    for (const Expression* part : expression.parts) {
      const Expression* found = part != nullptr ? first_reference(*part) : nullptr;
      if (found != nullptr) return found;
    }
    return nullptr;
  }

  // Syntax nests no deeper than the parser allows.
  static bool refers_to_variable(const Expression& expression, std::string_view name) {
    bool is_reference = expression.kind == ExpressionKind::kTraversal && expression.text == "var" &&
                        !expression.steps.empty() && expression.steps[0].name == name;
    if (is_reference || expression.kind == ExpressionKind::kInvalid) return true;
    auto in_part = [&](const Expression* part) { return part != nullptr && refers_to_variable(*part, name); };
    return std::ranges::any_of(expression.parts, in_part) ||
           std::ranges::any_of(expression.steps, [&](const TraversalStep& step) { return in_part(step.index); });
  }

  void check_module() {
    const Attribute* source = argument("source");
    bool is_text = source == nullptr ||
                   (source->value->kind != ExpressionKind::kNumber && source->value->kind != ExpressionKind::kBool &&
                    source->value->kind != ExpressionKind::kNull && source->value->kind != ExpressionKind::kTuple &&
                    source->value->kind != ExpressionKind::kObject);
    if (!is_text) refuse(source->value->span, "the `source` of a module is text");
    if (source != nullptr && source->value->kind == ExpressionKind::kString) check_module_source(*source->value);
    check_version(argument("version"));
    const Attribute* providers = argument("providers");
    if (providers != nullptr && providers->value->kind == ExpressionKind::kTuple) {
      refuse(providers->value->span, "`providers` is a map", "write `{ aws = aws.west }`");
    }
  }

  void check_module_source(const Expression& source) {
    std::string_view text = source.text;
    bool is_bare =
        std::ranges::all_of(text, [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-'; });
    if (is_bare) {
      refuse(source.span, fmt::format("`{}` is not the source of a module", text),
             "a directory starts with `./` or `../`");
    }
  }

  void check_version(const Attribute* version) {
    if (version == nullptr) return;
    bool is_wrong = version->value->kind == ExpressionKind::kString && !is_version_constraint(version->value->text);
    if (is_wrong) refuse(version->value->span, fmt::format("`{}` is not a version", version->value->text));
  }

  void check_provider() {
    check_local_name(block_.labels[0].text, block_.labels[0].span);
    check_version(argument("version"));
    const Attribute* alias = argument("alias");
    if (alias == nullptr) return;
    bool is_name_text = alias->value->kind == ExpressionKind::kString && is_name(alias->value->text);
    if (!is_name_text) refuse(alias->value->span, "`alias` is a name in quotes");
  }

  void check_settings() {
    check_version(argument("required_version"));
    bool has_backend = false;
    for (const Block& inner : block_.body.blocks) {
      if (inner.type == "required_providers") {
        for (const Attribute& provider : inner.body.attributes) check_requirement(provider);
      }
      if (inner.type != "backend" && inner.type != "cloud") continue;
      if (has_backend) refuse(inner.header, "a module has one `backend` or one `cloud` block", "remove one of the two");
      has_backend = true;
    }
  }

  void check_requirement(const Attribute& provider) {
    check_local_name(provider.name, provider.name_span);
    if (provider.value->kind == ExpressionKind::kString) return check_version(&provider);
    if (provider.value->kind != ExpressionKind::kObject) return;
    for (std::size_t i = 0; i + 1 < provider.value->parts.size(); i += 2) {
      const Expression& key = *provider.value->parts[i];
      const Expression& value = *provider.value->parts[i + 1];
      bool is_known = is_one_of(key.text, {"source", "version", "configuration_aliases"});
      if (!is_known) refuse(key.span, fmt::format("the requirement of a provider has no `{}`", key.text));
      if (value.kind != ExpressionKind::kString) continue;
      bool is_wrong = key.text == "version" && !is_version_constraint(value.text);
      if (is_wrong) refuse(value.span, fmt::format("`{}` is not a version", value.text));
      if (key.text == "source" && !is_provider_source(value.text)) {
        refuse(value.span, fmt::format("`{}` is not the source of a provider", value.text),
               "write it as `hashicorp/aws`");
      }
    }
  }

  static bool is_provider_source(std::string_view text) {
    auto is_part = [](char c) {
      return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == '/' || c == ':';
    };
    return !text.empty() && std::ranges::all_of(text, is_part) && std::ranges::count(text, '/') <= 2;
  }

  const Block& block_;
  std::vector<Diagnostic>& diagnostics_;
};

}  // namespace

void check_block(const Block& block, std::vector<Diagnostic>& diagnostics) {
  BlockCheck(block, diagnostics).run();
}

}  // namespace halint
