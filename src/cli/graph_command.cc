// `halint graph`: the infrastructure as a picture, with its findings where they are.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "check/check.h"
#include "check/workspace.h"
#include "cli/check_arguments.h"
#include "cli/check_settings.h"
#include "cli/command.h"
#include "cli/flags.h"
#include "report/picture/picture.h"
#include "report/report.h"

namespace halint {
namespace {

constexpr std::string_view kFormats[] = {"svg", "html", "mermaid", "dot", "json"};

constexpr std::string_view kUsage =
    "Draws the infrastructure: zones are columns, tiers are rows, findings are marked where they are.\n\n"
    "usage: halint graph [FLAGS] [PATH...]      (PATH: a directory or a file; default: .)\n\n"
    "  -f,--format FORMAT  svg, html (with the list of findings), mermaid, dot, json; without it the graph as text\n"
    "  -o,--output FILE    where the picture goes; default: stdout\n\n"
    "All flags of `halint check` that say what is read and which rules run hold here too: `halint help check`.\n";

// The flags that mean something else here, and all others, which are those of `check`.
struct GraphArguments {
  std::string format;
  std::string output;
  std::vector<std::string> others;
};

// Takes `name VALUE`, `name=VALUE` and, of a short flag, `-oVALUE` from the line. False: it is another word.
bool take(const std::vector<std::string>& words, std::size_t& at, std::string_view flag, std::string& value) {
  const std::string& word = words[at];
  if (word == flag) {
    if (at + 1 < words.size()) value = words[++at];
    return true;
  }
  const bool is_long = flag.starts_with("--");
  if (!word.starts_with(flag) || (is_long && word[flag.size()] != '=')) return false;
  value = word.substr(flag.size() + (is_long || word[flag.size()] == '=' ? 1 : 0));
  return true;
}

GraphArguments split(const std::vector<std::string>& words) {
  GraphArguments result;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--") {
      result.others.insert(result.others.end(), words.begin() + static_cast<std::ptrdiff_t>(i), words.end());
      break;
    }
    const bool is_taken = take(words, i, "--format", result.format) || take(words, i, "--output", result.output) ||
                          take(words, i, "-f", result.format) || take(words, i, "-o", result.output);
    if (!is_taken) result.others.push_back(words[i]);
  }
  return result;
}

}  // namespace

Outcome run_graph(const Invocation& invocation) {
  for (const std::string& word : invocation.arguments) {
    if (word == "--help" || word == "-h") return {kExitPassed, std::string(kUsage), {}, {}};
  }
  GraphArguments own = split(invocation.arguments);
  if (!own.format.empty()) {
    if (auto wrong = check_choice("--format", own.format, kFormats)) return *wrong;
  }
  const auto read = read_check_arguments(own.others);
  if (const Outcome* instead = std::get_if<Outcome>(&read)) return *instead;
  const CheckArguments& arguments = std::get<CheckArguments>(read);
  if (auto wrong = check_rule_selection(builtin_rules(), arguments.rules)) return *wrong;
  const std::unique_ptr<FileSystem> here = invocation.open_files(".");
  for (const std::string& path : arguments.paths) {
    if (!here->is_directory(path) && !here->is_file(path))
      return trouble(fmt::format("there is no file or directory `{}`", escape_controls(path)));
  }
  const Workspace workspace = find_workspace(*here, arguments.paths);
  auto read_all = read_settings(invocation, arguments, *here, workspace);
  if (const Outcome* instead = std::get_if<Outcome>(&read_all)) return *instead;
  CheckOptions& options = std::get<CheckSettings>(read_all).options;
  options.keep_graphs = true;
  options.jobs = static_cast<unsigned>(arguments.jobs);
  if (own.format.empty()) options.stop_after = StopAfter::kGraph;

  const std::unique_ptr<FileSystem> files = invocation.open_files(workspace.root);
  Sources sources;
  const Report report = check(*files, sources, builtin_rules(), options);
  TopologyOptions topology;
  topology.region_zones = static_cast<int>(options.policy.region_azs);
  topology.ssh_ports = options.policy.ssh_ports;
  topology.roles = options.roles;

  Outcome outcome;
  std::string text =
      own.format.empty() ? render_graphs(report) : draw(*picture_format_named(own.format), report, sources, topology);
  if (own.output.empty()) {
    outcome.output = std::move(text);
  } else {
    outcome.files.emplace_back(own.output, std::move(text));
  }
  RenderOptions render;
  render.viewpoint = workspace.viewpoint;
  outcome.errors = render_diagnostics(report.diagnostics, sources, render);
  if (report.statistics.files == 0) outcome.errors += "warning: there is nothing here that halint reads\n";
  for (const std::string& defect : report.defects) {
    outcome.errors += fmt::format("error: a rule failed: {}\n", defect);
    outcome.exit_code = kExitTrouble;
  }
  return outcome;
}

}  // namespace halint
