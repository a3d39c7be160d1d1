// Which line breaks HCL wants, and which it refuses, as `terraform fmt` judges them.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/syntax/hcl_lines.h"

#include <gtest/gtest.h>

#include <string>

#include "terraform/syntax/hcl_syntax.h"

namespace halint {
namespace {

// "2: message" of the first error, or nothing.
std::string first_error(const std::string& text) {
  HclFile file = parse_hcl(text, FileId{1}, 200);
  if (file.diagnostics.empty()) return "";
  const Diagnostic& first = file.diagnostics[0];
  EXPECT_EQ(first.rule, "syntax-error");
  std::size_t line = 1;
  for (std::size_t i = 0; i < first.span.begin && i < text.size(); ++i) line += text[i] == '\n';
  return std::to_string(line) + ": " + first.message;
}

TEST(HclLines, EndAnArgument) {
  std::string ends = "the line ends in the middle of an expression";
  EXPECT_EQ(first_error("a = 1\n  + 2\n"), "2: a line cannot start with `+`");
  EXPECT_EQ(first_error("a = b\n  ? 1\n  : 2\n"), "2: a line cannot start with `?`");
  EXPECT_EQ(first_error("a = b\n  .c\n"), "2: a line cannot start with `.`");
  EXPECT_EQ(first_error("a = b\n  [0]\n"), "2: a line cannot start with `[`");
  EXPECT_EQ(first_error("a = 1 +\n  2\n"), "1: " + ends);
  EXPECT_EQ(first_error("a = true && # why\n  false\n"), "1: " + ends);
  EXPECT_EQ(first_error("a =\n  2\n"), "1: " + ends);
  EXPECT_EQ(first_error("a\n  = 2\n"), "1: " + ends);
  EXPECT_EQ(first_error("a = b.\n  c\n"), "1: " + ends);
  EXPECT_EQ(first_error("a = !\n  b\n"), "1: " + ends);
  EXPECT_EQ(first_error("a = <<EOT\nx\nEOT\n + \"y\"\n"), "4: a line cannot start with `+`");
}

TEST(HclLines, MeanNothingInBrackets) {
  for (const char* text :
       {"a = (1\n  + 2)\n", "a = [1\n  + 2\n  , 3]\n", "a = f(\n  1\n  , 2\n)\n", "a = b[\n  0\n]\n",
        "a = \"${1\n + 2}\"\n", "a = { for k, v in {}\n  : k => v\n  if true }\n", "a = f(<<EOT\nx\nEOT\n, 1)\n",
        "a = b ? [\n  1\n] : [\n  2\n]\n", "a = true && (\n  false ||\n  true\n) && false\n", "a = b.*\nc = b[*]\n",
        "a = 1 /* x\n y */\nb = /* z */ 2\n", "a = 1.5e+3\nb = -1\n", "a = [for x in y : {\n  b = x\n} if x]\n",
        "a = {\n  # c\n  b = 1 # c\n\n  \"c\" : 2, (d) = 3\n}\n", "a = {\n  // c\n  for k, v in b : k => v...\n}\n",
        "a = 1 + /* c\n */ 2\n", "a = <<-EOT\n  x ${\n 1\n} y\n  EOT\nb = 1\n"}) {
    EXPECT_EQ(first_error(text), "") << text;
  }
}

TEST(HclLines, SeparateItemsOfObjects) {
  EXPECT_EQ(first_error("a = { b = 1\n  + 2 }\n"), "2: expected `=` and a value before `}`");
  EXPECT_EQ(first_error("a = { b =\n  2 }\n"), "1: the line ends in the middle of an expression");
  EXPECT_EQ(first_error("a = { b\n  = 2 }\n"), "1: the line ends in the middle of an expression");
  EXPECT_EQ(first_error("a = { b = 2\n  , c = 3 }\n"), "2: a line cannot start with `,`");
  EXPECT_EQ(first_error("a = { b = 2 c = 3 }\n"), "1: expected a comma or a line break before `c`");
}

TEST(HclLines, BlocksStandOnTheirOwn) {
  EXPECT_EQ(first_error("r \"a\" \"b\"\n{\n}\n"), "1: the line ends in the middle of an expression");
  EXPECT_EQ(first_error("r\n\"a\" \"b\" {\n}\n"), "1: the line ends in the middle of an expression");
  EXPECT_EQ(first_error("r { a = 1\n}\n"), "1: expected `}` on the line where this block starts");
  EXPECT_EQ(first_error("r {\n  a = 1 }\n"), "2: expected a line break before `}`");
  EXPECT_EQ(first_error("r { a {} }\n"), "1: a block on one line can hold one argument only");
  EXPECT_EQ(first_error("r {\n  a { b = 1 } }\n"), "2: expected a line break before `}`");
  EXPECT_EQ(first_error("a {} b {}\n"), "1: expected a line break before `b`");
  EXPECT_EQ(first_error("a = 1 /* x\n */ b = 2\n"), "2: expected a line break before `b`");
  EXPECT_EQ(first_error("{}\n"), "1: a line cannot start with `{`");
  for (const char* text : {"r { a = 1 }\n", "r {}\n", "r { # c\n  a = 1\n}\n", "r { /* c */ a = 1 }\n",
                           "r { a = [\n  1 ] }\n", "r {\r\n  a = 1\r\n}\r\n", "r { /* a\nb */ }\n", "r {}"}) {
    EXPECT_EQ(first_error(text), "") << text;
  }
}

TEST(HclLines, WordsThatTheGrammarLetsPass) {
  EXPECT_EQ(first_error("a = << EOT\nx\nEOT\n"), "1: expected a word right after `<<`");
  EXPECT_EQ(first_error("a = \"x\ny\"\n"), "1: this quoted text does not end on its line");
  EXPECT_EQ(first_error("a = \"${ ~x }\"\n"), "1: `~` is not an operator");
  EXPECT_EQ(first_error("a = 1 \v\n"), "1: the control character `\\x0b` has no meaning here");
  EXPECT_EQ(first_error("a = 0x1F\n"), "1: `0x1F` is not a number");
  EXPECT_EQ(first_error("a = 1.2.3\n"), "1: `1.2.3` is not a number");
  EXPECT_EQ(first_error("a = x.0.1\n"), "1: `.0.1` is not an index");
  EXPECT_EQ(first_error("a = x::y\n"), "1: `x::y` is not followed by `(`");
  EXPECT_EQ(first_error("r \"a${1}\" {}\n"), "1: a label cannot hold an interpolation");
  EXPECT_EQ(first_error("r \"a$${1}\" {}\n"), "");
  EXPECT_EQ(first_error("a = "), "1: expected a value before the end of the file");
}

// Repair by the parser puts what is missing behind the end of the text.
TEST(HclLines, BrokenTemplatesEnd) {
  EXPECT_EQ(first_error("a = \"%{if b}c%{else}d%{else}e%{endif}\"\n"), "1: this directive is out of place");
  EXPECT_EQ(first_error("a = \"%{for b in c}d%{else}e%{endfor}\"\n"), "1: this directive is out of place");
}

}  // namespace
}  // namespace halint
