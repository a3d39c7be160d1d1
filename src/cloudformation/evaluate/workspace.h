// All templates below some paths, and how they find each other.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cloudformation/read_cloudformation.h"
#include "cloudformation/syntax/template_file.h"
#include "graph/value.h"

namespace halint {

// An output that other stacks may import.
struct Export {
  const TemplateFile* file = nullptr;
  std::string name;    // With a sign for each part that is not known (imports.cc).
  std::string output;  // The logical id.
};

struct CloudFormationWorkspace::State {
  const FileSystem& files;
  Sources& sources;
  std::string workspace;
  CloudFormationLimits limits;
  std::vector<std::unique_ptr<TemplateFile>> templates;  // Sorted by path.
  std::map<std::string, const TemplateFile*, std::less<>> by_path;
  std::vector<std::string> roots;
  std::vector<Export> exports;
};

// The template that a nested stack names, or why there is none.
struct FoundTemplate {
  const TemplateFile* file = nullptr;
  std::string problem;
};

// `url`: a path, an S3 URL or a part of one, seen from the template at `from`. Only its end need be known.
FoundTemplate find_template(const CloudFormationWorkspace::State& state, std::string_view from, const Value& url);

}  // namespace halint
