// Which root of the workspace a `terraform_remote_state` reads, and its values as another root sees them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/resource.h"
#include "terraform/evaluate/workspace.h"

namespace halint {

struct RemoteRoot {
  std::string directory;
  std::string workspace = "default";
};

// The root whose state `body` (of the data source, evaluated) asks for, when it is run in `directory`. Unset if no root
// of the workspace keeps its state there, or more than one does.
std::optional<RemoteRoot> find_remote_root(const TerraformWorkspace::State& workspace, const std::string& directory,
                                           const Value& body);

// Directories that `module` reads states of, as far as that can be told without evaluation: "../network". They are
// read like modules, so that they are at hand when something asks for them.
std::vector<std::string> neighbours_of(const Module& module);

// Moves values from one root to another: what is named there becomes `ROOT#ADDRESS` here, so that it is never taken for
// a namesake.
class ForeignValues {
 public:
  ForeignValues(Arena& arena, std::string root) : arena_(arena), root_(std::move(root)) {}

  Value move(const Value& value, int depth = 0);
  std::string_view move(std::string_view address);
  // Addresses of resources that were met so far, as the other root writes them. Cleared.
  std::vector<std::string_view> take_mentioned();

 private:
  const Unknown* move(const Unknown& unknown);

  Arena& arena_;
  std::string root_;
  std::vector<std::string_view> mentioned_;
};

}  // namespace halint
