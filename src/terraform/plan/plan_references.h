// What a value that is "known after apply" stands for, as far as a plan tells.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/value.h"
#include "terraform/plan/plan_file.h"

namespace halint {

// An instance whose attribute a value is.
struct PlannedTarget {
  std::size_t instance = 0;  // Index into PlanFile::instances.
  std::string attribute;     // "id"
};

// What the references of an expression lead to.
struct PlannedTargets {
  std::vector<PlannedTarget> items;
  bool is_list = false;  // All of them: a splat. Else the value is the only item, if there is one.
  bool is_open = false;  // A name leads where a plan does not say (a local, an object of a variable).
};

// A plan holds the names that an expression refers to, not the expression. An index is taken where it is written, where
// there is one instance only, or where both sides are counted by the same keys.
class PlanReferences {
 public:
  explicit PlanReferences(const PlanFile& plan) : plan_(plan) {}

  // Of `expression` ({"references": [...]}) in the resource `user`; `attribute` is the one that is computed.
  PlannedTargets resolve(const JsonNode& expression, const PlannedInstance& user, std::string_view attribute) const;

  // The configuration of the module of an instance; null if the plan does not hold it.
  const PlannedModule* module_of(std::string_view address) const;

 private:
  struct Scope {
    const PlannedModule* module = nullptr;
    std::string address;                 // "module.net[0]"
    std::string key;                     // Of `count.index` and `each.key`; empty if there is none.
    const JsonNode* for_each = nullptr;  // What `each.value` is an item of; null where that is not known.
  };

  void follow(const JsonNode& expression, const Scope& scope, std::string_view wanted, int depth,
              PlannedTargets& found) const;
  void follow_name(std::string_view name, const Scope& scope, bool is_repeated, std::string_view wanted, int depth,
                   PlannedTargets& found) const;
  void follow_each(std::string_view rest, const Scope& scope, std::string_view wanted, PlannedTargets& found) const;
  void follow_resource(std::string_view name, const Scope& scope, bool is_repeated, std::string_view wanted,
                       PlannedTargets& found) const;
  void follow_module(std::string_view name, const Scope& scope, bool is_repeated, std::string_view wanted, int depth,
                     PlannedTargets& found) const;
  void follow_input(std::string_view name, const Scope& scope, std::string_view wanted, int depth,
                    PlannedTargets& found) const;
  void keep_fitting(std::string_view attribute, PlannedTargets& found) const;
  void guess(std::string_view attribute, const PlannedInstance& user, PlannedTargets& found) const;

  const PlanFile& plan_;
};

}  // namespace halint
