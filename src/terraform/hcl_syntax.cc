// Reads HCL text into syntax: tree-sitter parses, a single walk over its tree builds ours.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/hcl_syntax.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "terraform/hcl_errors.h"
#include "terraform/hcl_template.h"
#include "terraform/hcl_tree.h"
#include "terraform/trouble.h"

namespace halint {
namespace {

std::optional<BinaryOperator> binary_operator(std::string_view text) {
  constexpr std::pair<std::string_view, BinaryOperator> kOperators[] = {
      {"+", BinaryOperator::kAdd},          {"-", BinaryOperator::kSubtract},  {"*", BinaryOperator::kMultiply},
      {"/", BinaryOperator::kDivide},       {"%", BinaryOperator::kRemainder}, {"<", BinaryOperator::kLess},
      {"<=", BinaryOperator::kLessOrEqual}, {">", BinaryOperator::kGreater},   {">=", BinaryOperator::kGreaterOrEqual},
      {"==", BinaryOperator::kEqual},       {"!=", BinaryOperator::kNotEqual}, {"&&", BinaryOperator::kAnd},
      {"||", BinaryOperator::kOr}};
  for (const auto& [word, op] : kOperators) {
    if (word == text) return op;
  }
  return std::nullopt;
}

struct Contents {
  std::vector<Attribute> attributes;
  std::vector<Block> blocks;
};

// A name may be set once; the first one counts.
Body finish(HclFile& into, Contents& contents) {
  std::unordered_set<std::string_view> seen;
  for (const Attribute& attribute : contents.attributes) {
    if (seen.insert(attribute.name).second) continue;
    into.diagnostics.push_back(syntax_error(attribute.name_span,
                                            fmt::format("`{}` is set twice in the same block", attribute.name),
                                            "remove one of the two"));
  }
  Body body;
  body.attributes = into.arena.copy(contents.attributes);
  body.blocks = into.arena.copy(contents.blocks);
  return body;
}

// Builds syntax from one tree.
class Reader {
 public:
  Reader(const HclTree& tree, std::string_view text, HclFile& into, std::uint32_t base, std::uint32_t nesting)
      : walk_(tree), text_(text), into_(into), arena_(into.arena), base_(base), nesting_(nesting) {}

  void read_file(Contents& contents) {
    if (walk_.node() == Node::kBody) {
      collect(contents);
    } else {
      walk_.each_child([&] {
        if (walk_.node() == Node::kBody || walk_.node() == Node::kError)
          collect(contents);
        else
          collect_one(contents);
      });
    }
  }

  // Of the file `x = <<EOT ... EOT`, in which a template file is wrapped: the line feed before the end is not part of
  // it.
  const Expression* read_wrapped_template() {
    is_template_file_ = true;
    Contents contents;
    read_file(contents);
    return contents.attributes.empty() ? nullptr : contents.attributes[0].value;
  }

 private:
  Span span() const { return {into_.file, base_ + walk_.begin(), base_ + walk_.end()}; }
  Span from(std::uint32_t begin, std::uint32_t end) const { return {into_.file, base_ + begin, base_ + end}; }
  std::string_view text() const { return text_.substr(walk_.begin(), walk_.end() - walk_.begin()); }
  const Expression* make(Expression expression) { return arena_.make<Expression>(expression); }
  const Expression* invalid() { return make({.kind = ExpressionKind::kInvalid, .span = span()}); }

  // True if the nesting is too deep to go on; says so once.
  bool is_too_deep() {
    if (depth_ < nesting_) return false;
    if (!said_too_deep_) {
      said_too_deep_ = true;
      into_.diagnostics.push_back(
          limit_exceeded(span(), fmt::format("expressions or blocks nest deeper than {} levels", nesting_),
                         "split the expression into locals"));
    }
    return true;
  }

  struct Deeper {
    explicit Deeper(std::uint32_t& depth) : depth(depth) { ++depth; }
    ~Deeper() { --depth; }
    std::uint32_t& depth;
  };

