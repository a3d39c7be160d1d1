// The rules in the binary: all are sound, and what is read quickly is what is written.
// SPDX-License-Identifier: Apache-2.0
#include "rules/builtin_rules.h"

#include <gtest/gtest.h>

#include "rules/rule.h"
#include "rules/rule_keys.h"
#include "rules/rule_logic.h"

namespace halint {
namespace {

std::string describe(const Sources& sources, const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    const Position at = sources.begin_of(diagnostic.span);
    text += std::string(sources.path(diagnostic.span.file)) + ":" + std::to_string(at.line) + ":" +
            std::to_string(at.column) + ": " + diagnostic.message +
            (diagnostic.help.empty() ? "" : " (" + diagnostic.help + ")") + "\n";
  }
  return text;
}

TEST(BuiltinRules, LoadWithoutFault) {
  Sources sources;
  const Parsed<RuleSet> loaded = load_rules(sources, builtin_rule_files(), builtin_schema());
  EXPECT_EQ(describe(sources, loaded.diagnostics), "");
  EXPECT_EQ(loaded.value.rules().size(), builtin_rule_files().size());
}

// A run reads headers line by line, and the logic without prose; the whole YAML says the same.
TEST(BuiltinRules, AreTheSameReadQuickly) {
  Sources sources;
  const Parsed<RuleSet> loaded = load_rules(sources, builtin_rule_files(), builtin_schema());
  for (const Rule* whole : loaded.value.rules()) {
    const Rule* quick = builtin_rules().find(whole->id);
    ASSERT_NE(quick, nullptr) << whole->id;
    EXPECT_EQ(quick->title, whole->title);
    EXPECT_EQ(quick->severity, whole->severity) << whole->id;
    EXPECT_EQ(quick->status, whole->status) << whole->id;
    EXPECT_EQ(quick->tags, whole->tags) << whole->id;
    EXPECT_EQ(quick->each, whole->each) << whole->id;
    EXPECT_EQ(quick->runs_on_external, whole->runs_on_external) << whole->id;
    const RuleLogic& a = builtin_rules().logic(*quick);
    const RuleLogic& b = loaded.value.logic(*whole);
    EXPECT_EQ(a.lets.size(), b.lets.size()) << whole->id;
    EXPECT_EQ(a.outranks, b.outranks) << whole->id;
    EXPECT_EQ(a.report.evidence.size(), b.report.evidence.size()) << whole->id;
  }
}

TEST(BuiltinRules, OutrankOnlyRulesThatExist) {
  for (const Rule* rule : builtin_rules().rules()) {
    for (const std::string& lower : builtin_rules().logic(*rule).outranks) {
      EXPECT_NE(lower, rule->id);
    }
  }
}

}  // namespace
}  // namespace halint
