// The one common language: nodes with attributes, and edges between them, whatever format they were written in.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/resource.h"
#include "graph/schema.h"
#include "graph/value.h"

namespace halint {

// One end of an edge.
struct Link {
  NodeId node;
  Span span;               // Where the edge is written: the attribute, or the association's attribute.
  bool is_certain = true;  // False: one of several candidates (an unknown index), or conditional.
};

// Where an edge of a node leads.
struct Targets {
  std::span<const Link> links;
  const Unknown* rest = nullptr;  // Non-null: there may be further targets, and why they are not known.
};

struct Node {
  NodeId id;
  KindId kind;
  std::string_view address;  // Of a fanned-out node: "aws_security_group.db/ingress[0]/cidr[1]".
  std::string_view type;     // "aws_subnet".
  std::string_view name;     // Label or logical id.
  std::string_view scope;
  Format format = Format::kTerraform;
  bool is_external = false;  // Not made by this configuration: a data source, a literal id, an import.
  Multiplicity multiplicity;
  Value body;  // Raw, in the format's own words.
  Span header;
  Span whole;
  NodeId owner;               // The node of the resource that it was fanned out of; itself otherwise.
  std::span<const Span> via;  // Module calls that lead here, outermost first.
};

// What is said outside of two configurations: all nodes of one lead, along their `joined` edges, to a node of the
// other. This nginx runs on that machine. Configurations by their place in the graph.
struct Join {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::string address;  // Of a resource of `to`.
  Span span;            // Where it is said.
};

// Immutable once built. Owns its memory; `Schema` must outlive it.
class Graph {
 public:
  Graph(const Schema& schema, std::vector<Configuration> configurations, std::vector<Join> joins = {});
  Graph(Graph&&);
  Graph& operator=(Graph&&);
  ~Graph();

  const Schema& schema() const;
  std::span<const Node> nodes() const;
  const Node& node(NodeId id) const;
  std::span<const NodeId> nodes_of(KindId kind) const;

  // Requires: the attribute belongs to the node's kind. Absent attributes have their format's default, with
  // unknown origin; absent without default is kAbsent.
  const Value& attribute(NodeId id, AttributeId attribute) const;
  // By name, for tests and printing: kAbsent also if the kind has no such attribute.
  const Value& attribute(NodeId id, std::string_view attribute) const;
  // Where the attribute is written in the node's own block (`multi_az = false`); the node's header if it is not.
  Span attribute_span(NodeId id, AttributeId attribute) const;

  // Targets of an edge; nodes whose `edge` leads to this one.
  Targets targets(NodeId id, EdgeId edge) const;
  Targets targets(NodeId id, std::string_view edge) const;
  // Sources: `rest` is non-null if something not read, or an edge whose target is unknown, may lead here as well.
  Targets sources(NodeId id, EdgeId edge) const;
  Targets sources(NodeId id, std::string_view kind, std::string_view edge) const;

  // What decided on the block at `address` (without instance key) of the configuration that a node belongs to.
  std::span<const Decision> decisions(NodeId id, std::string_view address) const;

  // An output of the root names it, so that other roots may add to it.
  bool is_handed_out(NodeId id) const;

  // Null if everything in reach of `scope` was read; else why absence proves nothing there (U-NEG).
  const Unknown* opaque(std::string_view scope) const;

  // Node of an address; nullptr if there is none.
  const Node* find(std::string_view address) const;
  std::span<const Diagnostic> diagnostics() const;
  std::size_t edge_count() const;
  // What it was made of, and which of them a node comes from.
  std::span<const Configuration> configurations() const;
  const Configuration& configuration_of(NodeId id) const;
  // The configurations, to build another graph of them. Nothing else of this one may be used afterwards.
  std::vector<Configuration> take_apart() &&;
  // For facts computed later: they live as long as the graph. Not thread-safe.
  Arena& arena() const;

 private:
  friend class GraphBuilder;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace halint
