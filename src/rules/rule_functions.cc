// Functions on things of the graph that CEL does not have.
// SPDX-License-Identifier: Apache-2.0
#include "rules/graph_host.h"
#include "rules/rule_logic.h"
#include "topology/nginx_routing.h"
#include "topology/zones.h"

namespace halint {
namespace {

using Args = std::span<const Value>;

GraphHost& host_of(cel::Call& call) {
  return static_cast<GraphHost&>(call.host);
}

Value count_zones(cel::Call& call, Args args) {
  GraphHost& host = host_of(call);
  for (const Value& item : args[0].items()) {
    if (!item.is(ValueKind::kZone) && !item.is_unknown()) return call.fail("`distinct_zones` takes zones");
  }
  host.note_assumptions(args[0]);
  Interval found = distinct_zones(args[0], host.region_zones());
  if (found.lower != found.upper && found.why == nullptr) {
    const Unknown* why = why_uncertain(args[0]);
    found.why = why != nullptr ? why : call.why;
  }
  return Value::interval(call.arena, found);
}

// What AWS asks for but the file leaves out: half written, so nothing is said about it.
Value left_out(cel::Call& call, std::string_view what) {
  return Value::unknown(call.arena, {.reason = UnknownReason::kInvalid, .detail = call.arena.copy(what), .decide = {}});
}

// Whether a rule of a security group admits a TCP port: its protocol is TCP or all, and the port is in its range.
Value covers(cel::Call& call, Args args) {
  GraphHost& host = host_of(call);
  const Graph& graph = host.graph();
  const NodeId rule = args[0].as_node();
  const Value& protocol = graph.attribute(rule, "protocol");
  if (protocol.is_unknown() || protocol.is(ValueKind::kTemplate)) return call.unknown_because(protocol);
  if (!protocol.is(ValueKind::kString)) return left_out(call, "the rule has no protocol");
  const std::string_view name = protocol.as_string();
  if (name == "-1" || name == "all") return Value::boolean(true);
  if (name != "tcp" && name != "6" && name != "TCP") return Value::boolean(false);
  const Value& from = graph.attribute(rule, "from_port");
  const Value& to = graph.attribute(rule, "to_port");
  const std::int64_t port = args[1].as_integer();
  // One known end may decide alone.
  if (from.is(ValueKind::kNumber) && port < from.as_integer()) return Value::boolean(false);
  if (to.is(ValueKind::kNumber) && port > to.as_integer()) return Value::boolean(false);
  if (from.is(ValueKind::kNumber) && to.is(ValueKind::kNumber)) return Value::boolean(true);
  if (from.is_unset() || to.is_unset()) return left_out(call, "the rule has no ports");
  return call.unknown_because(from.is(ValueKind::kNumber) ? to : from);
}

Value location_for(cel::Call& call, Args args) {
  return nginx_location_for(host_of(call).graph(), args[0].as_node(), args[1].as_string());
}

Value server_for(cel::Call& call, Args args) {
  return nginx_server_for(host_of(call).graph(), args[0].as_node(), args[1].as_integer(), args[2].as_string());
}

constexpr cel::Function kFunctions[] = {
    {".distinct_zones", "list<zone> -> int", count_zones},
    {".covers", "node<sg_rule>, int -> bool", covers},
    {".location_for", "node<nginx_server>, string -> node<nginx_location>", location_for},
    {".server_for", "node<nginx_http>, int, string -> node<nginx_server>", server_for},
};

}  // namespace

std::span<const cel::Function> rule_functions() {
  return kFunctions;
}

}  // namespace halint
