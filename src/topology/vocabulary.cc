// The kinds, attributes and edges that facts ask for, looked up by name.
// SPDX-License-Identifier: Apache-2.0
#include "topology/vocabulary.h"

#include <algorithm>

namespace halint {
namespace {

KindId kind_named(const Schema& schema, std::string_view name) {
  const KindInfo* info = schema.find_kind(name);
  return info != nullptr ? info->id : KindId{.index = 0xFFFF};
}

// `find(kind)` for each kind of the schema, by the kind's index.
template <typename Info, typename Find>
std::vector<const Info*> by_kind(const Schema& schema, const Find& find) {
  std::vector<const Info*> infos;
  for (const KindInfo& kind : schema.kinds()) {
    if (infos.size() <= kind.id.index) infos.resize(kind.id.index + 1u, nullptr);
    infos[kind.id.index] = find(kind);
  }
  return infos;
}

template <typename Info>
const Info* named(const std::vector<Info>& infos, std::string_view name) {
  auto found = std::ranges::find(infos, name, &Info::name);
  return found == infos.end() ? nullptr : &*found;
}

}  // namespace

EdgeName::EdgeName(const Schema& schema, std::string_view name)
    : infos_(by_kind<EdgeInfo>(schema, [&](const KindInfo& kind) { return named(kind.edges, name); })) {}

AttributeName::AttributeName(const Schema& schema, std::string_view name)
    : infos_(by_kind<AttributeInfo>(schema, [&](const KindInfo& kind) { return named(kind.attributes, name); })) {}

Vocabulary::Vocabulary(const Schema& schema)
    : other(kind_named(schema, "other")),
      vpc(kind_named(schema, "vpc")),
      subnet(kind_named(schema, "subnet")),
      internet_gateway(kind_named(schema, "internet_gateway")),
      egress_only_gateway(kind_named(schema, "egress_only_gateway")),
      nat_gateway(kind_named(schema, "nat_gateway")),
      eip(kind_named(schema, "eip")),
      route_table(kind_named(schema, "route_table")),
      route(kind_named(schema, "route")),
      security_group(kind_named(schema, "security_group")),
      sg_rule(kind_named(schema, "sg_rule")),
      instance(kind_named(schema, "instance")),
      launch_template(kind_named(schema, "launch_template")),
      launch_configuration(kind_named(schema, "launch_configuration")),
      autoscaling_group(kind_named(schema, "autoscaling_group")),
      load_balancer(kind_named(schema, "load_balancer")),
      listener(kind_named(schema, "listener")),
      listener_rule(kind_named(schema, "listener_rule")),
      listener_action(kind_named(schema, "listener_action")),
      target_group(kind_named(schema, "target_group")),
      target_attachment(kind_named(schema, "target_attachment")),
      db_instance(kind_named(schema, "db_instance")),
      db_cluster(kind_named(schema, "db_cluster")),
      db_subnet_group(kind_named(schema, "db_subnet_group")),
      cache_group(kind_named(schema, "cache_group")),
      cache_subnet_group(kind_named(schema, "cache_subnet_group")),
      kafka_cluster(kind_named(schema, "kafka_cluster")),
      availability_zones(kind_named(schema, "availability_zones")),
      transit_gateway(kind_named(schema, "transit_gateway")),
      vpn_gateway(kind_named(schema, "vpn_gateway")),
      vpc_peering(kind_named(schema, "vpc_peering")),
      vpc_endpoint(kind_named(schema, "vpc_endpoint")),
      network_interface(kind_named(schema, "network_interface")),
      nginx_http(kind_named(schema, "nginx_http")),
      nginx_server(kind_named(schema, "nginx_server")),
      nginx_listen(kind_named(schema, "nginx_listen")),
      nginx_location(kind_named(schema, "nginx_location")),
      nginx_upstream(kind_named(schema, "nginx_upstream")),
      nginx_upstream_server(kind_named(schema, "nginx_upstream_server")),
      compute(schema.kinds_named("compute")),
      data_store(schema.kinds_named("data_store")),
      to_vpc(schema, "vpc"),
      to_subnet(schema, "subnet"),
      to_subnets(schema, "subnets"),
      to_associated_tables(schema, "associated_with"),
      to_main_table(schema, "main_route_table"),
      to_table(schema, "table"),
      to_target(schema, "target"),
      to_group(schema, "group"),
      to_peer(schema, "peer"),
      to_prefix_list(schema, "prefix_list"),
      to_security_groups(schema, "security_groups"),
      to_launch_template(schema, "launch_template"),
      to_target_groups(schema, "target_groups"),
      to_load_balancers(schema, "load_balancers"),
      to_load_balancer(schema, "load_balancer"),
      to_listener(schema, "listener"),
      to_target_group(schema, "target_group"),
      to_instance(schema, "instance"),
      to_instances(schema, "instances"),
      to_cluster(schema, "cluster"),
      to_subnet_group(schema, "subnet_group"),
      to_replica_of(schema, "replica_of"),
      to_network_interfaces(schema, "network_interfaces"),
      to_serves(schema, "serves"),
      to_http(schema, "http"),
      to_server(schema, "server"),
      to_parent(schema, "parent"),
      to_upstream(schema, "upstream"),
      az(schema, "az"),
      az_id(schema, "az_id"),
      auto_public_ip(schema, "auto_public_ip"),
      is_default(schema, "is_default"),
      connectivity(schema, "connectivity"),
      mode(schema, "mode"),
      destination(schema, "destination"),
      target_id(schema, "target_id"),
      propagates(schema, "propagates"),
      direction(schema, "direction"),
      protocol(schema, "protocol"),
      from_port(schema, "from_port"),
      to_port(schema, "to_port"),
      cidr(schema, "cidr"),
      is_self(schema, "is_self"),
      has_egress(schema, "has_egress"),
      public_ip(schema, "public_ip"),
      source_dest_check(schema, "source_dest_check"),
      is_main(schema, "is_main"),
      zones(schema, "zones"),
      scheme(schema, "scheme"),
      engine(schema, "engine"),
      port(schema, "port"),
      multi_az(schema, "multi_az"),
      target_type(schema, "target_type"),
      tags(schema, "tags"),
      is_tls(schema, "is_tls"),
      host(schema, "host"),
      pass_host(schema, "pass_host"),
      pass_scheme(schema, "pass_scheme"),
      port_of_pass(schema, "pass_port") {}

bool Vocabulary::is_in(const std::vector<KindId>& kinds, KindId kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

}  // namespace halint
