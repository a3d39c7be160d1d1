// What `moved`, `import` and `removed` blocks may say about addresses.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "terraform/modules/block_checks.h"
#include "terraform/syntax/trouble.h"

namespace halint {
namespace {

class MoveCheck {
 public:
  MoveCheck(const Block& block, std::vector<Diagnostic>& diagnostics) : block_(block), diagnostics_(diagnostics) {}

  void run() {
    if (block_.type == "moved") check_moved();
    if (block_.type == "import") check_import();
    if (block_.type == "removed") check_removed();
  }

 private:
  void refuse(Span span, std::string message, std::string help = "") {
    diagnostics_.push_back(syntax_error(span, std::move(message), std::move(help)));
  }

  const Attribute* argument(std::string_view name) const { return block_.body.attribute(name); }

  // What an address leads to.
  enum class Target { kNone, kResource, kData, kModule };

  Target target_of(const Attribute* address) {
    if (address == nullptr || address->value->kind == ExpressionKind::kInvalid) return Target::kNone;
    const Expression& value = *address->value;
    using Step = TraversalStep::Kind;
    auto is_fixed = [](const TraversalStep& step) {
      bool has_literal = step.index != nullptr &&
                         (step.index->kind == ExpressionKind::kString || step.index->kind == ExpressionKind::kNumber);
      return step.kind == Step::kAttribute || has_literal;
    };
    bool may_repeat = block_.type == "import";
    bool is_address = value.kind == ExpressionKind::kTraversal && value.parts.empty() &&
                      (may_repeat || std::ranges::all_of(value.steps, is_fixed));
    if (!is_address) {
      refuse(value.span, fmt::format("`{}` is an address, such as `aws_vpc.main`", address->name));
      return Target::kNone;
    }
    std::string_view root = value.text;
    std::size_t at = 0;
    while (root == "module" && at < value.steps.size()) {
      ++at;
      while (at < value.steps.size() && value.steps[at].kind == Step::kIndex) ++at;
      if (at == value.steps.size()) return Target::kModule;
      root = value.steps[at++].name;
    }
    std::size_t needed = root == "data" ? 2 : 1;
    constexpr std::string_view kOther[] = {"var", "local", "path", "terraform", "each", "count", "self", "module"};
    bool is_wrong = value.steps.size() < at + needed || std::ranges::find(kOther, root) != std::end(kOther);
    if (is_wrong) {
      refuse(value.span, fmt::format("`{}` is an address, such as `aws_vpc.main`", address->name));
      return Target::kNone;
    }
    has_index_ = value.steps.back().kind == Step::kIndex;
    return root == "data" ? Target::kData : Target::kResource;
  }

  void check_moved() {
    Target from = target_of(argument("from"));
    Target to = target_of(argument("to"));
    if (from == Target::kNone || to == Target::kNone || from == to) return;
    refuse(argument("to")->value->span, "`from` and `to` are both resources or both modules");
  }

  void check_import() {
    Target to = target_of(argument("to"));
    if (to == Target::kData || to == Target::kModule) {
      refuse(argument("to")->value->span, "only a managed resource can be imported");
    }
    const Attribute* id = argument("id");
    if (id == nullptr && argument("identity") == nullptr)
      refuse(block_.header, "an `import` block needs the argument `id`");
    bool is_empty = id != nullptr && id->value->kind == ExpressionKind::kString && id->value->text.empty();
    if (is_empty) refuse(id->value->span, "the `id` of an import is empty");
  }

  void check_removed() {
    Target from = target_of(argument("from"));
    if (from == Target::kData) refuse(argument("from")->value->span, "a data source cannot be removed");
    if (from == Target::kResource && has_index_) {
      refuse(argument("from")->value->span, "a `removed` block is about a whole resource, not one of its instances");
    }
    for (const Block& inner : block_.body.blocks) {
      if (inner.type != "provisioner") continue;
      const Attribute* when = inner.body.attribute("when");
      if (when == nullptr || when->value->text != "destroy") {
        refuse(inner.header, "a provisioner of a `removed` block runs when it is destroyed", "write `when = destroy`");
      }
    }
  }

  const Block& block_;
  std::vector<Diagnostic>& diagnostics_;
  bool has_index_ = false;
};

}  // namespace

void check_move(const Block& block, std::vector<Diagnostic>& diagnostics) {
  MoveCheck(block, diagnostics).run();
}

}  // namespace halint
