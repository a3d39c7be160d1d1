// The static type check: walks the tree once, bottom up, and notes on it what the evaluator needs to know.
// SPDX-License-Identifier: Apache-2.0
#include "cel/compile.h"

#include <re2/re2.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "base/text.h"
#include "cel/functions.h"
#include "cel/types.h"

namespace halint::cel {
namespace {

using Kind = Type::Kind;

class Checker {
 public:
  Checker(Arena& arena, const Environment& environment, Fault& fault)
      : arena_(arena), environment_(environment), fault_(fault) {}

  std::optional<Type> check(Expr& expr) {
    switch (expr.kind) {
      case ExprKind::kLiteral:
        return type_of_literal(expr);
      case ExprKind::kVariable:
        return variable(expr);
      case ExprKind::kMember:
      case ExprKind::kHas:
        return member(expr);
      case ExprKind::kIndex:
        return index(expr);
      case ExprKind::kCall:
        return call(expr);
      case ExprKind::kUnary:
        return unary(expr);
      case ExprKind::kBinary:
        return binary(expr);
      case ExprKind::kConditional:
        return conditional(expr);
      case ExprKind::kAnd:
      case ExprKind::kOr:
        return logic(expr);
      case ExprKind::kList:
        return list(expr);
      case ExprKind::kMap:
        return map(expr);
      case ExprKind::kMacro:
        return macro(expr);
    }
    return std::nullopt;
  }

 private:
  std::nullopt_t fail(std::uint32_t begin, std::uint32_t end, std::string message, std::string help = {}) {
    fault_ = {begin, std::max(end, begin + 1), std::move(message), std::move(help)};
    return std::nullopt;
  }
  std::nullopt_t fail_at_name(const Expr& expr, std::string message, std::string help = {}) {
    const auto size = static_cast<std::uint32_t>(expr.name.size());
    return fail(expr.name_begin, expr.name_begin + size, std::move(message), std::move(help));
  }
  std::nullopt_t fail_at(const Expr& expr, std::string message) {
    return fail(expr.begin, expr.end, std::move(message));
  }

  static std::string suggestion(std::string_view word, const std::vector<std::string>& candidates) {
    const std::optional<std::string_view> found = did_you_mean(word, candidates);
    return found ? "did you mean `" + std::string(*found) + "`?" : "";
  }

  static Type type_of_literal(const Expr& expr) {
    switch (expr.literal.kind()) {
      case ValueKind::kBool:
        return {Kind::kBool, {}, nullptr};
      case ValueKind::kString:
        return {Kind::kString, {}, nullptr};
      case ValueKind::kNumber:
        return {expr.arithmetic == Arithmetic::kReal ? Kind::kDouble : Kind::kInt, {}, nullptr};
      default:
        return {Kind::kNull, {}, nullptr};
    }
  }

  std::optional<Type> variable(Expr& expr) {
    if (expr.is_local) return locals_[expr.slot];
    for (std::size_t i = 0; i < environment_.variables.size(); ++i) {
      if (environment_.variables[i].name != expr.name) continue;
      expr.slot = static_cast<std::uint32_t>(i);
      return environment_.variables[i].type;
    }
    std::vector<std::string> names;
    for (const Variable& variable : environment_.variables) names.push_back(variable.name);
    return fail_at_name(expr, "there is no variable `" + std::string(expr.name) + "` here",
                        suggestion(expr.name, names));
  }

  std::optional<Type> member(Expr& expr) {
    const std::optional<Type> target = check(*expr.args[0]);
    if (!target) return std::nullopt;
    const bool is_has = expr.kind == ExprKind::kHas;
    std::optional<Type> found;
    if (target->kind == Kind::kNode) {
      found = environment_.vocabulary->member_type(target->node_kind, expr.name);
      if (!found) return no_member(expr, *target);
      expr.slot = environment_.vocabulary->member_number(expr.name);
    } else if (target->kind == Kind::kMap) {
      found = element_of(*target);
    } else if (target->kind == Kind::kDynamic) {
      found = Type{};
      expr.slot = environment_.vocabulary != nullptr ? environment_.vocabulary->member_number(expr.name) : 0;
    } else {
      return no_member(expr, *target);
    }
    return is_has ? Type{Kind::kBool, {}, nullptr} : found;
  }

