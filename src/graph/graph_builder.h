// Builds a graph from configurations. Internal to src/graph.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "graph/graph_state.h"
#include "graph/source_path.h"

namespace halint {

// In order: nodes with their attributes (build_graph.cc), what is given along with a node and what adopts it, edges
// (build_edges.cc) by resolving references (resolve_reference.cc, mentions.cc), and last the indexes of the finished
// graph.
class GraphBuilder {
 public:
  GraphBuilder(const Schema& schema, std::vector<Configuration> configurations, std::vector<Join> joins);
  std::unique_ptr<Graph::State> build();

 private:
  // An instance of a resource and the nodes that it made, `first` up to `first + count`.
  struct Instance {
    const Resource* resource = nullptr;
    std::uint32_t configuration = 0;
    NodeId first;
    std::uint32_t count = 0;
    bool is_summary() const { return resource->multiplicity.most > 1; }
  };
  // What a node was made from. `mapping` is null for external nodes and gifts.
  struct Origin {
    const Mapping* mapping = nullptr;
    std::uint32_t instance = 0;
    Value block;
    const ItemSource* item = nullptr;  // Of `per:`; with the item.
    Found::Item item_value;
  };
  // Names of one configuration.
  struct Names {
    std::unordered_map<std::string_view, std::uint32_t> instances;            // By address.
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> groups;  // By address without its key.
    std::unordered_map<std::string, std::vector<NodeId>> ids;                 // Names and ids given to nodes.
    std::unordered_map<std::string, NodeId> external;
    std::unordered_set<std::string_view> types;  // Of managed resources.
  };
  // Resources that an unknown value may stand for.
  struct Mentions {
    std::vector<std::uint32_t> instances;
    bool is_anything = false;  // It hides what it was made of.
    bool is_data = false;      // It comes from a data source, which may read back what is made here.
  };
  struct RawLink {
    NodeId from;
    EdgeId edge;
    Link link;
  };
  struct RawRest {
    NodeId from;
    EdgeId edge;
    const Unknown* why;
  };
  // Who refers, and to what it may.
  struct Reference {
    const Instance* referrer = nullptr;
    std::span<const KindId> kinds;  // That the edge may lead to.
    const EdgeSource* source = nullptr;
    Span span;
    int depth = 0;
  };
  struct Resolved {
    std::vector<Link> links;
    const Unknown* rest = nullptr;
  };
  // Instances that a symbol names, and the rest of its path.
  struct Named {
    std::vector<std::uint32_t> instances;
    std::span<const Step> path;
    bool is_one = true;      // False: one of several.
    bool is_all = false;     // `[*]`
    std::string_view index;  // The text of an unknown index.
  };

  // build_graph.cc
  void add_instance(std::uint32_t configuration, const Resource& resource);
  void add_nodes(Instance& instance, std::uint32_t index, const Mapping& mapping);
  void add_block_nodes(const Instance& instance, std::uint32_t index, const Mapping& mapping);
  void add_item_nodes(std::uint32_t index, const Mapping& mapping, const Value& block, std::string_view address);
  NodeId add_node(const Node& node, Origin origin);
  void set_attributes(NodeId id, const Origin& origin);
  void register_ids(NodeId id, const Mapping& mapping);
  Node node_of(const Instance& instance, KindId kind) const;
  void mark_partial(NodeId owner, const Mapping& mapping, const Unknown* why);

  // finish_graph.cc
  void finish();
  void remove_duplicates();
  bool is_read_back(NodeId id);
  void finish_reverse();
  void mark_reached();
  void mark_handed_out();
  bool collect_reached(std::uint32_t configuration, const Value& value, int depth, std::vector<NodeId>& reached) const;

  // build_edges.cc
  void adopt(NodeId id);
  void add_edges(NodeId id);
  void add_edges_from(NodeId id, const Origin& origin, const EdgeSource& source, bool& is_set);
  void add_joined(NodeId id, const Origin& origin, const EdgeSource& source);
  void add_link_resource(const Instance& instance, const Mapping& mapping);
  void add_to_attributes(const Instance& instance, const Mapping& mapping);
  void add_resolved(NodeId from, EdgeId edge, const Resolved& resolved);
  void add_raw_link(const RawLink& raw);

  // resolve_reference.cc
  void resolve(const Reference& reference, const Value& value, Resolved& resolved);
  void resolve_found(const Reference& reference, const Found& found, Resolved& resolved);
  void resolve_text(const Reference& reference, const Value& value, std::string_view text, Resolved& resolved);
  void resolve_elsewhere(const Reference& reference, const Value& value, const std::string& key, Resolved& resolved);
  void resolve_template(const Reference& reference, const Value& value, Resolved& resolved);
  void resolve_symbol(const Reference& reference, const Value& value, Resolved& resolved);
  bool resolve_instances(const Reference& reference, const Value& value, Resolved& resolved);
  bool resolve_member(const Reference& reference, const Value& value, const Named& named, std::uint32_t instance,
                      Resolved& resolved);
  bool resolve_id(const Reference& reference, const Value& value, const std::string& key, Resolved& resolved);
  Named find_instances(const Names& names, const Symbol& symbol) const;
  Named locate(const Names& names, const Symbol& symbol) const;
  bool resolve_mentions(const Reference& reference, const Value& value, Resolved& resolved);
  bool is_certain(const Reference& reference, const Value& value, const Named& named, const Node& target) const;
  NodeId external_node(const Reference& reference, KindId kind, std::string_view text, const Value& value, Span span);
  NodeId gift_node(NodeId giver, const Gift& gift);
  const Gift* find_gift(NodeId giver, std::string_view name) const;
  bool allows(const Reference& reference, KindId kind) const;
  void add_link(const Reference& reference, NodeId target, bool is_certain, Resolved& resolved) const;

  // mentions.cc
  Mentions mentions_in(std::uint32_t configuration, const Symbol& symbol) const;
  Mentions mentions_in_text(const Names& names, std::string_view text) const;
  bool may_be_made_here(std::uint32_t configuration, const Unknown& why) const;
  bool reads_back(std::uint32_t configuration, const Value& value, int depth) const;

  const Unknown* why(UnknownReason reason, std::string_view detail, const Symbol* symbol = nullptr);
  std::span<const KindId> kinds_of(EdgeId edge) const { return edge_kinds_[edge.index]; }

  const Schema& schema_;
  std::vector<Join> joins_;
  std::unique_ptr<Graph::State> state_;
  std::vector<std::vector<KindId>> edge_kinds_;  // By edge: the kinds that it leads to.
  std::vector<Instance> instances_;
  std::vector<Origin> origins_;                                  // By node.
  std::vector<Names> names_;                                     // By configuration.
  std::vector<std::pair<std::uint32_t, const Mapping*>> later_;  // Resources that are no nodes.
  std::map<std::pair<NodeId, const Gift*>, NodeId> gifts_;
  std::unordered_set<std::uint32_t> read_back_;  // External nodes that may be nodes which are made here.
  std::vector<RawLink> links_;
  std::vector<RawRest> rests_;
  std::unordered_map<std::uint32_t, bool> is_read_back_;  // The same of data sources, as far as asked.
  bool has_symbol_ids_ = false;
  const Unknown* limit_ = nullptr;  // Set once there are too many links.
};

// The text under which a value is known to be the same as another: a literal, a template of symbols, a symbol. Empty
// if it has no identity.
std::string reference_key(const Value& value);

}  // namespace halint
