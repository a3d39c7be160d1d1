// The rules in the binary: all are sound, and what is read quickly is what is written.
// SPDX-License-Identifier: Apache-2.0
#include "rules/builtin_rules.h"

#include <gtest/gtest.h>

#include "rules/plain_logic.h"
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
    const RuleReport& c = builtin_rules().report(*quick);
    const RuleReport& d = loaded.value.report(*whole);
    EXPECT_EQ(c.evidence.size(), d.evidence.size()) << whole->id;
    EXPECT_EQ(c.message.parts.size(), d.message.parts.size()) << whole->id;
  }
}

// As text, with places: what two readers must agree on.
std::string describe(const YamlTree& yaml, const YamlNode& node) {
  std::string text = node.is_scalar() ? node.text : node.is_list() ? "list" : "map";
  text += "@" + std::to_string(node.begin);
  for (const auto& [key, value] : node.children) {
    if (node.is_map()) text += " " + yaml[key].text + ":";
    text += " " + describe(yaml, yaml[value]);
  }
  return text;
}

// The reader of plain logic understands all shipped rules, and as YAML does.
TEST(BuiltinRules, HavePlainLogic) {
  for (const NamedText& file : builtin_rule_files()) {
    YamlTree plain;
    EXPECT_TRUE(read_plain_logic(file.text, plain)) << file.name;
    const YamlTree yaml = read_yaml(file.text);
    for (const char* key : {"let", "when", "require", "outranks"}) {
      const YamlNode* a = plain.find(plain.root(), key);
      const YamlNode* b = yaml.find(yaml.root(), key);
      ASSERT_EQ(a == nullptr, b == nullptr) << file.name << " " << key;
      if (a != nullptr && std::string_view(key) != "let") {
        EXPECT_EQ(describe(plain, *a), describe(yaml, *b)) << file.name;
      }
      if (a == nullptr || std::string_view(key) != "let") continue;
      ASSERT_EQ(a->children.size(), b->children.size()) << file.name;
      for (std::size_t i = 0; i < a->children.size(); ++i) {
        EXPECT_EQ(plain[a->children[i].first].text, yaml[b->children[i].first].text) << file.name;
        EXPECT_EQ(describe(plain, plain[a->children[i].second]), describe(yaml, yaml[b->children[i].second]))
            << file.name;
      }
    }
  }
}

// Whatever it accepts means the same to YAML: checked on a rule that is changed in one place.
TEST(PlainLogic, RefusesWhatItWouldMisread) {
  const std::string text =
      "id: a\nlet:\n  # why\n  a: x.y # z\n  b: >-\n    c\n      d\n    e\n  c: 'q'\n  d: \"r\" # s\n\nwhen: a\n  b\n"
      "require: >-\n  c\n\noutranks: [a, b-c]\nreport:\n  message: m\n";
  int accepted = 0;
  const auto compare = [&](const std::string& candidate) {
    YamlTree plain;
    if (!read_plain_logic(candidate, plain)) return;
    const YamlTree yaml = read_yaml(candidate);
    if (!yaml.error.empty() || !yaml.root().is_map()) return;  // Loading says so; tests load all shipped rules.
    ++accepted;
    for (const char* key : {"when", "require"}) {
      const YamlNode* a = plain.find(plain.root(), key);
      const YamlNode* b = yaml.find(yaml.root(), key);
      ASSERT_EQ(a == nullptr, b == nullptr) << candidate;
      if (a != nullptr) {
        ASSERT_EQ(a->text, b->text) << candidate;
      }
    }
    const YamlNode* a = plain.find(plain.root(), "let");
    const YamlNode* b = yaml.find(yaml.root(), "let");
    ASSERT_EQ(a == nullptr, b == nullptr) << candidate;
    if (a == nullptr) return;
    ASSERT_EQ(a->children.size(), b->children.size()) << candidate;
    for (std::size_t i = 0; i < a->children.size(); ++i) {
      ASSERT_EQ(plain[a->children[i].second].text, yaml[b->children[i].second].text) << candidate;
    }
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (char c : std::string_view("\n :-#\"'[]{},&*!|>\\?~x")) {
      std::string changed = text;
      changed[i] = c;
      compare(changed);
      compare(text.substr(0, i) + c + text.substr(i));
    }
  }
  EXPECT_GT(accepted, 1000);
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
