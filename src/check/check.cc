// THE pipeline: files in, findings out.
// SPDX-License-Identifier: Apache-2.0
#include "check/check.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/file_tree.h"
#include "base/parallel.h"
#include "base/stopwatch.h"
#include "check/join_nginx.h"
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
  std::set<std::string> nginx;         // Configurations that were checked along with it.
  std::set<const BindSetting*> binds;  // That led to a machine of it.
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
  const NginxJoin* join = nullptr;  // Null: it is nginx itself.
  // The configurations that it may describe, each a world of its own; Terraform has one.
  std::function<std::vector<Configuration>()> read;
};

TopologyOptions topology_options(const Root& root, const CheckOptions& options) {
  TopologyOptions topology;
  const Policy& policy = root.project->policy;
  topology.region_zones = static_cast<int>(policy.region_azs);
  topology.ssh_ports = policy.ssh_ports;
  topology.roles = options.roles;
  return topology;
}

std::unique_ptr<Graph> graph_of(Configuration configuration) {
  std::vector<Configuration> configurations;
  configurations.push_back(std::move(configuration));
  return std::make_unique<Graph>(builtin_schema(), std::move(configurations));
}

// What runs on the machines of a root joins their graph, in each of its worlds.
void join_nginx(std::vector<std::unique_ptr<Graph>>& worlds, const Root& root, const CheckOptions& options,
                Checked& checked) {
  if (root.join == nullptr || !root.join->has_nginx()) return;
  std::vector<std::vector<NginxBinding>> bindings;
  for (const auto& world : worlds) {
    const Topology topology(*world, topology_options(root, options));
    bindings.push_back(root.join->find(topology, root.scheme, root.name));
    for (const NginxBinding& binding : bindings.back()) {
      checked.nginx.insert(binding.nginx);
      if (binding.said != nullptr) checked.binds.insert(binding.said);
    }
  }
  if (checked.nginx.empty()) return;
  for (std::size_t i = 0; i < worlds.size(); ++i)
    worlds[i] = root.join->joined(std::move(*worlds[i]), checked.nginx, bindings[i]);
}

