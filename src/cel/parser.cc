// Text -> syntax tree, by recursive descent, one function for each level of precedence that is not left-recursive.
// SPDX-License-Identifier: Apache-2.0
#include "cel/parser.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "cel/lexer.h"

namespace halint::cel {
namespace {

// The evaluator recurses as deep as the tree is.
constexpr std::uint16_t kMaxDepth = 120;
constexpr std::size_t kMaxText = 64 * 1024;

struct BinaryOperator {
  std::string_view text;
  Operator op;
  int level;  // Binds tighter the higher it is.
};
constexpr BinaryOperator kBinary[] = {
    {"||", Operator::kNone, 1},     {"&&", Operator::kNone, 2},         {"==", Operator::kEqual, 3},
    {"!=", Operator::kNotEqual, 3}, {"<", Operator::kLess, 3},          {"<=", Operator::kLessEqual, 3},
    {">", Operator::kGreater, 3},   {">=", Operator::kGreaterEqual, 3}, {"in", Operator::kIn, 3},
    {"+", Operator::kAdd, 4},       {"-", Operator::kSubtract, 4},      {"*", Operator::kMultiply, 5},
    {"/", Operator::kDivide, 5},    {"%", Operator::kModulo, 5},
};

struct MacroName {
  std::string_view name;
  Macro macro;
  std::size_t least, most;  // Arguments, with the variable.
};
constexpr MacroName kMacros[] = {
    {"all", Macro::kAll, 2, 2},       {"exists", Macro::kExists, 2, 2}, {"exists_one", Macro::kExistsOne, 2, 2},
    {"filter", Macro::kFilter, 2, 2}, {"map", Macro::kMap, 2, 3},       {"sortBy", Macro::kSortBy, 2, 2},
};

constexpr std::array<std::string_view, 21> kReserved = {
    "as",      "break",     "const",  "continue", "else", "for",   "function", "if",    "import", "let", "loop",
    "package", "namespace", "return", "var",      "void", "while", "true",     "false", "null",   "in"};

bool is_reserved(std::string_view word) {
  return std::find(kReserved.begin(), kReserved.end(), word) != kReserved.end();
}

class Parser {
 public:
  Parser(Arena& arena, std::string_view text, Fault& fault) : arena_(arena), tokens_(tokenize(text)), fault_(fault) {}

  Expr* run() {
    Expr* result = expression();
    if (result != nullptr && !at_end()) return unexpected("an operator or the end");
    return result;
  }

