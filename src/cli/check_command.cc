// `halint check`: reads the command line and the environment, runs the pipeline, and prints the report.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/resource.h>

#include <charconv>
#include <optional>

#include "base/stopwatch.h"
#include "base/text.h"
#include "check/check.h"
#include "cli/check_arguments.h"
#include "cli/command.h"
#include "cli/version.h"
#include "cli/workspace.h"
#include "graph/print_graph.h"
#include "report/report.h"

namespace halint {
namespace {

std::string variable_of(const Invocation& invocation, const std::string& name) {
  const auto found = invocation.environment.find(name);
  return found == invocation.environment.end() ? std::string() : found->second;
}

bool is_set(const Invocation& invocation, const std::string& name) {
  const std::string value = variable_of(invocation, name);
  return !value.empty() && value != "0";
}

bool wants_color(const Invocation& invocation, const std::string& choice) {
  if (choice != "auto") return choice == "always";
  if (!variable_of(invocation, "NO_COLOR").empty()) return false;
  if (is_set(invocation, "FORCE_COLOR") || is_set(invocation, "CLICOLOR_FORCE")) return true;
  return invocation.output_is_terminal && variable_of(invocation, "TERM") != "dumb";
}

std::optional<Severity> severity_named(std::string_view name) {
  for (const Severity severity : {Severity::kNote, Severity::kWarning, Severity::kError}) {
    if (name == name_of(severity)) return severity;
  }
  return std::nullopt;
}

// What must be there before anything is read. A missing path is no empty result: it is a wrong command.
std::optional<Outcome> find_missing_path(const FileSystem& files, const CheckArguments& arguments) {
  for (const std::string& path : arguments.paths) {
    if (files.is_directory(path) || files.is_file(path)) continue;
    std::vector<std::string_view> names;
    for (const Command& command : commands()) names.push_back(command.name);
    const auto meant = did_you_mean(path, names);
    return trouble(fmt::format("there is no file or directory `{}`", escape_controls(path)),
                   meant ? fmt::format("did you mean the command `{}`?", *meant) : "");
  }
  for (const std::string& path : arguments.variable_files) {
    if (files.is_file(path)) continue;
    return trouble(fmt::format("there is no variable file `{}`", escape_controls(path)));
  }
  return std::nullopt;
}

// The day on which suppressions end: a flag's, that of a reproducible build, or that of the clock.
Date today(const Invocation& invocation, const CheckArguments& arguments) {
  if (!arguments.today.empty()) return *date_of(arguments.today);
  const std::string epoch = variable_of(invocation, "SOURCE_DATE_EPOCH");
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(epoch.data(), epoch.data() + epoch.size(), seconds);
  const bool is_number = error == std::errc() && !epoch.empty() && end == epoch.data() + epoch.size();
  return day_of(is_number ? seconds : invocation.now);
}

CheckOptions check_options(const Invocation& invocation, const CheckArguments& arguments, const FileSystem& here,
                           const Workspace& workspace) {
  CheckOptions options;
  options.paths = workspace.paths;
  constexpr std::string_view kPrefix = "TF_VAR_";
  for (const auto& [name, value] : invocation.environment) {
    if (name.starts_with(kPrefix)) options.variables.emplace_back(name.substr(kPrefix.size()), value);
  }
  for (const std::string& variable : arguments.variables) {
    const std::size_t equals = variable.find('=');
    options.variables.emplace_back(variable.substr(0, equals), variable.substr(equals + 1));
  }
  for (const std::string& file : arguments.variable_files) {
    options.variable_files.push_back(path_in(workspace, here, file));
  }
  const std::string from_environment = variable_of(invocation, "TF_WORKSPACE");
  if (!from_environment.empty()) options.terraform_workspace = from_environment;
  if (!arguments.terraform_workspace.empty()) options.terraform_workspace = arguments.terraform_workspace;
  options.select = selected_items(arguments.rules);
  options.ignore = arguments.rules.ignore;
  options.suppressions.today = today(invocation, arguments);
  options.suppressions.are_ignored = arguments.ignore_suppressions;
  if (arguments.stop_after == "parse") options.stop_after = StopAfter::kParse;
  if (arguments.stop_after == "graph" || arguments.print == "graph") options.stop_after = StopAfter::kGraph;
  options.keep_graphs = arguments.print == "graph";
  options.jobs = static_cast<unsigned>(arguments.jobs);
  return options;
}

// "file:///home/me/my%20repository/"
std::string uri_of(std::string_view directory) {
  std::string uri = "file://";
  for (const char c : directory) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
                          c == '-' || c == '_' || c == '.' || c == '~';
    if (is_plain) {
      uri += c;
    } else {
      fmt::format_to(std::back_inserter(uri), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri.ends_with('/') ? uri : uri + "/";
}

RenderOptions render_options(const Invocation& invocation, const CheckArguments& arguments,
                             const Workspace& workspace) {
  RenderOptions options;
  options.color = wants_color(invocation, arguments.color);
  options.viewpoint = workspace.viewpoint;
  options.show_inconclusive = arguments.show_inconclusive;
  options.fail_on = severity_named(arguments.fail_on);
  options.version = version();
  options.root_uri = uri_of(workspace.root);
  options.active_rules = select_rules(builtin_rules(), arguments.rules);
  return options;
}

std::string print_graphs(const Report& report) {
  std::string text;
  for (const Project& project : report.projects) {
    if (report.projects.size() > 1) text += fmt::format("# {}\n", project.root);
    text += print_graph(*project.graph);
  }
  return text;
}

double peak_megabytes() {
  struct rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::string describe(const Statistics& statistics, double milliseconds) {
  return fmt::format("Read {} into {} and {}, {}, {:.0f} ms.\n", plural(statistics.files, "file"),
                     plural(statistics.nodes, "node"), plural(statistics.edges, "edge"),
                     plural(statistics.rules, "rule"), milliseconds);
}

std::string describe_phases(const Statistics& statistics) {
  return fmt::format(
      "parse {:.1f} ms; over all roots: evaluate {:.1f} ms, graph {:.1f} ms, rules {:.1f} ms; peak memory {:.0f} MB\n",
      statistics.parse, statistics.evaluate, statistics.graph, statistics.rule_checks, peak_megabytes());
}

Outcome report_outcome(const CheckArguments& arguments, const Report& report, const Sources& sources,
                       const RenderOptions& options) {
  Outcome outcome;
  const ReportFormat format = *report_format_named(arguments.format);
  const std::string summary = render_summary(report, options);
  if (is_machine_readable(format)) {
    outcome.output = render(format, report, sources, builtin_rules(), options);
    if (arguments.quiet < 2) outcome.errors = summary;
  } else if (arguments.quiet == 0) {
    outcome.output = render(format, report, sources, builtin_rules(), options);
  } else if (arguments.quiet == 1) {
    outcome.output = summary;
  }
  outcome.exit_code = judge(report, options).passed ? kExitPassed : kExitFailed;
  return outcome;
}

}  // namespace

Outcome run_check(const Invocation& invocation) {
  const auto read = read_check_arguments(invocation.arguments);
  if (const Outcome* instead = std::get_if<Outcome>(&read)) return *instead;
  const CheckArguments& arguments = std::get<CheckArguments>(read);
  if (auto wrong = check_rule_selection(builtin_rules(), arguments.rules)) return *wrong;
  const std::unique_ptr<FileSystem> here = invocation.open_files(".");
  if (auto missing = find_missing_path(*here, arguments)) return *missing;

  const Workspace workspace = find_workspace(*here, arguments.paths);
  const std::unique_ptr<FileSystem> files = invocation.open_files(workspace.root);
  const Stopwatch watch;
  Sources sources;
  const Report report = check(*files, sources, builtin_rules(), check_options(invocation, arguments, *here, workspace));

  const RenderOptions options = render_options(invocation, arguments, workspace);
  Outcome outcome = report_outcome(arguments, report, sources, options);
  if (arguments.print == "graph") {
    outcome.output = print_graphs(report);
    outcome.errors = render_diagnostics(report.diagnostics, sources, options);
  }
  if (report.statistics.files == 0 && arguments.quiet < 2) outcome.errors += "warning: there are no Terraform files\n";
  if (arguments.quiet == 0) outcome.errors += describe(report.statistics, watch.milliseconds());
  if (arguments.show_statistics) outcome.errors += describe_phases(report.statistics);
  for (const std::string& defect : report.defects) {
    outcome.errors += fmt::format("error: a rule failed: {}\n", defect);
    outcome.exit_code = kExitTrouble;
  }
  return outcome;
}

}  // namespace halint
