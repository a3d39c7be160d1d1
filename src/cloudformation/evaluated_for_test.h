// Templates in a test's text, evaluated.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cloudformation/read_cloudformation.h"

namespace halint {

struct EvaluatedTemplates {
  EvaluatedTemplates(std::map<std::string, std::string> texts, const CloudFormationOptions& options = {})
      : files(memory_file_system(std::move(texts))), workspace(*files, sources, {"."}, ".", options.limits, 1) {
    for (const std::string& root : workspace.roots()) {
      for (Configuration& world : workspace.evaluate(root, options)) worlds.push_back(std::move(world));
    }
  }
  EvaluatedTemplates(std::string text, const CloudFormationOptions& options = {})
      : EvaluatedTemplates(std::map<std::string, std::string>{{"a.yaml", std::move(text)}}, options) {}

  const Resource* find(std::string_view address, std::size_t world = 0) const {
    for (const Resource& resource : worlds.at(world).resources) {
      if (resource.address == address) return &resource;
    }
    return nullptr;
  }
  // A property in words; "no resource" if there is none.
  std::string value(std::string_view address, std::string_view property, std::size_t world = 0) const {
    const Resource* resource = find(address, world);
    return resource == nullptr ? "no resource" : to_text(resource->body.member(property));
  }
  std::string addresses(std::size_t world = 0) const {
    std::string all;
    for (const Resource& resource : worlds.at(world).resources) all += std::string(resource.address) + " ";
    return all;
  }
  // "rule: message" of each, in lines.
  std::string messages() const {
    std::string all;
    for (const Configuration& world : worlds) {
      for (const Diagnostic& diagnostic : world.diagnostics) all += diagnostic.rule + ": " + diagnostic.message + "\n";
    }
    return all;
  }

  std::unique_ptr<FileSystem> files;
  Sources sources;
  CloudFormationWorkspace workspace;
  std::vector<Configuration> worlds;
};

}  // namespace halint
