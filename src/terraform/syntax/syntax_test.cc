// HCL text to syntax: every construct, what is broken, and all files of the corpus.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/source_file.h"
#include "terraform/syntax/hcl_syntax.h"

namespace halint {
namespace {

std::string show(const Expression* expression);

std::string show_steps(const Expression& expression) {
  std::string text;
  for (const TraversalStep& step : expression.steps) {
    switch (step.kind) {
      case TraversalStep::Kind::kAttribute:
        text += "." + std::string(step.name);
        break;
      case TraversalStep::Kind::kIndex:
        text += "[" + show(step.index) + "]";
        break;
      case TraversalStep::Kind::kAttributeSplat:
        text += ".*" + std::to_string(step.each_steps);
        break;
      case TraversalStep::Kind::kFullSplat:
        text += "[*]" + std::to_string(step.each_steps);
        break;
    }
  }
  return text;
}

std::string show_parts(const Expression& expression, std::string name) {
  name += "(";
  for (const Expression* part : expression.parts) name += (name.ends_with('(') ? "" : ", ") + show(part);
  return name + ")";
}

// One line that shows the structure: `add(1, mul(2, x.y))`.
std::string show(const Expression* expression) {
  if (expression == nullptr) return "none";
  const Expression& e = *expression;
  constexpr const char* kBinary[] = {"add", "sub", "mul", "div", "rem", "lt", "le",
                                     "gt",  "ge",  "eq",  "ne",  "and", "or"};
  std::string loop =
      e.loop.key.empty() ? std::string(e.loop.value) : std::string(e.loop.key) + " " + std::string(e.loop.value);
  std::string more = e.expands ? "..." : "";
  switch (e.kind) {
    case ExpressionKind::kNull:
      return "null";
    case ExpressionKind::kBool:
    case ExpressionKind::kNumber:
      return std::string(e.text);
    case ExpressionKind::kString:
      return "'" + std::string(e.text) + "'";
    case ExpressionKind::kTemplate:
      return show_parts(e, e.is_wrapped ? "wrapped" : "template");
    case ExpressionKind::kTemplateIf:
      return show_parts(e, "text_if");
    case ExpressionKind::kTemplateFor:
      return show_parts(e, "text_for " + loop);
    case ExpressionKind::kTraversal:
      return (e.parts.empty() ? std::string(e.text) : "<" + show(e.parts[0]) + ">") + show_steps(e);
    case ExpressionKind::kConditional:
      return show_parts(e, "if");
    case ExpressionKind::kUnary:
      return show_parts(e, e.unary == UnaryOperator::kNot ? "not" : "negate");
    case ExpressionKind::kBinary:
      return show_parts(e, kBinary[static_cast<int>(e.binary)]);
    case ExpressionKind::kCall:
      return show_parts(e, "call " + std::string(e.text) + more);
    case ExpressionKind::kTuple:
      return show_parts(e, "tuple");
    case ExpressionKind::kObject:
      return show_parts(e, "object");
    case ExpressionKind::kForTuple:
      return show_parts(e, "for " + loop);
    case ExpressionKind::kForObject:
      return show_parts(e, "for_map " + loop + more);
    case ExpressionKind::kInvalid:
      return "invalid";
  }
  return "?";
}

// Requires: `text` outlives the result.
HclFile parse(const std::string& text) {
  return parse_hcl(text, FileId{1}, 200);
}

// The value of `x` in a file that says `x = TEXT`.
std::string expression(const std::string& text) {
  std::string file = "x = " + text;
  HclFile parsed = parse(file);
  if (!parsed.diagnostics.empty()) return "error: " + parsed.diagnostics[0].message;
  if (parsed.body.attributes.empty()) return "nothing";
  return show(parsed.body.attributes[0].value);
}

std::vector<std::string> errors(const std::string& text) {
  std::vector<std::string> result;
  for (const Diagnostic& diagnostic : parse(text).diagnostics) {
    std::size_t line =
        1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + diagnostic.span.begin, '\n'));
    result.push_back(std::to_string(line) + ": " + diagnostic.message);
  }
  return result;
}

using Errors = std::vector<std::string>;