// graph -> facts -> findings, of one world.
void check_world(std::unique_ptr<Graph> graph, const Root& root, const RuleSet& rules,
                 std::span<const Rule* const> selected, const CheckOptions& options, Checked& checked) {
  Stopwatch watch;
  for (const Configuration& configuration : graph->configurations())
    checked.diagnostics.insert(checked.diagnostics.end(), configuration.diagnostics.begin(),
                               configuration.diagnostics.end());
  checked.diagnostics.insert(checked.diagnostics.end(), graph->diagnostics().begin(), graph->diagnostics().end());
  checked.statistics.nodes += graph->nodes().size();
  checked.statistics.edges += graph->edge_count();

  if (options.stop_after == StopAfter::kNothing) {
    const Policy& policy = root.project->policy;
    const Topology topology(*graph, topology_options(root, options));
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
  std::vector<std::unique_ptr<Graph>> graphs;
  for (Configuration& world : worlds) {
    inputs.push_back(world.world);
    if (options.count_values) add(checked.values, count_values(world));
    graphs.push_back(graph_of(std::move(world)));
  }
  join_nginx(graphs, root, options, checked);
  checked.statistics.graph = watch.lap();
  for (std::unique_ptr<Graph>& graph : graphs) {
    check_world(std::move(graph), root, rules, selected, options, checked);
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

// The roots of a front end that a project holds.
template <typename Workspace>
std::vector<std::string> roots_in(const Workspace& workspace, const ProjectSettings& project) {
  std::vector<std::string> roots;
  std::ranges::copy_if(workspace.roots(), std::back_inserter(roots),
                       [&](const std::string& root) { return holds(project, root); });
  return roots;
}

// What the front ends found, once for each project that holds it. Those in which nginx may run come first.
struct Roots {
  std::vector<Root> cloud, nginx;
  std::vector<std::unique_ptr<NginxJoin>> joins;
};

// All parameters must outlive the roots.
Roots find_roots(const TerraformWorkspace& terraform, const CloudFormationWorkspace& cloudformation,
                 const NginxWorkspace& nginx, const Sources& sources, const std::vector<ProjectSettings>& projects,
                 const CheckOptions& options) {
  Roots roots;
  for (const ProjectSettings& project : projects) {
    std::vector<std::string> modules = roots_in(terraform, project), templates = roots_in(cloudformation, project);
    std::vector<std::string> servers = roots_in(nginx, project), cloud = modules;
    cloud.insert(cloud.end(), templates.begin(), templates.end());
    roots.joins.push_back(std::make_unique<NginxJoin>(nginx, sources, project.binds, servers, std::move(cloud)));
    const NginxJoin* join = roots.joins.back().get();
    for (const std::string& root : modules) {
      roots.cloud.push_back({root, "tf:", &project, join, [&, root] {
                               return only_world(terraform.evaluate(root, terraform_options(options, project)));
                             }});
    }
    for (const std::string& root : templates) {
      roots.cloud.push_back({root, "cfn:", &project, join, [&, root] {
                               return cloudformation.evaluate(root, cloudformation_options(options, project));
                             }});
    }
    for (const std::string& root : servers)
      roots.nginx.push_back(
          {root, "nginx:", &project, nullptr, [&, root] { return only_world(nginx.evaluate(root)); }});
  }
  return roots;
}

// Each root by itself. Slot i has one owner, so no lock is needed.
std::vector<Checked> check_roots(const std::vector<Root>& roots, const RuleSet& rules,
                                 std::span<const Rule* const> selected, const CheckOptions& options) {
  std::vector<Checked> checked(roots.size());
  parallel_for(
      roots.size(), [&](std::size_t i) { checked[i] = check_root(roots[i], rules, selected, options); }, options.jobs);
  return checked;
}

// What was checked along with a cloud root is no root of its own; what is bound to no machine that is here is said.
void drop_joined_nginx(Roots& roots, const std::vector<Checked>& cloud, Report& report) {
  std::set<std::pair<const ProjectSettings*, std::string>> joined;
  std::set<const BindSetting*> met;
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    for (const std::string& root : cloud[i].nginx) joined.emplace(roots.cloud[i].project, root);
    met.insert(cloud[i].binds.begin(), cloud[i].binds.end());
  }
  std::erase_if(roots.nginx, [&](const Root& root) { return joined.contains({root.project, root.name}); });
  for (const auto& join : roots.joins) {
    std::vector<Diagnostic> unmet = join->unmet(met);
    append(report.diagnostics, unmet);
  }
}

void add_to(Report& report, const std::vector<Root>& roots, std::vector<Checked>& checked,
            const CheckOptions& options) {
  for (std::size_t i = 0; i < roots.size(); ++i) {
    append(report.findings, checked[i].results.findings);
    append(report.inconclusive, checked[i].results.inconclusive);
    append(report.defects, checked[i].results.defects);
    append(report.diagnostics, checked[i].diagnostics);
    add(report.statistics, checked[i].statistics);
    if (options.count_values) report.values.push_back({roots[i].name, std::move(checked[i].values)});
    for (auto& graph : checked[i].graphs) report.projects.push_back({roots[i].name, std::move(graph)});
  }
}

}  // namespace

Report check(const FileSystem& files, Sources& sources, const RuleSet& rules, const CheckOptions& options) {
  Report report;
  Stopwatch watch;

  // Which files there are, and which of them belong together: a root with the modules that it calls.
  const FileTree tree = find_files(files, options.paths, options.workspace, options.exclude);
  std::vector<ProjectSettings> projects = options.projects;
  if (projects.empty()) {
    projects.emplace_back().policy = options.policy;
    projects.back().binds = options.binds;
  }
  const TerraformWorkspace terraform(files, sources, tree, options.workspace, options.limits, options.jobs,
                                     options.terraform_memory);
  const CloudFormationWorkspace cloudformation(files, sources, tree, options.workspace, options.cloudformation_limits,
                                               options.jobs, options.cloudformation_memory);
  const NginxWorkspace nginx(files, sources, tree, options.workspace, options.nginx_limits, options.jobs);
  Roots roots = find_roots(terraform, cloudformation, nginx, sources, projects, options);
  report.left_out = nginx.left_out();
  report.statistics.files = terraform.file_count() + cloudformation.file_count() + nginx.file_count();
  report.statistics.parse = watch.lap();
  if (options.stop_after == StopAfter::kParse) return report;

  const std::vector<const Rule*> selected = rules_that_run(rules, options);
  report.statistics.rules = selected.size();

  // nginx that runs on machines of the cloud is checked with them, the rest by itself.
  std::vector<Checked> checked = check_roots(roots.cloud, rules, selected, options);
  drop_joined_nginx(roots, checked, report);
  add_to(report, roots.cloud, checked, options);
  checked = check_roots(roots.nginx, rules, selected, options);
  add_to(report, roots.nginx, checked, options);
  std::vector<Remark> remarks = terraform.remarks();
  for (std::vector<Remark> more : {cloudformation.remarks(), nginx.remarks()}) append(remarks, more);
  silence(report, remarks, rules, selected, options);
  apply_settings(report, options);
  sort(report, sources);
  return report;
}

}  // namespace halint
