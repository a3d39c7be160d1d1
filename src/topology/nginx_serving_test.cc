// From the listener to the block of nginx that answers.
// SPDX-License-Identifier: Apache-2.0
#include "topology/nginx_serving.h"

#include "topology/boot_scripts.h"
#include "topology/topology_for_test.h"

namespace halint {
namespace {

class NginxServing : public TopologyTest {
 protected:
  // A cloud, and an nginx on `aws_instance.web`.
  void serve(std::string_view cloud, std::string_view nginx) {
    std::vector<Configuration> configurations = sketch(cloud);
    for (Configuration& configuration : sketch(nginx)) {
      configuration.format = Format::kNginx;
      for (Resource& resource : configuration.resources) {
        resource.format = Format::kNginx;
        resource.type.remove_prefix(4);  // Types of a sketch begin with `aws_`.
      }
      configurations.push_back(std::move(configuration));
    }
    topology.reset();
    graph = std::make_unique<Graph>(builtin_schema(), std::move(configurations),
                                    std::vector<Join>{{1, 0, "aws_instance.web", {}}});
    topology = std::make_unique<Topology>(*graph, TopologyOptions{});
  }
};

constexpr char kCloud[] = R"x(
  aws_lb.web { }
  aws_lb_listener.tls { load_balancer_arn = aws_lb.web.arn, protocol = "HTTPS", port = 443,
                        default_action { type = "forward", target_group_arn = aws_lb_target_group.web.arn } }
  aws_lb_target_group.web { port = 80, protocol = "HTTP" }
  aws_instance.web { user_data = "dnf install nginx" }
  aws_lb_target_group_attachment.web { target_group_arn = aws_lb_target_group.web.arn, target_id = aws_instance.web.id }
)x";
constexpr char kNginx[] = R"x(
  aws_nginx_http.h { id = "h" }
  aws_nginx_server.s { id = "s", http = "h", names = ["a.example.com"] }
  aws_nginx_listen.plain { id = "p", server = "s", port = 80, address = "*", is_default = true }
  aws_nginx_listen.other { id = "o", server = "s", port = 81, address = "*", is_default = true }
)x";

TEST_F(NginxServing, FollowsARequestToItsSocket) {
  serve(kCloud, kNginx);
  EXPECT_EQ(ask("aws_lb_target_group.web", "nginx_machines"), "aws_instance.web");
  EXPECT_EQ(ask("aws_lb_target_group.web", "nginx_listens"), "aws_nginx_listen.plain");
  EXPECT_EQ(ask("aws_nginx_listen.plain", "reached_by"), "aws_lb_target_group.web");
  EXPECT_EQ(ask("aws_nginx_listen.plain", "tls_ended_by"), "aws_lb_listener.tls");
  EXPECT_EQ(ask("aws_nginx_listen.other", "reached_by"), "");
  EXPECT_EQ(ask("aws_nginx_server.s", "tls_ended_by"), "aws_lb_listener.tls");
  EXPECT_EQ(ask("aws_instance.web", "nginx_servers"), "aws_nginx_server.s");
}

TEST_F(NginxServing, IsUnknownWhereNobodySaysWhereItRuns) {
  std::vector<Configuration> alone = sketch(kNginx);
  for (Resource& resource : alone.front().resources) {
    resource.format = Format::kNginx;
    resource.type.remove_prefix(4);
  }
  draw(std::move(alone));
  EXPECT_EQ(ask("aws_nginx_listen.plain", "reached_by"), "...");
  EXPECT_EQ(ask("aws_nginx_server.s", "tls_ended_by"), "...");
}

TEST_F(NginxServing, TakesMachinesWithoutNginxForNothingOfTheKind) {
  draw(kCloud);
  EXPECT_EQ(ask("aws_lb_target_group.web", "nginx_machines"), "");
  EXPECT_EQ(ask("aws_instance.web", "nginx_listens"), "");
}

TEST_F(NginxServing, DoesNotKnowThePortsOfContainers) {
  serve(R"x(aws_instance.web { user_data = "docker run --publish 8000:80 nginx" })x", kNginx);
  EXPECT_EQ(ask("aws_instance.web", "nginx_listens"), "aws_nginx_listen.plain, aws_nginx_listen.other, ...");
}

TEST_F(NginxServing, FindsTheApplicationOfTheMachine) {
  serve(kCloud, std::string(kNginx) + R"x(
    aws_nginx_location.a { id = "a", server = "s", pass_host = "127.0.0.1", pass_port = 8080, pass_scheme = "http" }
    aws_nginx_location.b { id = "b", server = "s", pass_host = "10.0.3.4", pass_port = 9090, pass_scheme = "http" }
    aws_nginx_location.c { id = "c", server = "s", pass_host = "localhost", pass_scheme = "http" })x");
  EXPECT_EQ(ask("aws_instance.web", "nginx_app_ports"), "8080, 80");
}

TEST_F(NginxServing, SeesRedirectsThatAskNginxOnly) {
  serve(kCloud, std::string(kNginx) + R"x(
    aws_nginx_location.a { id = "a", server = "s", modifier = "if", pattern = "($scheme = http)", return_code = 301,
                           return_text = "https://$host$request_uri" }
    aws_nginx_location.b { id = "b", server = "s", modifier = "if", pattern = "($http_x_forwarded_proto = http)",
                           return_code = 301, return_text = "https://$host$request_uri" }
    aws_nginx_location.c { id = "c", server = "s", pattern = "/c", return_code = 302, return_text = "https://$host/d" }
    aws_nginx_location.d { id = "d", server = "s", pattern = "/d", return_code = 302,
                           return_text = "https://b.example.com$request_uri" }
    aws_nginx_location.e { id = "e", server = "s", pattern = "/e", return_code = 302,
                           return_text = "https://A.example.com:443$request_uri" })x");
  EXPECT_EQ(ask("aws_nginx_server.s", "https_redirects"), "aws_nginx_location.a, aws_nginx_location.e");
}

TEST_F(NginxServing, AnswersHealthChecksByTheDefaultServer) {
  serve(std::string(kCloud) + R"x(aws_lb_target_group.odd { port = 80, health_check { path = "/no?x=1", port = "81" } }
          aws_lb_target_group_attachment.odd { target_group_arn = aws_lb_target_group.odd.arn, target_id = aws_instance.web.id })x",
        std::string(kNginx) + R"x(
    aws_nginx_location.a { id = "a", server = "s", pattern = "/no", return_code = 404, modifier = "" }
    aws_nginx_location.b { id = "b", server = "s", pattern = "/", pass_host = "app", modifier = "" })x");
  EXPECT_EQ(ask("aws_lb_target_group.web", "health_server"), "aws_nginx_server.s");
  EXPECT_EQ(ask("aws_lb_target_group.web", "health_place"), "aws_nginx_location.b");
  EXPECT_EQ(ask("aws_lb_target_group.web", "health_code"), "null");
  EXPECT_EQ(ask("aws_lb_target_group.odd", "health_place"), "aws_nginx_location.a");
  EXPECT_EQ(ask("aws_lb_target_group.odd", "health_code"), "404");
}

TEST(BootScripts, FindWordsAndContainers) {
  EXPECT_TRUE(mentions_word("yum install nginx-1.22", "nginx"));
  EXPECT_FALSE(mentions_word("nginxinc my_nginx", "nginx"));
  EXPECT_TRUE(starts_containers("docker run nginx"));
  EXPECT_FALSE(starts_containers("cat /etc/dockerfiles"));
}

}  // namespace
}  // namespace halint