TEST(HclSyntax, Literals) {
  EXPECT_EQ(expression("null"), "null");
  EXPECT_EQ(expression("true"), "true");
  EXPECT_EQ(expression("1.5"), "1.5");
  EXPECT_EQ(expression("1e5"), "1e5");
  EXPECT_EQ(expression("2 + 1E-3"), "add(2, 1E-3)");
  EXPECT_EQ(expression(R"("a\tb\"\\ \u00e9 \U0001F600")"), "'a\tb\"\\ \xC3\xA9 \xF0\x9F\x98\x80'");
  EXPECT_EQ(expression(R"("")"), "''");
}

TEST(HclSyntax, TemplatesResolveEscapesAndStripMarkers) {
  EXPECT_EQ(expression(R"("${var.x}")"), "wrapped(var.x)");
  EXPECT_EQ(expression(R"(" ${var.x} ")"), "template(' ', var.x, ' ')");
  EXPECT_EQ(expression(R"("$${a} %%{b} $c")"), "'${a} %{b} $c'");
  EXPECT_EQ(expression(R"("a ${~ x ~} b")"), "template('a', x, 'b')");
  EXPECT_EQ(expression(R"("%{ if a }b%{ else }c%{ endif }")"), "template(text_if(a, template('b'), template('c')))");
  EXPECT_EQ(expression(R"("%{ if a }b%{ endif }")"), "template(text_if(a, template('b'), template()))");
  EXPECT_EQ(expression(R"("%{ for k, v in m }${k}=${v},%{ endfor }")"),
            "template(text_for k v(m, template(k, '=', v, ',')))");
}

TEST(HclSyntax, HeredocsKeepTheirText) {
  EXPECT_EQ(expression("<<EOT\n  a\n\n b \\n $${c}\nEOT\n"), "'  a\n\n b \\n ${c}\n'");
  EXPECT_EQ(expression("<<EOT\nraw ${x}\nEOT\n"), "template('raw ', x, '\n')");
  EXPECT_EQ(expression("<<EOT\nno line feed at the end\nEOT"), "'no line feed at the end\n'");
  EXPECT_EQ(expression("<<EOT\r\nwindows\r\nEOT\r\n"), "'windows\r\n'");
  EXPECT_EQ(expression("<<EOT\nEOT\n"), "''");
}

TEST(HclSyntax, FlushHeredocsLoseCommonIndentation) {
  EXPECT_EQ(expression("<<-EOT\n    a\n      b\n\n    c\n    EOT\n"), "'a\n  b\n\nc\n'");
  EXPECT_EQ(expression("<<-EOT\n    a\n  ${x}\n  EOT\n"), "template('  a\n', x, '\n')");
  EXPECT_EQ(expression("<<-EOT\n    a\n${x}\n  EOT\n"), "template('    a\n', x, '\n')");
}

TEST(HclSyntax, OperatorsBindAsInHcl) {
  EXPECT_EQ(expression("1 + 2 * 3"), "add(1, mul(2, 3))");
  EXPECT_EQ(expression("(1 + 2) * 3"), "mul(add(1, 2), 3)");
  EXPECT_EQ(expression("!a && b || c == d"), "or(and(not(a), b), eq(c, d))");
  EXPECT_EQ(expression("-a.b - 1 >= 0"), "ge(sub(negate(a.b), 1), 0)");
  EXPECT_EQ(expression("a ? 1 : b ? 2 : 3"), "if(a, 1, if(b, 2, 3))");
  EXPECT_EQ(expression("(a ? b : c) ? d : e"), "if(if(a, b, c), d, e)");
  EXPECT_EQ(expression("a ? 1 : b ? 2 : c ? 3 : 4"), "if(a, 1, if(b, 2, if(c, 3, 4)))");
}

TEST(HclSyntax, Traversals) {
  EXPECT_EQ(expression("a.b[0].c[\"k\"][d.e]"), "a.b[0].c['k'][d.e]");
  EXPECT_EQ(expression("a.b.0.c"), "a.b[0].c");
  EXPECT_EQ(expression("a.b[*].c[0]"), "a.b[*]2.c[0]");
  EXPECT_EQ(expression("a.b.*.c[0]"), "a.b.*1.c[0]");
  EXPECT_EQ(expression("(a.b[*].c)[0]"), "<a.b[*]1.c>[0]");
  EXPECT_EQ(expression("values(a.b)[*].id"), "<call values(a.b)>[*]1.id");
  EXPECT_EQ(expression("(a).b"), "a.b");
}

TEST(HclSyntax, CollectionsAndCalls) {
  EXPECT_EQ(expression("[1, \"b\", ]"), "tuple(1, 'b')");
  EXPECT_EQ(expression("{ a = 1, \"b\" : 2\n null = 3\n (c) = 4, \"x${d}\" = 5 }"),
            "object('a', 1, 'b', 2, 'null', 3, c, 4, template('x', d), 5)");
  EXPECT_EQ(expression("{\n  a = b\n  (c) = d\n}"), "object('a', b, c, d)");
  EXPECT_EQ(expression("f(a, [b]...)"), "call f...(a, tuple(b))");
  EXPECT_EQ(expression("provider::aws::arn_parse(x)"), "call provider::aws::arn_parse(x)");
  EXPECT_EQ(expression("f(\n  a,\n)"), "call f(a)");
}

TEST(HclSyntax, ForExpressions) {
  EXPECT_EQ(expression("[for s in l : upper(s)]"), "for s(l, call upper(s), none)");
  EXPECT_EQ(expression("[for i, s in l : s if i > 0]"), "for i s(l, s, gt(i, 0))");
  EXPECT_EQ(expression("{ for k, v in m : k => v }"), "for_map k v(m, v, none, k)");
  EXPECT_EQ(expression("{ for v in m : v.a => v... if v.b }"), "for_map v...(m, v, v.b, v.a)");
}

TEST(HclSyntax, BlocksHaveLabelsAndHeaders) {
  std::string text = "# c\nresource \"aws_vpc\" main {\n  cidr = \"x\" // c\n  tags { a = 1 }\n}\nlocals {}\n";
  HclFile file = parse(text);
  EXPECT_TRUE(file.diagnostics.empty());
  ASSERT_EQ(file.body.blocks.size(), 2u);
  const Block& block = file.body.blocks[0];
  EXPECT_EQ(block.type, "resource");
  ASSERT_EQ(block.labels.size(), 2u);
  EXPECT_EQ(block.labels[0].text, "aws_vpc");
  EXPECT_EQ(block.labels[1].text, "main");
  EXPECT_EQ(text.substr(block.header.begin, block.header.end - block.header.begin), "resource \"aws_vpc\" main");
  ASSERT_NE(block.body.attribute("cidr"), nullptr);
  const Span& span = block.body.attribute("cidr")->span;
  EXPECT_EQ(text.substr(span.begin, span.end - span.begin), "cidr = \"x\"");
  EXPECT_EQ(block.body.attribute("tags"), nullptr);
  ASSERT_EQ(block.body.blocks.size(), 1u);
}

TEST(HclSyntax, ByteOrderMarkShiftsNothing) {
  std::string text = "\xEF\xBB\xBFx = 1\r\ny = [\r\n  2,\r\n]\r\n";
  HclFile file = parse(text);
  EXPECT_TRUE(file.diagnostics.empty());
  ASSERT_EQ(file.body.attributes.size(), 2u);
  EXPECT_EQ(text.substr(file.body.attributes[0].name_span.begin, 1), "x");
}

TEST(HclSyntax, BrokenRegionsAreSaidOnceAndTheRestIsRead) {
  EXPECT_EQ(errors("resource \"a\" \"b\" {\n  x =\n}\nlocals {\n  y = 1\n}\n"),
            (Errors{"2: expected a value after `=`, found `}`"}));
  EXPECT_EQ(errors("resource \"a\" \"b\" {\n  x = 1\n\nlocals {\n  y = 1\n}\n"), (Errors{"1: `{` is never closed"}));
  EXPECT_EQ(errors("resource \"a\" \"b\" {\n  x = [1, 2\n}\nlocals {\n  y = 1\n}\n"), (Errors{"3: `}` closes a `[`"}));
  EXPECT_EQ(errors("resource \"a\" \"b\" {\n  x = \"abc\n}\nlocals {\n  y = 1\n}\n"),
            (Errors{"2: this quoted text does not end on its line"}));
  EXPECT_EQ(errors("a = 1, b = 2\n"), (Errors{"1: unexpected `,`"}));
  EXPECT_EQ(errors("a = <<EOT\nfoo\n"), (Errors{"1: this heredoc has no end"}));
  EXPECT_EQ(errors("}\n"), (Errors{"1: `}` closes nothing"}));
  std::string text = "resource \"a\" \"b\" {\n  x = [1, 2\n}\nlocals {\n  y = 1\n}\n";
  HclFile file = parse(text);
  ASSERT_EQ(file.body.blocks.size(), 2u);
  EXPECT_EQ(file.body.blocks[1].type, "locals");
  EXPECT_NE(file.body.blocks[1].body.attribute("y"), nullptr);
}

TEST(HclSyntax, WhatTerraformRefuses) {
  EXPECT_EQ(errors("a = 1\na = 2\n"), (Errors{"2: `a` is set twice in the same block"}));
  EXPECT_EQ(errors("a = 1 b = 2\n"), (Errors{"1: expected a line break before `b`"}));
  EXPECT_EQ(errors("x = \"${}\"\n"), (Errors{"1: expected an expression between `${` and `}`"}));
  EXPECT_EQ(errors("a = \"\xff\"\n"), (Errors{"1: byte 0xff is not UTF-8"}));
}

TEST(HclSyntax, DeepNestingIsALimit) {
  std::string deep = "x = " + std::string(1000, '[') + std::string(1000, ']') + "\n";
  HclFile file = parse(deep);
  ASSERT_EQ(file.diagnostics.size(), 1u);
  EXPECT_EQ(file.diagnostics[0].rule, "limit-exceeded");
  std::string deeper = "x = " + std::string(100'000, '(') + "1" + std::string(100'000, ')') + "\n";
  file = parse(deeper);
  ASSERT_EQ(file.diagnostics.size(), 1u);
  EXPECT_EQ(file.diagnostics[0].rule, "limit-exceeded");
}

// What is long but not deep to those who write it: equal operators in a row, conditions that follow each other.
TEST(HclSyntax, LongChainsAreNotDeep) {
  EXPECT_EQ(expression("1 + 2 + 3 - 4 - 5"), "sub(add(1, 2, 3), 4, 5)");
  EXPECT_EQ(expression("1 - (2 - 3) - 4"), "sub(1, sub(2, 3), 4)");
  EXPECT_EQ(expression("a && b || c && d || e"), "or(and(a, b), and(c, d), e)");
  EXPECT_EQ(expression("a ? b : c ? d : e ? f : g"), "if(a, b, if(c, d, if(e, f, g)))");
  EXPECT_EQ(expression("(a ? b : c) ? d : e"), "if(if(a, b, c), d, e)");
  auto repeated = [](const std::string& link, int times, const std::string& last) {
    std::string text = "x = ";
    for (int i = 0; i < times; ++i) text += link;
    return parse(text + last + "\n").diagnostics;
  };
  EXPECT_TRUE(repeated("1 + ", 5000, "1").empty());
  EXPECT_TRUE(repeated("a == \"b\" && c || ", 3000, "d").empty());
  EXPECT_TRUE(repeated("a ? b : ", 500, "c").empty());
  EXPECT_EQ(repeated("a ? b : ", 5000, "c").size(), 1u);
  EXPECT_EQ(repeated("1 + 1 - ", 5000, "1").size(), 1u);
}

TEST(HclSyntax, TemplateFilesAreTextWithHoles) {
  HclFile file;
  EXPECT_EQ(show(parse_hcl_template(file, "a \"${x}\" \\n\n%{ for v in l ~}\n- ${v}\n%{ endfor ~}\n", 200)),
            "template('a \"', x, '\" \\n\n', text_for v(l, template('- ', v, '\n')))");
  EXPECT_EQ(show(parse_hcl_template(file, "", 200)), "''");
  EXPECT_EQ(parse_hcl_template(file, "${", 200), nullptr);
}

std::string shared_path(const std::string& below) {
  const char* given = std::getenv("HALINT_SHARED");
  return (given != nullptr ? std::string(given) : std::string(HALINT_SOURCE_DIR) + "/../shared") + "/" + below;
}

void collect_files(const FileSystem& files, const std::string& directory, std::vector<std::string>& found) {
  for (const DirectoryEntry& entry : files.list(directory)) {
    std::string path = join_path(directory, entry.name);
    if (entry.is_directory) {
      collect_files(files, path, found);
    } else if (entry.name.ends_with(".tf")) {
      found.push_back(path);
    }
  }
}

TEST(HclSyntax, AllFilesOfTheCorpusParse) {
  auto files = disk_file_system(shared_path("corpus"));
  std::vector<std::string> found;
  collect_files(*files, ".", found);
  if (found.empty()) GTEST_SKIP() << "the corpus is not here";
  EXPECT_GE(found.size(), 1000u);
  for (const std::string& path : found) {
    Result<std::string> text = files->read(path, 20 << 20);
    ASSERT_TRUE(text.ok()) << path;
    HclFile file = parse_hcl(*text, FileId{1}, 200);
    bool is_broken_on_purpose = path.ends_with("/provider-syntax.tf") || path.ends_with("/interp-in-rsrc-label.tf");
    EXPECT_EQ(!file.diagnostics.empty(), is_broken_on_purpose)
        << path << ": " << (file.diagnostics.empty() ? "" : file.diagnostics[0].message);
  }
}

}  // namespace
}  // namespace halint
