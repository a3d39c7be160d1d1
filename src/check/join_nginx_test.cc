// Which nginx runs on which machines: what is said, what is inferred, and where nothing is.
// SPDX-License-Identifier: Apache-2.0
#include "check/join_nginx.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "check/check.h"

namespace halint {
namespace {

constexpr char kNginx[] = "events {}\nhttp {\n  server {\n    listen 80;\n    location / { return 200; }\n  }\n}\n";

// An application tier `NAME` whose instances start with a script.
std::string tier(const std::string& name, const std::string& script) {
  return "resource \"aws_lb_target_group\" \"" + name + "\" {\n  port = 80\n}\nresource \"aws_launch_template\" \"" +
         name + "\" {\n  user_data = base64encode(" + script + ")\n}\nresource \"aws_autoscaling_group\" \"" + name +
         "\" {\n  target_group_arns = [aws_lb_target_group." + name +
         ".arn]\n  launch_template {\n    id = aws_launch_template." + name + ".id\n  }\n}\n";
}

class JoinNginx : public testing::Test {
 protected:
  // "nginx.conf@aws_autoscaling_group.web" for each server of nginx and each machine that it runs on, or "nginx.conf"
  // alone where it is checked by itself.
  std::vector<std::string> bound(std::map<std::string, std::string> files, std::vector<BindSetting> binds = {}) {
    Sources sources;
    CheckOptions options;
    options.keep_graphs = true;
    options.binds = std::move(binds);
    const Report report = check(*memory_file_system(std::move(files)), sources, builtin_rules(), options);
    notes_.clear();
    for (const Diagnostic& diagnostic : report.diagnostics) notes_.push_back(diagnostic.message);
    std::vector<std::string> found;
    for (const Project& project : report.projects) {
      for (const Node& node : project.graph->nodes()) {
        if (project.graph->schema().kind(node.kind).name != "nginx_server") continue;
        const std::string& root = project.graph->configuration_of(node.id).root;
        const Targets machines = project.graph->targets(node.id, "serves");
        if (machines.links.empty()) found.push_back(root);
        for (const Link& link : machines.links)
          found.push_back(root + "@" + std::string(project.graph->node(link.node).address));
      }
    }
    std::ranges::sort(found);
    return found;
  }

