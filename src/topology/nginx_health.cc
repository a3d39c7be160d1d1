// What nginx answers to the health check of a load balancer.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <vector>

#include "topology/nginx_answers.h"
#include "topology/nginx_routing.h"
#include "topology/nginx_serving.h"

namespace halint {
namespace {

std::string_view text_of(const Value& value) {
  return value.is(ValueKind::kString) ? value.as_string() : std::string_view();
}

// The port that the health check asks; absent if it is not one port.
Value health_port(FactContext& facts, NodeId target_group) {
  const Value& port = facts.graph.attribute(target_group, "health_check_port");
  if (const Unknown* why = facts.reason_of(port)) return Value::unknown(why);
  const std::string_view text = text_of(port);
  if (text.empty() || text == "traffic-port") {
    // Where targets are registered with ports of their own, each is asked on its own.
    NodeSet attachments = facts.sources(target_group, facts.names.target_attachment, facts.names.to_target_group);
    for (const NodeItem& attachment : attachments.items()) {
      if (!facts.attribute(attachment.node, facts.names.port).is_unset()) return {};
    }
    return facts.attribute(target_group, facts.names.port);
  }
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? Value::integer(number) : Value();
}

// A load balancer asks by IPv4, from outside.
bool is_in_reach(const Value& address) {
  const std::string_view text = text_of(address);
  return text.find(':') == text.npos && !text.starts_with("127.") && text != "localhost";
}

// Of one machine: the default server of the port.
Value server_on(FactContext& facts, NodeId machine, std::int64_t port) {
  const Value listens = facts.ask(compute_nginx_listens, machine);
  std::optional<NodeId> found;
  for (const Value& item : listens.items()) {
    const NodeId listen = item.as_node();
    const Value& own = facts.attribute(listen, facts.names.port);
    if (own.is_unknown()) return own;
    if (!own.is(ValueKind::kNumber) || own.as_integer() != port) continue;
    if (!is_in_reach(facts.graph.attribute(listen, "address"))) continue;
    const Value& is_default = facts.attribute(listen, facts.names.is_default);
    // Without `listen` nginx listens on 80; it answers by default if nobody else is there.
    if (is_default.is_unknown()) return is_default;
    if (!is_default.is(ValueKind::kBool) || !is_default.as_bool()) continue;
    const std::optional<NodeId> server = facts.target(listen, facts.names.to_server);
    if (!server) continue;
    if (found && *found != *server) {
      return Value::unknown(
          facts.because(UnknownReason::kComputed, "several servers answer by default, on different addresses"));
    }
    found = server;
  }
  if (found) return Value::node(*found);
  return listens.rest() != nullptr ? Value::unknown(listens.rest()) : Value::null();
}

// What a block of nginx does with a request before anyone else is asked.
class NginxAnswer {
 public:
  NginxAnswer(FactContext& facts, NodeId server) : facts_(facts), server_(server) {}

  Value code_of(NodeId scope) {
    const Value& code = facts_.graph.attribute(scope, "return_code");
    if (code.is_unknown()) return code;
    if (has_detour(scope)) return Value::unknown(doubt(scope, "conditions or rewrites may answer first"));
    if (code.is(ValueKind::kNumber)) return intercepted(scope, code);
    const Value& internal = facts_.graph.attribute(scope, "is_internal");
    if (internal.is(ValueKind::kBool) && internal.as_bool()) return intercepted(scope, Value::integer(404));
    return refusal(scope);
  }

 private:
  const Unknown* doubt(NodeId scope, std::string_view what) {
    return facts_.because(UnknownReason::kComputed, fmt::format("`{}`: {}", facts_.node(scope).address, what));
  }

  bool has_detour(NodeId scope) {
    const Value& rewrite = facts_.graph.attribute(scope, "has_rewrite");
    if (!rewrite.is(ValueKind::kBool) || rewrite.as_bool()) return true;
    NodeSet locations = facts_.sources(server_, facts_.names.nginx_location, facts_.names.to_server);
    return std::ranges::any_of(locations.items(), [&](const NodeItem& item) {
      const std::string_view modifier = text_of(facts_.graph.attribute(item.node, "modifier"));
      return (modifier == "if" || modifier == "limit_except") &&
             facts_.target(item.node, facts_.names.to_parent).value_or(server_) == scope;
    });
  }

