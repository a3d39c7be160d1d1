// The values that rules compare with, by name.
// SPDX-License-Identifier: Apache-2.0
#include "check/config_policy.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "check/config.h"

namespace halint {
namespace {

std::string text_of(std::int64_t value) {
  return fmt::to_string(value);
}
std::string text_of(double value) {
  return fmt::to_string(value);
}
std::string text_of(const std::string& value) {
  return value.empty() ? "\"\"" : value;
}
std::string text_of(const std::vector<std::int64_t>& value) {
  return fmt::format("[{}]", fmt::join(value, ", "));
}

}  // namespace

std::span<const PolicyEntry> policy_entries() {
  static const std::vector<PolicyEntry> entries = {
      {"target_azs", &Policy::target_azs, {}},
      {"region_azs", &Policy::region_azs, {}},
      {"required_fraction", &Policy::required_fraction, {}},
      {"private_prefix_max", &Policy::private_prefix_max, {}},
      {"bastion_max_prefix_ipv4", &Policy::bastion_max_prefix_ipv4, {}},
      {"bastion_max_prefix_ipv6", &Policy::bastion_max_prefix_ipv6, {}},
      {"ssh_ports", &Policy::ssh_ports, {}},
      {"cpu_target", &Policy::cpu_target, {}},
      {"tls_backend", &Policy::tls_backend, {"any", "terminate", "encrypt"}},
      {"asg_min", &Policy::asg_min, {}},
      {"min_grace", &Policy::min_grace, {}},
      {"backup_days", &Policy::backup_days, {}},
      {"time_zone", &Policy::time_zone, {}},
      {"collation", &Policy::collation, {}},
      {"cache_cluster_mode", &Policy::cache_cluster_mode, {}},
      {"ipv6", &Policy::ipv6, {}},
  };
  return entries;
}

std::vector<std::pair<std::string, std::string>> describe_policy(const Policy& policy) {
  std::vector<std::pair<std::string, std::string>> lines;
  for (const PolicyEntry& entry : policy_entries()) {
    std::string text = std::visit([&](auto member) { return text_of(policy.*member); }, entry.member);
    lines.emplace_back(entry.name, std::move(text));
  }
  return lines;
}

}  // namespace halint