  void collect(Contents& contents) {
    if (is_too_deep()) return;
    Deeper deeper(depth_);
    std::uint32_t last_end = 0;
    walk_.each_child([&] {
      bool is_item = walk_.node() == Node::kAttribute || walk_.node() == Node::kBlock;
      if (is_item && last_end > 0) expect_line_break(last_end);
      if (is_item) last_end = walk_.end();
      collect_one(contents);
    });
  }

  // Attributes and blocks stand on lines of their own.
  void expect_line_break(std::uint32_t last_end) {
    std::string_view between = text_.substr(last_end, walk_.begin() - last_end);
    if (between.find('\n') != between.npos) return;
    // A heredoc ends with its line.
    if (last_end > 0 && text_[last_end - 1] == '\n') return;
    std::string_view name = text_.substr(walk_.begin(), text_.find_first_of(" \t=\"{", walk_.begin()) - walk_.begin());
    into_.diagnostics.push_back(syntax_error(span(), fmt::format("expected a line break before `{}`", name),
                                             "write one argument or block on a line"));
  }

  void collect_one(Contents& contents) {
    switch (walk_.node()) {
      case Node::kAttribute:
        read_attribute(contents);
        break;
      case Node::kBlock:
        read_block(contents);
        break;
      case Node::kBody:
      case Node::kError:  // What is whole inside of a broken region counts.
        collect(contents);
        break;
      default:
        break;
    }
  }

  void read_attribute(Contents& contents) {
    Attribute attribute;
    attribute.span = span();
    walk_.each_child([&] {
      if (walk_.node() == Node::kIdentifier && attribute.name.empty()) {
        attribute.name = text();
        attribute.name_span = span();
      } else if (walk_.node() == Node::kExpression) {
        attribute.value = expression();
      }
    });
    if (attribute.value != nullptr) contents.attributes.push_back(attribute);
  }

  void read_block(Contents& contents) {
    if (is_too_deep()) return;
    Deeper deeper(depth_);
    Block block;
    block.span = span();
    block.header = span();
    std::vector<Label> labels;
    Contents inner;
    walk_.each_child([&] {
      switch (walk_.node()) {
        case Node::kIdentifier:
          if (block.type.empty())
            block.type = text();
          else
            labels.push_back({text(), span()});
          block.header.end = span().end;
          break;
        case Node::kStringLit:
          labels.push_back({unescape_quoted(arena_, quoted_text()), span()});
          block.header.end = span().end;
          break;
        case Node::kBody:
        case Node::kError:
          collect(inner);
          break;
        default:
          break;
      }
    });
    block.labels = arena_.copy(labels);
    block.body = finish(into_, inner);
    contents.blocks.push_back(block);
  }

  // The text between the quotes of a string_lit.
  std::string_view quoted_text() const {
    std::string_view quoted = text();
    return quoted.size() >= 2 ? quoted.substr(1, quoted.size() - 2) : std::string_view();
  }

  // At an `expression` node.
  const Expression* expression() {
    if (is_too_deep()) return invalid();
    Deeper deeper(depth_);
    const Expression* result = nullptr;
    Span whole = span();
    if (walk_.down()) {
      result = term();
      walk_.up();
    }
    return result != nullptr ? result : make({.kind = ExpressionKind::kInvalid, .span = whole});
  }

  // At the first node of a term: a primary and what follows it. Leaves the cursor at the last sibling it consumed and
  // sets `more_` if that was not the last of all.
  const Expression* term() {
    more_ = true;
    std::uint32_t begin = walk_.begin();
    bool in_parentheses = walk_.node() == Node::kOpenParenthesis;
    const Expression* source = in_parentheses ? parenthesised() : primary();
    std::uint32_t end = walk_.end();
    std::vector<TraversalStep> steps;
    while ((more_ = walk_.next())) {
      Node node = walk_.node();
      if (node != Node::kGetAttr && node != Node::kIndex && node != Node::kSplat) break;
      end = walk_.end();
      add_step(steps);
    }
    if (steps.empty()) return source;
    Expression traversal = {.kind = ExpressionKind::kTraversal, .span = from(begin, end), .steps = arena_.copy(steps)};
    if (source->kind == ExpressionKind::kTraversal && source->steps.empty() && source->parts.empty()) {
      traversal.text = source->text;
    } else {
      traversal.parts = one(source);
    }
    return make(traversal);
  }

