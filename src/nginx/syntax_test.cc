// nginx's syntax: words, blocks, and what is said of broken text.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "nginx/block_checks.h"
#include "nginx/nginx_syntax.h"

namespace halint {
namespace {

std::string sketch(std::span<const NginxDirective> directives) {
  std::string result;
  for (const NginxDirective& directive : directives) {
    result += (result.empty() ? "" : " ") + std::string(directive.name.text);
    for (const NginxWord& word : directive.arguments) result += fmt::format(" <{}>", word.text);
    result += directive.is_lua ? " {lua}" : directive.has_block ? " {" + sketch(directive.block) + "}" : ";";
  }
  return result;
}

std::string parsed(std::string_view text) {
  NginxFile file = parse_nginx(text, FileId{1}, 20);
  EXPECT_TRUE(file.diagnostics.empty()) << text << ": " << file.diagnostics.front().message;
  return sketch(file.directives);
}

// What is said, with the text that it is said about.
std::vector<std::string> faults(std::string_view text, NginxContexts context = nginx_context::kOther) {
  NginxFile file = parse_nginx(text, FileId{1}, 20);
  check_blocks(file, text, context);
  std::vector<std::string> said;
  for (const Diagnostic& diagnostic : file.diagnostics)
    said.push_back(fmt::format(
        "{}: {}", text.substr(diagnostic.span.begin, diagnostic.span.end - diagnostic.span.begin), diagnostic.message));
  EXPECT_EQ(file.has_syntax_error, !said.empty()) << text;
  return said;
}

using Said = std::vector<std::string>;

TEST(NginxSyntax, ReadsWordsAsNginxDoes) {
  EXPECT_EQ(parsed("a b;\tc\r\nd;"), "a <b>; c <d>;");
  EXPECT_EQ(parsed(R"(a "b c" 'd;{' e"f";)"), R"(a <b c> <d;{> <e"f">;)");
  EXPECT_EQ(parsed(R"(a "\"x\" \\ \d" b\;c;)"), R"(a <"x" \ \d> <b\;c>;)");
  EXPECT_EQ(parsed("a ${b}c $ {d;}"), "a <${b}c> <$> {d;}");
  EXPECT_EQ(parsed("a b # c;\n d;"), "a <b> <d>;");
  EXPECT_EQ(parsed("if ($a = \"b\") {}"), "if <($a> <=> <b> <)> {}");
  EXPECT_EQ(parsed(R"("a" b;)"), "a <b>;");
  EXPECT_EQ(parsed("location ~ \"^/a{2,3}$\" {}"), "location <~> <^/a{2,3}$> {}");
}

TEST(NginxSyntax, ReadsAllBytes) {
  EXPECT_EQ(parsed("a \xE4\xFF;"), "a <\xE4\xFF>;");
  EXPECT_EQ(parsed(std::string_view("a b\0c;", 6)), std::string_view("a <b\0c>;", 8));
}

TEST(NginxSyntax, PassesOverLua) {
  EXPECT_EQ(parsed("content_by_lua_block { a = { \"}\" } -- }\n } b;"), "content_by_lua_block {lua} b;");
}

TEST(NginxSyntax, SaysWhereSemicolonIsMissing) {
  EXPECT_EQ(faults("server { root /srv }"), Said{"/srv: `;` is missing after `/srv`"});
  EXPECT_EQ(faults("server { root /srv\n index a }"), Said{"/srv: `;` is missing after `/srv`"});
  EXPECT_EQ(faults("root /srv"), Said{"/srv: `;` is missing after `/srv`"});
  EXPECT_EQ(faults("listen 80\nlocation / { }", nginx_context::kServer),
            Said{"80: `listen` takes no block: `;` is missing after `80`"});
}

TEST(NginxSyntax, SaysWhichBraceIsWrong) {
  EXPECT_EQ(faults("server { } }"), Said{"}: unexpected `}`: no block is open here"});
  EXPECT_EQ(faults("http { server { a;"), Said{"{: the block of `http` is not closed: the file ends before its `}`"});
  EXPECT_EQ(faults("{ a; }"), Said{"{: unexpected `{`: the block has no name"});
  EXPECT_EQ(faults(";"), Said{";: unexpected `;`: no directive stands before it"});
  EXPECT_EQ(faults("server;", nginx_context::kHttp),
            Said{"server: `server` needs a block, but `;` stands where `{` should"});
  EXPECT_EQ(faults("map $a $b { ~^x{2} y; } }", nginx_context::kHttp),
            Said{"~^x: unexpected `{` after `~^x`: a line of data ends with `;`"});
}

TEST(NginxSyntax, SaysWhichQuoteIsWrong) {
  EXPECT_EQ(faults("root \"/srv;\nindex a;"), Said{"\": the text that `\"` begins is not closed"});
  EXPECT_EQ(faults("a 'b;\nc 'd';\ne f;"), Said{"': the text that `'` begins is not closed"});
  EXPECT_EQ(faults("a \"b\"c;"), Said{"c: unexpected `c` right after a quoted text"});
}

TEST(NginxSyntax, GoesOnAfterFault) {
  NginxFile file = parse_nginx("a \"b;\nc { d \"e\"f; g h }\ni j;", FileId{1}, 20);
  EXPECT_EQ(sketch(file.directives), "a <\"b>; c {d <e>; g <h>;} i <j>;");
}

TEST(NginxSyntax, LimitsDepth) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "a {";
  NginxFile file = parse_nginx(deep, FileId{1}, 20);
  ASSERT_EQ(file.diagnostics.size(), 2u);
  EXPECT_EQ(file.diagnostics[1].rule, "limit-exceeded");
  EXPECT_EQ(parsed("a { a { a { a { } } } }"), "a {a {a {a {}}}}");
}

TEST(NginxSyntax, RefusesLongWordsAsNginxDoes) {
  EXPECT_TRUE(faults("a " + std::string(4095, 'x') + ";").empty());
  EXPECT_EQ(faults("a " + std::string(4096, 'x') + ";").size(), 1u);
  EXPECT_EQ(faults("a '" + std::string(4096, 'x') + "';").size(), 1u);
  EXPECT_EQ(faults("#" + std::string(4096, 'x') + "\n").size(), 1u);
}

TEST(NginxSyntax, SeesWhereFileBegins) {
  auto context = [](std::string_view text) { return context_of_file(parse_nginx(text, FileId{1}, 20)); };
  EXPECT_EQ(context("user a; events {} http {}"), nginx_context::kMain);
  EXPECT_EQ(context("server { } upstream a { }"), nginx_context::kHttp);
  EXPECT_EQ(context("location / { }"), nginx_context::kServer);
  EXPECT_EQ(context("server 10.0.0.1; keepalive 4;"), nginx_context::kUpstream);
  EXPECT_EQ(context("foo bar;"), 0u);
}

}  // namespace
}  // namespace halint
