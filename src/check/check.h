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
#include "graph/graph.h"
#include "rules/finding.h"
#include "rules/rule.h"

namespace halint {

struct CheckOptions {
  std::vector<std::string> paths = {"."};
  std::string workspace = ".";                                  // Nothing outside is read.
  std::vector<std::pair<std::string, std::string>> variables;   // Terraform: --var and TF_VAR_*.
  std::vector<std::string> variable_files;
  std::string terraform_workspace = "default";
  std::vector<std::string> select;                              // Slugs, globs, `tag:x`, `severity:x`, `all`.
  std::vector<std::string> ignore;
  unsigned jobs = 0;
};

struct Statistics {
  std::size_t files = 0;
  std::size_t nodes = 0;
  std::size_t edges = 0;
  std::size_t rules = 0;
};

// One graph that was checked: a Terraform root, a template.
struct Project {
  std::string root;
  std::unique_ptr<Graph> graph;
};

struct Report {
  std::vector<Finding> findings;            // Sorted by file, position, rule, identity.
  std::vector<Diagnostic> diagnostics;      // halint's own: syntax errors, limits. Sorted likewise.
  std::vector<Inconclusive> inconclusive;   // Sorted likewise.
  std::vector<std::string> left_out;        // Files that look relevant but were not read, with the reason.
  std::vector<Project> projects;
  Statistics statistics;
};

// `sources` receives the text of all files that were read; spans in the report point into it.
Report check(const FileSystem& files, Sources& sources, const RuleSet& rules, const CheckOptions& options);

}  // namespace halint
