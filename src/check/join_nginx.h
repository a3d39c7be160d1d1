// Which nginx configurations run on which machines of a root: said by `bind`, or inferred where only one reading is
// left. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source_file.h"
#include "check/config.h"
#include "graph/graph.h"
#include "nginx/read_nginx.h"
#include "topology/topology.h"

namespace halint {

// One nginx configuration on one machine of a root.
struct NginxBinding {
  std::string nginx;                  // A root of the nginx workspace.
  std::string machine;                // Address of a compute node.
  Span span;                          // Where the files say it. Not known: `bind` does.
  const BindSetting* said = nullptr;  // Null: it is inferred.
  friend bool operator==(const NginxBinding&, const NginxBinding&) = default;
};

// The roots of one project, and what its configuration binds. All must outlive it.
class NginxJoin {
 public:
  // `nginx_roots` and `cloud_roots` are those of the project.
  NginxJoin(const NginxWorkspace& nginx, const Sources& sources, const std::vector<BindSetting>& binds,
            std::vector<std::string> nginx_roots, std::vector<std::string> cloud_roots);

  bool has_nginx() const { return !nginx_roots_.empty(); }

  // What runs on the machines of `root`, whose address begins with `scheme` ("tf:"). A graph of one configuration.
  std::vector<NginxBinding> find(const Topology& topology, const std::string& scheme, const std::string& root) const;

  // Bindings of files that are here to machines that are not, given all that were found.
  std::vector<Diagnostic> unmet(const std::set<const BindSetting*>& met) const;

  // The same infrastructure with all configurations of `nginx`, and the bindings as edges. Those whose machine is not
  // in this graph lead nowhere.
  std::unique_ptr<Graph> joined(Graph&& cloud, const std::set<std::string>& nginx,
                                const std::vector<NginxBinding>& bindings) const;

 private:
  std::vector<std::string> near(const std::string& root) const;
  bool is_named(const std::string& nginx_root, const std::string& pattern) const;
  bool is_said(const std::string& nginx_root) const;
  bool holds_text_of(std::string_view script, const std::string& nginx_root) const;
  void find_said(const Graph& graph, const std::string& prefix, std::vector<NginxBinding>& found) const;
  void find_written(const Graph& graph, std::vector<NginxBinding>& found) const;
  void find_mentioned(const Topology& topology, const std::string& root, std::vector<NginxBinding>& found) const;

  const NginxWorkspace& nginx_;
  const Sources& sources_;
  const std::vector<BindSetting>& binds_;
  std::vector<std::string> nginx_roots_, cloud_roots_;
};

}  // namespace halint
