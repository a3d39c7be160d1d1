// Prose and examples of rules.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/source_file.h"
#include "rules/rule.h"
#include "rules/rule_keys.h"

namespace halint {
namespace {

std::string text_of(const YamlTree& yaml, std::string_view key) {
  const YamlNode* node = yaml.find(yaml.root(), key);
  if (node == nullptr) return "";
  std::string text = node->text;
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

std::vector<std::string> words_of(const YamlTree& yaml, std::string_view key) {
  std::vector<std::string> result;
  const YamlNode* node = yaml.find(yaml.root(), key);
  if (node == nullptr) return result;
  if (node->is_scalar()) result.push_back(node->text);
  if (!node->is_list()) return result;
  for (const auto& [unused, index] : node->children) result.push_back(yaml[index].text);
  return result;
}

std::string text_in(const YamlTree& yaml, const YamlNode& map, std::string_view key) {
  const YamlNode* node = yaml.find(map, key);
  return node != nullptr ? node->text : "";
}

std::uint32_t line_of(std::string_view text, std::uint32_t offset) {
  return 1 + static_cast<std::uint32_t>(
                 std::count(text.begin(), text.begin() + std::min<std::size_t>(offset, text.size()), '\n'));
}

std::string_view main_file(Format format) {
  switch (format) {
    case Format::kTerraform:
      return "main.tf";
    case Format::kCloudFormation:
      return "template.yaml";
    case Format::kNginx:
      return "nginx.conf";
  }
  return "main.tf";
}

class ExampleReader {
 public:
  ExampleReader(const YamlTree& yaml, const Rule& rule, RuleFaults& faults)
      : yaml_(yaml), rule_(rule), faults_(faults) {}

  std::vector<RuleExample> run() {
    const YamlNode* examples = yaml_.find(yaml_.root(), "examples");
    if (examples == nullptr || !examples->is_map()) {
      faults_.add(examples != nullptr ? *examples : yaml_.root(), 0, 1,
                  "a rule needs `examples`, at least a bad and a good one");
      return std::move(result_);
    }
    faults_.check_keys(yaml_, *examples, kFormatKeys, "examples");
    constexpr Format kFormats[] = {Format::kTerraform, Format::kCloudFormation, Format::kNginx};
    for (Format format : kFormats) {
      const YamlNode* node = yaml_.find(*examples, name_of(format));
      if (node == nullptr) continue;
      if (!node->is_map()) {
        faults_.add(*node, 0, 1, "expected `bad`, `good` and `inconclusive`");
        continue;
      }
      faults_.check_keys(yaml_, *node, kVerdictKeys, "a format");
      read_verdicts(*node, format);
    }
    return std::move(result_);
  }

 private:
  void read_verdicts(const YamlNode& node, Format format) {
    constexpr Verdict kVerdicts[] = {Verdict::kBad, Verdict::kGood, Verdict::kInconclusive};
    for (std::size_t i = 0; i < std::size(kVerdicts); ++i) {
      const YamlNode* cases = yaml_.find(node, kVerdictKeys[i]);
      if (cases == nullptr && i < 2)
        faults_.add(node, 0, 1, fmt::format("there is no `{}` example in {}", kVerdictKeys[i], name_of(format)));
      if (cases == nullptr) continue;
      if (!cases->is_list()) {
        read_case(*cases, format, kVerdicts[i]);
        continue;
      }
      for (const auto& [unused, index] : cases->children) read_case(yaml_[index], format, kVerdicts[i]);
    }
  }

  void read_case(const YamlNode& node, Format format, Verdict verdict) {
    RuleExample example;
    example.format = format;
    example.verdict = verdict;
    example.line = line_of(rule_.text, node.begin);
    if (node.is_scalar()) {
      example.files.emplace(main_file(format), node.text);
      result_.push_back(std::move(example));
      return;
    }
    if (!node.is_map()) return faults_.add(node, 0, 1, "expected a text or a case");
    faults_.check_keys(yaml_, node, kExampleKeys, "an example");
    example.name = text_in(yaml_, node, "name");
    if (const YamlNode* text = yaml_.find(node, "text")) example.files.emplace(main_file(format), text->text);
    for (auto& [name, text] : pairs(node, "files")) example.files.insert_or_assign(name, text);
    example.variables = pairs(node, "vars");
    for (auto& pair : pairs(node, "params")) example.variables.push_back(std::move(pair));
    if (const YamlNode* unset = yaml_.find(node, "unset")) example.unset = faults_.words(yaml_, *unset, "unset");
    if (example.files.empty()) return faults_.add(node, 0, 1, "the example has neither `text` nor `files`");
    result_.push_back(std::move(example));
  }

  std::vector<std::pair<std::string, std::string>> pairs(const YamlNode& node, std::string_view key) {
    std::vector<std::pair<std::string, std::string>> result;
    const YamlNode* map = yaml_.find(node, key);
    if (map == nullptr) return result;
    if (!map->is_map()) {
      faults_.add(*map, 0, 1, fmt::format("`{}` is a map from names to texts", key));
      return result;
    }
    for (const auto& [name, value] : map->children) {
      if (!yaml_[value].is_scalar())
        faults_.add(yaml_[value], 0, 1, fmt::format("`{}` holds texts; quote lists: '[\"a\"]'", key));
      result.emplace_back(yaml_[name].text, yaml_[value].text);
    }
    return result;
  }

  const YamlTree& yaml_;
  const Rule& rule_;
  RuleFaults& faults_;
  std::vector<RuleExample> result_;
};

}  // namespace

std::vector<RuleExample> examples_of(const YamlTree& yaml, const Rule& rule, std::vector<Diagnostic>& diagnostics) {
  RuleFaults faults(rule, diagnostics);
  return ExampleReader(yaml, rule, faults).run();
}

void check_prose(const YamlTree& yaml, const Rule& rule, std::vector<Diagnostic>& diagnostics) {
  RuleFaults faults(rule, diagnostics);
  for (std::string_view key : {"why", "help", "owner"}) {
    const YamlNode* node = yaml.find(yaml.root(), key);
    if (node != nullptr && (node->is_list() || node->is_map()))
      faults.add(*node, 0, 1, fmt::format("`{}` is a text", key));
  }
  for (std::string_view key : {"links", "replaces"}) {
    if (const YamlNode* node = yaml.find(yaml.root(), key)) faults.words(yaml, *node, key);
  }
  const YamlNode* fix = yaml.find(yaml.root(), "fix");
  if (fix == nullptr) return;
  if (!fix->is_list())
    return faults.add(*fix, 0, 1, "`fix` is a list of edits: `{ set: x.name, to: \"true\", safety: safe }`");
  for (const auto& [unused, index] : fix->children) {
    if (!yaml[index].is_map()) {
      faults.add(yaml[index], 0, 1, "expected an edit: `{ set: x.name, to: \"true\", safety: safe }`");
    } else {
      faults.check_keys(yaml, yaml[index], kFixKeys, "an edit");
    }
  }
}

RuleProse read_prose(const Rule& rule) {
  const YamlTree yaml = read_yaml(rule.text);
  RuleProse prose;
  prose.why = text_of(yaml, "why");
  prose.help = text_of(yaml, "help");
  prose.owner = text_of(yaml, "owner");
  prose.links = words_of(yaml, "links");
  prose.replaces = words_of(yaml, "replaces");
  const YamlNode* fix = yaml.find(yaml.root(), "fix");
  if (fix == nullptr || !fix->is_list()) return prose;
  for (const auto& [unused, index] : fix->children) {
    const YamlNode& edit = yaml[index];
    prose.fixes.push_back({text_in(yaml, edit, "set"), text_in(yaml, edit, "to"), text_in(yaml, edit, "safety")});
  }
  return prose;
}

std::vector<RuleExample> read_examples(const Rule& rule) {
  std::vector<Diagnostic> ignored;
  return examples_of(read_yaml(rule.text), rule, ignored);
}

}  // namespace halint
