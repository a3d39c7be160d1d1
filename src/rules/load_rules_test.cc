// Faults in rule files are found when they are loaded, at their place.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "rules/rule.h"
#include "rules/rule_logic.h"

namespace halint {
namespace {

// A sound rule; tests replace one of its lines.
constexpr std::string_view kSound = R"(id: test-rule
title: Something is wrong
severity: error
tags: [availability, test]
why: Because.
each: subnet
let:
  others: subnet.vpc.subnets.filter(s, s != subnet)
when: subnet.tier == 'private'
require: others.size() >= 1
report:
  blame: subnet
  message: "`{subnet.address}` is alone among {others.size()}"
  evidence:
    - { for: o in others, at: o.az, text: "{o.az}" }
    - { why: subnet.tier }
help: Add one.
examples:
  terraform:
    bad: a
    good: b
)";

class LoadRules : public testing::Test {
 protected:
  // "line:column `underlined` message (help)" of each fault.
  std::vector<std::string> faults(std::string text, std::string name = "rules/test-rule.yaml") {
    texts.push_back(std::move(text));
    const NamedText files[] = {{name, texts.back()}};
    Sources sources;
    Parsed<RuleSet> loaded = load_rules(sources, files, builtin_schema());
    std::vector<std::string> result;
    for (const Diagnostic& diagnostic : loaded.diagnostics) {
      const Position at = sources.begin_of(diagnostic.span);
      result.push_back(std::to_string(at.line) + ":" + std::to_string(at.column) + " `" +
                       std::string(sources.text(diagnostic.span)) + "` " + diagnostic.message +
                       (diagnostic.help.empty() ? "" : " (" + diagnostic.help + ")"));
      EXPECT_EQ(diagnostic.rule, "invalid-rule");
    }
    EXPECT_EQ(loaded.value.rules().size(), result.empty() ? 1u : 0u);
    return result;
  }

  std::vector<std::string> faults_with(std::string_view line, std::string_view replacement) {
    std::string text(kSound);
    const std::size_t at = text.find(line);
    EXPECT_NE(at, std::string::npos) << line;
    return faults(text.replace(at, line.size(), replacement));
  }

