// What the `type` of a variable may be.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "terraform/modules/block_checks.h"
#include "terraform/syntax/trouble.h"

namespace halint {
namespace {

class TypeCheck {
 public:
  explicit TypeCheck(std::vector<Diagnostic>& diagnostics) : diagnostics_(diagnostics) {}

  // Syntax nests no deeper than the parser allows.
  void check(const Expression& type) {
    switch (type.kind) {
      case ExpressionKind::kTraversal:
        return check_word(type);
      case ExpressionKind::kCall:
        return check_call(type);
      case ExpressionKind::kString:
        // Terraform 0.11 wrote types in quotes.
        if (type.text == "string" || type.text == "list" || type.text == "map") return;
        break;
      case ExpressionKind::kInvalid:
        return;
      default:
        break;
    }
    refuse(type.span, "this is not a type",
           "write for example `string`, `list(string)` or `object({ name = string })`");
  }

 private:
  void refuse(Span span, std::string message, std::string help = "") {
    diagnostics_.push_back(syntax_error(span, std::move(message), std::move(help)));
  }

  static bool is_primitive(std::string_view name) {
    return name == "string" || name == "number" || name == "bool" || name == "any";
  }
  static bool is_collection(std::string_view name) { return name == "list" || name == "map" || name == "set"; }

  void check_word(const Expression& type) {
    bool is_word = type.steps.empty() && type.parts.empty();
    // `list` and `map` alone are an old way to write `list(any)` and `map(any)`.
    if (is_word && (is_primitive(type.text) || type.text == "list" || type.text == "map")) return;
    std::string name(type.text);
    if (is_word && (name == "set" || name == "object" || name == "tuple")) {
      return refuse(type.span, fmt::format("the type `{}` needs to know what is in it", name),
                    name == "set"      ? "write for example `set(string)`"
                    : name == "object" ? "write for example `object({ name = string })`"
                                       : "write for example `tuple([string, number])`");
    }
    refuse(type.span, is_word ? fmt::format("`{}` is not a type", name) : std::string("this is not a type"),
           "types are string, number, bool, any, list(...), set(...), map(...), object({...}) and tuple([...])");
  }

  void check_call(const Expression& type) {
    std::string_view name = type.text;
    if (name == "optional") {
      return refuse(type.span, "`optional` stands around the type of an attribute of an `object` only");
    }
    bool is_known = is_collection(name) || name == "object" || name == "tuple";
    if (!is_known) {
      return refuse(type.span, is_primitive(name) ? fmt::format("the type `{}` has no arguments", name)
                                                  : fmt::format("`{}` is not a type", name));
    }
    if (type.parts.size() != 1 || type.expands) {
      return refuse(type.span, fmt::format("the type `{}` has one argument", name));
    }
    const Expression& argument = *type.parts[0];
    if (argument.kind == ExpressionKind::kInvalid) return;
    if (is_collection(name)) return check(argument);
    if (name == "tuple") {
      if (argument.kind != ExpressionKind::kTuple) {
        return refuse(argument.span, "the type `tuple` has a list of types",
                      "write for example `tuple([string, number])`");
      }
      for (const Expression* part : argument.parts) check(*part);
      return;
    }
    if (argument.kind != ExpressionKind::kObject) {
      return refuse(argument.span, "the type `object` has names with their types",
                    "write for example `object({ name = string })`");
    }
    for (std::size_t i = 0; i + 1 < argument.parts.size(); i += 2) check_attribute(*argument.parts[i + 1]);
  }

  void check_attribute(const Expression& type) {
    if (type.kind != ExpressionKind::kCall || type.text != "optional") return check(type);
    if (type.parts.empty() || type.parts.size() > 2) {
      return refuse(type.span, "`optional` has a type and at most one default");
    }
    check(*type.parts[0]);
  }

  std::vector<Diagnostic>& diagnostics_;
};

}  // namespace

void check_type(const Expression& type, std::vector<Diagnostic>& diagnostics) {
  TypeCheck(diagnostics).check(type);
}

}  // namespace halint
