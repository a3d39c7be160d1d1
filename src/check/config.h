// `.halint.yaml`: what a project wants of halint, each setting with its place.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/source_file.h"
#include "base/span.h"
#include "rules/rule.h"

namespace halint {

using Assignments = std::vector<std::pair<std::string, std::string>>;

// What one rule, or all that a glob names, shall be.
struct RuleSetting {
  std::string pattern;
  std::optional<Severity> severity;
  bool is_off = false;
  bool is_ignorable = true;  // False: comments cannot silence it.
};

// Nginx files, by path or glob relative to the workspace, that run on a machine, or on those made from a template.
struct BindSetting {
  std::string nginx;
  std::string node;  // An address or glob, with or without its root.
};

// One set of inputs that makes graphs of its own: production, staging.
struct ProjectSettings {
  std::string name;
  std::vector<std::string> paths;  // Relative to the file. Empty: all.
  std::vector<std::string> variable_files;
  std::string terraform_workspace;  // Empty: not said.
  Assignments parameters;           // CloudFormation.
  Policy policy;                    // That of the file, with what the project changes.
  std::vector<BindSetting> binds;   // Likewise: its own if it has some.
};

// Roles that cannot be inferred: "bastion" -> addresses and globs.
using RoleSettings = std::vector<std::pair<std::string, std::vector<std::string>>>;

struct Config {
  std::string path;  // Relative to the workspace; empty: there is none, and all is as built in.
  std::vector<std::string> select, extend_select, ignore;  // As the flags.
  std::string fail_on;                                     // Empty: not said.
  std::vector<std::string> exclude;                        // Globs.
  std::vector<RuleSetting> rules;
  std::vector<ProjectSettings> projects;
  RoleSettings roles;
  std::vector<BindSetting> binds;
  Policy policy;
  bool require_reason = true;
  // Where each key that was set stands: "fail-on", "policy.target_azs", "rules.nat-*", "projects.prod".
  std::map<std::string, Span> places;
};

// Reads a configuration. Unknown keys, rules, roles and words are errors with a suggestion ("config-error"); what is
// sound is read all the same. Relative paths become relative to the workspace, as `path` is.
Parsed<Config> load_config(Sources& sources, std::string path, std::string text, const RuleSet& rules);

// The names under `policy`, and what each of them is in words: "3", "[40, 70]".
std::vector<std::pair<std::string, std::string>> describe_policy(const Policy& policy);

}  // namespace halint
