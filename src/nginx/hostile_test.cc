// The nginx front end and input that was made to hurt: it ends, says why, and reads nothing outside the workspace.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "nginx/read_nginx.h"

namespace halint {
namespace {

using Files = std::map<std::string, std::string>;

struct Read {
  explicit Read(Files texts, const std::string& directory = ".")
      : files(memory_file_system(std::move(texts))), workspace(*files, sources, {directory}, directory, {}, 1) {
    for (const std::string& root : workspace.roots()) {
      Configuration configuration = workspace.evaluate(root);
      resources += configuration.resources.size();
      for (const Diagnostic& diagnostic : configuration.diagnostics)
        said.push_back(fmt::format("{}: {}", diagnostic.rule, diagnostic.message));
    }
  }

  bool says(std::string_view text) const {
    return std::ranges::any_of(said, [&](const std::string& message) { return message.find(text) != message.npos; });
  }

  std::unique_ptr<FileSystem> files;
  Sources sources;
  NginxWorkspace workspace;
  std::vector<std::string> said;
  std::size_t resources = 0;
};

TEST(HostileNginx, ReadsNothingOfTheMachine) {
  const Read read(
      Files{{"/w/nginx.conf",
             "events {} include /etc/passwd; include /etc/*; include ../../etc/*; include /w/../etc/passwd; "
             "http { include /etc/nginx/../../etc/passwd; include /etc/ssl/private/*; }"},
            {"/etc/passwd", "http { server { listen 80; } }"},
            {"/etc/ssl/private/key", "server { listen 80; }"},
            {"/etc/hosts.conf", "http { server { listen 80; } }"}},
      "/w");
  EXPECT_EQ(read.workspace.file_count(), 1u);
  EXPECT_EQ(read.resources, 1u);  // `http` itself.
  EXPECT_TRUE(read.says("not-analysed: the `include` was not read: `/etc/passwd` is not in the workspace"));
}

TEST(HostileNginx, SaysLoopsOfIncludesOnce) {
  const Read one(Files{{"nginx.conf", "events {} http { include nginx.conf; }"}});
  EXPECT_TRUE(one.says("invalid-configuration: `nginx.conf` includes itself"));
  const Read all(Files{{"nginx.conf", "events {} http { include *.conf; }"}, {"a.conf", "include *.conf;"}});
  EXPECT_TRUE(all.says("includes itself"));
  EXPECT_LT(all.said.size(), 10u);
}

TEST(HostileNginx, EndsOnDirectivesOfAMegabyte) {
  const std::string megabyte(1 << 20, 'x');
  const Read word(Files{{"nginx.conf", "events {} http { add_header X " + megabyte + "; server { listen 80; } }"}});
  EXPECT_TRUE(word.says("syntax-error:"));
  const Read quoted(
      Files{{"nginx.conf", "events {} http { add_header X \"" + megabyte + "\"; server { listen 80; } }"}});
  EXPECT_TRUE(quoted.says("syntax-error:"));
  std::string words;
  for (int i = 0; i < 200'000; ++i) words += " $uri";
  const Read many(Files{{"nginx.conf", "events {} http { add_header X" + words + "; server { listen 80; } }"}});
  EXPECT_GT(many.resources, 1u);
  std::string pieces;
  for (int i = 0; i < 900; ++i) pieces += "$a";
  const Read variables(
      {{"nginx.conf", "events {} http { server { if ($b) { set $a $c$uri; } set $c $a$a; set $a " + pieces +
                          "; add_header X " + pieces + "; return 301 http://a" + pieces + "; } }"}});
  EXPECT_GT(variables.resources, 1u);
}

TEST(HostileNginx, EndsOnVariablesThatLeadToEachOther) {
  std::string chain = "set $v0 $uri;";
  for (int i = 1; i < 3000; ++i)
    chain += fmt::format("set $v{0} $v{1}$v{1}; if ($arg_x) {{ set $v{0} $v{1}; }}", i, i - 1);
  const Read read(Files{{"nginx.conf", "events {} http { server { " + chain + " return 301 http://a$v2999; } }"}});
  EXPECT_GT(read.resources, 1u);
  std::string maps;
  for (int i = 0; i < 50; ++i)
    maps += fmt::format("map $m{} $m{} {{ default $m{}$uri; a $m{}; }}", (i + 1) % 50, i, (i + 7) % 50, (i + 1) % 50);
  const Read tables(Files{{"nginx.conf", "events {} http { " + maps + " server { return 301 http://a$m0; } }"}});
  EXPECT_GT(tables.resources, 1u);
}

TEST(HostileNginx, EndsOnBytesOfAnyKind) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    std::string bytes = "events {} http { server { ";
    for (int i = 0; i < 2000; ++i) bytes += static_cast<char>(random() % (round % 2 == 0 ? 256 : 64));
    const Read read(Files{{"nginx.conf", bytes}, {"sites-enabled/a", bytes}});
    EXPECT_FALSE(read.workspace.roots().empty() && read.workspace.left_out().empty());
  }
  const Read nul(Files{{"nginx.conf", std::string("events {} http { server { listen 80;\0 } }", 41)}});
  EXPECT_GE(nul.resources, 1u);
  const Read zeros(Files{{"nginx.conf", std::string(1 << 20, '\0')}});
  EXPECT_EQ(zeros.resources, 0u);
}

TEST(HostileNginx, TakesTimeInProportion) {
  auto seconds = [](int servers) {
    std::string text = "events {} http {";
    for (int i = 0; i < servers; ++i) {
      text += fmt::format(
          "server {{ listen 80; server_name s{0}; set $t x{0}; if ($arg_x ~ ^([^/]*)) {{ set $t $1; }} "
          "location ~ ^/(?<n>[^/]*)/ {{ add_header X $t; return 301 http://$host/$n/$1$uri; }} }}\n",
          i);
    }
    const auto begin = std::chrono::steady_clock::now();
    const Read read(Files{{"nginx.conf", text}});
    EXPECT_GT(read.resources, static_cast<std::size_t>(servers) * 3);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  const double small = std::min(seconds(500), seconds(500));
  EXPECT_LT(seconds(4000), 40 * small + 1);
}

}  // namespace
}  // namespace halint
