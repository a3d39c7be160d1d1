// Terraform itself is the judge: the instances of real plans, made from the sources beside them.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/source_file.h"
#include "terraform/modules/module_source.h"
#include "terraform/read_terraform.h"
#include "terraform/syntax/hcl_syntax.h"

namespace halint {
namespace {

using Addresses = std::set<std::string>;

struct Plan {
  std::string folder;  // Below the plans: sources in `source`.
  std::string root;    // "examples/simple".
};

std::string plans_path() {
  const char* given = std::getenv("HALINT_SHARED");
  return (given != nullptr ? std::string(given) : std::string(HALINT_SOURCE_DIR) + "/../shared") + "/plans";
}

std::vector<Plan> find_plans(const FileSystem& files) {
  std::vector<Plan> plans;
  for (const DirectoryEntry& folder : files.list(".")) {
    for (const DirectoryEntry& entry : files.list(folder.name)) {
      constexpr std::string_view kPrefix = "examples_", kSuffix = ".json";
      std::string_view name = entry.name;
      if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) continue;
      name = name.substr(kPrefix.size(), name.size() - kPrefix.size() - kSuffix.size());
      plans.push_back({folder.name, "examples/" + std::string(name)});
    }
  }
  return plans;
}

void add_planned(const nlohmann::json& module, Addresses& addresses) {
  for (const nlohmann::json& resource : module.value("resources", nlohmann::json::array())) {
    if (resource["mode"] == "managed") addresses.insert(resource["address"].get<std::string>());
  }
  for (const nlohmann::json& child : module.value("child_modules", nlohmann::json::array()))
    add_planned(child, addresses);
}

Addresses planned(const FileSystem& files, const Plan& plan) {
  std::string name = plan.root.substr(plan.root.find('/') + 1);
  Result<std::string> text = files.read(plan.folder + "/examples_" + name + ".json", 100 << 20);
  Addresses addresses;
  if (!text) return addresses;
  nlohmann::json json = nlohmann::json::parse(*text, nullptr, false);
  if (json.is_object()) add_planned(json["planned_values"]["root_module"], addresses);
  return addresses;
}

// Addresses of the modules that the root calls and whose sources are not here: those of the registry, for which a stub
// may stand in that makes only what matters, and those that were left out.
Addresses modules_elsewhere(const FileSystem& source, const Plan& plan, const Configuration& configuration) {
  Addresses modules;
  for (const Opaque& opaque : configuration.opaque) modules.emplace(opaque.address);
  for (const DirectoryEntry& entry : source.list(plan.root)) {
    if (!entry.name.ends_with(".tf")) continue;
    Result<std::string> text = source.read(join_path(plan.root, entry.name), 1 << 20);
    if (!text) continue;
    HclFile file = parse_hcl(*text, FileId{1}, 200);
    for (const Block& block : file.body.blocks) {
      const Attribute* from = block.type == "module" ? block.body.attribute("source") : nullptr;
      if (from != nullptr && !is_local_source(from->value->text))
        modules.insert("module." + std::string(block.labels[0].text));
    }
  }
  return modules;
}

bool is_elsewhere(std::string_view address, const Addresses& modules) {
  return std::ranges::any_of(modules, [&](const std::string& module) {
    if (!address.starts_with(module) || address.size() == module.size()) return false;
    return address[module.size()] == '.' || address[module.size()] == '[';
  });
}

void compare(const Plan& plan, const FileSystem& files, const TerraformOptions& options) {
  auto source = disk_file_system(plans_path() + "/" + plan.folder + "/source");
  Sources sources;
  TerraformWorkspace workspace(*source, sources, {plan.root}, ".", options.limits);
  Configuration configuration = workspace.evaluate(plan.root, options);
  Addresses found;
  for (const Resource& resource : configuration.resources) {
    if (!resource.is_data) found.emplace(resource.address);
  }
  Addresses wanted = planned(files, plan);
  Addresses elsewhere = modules_elsewhere(*source, plan, configuration);
  EXPECT_FALSE(wanted.empty()) << plan.folder << " " << plan.root;
  for (const std::string& address : wanted) {
    if (is_elsewhere(address, elsewhere)) continue;
    EXPECT_TRUE(found.contains(address)) << plan.root << " lacks " << address;
  }
  for (const std::string& address : found) {
    if (is_elsewhere(address, elsewhere)) continue;
    EXPECT_TRUE(wanted.contains(address)) << plan.root << " has " << address << ", which is not planned";
  }
}

TEST(Plans, InstancesAreThoseThatTerraformPlans) {
  auto files = disk_file_system(plans_path());
  std::vector<Plan> plans = find_plans(*files);
  if (plans.empty()) GTEST_SKIP() << "the plans are not here";
  for (const Plan& plan : plans) compare(plan, *files, {});
}

TEST(Plans, InstancesAreTheSameWithTheZonesGiven) {
  auto files = disk_file_system(plans_path());
  std::vector<Plan> plans = find_plans(*files);
  if (plans.empty()) GTEST_SKIP() << "the plans are not here";
  TerraformOptions options;
  options.data = {{"aws_availability_zones", "names",
                   R"(["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e", "us-east-1f"])"}};
  for (const Plan& plan : plans) compare(plan, *files, options);
}

}  // namespace
}  // namespace halint