  std::span<const Expression* const> one(const Expression* part) {
    return arena_.copy(std::span<const Expression* const>(&part, 1));
  }

  // At "(": leaves the cursor at ")".
  const Expression* parenthesised() {
    const Expression* inner = nullptr;
    std::uint32_t begin = walk_.begin();
    while (walk_.next()) {
      if (walk_.node() == Node::kExpression) {
        inner = expression();
        continue;
      }
      if (text() == ")") break;
    }
    if (inner == nullptr) return invalid();
    Expression copy = *inner;
    copy.span = from(begin, walk_.end());
    if (copy.kind == ExpressionKind::kConditional) copy.is_wrapped = true;
    // A bare name in parentheses is a reference, never the literal key of an object: see `object_key`.
    return make(copy);
  }

  void add_step(std::vector<TraversalStep>& steps) {
    if (walk_.node() == Node::kGetAttr) {
      TraversalStep step = {.kind = TraversalStep::Kind::kAttribute, .span = span()};
      walk_.each_child([&] {
        if (walk_.node() == Node::kIdentifier) step.name = text();
      });
      steps.push_back(step);
    } else if (walk_.node() == Node::kIndex) {
      walk_.each_child([&] { add_index(steps); });
    } else {
      walk_.each_child([&] { add_splat(steps); });
    }
  }

  // At new_index or legacy_index.
  void add_index(std::vector<TraversalStep>& steps) {
    TraversalStep step = {.kind = TraversalStep::Kind::kIndex, .span = span()};
    if (walk_.node() == Node::kLegacyIndex) {
      std::string_view digits = text().substr(1);
      while (!digits.empty() && (digits.front() < '0' || digits.front() > '9')) digits.remove_prefix(1);
      step.index = make({.kind = ExpressionKind::kNumber, .span = span(), .text = digits});
    } else {
      walk_.each_child([&] {
        if (walk_.node() == Node::kExpression) step.index = expression();
      });
    }
    if (step.index == nullptr) step.index = invalid();
    steps.push_back(step);
  }

  // At attr_splat or full_splat. After `.*` an index belongs to the whole result, after `[*]` to each element.
  void add_splat(std::vector<TraversalStep>& steps) {
    bool is_full = walk_.node() == Node::kFullSplat;
    std::size_t place = steps.size();
    steps.push_back(
        {.kind = is_full ? TraversalStep::Kind::kFullSplat : TraversalStep::Kind::kAttributeSplat, .span = span()});
    bool is_each = true;
    walk_.each_child([&] {
      if (walk_.node() != Node::kGetAttr && walk_.node() != Node::kIndex) return;
      if (!is_full && walk_.node() == Node::kIndex) is_each = false;
      std::size_t before = steps.size();
      add_step(steps);
      if (is_each) steps[place].each_steps += static_cast<std::uint32_t>(steps.size() - before);
    });
  }

  // At the node of a value that is not in parentheses.
  const Expression* primary() {
    if (is_too_deep()) return invalid();
    Deeper deeper(depth_);
    switch (walk_.node()) {
      case Node::kExpression:
        return expression();
      case Node::kLiteralValue:
      case Node::kTemplateExpr:
      case Node::kCollection:
      case Node::kForExpr:
      case Node::kOperation:
        return only_child();
      case Node::kNumericLit:
        return make({.kind = ExpressionKind::kNumber, .span = span(), .text = text()});
      case Node::kBoolLit:
        return make({.kind = ExpressionKind::kBool, .span = span(), .text = text()});
      case Node::kNullLit:
        return make({.kind = ExpressionKind::kNull, .span = span()});
      case Node::kStringLit:
        return make({.kind = ExpressionKind::kString, .span = span(), .text = unescape_quoted(arena_, quoted_text())});
      case Node::kVariable:
        return make({.kind = ExpressionKind::kTraversal, .span = span(), .text = text()});
      case Node::kQuotedTemplate:
      case Node::kHeredocTemplate:
        return quoted_or_heredoc();
      case Node::kTuple:
        return tuple();
      case Node::kObject:
        return object();
      case Node::kCall:
        return call();
      case Node::kForTuple:
      case Node::kForObject:
        return for_expression();
      case Node::kUnary:
        return unary();
      case Node::kBinary:
        return binary();
      case Node::kConditional:
        return conditional();
      default:
        return invalid();
    }
  }

