// The server in a conversation, without streams or threads.
// SPDX-License-Identifier: Apache-2.0
#include "lsp/server.h"

#include <gtest/gtest.h>

#include "lsp/conversation_for_test.h"
#include "lsp/transport.h"

namespace halint::lsp {
namespace {

TEST_F(Conversation, ShowsFindingsOfFilesThatAreNotOpen) {
  run();
  EXPECT_EQ(rules_in(kMain), (Rules{"rds-single-az"}));
  const Json& diagnostic = shown_[kMain][0];
  EXPECT_EQ(diagnostic["severity"], 1);
  EXPECT_EQ(diagnostic["source"], "halint");
  EXPECT_EQ(diagnostic["range"]["start"], position(2, 2));
}

TEST_F(Conversation, LooksAtBuffersBeforeTheDisk) {
  run();
  open(kMain, kGood);
  run();
  EXPECT_TRUE(rules_in(kMain).empty());
  tell("textDocument/didClose", {{"textDocument", {{"uri", kMain}}}});
  run();
  EXPECT_EQ(rules_in(kMain), (Rules{"rds-single-az"}));
}

TEST_F(Conversation, FollowsEdits) {
  open(kMain, kBad);
  run();
  Json range = {{"start", position(2, 25)}, {"end", position(2, 30)}};
  tell("textDocument/didChange", {{"textDocument", {{"uri", kMain}, {"version", 2}}},
                                  {"contentChanges", Json::array({{{"range", range}, {"text", "true"}}})}});
  run();
  EXPECT_TRUE(rules_in(kMain).empty());
  EXPECT_EQ(sent_.back()["params"]["version"], 2);
}

TEST_F(Conversation, CountsInTheUnitsOfTheClient) {
  auto column = [&](const char* encoding) {
    start({{"general", {{"positionEncodings", {encoding}}}}});
    EXPECT_EQ(answer_["result"]["capabilities"]["positionEncoding"], encoding);
    disk_["/w/main.tf"] = "resource \"aws_db_instance\" \"x\" {\n /* 日本😀 */ multi_az = false\n}\n";
    run();
    return shown_[kMain][0]["range"]["end"]["character"].get<int>();
  };
  int bytes = column("utf-8"), units = column("utf-16"), points = column("utf-32");
  EXPECT_EQ(bytes - units, 6);   // 3 + 3 + 4 bytes are 1 + 1 + 2 units,
  EXPECT_EQ(units - points, 1);  // and 3 code points.
}

TEST_F(Conversation, IgnoresWithAComment) {
  open(kMain, kBad);
  run();
  Json context = {{"diagnostics", shown_[kMain]}};
  Json parameters = {{"textDocument", {{"uri", kMain}}}, {"range", Json::object()}, {"context", context}};
  Json actions = ask("textDocument/codeAction", parameters)["result"];
  ASSERT_EQ(actions.size(), 2u);
  Json edit = actions[0]["edit"]["changes"][kMain][0];
  EXPECT_EQ(edit["newText"], "# halint-ignore[rds-single-az]: reason\n");
  EXPECT_EQ(edit["range"]["start"], position(0, 0));
  open(kMain, edit["newText"].get<std::string>() + kBad, 2);
  EXPECT_TRUE(ask("textDocument/codeAction", parameters)["result"].empty()) << "the text has changed since";
  run();
  EXPECT_TRUE(rules_in(kMain).empty());
}

TEST_F(Conversation, KnowsWhatTheClientLeftOut) {
  open(kMain, kBad);
  run();
  auto titles = [&](Json diagnostics, int line) {
    Json range = {{"start", position(line, 0)}, {"end", position(line, 0)}};
    Json parameters = {
        {"textDocument", {{"uri", kMain}}}, {"range", range}, {"context", {{"diagnostics", diagnostics}}}};
    return ask("textDocument/codeAction", parameters)["result"].size();
  };
  Json bare = {{"range", shown_[kMain][0]["range"]}, {"code", "rds-single-az"}, {"message", "x"}};
  EXPECT_EQ(titles({bare}, 2), 2u) << "without `data`";
  EXPECT_EQ(titles(Json::array(), 2), 2u) << "without diagnostics";
  EXPECT_EQ(titles(Json::array(), 1), 0u) << "where there is none";
}

TEST_F(Conversation, ExplainsRules) {
  Json answer = ask("workspace/executeCommand", {{"command", "halint.explain"}, {"arguments", {"rds-single-az"}}});
  EXPECT_NE(answer["result"].get<std::string>().find("# rds-single-az"), std::string::npos);
  EXPECT_EQ(sent_.back()["method"], "window/showMessage");
  EXPECT_TRUE(ask("workspace/executeCommand", {{"command", "halint.explain"}, {"arguments", {"x"}}}).contains("error"));
}

TEST_F(Conversation, HoversOnFindingsAndHeaders) {
  run();
  auto hover = [&](int line, int character) {
    return ask("textDocument/hover",
               {{"textDocument", {{"uri", kMain}}}, {"position", position(line, character)}})["result"];
  };
  EXPECT_NE(hover(2, 4)["contents"]["value"].get<std::string>().find("rds-single-az"), std::string::npos);
  EXPECT_NE(hover(0, 4)["contents"]["value"].get<std::string>().find("aws_db_instance.orders"), std::string::npos);
  EXPECT_TRUE(hover(1, 4).is_null());
}

TEST_F(Conversation, KnowsAnOpenedFileThatIsAsOnTheDisk) {
  run();
  open(kMain, kBad);
  Json parameters = {{"textDocument", {{"uri", kMain}}}, {"position", position(2, 4)}};
  EXPECT_FALSE(ask("textDocument/hover", parameters)["result"].is_null());
  open(kMain, std::string("\n") + kBad, 2);
  EXPECT_TRUE(ask("textDocument/hover", parameters)["result"].is_null());
}

TEST_F(Conversation, ListsWhatAFileMakes) {
  run();
  Json symbols = ask("textDocument/documentSymbol", {{"textDocument", {{"uri", kMain}}}})["result"];
  ASSERT_EQ(symbols.size(), 1u);
  EXPECT_EQ(symbols[0]["name"], "aws_db_instance.orders");
  EXPECT_EQ(symbols[0]["range"]["end"], position(4, 1));
}

TEST_F(Conversation, ListsWhatLiesWithin) {
  disk_["/w/nginx.conf"] =
      "http {\n  upstream app { server 10.0.0.1:80; }\n"
      "  server {\n    listen 80;\n    location / { proxy_pass http://app; }\n  }\n}\n";
  run();
  Json symbols = ask("textDocument/documentSymbol", {{"textDocument", {{"uri", "file:///w/nginx.conf"}}}})["result"];
  ASSERT_EQ(symbols.size(), 1u);
  const Json& within = symbols[0]["children"];
  ASSERT_EQ(within.size(), 2u);
  EXPECT_EQ(within[0]["name"], "upstream[app]");
  EXPECT_EQ(within[1]["name"], "server[_:80]");
  EXPECT_EQ(within[1]["children"][1]["name"], "location[/]");
}

TEST_F(Conversation, SaysWhatAResourceLetsIn) {
  disk_["/w/group.tf"] =
      "resource \"aws_security_group\" \"web\" {\n"
      "  ingress {\n    protocol = \"tcp\"\n    from_port = 80\n    to_port = 81\n"
      "    cidr_blocks = [\"10.0.0.0/8\"]\n  }\n"
      "  ingress {\n    protocol = \"-1\"\n    from_port = 0\n    to_port = 0\n    self = true\n  }\n}\n";
  run();
  Json parameters = {{"textDocument", {{"uri", "file:///w/group.tf"}}}, {"position", position(0, 3)}};
  std::string text = ask("textDocument/hover", parameters)["result"]["contents"]["value"];
  EXPECT_NE(text.find("lets in: tcp 80-81 from 10.0.0.0/8, everything from itself"), std::string::npos) << text;
}

TEST_F(Conversation, DoesNotSayInAHoverWhatTheClientShows) {
  Json parameters = {{"textDocument", {{"uri", kMain}}}, {"position", position(2, 4)}};
  run();
  std::string text = ask("textDocument/hover", parameters)["result"]["contents"]["value"];
  EXPECT_NE(text.find("has no standby"), std::string::npos) << text;
  start(Json::object(), {{"hoverShowsDiagnostics", true}});
  run();
  text = ask("textDocument/hover", parameters)["result"]["contents"]["value"];
  EXPECT_EQ(text.find("has no standby"), std::string::npos) << text;
  EXPECT_NE(text.find("rds-single-az"), std::string::npos) << text;
}

TEST_F(Conversation, GoesFromNamesToWhatTheyName) {
  disk_["/w/net.yaml"] =
      "AWSTemplateFormatVersion: '2010-09-09'\n"
      "Resources:\n"
      "  Vpc:\n"
      "    Type: AWS::EC2::VPC\n"
      "    Properties: {CidrBlock: 10.0.0.0/16}\n"
      "  Net:\n"
      "    Type: AWS::EC2::Subnet\n"
      "    Properties:\n"
      "      VpcId: !Ref Vpc\n"
      "      CidrBlock: 10.0.1.0/24\n";
  run();
  auto ask_at = [&](const char* method, int line, int character) {
    return ask(method,
               {{"textDocument", {{"uri", "file:///w/net.yaml"}}}, {"position", position(line, character)}})["result"];
  };
  Json definition = ask_at("textDocument/definition", 8, 20);
  ASSERT_EQ(definition.size(), 1u);
  EXPECT_EQ(definition[0]["range"]["start"]["line"], 2);
  Json references = ask_at("textDocument/references", 2, 3);
  ASSERT_EQ(references.size(), 1u);
  EXPECT_EQ(references[0]["range"]["start"]["line"], 8);
  EXPECT_TRUE(ask_at("textDocument/definition", 9, 8).empty());
}

TEST_F(Conversation, ShowsEvidenceInTheMessageWhereItMust) {
  disk_["/w/main.tf"] =
      "variable \"standby\" { default = false }\n"
      "resource \"aws_db_instance\" \"orders\" {\n  engine = \"postgres\"\n  multi_az = var.standby\n"
      "  db_subnet_group_name = \"main\"\n}\n";
  run();
  EXPECT_NE(shown_[kMain][0]["message"].get<std::string>().find("main.tf:1:"), std::string::npos);
  start({{"textDocument", {{"publishDiagnostics", {{"relatedInformation", true}}}}}});
  run();
  EXPECT_EQ(shown_[kMain][0]["relatedInformation"][0]["location"]["range"]["start"]["line"], 0);
}

TEST_F(Conversation, SurvivesNonsense) {
  for (const Json& message : std::vector<Json>{nullptr,
                                               1,
                                               "x",
                                               Json::array(),
                                               Json::object(),
                                               {{"id", 1}},
                                               {{"method", 3}},
                                               {{"method", "textDocument/didOpen"}},
                                               {{"method", "textDocument/didChange"}, {"params", 4}},
                                               {{"id", 2}, {"method", "textDocument/hover"}, {"params", nullptr}},
                                               {{"id", {1}}, {"method", "no/such"}}}) {
    server_->handle(message);
  }
  open("untitled:Untitled-1", kBad);
  tell("textDocument/didChange",
       {{"textDocument", {{"uri", kMain}}}, {"contentChanges", Json::array({{{"range", "x"}, {"text", 5}}})}});
  run();
  EXPECT_EQ(rules_in(kMain), (Rules{"rds-single-az"}));
  EXPECT_TRUE(ask("no/such", nullptr).contains("error"));
}

TEST_F(Conversation, EndsAsTheProtocolSays) {
  EXPECT_EQ(server_->exit_code(), 1);
  EXPECT_TRUE(ask("shutdown", nullptr)["result"].is_null());
  EXPECT_TRUE(ask("textDocument/hover", nullptr).contains("error"));
  tell("exit", nullptr);
  EXPECT_TRUE(server_->is_done());
  EXPECT_EQ(server_->exit_code(), 0);
}

TEST(Transport, CutsTheStreamIntoMessages) {
  MessageReader reader;
  const std::string stream = encode({{"a", 1}}) + "Content-Type: x\r\ncontent-length: 2\r\n\r\n{}";
  std::vector<std::string> bodies;
  for (char c : stream) {
    reader.feed(std::string_view(&c, 1));
    while (auto body = reader.next()) bodies.push_back(*body);
  }
  EXPECT_EQ(bodies, (std::vector<std::string>{"{\"a\":1}", "{}"}));
}

TEST(Transport, GivesUpOnAStreamWithoutSense) {
  MessageReader reader;
  reader.feed(std::string(100'000, 'x'));
  EXPECT_FALSE(reader.next());
  EXPECT_TRUE(reader.is_broken());
  MessageReader large;
  large.feed("Content-Length: 99999999999\r\n\r\n");
  EXPECT_FALSE(large.next());
  EXPECT_TRUE(large.is_broken());
}

TEST(Uri, IsAPath) {
  EXPECT_EQ(path_of_uri("file:///a%20b/%E6%97%A5.tf"), "/a b/日.tf");
  EXPECT_EQ(path_of_uri("file:///C%3A/x.tf"), "c:/x.tf");
  EXPECT_EQ(path_of_uri("untitled:Untitled-1"), "");
  EXPECT_EQ(path_of_uri("file://host/x"), "/x");
  EXPECT_EQ(uri_of_path("/a b/日.tf"), "file:///a%20b/%E6%97%A5.tf");
  EXPECT_EQ(path_of_uri(uri_of_path("/w/100%#?.tf")), "/w/100%#?.tf");
}

}  // namespace
}  // namespace halint::lsp