  std::nullopt_t no_member(const Expr& expr, const Type& target) {
    const std::string name(expr.name);
    if (target.kind == Kind::kList) {
      return fail_at_name(expr, "a list has no member `" + name + "`",
                          "take it of each item: `.map(x, x." + name + ")`");
    }
    if (target.kind != Kind::kNode) {
      const bool is_function = !find_functions("." + name, 1, environment_.functions).empty();
      return fail_at_name(expr, to_text(target) + " has no members",
                          is_function ? "it is a function: `" + name + "()`" : "");
    }
    std::vector<std::string> names = environment_.vocabulary->member_names(target.node_kind);
    return fail_at_name(expr, to_text(target) + " has no member `" + name + "`", suggestion(name, names));
  }

  std::optional<Type> index(Expr& expr) {
    const std::optional<Type> target = check(*expr.args[0]);
    if (!target) return std::nullopt;
    const std::optional<Type> key = check(*expr.args[1]);
    if (!key) return std::nullopt;
    const bool is_list = target->kind == Kind::kList;
    if (!is_list && target->kind != Kind::kMap && target->kind != Kind::kDynamic) {
      return fail_at(*expr.args[0], to_text(*target) + " has no items");
    }
    const bool is_number = key->kind == Kind::kInt || key->kind == Kind::kDouble;
    if (is_list && !is_number && key->kind != Kind::kDynamic)
      return fail_at(*expr.args[1], "the index of a list is an int");
    if (target->kind == Kind::kMap && key->kind != Kind::kString && key->kind != Kind::kDynamic) {
      return fail_at(*expr.args[1], "the key of a map is a string");
    }
    return element_of(*target);
  }

  std::optional<Type> unary(Expr& expr) {
    const std::optional<Type> operand = check(*expr.args[0]);
    if (!operand) return std::nullopt;
    if (expr.op == Operator::kNot) {
      if (operand->kind == Kind::kBool || operand->kind == Kind::kDynamic) return Type{Kind::kBool, {}, nullptr};
      return fail_at(*expr.args[0], "`!` takes a bool, not " + to_text(*operand));
    }
    if (operand->kind == Kind::kInt) expr.arithmetic = Arithmetic::kInteger;
    if (operand->kind == Kind::kDouble) expr.arithmetic = Arithmetic::kReal;
    if (operand->kind == Kind::kInt || operand->kind == Kind::kDouble || operand->kind == Kind::kDynamic)
      return operand;
    return fail_at(*expr.args[0], "`-` takes a number, not " + to_text(*operand));
  }

  std::optional<Type> logic(Expr& expr) {
    for (Expr* side : expr.args) {
      const std::optional<Type> type = check(*side);
      if (!type) return std::nullopt;
      if (type->kind != Kind::kBool && type->kind != Kind::kDynamic) {
        return fail_at(*side, "`" + std::string(expr.name) + "` takes bools, not " + to_text(*type));
      }
    }
    return Type{Kind::kBool, {}, nullptr};
  }

  std::optional<Type> binary(Expr& expr) {
    const std::optional<Type> left = check(*expr.args[0]);
    if (!left) return std::nullopt;
    const std::optional<Type> right = check(*expr.args[1]);
    if (!right) return std::nullopt;
    switch (expr.op) {
      case Operator::kEqual:
      case Operator::kNotEqual:
        return equality(expr, *left, *right);
      case Operator::kIn:
        return membership(expr, *left, *right);
      case Operator::kLess:
      case Operator::kLessEqual:
      case Operator::kGreater:
      case Operator::kGreaterEqual:
        return order(expr, *left, *right);
      default:
        return arithmetic(expr, *left, *right);
    }
  }

  std::nullopt_t no_operator(const Expr& expr, const Type& left, const Type& right, std::string help = {}) {
    return fail_at_name(expr,
                        "`" + std::string(expr.name) + "` does not take " + to_text(left) + " and " + to_text(right),
                        std::move(help));
  }

  std::optional<Type> equality(Expr& expr, const Type& left, const Type& right) {
    if (!comparable(*environment_.vocabulary, left, right)) {
      return no_operator(expr, left, right, "they are never equal");
    }
    expr.compares_ranges = left.kind == Kind::kCidr || right.kind == Kind::kCidr;
    return Type{Kind::kBool, {}, nullptr};
  }

