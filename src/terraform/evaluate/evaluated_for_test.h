// For tests of evaluation: a workspace in memory and what becomes of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file_system.h"
#include "base/source_file.h"
#include "terraform/read_terraform.h"

namespace halint {

using Texts = std::vector<std::string>;

// A workspace in memory and one of its roots, evaluated.
class Evaluated {
 public:
  explicit Evaluated(std::map<std::string, std::string> texts, TerraformOptions options = {}, std::string root = "") {
    files_ = memory_file_system(std::move(texts));
    workspace_ = std::make_unique<TerraformWorkspace>(*files_, sources_, Texts{"."}, ".", options.limits, 1);
    if (root.empty() && !workspace_->roots().empty()) root = workspace_->roots()[0];
    configuration = workspace_->evaluate(root, options);
  }
  explicit Evaluated(const std::string& text, TerraformOptions options = {})
      : Evaluated(std::map<std::string, std::string>{{"main.tf", text}}, std::move(options)) {}

  const Texts& roots() const { return workspace_->roots(); }

  const Resource* find(std::string_view address) const {
    for (const Resource& resource : configuration.resources) {
      if (resource.address == address) return &resource;
    }
    return nullptr;
  }

  Value value(std::string_view address, std::string_view attribute) const {
    const Resource* resource = find(address);
    return resource == nullptr ? Value::absent() : resource->body.member(attribute);
  }

  // The attribute as text.
  std::string at(std::string_view address, std::string_view attribute) const {
    if (find(address) == nullptr) return "(no such resource)";
    return to_text(value(address, attribute));
  }

  Texts addresses() const {
    Texts all;
    for (const Resource& resource : configuration.resources) {
      if (!resource.is_data) all.emplace_back(resource.address);
    }
    std::ranges::sort(all);
    return all;
  }

  // "main.tf:3: `local.x` is not declared".
  Texts diagnostics() const {
    Texts all;
    for (const Diagnostic& diagnostic : configuration.diagnostics) {
      std::string place;
      if (diagnostic.span.is_known()) {
        place = std::string(sources_.path(diagnostic.span.file)) + ":" +
                std::to_string(sources_.begin_of(diagnostic.span).line) + ": ";
      }
      all.push_back(place + diagnostic.message);
    }
    return all;
  }

  std::string text(const Span& span) const { return std::string(sources_.text(span)); }
  std::string place(const Span& span) const {
    if (!span.is_known()) return "nowhere";
    return std::string(sources_.path(span.file)) + ":" + std::to_string(sources_.begin_of(span).line);
  }

  Configuration configuration;

 private:
  std::unique_ptr<FileSystem> files_;
  Sources sources_;
  std::unique_ptr<TerraformWorkspace> workspace_;
};

}  // namespace halint
