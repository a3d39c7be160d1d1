// What nginx does for the machines that it runs on.
// SPDX-License-Identifier: Apache-2.0
#include "topology/nginx_serving.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "topology/boot_scripts.h"
#include "topology/load_balancing.h"

namespace halint {
namespace {

bool is_text(const Value& value, std::initializer_list<std::string_view> texts) {
  return value.is(ValueKind::kString) && std::ranges::find(texts, value.as_string()) != texts.end();
}

// Only what is said counts: that some unread part might run nginx as well is not imagined.
NodeSet servers_on(FactContext& facts, NodeId compute) {
  const Vocabulary& names = facts.names;
  NodeSet servers;
  const EdgeInfo* serves = names.to_serves.of(names.nginx_server);
  if (serves == nullptr) return servers;
  for (const Link& link : facts.graph.sources(compute, serves->id).links)
    servers.add(link.node, link.span, link.is_certain);
  // Other servers may stand in files that were not read, or in the configuration that these are a part of.
  for (const NodeItem& item : servers.items()) {
    NodeSet around = facts.targets(item.node, names.to_http);
    servers.add_rest(around.rest());
    for (const NodeItem& http : around.items())
      servers.add_rest(facts.sources(http.node, names.nginx_server, names.to_http).rest());
  }
  return servers;
}

NodeSet listens_on(FactContext& facts, NodeId compute) {
  NodeSet servers = servers_on(facts, compute);
  NodeSet listens;
  for (const NodeItem& server : servers.items())
    listens.add_all(facts.sources(server.node, facts.names.nginx_listen, facts.names.to_server), server.is_certain);
  listens.add_rest(servers.rest());
  if (!servers.is_empty() && starts_containers(boot_text(facts.graph, compute))) {
    listens.add_rest(facts.because(
        UnknownReason::kExternal,
        fmt::format("`{}` starts containers, which may publish other ports", facts.node(compute).address)));
  }
  return listens;
}

NodeSet machines_of(FactContext& facts, NodeId target_group) {
  NodeSet machines;
  NodeSet members = node_set_of(facts.ask(target_group_members, target_group));
  for (const NodeItem& member : members.items()) {
    if (!servers_on(facts, member.node).is_empty()) machines.add(member);
  }
  return machines;
}

// The ports on which a target group reaches one of its members: those of its attachments, else its own.
std::vector<Value> ports_of(FactContext& facts, NodeId target_group, NodeId member) {
  const Vocabulary& names = facts.names;
  std::vector<Value> ports;
  NodeSet attachments = facts.sources(target_group, names.target_attachment, names.to_target_group);
  for (const NodeItem& attachment : attachments.items()) {
    NodeSet targets = facts.targets(attachment.node, names.to_target);
    const Value& port = facts.attribute(attachment.node, names.port);
    if (targets.contains(member) && !port.is_unset()) ports.push_back(port);
  }
  if (ports.empty()) ports.push_back(facts.attribute(target_group, names.port));
  return ports;
}

// Whether a target group sends the requests of `member` to a port.
Answer reaches(FactContext& facts, NodeId target_group, NodeId member, const Value& port) {
  Answer answer = Answer::no();
  for (const Value& own : ports_of(facts, target_group, member)) {
    if (own.is(ValueKind::kNumber) && port.is(ValueKind::kNumber)) {
      answer = either(answer, Answer::of(own.as_integer() == port.as_integer()));
    } else if (const Unknown* why = facts.reason_of(own.is(ValueKind::kNumber) ? port : own)) {
      answer = either(answer, Answer::unknown(why));
    }
  }
  return answer;
}

void add_if(NodeSet& set, NodeId node, const Span& span, const Answer& answer, bool is_certain) {
  if (answer.is_false()) return;
  set.add(node, span, is_certain && answer.is_true());
}

// Target groups that send requests to a socket.
NodeSet groups_before(FactContext& facts, NodeId listen) {
  const Vocabulary& names = facts.names;
  NodeSet groups;
  NodeSet servers = facts.targets(listen, names.to_server);
  groups.add_rest(servers.rest());
  const Value& port = facts.attribute(listen, names.port);
  for (const NodeItem& server : servers.items()) {
    NodeSet machines = facts.targets(server.node, names.to_serves);
    groups.add_rest(machines.rest());
    for (const NodeItem& machine : machines.items()) {
      NodeSet attached = node_set_of(facts.ask(autoscaling_group_attached_groups, machine.node));
      groups.add_rest(attached.rest());
      for (const NodeItem& group : attached.items()) {
        add_if(groups, group.node, group.span, reaches(facts, group.node, machine.node, port),
               group.is_certain && machine.is_certain);
      }
    }
  }
  return groups;
}

// Listeners that forward to a target group, by default or by a rule.
NodeSet listeners_before(FactContext& facts, NodeId target_group) {
  const Vocabulary& names = facts.names;
  NodeSet listeners = facts.sources(target_group, names.listener, names.to_target_groups);
  for (KindId kind : {names.listener_rule, names.listener_action}) {
    NodeSet from = facts.sources(target_group, kind, names.to_target_groups);
    for (const NodeItem& item : from.items()) listeners.add_all(facts.targets(item.node, names.to_listener));
    listeners.add_rest(from.rest());
  }
  return listeners;
}

Answer ends_tls(FactContext& facts, NodeId listener) {
  const Value& protocol = facts.attribute(listener, facts.names.protocol);
  if (const Unknown* why = facts.reason_of(protocol)) return Answer::unknown(why);
  return Answer::of(is_text(protocol, {"HTTPS", "TLS"}));
}

Answer is_plain(FactContext& facts, NodeId target_group) {
  const Value& protocol = facts.attribute(target_group, facts.names.protocol);
  if (const Unknown* why = facts.reason_of(protocol)) return Answer::unknown(why);
  return Answer::of(is_text(protocol, {"HTTP", "TCP"}));
}

NodeSet union_of_listens(FactContext& facts, NodeId server, ComputeFact fact) {
  NodeSet all;
  NodeSet listens = facts.sources(server, facts.names.nginx_listen, facts.names.to_server);
  for (const NodeItem& listen : listens.items())
    all.add_all(node_set_of(facts.ask(fact, listen.node)), listen.is_certain);
  all.add_rest(listens.rest());
  return all;
}

bool is_own_machine(const Value& host) {
  if (!host.is(ValueKind::kString)) return false;
  const std::string_view text = host.as_string();
  return text == "localhost" || text == "::1" || text.starts_with("127.");
}

// Ports of the machine itself that a server passes requests on to.
void add_app_ports(FactContext& facts, NodeId server, std::vector<Value>& ports, const Unknown*& rest) {
  const Vocabulary& names = facts.names;
  const auto add = [&](const Value& host, const Value& port, std::int64_t otherwise) {
    if (host.is_unknown()) rest = &host.why();
    if (!is_own_machine(host)) return;
    if (port.is_unknown()) rest = &port.why();
    ports.push_back(port.is(ValueKind::kNumber) ? port : Value::integer(otherwise));
  };
  NodeSet locations = facts.sources(server, names.nginx_location, names.to_server);
  if (locations.rest() != nullptr) rest = locations.rest();
  for (const NodeItem& location : locations.items()) {
    const std::int64_t otherwise = is_text(facts.attribute(location.node, names.pass_scheme), {"https"}) ? 443 : 80;
    NodeSet upstreams = facts.targets(location.node, names.to_upstream);
    if (upstreams.is_empty())
      add(facts.attribute(location.node, names.pass_host), facts.attribute(location.node, names.port_of_pass),
          otherwise);
    for (const NodeItem& upstream : upstreams.items()) {
      NodeSet members = facts.sources(upstream.node, names.nginx_upstream_server, names.to_upstream);
      if (members.rest() != nullptr) rest = members.rest();
      for (const NodeItem& member : members.items())
        add(facts.attribute(member.node, names.host), facts.attribute(member.node, names.port), 80);
    }
  }
}

}  // namespace

Value compute_nginx_app_ports(FactContext& facts, NodeId compute) {
  NodeSet servers = servers_on(facts, compute);
  std::vector<Value> all;
  const Unknown* rest = servers.rest();
  for (const NodeItem& server : servers.items()) add_app_ports(facts, server.node, all, rest);
  std::vector<Value> ports;
  for (const Value& port : all) {
    const bool is_new = std::ranges::none_of(ports, [&](const Value& known) {
      return known.is(ValueKind::kNumber) && port.is(ValueKind::kNumber) && known.as_integer() == port.as_integer();
    });
    if (is_new && port.is(ValueKind::kNumber)) ports.push_back(port);
  }
  return Value::list(facts.arena(), ports, {}, rest);
}

Value compute_nginx_servers(FactContext& facts, NodeId compute) {
  return servers_on(facts, compute).to_value(facts.arena());
}

Value compute_nginx_listens(FactContext& facts, NodeId compute) {
  return listens_on(facts, compute).to_value(facts.arena());
}

Value target_group_nginx_machines(FactContext& facts, NodeId target_group) {
  return machines_of(facts, target_group).to_value(facts.arena());
}

Value target_group_nginx_listens(FactContext& facts, NodeId target_group) {
  NodeSet reached;
  NodeSet machines = machines_of(facts, target_group);
  for (const NodeItem& machine : machines.items()) {
    NodeSet listens = node_set_of(facts.ask(compute_nginx_listens, machine.node));
    for (const NodeItem& listen : listens.items()) {
      const Value& port = facts.attribute(listen.node, facts.names.port);
      add_if(reached, listen.node, listen.span, reaches(facts, target_group, machine.node, port),
             listen.is_certain && machine.is_certain);
    }
    reached.add_rest(listens.rest());
  }
  return reached.to_value(facts.arena());
}

Value nginx_listen_reached_by(FactContext& facts, NodeId listen) {
  return groups_before(facts, listen).to_value(facts.arena());
}

Value nginx_listen_tls_ended_by(FactContext& facts, NodeId listen) {
  NodeSet ended;
  const Answer is_tls = facts.truth_of(facts.attribute(listen, facts.names.is_tls));
  if (is_tls.is_true()) return ended.to_value(facts.arena());
  NodeSet groups = groups_before(facts, listen);
  for (const NodeItem& group : groups.items()) {
    NodeSet listeners = listeners_before(facts, group.node);
    for (const NodeItem& listener : listeners.items()) {
      const Answer is_ended = both(both(ends_tls(facts, listener.node), is_plain(facts, group.node)), !is_tls);
      add_if(ended, listener.node, listener.span, is_ended, listener.is_certain && group.is_certain);
    }
    ended.add_rest(listeners.rest());
  }
  ended.add_rest(groups.rest());
  return ended.to_value(facts.arena());
}

Value nginx_server_reached_by(FactContext& facts, NodeId server) {
  return union_of_listens(facts, server, nginx_listen_reached_by).to_value(facts.arena());
}

Value nginx_server_tls_ended_by(FactContext& facts, NodeId server) {
  return union_of_listens(facts, server, nginx_listen_tls_ended_by).to_value(facts.arena());
}

}  // namespace halint
