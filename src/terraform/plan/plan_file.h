// The JSON of `terraform show -json`: a plan as a tree, and the parts of it that are looked up by name.
//
// Format 1.x, "JSON Output Format" in Terraform's documentation: `planned_values` holds what is known of each resource,
// `resource_changes` what is not known before apply, `configuration` which names each expression refers to.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/json_tree.h"
#include "base/source_file.h"

namespace halint {

// Whether a text is a plan, by what stands at its beginning: cheap, also for large files of other kinds.
bool looks_like_plan(std::string_view text);

// A module as the configuration of a plan describes it.
struct PlannedModule {
  const JsonNode* node = nullptr;
  const PlannedModule* parent = nullptr;
  const JsonNode* inputs = nullptr;                       // `expressions` of the call. Null for the root.
  std::map<std::string_view, const JsonNode*> resources;  // "aws_subnet.public", "data.aws_vpc.main".
  std::map<std::string_view, const JsonNode*> outputs;
  std::map<std::string_view, std::unique_ptr<PlannedModule>> calls;
};

// One instance in the plan.
struct PlannedInstance {
  const JsonNode* node = nullptr;
  std::string_view address;  // "module.net[0].aws_subnet.public[1]"
  std::string_view module;   // "module.net[0]"
  std::string base;          // "module.net[0].aws_subnet.public"
  std::string_view key;      // As it is written between the brackets; empty if it has none.
  bool is_data = false;
};

struct PlanFile {
  FileId file;
  Arena arena;
  JsonNode root;
  PlannedModule configuration;
  std::vector<PlannedInstance> instances;                        // In the order of the plan.
  std::map<std::string_view, std::vector<std::size_t>> by_base;  // Base -> indexes of its instances.
  std::map<std::string_view, const JsonNode*> unknown;           // Address -> `after_unknown`.
  std::vector<Diagnostic> diagnostics;
};

// Never fails: what is wrong is a diagnostic, and the rest is read. `text` must outlive the result.
std::unique_ptr<PlanFile> read_plan_file(std::string_view text, FileId file, std::uint32_t nesting);

// The member of an object; null if it is none, or has no such member.
const JsonNode* find_member(const JsonNode* object, std::string_view key);
// The text of a member; empty if it is no text.
std::string_view text_of_member(const JsonNode* object, std::string_view key);

}  // namespace halint