  using Faults = std::vector<std::string>;
  std::vector<std::string> texts;
};

TEST_F(LoadRules, ASoundRuleHasNone) {
  EXPECT_EQ(faults(std::string(kSound)), Faults());
}

TEST_F(LoadRules, Keys) {
  EXPECT_EQ(faults_with("require:", "requires:"),
            Faults({"10:1 `requires` `requires` is no key of a rule (did you mean `require`?)",
                    "1:1 `i` the rule has no `require`"}));
  EXPECT_EQ(faults_with("  blame:", "  blames:"),
            Faults({"12:3 `blames` `blames` is no key of report (did you mean `blame`?)"}));
  EXPECT_EQ(
      faults_with("{ why: subnet.tier }", "{ wy: subnet.tier }"),
      Faults({"16:9 `wy` `wy` is no key of evidence (did you mean `why`?)", "16:7 `{` a place needs `at` or `why`"}));
  EXPECT_EQ(faults_with("help: Add one.", "title: Again"), Faults({"17:1 `title` `title` is given twice"}));
}

TEST_F(LoadRules, Header) {
  EXPECT_EQ(
      faults_with("id: test-rule", "id: other-rule"),
      Faults({"1:5 `other-rule` the id `other-rule` is not the name of the file (call the file `other-rule.yaml`)"}));
  EXPECT_EQ(faults_with("severity: error", "severity: fatal"),
            Faults({"3:11 `fatal` there is no severity `fatal` (error, warning or note)"}));
  EXPECT_EQ(faults_with("why: Because.", "status: old"),
            Faults({"5:9 `old` there is no status `old` (stable, preview or deprecated)"}));
  EXPECT_EQ(faults_with("each: subnet", "each: subent"),
            Faults({"6:7 `subent` there is no kind of nodes `subent` (did you mean `subnet`?)"}));
  EXPECT_EQ(faults_with("tags: [availability, test]", "tags: {a: b}"), Faults({"4:7 `{` `tags` is a list of words"}));
}

TEST_F(LoadRules, Expressions) {
  EXPECT_EQ(faults_with("subnet.tier == 'private'", "subnet.teir == 'private'"),
            Faults({"9:14 `teir` node<subnet> has no member `teir` (did you mean `tier`?)"}));
  EXPECT_EQ(faults_with("when: subnet.tier == 'private'", "when: subnet.tier"),
            Faults({"9:7 `subnet.tier` a condition is a bool, not string"}));
  EXPECT_EQ(
      faults_with("when: subnet.tier == 'private'", "when: >-\n  subnet.tier == 'private'\n    && othres.size() > 1"),
      Faults({"11:8 `othres` there is no variable `othres` here (did you mean `others`?)"}));
  EXPECT_EQ(faults_with("blame: subnet", "blame: subnet.tier"),
            Faults({"12:10 `subnet.tier` expected a node or a list of nodes, not string"}));
  EXPECT_EQ(faults_with("  others:", "  policy:").front(), "8:3 `policy` the name `policy` is taken");
  EXPECT_EQ(faults_with("others.size() >= 1", "policy.target_az >= 1"),
            Faults({"10:17 `target_az` node<policy> has no member `target_az` (did you mean `target_azs`?)"}));
}

TEST_F(LoadRules, Texts) {
  EXPECT_EQ(faults_with("{others.size()}\"", "{others.sise()}\""),
            Faults({"13:55 `sise` there is no method `sise` (did you mean `size`?)"}));
  EXPECT_EQ(faults_with("{others.size()}\"", "{others.size()\""),
            Faults({"13:47 `{` `{` is not closed (a literal brace is written twice: `{{`)"}));
  EXPECT_EQ(faults_with("{others.size()}\"", "others}\""),
            Faults({"13:53 `}` `}` without `{` (a literal brace is written twice: `}}`)"}));
  EXPECT_EQ(faults_with("help: Add one.", "help: Add {one}."), Faults({"17:12 `one` there is no variable `one` here"}));
  EXPECT_EQ(faults_with("for: o in others", "for: o of others").front(), "15:14 `o of others` expected `x in list`");
}

TEST_F(LoadRules, Examples) {
  EXPECT_EQ(faults_with("    good: b\n", ""), Faults({"20:5 `b` there is no `good` example in terraform"}));
  EXPECT_EQ(faults_with("    good: b\n", "    good: { txt: b }\n"),
            Faults({"21:13 `txt` `txt` is no key of an example (did you mean `text`?)",
                    "21:11 `{` the example has neither `text` nor `files`"}));
  EXPECT_EQ(faults_with("  terraform:", "  terafrom:").front(),
            "19:3 `terafrom` `terafrom` is no key of examples (did you mean `terraform`?)");
}

TEST_F(LoadRules, BrokenYaml) {
  EXPECT_EQ(faults("id: [", "rules/x.yaml").size(), 1u);
  EXPECT_EQ(faults("", "rules/x.yaml"), Faults({"1:1 `` a rule file is a map"}));
  EXPECT_EQ(faults("- a\n", "rules/x.yaml"), Faults({"1:1 `-` a rule file is a map"}));
  EXPECT_FALSE(faults(std::string(5000, '['), "rules/x.yaml").empty());
  EXPECT_FALSE(faults("a: &a [*a, *a]\nid: *a\n", "rules/x.yaml").empty());
}

TEST_F(LoadRules, TheSameIdTwice) {
  const NamedText files[] = {{"a/test-rule.yaml", kSound}, {"b/test-rule.yaml", kSound}};
  Sources sources;
  const Parsed<RuleSet> loaded = load_rules(sources, files, builtin_schema());
  ASSERT_EQ(loaded.diagnostics.size(), 1u);
  EXPECT_EQ(loaded.diagnostics[0].message, "there is another rule `test-rule` in a/test-rule.yaml");
  EXPECT_EQ(loaded.value.rules().size(), 1u);
}

TEST_F(LoadRules, ProseAndExamples) {
  const NamedText files[] = {{"x/test-rule.yaml", R"(id: test-rule
title: T
severity: note
each: vpc
require: "true"
report: { message: m }
why: |
  One.
  Two.
help: Do it.
links: [https://example.com/a, https://example.com/b]
fix:
  - { set: db_instance.multi_az, to: "true", safety: safe }
examples:
  terraform:
    bad: &bad |
      a = 1
    good:
      - { name: first, text: *bad, vars: { zone: eu-west-1a } }
      - files: { main.tf: x, m/main.tf: y }
    inconclusive: { text: *bad, unset: [zone] }
  cloudformation:
    bad: { text: t, params: { Env: dev } }
    good: t
)"}};
  Sources sources;
  const Parsed<RuleSet> loaded = load_rules(sources, files, builtin_schema());
  ASSERT_TRUE(loaded.diagnostics.empty()) << loaded.diagnostics[0].message;
  const Rule& rule = *loaded.value.rules()[0];
  const RuleProse prose = read_prose(rule);
  EXPECT_EQ(prose.why, "One.\nTwo.");
  EXPECT_EQ(prose.help, "Do it.");
  EXPECT_EQ(prose.links.size(), 2u);
  ASSERT_EQ(prose.fixes.size(), 1u);
  EXPECT_EQ(prose.fixes[0].to, "true");

  const std::vector<RuleExample> examples = read_examples(rule);
  ASSERT_EQ(examples.size(), 6u);
  EXPECT_EQ(examples[0].verdict, Verdict::kBad);
  EXPECT_EQ(examples[0].files.at("main.tf"), "a = 1\n");
  EXPECT_EQ(examples[0].line, 16u);
  EXPECT_EQ(examples[1].name, "first");
  EXPECT_EQ(examples[1].files.at("main.tf"), "a = 1\n") << "an alias is what it stands for";
  EXPECT_EQ(examples[1].variables, (std::vector<std::pair<std::string, std::string>>{{"zone", "eu-west-1a"}}));
  EXPECT_EQ(examples[2].files.size(), 2u);
  EXPECT_EQ(examples[3].unset, std::vector<std::string>{"zone"});
  EXPECT_EQ(examples[4].format, Format::kCloudFormation);
  EXPECT_EQ(examples[4].variables[0].first, "Env");
  EXPECT_EQ(examples[5].files.count("template.yaml"), 1u);
}

}  // namespace
}  // namespace halint
