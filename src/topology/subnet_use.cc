// What a subnet is meant for and used for.
// SPDX-License-Identifier: Apache-2.0
#include "topology/subnet_use.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "topology/mentions.h"
#include "topology/placement.h"
#include "topology/roles.h"
#include "topology/words.h"

namespace halint {
namespace {

// Whether the set has an item that is surely in it; unknown if it may have one.
Answer has_any(FactContext& facts, const NodeSet& set) {
  for (const NodeItem& item : set.items()) {
    if (item.is_certain) return Answer::yes();
  }
  if (!set.is_empty()) {
    return Answer::unknown(
        facts.because(UnknownReason::kComputed,
                      fmt::format("it is not known whether `{}` uses it", facts.node(set.items()[0].node).address)));
  }
  return set.rest() != nullptr ? Answer::unknown(set.rest()) : Answer::no();
}

Answer text_is(FactContext& facts, const Value& value, std::string_view text) {
  if (value.is(ValueKind::kString)) return Answer::of(value.as_string() == text);
  const Unknown* why = facts.reason_of(value);
  return why != nullptr ? Answer::unknown(why) : Answer::no();
}

// A yes that depends on something which may not exist.
Answer if_certain(FactContext& facts, const Answer& answer, const NodeItem& item) {
  if (!answer.is_true() || item.is_certain) return answer;
  return Answer::unknown(facts.because(UnknownReason::kComputed, fmt::format("it is not known whether `{}` stands here",
                                                                             facts.node(item.node).address)));
}

// A no about the items of a set, of which there may be more.
Answer or_unread(const Answer& found, const NodeSet& set) {
  return found.is_false() && set.rest() != nullptr ? Answer::unknown(set.rest()) : found;
}

// "data" is a tier in "data-subnet-a", but a project in "data-lake-subnet-a".
bool is_data_tier(const std::vector<std::string>& words, std::size_t at) {
  if (at + 1 == words.size() || words[at + 1].size() <= 2) return true;
  return has_word({words[at + 1]}, {"subnet", "subnets", "tier", "layer", "net", "network", "store", "stores", "zone"});
}

// What a name says. Names begin with what is common to many things ("block-public-access-private-a"), so the last word
// that says something counts.
std::string_view meaning_of(const std::vector<std::string>& words) {
  std::string_view meaning, hint;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::vector<std::string> word = {words[i]};
    if (has_word(word, {"public", "pub", "dmz"})) meaning = "public";
    if (has_word(word, {"private", "priv"})) meaning = "private";
    if (has_word(word, {"db", "dbs", "rds", "database", "databases", "isolated", "intra"})) meaning = "data";
    if (has_word(word, {"data", "cache"}) && is_data_tier(words, i)) meaning = "data";
    // "web" is left out: some call their public subnets so, and some the private ones behind them.
    if (has_word(word, {"app", "was"})) hint = "private";
  }
  return meaning.empty() ? hint : meaning;
}

// The first of a node's names that says something.
std::string_view meaning_of_node(FactContext& facts, NodeId node) {
  for (const std::vector<std::string>& name : names_of_node(facts, node)) {
    std::string_view meaning = meaning_of(name);
    if (!meaning.empty()) return meaning;
  }
  return "";
}

// Resources of types that no schema maps, but which clearly hold data.
bool is_data_type(std::string_view type) {
  return has_word(words_of(type),
                  {"redshift", "opensearch", "elasticsearch", "dax", "efs", "fsx", "docdb", "neptune", "memorydb"});
}

Answer hosts_public_load_balancer(FactContext& facts, NodeId subnet) {
  Answer found = Answer::no();
  NodeSet balancers = facts.sources(subnet, facts.names.load_balancer, facts.names.to_subnets);
  for (const NodeItem& item : balancers.items()) {
    Answer faces = text_is(facts, facts.attribute(item.node, facts.names.scheme), "internet-facing");
    found = either(found, if_certain(facts, faces, item));
  }
  return or_unread(found, balancers);
}

Answer hosts_public_nat(FactContext& facts, NodeId subnet) {
  Answer found = Answer::no();
  NodeSet nats = facts.sources(subnet, facts.names.nat_gateway, facts.names.to_subnet);
  for (const NodeItem& item : nats.items()) {
    Answer is_public = text_is(facts, facts.attribute(item.node, facts.names.connectivity), "public");
    found = either(found, if_certain(facts, is_public, item));
  }
  return or_unread(found, nats);
}

Answer has_role(FactContext& facts, NodeId compute, std::string_view role) {
  return text_is(facts, facts.ask(compute_role, compute), role);
}

// A bastion that expects its users from the internet. One that is reached through a VPN or SSM needs no public subnet.
Answer hosts_public_bastion(FactContext& facts, NodeId subnet) {
  Answer found = Answer::no();
  NodeSet machines = facts.sources(subnet, facts.names.instance, facts.names.to_subnet);
  for (const NodeItem& item : machines.items()) {
    Answer has_address = facts.truth_of(facts.attribute(item.node, facts.names.public_ip));
    NodeSet addresses = facts.sources(item.node, facts.names.eip, facts.names.to_instance);
    if (!addresses.is_empty()) has_address = Answer::yes();
    Answer is_entry = has_address.is_false() ? has_address : both(has_role(facts, item.node, "bastion"), has_address);
    found = either(found, if_certain(facts, is_entry, item));
  }
  return or_unread(found, machines);
}

Answer needs_availability(FactContext& facts, NodeId member) {
  KindId kind = facts.node(member).kind;
  if (kind == facts.names.load_balancer || facts.names.is_data_store(kind)) return Answer::yes();
  if (kind == facts.names.autoscaling_group) return !has_role(facts, member, "bastion");
  return has_role(facts, member, "app");
}

}  // namespace

