// A YAML document as a small tree with places: what rule files are read from.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace halint {

struct YamlNode {
  enum class Kind : std::uint8_t { kNull, kScalar, kList, kMap };
  Kind kind = Kind::kNull;
  bool is_quoted = false;   // kScalar: not plain, so always a string.
  std::uint32_t begin = 0;  // Byte offset of its first character.
  std::string text;         // kScalar
  // kList: items in `second`. kMap: keys and values in order. Indexes into the tree's nodes; an alias is the index
  // of what it stands for, so that nothing is copied.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> children;

  bool is_scalar() const { return kind == Kind::kScalar; }
  bool is_list() const { return kind == Kind::kList; }
  bool is_map() const { return kind == Kind::kMap; }
};

struct YamlTree {
  std::vector<YamlNode> nodes;  // The root is the first one. Never empty.
  std::string error;            // Not empty if the text is no YAML; `error_begin` says where.
  std::uint32_t error_begin = 0;

  const YamlNode& root() const { return nodes.front(); }
  const YamlNode& operator[](std::uint32_t index) const { return nodes[index]; }
  // The value of a key of a map; null if there is none.
  const YamlNode* find(const YamlNode& map, std::string_view key) const {
    for (const auto& [name, value] : map.children) {
      if (nodes[name].text == key) return &nodes[value];
    }
    return nullptr;
  }
};

// The first document of a text. Never fails but in `error`.
YamlTree read_yaml(std::string_view text);

// Where the characters of a scalar stand in the file: byte `offset` of its value. Exact for plain and quoted scalars
// and for blocks; escapes of double quotes may shift it by a few bytes.
std::uint32_t place_in(std::string_view file, const YamlNode& scalar, std::size_t offset);

}  // namespace halint
