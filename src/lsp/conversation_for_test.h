// For tests of the server: a client that keeps what it was told.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "lsp/rooted_for_test.h"
#include "lsp/server.h"

namespace halint::lsp {

inline constexpr const char* kMain = "file:///w/main.tf";
inline constexpr const char* kConfig = "select: [rds-single-az]\n";
inline constexpr const char* kBad =
    "resource \"aws_db_instance\" \"orders\" {\n"
    "  engine               = \"postgres\"\n"
    "  multi_az             = false\n"
    "  db_subnet_group_name = \"main\"\n"
    "}\n";
inline constexpr const char* kGood =
    "resource \"aws_db_instance\" \"orders\" {\n"
    "  engine               = \"postgres\"\n"
    "  multi_az             = true\n"
    "  db_subnet_group_name = \"main\"\n"
    "}\n";

// A client that keeps what it was told.
class Conversation : public testing::Test {
 protected:
  void SetUp() override { start({}); }

  void start(const Json& capabilities, const Json& options_of_client = nullptr) {
    ServerOptions options;
    options.open_files = [this](const std::string& root) { return std::make_unique<RootedFiles>(disk_, root); };
    server_ = std::make_unique<Server>(std::move(options));
    Json folders = Json::array({{{"uri", "file:///w"}, {"name", "w"}}});
    answer_ = ask(
        "initialize",
        {{"capabilities", capabilities}, {"workspaceFolders", folders}, {"initializationOptions", options_of_client}});
    tell("initialized", Json::object());
  }

  Json ask(const char* method, Json parameters) {
    Json message = {{"jsonrpc", "2.0"}, {"id", 7}, {"method", method}, {"params", std::move(parameters)}};
    Json answer;
    for (Json& sent : server_->handle(message)) {
      if (sent.value("id", Json()) == 7)
        answer = sent;
      else
        sent_.push_back(sent);
    }
    return answer;
  }

  void tell(const char* method, Json parameters) {
    receive(server_->handle({{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(parameters)}}));
  }

  void receive(const std::vector<Json>& messages) {
    for (const Json& message : messages) {
      sent_.push_back(message);
      if (message.value("method", "") != "textDocument/publishDiagnostics") continue;
      shown_[message["params"]["uri"]] = message["params"]["diagnostics"];
    }
  }

  void run() {
    sent_.clear();
    while (std::optional<AnalysisJob> job = server_->take_job()) {
      receive(server_->finish(analyse(
          *job, [this](const std::string& root) { return std::make_unique<RootedFiles>(disk_, root); }, 0)));
    }
  }

  void open(const char* uri, const std::string& text, int version = 1) {
    tell("textDocument/didOpen",
         {{"textDocument", {{"uri", uri}, {"languageId", "terraform"}, {"version", version}, {"text", text}}}});
  }

  // The first diagnostic of a file; null if there is none.
  Json first(const std::string& uri) { return shown_[uri].empty() ? Json() : shown_[uri][0]; }

  std::vector<std::string> rules_in(const std::string& uri) {
    std::vector<std::string> rules;
    for (const Json& diagnostic : shown_[uri]) rules.push_back(diagnostic["code"]);
    return rules;
  }

  Json position(int line, int character) { return {{"line", line}, {"character", character}}; }

  // Of one rule, so that further rules change nothing here.
  std::map<std::string, std::string> disk_ = {{"/w/main.tf", kBad}, {"/w/.halint.yaml", kConfig}};
  std::unique_ptr<Server> server_;
  Json answer_;
  std::vector<Json> sent_;
  std::map<std::string, Json> shown_;
};

using Rules = std::vector<std::string>;

}  // namespace halint::lsp
