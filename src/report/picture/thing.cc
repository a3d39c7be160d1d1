// How a node looks as a box: what it is called, and the few words about it that matter in a picture.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "report/picture/scene.h"

namespace halint::picture {
namespace {

constexpr KindLook kLooks[] = {
    {"vpc", "VPC", Category::kFrame},
    {"subnet", "subnet", Category::kFrame},
    {"internet_gateway", "internet gateway", Category::kEdge},
    {"egress_only_gateway", "egress-only gateway", Category::kEdge},
    {"vpn_gateway", "VPN gateway", Category::kEdge},
    {"transit_gateway", "transit gateway", Category::kEdge},
    {"vpc_peering", "VPC peering", Category::kEdge},
    {"dns_record", "DNS record", Category::kEdge},
    {"nat_gateway", "NAT gateway", Category::kNetwork},
    {"vpc_endpoint", "VPC endpoint", Category::kNetwork},
    {"load_balancer", "load balancer", Category::kNetwork},
    {"instance", "instance", Category::kCompute},
    {"autoscaling_group", "Auto Scaling group", Category::kCompute},
    {"nginx_server", "nginx server", Category::kCompute},
    {"nginx_upstream", "nginx upstream", Category::kCompute},
    {"db_instance", "database", Category::kData},
    {"db_cluster", "database cluster", Category::kData},
    {"cache_group", "cache", Category::kData},
    {"kafka_cluster", "Kafka cluster", Category::kData},
};

// What is worth a word in a box.
constexpr std::string_view kShownAttributes[] = {"engine", "lb_type", "scheme", "cidr", "record_name", "names"};

bool may_show(const Value& value) {
  return !value.is_sensitive() && (value.is(ValueKind::kString) || value.is(ValueKind::kNumber));
}

void append_word(std::string& text, std::string_view word) {
  if (!text.empty()) text += " · ";
  text += word;
}

std::string words_of(const Value& value) {
  if (may_show(value)) return value.is(ValueKind::kString) ? std::string(value.as_string()) : to_text(value);
  std::string text;
  if (!value.is(ValueKind::kList) || value.is_sensitive()) return text;
  for (const Value& item : value.items()) {
    if (may_show(item)) text += (text.empty() ? "" : " ") + words_of(item);
  }
  return text;
}

std::string detail_of(const Graph& graph, const Node& node) {
  std::string text;
  for (std::string_view name : kShownAttributes) {
    const std::string words = words_of(graph.attribute(node.id, name));
    if (!words.empty()) append_word(text, words);
  }
  const Value& multi_az = graph.attribute(node.id, "multi_az");
  if (multi_az.is(ValueKind::kBool) && multi_az.as_bool()) append_word(text, "multi-AZ");
  const Value& least = graph.attribute(node.id, "min_size");
  const Value& most = graph.attribute(node.id, "max_size");
  if (may_show(least) && may_show(most)) append_word(text, fmt::format("{} to {}", words_of(least), words_of(most)));
  return text;
}

}  // namespace

std::string_view name_of(Category category) {
  constexpr std::string_view kNames[] = {"edge", "network", "compute", "data", "frame"};
  return kNames[static_cast<std::size_t>(category)];
}

std::string_view name_of(Mark mark) {
  constexpr std::string_view kNames[] = {"none", "inconclusive", "evidence", "subject"};
  return kNames[static_cast<std::size_t>(mark)];
}

std::string_view name_of(Tier tier) {
  constexpr std::string_view kNames[] = {"public", "private", "isolated, data", "tier not known"};
  return kNames[static_cast<std::size_t>(tier)];
}

const KindLook* look_of(std::string_view kind) {
  for (const KindLook& look : kLooks) {
    if (look.kind == kind) return &look;
  }
  return nullptr;
}

Thing thing_of(const Graph& graph, const Node& node, const KindLook& look) {
  Thing thing;
  thing.nodes = {node.id};
  thing.kind = look.words;
  thing.name = node.address;
  thing.detail = detail_of(graph, node);
  thing.category = look.category;
  thing.is_external = node.is_external;
  thing.is_uncertain = !(node.multiplicity.least == 1 && node.multiplicity.most == 1);
  return thing;
}

}  // namespace halint::picture