  const Expression* only_child() {
    const Expression* result = nullptr;
    walk_.each_child([&] {
      if (result == nullptr && walk_.node() != Node::kError) result = primary();
    });
    return result != nullptr ? result : invalid();
  }

  // The terms among the children of an operation. An operand takes all siblings up to the operator.
  std::vector<const Expression*> operands(std::string_view& op) {
    std::vector<const Expression*> result;
    if (!walk_.down()) return result;
    bool more = true;
    while (more) {
      if (walk_.node() == Node::kOther) {
        op = text();
        more = walk_.next();
      } else if (walk_.node() == Node::kError) {
        more = walk_.next();
      } else {
        result.push_back(term());
        more = more_;
      }
    }
    walk_.up();
    return result;
  }

  const Expression* unary() {
    std::string_view op;
    std::vector<const Expression*> parts = operands(op);
    if (parts.size() != 1) return invalid();
    return make({.kind = ExpressionKind::kUnary,
                 .unary = op == "-" ? UnaryOperator::kNegate : UnaryOperator::kNot,
                 .span = span(),
                 .parts = arena_.copy(parts)});
  }

  const Expression* binary() {
    std::string_view word;
    std::vector<const Expression*> parts = operands(word);
    std::optional<BinaryOperator> op = binary_operator(word);
    if (parts.size() != 2 || !op) return invalid();
    return make({.kind = ExpressionKind::kBinary, .binary = *op, .span = span(), .parts = arena_.copy(parts)});
  }

  // The grammar reads `a ? b : c ? d : e` as `(a ? b : c) ? d : e`; HCL means the opposite.
  const Expression* conditional() {
    std::vector<const Expression*> parts;
    walk_.each_child([&] {
      if (walk_.node() == Node::kExpression) parts.push_back(expression());
    });
    if (parts.size() != 3) return invalid();
    return conditional_of(parts[0], parts[1], parts[2]);
  }

  const Expression* conditional_of(const Expression* condition, const Expression* then, const Expression* otherwise) {
    bool is_chain = condition->kind == ExpressionKind::kConditional && !condition->is_wrapped;
    if (is_chain) {
      otherwise = conditional_of(condition->parts[2], then, otherwise);
      then = condition->parts[1];
      condition = condition->parts[0];
    }
    std::vector<const Expression*> parts = {condition, then, otherwise};
    Span whole = condition->span;
    whole.end = otherwise->span.end;
    return make({.kind = ExpressionKind::kConditional, .span = whole, .parts = arena_.copy(parts)});
  }

  const Expression* tuple() {
    std::vector<const Expression*> parts;
    walk_.each_child([&] {
      if (walk_.node() == Node::kExpression) parts.push_back(expression());
    });
    return make({.kind = ExpressionKind::kTuple, .span = span(), .parts = arena_.copy(parts)});
  }

  const Expression* object() {
    std::vector<const Expression*> parts;
    walk_.each_child([&] {
      if (walk_.node() != Node::kObjectElem) return;
      const Expression* key = nullptr;
      const Expression* value = nullptr;
      walk_.each_child([&] {
        if (walk_.node() != Node::kExpression) return;
        if (key == nullptr)
          key = object_key();
        else
          value = expression();
      });
      if (key == nullptr || value == nullptr) return;
      parts.push_back(key);
      parts.push_back(value);
    });
    return make({.kind = ExpressionKind::kObject, .span = span(), .parts = arena_.copy(parts)});
  }

  // `name = ...` is the key "name"; `(name) = ...` is the value of `name`.
  const Expression* object_key() {
    bool is_in_parentheses = text().starts_with('(');
    const Expression* key = expression();
    bool is_word = !is_in_parentheses && (key->kind == ExpressionKind::kNull || key->kind == ExpressionKind::kBool ||
                                          (key->kind == ExpressionKind::kTraversal && key->steps.empty()));
    if (!is_word) return key;
    return make({.kind = ExpressionKind::kString, .span = key->span, .text = text()});
  }