 private:
  const Token& peek(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  bool at_end() const { return peek().kind == TokenKind::kEnd; }
  bool at(std::string_view symbol) const { return peek().kind == TokenKind::kSymbol && peek().text == symbol; }
  bool at_word(std::string_view word) const { return peek().kind == TokenKind::kIdentifier && peek().text == word; }

  Token take() {
    Token token = peek();
    if (at_ + 1 < tokens_.size()) ++at_;
    return token;
  }
  bool accept(std::string_view symbol) {
    if (!at(symbol)) return false;
    take();
    return true;
  }
  bool expect(std::string_view symbol) {
    if (accept(symbol)) return true;
    unexpected("`" + std::string(symbol) + "`");
    return false;
  }

  Expr* fail(std::uint32_t begin, std::uint32_t end, std::string message, std::string help = {}) {
    if (!failed_) fault_ = {begin, std::max(end, begin + 1), std::move(message), std::move(help)};
    failed_ = true;
    return nullptr;
  }
  Expr* unexpected(const std::string& wanted) {
    const Token& token = peek();
    if (token.kind == TokenKind::kBad) return fail(token.begin, token.end, token.content);
    if (token.kind == TokenKind::kEnd)
      return fail(token.begin, token.end, "the expression ends where " + wanted + " is expected");
    return fail(token.begin, token.end, "expected " + wanted + ", found `" + std::string(token.text) + "`");
  }

  Expr* make(ExprKind kind, std::uint32_t begin, std::uint32_t end, const std::vector<Expr*>& args = {}) {
    Expr* expr = const_cast<Expr*>(arena_.make<Expr>());
    expr->kind = kind;
    expr->begin = begin;
    expr->end = end;
    expr->name_begin = begin;
    std::uint16_t depth = 0;
    for (const Expr* arg : args) depth = std::max(depth, arg->depth);
    expr->depth = depth + 1;
    if (expr->depth > kMaxDepth) return fail(begin, end, "the expression is nested too deeply");
    expr->args = arena_.copy(args);
    return expr;
  }

  Expr* literal(const Token& token, Value value) {
    Expr* expr = make(ExprKind::kLiteral, token.begin, token.end);
    expr->literal = value;
    return expr;
  }

  // Expr = Or ["?" Or ":" Expr]
  Expr* expression() {
    if (++nesting_ > kMaxDepth) return fail(peek().begin, peek().end, "the expression is nested too deeply");
    Expr* result = conditional();
    --nesting_;
    return result;
  }

  Expr* conditional() {
    Expr* condition = binary(1);
    if (condition == nullptr || !accept("?")) return condition;
    Expr* yes = binary(1);
    if (yes == nullptr || !expect(":")) return nullptr;
    Expr* no = expression();
    if (no == nullptr) return nullptr;
    return make(ExprKind::kConditional, condition->begin, no->end, {condition, yes, no});
  }

  const BinaryOperator* binary_operator() const {
    const Token& token = peek();
    if (token.kind != TokenKind::kSymbol && !at_word("in")) return nullptr;
    for (const BinaryOperator& candidate : kBinary) {
      if (candidate.text == token.text) return &candidate;
    }
    return nullptr;
  }

  // Operators of at least `level`, left-associative.
  Expr* binary(int level) {
    Expr* left = unary();
    while (left != nullptr) {
      const BinaryOperator* found = binary_operator();
      if (found == nullptr || found->level < level) return left;
      const Token token = take();
      Expr* right = binary(found->level + 1);
      if (right == nullptr) return nullptr;
      const ExprKind kind = found->level == 1 ? ExprKind::kOr : found->level == 2 ? ExprKind::kAnd : ExprKind::kBinary;
      left = make(kind, left->begin, right->end, {left, right});
      if (left == nullptr) return nullptr;
      left->op = found->op;
      left->name = found->text;
      left->name_begin = token.begin;
    }
    return nullptr;
  }

  Expr* unary() {
    std::vector<Token> operators;
    while (at("!") || at("-")) {
      // The sign belongs to the number, or the smallest integer could not be written.
      const TokenKind next = peek(1).kind;
      if (at("-") && (next == TokenKind::kInteger || next == TokenKind::kReal) && operators.empty()) break;
      operators.push_back(take());
      if (operators.size() > kMaxDepth) return fail(peek().begin, peek().end, "the expression is nested too deeply");
    }
    Expr* result = postfix();
    for (auto it = operators.rbegin(); it != operators.rend() && result != nullptr; ++it) {
      result = make(ExprKind::kUnary, it->begin, result->end, {result});
      if (result == nullptr) return nullptr;
      result->op = it->text == "!" ? Operator::kNot : Operator::kNegate;
      result->name = result->op == Operator::kNot ? "!" : "-";
    }
    return result;
  }

  // Members, calls and indexes after a primary.
  Expr* postfix() {
    Expr* result = primary();
    while (result != nullptr) {
      if (accept(".")) {
        result = member(result);
      } else if (at("[")) {
        take();
        Expr* index = expression();
        if (index == nullptr || !expect("]")) return nullptr;
        result = make(ExprKind::kIndex, result->begin, previous_end(), {result, index});
      } else {
        return result;
      }
    }
    return nullptr;
  }

  std::uint32_t previous_end() const { return tokens_[at_ - 1].end; }

  Expr* member(Expr* target) {
    if (at("?")) return fail(peek().begin, peek().end, "optional members (`.?`) are not supported; use has()");
    if (peek().kind != TokenKind::kIdentifier) return unexpected("the name of a member");
    const Token name = take();
    if (accept("(")) return method(target, name);
    Expr* result = make(ExprKind::kMember, target->begin, name.end, {target});
    if (result == nullptr) return nullptr;
    result->name = arena_.copy(name.text);
    result->name_begin = name.begin;
    return result;
  }

  // Stands behind the parenthesis.
  Expr* method(Expr* target, const Token& name) {
    for (const MacroName& macro : kMacros) {
      if (macro.name == name.text) return expand_macro(macro, target, name);
    }
    std::vector<Expr*> args = {target};
    if (!arguments(")", args)) return nullptr;
    return call(name, std::move(args), target->begin, true);
  }

  Expr* call(const Token& name, std::vector<Expr*> args, std::uint32_t begin, bool is_method) {
    Expr* result = make(ExprKind::kCall, begin, previous_end(), args);
    if (result == nullptr) return nullptr;
    result->name = arena_.copy(name.text);
    result->name_begin = name.begin;
    result->is_method = is_method;
    return result;
  }

  // Expressions up to `close`, which is taken.
  bool arguments(std::string_view close, std::vector<Expr*>& args) {
    if (accept(close)) return true;
    while (true) {
      Expr* arg = expression();
      if (arg == nullptr) return false;
      args.push_back(arg);
      if (accept(close)) return true;
      if (!at(",")) {
        unexpected("`,` or `" + std::string(close) + "`");
        return false;
      }
      take();
      if (close != ")" && accept(close)) return true;  // A comma may stand at the end of a list.
    }
  }

  Expr* expand_macro(const MacroName& macro, Expr* range, const Token& name) {
    if (peek().kind != TokenKind::kIdentifier || is_reserved(peek().text)) return unexpected("the name of a variable");
    const Token variable = take();
    const auto slot = static_cast<std::uint32_t>(locals_.size());
    locals_.push_back(variable.text);
    if (!expect(",")) return nullptr;
    std::vector<Expr*> args = {range};
    const bool read = arguments(")", args);
    locals_.pop_back();
    if (!read) return nullptr;
    if (args.size() < macro.least || args.size() > macro.most) {
      return fail(name.begin, name.end,
                  "`" + std::string(name.text) + "` takes " + std::to_string(macro.least) +
                      (macro.most > macro.least ? " or " + std::to_string(macro.most) : "") +
                      " arguments: a variable and " +
                      (macro.most > macro.least ? "one or two expressions" : "an expression"));
    }
    Expr* result = make(ExprKind::kMacro, range->begin, previous_end(), args);
    if (result == nullptr) return nullptr;
    result->macro = macro.macro;
    result->slot = slot;
    result->name = macro.name;
    result->name_begin = name.begin;
    return result;
  }

  Expr* has(const Token& name) {
    Expr* target = expression();
    if (target == nullptr || !expect(")")) return nullptr;
    if (target->kind != ExprKind::kMember) {
      return fail(target->begin, target->end, "has() asks for a member: `has(x.name)`");
    }
    target->kind = ExprKind::kHas;
    target->begin = name.begin;
    target->end = previous_end();
    return target;
  }

  Expr* primary() {
    const Token token = peek();
    switch (token.kind) {
      case TokenKind::kInteger:
      case TokenKind::kReal:
      case TokenKind::kUnsigned:
        return number();
      case TokenKind::kString:
        take();
        return literal(token, Value::string(arena_, arena_.copy(std::string_view(token.content))));
      case TokenKind::kBytes:
        return fail(token.begin, token.end, "bytes are not supported; use a string");
      case TokenKind::kIdentifier:
        return identifier();
      case TokenKind::kSymbol:
        break;
      default:
        return unexpected("an expression");
    }
    if (token.text == "-") return number();
    if (token.text == "(") {
      take();
      Expr* inner = expression();
      return inner != nullptr && expect(")") ? inner : nullptr;
    }
    if (token.text == "[" || token.text == "{") return collection();
    return unexpected("an expression");
  }

  Expr* collection() {
    const Token open = take();
    std::vector<Expr*> args;
    if (open.text == "[") {
      return arguments("]", args) ? make(ExprKind::kList, open.begin, previous_end(), args) : nullptr;
    }
    while (!accept("}")) {
      Expr* key = expression();
      if (key == nullptr || !expect(":")) return nullptr;
      Expr* value = expression();
      if (value == nullptr) return nullptr;
      args.push_back(key);
      args.push_back(value);
      if (!at("}") && !expect(",")) return nullptr;
    }
    return make(ExprKind::kMap, open.begin, previous_end(), args);
  }

  Expr* identifier() {
    const Token token = take();
    if (token.text == "true" || token.text == "false") return literal(token, Value::boolean(token.text == "true"));
    if (token.text == "null") return literal(token, Value::null());
    if (is_reserved(token.text)) {
      return fail(token.begin, token.end, "`" + std::string(token.text) + "` is a reserved word");
    }
    if (at("(")) {
      take();
      if (token.text == "has") return has(token);
      std::vector<Expr*> args;
      return arguments(")", args) ? call(token, std::move(args), token.begin, false) : nullptr;
    }
    Expr* result = make(ExprKind::kVariable, token.begin, token.end);
    if (result == nullptr) return nullptr;
    result->name = arena_.copy(token.text);
    for (std::size_t i = locals_.size(); i-- > 0;) {
      if (locals_[i] != token.text) continue;
      result->is_local = true;
      result->slot = static_cast<std::uint32_t>(i);
      break;
    }
    return result;
  }

  Expr* number() {
    Token token = take();
    const bool is_negative = token.text == "-";
    if (is_negative) {
      const std::uint32_t begin = token.begin;
      token = take();
      token.begin = begin;
    }
    const std::optional<Value> value = read_number(token, is_negative);
    if (!value) return fail(token.begin, token.end, "the number does not fit into 64 bits");
    Expr* expr = literal(token, *value);
    expr->arithmetic = token.kind == TokenKind::kReal ? Arithmetic::kReal : Arithmetic::kInteger;
    return expr;
  }

  Arena& arena_;
  std::vector<Token> tokens_;
  Fault& fault_;
  std::vector<std::string_view> locals_;
  std::size_t at_ = 0;
  std::uint16_t nesting_ = 0;
  bool failed_ = false;
};

}  // namespace

Expr* parse(Arena& arena, std::string_view text, Fault& fault) {
  if (text.size() > kMaxText) {
    fault = {0, 1, "the expression is too long", ""};
    return nullptr;
  }
  return Parser(arena, text, fault).run();
}

}  // namespace halint::cel