  std::optional<Type> membership(Expr& expr, const Type& left, const Type& right) {
    const bool is_collection = right.kind == Kind::kList || right.kind == Kind::kMap || right.kind == Kind::kDynamic;
    if (!is_collection) return no_operator(expr, left, right, "on the right of `in` stands a list or a map");
    const Type key = right.kind == Kind::kMap ? Type{Kind::kString, {}, nullptr} : element_of(right);
    if (!comparable(*environment_.vocabulary, left, key)) return no_operator(expr, left, right, "they are never equal");
    return Type{Kind::kBool, {}, nullptr};
  }

  std::optional<Type> order(Expr& expr, const Type& left, const Type& right) {
    const auto ordered = [](const Type& type) {
      return type.kind == Kind::kInt || type.kind == Kind::kDouble || type.kind == Kind::kString ||
             type.kind == Kind::kBool || type.kind == Kind::kDynamic;
    };
    if (!ordered(left) || !ordered(right) || !comparable(*environment_.vocabulary, left, right)) {
      return no_operator(expr, left, right);
    }
    return Type{Kind::kBool, {}, nullptr};
  }

  std::optional<Type> arithmetic(Expr& expr, const Type& left, const Type& right) {
    const std::optional<Type> result = type_of_arithmetic(expr.op, left, right, expr.arithmetic);
    if (result) return result;
    const auto is_number = [](const Type& type) { return type.kind == Kind::kInt || type.kind == Kind::kDouble; };
    const bool is_mixed = is_number(left) && is_number(right) && left.kind != right.kind;
    return no_operator(expr, left, right, is_mixed ? "write `double(...)` around the int" : "");
  }

  std::optional<Type> conditional(Expr& expr) {
    const std::optional<Type> condition = check(*expr.args[0]);
    if (!condition) return std::nullopt;
    if (condition->kind != Kind::kBool && condition->kind != Kind::kDynamic) {
      return fail_at(*expr.args[0], "`?` takes a bool, not " + to_text(*condition));
    }
    const std::optional<Type> yes = check(*expr.args[1]);
    if (!yes) return std::nullopt;
    const std::optional<Type> no = check(*expr.args[2]);
    if (!no) return std::nullopt;
    const Type joined = join(*yes, *no);
    if (joined.kind == Kind::kDynamic && yes->kind != Kind::kDynamic && no->kind != Kind::kDynamic) {
      return fail_at(expr, "the two results are of different types: " + to_text(*yes) + " and " + to_text(*no));
    }
    return joined;
  }

  std::optional<Type> list(Expr& expr) {
    std::optional<Type> element;
    for (Expr* item : expr.args) {
      const std::optional<Type> type = check(*item);
      if (!type) return std::nullopt;
      element = element ? join(*element, *type) : *type;
    }
    return list_of(element.value_or(Type{}));
  }

  std::optional<Type> map(Expr& expr) {
    std::optional<Type> element;
    for (std::size_t i = 0; i + 1 < expr.args.size(); i += 2) {
      const std::optional<Type> key = check(*expr.args[i]);
      if (!key) return std::nullopt;
      if (key->kind != Kind::kString && key->kind != Kind::kDynamic)
        return fail_at(*expr.args[i], "the key of a map is a string");
      const std::optional<Type> type = check(*expr.args[i + 1]);
      if (!type) return std::nullopt;
      element = element ? join(*element, *type) : *type;
    }
    return Type{Kind::kMap, {}, std::make_shared<const Type>(element.value_or(Type{}))};
  }

  std::optional<Type> macro(Expr& expr) {
    const std::optional<Type> range = check(*expr.args[0]);
    if (!range) return std::nullopt;
    if (range->kind != Kind::kList && range->kind != Kind::kMap && range->kind != Kind::kDynamic) {
      return fail_at_name(expr, "`" + std::string(expr.name) + "` takes a list or a map, not " + to_text(*range));
    }
    const Type item = range->kind == Kind::kMap ? Type{Kind::kString, {}, nullptr} : element_of(*range);
    locals_.resize(expr.slot);
    locals_.push_back(item);
    std::vector<Type> bodies;
    for (Expr* body : expr.args.subspan(1)) {
      const std::optional<Type> type = check(*body);
      if (!type) return std::nullopt;
      locals_.resize(expr.slot + 1);
      bodies.push_back(*type);
    }
    locals_.resize(expr.slot);
    const bool has_condition = (expr.macro != Macro::kMap || bodies.size() == 2) && expr.macro != Macro::kSortBy;
    if (has_condition && bodies.front().kind != Kind::kBool && bodies.front().kind != Kind::kDynamic) {
      return fail_at(*expr.args[1],
                     "`" + std::string(expr.name) + "` takes a condition, not " + to_text(bodies.front()));
    }
    if (expr.macro == Macro::kMap) return list_of(bodies.back());
    if (expr.macro == Macro::kFilter || expr.macro == Macro::kSortBy) return list_of(item);
    return Type{Kind::kBool, {}, nullptr};
  }