  const Expression* call() {
    Expression call = {.kind = ExpressionKind::kCall, .span = span()};
    std::vector<const Expression*> parts;
    walk_.each_child([&] {
      if (walk_.node() == Node::kIdentifier && call.text.empty()) call.text = text();
      if (walk_.node() != Node::kArguments) return;
      walk_.each_child([&] {
        if (walk_.node() == Node::kExpression) parts.push_back(expression());
        if (walk_.node() == Node::kEllipsis) call.expands = true;
      });
    });
    call.parts = arena_.copy(parts);
    return make(call);
  }

  const Expression* for_expression() {
    bool is_object = walk_.node() == Node::kForObject;
    Expression loop = {.kind = is_object ? ExpressionKind::kForObject : ExpressionKind::kForTuple, .span = span()};
    const Expression* collection = nullptr;
    const Expression* condition = nullptr;
    std::vector<const Expression*> values;
    walk_.each_child([&] {
      if (walk_.node() == Node::kForIntro) collection = names_and_collection(loop.loop);
      if (walk_.node() == Node::kExpression) values.push_back(expression());
      if (walk_.node() == Node::kEllipsis) loop.expands = true;
      if (walk_.node() == Node::kForCond)
        walk_.each_child([&] {
          if (walk_.node() == Node::kExpression) condition = expression();
        });
    });
    if (collection == nullptr || values.size() != (is_object ? 2u : 1u)) return invalid();
    std::vector<const Expression*> parts = {collection, values.back(), condition};
    if (is_object) parts.push_back(values.front());
    loop.parts = arena_.copy(parts);
    return make(loop);
  }

  // At for_intro or template_for_start.
  const Expression* names_and_collection(LoopNames& names) {
    const Expression* collection = nullptr;
    walk_.each_child([&] {
      if (walk_.node() == Node::kIdentifier) names.key = std::exchange(names.value, text());
      if (walk_.node() == Node::kExpression) collection = expression();
    });
    return collection;
  }

  // At quoted_template or heredoc_template.
  const Expression* quoted_or_heredoc() {
    TemplateForm form = TemplateForm::kQuoted;
    std::vector<TemplateToken> tokens;
    std::uint32_t at = walk_.begin();
    std::uint32_t end = walk_.end();
    bool is_open = false;
    walk_.each_child([&] {
      switch (walk_.node()) {
        case Node::kQuotedStart:
          at = walk_.end();
          break;
        case Node::kQuotedEnd:
          end = walk_.begin();
          break;
        case Node::kHeredocStart:
          form = is_template_file_ ? TemplateForm::kBare
                 : text() == "<<-" ? TemplateForm::kFlushHeredoc
                                   : TemplateForm::kHeredoc;
          break;
        case Node::kHeredocIdentifier:
          if (is_open)
            end = line_start(walk_.begin()) - (is_template_file_ ? 1 : 0);
          else
            at = next_line(walk_.end());
          is_open = true;
          break;
        default:
          add_template_node(tokens, at, form);
      }
    });
    add_text(tokens, at, end, form);
    return build_template(arena_, tokens, span(), form);
  }

  std::uint32_t line_start(std::uint32_t at) const {
    while (at > 0 && text_[at - 1] != '\n') --at;
    return at;
  }
  std::uint32_t next_line(std::uint32_t at) const {
    while (at < text_.size() && text_[at] != '\n') ++at;
    return std::min<std::uint32_t>(at + 1, static_cast<std::uint32_t>(text_.size()));
  }

  void add_text(std::vector<TemplateToken>& tokens, std::uint32_t from, std::uint32_t to, TemplateForm form) {
    std::size_t first = tokens.size();
    if (from < to) add_template_text(tokens, arena_, text_, into_.file, from, to, form);
    for (std::size_t i = first; i < tokens.size(); ++i) {
      tokens[i].span.begin += base_;
      tokens[i].span.end += base_;
    }
  }

