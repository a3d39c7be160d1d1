// A configuration as values. Its faults are shown in tests/cli/config-faulty.
// SPDX-License-Identifier: Apache-2.0
#include "check/config.h"

#include <gtest/gtest.h>

#include "check/rule_settings.h"

namespace halint {
namespace {

Config load(std::string text, std::string path = ".halint.yaml") {
  Sources sources;
  Parsed<Config> parsed = load_config(sources, std::move(path), std::move(text), builtin_rules());
  for (const Diagnostic& diagnostic : parsed.diagnostics) ADD_FAILURE() << diagnostic.message;
  return std::move(parsed.value);
}

std::size_t faults(std::string text) {
  Sources sources;
  return load_config(sources, "x.yaml", std::move(text), builtin_rules()).diagnostics.size();
}

TEST(Config, IsAsBuiltInWhenEmpty) {
  for (std::string text : {"", "# nothing\n", "version: 1\n"}) {
    Config config = load(text);
    EXPECT_EQ(describe_policy(config.policy), describe_policy(Policy{}));
    EXPECT_TRUE(config.select.empty() && config.rules.empty() && config.projects.empty() && config.fail_on.empty());
  }
}

TEST(Config, SetsValuesOfThePolicy) {
  Config config = load("policy: {target_azs: 3, cpu_target: [50, 60], required_fraction: 0.75, tls_backend: encrypt}");
  EXPECT_EQ(config.policy.target_azs, 3);
  EXPECT_EQ(config.policy.cpu_target, (std::vector<std::int64_t>{50, 60}));
  EXPECT_DOUBLE_EQ(config.policy.required_fraction, 0.75);
  EXPECT_EQ(config.policy.tls_backend, "encrypt");
}

TEST(Config, ProjectsChangeThePolicyOfTheFile) {
  Config config = load(R"(
projects:
  - {name: a, policy: {target_azs: 2}}
  - {name: b, paths: [x, ../y], terraform: {var-files: [b.tfvars], workspace: w}, cloudformation: {parameters: {K: v}}}
policy: {target_azs: 3, asg_min: 4}
)",
                       "deploy/.halint.yaml");
  ASSERT_EQ(config.projects.size(), 2u);
  EXPECT_EQ(config.projects[0].policy.target_azs, 2);
  EXPECT_EQ(config.projects[0].policy.asg_min, 4);
  EXPECT_EQ(config.projects[1].policy.target_azs, 3);
  EXPECT_EQ(config.projects[1].paths, (std::vector<std::string>{"deploy/x", "y"}));
  EXPECT_EQ(config.projects[1].variable_files, (std::vector<std::string>{"deploy/b.tfvars"}));
  EXPECT_EQ(config.projects[1].terraform_workspace, "w");
  EXPECT_EQ(config.projects[1].parameters, (Assignments{{"K", "v"}}));
}

TEST(Config, HostileTextIsAFault) {
  EXPECT_EQ(faults("a: [1, 2"), 1u);
  EXPECT_EQ(faults("- a\n- b\n"), 1u);
  EXPECT_EQ(faults("just words"), 1u);
  EXPECT_EQ(faults("version: 2"), 1u);
  EXPECT_EQ(faults("ignore: []\nignore: []"), 1u);
  EXPECT_GE(faults(std::string(100'000, '[')), 1u);
}

TEST(RuleSettings, TheSlugBeatsTheGlob) {
  Config config = load(R"(
rules:
  rds-single-az: {severity: note}
  "rds-*": {severity: "off", ignorable: false}
  "nat-*": {severity: "off"}
  nat-gateway-single-az: {ignorable: false}
)");
  EXPECT_EQ(settings_of(config.rules, "rds-single-az").severity, Severity::kNote);
  EXPECT_FALSE(settings_of(config.rules, "rds-single-az").is_off);
  EXPECT_FALSE(settings_of(config.rules, "rds-single-az").is_ignorable);
  EXPECT_TRUE(settings_of(config.rules, "rds-publicly-accessible").is_off);
  EXPECT_TRUE(settings_of(config.rules, "nat-gateway-single-az").is_off);
  EXPECT_FALSE(settings_of(config.rules, "lb-single-az").is_off);
}

}  // namespace
}  // namespace halint