  // `math.abs(x)` is parsed as a method of a variable `math`.
  void resolve_namespace(Expr& expr) {
    if (!expr.is_method || expr.args[0]->kind != ExprKind::kVariable || expr.args[0]->is_local) return;
    const Expr& space = *expr.args[0];
    if (space.name != "math" && space.name != "lists") return;
    for (const Variable& variable : environment_.variables) {
      if (variable.name == space.name) return;
    }
    const std::string full = std::string(space.name) + "." + std::string(expr.name);
    expr.name = arena_.copy(std::string_view(full));
    expr.name_begin = space.begin;
    expr.is_method = false;
    expr.args = expr.args.subspan(1);
  }

  std::optional<Type> call(Expr& expr) {
    resolve_namespace(expr);
    std::vector<Type> types;
    for (Expr* arg : expr.args) {
      const std::optional<Type> type = check(*arg);
      if (!type) return std::nullopt;
      types.push_back(*type);
    }
    const std::string name = (expr.is_method ? "." : "") + std::string(expr.name);
    std::vector<const Function*> fitting;
    std::optional<Type> result;
    for (const Function* function : find_functions(name, types.size(), environment_.functions)) {
      const std::optional<Type> returned = match(function->signature, types);
      if (!returned) continue;
      result = result && !(*result == *returned) ? Type{} : *returned;
      fitting.push_back(function);
      // The first one that fits without doubt is the one.
      if (std::none_of(types.begin(), types.end(), [](const Type& type) { return type.kind == Kind::kDynamic; })) break;
    }
    if (fitting.empty()) return no_function(expr, types);
    expr.candidates = arena_.copy(fitting);
    if (expr.name == "matches" && !pattern_is_sound(expr)) return std::nullopt;
    return result;
  }

  std::nullopt_t no_function(const Expr& expr, const std::vector<Type>& types) {
    const std::vector<std::string> names = function_names(expr.is_method, environment_.functions);
    const std::string name(expr.name);
    const std::string what = expr.is_method ? "method" : "function";
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      if (name == "type") return fail_at_name(expr, "`type()` is not supported");
      std::string help = suggestion(name, names);
      if (help.empty() && expr.is_method && types[0].kind == Kind::kNode &&
          environment_.vocabulary->member_type(types[0].node_kind, name)) {
        help = "it is a member: write it without parentheses";
      }
      return fail_at_name(expr, "there is no " + what + " `" + name + "`", std::move(help));
    }
    std::string given;
    for (std::size_t i = expr.is_method ? 1 : 0; i < types.size(); ++i)
      given += (given.empty() ? "" : ", ") + to_text(types[i]);
    const std::string on = expr.is_method ? " of " + to_text(types[0]) : "";
    return fail_at_name(expr, "there is no " + what + " `" + name + "(" + given + ")`" + on);
  }

  bool pattern_is_sound(const Expr& expr) {
    const Expr& pattern = *expr.args.back();
    if (pattern.kind != ExprKind::kLiteral || !pattern.literal.is(ValueKind::kString)) return true;
    re2::RE2::Options options;
    options.set_log_errors(false);
    const std::string_view text = pattern.literal.as_string();
    const re2::RE2 compiled(re2::StringPiece(text.data(), text.size()), options);
    if (compiled.ok()) return true;
    fail_at(pattern, "this is no regular expression: " + compiled.error());
    return false;
  }

  Arena& arena_;
  const Environment& environment_;
  Fault& fault_;
  std::vector<Type> locals_;
};

}  // namespace

bool compile(Arena& arena, const Environment& environment, std::string_view text, Program& program, Fault& fault) {
  Expr* root = parse(arena, text, fault);
  if (root == nullptr) return false;
  const std::optional<Type> type = Checker(arena, environment, fault).check(*root);
  if (!type) return false;
  program = {root, *type};
  return true;
}

}  // namespace halint::cel
