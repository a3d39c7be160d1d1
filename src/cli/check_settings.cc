// Everything that decides a run: flags, environment and configuration, the stronger over the weaker.
// SPDX-License-Identifier: Apache-2.0
#include "cli/check_settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <optional>

#include "base/text.h"
#include "check/config.h"
#include "check/find_config.h"
#include "report/report.h"

namespace halint {
namespace {

// The day on which suppressions end: a flag's, that of a reproducible build, or that of the clock.
Date today(const Invocation& invocation, const CheckArguments& arguments) {
  if (!arguments.today.empty()) return *date_of(arguments.today);
  const std::string epoch = variable_of(invocation, "SOURCE_DATE_EPOCH");
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(epoch.data(), epoch.data() + epoch.size(), seconds);
  const bool is_number = error == std::errc() && !epoch.empty() && end == epoch.data() + epoch.size();
  return day_of(is_number ? seconds : invocation.now);
}

class SettingsReader {
 public:
  SettingsReader(const Invocation& invocation, const CheckArguments& arguments, const FileSystem& here,
                 const Workspace& workspace)
      : invocation_(invocation),
        arguments_(arguments),
        here_(here),
        workspace_(workspace),
        files_(invocation.open_files(workspace.root)) {}

  std::variant<CheckSettings, Outcome> run() {
    if (auto wrong = load()) return *wrong;
    if (auto wrong = choose_words()) return *wrong;
    choose_rules();
    choose_inputs();
    choose_policy();
    return std::move(result_);
  }

 private:
  std::optional<Outcome> load() {
    if (arguments_.isolated) return std::nullopt;
    std::string path;
    const std::string named = arguments_.config.empty() ? variable_of(invocation_, "HALINT_CONFIG") : arguments_.config;
    if (named.empty()) {
      path = find_config(*files_, workspace_.paths.empty() ? "." : workspace_.paths.front());
      if (path.empty()) return std::nullopt;
    } else {
      path = path_in(workspace_, here_, named);
    }
    Result<std::string> text = files_->read(path, kMostConfigBytes);
    if (!text) return trouble(text.error().message, named.empty() ? "" : "--config names the configuration to read");
    Parsed<Config> parsed = load_config(sources_, path, std::move(*text), builtin_rules());
    if (!parsed.diagnostics.empty()) return faulty(parsed.diagnostics);
    config_ = std::move(parsed.value);
    // A project of nothing would pass.
    for (const ProjectSettings& project : config_.projects) {
      const std::string key = "projects." + project.name;
      require(project.paths, key + ".paths", "file or directory", parsed.diagnostics);
      require(project.variable_files, key + ".terraform.var-files", "variable file", parsed.diagnostics);
    }
    if (!parsed.diagnostics.empty()) return faulty(parsed.diagnostics);
    result_.config_path = path_seen_from(workspace_.viewpoint, path);
    return std::nullopt;
  }

  Outcome faulty(const std::vector<Diagnostic>& diagnostics) const {
    RenderOptions options;
    options.viewpoint = workspace_.viewpoint;
    Outcome outcome;
    outcome.exit_code = kExitTrouble;
    outcome.errors = render_diagnostics(diagnostics, sources_, options);
    return outcome;
  }

  void require(const std::vector<std::string>& paths, const std::string& key, std::string_view what,
               std::vector<Diagnostic>& diagnostics) const {
    for (const std::string& path : paths) {
      if (files_->is_file(path) || (what != "variable file" && files_->is_directory(path))) continue;
      const auto place = config_.places.find(key);
      diagnostics.push_back({place == config_.places.end() ? Span{} : place->second,
                             Severity::kError,
                             "config-error",
                             fmt::format("there is no {} `{}`", what, escape_controls(path)),
                             "paths are relative to the configuration",
                             {}});
    }
  }

  // Where the configuration says it, as `.halint.yaml:3`; "built in" if it does not.
  std::string origin_of(const std::string& key) const {
    const auto found = config_.places.find(key);
    if (found == config_.places.end()) return "built in";
    return fmt::format("{}:{}", result_.config_path, sources_.begin_of(found->second).line);
  }

  void note(std::string key, std::string value, std::string origin) {
    result_.settings.push_back({std::move(key), std::move(value), std::move(origin)});
  }

  // A flag, then a variable of the environment, then the configuration, then what is built in.
  std::optional<Outcome> choose_word(const std::string& key, const std::string& flag, const std::string& variable,
                                     const std::string& configured, std::string built_in, std::string& into) {
    const std::string from_environment = variable_of(invocation_, variable);
    if (!flag.empty()) {
      into = flag;
      note(key, into, "--" + key);
    } else if (!from_environment.empty()) {
      into = from_environment;
      note(key, into, variable);
      return check_word(key, variable, into);
    } else {
      into = configured.empty() ? std::move(built_in) : configured;
      note(key, into, origin_of(key));
    }
    return std::nullopt;
  }

  std::optional<Outcome> choose_words() {
    if (auto wrong =
            choose_word("fail-on", arguments_.fail_on, "HALINT_FAIL_ON", config_.fail_on, "error", result_.fail_on))
      return wrong;
    return choose_formats();
  }

  std::optional<Outcome> choose_formats() {
    std::string format;
    if (arguments_.formats.empty()) {
      auto wrong = choose_word("format", "", "HALINT_FORMAT", "", "full", format);
      result_.formats = {{format, arguments_.output}};
      return wrong;
    }
    for (const std::string& text : arguments_.formats) result_.formats.push_back(format_choice(text));
    if (!arguments_.output.empty()) result_.formats.back().file = arguments_.output;
    note("format", fmt::format("[{}]", fmt::join(arguments_.formats, ", ")), "--format");
    return std::nullopt;
  }