  // An interpolation or a directive: the text before it, from `at`, comes first.
  void add_template_node(std::vector<TemplateToken>& tokens, std::uint32_t& at, TemplateForm form) {
    using Kind = TemplateToken::Kind;
    switch (walk_.node()) {
      case Node::kTemplateDirective:
      case Node::kTemplateFor:
      case Node::kTemplateIf: {
        if (is_too_deep()) return;
        Deeper deeper(depth_);
        walk_.each_child([&] { add_template_node(tokens, at, form); });
        return;
      }
      case Node::kTemplateInterpolation:
        return add_template_token(tokens, at, form, Kind::kInterpolation);
      case Node::kTemplateForStart:
        return add_template_token(tokens, at, form, Kind::kFor);
      case Node::kTemplateForEnd:
        return add_template_token(tokens, at, form, Kind::kEndFor);
      case Node::kTemplateIfIntro:
        return add_template_token(tokens, at, form, Kind::kIf);
      case Node::kTemplateElse:
        return add_template_token(tokens, at, form, Kind::kElse);
      case Node::kTemplateIfEnd:
        return add_template_token(tokens, at, form, Kind::kEndIf);
      default:
        return;
    }
  }

  void add_template_token(std::vector<TemplateToken>& tokens, std::uint32_t& at, TemplateForm form,
                          TemplateToken::Kind kind) {
    add_text(tokens, at, walk_.begin(), form);
    at = walk_.end();
    TemplateToken token = {.kind = kind, .span = span()};
    std::string_view whole = text();
    token.strips_before = whole.size() > 2 && whole[2] == '~';
    token.strips_after = whole.size() > 3 && whole[whole.size() - 2] == '~';
    if (kind == TemplateToken::Kind::kFor) {
      token.expression = names_and_collection(token.loop);
    } else {
      walk_.each_child([&] {
        if (walk_.node() == Node::kExpression) token.expression = expression();
      });
    }
    bool needs_expression = kind == TemplateToken::Kind::kInterpolation || kind == TemplateToken::Kind::kIf ||
                            kind == TemplateToken::Kind::kFor;
    if (needs_expression && token.expression == nullptr) {
      into_.diagnostics.push_back(
          syntax_error(span(), "expected an expression between `${` and `}`", "write `$${` for the text `${`"));
    }
    if (token.expression == nullptr) token.expression = invalid();
    tokens.push_back(token);
  }

  Walk walk_;
  std::string_view text_;
  HclFile& into_;
  Arena& arena_;
  std::uint32_t base_;  // Where `text_` starts in the file.
  std::uint32_t nesting_;
  std::uint32_t depth_ = 0;
  bool more_ = false;
  bool said_too_deep_ = false;
  bool is_template_file_ = false;
};

// Deepest nesting of brackets in `text`, roughly: brackets in strings and comments count too.
std::size_t bracket_depth(std::string_view text) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  for (char c : text) {
    if (c == '(' || c == '[' || c == '{') deepest = std::max(deepest, ++depth);
    if ((c == ')' || c == ']' || c == '}') && depth > 0) --depth;
  }
  return deepest;
}

// Beyond this the parser itself would take long, and no person has written it.
constexpr std::size_t kHopelessDepth = 5000;

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

// True if the digits that end at `last` are a number of their own and not the tail of a name.
bool starts_number(std::string_view text, std::size_t last) {
  while (last > 0 && text[last] >= '0' && text[last] <= '9') --last;
  return !is_name_character(text[last]) || text[last] == '-';
}

// The grammar wants a line feed after the end of a heredoc.
std::string with_final_line_feed(std::string_view text) {
  return std::string(text) + "\n";
}

// `text` with the same meaning, byte for byte in the same place, but spelled so that the grammar can read it where it
// falls short of HCL: `1e5`, and `(key) = value` on the line after a name, which it takes for a call.
std::string respelled(std::string_view text) {
  std::string result = with_final_line_feed(text);
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 1; i + 1 < result.size(); ++i) {
    if ((result[i] == 'e' || result[i] == 'E') && is_digit(result[i - 1]) && starts_number(result, i - 1)) {
      std::size_t digits = i + 1 + (result[i + 1] == '+' || result[i + 1] == '-' ? 1 : 0);
      if (digits < result.size() && is_digit(result[digits])) std::fill(&result[i], &result[digits], '0');
    } else if (result[i] == '\n' && is_name_character(result[i - 1])) {
      std::size_t next = result.find_first_not_of(" \t\r\n", i);
      if (next != result.npos && result[next] == '(') result[i] = ',';
    }
  }
  return result;
}

