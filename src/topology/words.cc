// The words in names.
// SPDX-License-Identifier: Apache-2.0
#include "topology/words.h"

#include <algorithm>

namespace halint {
namespace {

const Value kNoTag;

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

void append_words(std::string_view text, std::vector<std::string>& words) {
  std::string word;
  auto finish = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (!is_upper(c) && !is_lower(c)) {
      finish();
      continue;
    }
    // A hump begins a word: "subnetPublic", "VPCSubnet".
    bool after_lower = i > 0 && is_lower(text[i - 1]);
    bool before_lower = i + 1 < text.size() && is_lower(text[i + 1]) && i > 0 && is_upper(text[i - 1]);
    if (is_upper(c) && (after_lower || before_lower)) finish();
    word += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  finish();
}

void append_value(const Value& value, std::vector<std::string>& words) {
  if (value.is(ValueKind::kString)) append_words(value.as_string(), words);
  if (!value.is(ValueKind::kTemplate)) return;
  for (const Value& part : value.items()) {
    if (part.is(ValueKind::kString)) append_words(part.as_string(), words);
  }
}

// Tags that say what a thing is, not whose it is.
bool is_telling(std::string_view key) {
  std::vector<std::string> words = words_of(key);
  return has_word(words, {"name", "tier", "type", "network", "role", "visibility", "access", "kind", "layer"});
}

}  // namespace

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  append_words(name, words);
  return words;
}

std::vector<std::vector<std::string>> names_of_node(FactContext& facts, NodeId id) {
  const Node& node = facts.node(id);
  std::vector<std::vector<std::string>> names;
  names.push_back(words_of(node.name));
  // `aws_subnet.this["public-a"]`
  if (std::size_t key = node.address.rfind('['); key != std::string_view::npos && node.address.ends_with(']')) {
    names.push_back(words_of(node.address.substr(key)));
  }
  const Value& tags = facts.attribute(id, facts.names.tags);
  if (!tags.is(ValueKind::kMap)) return names;
  for (const Member& tag : tags.members()) {
    if (!is_telling(tag.key)) continue;
    names.emplace_back();
    append_value(tag.value, names.back());
  }
  return names;
}

std::vector<std::string> words_of_node(FactContext& facts, NodeId node) {
  std::vector<std::string> words;
  for (const std::vector<std::string>& name : names_of_node(facts, node))
    words.insert(words.end(), name.begin(), name.end());
  return words;
}

const Value& tag_of(FactContext& facts, NodeId node, std::string_view key) {
  const Value& tags = facts.attribute(node, facts.names.tags);
  return tags.is(ValueKind::kMap) ? tags.member(key) : kNoTag;
}

bool has_word(const std::vector<std::string>& words, std::initializer_list<std::string_view> any_of) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(any_of.begin(), any_of.end(), word) != any_of.end();
  });
}

bool has_pair(const std::vector<std::string>& words, std::string_view first,
              std::initializer_list<std::string_view> second) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (std::string_view next : second) {
      if (words[i] == std::string(first).append(next)) return true;
      if (words[i] == first && i + 1 < words.size() && words[i + 1] == next) return true;
    }
  }
  return false;
}

}  // namespace halint
