// Which server and location a request meets, as nginx's documentation says.
// SPDX-License-Identifier: Apache-2.0
#include "topology/nginx_routing.h"

#include "topology/topology_for_test.h"

namespace halint {
namespace {

class NginxRouting : public TopologyTest {
 protected:
  void configure(std::string_view text) {
    std::vector<Configuration> configurations = sketch(text);
    for (Configuration& configuration : configurations) {
      configuration.format = Format::kNginx;
      for (Resource& resource : configuration.resources) {
        resource.format = Format::kNginx;
        resource.type.remove_prefix(4);  // Types of a sketch begin with `aws_`.
      }
    }
    draw(std::move(configurations));
  }
  std::string location(std::string_view path) {
    return text_of(nginx_location_for(*graph, node("aws_nginx_server.s").id, path));
  }
  std::string server(std::int64_t port, std::string_view host) {
    return text_of(nginx_server_for(*graph, node("aws_nginx_http.h").id, port, host));
  }
};

// The example of nginx's own description of `location`.
TEST_F(NginxRouting, TakesTheLocationThatNginxTakes) {
  configure(R"x(
    aws_nginx_server.s { id = "s" }
    aws_nginx_location.a { id = "a", server = "s", modifier = "=", pattern = "/" }
    aws_nginx_location.b { id = "b", server = "s", pattern = "/" }
    aws_nginx_location.c { id = "c", server = "s", pattern = "/documents/" }
    aws_nginx_location.d { id = "d", server = "s", modifier = "^~", pattern = "/images/" }
    aws_nginx_location.e { id = "e", server = "s", modifier = "~*", pattern = "[.](gif|jpg|jpeg)" })x");
  EXPECT_EQ(location("/"), "aws_nginx_location.a");
  EXPECT_EQ(location("/index.html"), "aws_nginx_location.b");
  EXPECT_EQ(location("/documents/document.html"), "aws_nginx_location.c");
  EXPECT_EQ(location("/images/1.gif"), "aws_nginx_location.d");
  EXPECT_EQ(location("/documents/1.JPG"), "aws_nginx_location.e");
}

TEST_F(NginxRouting, LooksIntoLocationsInOrder) {
  configure(R"x(
    aws_nginx_server.s { id = "s" }
    aws_nginx_location.a { id = "a", server = "s", pattern = "/a" }
    aws_nginx_location.inner { id = "i", server = "s", parent = "a", modifier = "~", pattern = "x\z" }
    aws_nginx_location.first { id = "f", server = "s", modifier = "~", pattern = "x" }
    aws_nginx_location.second { id = "g", server = "s", modifier = "~", pattern = "xy" })x");
  EXPECT_EQ(location("/ax"), "aws_nginx_location.inner");
  EXPECT_EQ(location("/axy"), "aws_nginx_location.first");
  EXPECT_EQ(location("/b"), "null");
}

TEST_F(NginxRouting, DoesNotGuessPatterns) {
  configure(R"x(
    aws_nginx_server.s { id = "s" }
    aws_nginx_location.a { id = "a", server = "s", pattern = "/" }
    aws_nginx_location.b { id = "b", server = "s", modifier = "~", pattern = "^/(?!x)" })x");
  EXPECT_TRUE(location("/y").starts_with("unknown: a regular expression"));
}

TEST_F(NginxRouting, TakesTheServerThatNginxTakes) {
  configure(R"x(
    aws_nginx_http.h { id = "h" }
    aws_nginx_server.first { id = "1", http = "h", names = ["~^www[0-9]+[.]example[.]com"] }
    aws_nginx_listen.a { id = "a", server = "1", port = 80, is_default = false }
    aws_nginx_server.wild { id = "2", http = "h", names = ["*.example.com", ".example.net"] }
    aws_nginx_listen.b { id = "b", server = "2", port = 80, is_default = true }
    aws_nginx_server.exact { id = "3", http = "h", names = ["www.example.com"] }
    aws_nginx_listen.c { id = "c", server = "3", port = 80, is_default = false }
    aws_nginx_server.end { id = "4", http = "h", names = ["mail.*", "www1.*"] }
    aws_nginx_listen.d { id = "d", server = "4", port = 80, is_default = false }
    aws_nginx_server.other { id = "5", http = "h", names = ["www.example.com"] }
    aws_nginx_listen.e { id = "e", server = "5", port = 81, is_default = true })x");
  EXPECT_EQ(server(80, "www.example.com"), "aws_nginx_server.exact");
  EXPECT_EQ(server(80, "a.example.com"), "aws_nginx_server.wild");
  EXPECT_EQ(server(80, "example.net"), "aws_nginx_server.wild");
  EXPECT_EQ(server(80, "mail.example.org"), "aws_nginx_server.end");
  EXPECT_EQ(server(80, "www7.example.com"), "aws_nginx_server.wild");
  EXPECT_EQ(server(80, "10.0.0.7"), "aws_nginx_server.wild");
  EXPECT_EQ(server(81, "10.0.0.7"), "aws_nginx_server.other");
  EXPECT_EQ(server(82, "10.0.0.7"), "null");
}

}  // namespace
}  // namespace halint