// True if a block of the outermost level starts here, as everybody formats it.
bool starts_block(std::string_view text) {
  for (std::string_view word :
       {"resource", "data", "variable", "output", "locals", "module", "provider", "terraform"}) {
    if (text.starts_with(word) && text.size() > word.size() && (text[word.size()] == ' ' || text[word.size()] == '{')) {
      return true;
    }
  }
  return false;
}

// Splits before each line on which a block starts.
std::vector<std::string_view> split_blocks(std::string_view text) {
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) {
    if (!starts_block(text.substr(at + 1))) continue;
    pieces.push_back(text.substr(begin, at + 1 - begin));
    begin = at + 1;
  }
  pieces.push_back(text.substr(begin));
  return pieces;
}

// Of a broken file each block is read by itself, so that a fault stays in the block where it is.
void read_piecewise(HclFile& file, std::string_view text, std::string_view spelled, std::uint32_t base,
                    std::uint32_t nesting) {
  Contents contents;
  for (std::string_view piece : split_blocks(spelled)) {
    std::size_t begin = static_cast<std::size_t>(piece.data() - spelled.data());
    std::uint32_t piece_base = base + static_cast<std::uint32_t>(begin);
    std::string_view original = text.substr(begin, piece.size());
    HclTree tree(piece);
    if (!tree.is_complete()) {
      file.diagnostics.push_back(syntax_error({file.file, piece_base, piece_base + 1}, "this is not HCL",
                                              "exclude the file if it is not meant to be read"));
      continue;
    }
    Reader(tree, original, file, piece_base, nesting).read_file(contents);
    if (tree.has_error()) add_syntax_errors(file.diagnostics, tree, original, file.file, piece_base);
  }
  file.body = finish(file, contents);
}

void read_whole(HclFile& file, const HclTree& tree, std::string_view text, std::uint32_t base, std::uint32_t nesting) {
  Contents contents;
  Reader(tree, text, file, base, nesting).read_file(contents);
  file.body = finish(file, contents);
}

}  // namespace

HclFile parse_hcl(std::string_view whole, FileId id, std::uint32_t nesting) {
  HclFile file;
  file.file = id;
  add_encoding_error(file.diagnostics, whole, id);
  std::uint32_t base = has_byte_order_mark(whole) ? kByteOrderMark.size() : 0;
  std::string_view text = whole.substr(base);
  if (bracket_depth(text) > kHopelessDepth) {
    file.diagnostics.push_back(limit_exceeded(
        {id, 0, 0}, fmt::format("brackets nest deeper than {} levels; the file was left out", kHopelessDepth),
        "exclude the file if it is not meant to be read"));
    return file;
  }
  std::string ended = text.ends_with('\n') ? std::string() : with_final_line_feed(text);
  HclTree tree(ended.empty() ? text : std::string_view(ended));
  if (tree.is_complete() && !tree.has_error()) {
    read_whole(file, tree, text, base, nesting);
    return file;
  }
  std::string spelled = respelled(text);
  HclTree second(spelled);
  if (second.is_complete() && !second.has_error()) {
    read_whole(file, second, text, base, nesting);
  } else {
    read_piecewise(file, text, spelled, base, nesting);
  }
  return file;
}

const Expression* parse_hcl_template(HclFile& into, std::string_view text, std::uint32_t nesting) {
  if (bracket_depth(text) > kHopelessDepth) return nullptr;
  constexpr std::string_view kOpen = "x = <<halint-template\n";
  std::string wrapped = fmt::format("{}{}\nhalint-template\n", kOpen, text);
  HclTree tree(wrapped);
  if (!tree.is_complete() || tree.has_error()) return nullptr;
  std::string_view kept = into.arena.copy(std::string_view(wrapped));
  std::uint32_t base = 0u - static_cast<std::uint32_t>(kOpen.size());  // Spans count from the start of `text`.
  return Reader(tree, kept, into, base, nesting).read_wrapped_template();
}

}  // namespace halint
