// All nginx files below some paths: found, read and parsed once, then laid out as nginx would.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "nginx/configuration_tree.h"
#include "nginx/nginx_ast.h"
#include "nginx/read_nginx.h"

namespace halint {

// One file, parsed.
struct NginxSource {
  std::string path;
  std::string_view text;
  NginxFile parsed;
  NginxContexts context = 0;  // That its first level is of; 0 if nothing in it is known to nginx.
  bool is_checked = false;    // `check_blocks` has seen it.
};

// One configuration with its includes filled in.
struct NginxRoot {
  bool is_fragment = false;
  NginxBlock tree;
  std::vector<Diagnostic> diagnostics;
  std::vector<FileId> files;
};

struct NginxWorkspace::State {
  State(const FileSystem& files, Sources& sources, std::string workspace, const NginxLimits& limits)
      : files(files), sources(sources), workspace(std::move(workspace)), limits(limits) {}

  const FileSystem& files;
  Sources& sources;
  std::string workspace;
  NginxLimits limits;
  std::map<std::string, std::unique_ptr<NginxSource>> read;  // By canonical path; null: it cannot be read.
  std::map<std::string, std::unique_ptr<NginxRoot>> trees;   // By root.
  std::vector<std::string> roots;
  std::vector<std::string> left_out;
  std::size_t file_count = 0;
};

}  // namespace halint
