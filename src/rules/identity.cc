// The identity of a finding.
// SPDX-License-Identifier: Apache-2.0
#include "rules/identity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "graph/graph.h"

namespace halint {
namespace {

// Two lanes of FNV-1a with different starts, mixed at the end so that the first digits tell findings apart.
class Hash {
 public:
  void add(std::string_view text) {
    for (char c : text) add_byte(static_cast<unsigned char>(c));
    add_byte(0xFF);  // No byte of UTF-8: "ab" + "c" is not "a" + "bc".
  }

  std::string text() const {
    return fmt::format("{:016x}{:016x}", mixed(first_ ^ (second_ << 1)), mixed(second_ + first_));
  }

 private:
  void add_byte(std::uint64_t byte) {
    constexpr std::uint64_t kPrime = 0x100000001B3;
    first_ = (first_ ^ byte) * kPrime;
    second_ = (second_ ^ (byte + 0x9E)) * kPrime;
    second_ ^= second_ >> 29;
  }

  static std::uint64_t mixed(std::uint64_t value) {
    value ^= value >> 31;
    value *= 0x9E3779B97F4A7C15;
    value ^= value >> 29;
    value *= 0xD6E8FEB86659FD93;
    value ^= value >> 32;
    return value;
  }

  std::uint64_t first_ = 0xCBF29CE484222325;
  std::uint64_t second_ = 0x84222325CBF29CE4;
};

std::string_view scheme_of(Format format) {
  switch (format) {
    case Format::kTerraform:
      return "tf";
    case Format::kCloudFormation:
      return "cfn";
    case Format::kNginx:
      return "nginx";
  }
  return "";
}

}  // namespace

std::string full_address(const Graph& graph, NodeId node, std::string_view root) {
  const Configuration& configuration = graph.configuration_of(node);
  if (&configuration == &graph.configurations().front())
    return std::string(root) + std::string(graph.node(node).address);
  return fmt::format("{}:{}#{}", scheme_of(configuration.format), configuration.root, graph.node(node).address);
}

std::string identity_of(std::string_view rule, std::span<const std::string> subjects, std::string_view discriminator) {
  std::vector<std::string_view> sorted(subjects.begin(), subjects.end());
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  Hash hash;
  hash.add(rule);
  for (std::string_view subject : sorted) hash.add(subject);
  hash.add("");
  hash.add(discriminator);
  return hash.text();
}

}  // namespace halint
