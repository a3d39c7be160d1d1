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

// By path.
struct CloudFormationMemory::State {
  struct Remembered {
    std::shared_ptr<const TemplateFile> last;
    std::shared_ptr<const TemplateFile> sound;  // The last one without a fault of syntax. May be null.
    bool is_used = false;                       // In this run.
  };
  std::map<std::string, Remembered, std::less<>> templates;

  // The template as an earlier run has read it, if its text is still this one; else null.
  std::shared_ptr<const TemplateFile> find(std::string_view path, FileId file);
  // Remembers what was read, and returns what stands for it.
  std::shared_ptr<const TemplateFile> keep(std::shared_ptr<const TemplateFile> read);
  // What this run did not keep is gone.
  void forget_unused();
};

struct CloudFormationWorkspace::State {
  const FileSystem& files;
  Sources& sources;
  std::string workspace;
  CloudFormationLimits limits;
  std::vector<std::shared_ptr<const TemplateFile>> templates;  // Sorted by path.
  std::map<std::string, const TemplateFile*, std::less<>> by_path;
  std::vector<std::string> roots;
  std::vector<Export> exports;
  CloudFormationMemory own_memory;  // Where none is given.
};

// The template that a nested stack names, or why there is none.
struct FoundTemplate {
  const TemplateFile* file = nullptr;
  std::string problem;
};

// `url`: a path, an S3 URL or a part of one, seen from the template at `from`. Only its end need be known.
FoundTemplate find_template(const CloudFormationWorkspace::State& state, std::string_view from, const Value& url);

}  // namespace halint
