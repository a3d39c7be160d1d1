// Reads `.halint.yaml`.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/file_system.h"
#include "base/text.h"
#include "check/config.h"
#include "check/config_policy.h"
#include "check/rule_settings.h"
#include "rules/yaml_tree.h"

namespace halint {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::string_view kKeys[] = {"version",  "select", "extend-select", "ignore", "fail-on", "exclude",
                                      "projects", "roles",  "bind",          "policy", "rules",   "suppressions"};
constexpr std::string_view kProjectKeys[] = {"name", "paths", "terraform", "cloudformation", "bind", "policy"};
constexpr std::string_view kBindKeys[] = {"nginx", "node"};
constexpr std::string_view kTerraformKeys[] = {"var-files", "workspace"};
constexpr std::string_view kCloudFormationKeys[] = {"parameters"};
constexpr std::string_view kRuleKeys[] = {"severity", "ignorable"};
constexpr std::string_view kSuppressionKeys[] = {"require-reason"};
constexpr std::string_view kLevels[] = {"error", "warning", "note", "never"};
constexpr std::string_view kSeverities[] = {"error", "warning", "note", "off"};
constexpr std::string_view kRoles[] = {"bastion", "app", "data", "nginx"};
// What halint says by itself can be set like a rule.
constexpr std::string_view kOwnRules[] = {
    "syntax-error",       "limit-exceeded",      "invalid-configuration",    "not-analysed",
    "unused-suppression", "expired-suppression", "suppression-expires-soon", "suppression-without-reason",
    "unknown-rule"};

class ConfigReader {
 public:
  ConfigReader(const YamlTree& yaml, const SourceFile& file, FileId id, const RuleSet& rules, Parsed<Config>& into)
      : yaml_(yaml), file_(file), id_(id), rules_(rules), config_(into.value), diagnostics_(into.diagnostics) {}

  void run() {
    const YamlNode& root = yaml_.root();
    if (root.kind == YamlNode::Kind::kNull) return;
    if (!check_keys(root, kKeys, "")) return;
    if (const YamlNode* version = yaml_.find(root, "version"); version != nullptr && version->text != "1")
      error(*version, fmt::format("version `{}` is not known", version->text), "this halint reads `version: 1`");
    config_.select = rule_names(root, "select");
    config_.extend_select = rule_names(root, "extend-select");
    config_.ignore = rule_names(root, "ignore");
    config_.exclude = texts(root, "exclude");
    if (const YamlNode* level = yaml_.find(root, "fail-on")) config_.fail_on = word(*level, kLevels);
    if (const YamlNode* policy = yaml_.find(root, "policy")) read_policy(*policy, config_.policy, "policy");
    if (const YamlNode* rules = yaml_.find(root, "rules")) read_rules(*rules);
    if (const YamlNode* roles = yaml_.find(root, "roles")) read_roles(*roles);
    if (const YamlNode* bind = yaml_.find(root, "bind")) config_.binds = read_binds(*bind);
    if (const YamlNode* suppressions = yaml_.find(root, "suppressions")) read_suppressions(*suppressions);
    if (const YamlNode* projects = yaml_.find(root, "projects")) read_projects(*projects);
  }

 private:
  Span span_of(const YamlNode& node) const {
    std::uint32_t length = node.is_scalar() ? static_cast<std::uint32_t>(node.text.size()) : 1;
    std::uint32_t begin = place_in(file_.text, node, 0);
    if (!node.is_scalar() || node.text.empty()) begin = node.begin;
    return {id_, begin, std::min(begin + length, static_cast<std::uint32_t>(file_.text.size()))};
  }

  void error(const YamlNode& node, std::string message, std::string help = "") {
    diagnostics_.push_back({span_of(node), Severity::kError, "config-error", std::move(message), std::move(help), {}});
  }

  template <typename Candidates>
  std::string advice(std::string_view word, const Candidates& candidates) const {
    auto meant = did_you_mean(word, candidates);
    return meant ? fmt::format("did you mean `{}`?", *meant)
                 : fmt::format("there are: {}", fmt::join(candidates, ", "));
  }

  bool expect_map(const YamlNode& node, std::string_view what) {
    if (node.is_map()) return true;
    error(node, fmt::format("{} is a map of keys and values", what));
    return false;
  }

  // Notes where each key stands; false if `map` is none.
  bool check_keys(const YamlNode& map, Names keys, const std::string& prefix) {
    if (!expect_map(map, prefix.empty() ? "a configuration" : fmt::format("`{}`", prefix))) return false;
    std::set<std::string_view> seen;
    for (const auto& [key, value] : map.children) {
      const YamlNode& name = yaml_[key];
      config_.places[prefix.empty() ? name.text : prefix + "." + name.text] = span_of(name);
      if (std::ranges::find(keys, name.text) == keys.end())
        error(name, fmt::format("there is no key `{}` here", escape_controls(name.text)), advice(name.text, keys));
      if (!seen.insert(name.text).second) error(name, fmt::format("the key `{}` is written twice", name.text));
    }
    return true;
  }

