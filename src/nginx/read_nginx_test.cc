// What the nginx front end makes of whole workspaces: files, includes, inheritance, resources.
// SPDX-License-Identifier: Apache-2.0
#include "nginx/read_nginx.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace halint {
namespace {

using Files = std::map<std::string, std::string>;
using Texts = std::vector<std::string>;

struct World {
  explicit World(Files texts)
      : files(memory_file_system(std::move(texts))), workspace(*files, sources, {"."}, ".", {}, 1) {}
  // One file, nginx.conf.
  explicit World(std::string text) : World(Files{{"nginx.conf", std::move(text)}}) {}

  Configuration only() const {
    EXPECT_EQ(workspace.roots().size(), 1u);
    return workspace.evaluate(workspace.roots().front());
  }

  std::unique_ptr<FileSystem> files;
  Sources sources;
  NginxWorkspace workspace;
};

Texts addresses(const Configuration& configuration) {
  Texts all;
  for (const Resource& resource : configuration.resources) all.emplace_back(resource.address);
  return all;
}

// An attribute of a resource; "-" if it is not there.
std::string attribute(const Configuration& configuration, std::string_view address, std::string_view key) {
  for (const Resource& resource : configuration.resources) {
    if (resource.address != address) continue;
    const Value& value = resource.body.member(key);
    return value.is_absent() ? "-" : to_text(value);
  }
  return "no such resource";
}

std::string in_server(std::string_view text) {
  return fmt::format("events {{}} http {{ upstream app {{ server 10.0.0.1; }} server {{ listen 80; {} }} }}", text);
}

std::string location_attribute(std::string_view text, std::string_view address, std::string_view key) {
  World world(std::string(in_server(text)));
  return attribute(world.only(), fmt::format("server[_:80]/{}", address), key);
}

Texts messages(const Configuration& configuration) {
  Texts all;
  for (const Diagnostic& diagnostic : configuration.diagnostics) all.push_back(diagnostic.message);
  return all;
}

TEST(ReadNginx, MakesResourceOfEachBlock) {
  World world(std::string(R"(
    events {}
    http {
      map $host $pool { default app; }
      upstream app { server 10.0.0.1:80; server 10.0.0.2:80 backup; }
      server {
        listen 443 ssl; listen [::]:443 ssl; server_name a.example www.example;
        location / { location ~ \.php$ { } if ($arg_a) { return 403; } }
      }
    })"));
  EXPECT_EQ(addresses(world.only()),
            (Texts{"http", "map[$pool]", "upstream[app]", "upstream[app]/server[10.0.0.1:80]",
                   "upstream[app]/server[10.0.0.2:80]", "server[a.example:443]", "server[a.example:443]/listen[443]",
                   "server[a.example:443]/listen[[::]:443]", "server[a.example:443]/location[/]",
                   "server[a.example:443]/location[/]/location[~ \\.php$]",
                   "server[a.example:443]/location[/]/if[($arg_a)]"}));
}

TEST(ReadNginx, InheritsAllLinesOrNone) {
  constexpr std::string_view kText =
      "proxy_set_header A 1; proxy_set_header B 2; location /a { } location /b { proxy_set_header C 3; }";
  EXPECT_EQ(location_attribute(kText, "location[/a]", "request_headers"), R"({a = "1", b = "2"})");
  EXPECT_EQ(location_attribute(kText, "location[/b]", "request_headers"), R"({c = "3"})");
}

TEST(ReadNginx, TellsWhichHeadersAreLost) {
  EXPECT_EQ(location_attribute("add_header A 1; location /a { add_header B 2; }", "location[/a]", "lost_headers"),
            R"(["a"])");
  EXPECT_EQ(location_attribute("add_header A 1; location /a { }", "location[/a]", "lost_headers"), "[]");
  EXPECT_EQ(location_attribute("add_header A $a; location /a { add_header B 2; }", "location[/a]", "lost_headers"),
            "[]");
  EXPECT_EQ(location_attribute("add_header A 1; location /a { add_header_inherit merge; add_header B 2; }",
                               "location[/a]", "lost_headers"),
            "[]");
}

TEST(ReadNginx, FillsInConstants) {
  auto pass = [](std::string_view text) { return location_attribute(text, "location[/]", "pass_host"); };
  EXPECT_EQ(pass("set $b app; location / { proxy_pass http://$b; }"), R"("app")");
  EXPECT_EQ(pass("location / { set $b http://10.0.0.9:81; proxy_pass ${b}; }"), R"("10.0.0.9")");
  EXPECT_TRUE(pass("set $b app; location / { set $b other; proxy_pass http://$b; }").starts_with("(unknown"));
  EXPECT_TRUE(pass("if ($arg_x) { set $b app; } location / { proxy_pass http://$b; }").starts_with("(unknown"));
  EXPECT_TRUE(pass("location / { proxy_pass http://$host; }").starts_with("(unknown"));
  EXPECT_EQ(location_attribute("set $b app; location / { proxy_pass http://$b; }", "location[/]", "upstream"),
            R"("upstream[app]")");
}

TEST(ReadNginx, KnowsWhoAnswersByDefault) {
  World world(
      std::string("events {} http { server { listen 80; server_name a; } server { listen *:80; server_name b; }"
                  " server { listen 81; server_name c; } server { listen 81 default_server; server_name d; } }"));
  Configuration configuration = world.only();
  EXPECT_EQ(attribute(configuration, "server[a:80]/listen[80]", "is_default"), "true");
  EXPECT_EQ(attribute(configuration, "server[b:80]/listen[*:80]", "is_default"), "false");
  EXPECT_EQ(attribute(configuration, "server[c:81]/listen[81]", "is_default"), "false");
  EXPECT_EQ(attribute(configuration, "server[d:81]/listen[81]", "is_default"), "true");
}

TEST(ReadNginx, FollowsIncludes) {
  World world({{"nginx/nginx.conf", "events {} http { include mime.types; include /etc/nginx/conf.d/*.conf; }"},
               {"nginx/conf.d/b.conf", "server { listen 81; include snippets/tls.conf; }"},
               {"nginx/conf.d/a.conf", "server { listen 80; }"},
               {"nginx/snippets/tls.conf", "server_tokens off;"}});
  ASSERT_EQ(world.workspace.roots(), Texts{"nginx/nginx.conf"});
  Configuration configuration = world.only();
  EXPECT_EQ(addresses(configuration),
            (Texts{"http", "server[_:80]", "server[_:80]/listen[80]", "server[_:81]", "server[_:81]/listen[81]"}));
  EXPECT_EQ(attribute(configuration, "server[_:81]", "server_tokens"), "\"off\"");
  EXPECT_TRUE(messages(configuration).empty());
  EXPECT_EQ(world.workspace.file_count(), 4u);
}

TEST(ReadNginx, MapsOtherPathsByTheirTail) {
  World world({{"nginx.conf", "events {} http { include /srv/app/sites/*.conf; }"},
               {"deploy/sites/a.conf", "server { listen 80; }"},
               {"README", ""}});
  EXPECT_EQ(addresses(world.only()), (Texts{"http", "server[_:80]", "server[_:80]/listen[80]"}));
  World twice({{"nginx.conf", "events {} http { include /srv/app/sites/*.conf; }"},
               {"a/sites/a.conf", "server { listen 80; }"},
               {"b/sites/a.conf", "server { listen 80; }"}});
  EXPECT_EQ(messages(twice.workspace.evaluate("nginx.conf")),
            Texts{"the `include` was not read: `/srv/app/sites/*.conf` may be one of 2 places"});
}

TEST(ReadNginx, LeavesFilesOfOtherConfigurationsAlone) {
  World world({{"a/nginx.conf", "events {} http { include /etc/nginx/conf.d/*.conf; }"},
               {"b/nginx.conf", "events {} http { include /etc/nginx/conf.d/*.conf; }"},
               {"b/conf.d/b.conf", "server { listen 80; }"},
               {"README", ""}});
  EXPECT_EQ(messages(world.workspace.evaluate("a/nginx.conf")),
            Texts{"the `include` was not read: `/etc/nginx/conf.d/*.conf` is not in the workspace"});
  EXPECT_EQ(addresses(world.workspace.evaluate("b/nginx.conf")),
            (Texts{"http", "server[_:80]", "server[_:80]/listen[80]"}));
}

TEST(ReadNginx, WhatWasNotReadMayHoldAnything) {
  World world(std::string("events {} http { server { listen 80; include /elsewhere/x.conf; location / { } } }"));
  Configuration configuration = world.only();
  EXPECT_EQ(messages(configuration), Texts{"the `include` was not read: `/elsewhere/x.conf` is not in the workspace"});
  EXPECT_TRUE(attribute(configuration, "server[_:80]/location[/]", "request_headers").starts_with("(unknown"));
  EXPECT_TRUE(attribute(configuration, "server[_:80]", "server_tokens").starts_with("(unknown"));
  ASSERT_EQ(configuration.opaque.size(), 1u);
  EXPECT_EQ(to_text(configuration.opaque[0].inputs), R"({block = "server[_:80]"})");
}

TEST(ReadNginx, ReadsNothingOutsideTheWorkspace) {
  auto files = memory_file_system({{"in/nginx.conf", "events {} http { include ../out/x.conf; include ../*/y.conf; }"},
                                   {"out/x.conf", "server { listen 80; }"},
                                   {"out/y.conf", "server { listen 80; }"}});
  Sources sources;
  NginxWorkspace workspace(*files, sources, {"in"}, "in", {}, 1);
  EXPECT_EQ(addresses(workspace.evaluate("in/nginx.conf")), Texts{"http"});
  EXPECT_EQ(workspace.file_count(), 1u);
}

TEST(ReadNginx, EndsOnCircles) {
  World world(
      {{"nginx.conf", "events {} http { include a.inc; }"}, {"a.inc", "include b.inc;"}, {"b.inc", "include a.inc;"}});
  EXPECT_EQ(messages(world.only()), Texts{"`a.inc` includes itself, so nginx would not start"});
}

TEST(ReadNginx, LimitsIncludes) {
  Files files = {{"nginx.conf", "events {} http { include f0.inc; }"}, {"f30.inc", "server { }"}};
  for (int i = 0; i < 30; ++i)
    files[fmt::format("f{}.inc", i)] = fmt::format("include f{0}.inc; include f{0}.inc;", i + 1);
  World world(files);
  Texts said = messages(world.only());
  ASSERT_FALSE(said.empty());
  EXPECT_EQ(said.front(), "the configuration includes more than 10000 files; what is beyond was left out");
}

TEST(ReadNginx, TakesFragmentsOfOneDirectoryTogether) {
  World world({{"conf.d/a.conf", "upstream app { server 10.0.0.1; }"},
               {"conf.d/b.conf", "server { listen 80; location / { proxy_pass http://app; } }"}});
  EXPECT_EQ(world.workspace.roots(), Texts{"conf.d"});
  Configuration configuration = world.only();
  EXPECT_EQ(attribute(configuration, "server[_:80]/location[/]", "upstream"), R"("upstream[app]")");
  EXPECT_TRUE(attribute(configuration, "server[_:80]", "server_tokens").starts_with("(unknown"));
}

TEST(ReadNginx, IncludedMainFileIsNoRoot) {
  World world({{"nginx.conf", "events {} include http.conf;"}, {"http.conf", "http { server { listen 80; } }"}});
  EXPECT_EQ(world.workspace.roots(), Texts{"nginx.conf"});
  World circle({{"a.conf", "events {} include b.conf;"}, {"b.conf", "http { } include a.conf;"}});
  EXPECT_EQ(circle.workspace.roots().size(), 1u);
}

TEST(ReadNginx, LeavesTemplatesOut) {
  World world({{"default.conf.template", "server { listen ${PORT}; }"},
               {"a.conf", "server { listen {{ port }}; }"},
               {"sites-available/b", "server { listen <%= @port %>; }"},
               {"c.conf", "server { listen ${PORT}; }"},
               {"d.conf", "{% if x %} server { listen 80; } {% endif %}"},
               {"e.conf", "log_format j '{\"a\": {\"b\": \"$uri\"}}'; server { set $PORT 1; return 200 ${PORT}; }"}});
  EXPECT_EQ(world.workspace.roots(), Texts{"e.conf"});
  EXPECT_EQ(world.workspace.left_out(), (Texts{"a.conf: a template with `{{ }}` of an nginx configuration",
                                               "c.conf: an envsubst template of an nginx configuration",
                                               "d.conf: a Jinja template of an nginx configuration",
                                               "default.conf.template: a template of an nginx configuration",
                                               "sites-available/b: an ERB template of an nginx configuration"}));
}

TEST(ReadNginx, LeavesOtherProgramsAlone) {
  World world({{"httpd.conf", "<VirtualHost *:80>\nServerName a\n</VirtualHost>\n"},
               {"named.conf", "options { directory \"/x\"; };\nzone \"a\" { type master; };\n"},
               {"app.conf", "[section]\nkey = value\n"},
               {"sites-available/a.conf", "<VirtualHost *:80>\n</VirtualHost>\n"}});
  EXPECT_TRUE(world.workspace.roots().empty());
  EXPECT_EQ(world.workspace.file_count(), 0u);
}

TEST(ReadNginx, FindsRemarks) {
  World world(
      "# halint-ignore[a]: one\nevents {}\nhttp {\n  # halint-ignore[b]: two\n  # more\n  server { listen 80; # "
      "halint-ignore[c]: three\n  }\n}\n");
  std::vector<Remark> remarks = world.workspace.remarks();
  auto text = [&](Span span) { return std::string(world.sources.text(span)); };
  ASSERT_EQ(remarks.size(), 3u);
  EXPECT_EQ(remarks[0].text, "halint-ignore[a]: one");
  EXPECT_TRUE(remarks[0].leads_file);
  EXPECT_EQ(text(remarks[0].target), "events {}");
  EXPECT_EQ(text(remarks[0].block), "events {}");
  EXPECT_EQ(text(remarks[1].target).substr(0, 15), "server { listen");
  EXPECT_EQ(text(remarks[1].block).substr(0, 4), "http");
  EXPECT_EQ(text(remarks[2].target), "server { listen 80; ");
  EXPECT_FALSE(remarks[2].leads_file);
}

TEST(ReadNginx, SaysWhatIsBroken) {
  World world(std::string("events {} http { server { listen 80\n location / { } } }"));
  EXPECT_EQ(messages(world.only()), Texts{"`listen` takes no block: `;` is missing after `80`"});
}

}  // namespace
}  // namespace halint
