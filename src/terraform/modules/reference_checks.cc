// References that lead nowhere, whatever the values are: `count.index` without `count`, `self`, `path.x`.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "terraform/functions/functions.h"
#include "terraform/modules/block_checks.h"
#include "terraform/syntax/trouble.h"

namespace halint {
namespace {

// Arguments that hold words and addresses, not values.
bool is_keyword_argument(std::string_view block, std::string_view name) {
  constexpr std::string_view kEverywhere[] = {
      "provider", "providers",  "depends_on", "ignore_changes", "replace_triggered_by",
      "when",     "on_failure", "iterator"};
  if (block == "moved" || block == "import" || block == "removed" || block == "terraform") return true;
  return std::ranges::find(kEverywhere, name) != std::end(kEverywhere) || (block == "variable" && name == "type");
}

class ReferenceCheck {
 public:
  ReferenceCheck(const Block& block, std::vector<Diagnostic>& diagnostics) : block_(block), diagnostics_(diagnostics) {
    bool is_repeatable =
        block.type == "resource" || block.type == "data" || block.type == "module" || block.type == "ephemeral";
    has_count_ = is_repeatable && block.body.attribute("count") != nullptr;
    has_each_ = is_repeatable && block.body.attribute("for_each") != nullptr;
    may_repeat_ = is_repeatable;
    // OpenTofu repeats providers.
    if (block.type == "provider") has_each_ = true;
  }

  void run() { check(block_.body, block_.type); }

 private:
  void refuse(Span span, std::string message, std::string help = "") {
    diagnostics_.push_back(syntax_error(span, std::move(message), std::move(help)));
  }

  void check(const Body& body, std::string_view type) {
    for (const Attribute& attribute : body.attributes) {
      bool is_own = &body == &block_.body;
      if (is_keyword_argument(is_own ? block_.type : type, attribute.name)) continue;
      bool is_repetition = is_own && may_repeat_ && (attribute.name == "count" || attribute.name == "for_each");
      is_in_repetition_ = is_repetition;
      check(*attribute.value);
      is_in_repetition_ = false;
    }
    for (const Block& inner : body.blocks) {
      bool had_self = has_self_;
      std::size_t bound = bound_.size();
      if (block_.type == "resource" || block_.type == "data" || block_.type == "ephemeral") {
        if (inner.type == "provisioner" || inner.type == "connection" || inner.type == "postcondition")
          has_self_ = true;
      }
      if (inner.type == "dynamic" && !inner.labels.empty()) {
        const Attribute* iterator = inner.body.attribute("iterator");
        bound_.push_back(iterator != nullptr ? iterator->value->text : inner.labels[0].text);
      }
      bool had_condition = is_in_condition_;
      if (is_condition(inner.type)) check_condition(inner);
      check(inner.body, inner.type);
      bound_.resize(bound);
      has_self_ = had_self;
      is_in_condition_ = had_condition;
    }
  }

  bool is_condition(std::string_view type) const {
    bool is_own = block_.type == "resource" || block_.type == "data" || block_.type == "ephemeral" ||
                  block_.type == "output" || block_.type == "check";
    return is_own && (type == "precondition" || type == "postcondition" || type == "assert");
  }

  void check_condition(const Block& inner) {
    is_in_condition_ = block_.type != "check";
    const Attribute* condition = inner.body.attribute("condition");
    if (condition == nullptr || has_reference(*condition->value)) return;
    refuse(condition->value->span, "the condition refers to nothing, so it checks nothing");
  }

  static bool has_reference(const Expression& expression) {
    if (expression.kind == ExpressionKind::kTraversal || expression.kind == ExpressionKind::kInvalid) return true;
    auto in_part = [](const Expression* part) { return part != nullptr && has_reference(*part); };
    return std::ranges::any_of(expression.parts, in_part);
  }

  // Conditions see the resource that they stand in as `self`.
  bool is_own_name(const Expression& name) const {
    if (!is_in_condition_ || block_.labels.size() != 2) return false;
    bool is_managed = block_.type == "resource";
    std::size_t steps = is_managed ? 1 : 2;
    if (name.steps.size() < steps) return false;
    return is_managed ? name.text == block_.labels[0].text && name.steps[0].name == block_.labels[1].text
                      : name.text == block_.type && name.steps[0].name == block_.labels[0].text &&
                            name.steps[1].name == block_.labels[1].text;
  }

  bool is_bound(std::string_view name) const { return std::ranges::find(bound_, name) != bound_.end(); }

