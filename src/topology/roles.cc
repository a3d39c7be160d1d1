// What a machine is for.
// SPDX-License-Identifier: Apache-2.0
#include "topology/roles.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/glob.h"
#include "topology/load_balancing.h"
#include "topology/placement.h"
#include "topology/routes.h"
#include "topology/security_groups.h"
#include "topology/words.h"

namespace halint {
namespace {

// The bounds of a sum of which some terms are not known.
struct Score {
  int lowest = 0, highest = 0;
  const Unknown* why = nullptr;

  void add(const Answer& sign, int weight) {
    if (sign.is_false()) return;
    if (sign.is_true() || weight < 0) lowest += weight;
    if (sign.is_true() || weight > 0) highest += weight;
    if (sign.is_unknown() && why == nullptr) why = sign.why;
  }
};

bool is_named_bastion(FactContext& facts, NodeId compute) {
  auto tells = [&](NodeId node) {
    std::vector<std::string> words = words_of_node(facts, node);
    // The module that makes it may carry the name: module.bastion.aws_instance.this.
    std::vector<std::string> scope = words_of(facts.node(node).scope);
    return has_word(words, {"bastion", "bastionhost"}) || has_word(scope, {"bastion", "bastionhost"}) ||
           has_word(words, {"jump", "jumper", "jumpbox", "jumphost", "jumpserver"}) ||
           has_pair(words, "ssh", {"gw", "gateway"});
  };
  if (tells(compute)) return true;
  NodeSet templates = facts.targets(compute, facts.names.to_launch_template);
  return std::any_of(templates.items().begin(), templates.items().end(),
                     [&](const NodeItem& item) { return tells(item.node); });
}

// A machine that builds or deploys enters others by SSH, and its owners enter it, but nobody passes through it.
bool is_named_automation(FactContext& facts, NodeId compute) {
  std::vector<std::string> words = words_of_node(facts, compute);
  return has_word(words, {"jenkins",   "ci",     "cicd",      "runner", "gitlab",    "teamcity", "bamboo",
                          "buildkite", "gocd",   "concourse", "drone",  "spinnaker", "ansible",  "awx",
                          "rundeck",   "puppet", "chef",      "salt",   "deployer",  "builder"}) ||
         has_pair(words, "build", {"agent", "server", "host"}) ||
         has_pair(words, "deploy", {"agent", "server", "host"});
}

// Whether some item says yes; a yes of an uncertain item is unknown.
template <typename Say>
Answer any_of_items(FactContext& facts, const NodeSet& set, const Say& say) {
  Answer found = Answer::no();
  for (const NodeItem& item : set.items()) {
    Answer answer = say(item.node);
    if (answer.is_true() && !item.is_certain) {
      answer = Answer::unknown(
          facts.because(UnknownReason::kComputed,
                        fmt::format("it is not known whether `{}` belongs to it", facts.node(item.node).address)));
    }
    found = either(found, answer);
    if (found.is_true()) return found;
  }
  return found;
}

NodeSet ingress_of(FactContext& facts, NodeId compute) {
  NodeSet rules;
  NodeSet groups = groups_of(facts, compute);
  for (const NodeItem& group : groups.items()) rules.add_all(facts.rules_of(group.node).ingress, group.is_certain);
  rules.add_rest(groups.rest());
  return rules;
}

Answer covers_ssh(FactContext& facts, NodeId rule) {
  Answer found = Answer::no();
  for (std::int64_t port : facts.options.ssh_ports) found = either(found, covers_port(facts, rule, port));
  return found;
}

Answer is_for_ssh(FactContext& facts, NodeId rule) {
  Answer found = Answer::no();
  for (std::int64_t port : facts.options.ssh_ports) found = either(found, is_for_port(facts, rule, port));
  return found;
}

Answer is_from_addresses(FactContext& facts, NodeId rule) {
  bool from_range = !facts.attribute(rule, facts.names.cidr).is_unset();
  return Answer::of(from_range || !facts.targets(rule, facts.names.to_prefix_list).is_empty());
}

// Exactly SSH, ping, or traffic among the group's own members.
Answer is_harmless(FactContext& facts, NodeId rule) {
  const Unknown* why = nullptr;
  std::optional<Protocol> protocol = protocol_of(facts, rule, &why);
  if (protocol == Protocol::kIcmp) return Answer::yes();
  if (facts.truth_of(facts.attribute(rule, facts.names.is_self)).is_true()) return Answer::yes();
  return is_for_ssh(facts, rule);
}

Answer is_for_vpn(FactContext& facts, NodeId rule) {
  constexpr std::array<std::int64_t, 4> kVpnPorts = {500, 1194, 4500, 51820};
  const Unknown* why = nullptr;
  std::optional<Protocol> protocol = protocol_of(facts, rule, &why);
  if (!protocol || (*protocol != Protocol::kUdp && *protocol != Protocol::kTcp)) return Answer::no();
  const Value& from = facts.attribute(rule, facts.names.from_port);
  const Value& to = facts.attribute(rule, facts.names.to_port);
  if (!from.is(ValueKind::kNumber) || !to.is(ValueKind::kNumber)) return Answer::no();
  return Answer::of(std::any_of(kVpnPorts.begin(), kVpnPorts.end(), [&](std::int64_t port) {
    return from.as_integer() <= port && port <= to.as_integer() && to.as_integer() - from.as_integer() <= 10;
  }));
}

// Its group is the source of an SSH rule of another group. Rules that were not read are not imagined.
Answer opens_ssh_elsewhere(FactContext& facts, NodeId compute) {
  NodeSet groups = groups_of(facts, compute);
  return any_of_items(facts, groups, [&](NodeId group) {
    NodeSet rules = facts.sources(group, facts.names.sg_rule, facts.names.to_peer);
    return any_of_items(facts, rules, [&](NodeId rule) {
      const Value& direction = facts.attribute(rule, facts.names.direction);
      bool is_ingress = direction.is(ValueKind::kString) && direction.as_string() == "ingress";
      if (!is_ingress || facts.target(rule, facts.names.to_group) == group) return Answer::no();
      return is_for_ssh(facts, rule);
    });
  });
}

Answer has_public_address(FactContext& facts, NodeId compute) {
  Answer found = facts.truth_of(facts.attribute(compute, facts.names.public_ip));
  NodeSet addresses = facts.sources(compute, facts.names.eip, facts.names.to_instance);
  found = either(found, any_of_items(facts, addresses, [](NodeId) { return Answer::yes(); }));
  NodeSet templates = facts.targets(compute, facts.names.to_launch_template);
  return either(found, any_of_items(facts, templates, [&](NodeId made_by) {
                  return facts.truth_of(facts.attribute(made_by, facts.names.public_ip));
                }));
}

Answer is_public(FactContext& facts, NodeId compute) {
  Answer found = has_public_address(facts, compute);
  if (found.is_true()) return found;
  NodeSet subnets = subnets_of_node(facts, compute);
  Answer stands_public = any_of_items(facts, subnets, [&](NodeId subnet) {
    Value tier = facts.ask(subnet_tier, subnet);
    if (tier.is_unknown()) return Answer::unknown(&tier.why());
    return Answer::of(tier.is(ValueKind::kString) && tier.as_string() == "public");
  });
  if (stands_public.is_false() && subnets.rest() != nullptr) stands_public = Answer::unknown(subnets.rest());
  return either(found, stands_public);
}

// Only what is written counts: that some unread part might register a bastion is not assumed.
Answer is_written_target(FactContext& facts, NodeId compute) {
  Value groups = facts.ask(autoscaling_group_attached_groups, compute);
  bool in_group =
      std::any_of(groups.items().begin(), groups.items().end(), [](const Value& group) { return !group.is_maybe(); });
  return Answer::of(in_group || !facts.targets(compute, facts.names.to_load_balancers).is_empty() ||
                    !facts.sources(compute, facts.names.load_balancer, facts.names.to_instances).is_empty());
}

Answer forwards_packets(FactContext& facts, NodeId compute) {
  const Value& check = facts.attribute(compute, facts.names.source_dest_check);
  if (check.is_unset()) return Answer::no();
  return !facts.truth_of(check);
}

// The role that the user gave. Unset if none.
std::optional<std::string_view> given_role(FactContext& facts, NodeId compute) {
  std::string_view address = facts.node(compute).address;
  for (const auto& [role, patterns] : facts.options.roles) {
    for (const std::string& pattern : patterns) {
      if (pattern == address || glob_match(pattern, address)) return role;
    }
  }
  const Value& tag = tag_of(facts, compute, "halint:role");
  if (tag.is(ValueKind::kString)) return tag.as_string();
  return std::nullopt;
}

bool is_small(FactContext& facts, NodeId compute) {
  if (!facts.is(compute, facts.names.autoscaling_group)) return true;
  const Value& most = facts.graph.attribute(compute, "max_size");
  return most.is(ValueKind::kNumber) && most.as_integer() <= 2;
}

}  // namespace

BastionSigns bastion_signs(FactContext& facts, NodeId compute) {
  NodeSet ingress = ingress_of(facts, compute);
  BastionSigns signs;
  signs.is_named = is_named_bastion(facts, compute);
  signs.is_automation = !signs.is_named && is_named_automation(facts, compute);
  signs.opens_ssh_elsewhere = opens_ssh_elsewhere(facts, compute);
  signs.ssh_from_outside = any_of_items(
      facts, ingress, [&](NodeId rule) { return both(covers_ssh(facts, rule), is_from_addresses(facts, rule)); });
  signs.is_public = is_public(facts, compute);
  signs.only_ssh = !any_of_items(facts, ingress, [&](NodeId rule) { return !is_harmless(facts, rule); });
  if (signs.only_ssh.is_true() && ingress.rest() != nullptr) signs.only_ssh = Answer::unknown(ingress.rest());
  signs.is_target = is_written_target(facts, compute);
  signs.forwards = forwards_packets(facts, compute);
  signs.is_vpn = any_of_items(facts, ingress, [&](NodeId rule) { return is_for_vpn(facts, rule); });
  return signs;
}

Answer is_bastion(FactContext& facts, NodeId compute, const BastionSigns& signs) {
  constexpr int kEnough = 4;
  if (signs.is_automation) return Answer::no();
  Score score;
  score.add(Answer::of(signs.is_named), 3);
  score.add(signs.opens_ssh_elsewhere, 3);
  score.add(signs.ssh_from_outside, 2);
  score.add(signs.is_public, 2);
  score.add(signs.only_ssh, 1);
  score.add(signs.is_target, -4);
  score.add(signs.forwards, -4);
  score.add(signs.is_vpn, -3);
  // A public web server that lets SSH in as well is no bastion: without a name or a rule that trusts it, SSH must be
  // all that it offers.
  Answer entrance = both(both(signs.ssh_from_outside, signs.is_public), signs.only_ssh);
  Answer looks = either(Answer::of(signs.is_named), signs.opens_ssh_elsewhere);
  looks = either(looks, both(entrance, Answer::of(is_small(facts, compute))));
  Answer enough = score.lowest >= kEnough   ? Answer::yes()
                  : score.highest < kEnough ? Answer::no()
                                            : Answer::unknown(score.why);
  return both(enough, looks);
}

Answer is_nat_instance(FactContext& facts, NodeId compute) {
  Answer forwards = forwards_packets(facts, compute);
  NodeSet routes = facts.sources(compute, facts.names.route, facts.names.to_target);
  Answer is_exit = any_of_items(facts, routes, [&](NodeId route) {
    std::optional<NodeId> table = facts.target(route, facts.names.to_table);
    if (!table) return Answer::no();
    const std::vector<DefaultRoute>& defaults = facts.routes().routes_of(*table).routes;
    return Answer::of(
        std::any_of(defaults.begin(), defaults.end(), [&](const DefaultRoute& known) { return known.route == route; }));
  });
  return either(forwards, is_exit);
}

Answer is_app(FactContext& facts, NodeId compute) {
  Answer serves = serves_load_balancer(facts, compute);
  if (serves.is_true()) return serves;
  // The source of a rule of a data store's group.
  NodeSet groups = groups_of(facts, compute);
  const Unknown* unread = nullptr;
  Answer uses_data = any_of_items(facts, groups, [&](NodeId group) {
    NodeSet rules = facts.sources(group, facts.names.sg_rule, facts.names.to_peer);
    if (rules.rest() != nullptr) unread = rules.rest();
    return any_of_items(facts, rules, [&](NodeId rule) {
      const Value& direction = facts.attribute(rule, facts.names.direction);
      if (!direction.is(ValueKind::kString) || direction.as_string() != "ingress") return Answer::no();
      std::optional<NodeId> protects = facts.target(rule, facts.names.to_group);
      if (!protects || *protects == group) return Answer::no();
      for (KindId kind : facts.names.data_store) {
        if (!facts.sources(*protects, kind, facts.names.to_security_groups).is_empty()) return Answer::yes();
      }
      return Answer::no();
    });
  });
  if (uses_data.is_false() && unread != nullptr) uses_data = Answer::unknown(unread);
  return either(serves, uses_data);
}

Value compute_role(FactContext& facts, NodeId compute) {
  Span header = facts.node(compute).header;
  auto role = [&](std::string_view name) { return Value::string(facts.arena(), name, header); };
  if (std::optional<std::string_view> given = given_role(facts, compute)) return role(*given);
  Answer bastion = is_bastion(facts, compute, bastion_signs(facts, compute));
  if (bastion.is_true()) return role("bastion");
  if (bastion.is_unknown()) return Value::unknown(bastion.why, header);
  Answer nat = is_nat_instance(facts, compute);
  if (nat.is_true()) return role("nat");
  if (nat.is_unknown()) return Value::unknown(nat.why, header);
  Answer app = is_app(facts, compute);
  if (app.is_unknown()) return Value::unknown(app.why, header);
  return role(app.is_true() ? "app" : "other");
}

Value compute_role_source(FactContext& facts, NodeId compute) {
  if (given_role(facts, compute)) return Value::string(facts.arena(), "given");
  Value role = facts.ask(compute_role, compute);
  if (role.is_unknown()) return role;
  if (role.as_string() != "bastion") return Value::string(facts.arena(), "structure");
  BastionSigns signs = bastion_signs(facts, compute);
  bool by_structure =
      signs.opens_ssh_elsewhere.is_true() || (signs.ssh_from_outside.is_true() && signs.is_public.is_true());
  return Value::string(facts.arena(), by_structure ? "structure" : "name");
}

Value compute_is_public(FactContext& facts, NodeId compute) {
  return to_value(is_public(facts, compute), facts.node(compute).header);
}

}  // namespace halint