  std::string word(const YamlNode& node, Names words) {
    if (node.is_scalar() && std::ranges::find(words, node.text) != words.end()) return node.text;
    const std::string one_of = fmt::format("{}", fmt::join(words, ", "));
    if (!node.is_scalar()) {
      error(node, fmt::format("this is one word of: {}", one_of));
      return {};
    }
    const auto meant = did_you_mean(node.text, words);
    error(node, fmt::format("`{}` is not one of: {}", escape_controls(node.text), one_of),
          meant ? fmt::format("did you mean `{}`?", *meant) : "");
    return {};
  }

  bool boolean(const YamlNode& node, bool otherwise) {
    if (node.text == "true" || node.text == "false") return node.text == "true";
    error(node, "this is true or false");
    return otherwise;
  }

  // The scalars of a list, or the one that stands for a list of one.
  std::vector<const YamlNode*> items(const YamlNode& map, std::string_view key) {
    std::vector<const YamlNode*> found;
    const YamlNode* node = yaml_.find(map, key);
    if (node == nullptr) return found;
    if (node->is_scalar()) return {node};
    if (!node->is_list()) error(*node, fmt::format("`{}` is a list", key));
    for (const auto& child : node->is_list() ? node->children : decltype(node->children){}) {
      const YamlNode& item = yaml_[child.second];
      if (item.is_scalar())
        found.push_back(&item);
      else
        error(item, fmt::format("the items of `{}` are texts", key));
    }
    return found;
  }

  std::vector<std::string> texts(const YamlNode& map, std::string_view key) {
    std::vector<std::string> result;
    for (const YamlNode* item : items(map, key)) result.push_back(item->text);
    return result;
  }

  void check_rule(const YamlNode& name) {
    std::vector<std::string> unknown, item = {name.text};
    rules_.select(item, {}, &unknown);
    if (unknown.empty() || std::ranges::find(kOwnRules, name.text) != std::end(kOwnRules)) return;
    UnknownItem said = explain_unknown_item(rules_, name.text);
    if (!name.text.starts_with("tag:") && !name.text.starts_with("severity:")) {
      if (auto meant = did_you_mean(name.text, kOwnRules)) said.help = fmt::format("did you mean `{}`?", *meant);
    }
    error(name, std::move(said.message), std::move(said.help));
  }

  std::vector<std::string> rule_names(const YamlNode& map, std::string_view key) {
    for (const YamlNode* item : items(map, key)) check_rule(*item);
    return texts(map, key);
  }

  void read_rules(const YamlNode& node) {
    if (!expect_map(node, "`rules`")) return;
    for (const auto& [key, value] : node.children) {
      const YamlNode& name = yaml_[key];
      check_rule(name);
      config_.places["rules." + name.text] = span_of(name);
      if (const YamlNode& level = yaml_[value]; level.is_scalar()) {
        const bool is_level = std::ranges::find(kSeverities, level.text) != std::end(kSeverities);
        error(level, fmt::format("`rules.{}` is a map of keys and values", escape_controls(name.text)),
              fmt::format("write {{severity: {}}}", is_level ? level.text : "warning"));
        continue;
      }
      if (!check_keys(yaml_[value], kRuleKeys, "rules." + name.text)) continue;
      RuleSetting setting;
      setting.pattern = name.text;
      if (const YamlNode* severity = yaml_.find(yaml_[value], "severity")) {
        std::string level = word(*severity, kSeverities);
        setting.is_off = level == "off";
        setting.severity = severity_named(level);
      }
      if (const YamlNode* ignorable = yaml_.find(yaml_[value], "ignorable"))
        setting.is_ignorable = boolean(*ignorable, true);
      config_.rules.push_back(std::move(setting));
    }
  }

  void read_roles(const YamlNode& node) {
    if (!check_keys(node, kRoles, "roles")) return;
    for (std::string_view role : kRoles) {
      if (yaml_.find(node, role) != nullptr) config_.roles.emplace_back(role, texts(node, role));
    }
  }

  std::vector<BindSetting> read_binds(const YamlNode& node) {
    std::vector<BindSetting> binds;
    if (!node.is_list()) {
      error(node, "`bind` is a list of `{nginx: FILES, node: ADDRESS}`");
      return binds;
    }
    for (const auto& child : node.children) {
      const YamlNode& item = yaml_[child.second];
      if (!check_keys(item, kBindKeys, "bind")) continue;
      const std::vector<std::string> files = texts(item, "nginx"), nodes = texts(item, "node");
      if (files.empty() || nodes.empty())
        error(item, "a binding says `nginx`, which files, and `node`, on which machines");
      for (const std::string& file : files) {
        for (const std::string& address : nodes) binds.push_back({path_of(file), address});
      }
    }
    return binds;
  }

  void read_suppressions(const YamlNode& node) {
    if (!check_keys(node, kSuppressionKeys, "suppressions")) return;
    if (const YamlNode* reason = yaml_.find(node, "require-reason")) config_.require_reason = boolean(*reason, true);
  }

