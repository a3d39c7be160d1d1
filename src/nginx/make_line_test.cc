// What the nginx front end knows of variables that hold what a client has sent.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "nginx/read_nginx.h"

namespace halint {
namespace {

// "DIRECTIVE: breaks LIST, hosts LIST" for each line of the only server.
std::string lines_of(std::string_view server, std::string_view http = "") {
  auto files =
      memory_file_system({{"nginx.conf", fmt::format("events {{}} http {{ {} server {{ {} }} }}", http, server)}});
  Sources sources;
  NginxWorkspace workspace(*files, sources, {"."}, ".", {}, 1);
  Configuration configuration = workspace.evaluate(workspace.roots().front());
  std::string result;
  for (const Resource& resource : configuration.resources) {
    if (resource.type != "nginx_line") continue;
    result += fmt::format("{}{}: {} {}", result.empty() ? "" : "; ", resource.name,
                          to_text(resource.body.member("line_breaks")), to_text(resource.body.member("host_sources")));
  }
  return result;
}

TEST(MakeLine, TakesThePathForWhatTheClientDecodes) {
  EXPECT_EQ(lines_of("return 301 https://a$uri;"), R"(return: ["$uri"] [])");
  EXPECT_EQ(lines_of("return 301 https://a$request_uri;"), "return: [] []");
  EXPECT_EQ(lines_of("return 200 $uri;"), "return: [] []");
  EXPECT_EQ(lines_of("location = /x { return 301 https://a$uri; }"), "return: [] []");
  EXPECT_EQ(lines_of("location ~ ^/[a-z]+$ { return 301 https://a$uri; }"), "return: [] []");
  EXPECT_EQ(lines_of("location ~ ^/[a-z]+ { return 301 https://a$uri; }"), R"(return: ["$uri"] [])");
  EXPECT_EQ(lines_of("if ($uri ~ ^/[a-z]+$) { return 301 https://a$uri; }"), "return: [] []");
  EXPECT_EQ(lines_of("if ($uri !~ ^/[a-z]+$) { return 301 https://a$uri; }"), R"(return: ["$uri"] [])");
  EXPECT_EQ(lines_of("rewrite ^/[a-z]+$ https://a$uri permanent;"), "rewrite: [] []");
  EXPECT_EQ(lines_of("location /x { return 301 https://a$URI; }"), R"(return: ["$uri"] [])");
}

TEST(MakeLine, FollowsSet) {
  EXPECT_EQ(lines_of("set $a $uri; location / { set $b /x$a; add_header X $b; }"), R"(add_header: ["$uri"] [])");
  EXPECT_EQ(lines_of("set $a $uri; location / { set $a x; add_header X $a; }"), "add_header: [] []");
  EXPECT_EQ(lines_of("set $a x; if ($arg_b) { set $a $uri; } location / { add_header X $a; }"),
            R"(add_header: ["$uri"] [])");
  EXPECT_EQ(lines_of("set $a $b; set $b $a; add_header X $a;").substr(0, 12), "add_header: ");
  EXPECT_EQ(lines_of("location /a { set $a $uri; } location /b { add_header X $a; }"), "add_header: [] []");
}

TEST(MakeLine, TakesWhatWasNotReadForOlderThanWhatComesAfter) {
  EXPECT_EQ(lines_of("location / { include no.inc; set $a b; proxy_pass http://$a; }"), "proxy_pass: [] []");
  EXPECT_EQ(lines_of("location / { set $a b; include no.inc; proxy_pass http://$a; }"), "proxy_pass: [...] [...]");
  EXPECT_EQ(lines_of("set $a b; location / { include no.inc; proxy_pass http://$a; }"), "proxy_pass: [...] [...]");
}

TEST(MakeLine, FollowsCaptures) {
  EXPECT_EQ(lines_of("location ~ ^/([^/]*) { return 301 https://a/$1; }"), R"(return: ["$1"] [])");
  EXPECT_EQ(lines_of("location ~ ^/(.*) { return 301 https://a/$1; }"), "return: [] []");
  EXPECT_EQ(lines_of("location ~^/(?<n>[^/]*) { return 301 https://a/$n; }"), R"(return: ["$n"] [])");
  EXPECT_EQ(lines_of("server_name ~^(?<n>[^.]*)\\.a$; return 301 https://a/$n;"), "return: [] []");
  EXPECT_EQ(lines_of("if ($request_uri ~ ^/([^/]*)) { return 301 https://a/$1; }"), "return: [] []");
  EXPECT_EQ(lines_of("if ($uri ~ ^/([^/]*)) { return 301 https://a/$1; }"), R"(return: ["$1"] [])");
  EXPECT_EQ(lines_of("rewrite ^/([^/]*) https://a/$1 redirect;"), "rewrite: [] []");
  EXPECT_EQ(lines_of("rewrite ^/(?<n>[^/]*) https://a/$n redirect;"), R"(rewrite: ["$n"] [])");
  EXPECT_EQ(lines_of("rewrite ^/([^/]*) /a$uri last;"), "");
}

TEST(MakeLine, FollowsTables) {
  EXPECT_EQ(lines_of("return 301 https://a$x;", "map $uri $x { default /; ~^/b /c; }"), "return: [] []");
  EXPECT_EQ(lines_of("return 301 https://a$x;", "map $uri $x { default $uri; }"), R"(return: ["$uri"] [])");
  EXPECT_EQ(lines_of("return 301 https://a$x;", "map $uri $x { ~^/(?<n>[^/]*) /$n; }"), R"(return: ["$n"] [])");
  EXPECT_EQ(lines_of("return 301 https://a$x;", "map $host $x { ~^([^/]*) /$1; }"), "return: [] []");
  EXPECT_EQ(lines_of("return 301 https://a$x;", "map $a $x { default $x; }").substr(0, 8), "return: ");
  EXPECT_EQ(lines_of("location / { proxy_pass http://$x; }", "map $arg_h $x { default b; c $arg_h; }"),
            R"(proxy_pass: [] ["$arg_h"])");
}

TEST(MakeLine, KnowsWhoChoosesTheHost) {
  auto pass = [](std::string_view target) {
    return lines_of(fmt::format("location ~ ^/(.*)/([a-z]+)$ {{ proxy_pass {}; }}", target));
  };
  EXPECT_EQ(pass("http://$1"), R"(proxy_pass: [] ["$1"])");
  EXPECT_EQ(pass("http://a$1"), R"(proxy_pass: [] ["$1"])");
  EXPECT_EQ(pass("$1://a"), R"(proxy_pass: [] ["$1"])");
  EXPECT_EQ(pass("http://a/$1"), "proxy_pass: [] []");
  EXPECT_EQ(pass("http://$2"), "proxy_pass: [] []");
  EXPECT_EQ(pass("http://$1.example.com"), R"(proxy_pass: [] ["$1"])");
  EXPECT_EQ(pass("http://a$request_uri"), "proxy_pass: [] []");
  EXPECT_EQ(pass("$scheme://$host$1"), R"(proxy_pass: [] ["$1"])");
  EXPECT_EQ(pass("http://unix:/run/$1"), "proxy_pass: [] []");
  EXPECT_EQ(lines_of(R"(location ~ ^/([\w.-]+)/ { proxy_pass http://$1.example.com; })"), "proxy_pass: [] []");
  EXPECT_EQ(lines_of("location / { fastcgi_pass $arg_x:9000; }"), R"(fastcgi_pass: [] ["$arg_x"])");
}

TEST(MakeLine, BelievesInChecks) {
  constexpr std::string_view kPass = "proxy_pass http://$arg_x;";
  EXPECT_EQ(lines_of(fmt::format("location / {{ if ($arg_x !~ ^a$) {{ return 403; }} {} }}", kPass)),
            "proxy_pass: [...] [...]");
  EXPECT_EQ(lines_of(fmt::format("location / {{ if ($arg_x) {{ set $y 1; }} {} }}", kPass)),
            R"(proxy_pass: [] ["$arg_x"])");
  EXPECT_EQ(lines_of("if ($uri ~ ^/a) { return 301 https://b$uri; }"), R"(return: ["$uri"] [])");
}

TEST(MakeLine, SaysLineOfAnIncludedFileOnce) {
  auto files = memory_file_system(
      {{"nginx.conf", "events {} http { server { location /a { include p.inc; } location /b { include p.inc; } } }"},
       {"p.inc", "proxy_set_header Host $http_host;"}});
  Sources sources;
  NginxWorkspace workspace(*files, sources, {"."}, ".", {}, 1);
  Configuration configuration = workspace.evaluate(workspace.roots().front());
  int count = 0;
  for (const Resource& resource : configuration.resources) count += resource.type == "nginx_line" ? 1 : 0;
  EXPECT_EQ(count, 1);
}

}  // namespace
}  // namespace halint
