// The facts that exist: their names, types and meaning, and what computes and explains each.
// SPDX-License-Identifier: Apache-2.0
#include <cassert>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "topology/data_stores.h"
#include "topology/explain.h"
#include "topology/fact_context.h"
#include "topology/load_balancing.h"
#include "topology/nginx_answers.h"
#include "topology/nginx_serving.h"
#include "topology/placement.h"
#include "topology/roles.h"
#include "topology/routes.h"
#include "topology/security_groups.h"
#include "topology/subnet_use.h"
#include "topology/topology.h"

namespace halint {
namespace {

struct FactRow {
  std::string_view receivers;  // Kinds and groups of kinds, separated by spaces.
  std::string_view name;
  std::string_view type;
  std::string_view doc;
  ComputeFact compute;
  ExplainFact explain = nullptr;
};

// docs/graph.md holds the same table for people; a test compares the two.
constexpr FactRow kFacts[] = {
    {"subnet", "zone", "zone", "its zone term, `free` if none is given", subnet_zone, why_subnet_zone},
    {"subnet", "tier", "string", "`public`, `private`, `isolated`; unknown otherwise", subnet_tier, why_tier},
    {"subnet", "named_as", "string", "`public`, `private`, `data` or `` by its name and tags alone; never unknown",
     subnet_named_as},
    {"subnet", "intent", "string", "`public`, `private`, `data` or `` by members, name, tag; never unknown",
     subnet_intent, why_members},
    {"subnet", "route_table", "node<route_table>", "effective table; null: an implicit, local-only one",
     subnet_route_table, why_route_table},
    {"subnet", "default_routes", "list<node<route>>", "routes of the effective table to everywhere",
     subnet_default_routes, why_tier},
    {"subnet", "egress", "list<node>", "targets of the default routes: gateways and the like", subnet_egress, why_tier},
    {"subnet", "nat_gateways_used", "list<node<nat_gateway>>", "NAT gateways among `egress`", subnet_nat_gateways_used,
     why_tier},
    {"subnet", "members", "list<node>", "compute, data stores and load balancers that may stand in it", subnet_members,
     why_members},
    {"subnet", "is_data_only", "bool", "used by data stores and nothing else", subnet_is_data_only, why_members},
    {"subnet", "hosts_public_entry", "bool",
     "an internet-facing load balancer, public NAT gateway or bastion stands in it", subnet_hosts_public_entry,
     why_members},
    {"subnet", "needs_availability", "bool", "some member should survive the loss of a zone", subnet_needs_availability,
     why_members},
    {"vpc", "has_compute", "bool", "some member of its subnets needs high availability", vpc_has_compute},
    {"route_table", "subnets", "list<node<subnet>>", "subnets for which it is effective", table_subnets},
    {"route_table", "default_routes", "list<node<route>>", "its routes to everywhere", table_default_routes,
     why_table_nat_gateways},
    {"route_table", "nat_gateways", "list<node<nat_gateway>>", "NAT gateways that its default routes lead to",
     table_nat_gateways, why_table_nat_gateways},
    {"nat_gateway", "zone", "zone", "of its subnet", nat_gateway_zone, why_nat_gateway_zone},
    {"nat_gateway", "users", "list<node<subnet>>", "subnets whose default route leads to it", nat_gateway_users,
     why_nat_gateway_users},
    {"compute", "role", "string", "`bastion`, `app`, `nat`, `other`; unknown if it cannot be told", compute_role,
     why_role},
    {"compute", "role_source", "string", "how the role is known: `given`, `structure` or `name`", compute_role_source,
     why_role},
    {"compute", "is_public", "bool", "it has a public address or stands in a public subnet", compute_is_public,
     why_subnets_in},
    {"compute data_store load_balancer", "subnets_in", "list<node<subnet>>", "all subnets in which it may stand",
     node_subnets_in, why_subnets_in},
    {"compute data_store load_balancer", "groups", "list<node<security_group>>", "security groups that protect it",
     node_groups, why_groups},
    {"compute data_store load_balancer", "ingress", "list<node<sg_rule>>", "ingress rules of those groups",
     node_ingress, why_ingress},
    {"compute data_store load_balancer", "egress_rules", "list<node<sg_rule>>", "egress rules of those groups",
     node_egress_rules, why_groups},
    {"compute data_store load_balancer", "zones", "list<zone>", "zones of `subnets_in`, or its own", node_zones,
     why_zones},
    {"compute", "serves_load_balancer", "bool", "registered in a target group or a classic load balancer",
     compute_serves_load_balancer, why_serves_load_balancer},
    {"compute", "attached_groups", "list<node<target_group>>", "including attachments written apart",
     autoscaling_group_attached_groups, why_serves_load_balancer},
    {"data_store", "service_port", "int", "its port, else its engine's default", data_store_service_port},
    {"data_store", "service_ports", "list<int>", "all ports for clients", data_store_service_ports},
    {"load_balancer", "all_target_groups", "list<node<target_group>>", "target groups behind its listeners",
     load_balancer_target_groups, why_targets},
    {"load_balancer", "targets", "list<node>", "compute behind its listeners", load_balancer_targets, why_targets},
    {"load_balancer", "target_zones", "list<zone>", "zones in which that compute stands", load_balancer_target_zones,
     why_targets},
    {"target_group", "members", "list<node>", "compute that is registered in it", target_group_members},
    {"target_group", "served_by", "list<node<load_balancer>>", "load balancers whose listeners forward to it",
     target_group_load_balancers},
    {"target_group", "nginx_machines", "list<node>",
     "compute that is registered in it and runs an nginx whose configuration is here", target_group_nginx_machines},
    {"target_group", "nginx_listens", "list<node<nginx_listen>>", "sockets of that nginx that it sends requests to",
     target_group_nginx_listens},
    {"target_group", "health_server", "node<nginx_server>", "the server of nginx that answers its health check",
     target_group_health_server},
    {"target_group", "health_place", "node<nginx_scope>", "the block of it that the health check meets",
     target_group_health_place},
    {"target_group", "health_code", "int",
     "the status that nginx gives the health check by itself; null: the application answers, or a file",
     target_group_health_code},
    {"compute", "nginx_servers", "list<node<nginx_server>>", "virtual servers of the nginx that runs on it",
     compute_nginx_servers},
    {"compute", "nginx_listens", "list<node<nginx_listen>>", "sockets of the nginx that runs on it",
     compute_nginx_listens},
    {"compute", "nginx_app_ports", "list<int>", "its own ports that the nginx on it passes requests on to",
     compute_nginx_app_ports},
    {"nginx_listen", "reached_by", "list<node<target_group>>", "target groups that send requests to it",
     nginx_listen_reached_by},
    {"nginx_listen", "tls_ended_by", "list<node<listener>>", "listeners that end TLS and send it plain requests",
     nginx_listen_tls_ended_by},
    {"nginx_server", "reached_by", "list<node<target_group>>", "target groups that send requests to its sockets",
     nginx_server_reached_by},
    {"nginx_server", "tls_ended_by", "list<node<listener>>",
     "listeners that end TLS and send its sockets plain requests", nginx_server_tls_ended_by},
    {"nginx_server", "https_redirects", "list<node<nginx_scope>>",
     "blocks that answer plain HTTP with a redirect to the same place by https, however the client came",
     nginx_server_https_redirects},
    {"security_group", "ingress", "list<node<sg_rule>>", "its ingress rules", group_ingress},
    {"security_group", "members", "list<node>", "what it protects, and resources of unmapped types that name it",
     group_members},
    {"security_group", "allows_all_egress", "bool", "lets everything out, by a rule or by the format's default",
     group_allows_all_egress},
    {"sg_rule", "is_world", "bool", "the peer is 0.0.0.0/0 or ::/0, or its group's rules together are", rule_is_world,
     why_is_world},
    {"sg_rule", "peer_is_cidr", "bool", "the peer is an address range", rule_peer_is_cidr},
};

struct Registry {
  std::vector<FactInfo> infos;
  std::vector<const FactRow*> rows;  // By id.
  std::map<std::pair<std::string_view, std::string_view>, const FactInfo*> by_receiver;
};

Registry make_registry() {
  Registry registry;
  for (const FactRow& row : kFacts) {
    std::string_view receivers = row.receivers;
    while (!receivers.empty()) {
      std::string_view receiver = receivers.substr(0, receivers.find(' '));
      receivers.remove_prefix(std::min(receivers.size(), receiver.size() + 1));
      Type type;
      [[maybe_unused]] bool is_type = parse_type(row.type, type);
      assert(is_type && "a fact has a type");
      registry.rows.push_back(&row);
      registry.infos.push_back({.id = {static_cast<std::uint16_t>(registry.infos.size())},
                                .receiver = std::string(receiver),
                                .name = std::string(row.name),
                                .type = type,
                                .doc = std::string(row.doc)});
    }
  }
  for (const FactInfo& info : registry.infos)
    registry.by_receiver.emplace(std::pair(std::string_view(info.receiver), std::string_view(info.name)), &info);
  return registry;
}

const Registry& registry() {
  static const Registry kRegistry = make_registry();
  return kRegistry;
}

const FactInfo* find_by_receiver(std::string_view receiver, std::string_view name) {
  auto found = registry().by_receiver.find({receiver, name});
  return found != registry().by_receiver.end() ? found->second : nullptr;
}

const FactInfo* find_for_kind(const KindInfo& kind, std::string_view name) {
  if (const FactInfo* found = find_by_receiver(kind.name, name)) return found;
  for (const std::string& group : kind.groups) {
    if (const FactInfo* found = find_by_receiver(group, name)) return found;
  }
  return nullptr;
}

}  // namespace

struct Topology::State {
  State(const Graph& graph, TopologyOptions options) : facts(graph, std::move(options)) {}
  FactContext facts;
};

Topology::Topology(const Graph& graph, TopologyOptions options)
    : state_(std::make_unique<State>(graph, std::move(options))) {}
Topology::~Topology() = default;

std::span<const FactInfo> Topology::facts() {
  return registry().infos;
}

const FactInfo* Topology::find_fact(const Schema& schema, std::string_view kind, std::string_view name) {
  if (const KindInfo* info = schema.find_kind(kind)) return find_for_kind(*info, name);
  return find_by_receiver(kind, name);  // A group: what all its kinds have.
}

Value Topology::fact(NodeId node, FactId fact) const {
  assert(fact.index < registry().rows.size() && "a fact of the registry");
  return state_->facts.ask(registry().rows[fact.index]->compute, node);
}

Value Topology::fact(NodeId node, std::string_view name) const {
  const FactInfo* info = find_for_kind(graph().schema().kind(graph().node(node).kind), name);
  return info != nullptr ? fact(node, info->id) : Value::absent();
}

std::vector<Hop> Topology::why(NodeId node, std::string_view name) const {
  const FactInfo* info = find_for_kind(graph().schema().kind(graph().node(node).kind), name);
  if (info == nullptr || registry().rows[info->id.index]->explain == nullptr) return {};
  return registry().rows[info->id.index]->explain(state_->facts, node);
}

Value Topology::covers(NodeId rule, const Value& port) const {
  FactContext& facts = state_->facts;
  if (port.is(ValueKind::kNumber)) return to_value(covers_port(facts, rule, port.as_integer()));
  if (const Unknown* why = facts.reason_of(port)) {
    // All ports are covered whatever the port is.
    const Unknown* ignored = nullptr;
    if (protocol_of(facts, rule, &ignored) == Protocol::kAll) return Value::boolean(true);
    return Value::unknown(why);
  }
  return Value::boolean(false);
}

const Graph& Topology::graph() const {
  return state_->facts.graph;
}
const TopologyOptions& Topology::options() const {
  return state_->facts.options;
}

}  // namespace halint
