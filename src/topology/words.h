// The words in names: what people call a thing says what they mean it to be.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "topology/fact_context.h"

namespace halint {

// The lower-case words of a name: letters between anything else, and between humps ("PublicSubnetA" is public, subnet,
// a).
std::vector<std::string> words_of(std::string_view name);

// What a node is called, each as words, the most telling first: its label, the key of its instance, its tags that name
// or classify it (of a template the parts that are written).
std::vector<std::vector<std::string>> names_of_node(FactContext& facts, NodeId node);
// All of these words.
std::vector<std::string> words_of_node(FactContext& facts, NodeId node);

// The value of a tag. Absent if there is none.
const Value& tag_of(FactContext& facts, NodeId node, std::string_view key);

bool has_word(const std::vector<std::string>& words, std::initializer_list<std::string_view> any_of);
// Two words in a row, or written as one: "jump host", "jumphost".
bool has_pair(const std::vector<std::string>& words, std::string_view first,
              std::initializer_list<std::string_view> second);

}  // namespace halint
