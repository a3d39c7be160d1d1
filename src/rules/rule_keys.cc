// How faults in a rule file are reported; the header of a rule.
// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/file_system.h"
#include "base/text.h"

namespace halint {
namespace {

bool is_slug(std::string_view id) {
  if (id.empty() || id.front() == '-' || id.back() == '-') return false;
  return id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

std::optional<RuleStatus> status_named(std::string_view name) {
  if (name == "stable") return RuleStatus::kStable;
  if (name == "preview") return RuleStatus::kPreview;
  if (name == "deprecated") return RuleStatus::kDeprecated;
  return std::nullopt;
}

std::string_view stem_of(std::string_view file) {
  std::string_view name = file_name_of(file);
  return name.substr(0, name.rfind('.'));
}

class HeaderReader {
 public:
  HeaderReader(const YamlTree& yaml, Rule& rule, RuleFaults& faults) : yaml_(yaml), rule_(rule), faults_(faults) {}

  void run() {
    rule_.id = required("id");
    const YamlNode* id = yaml_.find(yaml_.root(), "id");
    if (id != nullptr && !rule_.id.empty()) {
      if (!is_slug(rule_.id))
        faults_.add(*id, 0, rule_.id.size(), fmt::format("`{}` is no slug", rule_.id),
                    "lower case letters, digits and hyphens");
      if (rule_.id != stem_of(rule_.file)) {
        faults_.add(*id, 0, rule_.id.size(), fmt::format("the id `{}` is not the name of the file", rule_.id),
                    fmt::format("call the file `{}.yaml`", rule_.id));
      }
    }
    rule_.title = required("title");
    if (const YamlNode* title = yaml_.find(yaml_.root(), "title");
        title != nullptr && rule_.title.find('\n') != std::string::npos) {
      faults_.add(*title, 0, rule_.title.size(), "`title` is one line");
    }
    read_severity();
    read_status();
    if (const YamlNode* tags = yaml_.find(yaml_.root(), "tags")) rule_.tags = faults_.words(yaml_, *tags, "tags");
    rule_.each = required("each");
    if (const YamlNode* external = yaml_.find(yaml_.root(), "external")) {
      if (external->text != "true" && external->text != "false")
        faults_.add(*external, 0, external->text.size(), "`external` is true or false");
      rule_.runs_on_external = external->text == "true";
    }
  }

 private:
  std::string required(std::string_view key) {
    const YamlNode* node = yaml_.find(yaml_.root(), key);
    if (node == nullptr) {
      faults_.add(yaml_.root(), 0, 1, fmt::format("the rule has no `{}`", key));
      return "";
    }
    if (!node->is_scalar()) faults_.add(*node, 0, 1, fmt::format("`{}` is a text", key));
    return node->text;
  }

  void read_severity() {
    const std::string name = required("severity");
    if (name.empty()) return;
    if (const auto severity = severity_named(name)) {
      rule_.severity = *severity;
    } else {
      faults_.add(*yaml_.find(yaml_.root(), "severity"), 0, name.size(), fmt::format("there is no severity `{}`", name),
                  "error, warning or note");
    }
  }

  void read_status() {
    const YamlNode* node = yaml_.find(yaml_.root(), "status");
    if (node == nullptr) return;
    if (const auto status = status_named(node->text)) {
      rule_.status = *status;
    } else {
      faults_.add(*node, 0, node->text.size(), fmt::format("there is no status `{}`", node->text),
                  "stable, preview or deprecated");
    }
  }

  const YamlTree& yaml_;
  Rule& rule_;
  RuleFaults& faults_;
};

}  // namespace

void RuleFaults::add(const YamlNode& node, std::size_t begin, std::size_t end, std::string message, std::string help) {
  const std::uint32_t first = node.is_scalar() ? place_in(rule_.text, node, begin) : node.begin;
  std::uint32_t last = first + 1;
  if (node.is_scalar() && end > begin) last = place_in(rule_.text, node, end - 1) + 1;
  add_at(first, std::max(last, first + 1), std::move(message), std::move(help));
}

void RuleFaults::add_at(std::uint32_t begin, std::uint32_t end, std::string message, std::string help) {
  Diagnostic diagnostic;
  diagnostic.span = {rule_.source, begin, std::min(end, static_cast<std::uint32_t>(rule_.text.size()))};
  diagnostic.rule = "invalid-rule";
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  diagnostics_.push_back(std::move(diagnostic));
}

void RuleFaults::check_keys(const YamlTree& yaml, const YamlNode& map, std::span<const std::string_view> keys,
                            std::string_view where) {
  for (std::size_t i = 0; i < map.children.size(); ++i) {
    const YamlNode& key = yaml[map.children[i].first];
    if (std::find(keys.begin(), keys.end(), key.text) == keys.end()) {
      const auto found = did_you_mean(key.text, keys);
      add(key, 0, key.text.size(), fmt::format("`{}` is no key of {}", key.text, where),
          found ? fmt::format("did you mean `{}`?", *found) : "");
    }
    for (std::size_t k = 0; k < i; ++k) {
      if (yaml[map.children[k].first].text == key.text)
        add(key, 0, key.text.size(), fmt::format("`{}` is given twice", key.text));
    }
  }
}

std::vector<std::string> RuleFaults::words(const YamlTree& yaml, const YamlNode& node, std::string_view key) {
  std::vector<std::string> result;
  if (node.is_scalar()) result.push_back(node.text);
  if (node.is_map()) add(node, 0, 1, fmt::format("`{}` is a list of words", key));
  for (const auto& [unused, index] : node.children) {
    if (!node.is_list()) break;
    if (yaml[index].is_scalar()) {
      result.push_back(yaml[index].text);
    } else {
      add(yaml[index], 0, 1, fmt::format("`{}` is a list of words", key));
    }
  }
  return result;
}

void read_header(const YamlTree& yaml, Rule& rule, std::vector<Diagnostic>& diagnostics) {
  RuleFaults faults(rule, diagnostics);
  if (!yaml.error.empty())
    return faults.add_at(yaml.error_begin, yaml.error_begin + 1, "the rule file is no YAML: " + yaml.error);
  if (!yaml.root().is_map()) return faults.add_at(0, 1, "a rule file is a map");
  faults.check_keys(yaml, yaml.root(), kRuleKeys, "a rule");
  HeaderReader(yaml, rule, faults).run();
  for (std::string_view key : {"require", "report"}) {
    if (yaml.find(yaml.root(), key) == nullptr) faults.add_at(0, 1, fmt::format("the rule has no `{}`", key));
  }
}

namespace {

// "title: 'x'  # why" -> x. False if YAML could mean something else.
bool plain_value(std::string_view line, std::string& value) {
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
  if (line.empty() || std::string_view("\"'|>&*!%@`{[?-#,]}").find(line.front()) != std::string_view::npos)
    return false;
  if (line.find(": ") != std::string_view::npos) return false;
  const std::size_t comment = line.find(" #");
  if (comment != std::string_view::npos) line = line.substr(0, comment);
  while (!line.empty() && line.back() == ' ') line.remove_suffix(1);
  value = line;
  return true;
}

// "[a, b-c]"
bool plain_words(std::string_view line, std::vector<std::string>& words) {
  const std::size_t open = line.find('[');
  const std::size_t close = line.find(']');
  if (open == std::string_view::npos || close == std::string_view::npos ||
      line.substr(0, open).find_first_not_of(' ') != std::string_view::npos)
    return false;
  std::string_view inside = line.substr(open + 1, close - open - 1);
  while (!inside.empty()) {
    const std::size_t comma = std::min(inside.find(','), inside.size());
    std::string word;
    if (!plain_value(inside.substr(0, comma), word)) return false;
    words.push_back(std::move(word));
    inside.remove_prefix(std::min(comma + 1, inside.size()));
  }
  return true;
}

}  // namespace

bool read_plain_header(std::string_view text, Rule& rule) {
  std::string severity, status, external;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t colon = line.find(':');
    if (line.empty() || line[0] == ' ' || line[0] == '#' || colon == std::string_view::npos) continue;
    const std::string_view key = line.substr(0, colon);
    const std::string_view value = line.substr(colon + 1);
    bool is_plain = true;
    if (key == "id") is_plain = plain_value(value, rule.id);
    if (key == "title") is_plain = plain_value(value, rule.title);
    if (key == "each") is_plain = plain_value(value, rule.each);
    if (key == "severity") is_plain = plain_value(value, severity);
    if (key == "status") is_plain = plain_value(value, status);
    if (key == "external") is_plain = plain_value(value, external);
    if (key == "tags") is_plain = plain_words(value, rule.tags);
    if (!is_plain) return false;
    // A plain text may go on in the next line.
    const bool is_header = key == "id" || key == "title" || key == "each" || key == "severity" || key == "tags";
    if (is_header && begin < text.size() && text[begin] == ' ') return false;
    if (key == "examples") break;
  }
  const auto known = severity_named(severity);
  if (rule.id.empty() || rule.title.empty() || rule.each.empty() || !known) return false;
  rule.severity = *known;
  rule.runs_on_external = external == "true";
  if (const auto found = status_named(status)) rule.status = *found;
  return true;
}

std::string without_examples(std::string_view text) {
  std::string result(text);
  bool is_blank = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    const bool is_key = !line.empty() && line[0] != ' ' && line[0] != '#' && line[0] != '\r' &&
                        line.find(':') != std::string_view::npos;
    if (is_key) is_blank = line.starts_with("examples:") || line.starts_with("why:");
    if (is_blank)
      std::fill(result.begin() + static_cast<std::ptrdiff_t>(begin), result.begin() + static_cast<std::ptrdiff_t>(end),
                ' ');
    begin = end + 1;
  }
  result.erase(result.find_last_not_of(" \n") + 1);
  return result;
}

}  // namespace halint
