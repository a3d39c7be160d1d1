// A Terraform module: what the files of one directory declare together.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "terraform/syntax/ast.h"
#include "terraform/syntax/hcl_syntax.h"

namespace halint {

// A `resource` or `data` block.
struct ResourceDeclaration {
  const Block* block = nullptr;
  std::string_view type;
  std::string_view name;
  bool is_data = false;
};

// Where a module call leads. Found when the workspace is read, so that evaluation touches no disk.
struct ModuleSource {
  std::string text;       // As written: "./network", "terraform-aws-modules/vpc/aws".
  std::string directory;  // Of the local module. Empty if there is none.
  std::string stub;       // Of halint's own description of a module of the registry. Empty if there is none.
  std::string problem;    // Why there is no directory.
  bool is_wrong = false;  // The problem is a fault of the configuration, not of what is at hand.
};

// A `module` block.
struct ModuleCall {
  const Block* block = nullptr;
  std::string_view name;
  ModuleSource source;
};

struct VariableDeclaration {
  const Block* block = nullptr;
  std::string_view name;
};

// Names -> index into the vectors. All names point into the texts of the files.
using NameIndex = std::unordered_map<std::string_view, std::uint32_t>;

struct Module {
  std::string directory;
  std::vector<const HclFile*> files;                          // In the order in which Terraform merges them.
  std::size_t override_count = 0;                             // So many of the last files are override files.
  std::vector<const HclFile*> value_files;                    // terraform.tfvars, then *.auto.tfvars.
  std::unique_ptr<Arena> merged = std::make_unique<Arena>();  // Blocks that override files have changed.

  std::vector<VariableDeclaration> variables;
  std::vector<const Attribute*> locals;
  std::vector<VariableDeclaration> outputs;
  std::vector<ResourceDeclaration> resources;
  std::vector<ModuleCall> calls;
  std::vector<const Block*> providers;
  NameIndex variable_index, local_index, output_index, call_index;
  std::map<std::pair<std::string_view, std::string_view>, std::uint32_t> managed_index, data_index;  // (type, name).

  std::vector<Diagnostic> diagnostics;
  // Nothing of the module is missing: a name that is not declared here is declared nowhere.
  bool is_complete = true;
};

// Fills the declarations of `module` from its files.
void collect_declarations(Module& module);

// Adds to `caller` what is wrong with the inputs of `call`, which leads to `callee`.
void check_inputs(Module& caller, const ModuleCall& call, const Module& callee);

}  // namespace halint
