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
#include "terraform/read_terraform.h"

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

// Whether `address` lies in a module that the sources here do not include.
bool is_behind_opaque(const std::string& address, const Configuration& configuration) {
  return std::ranges::any_of(configuration.opaque, [&](const Opaque& opaque) {
    std::string_view rest = address;
    if (!rest.starts_with(opaque.address)) return false;
    rest.remove_prefix(opaque.address.size());
    return rest.starts_with('.') || rest.starts_with('[');
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
  EXPECT_FALSE(wanted.empty()) << plan.folder << " " << plan.root;
  for (const std::string& address : wanted) {
    if (is_behind_opaque(address, configuration)) continue;
    EXPECT_TRUE(found.contains(address)) << plan.root << " lacks " << address;
  }
  for (const std::string& address : found) {
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
