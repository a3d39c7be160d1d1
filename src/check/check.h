// THE pipeline: files in, findings out. Every door (command line, language server, hooks, tests) calls this.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/file_system.h"
#include "base/source_file.h"
#include "check/config.h"
#include "check/suppressions.h"
#include "cloudformation/read_cloudformation.h"
#include "graph/graph.h"
#include "graph/value_statistics.h"
#include "nginx/read_nginx.h"
#include "rules/finding.h"
#include "rules/rule.h"
#include "terraform/read_terraform.h"

namespace halint {

// Where to stop, to see or to measure what comes before.
enum class StopAfter : std::uint8_t { kNothing, kParse, kGraph };

struct CheckOptions {
  std::vector<std::string> paths = {"."};
  std::string workspace = ".";                                 // Nothing outside is read.
  std::vector<std::pair<std::string, std::string>> variables;  // Terraform: --var and TF_VAR_*.
  std::vector<std::string> variable_files;
  std::vector<std::string> unset_variables;  // As if they had no default: for examples of rules.
  std::string terraform_workspace;           // Empty: as the project says, else "default".
  Assignments parameters;                    // CloudFormation: --param.
  std::vector<std::string> parameter_files;  // CloudFormation: --parameters.
  std::vector<std::string> select;           // Slugs, globs, `tag:x`, `severity:x`, `all`.
  std::vector<std::string> ignore;
  std::vector<std::string> exclude;  // Globs: not searched. Paths that are named themselves are read all the same.
  std::vector<RuleSetting> rule_settings;
  RoleSettings roles;
  std::vector<BindSetting> binds;  // Which nginx runs where.
  Policy policy;
  std::vector<ProjectSettings> projects;  // Empty: one, of everything, with the policy and bindings above.
  TerraformLimits limits;
  CloudFormationLimits cloudformation_limits;
  NginxLimits nginx_limits;
  StopAfter stop_after = StopAfter::kNothing;
  SuppressionOptions suppressions;
  bool keep_graphs = false;   // Fill `Report::projects`.
  bool count_values = false;  // Fill `Report::values`.
  unsigned jobs = 0;          // 0: the number of cores.
  // Of earlier runs; then `sources` is a snapshot of theirs.
  TerraformMemory* terraform_memory = nullptr;
  CloudFormationMemory* cloudformation_memory = nullptr;
};

struct Statistics {
  std::size_t files = 0;
  std::size_t nodes = 0;
  std::size_t edges = 0;
  std::size_t rules = 0;
  // Milliseconds. `parse` is the time that passed; the others are sums over all roots, which run side by side.
  double parse = 0;
  double evaluate = 0;
  double graph = 0;
  double rule_checks = 0;
};

// One graph that was checked: a Terraform root, a template.
struct Project {
  std::string root;
  std::unique_ptr<Graph> graph;
};

// How much of one root could be evaluated.
struct RootValues {
  std::string root;
  ValueStatistics values;
};

struct Report {
  std::vector<Finding> findings;           // Sorted by file, position, rule, identity.
  std::vector<Suppressed> suppressed;      // Findings that a comment silences. Sorted likewise.
  std::vector<Diagnostic> diagnostics;     // halint's own: syntax errors, limits. Sorted likewise.
  std::vector<Inconclusive> inconclusive;  // Sorted likewise.
  std::vector<std::string> left_out;       // Files that look relevant but were not read, with the reason.
  std::vector<std::string> defects;        // Rules that failed while running: our bug, or that of a user's rule.
  std::vector<Project> projects;           // Sorted by root; only with `keep_graphs`.
  std::vector<RootValues> values;          // Likewise; only with `count_values`.
  Statistics statistics;
};

// `sources` receives the text of all files that were read; spans in the report point into it.
Report check(const FileSystem& files, Sources& sources, const RuleSet& rules, const CheckOptions& options);

}  // namespace halint