  std::vector<std::string> notes_;
};

using Bound = std::vector<std::string>;

TEST_F(JoinNginx, BelievesTheOneTierThatMentionsIt) {
  const std::string web = tier("web", "\"dnf install -y nginx\"");
  EXPECT_EQ(bound({{"infra/main.tf", web}, {"nginx/nginx.conf", kNginx}}),
            Bound{"nginx/nginx.conf@aws_autoscaling_group.web"});
  const std::string quiet = tier("api", "\"/opt/start\"");
  EXPECT_EQ(bound({{"main.tf", web + quiet}, {"nginx.conf", kNginx}}), Bound{"nginx.conf@aws_autoscaling_group.web"});
}

TEST_F(JoinNginx, InfersNothingWhereTwoReadingsAreLeft) {
  const std::string web = tier("web", "\"dnf install -y nginx\"");
  const std::string alone = "nginx/nginx.conf";
  const Bound by_itself = {alone};
  // Two tiers, or one that nobody knows.
  EXPECT_EQ(bound({{"main.tf", web + tier("api", "\"apt install nginx\"")}, {alone, kNginx}}), by_itself);
  EXPECT_EQ(bound({{"main.tf", web + tier("api", "var.script") + "variable \"script\" {}\n"}, {alone, kNginx}}),
            by_itself);
  // Two configurations, two roots, and another root's own.
  EXPECT_EQ(bound({{"main.tf", web}, {alone, kNginx}, {"stage/nginx.conf", kNginx}}),
            (Bound{alone, "stage/nginx.conf"}));
  EXPECT_EQ(bound({{"a/main.tf", web}, {"b/main.tf", web}, {alone, kNginx}}), by_itself);
  EXPECT_EQ(bound({{"a/main.tf", web}, {"b/main.tf", "variable \"x\" {}\n"}, {"b/nginx.conf", kNginx}}),
            Bound{"b/nginx.conf"});
  // Too far away.
  EXPECT_EQ(bound({{"deploy/infra/main.tf", web}, {alone, kNginx}}), by_itself);
}

TEST_F(JoinNginx, InfersNothingFromScriptsThatDoOtherwise) {
  for (const char* script : {"\"docker run nginx\"", "\"nginxinc\"",
                             "\"cat > /etc/nginx/nginx.conf <<E\\nserver {\\n listen 8080;\\n}\\nE\\n\""}) {
    EXPECT_EQ(bound({{"main.tf", tier("web", script)}, {"nginx.conf", kNginx}}), Bound{"nginx.conf"}) << script;
  }
}

TEST_F(JoinNginx, BelievesAScriptThatHoldsTheFile) {
  const std::string script = "\"cat > /etc/nginx/nginx.conf <<E\\n${file(\"far/away/nginx.conf\")}\\nE\\n\"";
  EXPECT_EQ(bound({{"main.tf", tier("web", script)},
                   {"far/away/nginx.conf", kNginx},
                   {"nginx.conf", "events {}\nhttp {\n  server {\n    listen 443 ssl;\n  }\n}\n"}}),
            (Bound{"far/away/nginx.conf@aws_autoscaling_group.web", "nginx.conf"}));
}

TEST_F(JoinNginx, DoesAsItIsTold) {
  const std::map<std::string, std::string> files = {
      {"infra/main.tf", tier("web", "\"/opt/start\"") + "resource \"aws_instance\" \"one\" {\n  count = 2\n}\n"},
      {"nginx/nginx.conf", "events {}\nhttp { include sites/*.conf; }\n"},
      {"nginx/sites/shop.conf", "server { listen 80; }\n"}};
  const Bound group = {"nginx/nginx.conf@aws_autoscaling_group.web"};
  for (const char* node :
       {"aws_autoscaling_group.web", "aws_launch_template.web", "tf:infra#aws_launch_template.web", "aws_launch_*"})
    EXPECT_EQ(bound(files, {{"nginx", node}}), group) << node;
  for (const char* nginx : {"nginx/nginx.conf", "nginx/sites/shop.conf", "nginx/sites/*.conf", "**/nginx.conf"})
    EXPECT_EQ(bound(files, {{nginx, "aws_autoscaling_group.web"}}), group) << nginx;
  EXPECT_EQ(bound(files, {{"nginx", "aws_instance.one"}}),
            (Bound{"nginx/nginx.conf@aws_instance.one[0]", "nginx/nginx.conf@aws_instance.one[1]"}));
}

TEST_F(JoinNginx, SaysWhenItIsToldOfAMachineThatIsNotThere) {
  const std::map<std::string, std::string> files = {{"main.tf", tier("web", "\"dnf install -y nginx\"")},
                                                    {"nginx.conf", kNginx}};
  const std::string note = "`bind`: no machine or launch template is called `aws_instance.x`";
  EXPECT_EQ(bound(files, {{"nginx.conf", "aws_instance.x"}}), Bound{"nginx.conf"});
  EXPECT_EQ(notes_, std::vector<std::string>{note});
  // Files that are not part of the run are nobody's fault.
  EXPECT_EQ(bound(files, {{"other.conf", "aws_instance.x"}}), Bound{"nginx.conf@aws_autoscaling_group.web"});
  EXPECT_TRUE(notes_.empty());
}

// The server that is left out in one world is still checked there, and its findings hold in all.
TEST_F(JoinNginx, JoinsEachWorldOfATemplate) {
  const std::string text = R"(Parameters:
  Stage: { Type: String, AllowedValues: [dev, prod] }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  One:
    Type: AWS::EC2::Instance
    Condition: IsProd
    Properties: { ImageId: ami-0123456789abcdef0 }
)";
  EXPECT_EQ(bound({{"stack.yaml", text}, {"nginx.conf", kNginx}}, {{"nginx.conf", "One"}}),
            (Bound{"nginx.conf", "nginx.conf@One"}));
}

}  // namespace
}  // namespace halint