  // Syntax nests no deeper than the parser allows.
  void check(const Expression& expression) {
    std::size_t bound = bound_.size();
    bool binds = expression.kind == ExpressionKind::kForTuple || expression.kind == ExpressionKind::kForObject ||
                 expression.kind == ExpressionKind::kTemplateFor;
    for (std::size_t i = 0; i < expression.parts.size(); ++i) {
      if (expression.parts[i] != nullptr) check(*expression.parts[i]);
      if (!binds || i != 0) continue;
      // The collection does not see the names yet.
      bound_.push_back(expression.loop.value);
      if (!expression.loop.key.empty()) bound_.push_back(expression.loop.key);
    }
    bound_.resize(bound);
    for (const TraversalStep& step : expression.steps) {
      if (step.index != nullptr) check(*step.index);
    }
    if (expression.kind == ExpressionKind::kCall) check_call(expression);
    bool is_name = expression.kind == ExpressionKind::kTraversal && expression.parts.empty();
    if (is_name && !is_bound(expression.text)) check_name(expression);
  }

  void check_call(const Expression& call) {
    if (call.expands || block_.type == "variable") return;
    std::optional<Arity> arity = arity_of_function(call.text);
    if (!arity || (call.parts.size() >= arity->least && call.parts.size() <= arity->most)) return;
    std::string wanted = arity->least == arity->most ? fmt::format("{}", arity->least)
                         : arity->most == kAnyNumber ? fmt::format("at least {}", arity->least)
                                                     : fmt::format("{} to {}", arity->least, arity->most);
    refuse(call.span, fmt::format("`{}` has {} argument{}, not {}", call.text, wanted,
                                  wanted == "1" || wanted == "at least 1" ? "" : "s", call.parts.size()));
  }

  void check_name(const Expression& name) {
    std::string_view root = name.text;
    bool has_attribute = !name.steps.empty() && name.steps[0].kind == TraversalStep::Kind::kAttribute;
    std::string_view first = has_attribute ? name.steps[0].name : std::string_view();
    if (is_own_name(name)) {
      refuse(name.span, "a condition cannot refer to the block that it stands in by name", "write `self`");
    } else if (root == "self") {
      if (!has_self_) {
        refuse(name.span, "`self` means nothing here", "it exists in provisioners, connections and postconditions");
      }
    } else if (root == "count" || root == "each") {
      check_repetition(name, root, first);
    } else if (root == "path") {
      if (first == "module" || first == "root" || first == "cwd") return;
      refuse(name.span, "there is `path.module`, `path.root` and `path.cwd` only");
    } else if (root == "terraform") {
      if (first == "workspace" || first == "applying") return;
      refuse(name.span, "there is `terraform.workspace` and `terraform.applying` only");
    } else if ((root == "data" || root == "ephemeral") && has_attribute) {
      bool has_name = name.steps.size() > 1 && name.steps[1].kind == TraversalStep::Kind::kAttribute;
      if (!has_name) refuse(name.span, fmt::format("a reference to `{}` has a type and a name", root));
    } else if (!has_attribute && block_.type != "variable") {
      refuse(name.span, fmt::format("`{}` is not something that can be referred to", root),
             "a reference has at least two parts, such as `var.name`; text stands in quotes");
    }
  }

  void check_repetition(const Expression& name, std::string_view root, std::string_view first) {
    bool is_known = root == "count" ? first == "index" : first == "key" || first == "value";
    if (!is_known) {
      return refuse(name.span,
                    root == "count" ? "there is `count.index` only" : "there is `each.key` and `each.value` only");
    }
    bool has_it = root == "count" ? has_count_ : has_each_;
    if (has_it && !is_in_repetition_) return;
    std::string argument = root == "count" ? "count" : "for_each";
    refuse(name.span,
           is_in_repetition_ ? fmt::format("`{}.{}` does not exist yet here", root, first)
                             : fmt::format("`{}.{}` means nothing without `{}`", root, first, argument),
           is_in_repetition_ ? "" : fmt::format("set `{}` in this block", argument));
  }

  const Block& block_;
  std::vector<Diagnostic>& diagnostics_;
  std::vector<std::string_view> bound_;
  bool has_count_ = false;
  bool has_each_ = false;
  bool has_self_ = false;
  bool may_repeat_ = false;
  bool is_in_repetition_ = false;
  bool is_in_condition_ = false;
};

}  // namespace

void check_references(const Block& block, std::vector<Diagnostic>& diagnostics) {
  ReferenceCheck(block, diagnostics).run();
}

}  // namespace halint
