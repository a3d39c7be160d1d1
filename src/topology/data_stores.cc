// On which ports a data store listens.
// SPDX-License-Identifier: Apache-2.0
#include "topology/data_stores.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace halint {
namespace {

struct EnginePort {
  std::string_view prefix;  // "oracle-ee", "oracle-se2" ...
  std::int64_t port;
};

// The first prefix that fits counts, so the longer ones come first.
constexpr std::array<EnginePort, 14> kEnginePorts = {{{"aurora-postgresql", 5432},
                                                      {"aurora", 3306},
                                                      {"mysql", 3306},
                                                      {"mariadb", 3306},
                                                      {"postgres", 5432},
                                                      {"oracle", 1521},
                                                      {"custom-oracle", 1521},
                                                      {"sqlserver", 1433},
                                                      {"custom-sqlserver", 1433},
                                                      {"db2", 50000},
                                                      {"docdb", 27017},
                                                      {"neptune", 8182},
                                                      {"memcached", 11211},
                                                      {"redis", 6379}}};

std::optional<std::int64_t> default_port(std::string_view engine) {
  if (engine.starts_with("valkey")) return 6379;
  for (const EnginePort& known : kEnginePorts) {
    if (engine.starts_with(known.prefix)) return known.port;
  }
  return std::nullopt;
}

// Kafka's ports for clients: plain text, TLS, SASL/SCRAM, IAM.
constexpr std::array<std::int64_t, 4> kKafkaPorts = {9094, 9092, 9096, 9098};

}  // namespace

Value data_store_service_port(FactContext& facts, NodeId id) {
  const Vocabulary& names = facts.names;
  const Node& node = facts.node(id);
  const Value& port = facts.attribute(id, names.port);
  if (port.is(ValueKind::kNumber) && port.as_integer() > 0) return port;
  if (const Unknown* why = facts.reason_of(port)) return Value::unknown(why, port.origin());
  if (node.kind == names.kafka_cluster) return Value::integer(kKafkaPorts[0], node.header);
  // A member listens where its cluster does, a replica where its source does.
  for (const EdgeName* edge : {&names.to_cluster, &names.to_replica_of}) {
    if (std::optional<NodeId> source = facts.target(id, *edge)) {
      if (names.is_data_store(facts.node(*source).kind)) return facts.ask(data_store_service_port, *source);
    }
  }
  if (node.kind == names.cache_group) {
    std::optional<NodeId> group = facts.target(id, names.to_group);
    if (group && facts.is(*group, names.cache_group)) return facts.ask(data_store_service_port, *group);
  }
  const Value& engine = facts.attribute(id, names.engine);
  if (const Unknown* why = facts.reason_of(engine)) return Value::unknown(why, engine.origin());
  std::optional<std::int64_t> standard;
  if (engine.is(ValueKind::kString)) standard = default_port(engine.as_string());
  if (standard) return Value::integer(*standard, engine.origin());
  return Value::unknown(
      facts.because(UnknownReason::kComputed, fmt::format("the port of `{}` is not known", node.address)), node.header);
}

Value data_store_service_ports(FactContext& facts, NodeId id) {
  std::vector<Value> ports;
  if (facts.is(id, facts.names.kafka_cluster)) {
    for (std::int64_t port : kKafkaPorts) ports.push_back(Value::integer(port, facts.node(id).header));
  } else {
    ports.push_back(facts.ask(data_store_service_port, id));
  }
  return Value::list(facts.arena(), ports);
}

}  // namespace halint
