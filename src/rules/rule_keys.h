// The keys that a rule file may have, and how faults in it are reported.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "rules/rule.h"
#include "rules/yaml_tree.h"

namespace halint {

inline constexpr std::string_view kRuleKeys[] = {"id",      "title",    "severity", "tags", "status",   "why", "help",
                                                 "links",   "owner",    "replaces", "each", "external", "let", "when",
                                                 "require", "outranks", "report",   "fix",  "examples"};
inline constexpr std::string_view kReportKeys[] = {"blame",    "at",   "label",  "message",
                                                   "evidence", "path", "impact", "discriminator"};
inline constexpr std::string_view kEvidenceKeys[] = {"for", "if", "at", "text", "why"};
inline constexpr std::string_view kFixKeys[] = {"set", "to", "safety"};
inline constexpr std::string_view kFormatKeys[] = {"terraform", "cloudformation", "nginx"};
inline constexpr std::string_view kVerdictKeys[] = {"bad", "good", "inconclusive"};
inline constexpr std::string_view kExampleKeys[] = {"name", "text", "files", "vars", "params", "unset"};

// Collects what is wrong with a rule file.
class RuleFaults {
 public:
  // Both must outlive it.
  RuleFaults(const Rule& rule, std::vector<Diagnostic>& diagnostics) : rule_(rule), diagnostics_(diagnostics) {}

  // Bytes `begin` to `end` of a node's text.
  void add(const YamlNode& node, std::size_t begin, std::size_t end, std::string message, std::string help = {});
  void add_at(std::uint32_t begin, std::uint32_t end, std::string message, std::string help = {});
  void check_keys(const YamlTree& yaml, const YamlNode& map, std::span<const std::string_view> keys,
                  std::string_view where);
  // A word or a list of words.
  std::vector<std::string> words(const YamlTree& yaml, const YamlNode& node, std::string_view key);

 private:
  const Rule& rule_;
  std::vector<Diagnostic>& diagnostics_;
};

// Everything of a rule file but its logic: names, prose, examples. `rule` gets what is read.
void read_header(const YamlTree& yaml, Rule& rule, std::vector<Diagnostic>& diagnostics);
void check_prose(const YamlTree& yaml, const Rule& rule, std::vector<Diagnostic>& diagnostics);
std::vector<RuleExample> examples_of(const YamlTree& yaml, const Rule& rule, std::vector<Diagnostic>& diagnostics);

// The header without YAML, for files whose header is plain: false if it is not.
bool read_plain_header(std::string_view text, Rule& rule);
// The text with the lines of `examples` and `why` blanked, so that places stay and YAML has little to read.
std::string without_examples(std::string_view text);

}  // namespace halint
