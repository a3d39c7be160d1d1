// Runs the examples inside the built-in rules and the example architectures, and keeps the rules complete.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file_system.h"
#include "base/source_file.h"
#include "check/check.h"
#include "check/examples.h"
#include "check/find_config.h"
#include "graph/schema_mapping.h"
#include "rules/rule.h"

namespace halint {
namespace {

class RuleExamples : public testing::TestWithParam<std::string> {};

TEST_P(RuleExamples, AreAsTheySay) {
  const Rule* rule = builtin_rules().find(GetParam());
  ASSERT_TRUE(rule);
  const std::vector<const Rule*> selected = {rule};
  const ExampleResults results = run_examples(builtin_rules(), selected);
  EXPECT_GT(results.count, 0u);
  for (const ExampleFailure& failure : results.failures) {
    std::string text;
    for (const std::string& difference : failure.differences) text += "\n  " + difference;
    ADD_FAILURE() << failure.file << ":" << failure.line << ": " << failure.example << text;
  }
}

// The formats that make nodes which the rule looks at.
std::set<Format> formats_of(const Rule& rule) {
  const std::vector<KindId> kinds = builtin_schema().kinds_named(rule.each);
  std::set<Format> formats;
  for (const Schema::State::TypeMappings& type : builtin_schema().state().types) {
    for (const Mapping& mapping : type.mappings) {
      if (!type.is_data && std::find(kinds.begin(), kinds.end(), mapping.kind) != kinds.end())
        formats.insert(type.format);
    }
  }
  return formats;
}

TEST_P(RuleExamples, ShowBadGoodAndInconclusive) {
  const Rule* rule = builtin_rules().find(GetParam());
  ASSERT_TRUE(rule);
  const std::vector<RuleExample> examples = read_examples(*rule);
  const std::set<Format> formats = formats_of(*rule);
  EXPECT_FALSE(formats.empty());
  for (const Format format : formats) {
    for (const Verdict verdict : {Verdict::kBad, Verdict::kGood, Verdict::kInconclusive}) {
      EXPECT_TRUE(std::any_of(
          examples.begin(), examples.end(),
          [&](const RuleExample& example) { return example.format == format && example.verdict == verdict; }))
          << name_of(format) << " lacks an example; verdict number " << static_cast<int>(verdict);
    }
  }
}

TEST_P(RuleExamples, StandInAFileOfTheRulesName) {
  const Rule* rule = builtin_rules().find(GetParam());
  ASSERT_TRUE(rule);
  EXPECT_EQ(file_name_of(rule->file), rule->id + ".yaml");
}

TEST_P(RuleExamples, ComeWithReasonAndAdvice) {
  const Rule* rule = builtin_rules().find(GetParam());
  ASSERT_TRUE(rule);
  const RuleProse prose = read_prose(*rule);
  EXPECT_FALSE(prose.why.empty());
  EXPECT_FALSE(prose.help.empty());
  EXPECT_FALSE(rule->tags.empty());
  EXPECT_EQ(rule->title.find('\n'), std::string::npos);
  EXPECT_FALSE(rule->title.ends_with('.'));
}

std::vector<std::string> rule_ids() {
  std::vector<std::string> ids;
  for (const Rule* rule : builtin_rules().rules()) ids.push_back(rule->id);
  return ids;
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Builtin, RuleExamples, testing::ValuesIn(rule_ids()), test_name);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(RuleExamples);

void count_rule_files(const FileSystem& disk, const std::string& directory, std::size_t& count) {
  for (const DirectoryEntry& entry : disk.list(directory)) {
    if (entry.is_directory) count_rule_files(disk, join_path(directory, entry.name), count);
    if (!entry.is_directory && entry.name.ends_with(".yaml")) ++count;
  }
}

TEST(Rules, AreAllBuiltIn) {
  std::size_t count = 0;
  count_rule_files(*disk_file_system(HALINT_SOURCE_DIR "/rules"), ".", count);
  EXPECT_GT(count, 0u);
  EXPECT_EQ(builtin_rules().rules().size(), count) << "a file with an error, or an identity that is used twice";
}

Report check_example(const std::string& name) {
  Sources sources;
  CheckOptions options;
  options.paths = {"examples/" + name};
  options.keep_graphs = true;
  const std::unique_ptr<FileSystem> disk = disk_file_system(HALINT_SOURCE_DIR);
  if (const std::string path = find_config(*disk, options.paths.front()); !path.empty()) {
    const Parsed<Config> config = load_config(sources, path, *disk->read(path, kMostConfigBytes), builtin_rules());
    EXPECT_TRUE(config.diagnostics.empty()) << path;
    apply_config(config.value, options);
  }
  return check(*disk, sources, builtin_rules(), options);
}

TEST(Examples, TheRightArchitecturesAreSilentAndDecided) {
  for (const char* name : {"terraform-ha", "cloudformation-ha", "cloudformation-ha-json"}) {
    SCOPED_TRACE(name);
    const Report report = check_example(name);
    EXPECT_GT(report.statistics.nodes, 50u);
    for (const Finding& finding : report.findings) ADD_FAILURE() << finding.rule << ": " << finding.message;
    for (const Diagnostic& diagnostic : report.diagnostics) ADD_FAILURE() << diagnostic.message;
    for (const Inconclusive& undecided : report.inconclusive)
      ADD_FAILURE() << undecided.rule << ": " << undecided.reason;
  }
}

// nginx and the machines that it runs on are in one graph.
TEST(Examples, NginxRunsOnTheApplicationServers) {
  for (const char* name : {"terraform-ha", "cloudformation-ha", "cloudformation-ha-json", "terraform-first-try"}) {
    SCOPED_TRACE(name);
    const Report report = check_example(name);
    ASSERT_EQ(report.projects.size(), 1u);
    const Graph& graph = *report.projects.front().graph;
    std::size_t servers = 0;
    for (const Node& node : graph.nodes()) {
      if (graph.schema().kind(node.kind).name != "nginx_server") continue;
      ++servers;
      EXPECT_EQ(graph.targets(node.id, "serves").links.size(), 1u) << node.address;
    }
    EXPECT_GE(servers, 1u);
  }
}

TEST(Examples, TheTwinInJsonIsTheSameArchitecture) {
  const Report yaml = check_example("cloudformation-ha");
  const Report json = check_example("cloudformation-ha-json");
  EXPECT_EQ(yaml.statistics.nodes, json.statistics.nodes);
  EXPECT_EQ(yaml.statistics.edges, json.statistics.edges);
}

TEST(Examples, TheFirstTryHasManyDefects) {
  std::set<std::string> rules;
  for (const Finding& finding : check_example("terraform-first-try").findings) rules.insert(finding.rule);
  EXPECT_GE(rules.size(), 15u);
  EXPECT_GE(std::ranges::count_if(rules, [](const std::string& rule) { return rule.starts_with("nginx-"); }), 8);
  for (const char* rule :
       {"nginx-redirect-loop-behind-lb", "nginx-forwarded-proto-overwritten", "nginx-real-ip-missing"})
    EXPECT_TRUE(rules.contains(rule)) << rule;
}

// The logical ids of examples/cloudformation-first-try and the addresses of examples/terraform-first-try, where the
// words differ: `PublicC` and `aws_subnet.public_c` are seen to be the same.
constexpr std::pair<std::string_view, std::string_view> kTwins[] = {
    {"Db", "aws_db_instance.main"},
    {"CacheSubnets", "aws_elasticache_subnet_group.main"},
    {"Sessions", "aws_elasticache_cluster.main"},
    {"KafkaConfig", "aws_msk_configuration.main"},
    {"Events", "aws_msk_cluster.main"},
    {"Nat", "aws_nat_gateway.main"},
    {"BastionSg/SecurityGroupIngress[0]/cidr[0]", "aws_security_group.bastion/ingress[0]/cidr[0]"},
    {"BastionSg/SecurityGroupIngress[1]/cidr[0]", "aws_security_group.bastion/ingress[1]/cidr[0]"},
    {"DbSg/SecurityGroupIngress[1]/cidr[0]", "aws_security_group.db/ingress[1]/cidr[0]"},
    {"CacheSg/SecurityGroupIngress[0]/cidr[0]", "aws_security_group.cache/ingress[0]/cidr[0]"},
};

// `tf:examples/x#aws_subnet.public_c`, `cfn:examples/y/shop.yaml#PublicC`: "publicc".
std::string bare_name(std::string_view address) {
  if (std::size_t hash = address.find('#'); hash != std::string_view::npos) address.remove_prefix(hash + 1);
  for (const auto& [logical_id, terraform] : kTwins) {
    if (address == logical_id) address = terraform;
  }
  std::size_t dot = address.starts_with("aws_") && address.find('/') == std::string_view::npos ? address.find('.') : 0;
  std::string_view name = dot > 0 && !address.ends_with(".main") ? address.substr(dot + 1) : address;
  std::string bare;
  for (char c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      bare += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return bare;
}

// Rule and blamed resources of each finding.
std::multiset<std::string> blamed_in(const std::string& name) {
  std::multiset<std::string> found;
  for (const Finding& finding : check_example(name).findings) {
    std::multiset<std::string> subjects;
    for (const auto& subject : finding.subjects) subjects.insert(bare_name(subject.address));
    std::string text = finding.rule;
    for (const std::string& subject : subjects) text += " " + subject;
    found.insert(text);
  }
  return found;
}

TEST(Examples, TheFirstTriesOfBothFormatsHaveTheSameDefects) {
  const std::multiset<std::string> terraform = blamed_in("terraform-first-try");
  EXPECT_GE(terraform.size(), 15u);
  EXPECT_EQ(blamed_in("cloudformation-first-try"), terraform);
}

}  // namespace
}  // namespace halint
