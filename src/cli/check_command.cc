// `halint check`: reads the command line and the environment, runs the pipeline, and prints the report.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/resource.h>

#include <charconv>
#include <optional>

#include "base/stopwatch.h"
#include "base/text.h"
#include "check/check.h"
#include "check/workspace.h"
#include "cli/check_arguments.h"
#include "cli/check_settings.h"
#include "cli/command.h"
#include "cli/version.h"
#include "report/report.h"

namespace halint {
namespace {

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

// What only this command asks for.
std::optional<Outcome> add_run_options(const Invocation& invocation, const CheckArguments& arguments,
                                       CheckOptions& options) {
  for (const std::string& word : arguments.severities) {
    auto setting = severity_choice(builtin_rules(), word);
    if (const Outcome* wrong = std::get_if<Outcome>(&setting)) return *wrong;
    options.rule_settings.push_back(std::move(std::get<RuleSetting>(setting)));
  }
  if (arguments.stop_after == "parse") options.stop_after = StopAfter::kParse;
  if (arguments.stop_after == "graph" || arguments.print == "graph") options.stop_after = StopAfter::kGraph;
  options.keep_graphs = arguments.print == "graph";
  options.count_values = arguments.count_values;
  options.jobs = static_cast<unsigned>(arguments.jobs);
  const std::string jobs = variable_of(invocation, "HALINT_JOBS");
  if (arguments.jobs > 0 || jobs.empty()) return std::nullopt;
  const auto [end, error] = std::from_chars(jobs.data(), jobs.data() + jobs.size(), options.jobs);
  if (error != std::errc() || end != jobs.data() + jobs.size() || options.jobs > 1024)
    return trouble(fmt::format("HALINT_JOBS is `{}`, and no number of threads", escape_controls(jobs)));
  return std::nullopt;
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
                             const CheckSettings& settings, const Workspace& workspace) {
  RenderOptions options;
  options.color = wants_color(invocation, arguments.color);
  options.viewpoint = workspace.viewpoint;
  options.show_inconclusive = arguments.show_inconclusive;
  options.show_suppressed = arguments.show_suppressed;
  options.max_findings = arguments.max_findings;
  options.fail_on_inconclusive = arguments.fail_on_inconclusive;
  options.docs_url = HALINT_DOCS_URL;
  options.fail_on = severity_named(settings.fail_on);
  options.version = version();
  options.root_uri = uri_of(workspace.root);
  options.active_rules = builtin_rules().select(settings.options.select, settings.options.ignore);
  return options;
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

Outcome report_outcome(const CheckArguments& arguments, const CheckSettings& settings, const Report& report,
                       const Sources& sources, const RenderOptions& options) {
  Outcome outcome;
  const std::string summary = render_summary(report, options);
  // The summary is on stdout, unless a program reads there.
  std::string* summary_goes_to = &outcome.output;
  bool has_summary = false;
  for (const FormatChoice& choice : settings.formats) {
    const ReportFormat format = *report_format_named(choice.format);
    RenderOptions plain = options;
    if (!choice.file.empty()) plain.color = false;
    if (!choice.file.empty()) {
      outcome.files.emplace_back(choice.file, render(format, report, sources, builtin_rules(), plain));
    } else if (is_machine_readable(format)) {
      outcome.output = render(format, report, sources, builtin_rules(), options);
      summary_goes_to = &outcome.errors;
    } else if (arguments.quiet == 0) {
      outcome.output = arguments.count_values ? render_statistics(report) + summary
                                              : render(format, report, sources, builtin_rules(), options);
      has_summary = true;
    }
  }
  if (!has_summary && arguments.quiet < 2) *summary_goes_to += summary;
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
  auto read_all = read_settings(invocation, arguments, *here, workspace);
  if (const Outcome* instead = std::get_if<Outcome>(&read_all)) return *instead;
  CheckSettings& settings = std::get<CheckSettings>(read_all);
  if (auto wrong = add_run_options(invocation, arguments, settings.options)) return *wrong;
  const std::unique_ptr<FileSystem> files = invocation.open_files(workspace.root);
  const Stopwatch watch;
  Sources sources;
  const Report report = check(*files, sources, builtin_rules(), settings.options);

  // A gate in front of nothing must not look closed.
  if (arguments.error_on_empty && report.statistics.files == 0 && report.diagnostics.empty())
    return trouble("there is nothing here that halint reads", "without --error-on-empty this would pass");

  const RenderOptions options = render_options(invocation, arguments, settings, workspace);
  Outcome outcome = report_outcome(arguments, settings, report, sources, options);
  if (arguments.print == "graph") {
    outcome.output = render_graphs(report);
    outcome.errors = render_diagnostics(report.diagnostics, sources, options);
  }
  if (report.statistics.files == 0 && arguments.quiet < 2)
    outcome.errors += "warning: there is nothing here that halint reads\n";
  if (arguments.quiet == 0) outcome.errors += describe(report.statistics, watch.milliseconds());
  if (arguments.show_statistics) outcome.errors += describe_phases(report.statistics);
  for (const std::string& defect : report.defects) {
    outcome.errors += fmt::format("error: a rule failed: {}\n", defect);
    outcome.exit_code = kExitTrouble;
  }
  return outcome;
}

}  // namespace halint