Value subnet_named_as(FactContext& facts, NodeId subnet) {
  return Value::string(facts.arena(), meaning_of_node(facts, subnet), facts.node(subnet).header);
}

Value subnet_intent(FactContext& facts, NodeId subnet) {
  Span header = facts.node(subnet).header;
  auto intent = [&](std::string_view text) { return Value::string(facts.arena(), text, header); };
  if (hosts_public_load_balancer(facts, subnet).is_true() || hosts_public_nat(facts, subnet).is_true())
    return intent("public");
  NodeSet groups = facts.sources(subnet, facts.names.db_subnet_group, facts.names.to_subnets);
  if (has_any(facts, groups).is_true()) return intent("data");
  std::string_view named = facts.ask(subnet_named_as, subnet).as_string();
  if (named.empty() && facts.truth_of(facts.attribute(subnet, facts.names.auto_public_ip)).is_true())
    return intent("public");
  return intent(named);
}

Value subnet_is_data_only(FactContext& facts, NodeId subnet) {
  const Vocabulary& names = facts.names;
  NodeSet stores;
  stores.add_all(facts.sources(subnet, names.db_subnet_group, names.to_subnets));
  stores.add_all(facts.sources(subnet, names.cache_subnet_group, names.to_subnets));
  stores.add_all(facts.sources(subnet, names.kafka_cluster, names.to_subnets));
  NodeSet others;
  others.add_all(facts.sources(subnet, names.instance, names.to_subnet));
  others.add_all(facts.sources(subnet, names.autoscaling_group, names.to_subnets));
  others.add_all(facts.sources(subnet, names.launch_template, names.to_subnets));
  others.add_all(facts.sources(subnet, names.load_balancer, names.to_subnets));
  others.add_all(facts.sources(subnet, names.nat_gateway, names.to_subnet));
  Answer holds_data = has_any(facts, stores);
  Answer holds_other = has_any(facts, others);
  const Node* stranger = nullptr;
  for (const NodeItem& user : facts.mentions().of(subnet).items()) {
    if (is_data_type(facts.node(user.node).type)) {
      holds_data = Answer::yes();
    } else if (stranger == nullptr) {
      stranger = &facts.node(user.node);
    }
  }
  if (stranger != nullptr) {
    const Unknown* why =
        facts.because(UnknownReason::kUnsupported,
                      fmt::format("`{}` uses it too, and what that is for is not known", stranger->address));
    holds_other = either(holds_other, Answer::unknown(why));
  } else if (holds_other.is_unknown() && others.is_empty() && meaning_of_node(facts, subnet) == "data") {
    // Its name agrees with what is seen; that something unseen disagrees with both is not assumed.
    holds_other = Answer::no();
  }
  return to_value(both(holds_data, !holds_other), facts.node(subnet).header);
}

Value subnet_hosts_public_entry(FactContext& facts, NodeId subnet) {
  Answer found = hosts_public_load_balancer(facts, subnet);
  found = either(found, hosts_public_nat(facts, subnet));
  if (!found.is_true()) found = either(found, hosts_public_bastion(facts, subnet));
  return to_value(found, facts.node(subnet).header);
}

Value subnet_needs_availability(FactContext& facts, NodeId subnet) {
  Value members = facts.ask(subnet_members, subnet);
  Answer found = Answer::no();
  for (const Value& member : members.items()) {
    NodeItem item{.node = member.as_node(), .span = member.origin(), .is_certain = !member.is_maybe()};
    found = either(found, if_certain(facts, needs_availability(facts, item.node), item));
    if (found.is_true()) break;
  }
  if (found.is_false() && members.rest() != nullptr) found = Answer::unknown(members.rest());
  return to_value(found, facts.node(subnet).header);
}

Value vpc_has_compute(FactContext& facts, NodeId vpc) {
  NodeSet subnets = facts.sources(vpc, facts.names.subnet, facts.names.to_vpc);
  Answer found = Answer::no();
  for (const NodeItem& item : subnets.items()) {
    Answer needs = facts.truth_of(facts.ask(subnet_needs_availability, item.node));
    found = either(found, if_certain(facts, needs, item));
    if (found.is_true()) break;
  }
  if (found.is_false() && subnets.rest() != nullptr) found = Answer::unknown(subnets.rest());
  return to_value(found, facts.node(vpc).header);
}

}  // namespace halint
