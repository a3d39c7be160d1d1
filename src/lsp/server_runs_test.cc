// The server over many runs: what it remembers, its folders and their configuration.
// SPDX-License-Identifier: Apache-2.0
#include "lsp/conversation_for_test.h"

namespace halint::lsp {
namespace {

// What earlier runs have read is not read again: whatever was typed, the answer is that of a server that just started.
TEST_F(Conversation, RemembersNothingThatHasChanged) {
  constexpr const char* kModule = "file:///w/modules/db/main.tf";
  disk_["/w/modules/db/main.tf"] = kBad;
  disk_["/w/live/main.tf"] = "module \"db\" {\n  source = \"../modules/db\"\n}\n";
  disk_["/w/stack.yaml"] = "Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties: {MultiAZ: false}\n";
  const std::vector<std::string> texts = {
      kBad, kGood, "resource \"aws_db_instance\" \"x\" {\n", std::string("\n") + kBad, "", kGood, kBad};
  AnalysisJob alone;
  alone.folder = "/w";
  OpenFiles open_files = [this](const std::string& root) { return std::make_unique<RootedFiles>(disk_, root); };
  constexpr int kEdits = 230;  // So many that the outdated texts are dropped on the way.
  for (int i = 0; i < kEdits; ++i) {
    const std::string& text = texts[static_cast<std::size_t>(i) * 5 % texts.size()];
    std::string uri = i % 3 == 0 ? kModule : kMain;
    if (i % 10 == 9) {
      disk_["/w/stack.yaml"] += "# more\n";
      tell("workspace/didChangeWatchedFiles", {{"changes", {{{"uri", "file:///w/stack.yaml"}, {"type", 2}}}}});
    }
    open(uri.c_str(), text, i);
    run();
    alone.buffers[uri.substr(7)] = text;
    bool is_looked_at = i < 30 || i % 10 == 0 || i > kEdits - 30;
    if (!is_looked_at) continue;
    std::map<std::string, Json> expected = diagnostics_of(analyse(alone, open_files, 0), {});
    for (const auto& [path, list] : expected) ASSERT_EQ(shown_["file://" + path], list) << i << " " << path;
    for (const auto& [shown, list] : shown_)
      ASSERT_TRUE(list.empty() || expected.contains(shown.substr(7))) << i << " " << shown << list.dump();
  }
  EXPECT_EQ(rules_in("file:///w/stack.yaml"), (Rules{"rds-single-az"}));
}

// A template of which a line is half typed is no YAML: what was there before stays, with the fault.
TEST_F(Conversation, KeepsATemplateWhileItIsTyped) {
  constexpr const char* kStack = "file:///w/stack.yaml";
  const std::string sound =
      "Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties: { MultiAZ: false, Engine: mysql }\n";
  disk_ = {{"/w/.halint.yaml", kConfig}, {"/w/stack.yaml", sound}};
  open(kStack, sound);
  run();
  EXPECT_EQ(rules_in(kStack), (Rules{"rds-single-az"}));
  open(kStack, sound + "  Vpc: { Type: AWS::EC2::VPC, Prop", 2);
  run();
  EXPECT_EQ(rules_in(kStack), (Rules{"rds-single-az", "syntax-error"}));
  open(kStack, sound + "  Vpc: { Type: AWS::EC2::VPC, Properties: [", 3);
  run();
  EXPECT_EQ(rules_in(kStack), (Rules{"rds-single-az", "syntax-error"}));
  std::string mended = sound;
  mended.replace(mended.find("false"), 5, "true");
  open(kStack, mended, 4);
  run();
  EXPECT_TRUE(rules_in(kStack).empty());
  open(kStack, mended + "  Vpc: { Type", 5);
  run();
  EXPECT_EQ(rules_in(kStack), (Rules{"syntax-error"}));
}

TEST_F(Conversation, ReadsTheConfiguration) {
  disk_["/w/.halint.yaml"] = std::string(kConfig) + "rules: {rds-single-az: {severity: note}}\n";
  run();
  EXPECT_EQ(shown_[kMain][0]["severity"], 3);
  disk_["/w/.halint.yaml"] = "ruls: {}\n";
  tell("workspace/didChangeWatchedFiles",
       {{"changes", Json::array({{{"uri", "file:///w/.halint.yaml"}, {"type", 2}}})}});
  run();
  EXPECT_EQ(rules_in("file:///w/.halint.yaml"), (Rules{"config-error"}));
}

TEST_F(Conversation, HasSeveralFolders) {
  disk_["/v/main.tf"] = kBad;
  disk_["/v/.halint.yaml"] = kConfig;
  run();
  Json folder = {{"uri", "file:///v"}, {"name", "v"}};
  tell("workspace/didChangeWorkspaceFolders", {{"event", {{"added", {folder}}, {"removed", Json::array()}}}});
  run();
  EXPECT_EQ(rules_in("file:///v/main.tf"), (Rules{"rds-single-az"}));
  tell("workspace/didChangeWorkspaceFolders", {{"event", {{"added", Json::array()}, {"removed", {folder}}}}});
  EXPECT_TRUE(rules_in("file:///v/main.tf").empty());
  EXPECT_EQ(rules_in(kMain), (Rules{"rds-single-az"}));
  // Some clients write a slash behind the name.
  Json slashed = {{"uri", "file:///v/"}, {"name", "v"}};
  tell("workspace/didChangeWorkspaceFolders", {{"event", {{"added", {slashed}}, {"removed", Json::array()}}}});
  run();
  EXPECT_EQ(rules_in("file:///v/main.tf"), (Rules{"rds-single-az"}));
  tell("workspace/didChangeWorkspaceFolders", {{"event", {{"added", Json::array()}, {"removed", {slashed}}}}});
  EXPECT_TRUE(rules_in("file:///v/main.tf").empty());
}

TEST_F(Conversation, AdoptsAFileOutsideOfAllFolders) {
  disk_["/elsewhere/.halint.yaml"] = kConfig;
  open("file:///elsewhere/a%20b.tf", kBad);
  run();
  EXPECT_EQ(rules_in("file:///elsewhere/a%20b.tf"), (Rules{"rds-single-az"}));
}

}  // namespace
}  // namespace halint::lsp
