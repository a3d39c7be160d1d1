// One file as a template: told from other YAML and JSON by what it says, not by its name.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/remark.h"
#include "cloudformation/syntax/template_tree.h"

namespace halint {

// A document of a file that is a template.
struct TemplateFile {
  std::string path;
  FileId file;
  Arena arena;
  TemplateNode root;
  std::vector<std::string_view> transforms;  // "AWS::Serverless-2016-10-31".
  std::vector<Diagnostic> diagnostics;
  std::vector<Remark> remarks;

  // A section that is a map, else null.
  const TemplateNode* section(std::string_view name) const;
  bool has_transform(std::string_view prefix) const;
};

// Whether the name is one that templates have: `.yaml`, `.yml`, `.json`, `.template`.
bool is_template_name(std::string_view name);
// A quick look before parsing: false for what is surely no template.
bool may_be_template(std::string_view text);

// False if the text turns out to be no template; then nothing is said about it.
bool read_template(std::string_view text, FileId id, const TemplateLimits& limits, TemplateFile& file);

}  // namespace halint