  template <typename Number>
  bool number(const YamlNode& node, Number& into) {
    const char* end = node.text.data() + node.text.size();
    auto [stop, fault] = std::from_chars(node.text.data(), end, into);
    if (fault == std::errc() && stop == end && node.is_scalar() && !node.text.empty()) return true;
    error(node, fmt::format("`{}` is not a number", escape_controls(node.text)));
    return false;
  }

  void set(const YamlNode& node, std::int64_t& member, Names) { number(node, member); }
  void set(const YamlNode& node, double& member, Names) { number(node, member); }
  void set(const YamlNode& node, std::string& member, Names words) {
    if (words.empty())
      member = node.text;
    else if (std::string text = word(node, words); !text.empty())
      member = text;
  }
  void set(const YamlNode& node, std::vector<std::int64_t>& member, Names) {
    if (!node.is_list()) return error(node, "this is a list of numbers");
    member.clear();
    for (const auto& child : node.children) {
      std::int64_t item = 0;
      if (number(yaml_[child.second], item)) member.push_back(item);
    }
  }

  void read_policy(const YamlNode& node, Policy& policy, const std::string& prefix) {
    std::vector<std::string_view> names;
    for (const PolicyEntry& entry : policy_entries()) names.push_back(entry.name);
    if (!check_keys(node, names, prefix)) return;
    for (const PolicyEntry& entry : policy_entries()) {
      const YamlNode* value = yaml_.find(node, entry.name);
      if (value == nullptr) continue;
      std::visit([&](auto member) { set(*value, policy.*member, entry.words); }, entry.member);
    }
    const YamlNode* share = yaml_.find(node, "required_fraction");
    if (share != nullptr && (policy.required_fraction < 0 || policy.required_fraction > 1))
      error(*share, "this is a share, between 0 and 1");
    const YamlNode* range = yaml_.find(node, "cpu_target");
    if (range != nullptr && (policy.cpu_target.size() != 2 || policy.cpu_target[0] > policy.cpu_target[1]))
      error(*range, "these are two numbers, the lower one first");
  }

  std::string path_of(const std::string& text) const { return join_path(directory_of(file_.path), text); }

  void read_projects(const YamlNode& node) {
    if (!node.is_list()) return error(node, "`projects` is a list");
    for (const auto& child : node.children) read_project(yaml_[child.second]);
  }

  void read_project(const YamlNode& node) {
    if (!expect_map(node, "a project")) return;
    const YamlNode* name = yaml_.find(node, "name");
    if (name == nullptr || name->text.empty()) return error(node, "the project has no `name`");
    if (std::ranges::any_of(config_.projects, [&](const ProjectSettings& other) { return other.name == name->text; }))
      return error(*name, fmt::format("there are two projects `{}`", escape_controls(name->text)));
    std::string prefix = "projects." + name->text;
    if (!check_keys(node, kProjectKeys, prefix)) return;
    ProjectSettings project;
    project.name = name->text;
    project.policy = config_.policy;
    project.binds = config_.binds;
    for (const std::string& path : texts(node, "paths")) project.paths.push_back(path_of(path));
    if (const YamlNode* terraform = yaml_.find(node, "terraform");
        terraform != nullptr && check_keys(*terraform, kTerraformKeys, prefix + ".terraform")) {
      for (const std::string& path : texts(*terraform, "var-files")) project.variable_files.push_back(path_of(path));
      if (const YamlNode* workspace = yaml_.find(*terraform, "workspace"))
        project.terraform_workspace = workspace->text;
    }
    if (const YamlNode* cloudformation = yaml_.find(node, "cloudformation");
        cloudformation != nullptr && check_keys(*cloudformation, kCloudFormationKeys, prefix + ".cloudformation")) {
      const YamlNode* parameters = yaml_.find(*cloudformation, "parameters");
      if (parameters != nullptr && expect_map(*parameters, "`parameters`")) {
        for (const auto& [key, value] : parameters->children)
          project.parameters.emplace_back(yaml_[key].text, yaml_[value].text);
      }
    }
    if (const YamlNode* policy = yaml_.find(node, "policy")) read_policy(*policy, project.policy, prefix + ".policy");
    if (const YamlNode* bind = yaml_.find(node, "bind")) project.binds = read_binds(*bind);
    config_.projects.push_back(std::move(project));
  }

  const YamlTree& yaml_;
  const SourceFile& file_;
  FileId id_;
  const RuleSet& rules_;
  Config& config_;
  std::vector<Diagnostic>& diagnostics_;
};

}  // namespace

Parsed<Config> load_config(Sources& sources, std::string path, std::string text, const RuleSet& rules) {
  Parsed<Config> result;
  result.value.path = path;
  FileId id = sources.add(std::move(path), std::move(text));
  const SourceFile& file = sources.file(id);
  YamlTree yaml = read_yaml(file.text);
  if (!yaml.error.empty()) {
    Span span = {id, yaml.error_begin, yaml.error_begin};
    result.diagnostics.push_back({span, Severity::kError, "config-error", yaml.error, "this is not YAML", {}});
    return result;
  }
  ConfigReader(yaml, file, id, rules, result).run();
  std::ranges::stable_sort(result.diagnostics, {}, [](const Diagnostic& d) { return d.span.begin; });
  return result;
}

}  // namespace halint