  // `error_page` may turn a refusal into something else.
  Value intercepted(NodeId scope, const Value& code) {
    if (code.as_integer() < 300) return code;
    const Value& pages = facts_.graph.attribute(scope, "error_pages");
    if (pages.is_unknown()) return pages;
    const bool is_plain = !pages.is(ValueKind::kList) || (pages.items().empty() && pages.rest() == nullptr);
    if (is_plain) return code;
    return Value::unknown(doubt(scope, "`error_page` may change the answer"));
  }

  Value refusal(NodeId scope) {
    const Value& satisfy = facts_.graph.attribute(scope, "satisfy");
    const Value& rules = facts_.graph.attribute(scope, "access_rules");
    const Value& password = facts_.graph.attribute(scope, "auth_basic");
    for (const Value* value : {&satisfy, &rules, &password}) {
      if (value->is_unknown()) return *value;
    }
    const bool asks = password.is(ValueKind::kString) && password.as_string() != "off";
    const bool denies =
        rules.is(ValueKind::kList) && !rules.items().empty() && text_of(rules.items().front()) == "deny all";
    // Whether the addresses of the load balancer are among those that are let in is not worked out.
    const bool chooses = rules.is(ValueKind::kList) && (!rules.items().empty() || rules.rest() != nullptr) && !denies;
    if (chooses && rules.items().size() == 1 && text_of(rules.items().front()) == "allow all")
      return password_code(scope, asks);
    if (chooses || (text_of(satisfy) == "any" && (asks || denies)))
      return Value::unknown(doubt(scope, "it depends on the address of the load balancer"));
    if (denies) return intercepted(scope, Value::integer(403));
    return password_code(scope, asks);
  }

  Value password_code(NodeId scope, bool asks) {
    return asks ? intercepted(scope, Value::integer(401)) : Value::null();
  }

  FactContext& facts_;
  NodeId server_;
};

}  // namespace

Value target_group_health_server(FactContext& facts, NodeId target_group) {
  const Value port = health_port(facts, target_group);
  if (port.is_unknown()) return port;
  if (!port.is(ValueKind::kNumber)) return Value::null();
  Value found = Value::null();
  for (const Value& machine : facts.ask(target_group_nginx_machines, target_group).items()) {
    const Value server = server_on(facts, machine.as_node(), port.as_integer());
    if (server.is_unknown()) return server;
    if (!server.is(ValueKind::kNode)) continue;
    if (found.is(ValueKind::kNode) && found.as_node() != server.as_node()) {
      return Value::unknown(
          facts.because(UnknownReason::kComputed, "the machines have different configurations of nginx"));
    }
    found = server;
  }
  return found;
}

Value target_group_health_place(FactContext& facts, NodeId target_group) {
  const Value server = facts.ask(target_group_health_server, target_group);
  if (!server.is(ValueKind::kNode)) return server;
  const Value& path = facts.graph.attribute(target_group, "health_check_path");
  if (const Unknown* why = facts.reason_of(path)) return Value::unknown(why);
  // `return` of the server itself comes before all locations.
  const Value& code = facts.graph.attribute(server.as_node(), "return_code");
  if (code.is_unknown()) return code;
  if (code.is(ValueKind::kNumber) || !path.is(ValueKind::kString)) return server;
  const std::string_view plain = path.as_string().substr(0, path.as_string().find('?'));
  const Value location = nginx_location_for(facts.graph, server.as_node(), plain);
  return location.is_null() ? server : location;
}

Value target_group_health_code(FactContext& facts, NodeId target_group) {
  const Value server = facts.ask(target_group_health_server, target_group);
  const Value place = facts.ask(target_group_health_place, target_group);
  if (place.is_unknown()) return place;
  if (!place.is(ValueKind::kNode) || !server.is(ValueKind::kNode)) return Value::null();
  NginxAnswer answer(facts, server.as_node());
  const Value code = answer.code_of(place.as_node());
  if (place.as_node() == server.as_node() || code.is_unknown() || code.is_null()) return code;
  // Conditions of the server come before its locations.
  const Value before = answer.code_of(server.as_node());
  return before.is_unknown() && code.as_integer() >= 300 ? before : code;
}

}  // namespace halint
