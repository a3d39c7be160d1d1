// Tests of commands without a process: which one runs, and what flags and environment make of it.
// SPDX-License-Identifier: Apache-2.0
#include "cli/command.h"

#include <gtest/gtest.h>

namespace halint {
namespace {

constexpr char kBad[] = "resource \"aws_db_instance\" \"a\" {\n  engine = \"mysql\"\n}\n";

class Commands : public testing::Test {
 protected:
  Outcome run(std::vector<std::string> arguments) {
    invocation_.arguments = std::move(arguments);
    invocation_.open_files = [this](const std::string&) { return memory_file_system(files_); };
    return run_command(invocation_);
  }

  std::map<std::string, std::string> files_ = {{"main.tf", kBad}};
  Invocation invocation_;
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_F(Commands, ChecksTheWorkingDirectoryByDefault) {
  const Outcome outcome = run({});
  EXPECT_EQ(outcome.exit_code, kExitFailed);
  EXPECT_TRUE(has(outcome.output, "error[rds-single-az]")) << outcome.output;
  EXPECT_TRUE(outcome.output.ends_with("Failed: 1 finding at or above error.\n")) << outcome.output;
}

TEST_F(Commands, TheNameOfACommandIsACommand) {
  files_ = {{"rules/main.tf", kBad}};
  EXPECT_FALSE(has(run({"rules"}).output, "Failed:"));
  EXPECT_EQ(run({"check", "rules"}).exit_code, kExitFailed);
  EXPECT_EQ(run({"./rules"}).exit_code, kExitFailed);
}

TEST_F(Commands, AMissingPathIsTrouble) {
  const Outcome outcome = run({"nowhere"});
  EXPECT_EQ(outcome.exit_code, kExitTrouble);
  EXPECT_EQ(outcome.output, "");
  EXPECT_EQ(outcome.errors, "error: there is no file or directory `nowhere`\n");
}

TEST_F(Commands, AMistypedFlagIsTroubleWithASuggestion) {
  const Outcome outcome = run({"--fali-on", "error", "."});
  EXPECT_EQ(outcome.exit_code, kExitTrouble);
  EXPECT_EQ(outcome.errors, "error: unknown flag `--fali-on`\nhelp: did you mean `--fail-on`?\n");
}

TEST_F(Commands, AnUnknownRuleIsTroubleWithASuggestion) {
  for (const std::string flag : {"--select", "--ignore", "--extend-select"}) {
    const Outcome outcome = run({flag, "rds-singel-az", "."});
    EXPECT_EQ(outcome.exit_code, kExitTrouble);
    EXPECT_EQ(outcome.errors, "error: no rule is called `rds-singel-az`\nhelp: did you mean `rds-single-az`?\n");
  }
}

TEST_F(Commands, SelectsAndIgnoresRules) {
  EXPECT_EQ(run({"--ignore", "rds-*", "."}).exit_code, kExitPassed);
  EXPECT_EQ(run({"--ignore=rds-single-az,lb-single-az"}).exit_code, kExitPassed);
  EXPECT_EQ(run({"--select", "nat-*", "."}).exit_code, kExitPassed);
  EXPECT_EQ(run({"--select", "nat-*", "--extend-select", "rds-single-az"}).exit_code, kExitFailed);
  EXPECT_EQ(run({"--select", "rds-single-az", "--ignore", "rds-*"}).exit_code, kExitFailed) << "a slug beats a glob";
}

TEST_F(Commands, TheGateIsAThreshold) {
  EXPECT_EQ(run({"--fail-on", "never"}).exit_code, kExitPassed);
  EXPECT_EQ(run({"--fail-on", "note"}).exit_code, kExitFailed);
  EXPECT_EQ(run({"--fail-on", "eror"}).exit_code, kExitTrouble);
}

TEST_F(Commands, VariablesComeFromEnvironmentThenFlags) {
  files_ = {{"main.tf",
             "variable \"ha\" {\n  type = bool\n}\nresource \"aws_db_instance\" \"a\" {\n"
             "  engine = \"mysql\"\n  multi_az = var.ha\n}\n"}};
  EXPECT_EQ(run({}).exit_code, kExitPassed);
  EXPECT_TRUE(has(run({}).output, "inconclusive"));
  invocation_.environment = {{"TF_VAR_ha", "false"}};
  EXPECT_EQ(run({}).exit_code, kExitFailed);
  EXPECT_EQ(run({"--var", "ha=true"}).exit_code, kExitPassed);
  EXPECT_EQ(run({"--var", "ha"}).exit_code, kExitTrouble);
}

TEST_F(Commands, TheWorkspaceComesFromEnvironmentThenFlag) {
  files_ = {{"main.tf",
             "resource \"aws_db_instance\" \"a\" {\n  engine = \"mysql\"\n"
             "  multi_az = terraform.workspace == \"prod\"\n}\n"}};
  EXPECT_EQ(run({}).exit_code, kExitFailed);
  EXPECT_EQ(run({"--workspace", "prod"}).exit_code, kExitPassed);
  invocation_.environment = {{"TF_WORKSPACE", "prod"}};
  EXPECT_EQ(run({}).exit_code, kExitPassed);
  EXPECT_EQ(run({"--workspace=dev"}).exit_code, kExitFailed);
}

TEST_F(Commands, ColourFollowsFlagThenEnvironmentThenTerminal) {
  const auto is_colored = [&](std::vector<std::string> arguments) {
    return has(run(std::move(arguments)).output, "\x1b[");
  };
  EXPECT_FALSE(is_colored({}));
  EXPECT_TRUE(is_colored({"--color", "always"}));
  invocation_.output_is_terminal = true;
  EXPECT_TRUE(is_colored({}));
  EXPECT_FALSE(is_colored({"--color", "never"}));
  invocation_.environment = {{"TERM", "dumb"}};
  EXPECT_FALSE(is_colored({}));
  invocation_.environment = {{"NO_COLOR", "1"}, {"FORCE_COLOR", "1"}};
  EXPECT_FALSE(is_colored({}));
  EXPECT_TRUE(is_colored({"--color=always"}));
  invocation_.output_is_terminal = false;
  invocation_.environment = {{"FORCE_COLOR", "1"}};
  EXPECT_TRUE(is_colored({}));
  invocation_.environment = {{"CLICOLOR_FORCE", "0"}};
  EXPECT_FALSE(is_colored({}));
}

TEST_F(Commands, QuietLeavesTheLastLinesOrNothing) {
  const Outcome quiet = run({"-q", "--select=rds-single-az"});
  EXPECT_EQ(quiet.output, "Found 1 finding: 1 error.\nFailed: 1 finding at or above error.\n");
  EXPECT_EQ(quiet.errors, "");
  const Outcome silent = run({"-qq"});
  EXPECT_EQ(silent.output, "");
  EXPECT_EQ(silent.errors, "");
  EXPECT_EQ(silent.exit_code, kExitFailed);
}

TEST_F(Commands, ProgramsGetTheReportAloneOnStdout) {
  const Outcome outcome = run({"-fjson"});
  EXPECT_TRUE(outcome.output.starts_with("{")) << outcome.output;
  EXPECT_FALSE(has(outcome.output, "Failed:"));
  EXPECT_TRUE(has(outcome.errors, "Failed: 1 finding at or above error.\n"));
}

TEST_F(Commands, ASyntaxErrorIsAFinding) {
  files_ = {{"main.tf", "resource \"aws_vpc\" \"a\" {\n  cidr_block =\n}\n"}};
  const Outcome outcome = run({});
  EXPECT_EQ(outcome.exit_code, kExitFailed);
  EXPECT_TRUE(has(outcome.output, "error[syntax-error]")) << outcome.output;
}

TEST_F(Commands, PathsThatLookLikeFlagsStandBehindDashes) {
  files_ = {{"-odd/main.tf", kBad}, {"[a]/main.tf", kBad}};
  EXPECT_EQ(run({"--", "-odd"}).exit_code, kExitFailed);
  EXPECT_EQ(run({"[a]"}).exit_code, kExitFailed);
}

TEST_F(Commands, HelpKnowsEveryCommand) {
  const Outcome all = run({"help"});
  EXPECT_EQ(all.exit_code, kExitPassed);
  for (const Command& command : commands()) {
    EXPECT_TRUE(has(all.output, command.name)) << command.name;
    if (command.name == "help") continue;
    const Outcome one = run({"help", std::string(command.name)});
    EXPECT_EQ(one.exit_code, kExitPassed);
    EXPECT_TRUE(has(one.output, "usage: halint")) << one.output;
    EXPECT_EQ(run({std::string(command.name), "--help"}).output, one.output);
  }
  EXPECT_EQ(run({"help", "chekc"}).exit_code, kExitTrouble);
}

TEST_F(Commands, ExplainsRulesAndKinds) {
  EXPECT_TRUE(has(run({"explain", "rds-single-az"}).output, "rds-single-az"));
  EXPECT_TRUE(run({"explain", "--source", "rds-single-az"}).output.starts_with("id: rds-single-az"));
  EXPECT_TRUE(has(run({"explain", "subnet"}).output, "aws_subnet"));
  EXPECT_TRUE(has(run({"explain", "subnte"}).errors, "did you mean `subnet`?"));
  EXPECT_EQ(run({"explain"}).exit_code, kExitTrouble);
}

TEST_F(Commands, ListsRules) {
  EXPECT_TRUE(has(run({"rules"}).output, "rds-single-az"));
  EXPECT_FALSE(has(run({"rules", "--select", "nat-*"}).output, "rds-single-az"));
  EXPECT_TRUE(run({"rules", "--format", "json"}).output.starts_with("["));
  EXPECT_EQ(run({"rules", "somewhere"}).exit_code, kExitTrouble);
}

TEST_F(Commands, PrintsTheGraph) {
  const Outcome outcome = run({"--print", "graph"});
  EXPECT_EQ(outcome.exit_code, kExitPassed);
  EXPECT_TRUE(has(outcome.output, "aws_db_instance.a")) << outcome.output;
}

}  // namespace
}  // namespace halint
