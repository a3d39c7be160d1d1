// THE pipeline: files in, findings out.
// SPDX-License-Identifier: Apache-2.0
#include "check/check.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>
#include <utility>

#include "base/file_tree.h"
#include "base/parallel.h"
#include "base/stopwatch.h"
#include "check/merge_worlds.h"
#include "check/rule_settings.h"
#include "rules/evaluate.h"
#include "topology/topology.h"

namespace halint {
namespace {

// What one root gave.
struct Checked {
  std::vector<Diagnostic> diagnostics;
  RuleResults results;
  std::vector<std::unique_ptr<Graph>> graphs;
  ValueStatistics values;
  Statistics statistics;
};

TerraformOptions terraform_options(const CheckOptions& options, const ProjectSettings& project) {
  TerraformOptions terraform;
  terraform.variables = options.variables;
  // Later files win: what the caller gives is stronger than what the project says.
  terraform.variable_files = project.variable_files;
  terraform.variable_files.insert(terraform.variable_files.end(), options.variable_files.begin(),
                                  options.variable_files.end());
  terraform.unset_variables = options.unset_variables;
  terraform.workspace = options.terraform_workspace;
  if (terraform.workspace.empty()) terraform.workspace = project.terraform_workspace;
  if (terraform.workspace.empty()) terraform.workspace = "default";
  terraform.limits = options.limits;
  return terraform;
}

CloudFormationOptions cloudformation_options(const CheckOptions& options, const ProjectSettings& project) {
  CloudFormationOptions cloudformation;
  cloudformation.parameter_files = options.parameter_files;
  cloudformation.parameters = project.parameters;
  cloudformation.parameters.insert(cloudformation.parameters.end(), options.parameters.begin(),
                                   options.parameters.end());
  cloudformation.unset_parameters = options.unset_variables;
  cloudformation.limits = options.cloudformation_limits;
  return cloudformation;
}

template <typename T>
void append(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// What a front end found that stands for itself: a Terraform root module, a template.
struct Root {
  std::string name;
  std::string scheme;  // "tf:": begins the identity of its findings.
  const ProjectSettings* project = nullptr;
  // The configurations that it may describe, each a world of its own; Terraform has one.
  std::function<std::vector<Configuration>()> read;
};

// configuration -> graph -> facts -> findings, of one world.
void check_world(Configuration configuration, const Root& root, const RuleSet& rules,
                 std::span<const Rule* const> selected, const CheckOptions& options, Checked& checked) {
  Stopwatch watch;
  append(checked.diagnostics, configuration.diagnostics);
  if (options.count_values) add(checked.values, count_values(configuration));
  std::vector<Configuration> configurations;
  configurations.push_back(std::move(configuration));
  auto graph = std::make_unique<Graph>(builtin_schema(), std::move(configurations));
  checked.diagnostics.insert(checked.diagnostics.end(), graph->diagnostics().begin(), graph->diagnostics().end());
  checked.statistics.nodes += graph->nodes().size();
  checked.statistics.edges += graph->edge_count();
  checked.statistics.graph += watch.lap();

  if (options.stop_after == StopAfter::kNothing) {
    TopologyOptions topology_options;
    const Policy& policy = root.project->policy;
    topology_options.region_zones = static_cast<int>(policy.region_azs);
    topology_options.ssh_ports = policy.ssh_ports;
    topology_options.roles = options.roles;
    const Topology topology(*graph, std::move(topology_options));
    RuleResults results = evaluate_rules(topology, rules, selected, policy, root.scheme + root.name + "#");
    if (!root.project->name.empty()) {
      for (Finding& finding : results.findings) finding.projects.push_back(root.project->name);
    }
    append(checked.results.findings, results.findings);
    append(checked.results.inconclusive, results.inconclusive);
    append(checked.results.defects, results.defects);
    checked.statistics.rule_checks += watch.lap();
  }
  if (options.keep_graphs) checked.graphs.push_back(std::move(graph));
}

// text -> configurations -> findings, of one root.
Checked check_root(const Root& root, const RuleSet& rules, std::span<const Rule* const> selected,
                   const CheckOptions& options) {
  Checked checked;
  Stopwatch watch;
  std::vector<Configuration> worlds = root.read();
  checked.statistics.evaluate = watch.lap();
  std::vector<std::vector<WorldInput>> inputs;
  std::vector<std::vector<Finding>> findings;
  for (Configuration& world : worlds) {
    inputs.push_back(world.world);
    check_world(std::move(world), root, rules, selected, options, checked);
    findings.push_back(std::exchange(checked.results.findings, {}));
  }
  checked.results.findings = merge_worlds(inputs, std::move(findings));
  return checked;
}

void add(Statistics& sum, const Statistics& part) {
  sum.nodes += part.nodes;
  sum.edges += part.edges;
  sum.evaluate += part.evaluate;
  sum.graph += part.graph;
  sum.rule_checks += part.rule_checks;
}

// Files by name: their ids depend on which thread read them first.
auto place_of(const Sources& sources, const Span& span) {
  const std::string_view path = span.is_known() ? sources.path(span.file) : std::string_view();
  return std::tuple(path, span.begin, span.end);
}

// Sorts by `key`; of items with equal keys, the first stays.
template <typename T, typename Key>
void sort_unique(std::vector<T>& items, const Key& key) {
  std::stable_sort(items.begin(), items.end(), [&](const T& a, const T& b) { return key(a) < key(b); });
  items.erase(std::unique(items.begin(), items.end(), [&](const T& a, const T& b) { return key(a) == key(b); }),
              items.end());
}

// What several projects have in common is said once, with their names.
void merge_projects(std::vector<Finding>& findings) {
  std::map<std::string_view, std::vector<std::string>> projects;
  for (const Finding& finding : findings) {
    std::vector<std::string>& names = projects[finding.id];
    names.insert(names.end(), finding.projects.begin(), finding.projects.end());
  }
  for (auto& [id, names] : projects) {
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
  }
  for (Finding& finding : findings) finding.projects = projects[finding.id];
}

// Same input, same output: one order, whoever prints it. A module that several roots call says a thing once.
void sort(Report& report, const Sources& sources) {
  merge_projects(report.findings);
  sort_unique(report.findings, [&](const Finding& f) {
    return std::tuple(place_of(sources, f.span), std::string_view(f.rule), std::string_view(f.id));
  });
  sort_unique(report.suppressed, [&](const Suppressed& s) {
    return std::tuple(place_of(sources, s.finding.span), std::string_view(s.finding.rule),
                      std::string_view(s.finding.id));
  });
  sort_unique(report.diagnostics, [&](const Diagnostic& d) {
    return std::tuple(place_of(sources, d.span), std::string_view(d.rule), std::string_view(d.message));
  });
  sort_unique(report.inconclusive, [&](const Inconclusive& i) {
    return std::tuple(place_of(sources, i.span), std::string_view(i.rule), std::string_view(i.address));
  });
  sort_unique(report.defects, [](const std::string& defect) { return std::string_view(defect); });
}

// Parts what a comment in the files silences from the rest. A finding that two roots share is judged twice alike.
void silence(Report& report, const std::vector<Remark>& remarks, const RuleSet& rules,
             std::span<const Rule* const> selected, const CheckOptions& options) {
  Suppressible run = {std::move(report.findings), {}, std::move(report.diagnostics)};
  apply_suppressions(run, remarks, rules, selected, report.inconclusive, options.rule_settings, options.suppressions);
  report.findings = std::move(run.findings);
  report.suppressed = std::move(run.suppressed);
  report.diagnostics = std::move(run.diagnostics);
}

// Severities of the configuration; rules that are off did not run, halint's own findings are left out here.
void apply_settings(Report& report, const CheckOptions& options) {
  if (options.rule_settings.empty()) return;
  auto change = [&](auto& item) {
    if (auto severity = settings_of(options.rule_settings, item.rule).severity) item.severity = *severity;
  };
  std::ranges::for_each(report.findings, change);
  std::ranges::for_each(report.inconclusive, change);
  std::ranges::for_each(report.diagnostics, change);
  std::erase_if(report.diagnostics,
                [&](const Diagnostic& d) { return settings_of(options.rule_settings, d.rule).is_off; });
}

std::vector<const Rule*> rules_that_run(const RuleSet& rules, const CheckOptions& options) {
  std::vector<const Rule*> selected = rules.select(options.select, options.ignore);
  std::erase_if(selected, [&](const Rule* rule) { return settings_of(options.rule_settings, rule->id).is_off; });
  return selected;
}

// A project holds what lies below its paths.
bool holds(const ProjectSettings& project, const std::string& root) {
  return project.paths.empty() ||
         std::ranges::any_of(project.paths, [&](const std::string& path) { return is_within(root, path); });
}

std::vector<Configuration> only_world(Configuration configuration) {
  std::vector<Configuration> worlds;
  worlds.push_back(std::move(configuration));
  return worlds;
}

// What a front end found, once for each project that holds it. `workspace` and `projects` must outlive the roots.
template <typename Workspace, typename Read>
void add_roots(std::vector<Root>& roots, const char* scheme, const Workspace& workspace,
               const std::vector<ProjectSettings>& projects, const Read& read) {
  for (const ProjectSettings& project : projects) {
    for (const std::string& root : workspace.roots()) {
      if (holds(project, root))
        roots.push_back({root, scheme, &project, [&root, &project, read] { return read(root, project); }});
    }
  }
}

}  // namespace

Report check(const FileSystem& files, Sources& sources, const RuleSet& rules, const CheckOptions& options) {
  Report report;
  Stopwatch watch;

  // Which files there are, and which of them belong together: a root with the modules that it calls.
  const FileTree tree = find_files(files, options.paths, options.workspace, options.exclude);
  std::vector<ProjectSettings> projects = options.projects;
  if (projects.empty()) projects.emplace_back().policy = options.policy;
  const TerraformWorkspace terraform(files, sources, tree, options.workspace, options.limits, options.jobs);
  const CloudFormationWorkspace cloudformation(files, sources, tree, options.workspace, options.cloudformation_limits,
                                               options.jobs);
  const NginxWorkspace nginx(files, sources, tree, options.workspace, options.nginx_limits, options.jobs);
  std::vector<Root> roots;
  add_roots(roots, "tf:", terraform, projects, [&](const std::string& root, const ProjectSettings& project) {
    return only_world(terraform.evaluate(root, terraform_options(options, project)));
  });
  add_roots(roots, "cfn:", cloudformation, projects, [&](const std::string& root, const ProjectSettings& project) {
    return cloudformation.evaluate(root, cloudformation_options(options, project));
  });
  add_roots(roots, "nginx:", nginx, projects,
            [&](const std::string& root, const ProjectSettings&) { return only_world(nginx.evaluate(root)); });
  report.left_out = nginx.left_out();
  report.statistics.files = terraform.file_count() + cloudformation.file_count() + nginx.file_count();
  report.statistics.parse = watch.lap();
  if (options.stop_after == StopAfter::kParse) return report;

  const std::vector<const Rule*> selected = rules_that_run(rules, options);
  report.statistics.rules = selected.size();

  // Each root by itself. Slot i has one owner, so no lock is needed.
  std::vector<Checked> checked(roots.size());
  parallel_for(
      roots.size(), [&](std::size_t i) { checked[i] = check_root(roots[i], rules, selected, options); }, options.jobs);

  for (std::size_t i = 0; i < roots.size(); ++i) {
    append(report.findings, checked[i].results.findings);
    append(report.inconclusive, checked[i].results.inconclusive);
    append(report.defects, checked[i].results.defects);
    append(report.diagnostics, checked[i].diagnostics);
    add(report.statistics, checked[i].statistics);
    if (options.count_values) report.values.push_back({roots[i].name, std::move(checked[i].values)});
    for (auto& graph : checked[i].graphs) report.projects.push_back({roots[i].name, std::move(graph)});
  }
  std::vector<Remark> remarks = terraform.remarks();
  for (std::vector<Remark> more : {cloudformation.remarks(), nginx.remarks()}) append(remarks, more);
  silence(report, remarks, rules, selected, options);
  apply_settings(report, options);
  sort(report, sources);
  return report;
}

}  // namespace halint
