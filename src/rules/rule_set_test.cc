// Which rules run, and what a finding's identity is.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "rules/identity.h"
#include "rules/print_value.h"
#include "rules/rule.h"

namespace halint {
namespace {

std::string rule_text(const std::string& id, const std::string& severity, const std::string& tag,
                      const std::string& more = "") {
  return "id: " + id + "\ntitle: T\nseverity: " + severity + "\ntags: [" + tag + "]\n" + more +
         "each: vpc\nrequire: \"true\"\nreport: { message: m }\nexamples: { terraform: { bad: a, good: b } }\n";
}

class Selection : public testing::Test {
 protected:
  void SetUp() override {
    texts = {rule_text("nat-a", "error", "nat"), rule_text("nat-b", "warning", "nat"), rule_text("lb-a", "error", "lb"),
             rule_text("lb-new", "note", "lb", "status: preview\n")};
    const NamedText files[] = {
        {"nat-a.yaml", texts[0]}, {"nat-b.yaml", texts[1]}, {"lb-a.yaml", texts[2]}, {"lb-new.yaml", texts[3]}};
    Parsed<RuleSet> loaded = load_rules(sources, files, builtin_schema());
    ASSERT_TRUE(loaded.diagnostics.empty()) << loaded.diagnostics[0].message;
    rules = std::move(loaded.value);
  }

  std::string select(std::vector<std::string> select, std::vector<std::string> ignore = {}) {
    std::string text;
    unknown.clear();
    for (const Rule* rule : rules.select(select, ignore, &unknown)) text += (text.empty() ? "" : " ") + rule->id;
    return text;
  }

  Sources sources;
  std::vector<std::string> texts;
  RuleSet rules;
  std::vector<std::string> unknown;
};

TEST_F(Selection, ByIdGlobTagSeverity) {
  EXPECT_EQ(select({}), "lb-a nat-a nat-b");
  EXPECT_EQ(select({"all"}), "lb-a nat-a nat-b");
  EXPECT_EQ(select({"nat-*"}), "nat-a nat-b");
  EXPECT_EQ(select({"tag:lb"}), "lb-a");
  EXPECT_EQ(select({"severity:error"}), "lb-a nat-a");
  EXPECT_EQ(select({"nat-b"}), "nat-b");
}

TEST_F(Selection, PreviewsOnlyByExactId) {
  EXPECT_EQ(select({"lb-*"}), "lb-a");
  EXPECT_EQ(select({"lb-new"}), "lb-new");
}

TEST_F(Selection, TheMoreExactWins) {
  EXPECT_EQ(select({}, {"nat-a"}), "lb-a nat-b");
  EXPECT_EQ(select({}, {"all"}), "");
  EXPECT_EQ(select({"nat-a"}, {"nat-*"}), "nat-a") << "an exact id beats a glob";
  EXPECT_EQ(select({"nat-*"}, {"tag:nat"}), "nat-a nat-b") << "a glob beats a tag";
  EXPECT_EQ(select({"nat-*"}, {"nat-a"}), "nat-b");
  EXPECT_EQ(select({"nat-*"}, {"*-a"}), "nat-b") << "at the same rank, ignore wins";
  EXPECT_EQ(select({"tag:nat"}, {"severity:error"}), "nat-b");
  EXPECT_EQ(select({"all"}, {"severity:error"}), "nat-b");
}

TEST_F(Selection, NamesThatNameNothing) {
  select({"nat-c", "nat-*", "tag:none"}, {"severity:fatal"});
  EXPECT_EQ(unknown, (std::vector<std::string>{"nat-c", "tag:none", "severity:fatal"}));
  EXPECT_EQ(rules.suggest("nat-aa"), "nat-a");
  EXPECT_EQ(rules.find("nat-c"), nullptr);
}

// These never change: baselines, suppressions and SARIF readers know findings by them.
TEST(Identity, IsPinned) {
  const std::string nat = "tf:infra#module.network.aws_nat_gateway.this[0]";
  const std::string db = "tf:infra#aws_db_instance.orders";
  EXPECT_EQ(identity_of("nat-gateway-single-az", std::vector<std::string>{nat}, ""),
            "3998215a3197b634fcca91b7a0233849");
  EXPECT_EQ(identity_of("rds-single-az", std::vector<std::string>{db, nat}, "5432"),
            "571e19af24d90d0a176013bbc7fc2b2d");
}

TEST(Identity, IsOfRuleSubjectsAndDiscriminator) {
  const std::vector<std::string> ab = {"a", "b"}, ba = {"b", "a"}, twice = {"a", "b", "a"}, a = {"a"}, joined = {"ab"};
  EXPECT_EQ(identity_of("r", ab, ""), identity_of("r", ba, "")) << "order does not matter";
  EXPECT_EQ(identity_of("r", ab, ""), identity_of("r", twice, ""));
  EXPECT_NE(identity_of("r", ab, ""), identity_of("r", a, ""));
  EXPECT_NE(identity_of("r", ab, ""), identity_of("r", joined, ""));
  EXPECT_NE(identity_of("r", ab, ""), identity_of("s", ab, ""));
  EXPECT_NE(identity_of("r", ab, ""), identity_of("r", ab, "x"));
  EXPECT_NE(identity_of("r", a, "b"), identity_of("r", ab, ""));
  EXPECT_EQ(identity_of("r", ab, "").size(), 32u);
}

TEST(Identity, FirstDigitsTellFindingsApart) {
  std::vector<std::string> starts;
  for (int i = 0; i < 2000; ++i) {
    starts.push_back(
        identity_of("rule", std::vector<std::string>{"tf:.#aws_subnet.x[" + std::to_string(i) + "]"}, "").substr(0, 8));
  }
  std::sort(starts.begin(), starts.end());
  EXPECT_EQ(std::unique(starts.begin(), starts.end()), starts.end());
}

TEST(NaturalLess, NumbersCountAsNumbers) {
  EXPECT_TRUE(natural_less("x[2]", "x[10]"));
  EXPECT_FALSE(natural_less("x[10]", "x[2]"));
  EXPECT_TRUE(natural_less("x[2]", "x[2].a"));
  EXPECT_TRUE(natural_less("a", "b"));
  EXPECT_FALSE(natural_less("a", "a"));
}

}  // namespace
}  // namespace halint