  // Flags come before what the configuration adds.
  void choose_list(const std::string& key, const std::vector<std::string>& items, std::size_t from_flag) {
    std::string origin = from_flag > 0 ? "--" + key : origin_of(key);
    if (from_flag > 0 && from_flag < items.size()) origin += " and " + origin_of(key);
    note(key, fmt::format("[{}]", fmt::join(items, ", ")), std::move(origin));
  }

  void choose_rules() {
    CheckOptions& options = result_.options;
    options.select = selected_items(arguments_.rules);
    options.ignore = arguments_.rules.ignore;
    for (const std::string& pattern : arguments_.exclude)
      options.exclude.push_back(join_path(workspace_.viewpoint.here, pattern));
    apply_config(config_, options);
    const bool by_flag = !arguments_.rules.select.empty() || !arguments_.rules.extend_select.empty();
    const std::string key = config_.select.empty() && !config_.extend_select.empty() ? "extend-select" : "select";
    note("select", options.select.empty() ? "[all]" : fmt::format("[{}]", fmt::join(options.select, ", ")),
         by_flag ? "--select" : origin_of(key));
    choose_list("ignore", options.ignore, arguments_.rules.ignore.size());
    for (const RuleSetting& rule : config_.rules) {
      const std::string level = rule.is_off ? "off" : rule.severity ? std::string(name_of(*rule.severity)) : "as it is";
      note("rules." + rule.pattern, rule.is_ignorable ? level : level + ", cannot be silenced",
           origin_of("rules." + rule.pattern));
    }
    options.suppressions.today = today(invocation_, arguments_);
    options.suppressions.are_ignored = arguments_.ignore_suppressions;
    note("suppressions.require-reason", config_.require_reason ? "true" : "false",
         origin_of("suppressions.require-reason"));
  }

  void choose_inputs() {
    CheckOptions& options = result_.options;
    options.paths = workspace_.paths;
    choose_list("exclude", options.exclude, arguments_.exclude.size());
    constexpr std::string_view kPrefix = "TF_VAR_";
    for (const auto& [name, value] : invocation_.environment) {
      if (!name.starts_with(kPrefix)) continue;
      options.variables.emplace_back(name.substr(kPrefix.size()), value);
      note("var." + name.substr(kPrefix.size()), "(set)", name);
    }
    for (const std::string& variable : arguments_.variables) {
      const std::size_t equals = variable.find('=');
      options.variables.emplace_back(variable.substr(0, equals), variable.substr(equals + 1));
      note("var." + variable.substr(0, equals), "(set)", "--var");
    }
    for (const std::string& parameter : arguments_.parameters) {
      const std::size_t equals = parameter.find('=');
      options.parameters.emplace_back(parameter.substr(0, equals), parameter.substr(equals + 1));
    }
    for (const std::string& file : arguments_.parameter_files) {
      options.parameter_files.push_back(path_in(workspace_, here_, file));
      note("parameters", options.parameter_files.back(), "--parameters");
    }
    for (const std::string& file : arguments_.variable_files) {
      options.variable_files.push_back(path_in(workspace_, here_, file));
      note("var-file", options.variable_files.back(), "--var-file");
    }
    options.terraform_workspace = arguments_.terraform_workspace;
    if (options.terraform_workspace.empty()) options.terraform_workspace = variable_of(invocation_, "TF_WORKSPACE");
    if (!options.terraform_workspace.empty()) {
      note("workspace", options.terraform_workspace,
           arguments_.terraform_workspace.empty() ? "TF_WORKSPACE" : "--workspace");
    }
    for (const ProjectSettings& project : config_.projects) {
      const std::string key = "projects." + project.name;
      note(key,
           fmt::format("{{paths: [{}], var-files: [{}]}}", fmt::join(project.paths, ", "),
                       fmt::join(project.variable_files, ", ")),
           origin_of(key + ".name"));
      const std::string workspace = key + ".terraform.workspace";
      if (!project.terraform_workspace.empty()) note(workspace, project.terraform_workspace, origin_of(workspace));
      const std::string parameters = key + ".cloudformation.parameters";
      for (const auto& [name, value] : project.parameters)
        note(parameters + "." + name, "(set)", origin_of(parameters));
      const auto of_file = describe_policy(config_.policy), own = describe_policy(project.policy);
      for (std::size_t i = 0; i < own.size(); ++i) {
        const std::string policy = key + ".policy." + own[i].first;
        if (own[i].second != of_file[i].second) note(policy, own[i].second, origin_of(policy));
      }
    }
  }

  void choose_policy() {
    for (const auto& [role, addresses] : config_.roles)
      note("roles." + role, fmt::format("[{}]", fmt::join(addresses, ", ")), origin_of("roles." + role));
    for (const BindSetting& bind : config_.binds) note("bind." + bind.nginx, bind.node, origin_of("bind"));
    for (const auto& [name, value] : describe_policy(config_.policy))
      note("policy." + name, value, origin_of("policy." + name));
  }

  const Invocation& invocation_;
  const CheckArguments& arguments_;
  const FileSystem& here_;
  const Workspace& workspace_;
  std::unique_ptr<FileSystem> files_;
  Sources sources_;
  Config config_;
  CheckSettings result_;
};

}  // namespace

std::string variable_of(const Invocation& invocation, const std::string& name) {
  const auto found = invocation.environment.find(name);
  return found == invocation.environment.end() ? std::string() : found->second;
}

std::variant<CheckSettings, Outcome> read_settings(const Invocation& invocation, const CheckArguments& arguments,
                                                   const FileSystem& here, const Workspace& workspace) {
  return SettingsReader(invocation, arguments, here, workspace).run();
}

}  // namespace halint
