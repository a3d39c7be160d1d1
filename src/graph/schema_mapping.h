// How one format spells a kind: the compiled form of the `terraform:` part of a schema file (docs/schema-language.md).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/schema.h"

namespace halint {

// `health_check.path`, `subnet_mapping[*].subnet_id`, `/vpc_id`.
struct SourcePath {
  struct Step {
    std::string name;
    bool each = false;  // `name[*]`: all items of the list; without it, a list of blocks means its first.
  };
  std::vector<Step> steps;
  bool from_resource = false;  // Starts with `/`: seen from the resource, not from the block that `each` names.
  Span span;
};

// Where an attribute's value comes from.
struct AttributeSource {
  enum class Form : std::uint8_t {
    kFirst,     // The first path that is set.
    kUnion,     // The items of all paths, as one list.
    kPresent,   // Whether any path is set.
    kPairs,     // A list of blocks with a key and a value each, as a map.
    kConstant,  // `fallback`, whatever is written.
  };
  AttributeId id;
  Form form = Form::kFirst;
  std::vector<SourcePath> from;
  std::vector<std::pair<std::string, Value>> values;  // Replaced words; others stay.
  Value fallback;                                     // What the format means if nothing is set. May be absent.
  Value undecided;                                    // Instead of `fallback`, if a path of `unless` is set.
  std::vector<SourcePath> unless;
  std::string key, value;  // kPairs: the members of a block.
  std::string pick;        // kPairs: only the value of this key, not the map.
  char split = '\0';       // Items of a delimited string.
  bool lower = false;
  bool is_base64 = false;  // A text that is base64 means what it decodes to.
};

// Where an edge comes from.
struct EdgeSource {
  EdgeId id;
  std::vector<SourcePath> from;
  bool is_owner = false;              // Leads to the node of the resource itself (of a block's node).
  bool is_known_only = false;         // Only to nodes that exist; makes no external one.
  bool is_elsewhere = false;          // To nodes of other configurations of the graph, by their ids.
  bool is_joined = false;             // Leads where a `Join` says.
  const Unknown* unjoined = nullptr;  // Why it is not known where it leads if none does.
  KindId kind;                        // Of an external target. 0: by the literal's prefix, else the edge's only kind.
  std::vector<std::string> except;    // Words that name nothing ("local").
  char split = '\0';
};

// `per:` makes one node for each item of some lists: each sets one attribute or one edge of its node.
struct ItemSource {
  std::string label;  // As the address says it: "cidr".
  bool is_edge = false;
  AttributeSource attribute;
  EdgeSource edge;
};

// An attribute that hands out the identity of another node which is made along with this one: a VPC's
// `default_route_table_id`.
struct Gift {
  std::vector<std::string> names;
  KindId kind;
  EdgeId edge;  // From the giver to it; 0 is none.
  EdgeId back;  // From it to the giver; 0 is none.
  bool has_edge = false, has_back = false;
  std::vector<std::pair<AttributeId, Value>> attributes;
};

struct Mapping {
  enum class Form : std::uint8_t {
    kNode,  // The resource, or each of its blocks, is a node.
    kLink,  // The resource is only an edge between two others.
    kAdd,   // The resource adds to list attributes of another node.
  };
  Form form = Form::kNode;
  Format format = Format::kTerraform;
  KindId kind;
  std::string type;
  bool is_data = false;
  SourcePath each;  // Blocks that are nodes. No steps: the resource itself is the node.
  std::vector<ItemSource> per;
  std::vector<AttributeSource> attributes;
  std::vector<EdgeSource> edges;
  std::vector<SourcePath> ids;  // Attributes by which others name the node.
  std::vector<Gift> gifts;
  SourcePath adopts;        // The value names a gift, and this resource is what was given.
  SourcePath adopts_giver;  // Or: the giver, and the name of the gift.
  std::string adopts_name;
  EdgeSource link_source;                   // kLink: the edge's beginning. kAdd: the node that is added to.
  EdgeSource link;                          // kLink: the edge and its end.
  std::vector<std::string> other_versions;  // Names that only other versions of the provider know; for tests.
};

// A public module whose makers say what it makes; it adds nothing else to what is passed to it.
struct KnownModule {
  std::string source;
  std::vector<KindId> kinds;
  std::vector<EdgeId> edges;  // That it adds without making their beginning.
};

struct Schema::State {
  struct TypeMappings {
    Format format = Format::kTerraform;
    bool is_data = false;
    std::string type;
    std::vector<Mapping> mappings;  // The one that makes the resource's own node comes first.
  };

  Arena arena;                  // Of constants and defaults.
  std::vector<KindInfo> kinds;  // By KindId.
  std::vector<std::pair<std::string, KindId>> id_prefixes;
  std::vector<AttributeInfo> common;   // Attributes of every kind: node.yaml.
  std::vector<KnownModule> modules;    // By source.
  std::vector<TypeMappings> types;     // Sorted by format, is_data, type, once loaded.
  std::vector<TypeMappings> unmapped;  // One for each format: nodes of kind `other`.
};

}  // namespace halint
