// The kinds, attributes and edges that facts ask for, looked up by name once for each schema.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "graph/schema.h"

namespace halint {

// One name of an edge, for all kinds that have an edge of that name.
class EdgeName {
 public:
  EdgeName(const Schema& schema, std::string_view name);
  // Null if the kind has no such edge.
  const EdgeInfo* of(KindId kind) const { return kind.index < infos_.size() ? infos_[kind.index] : nullptr; }

 private:
  std::vector<const EdgeInfo*> infos_;
};

// One name of an attribute, likewise.
class AttributeName {
 public:
  AttributeName(const Schema& schema, std::string_view name);
  const AttributeInfo* of(KindId kind) const { return kind.index < infos_.size() ? infos_[kind.index] : nullptr; }

 private:
  std::vector<const AttributeInfo*> infos_;
};

struct Vocabulary {
  explicit Vocabulary(const Schema& schema);

  bool is_compute(KindId kind) const { return is_in(compute, kind); }
  bool is_data_store(KindId kind) const { return is_in(data_store, kind); }

  // A kind that the schema lacks has an id that no node has.
  KindId other, vpc, subnet, internet_gateway, egress_only_gateway, nat_gateway, eip, route_table, route;
  KindId security_group, sg_rule, instance, launch_template, launch_configuration, autoscaling_group;
  KindId load_balancer, listener, listener_rule, listener_action, target_group, target_attachment;
  KindId db_instance, db_cluster, db_subnet_group, cache_group, cache_subnet_group, kafka_cluster, availability_zones;
  KindId transit_gateway, vpn_gateway, vpc_peering, vpc_endpoint, network_interface;
  KindId nginx_http, nginx_server, nginx_listen, nginx_location, nginx_upstream, nginx_upstream_server;
  std::vector<KindId> compute, data_store;

  EdgeName to_vpc, to_subnet, to_subnets, to_associated_tables, to_main_table, to_table, to_target, to_group, to_peer;
  EdgeName to_prefix_list, to_security_groups, to_launch_template, to_target_groups, to_load_balancers;
  EdgeName to_load_balancer, to_listener, to_target_group, to_instance, to_instances, to_cluster, to_subnet_group;
  EdgeName to_replica_of, to_network_interfaces;
  EdgeName to_serves, to_http, to_server, to_parent, to_upstream;

  AttributeName az, az_id, auto_public_ip, is_default, connectivity, mode, destination, target_id, propagates;
  AttributeName direction, protocol, from_port, to_port, cidr, is_self, has_egress, public_ip, source_dest_check;
  AttributeName is_main, zones, scheme, engine, port, multi_az, target_type, tags;
  AttributeName is_tls, host, pass_host, pass_scheme, port_of_pass;

 private:
  static bool is_in(const std::vector<KindId>& kinds, KindId kind);
};

}  // namespace halint
