// Which nginx configurations run on which machines of a root.
// SPDX-License-Identifier: Apache-2.0
#include "check/join_nginx.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

#include "base/file_system.h"
#include "base/glob.h"
#include "base/text.h"
#include "topology/boot_scripts.h"

namespace halint {
namespace {

// A Terraform root is a directory, a template is a file.
std::string directory_of_root(const std::string& root) {
  const std::string_view name = file_name_of(root);
  return name.find('.') != name.npos && name != "." && name != ".." ? directory_of(root) : root;
}

// Without indentation and blank lines: a heredoc may have moved the text.
std::string squeezed(std::string_view text) {
  std::string result;
  for (char c : text) {
    if (std::isspace(static_cast<unsigned char>(c)) == 0) result += c;
  }
  return result;
}

// The script writes a configuration of its own, so a file of the workspace is not what runs.
bool writes_configuration(std::string_view text) {
  for (std::size_t at = text.find("server"); at != text.npos; at = text.find("server", at + 1)) {
    std::size_t end = at + std::string_view("server").size();
    while (end < text.size() && std::isspace(static_cast<unsigned char>(text[end])) != 0) ++end;
    if (end < text.size() && text[end] == '{') return true;
  }
  return mentions_word(text, "proxy_pass") || mentions_word(text, "listen");
}

bool is_role(const Topology& topology, NodeId machine, std::string_view role) {
  const Value value = topology.fact(machine, "role");
  return value.is(ValueKind::kString) && value.as_string() == role;
}

void add(std::vector<NginxBinding>& found, const Graph& graph, const std::string& nginx, const BootScript& script) {
  for (NodeId machine : script.machines)
    found.push_back({nginx, std::string(graph.node(machine).address), script.span, nullptr});
}

bool is_bound(const std::vector<NginxBinding>& found, const std::string& nginx) {
  return std::ranges::any_of(found, [&](const NginxBinding& binding) { return binding.nginx == nginx; });
}

bool is_occupied(const std::vector<NginxBinding>& found, const Graph& graph, const BootScript& script) {
  return std::ranges::any_of(found, [&](const NginxBinding& binding) {
    return std::ranges::any_of(script.machines,
                               [&](NodeId machine) { return graph.node(machine).address == binding.machine; });
  });
}

}  // namespace

NginxJoin::NginxJoin(const NginxWorkspace& nginx, const Sources& sources, const std::vector<BindSetting>& binds,
                     std::vector<std::string> nginx_roots, std::vector<std::string> cloud_roots)
    : nginx_(nginx),
      sources_(sources),
      binds_(binds),
      nginx_roots_(std::move(nginx_roots)),
      cloud_roots_(std::move(cloud_roots)) {}

std::vector<NginxBinding> NginxJoin::find(const Topology& topology, const std::string& scheme,
                                          const std::string& root) const {
  std::vector<NginxBinding> found;
  find_said(topology.graph(), scheme + root + "#", found);
  find_written(topology.graph(), found);
  find_mentioned(topology, root, found);
  return found;
}

bool NginxJoin::is_named(const std::string& nginx_root, const std::string& pattern) const {
  const auto fits = [&](std::string_view path) {
    return pattern == path || is_within(path, pattern) || glob_match(pattern, path);
  };
  if (fits(nginx_root)) return true;
  return std::ranges::any_of(nginx_.files(nginx_root), [&](FileId file) { return fits(sources_.path(file)); });
}

// `node` names a machine, or the template that machines are made from; with or without the root before it.
void NginxJoin::find_said(const Graph& graph, const std::string& prefix, std::vector<NginxBinding>& found) const {
  const auto is_meant = [&](const std::string& pattern, NodeId id) {
    const std::string_view address = graph.node(id).address;
    return pattern == address || pattern == without_instance_key(address) || pattern == prefix + std::string(address) ||
           glob_match(pattern, address) || glob_match(pattern, prefix + std::string(address));
  };
  for (const BindSetting& bind : binds_) {
    for (const std::string& nginx_root : nginx_roots_) {
      if (!is_named(nginx_root, bind.nginx)) continue;
      for (KindId kind : graph.schema().kinds_named("compute")) {
        for (NodeId machine : graph.nodes_of(kind)) {
          bool is_here = is_meant(bind.node, machine);
          for (const Link& made_from : graph.targets(machine, "launch_template").links)
            is_here = is_here || (made_from.is_certain && is_meant(bind.node, made_from.node));
          if (is_here) found.push_back({nginx_root, std::string(graph.node(machine).address), {}, &bind});
        }
      }
    }
  }
}

std::vector<Diagnostic> NginxJoin::unmet(const std::set<const BindSetting*>& met) const {
  std::vector<Diagnostic> diagnostics;
  if (cloud_roots_.empty()) return diagnostics;
  for (const BindSetting& bind : binds_) {
    const bool is_here = std::ranges::any_of(
        nginx_roots_, [&](const std::string& nginx_root) { return is_named(nginx_root, bind.nginx); });
    if (!is_here || met.contains(&bind)) continue;
    diagnostics.push_back(
        {{},
         Severity::kNote,
         "not-analysed",
         fmt::format("`bind`: no machine or launch template is called `{}`", escape_controls(bind.node)),
         "name it as `halint graph` does",
         {}});
  }
  return diagnostics;
}

// Of what `bind` names, nothing is inferred.
bool NginxJoin::is_said(const std::string& nginx_root) const {
  return std::ranges::any_of(binds_, [&](const BindSetting& bind) { return is_named(nginx_root, bind.nginx); });
}

bool NginxJoin::holds_text_of(std::string_view script, const std::string& nginx_root) const {
  constexpr std::size_t kTooShort = 40;  // Of a text that says nothing.
  return std::ranges::any_of(nginx_.files(nginx_root), [&](FileId file) {
    const std::string text = squeezed(sources_.file(file).text);
    return text.size() >= kTooShort && script.find(text) != script.npos;
  });
}

// A script that holds the text of a file: `file("nginx.conf")` in it.
void NginxJoin::find_written(const Graph& graph, std::vector<NginxBinding>& found) const {
  std::map<std::string, std::vector<const BootScript*>> by_nginx;
  std::map<const BootScript*, std::size_t> count;
  const std::vector<BootScript> scripts = boot_scripts(graph);
  for (const BootScript& script : scripts) {
    if (!script.is_known || !mentions_word(script.text, "nginx") || is_occupied(found, graph, script)) continue;
    const std::string text = squeezed(script.text);
    for (const std::string& nginx_root : nginx_roots_) {
      if (is_said(nginx_root) || !holds_text_of(text, nginx_root)) continue;
      by_nginx[nginx_root].push_back(&script);
      ++count[&script];
    }
  }
  for (const auto& [nginx_root, writers] : by_nginx) {
    for (const BootScript* writer : writers) {
      if (count[writer] == 1) add(found, graph, nginx_root, *writer);
    }
  }
}

// Nginx roots that can belong to a root by where they are: in its directory, else in the one around it. Those of a
// directory that is another root's own belong to that one.
std::vector<std::string> NginxJoin::near(const std::string& root) const {
  const std::string own = directory_of_root(root);
  for (const std::string& around : {own, directory_of(own)}) {
    std::vector<std::string> candidates;
    for (const std::string& nginx_root : nginx_roots_) {
      const bool is_others = std::ranges::any_of(cloud_roots_, [&](const std::string& other) {
        const std::string directory = directory_of_root(other);
        return directory != own && is_within(nginx_root, directory) && !is_within(own, directory);
      });
      if (is_within(nginx_root, around) && !is_others) candidates.push_back(nginx_root);
    }
    if (!candidates.empty()) return candidates;
  }
  return {};
}

// The one application tier installs nginx, and there is one configuration for it.
void NginxJoin::find_mentioned(const Topology& topology, const std::string& root,
                               std::vector<NginxBinding>& found) const {
  std::vector<std::string> candidates = near(root);
  if (candidates.size() != 1 || is_bound(found, candidates.front()) || is_said(candidates.front())) return;
  const auto is_candidate_of = [&](const std::string& other) { return other != root && near(other) == candidates; };
  if (std::ranges::any_of(cloud_roots_, is_candidate_of)) return;
  const Graph& graph = topology.graph();
  const BootScript* mentioning = nullptr;
  const std::vector<BootScript> scripts = boot_scripts(graph);
  for (const BootScript& script : scripts) {
    const auto is_other = [&](NodeId machine) {
      return is_role(topology, machine, "bastion") || is_role(topology, machine, "nat") ||
             is_role(topology, machine, "other");
    };
    if (std::ranges::all_of(script.machines, is_other)) continue;
    if (script.is_known && !mentions_word(script.text, "nginx")) continue;
    if (mentioning != nullptr) return;
    mentioning = &script;
  }
  if (mentioning == nullptr || !mentioning->is_known || is_occupied(found, graph, *mentioning)) return;
  if (starts_containers(mentioning->text) || writes_configuration(mentioning->text)) return;
  const auto is_app = [&](NodeId machine) { return is_role(topology, machine, "app"); };
  if (std::ranges::all_of(mentioning->machines, is_app)) add(found, graph, candidates.front(), *mentioning);
}

std::unique_ptr<Graph> NginxJoin::joined(Graph&& cloud, const std::set<std::string>& nginx,
                                         const std::vector<NginxBinding>& bindings) const {
  const Schema& schema = cloud.schema();
  std::vector<Configuration> configurations = std::move(cloud).take_apart();
  std::vector<Join> joins;
  for (const std::string& nginx_root : nginx) {
    const auto place = static_cast<std::uint32_t>(configurations.size());
    configurations.push_back(nginx_.evaluate(nginx_root));
    for (const NginxBinding& binding : bindings) {
      if (binding.nginx == nginx_root) joins.push_back({place, 0, binding.machine, binding.span});
    }
  }
  return std::make_unique<Graph>(schema, std::move(configurations), std::move(joins));
}

}  // namespace halint
