// YAML text -> tree: the one file of rules/ that knows yaml-cpp, and catches what it throws.
// SPDX-License-Identifier: Apache-2.0
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <streambuf>
#include <unordered_map>

#include "rules/yaml_tree.h"

namespace halint {
namespace {

constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxNodes = 100'000;

// Reads a text in place.
class TextBuffer : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // Only read from.
    setg(begin, begin, begin + text.size());
  }
};

class TreeBuilder : public YAML::EventHandler {
 public:
  explicit TreeBuilder(YamlTree& tree) : tree_(tree) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { add(mark, anchor); }
  void OnAlias(const YAML::Mark&, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    // An alias inside what it stands for would be a circle.
    if (found == anchors_.end() || std::find(open_.begin(), open_.end(), found->second) != open_.end()) {
      place(add_node({}));
    } else {
      place(found->second);
    }
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const bool is_quoted = tag == "!";
    const std::uint32_t index = add(mark, anchor);
    YamlNode& node = tree_.nodes[index];
    node.is_quoted = is_quoted;
    node.text = value;
    const bool is_null = !is_quoted && (value.empty() || value == "~" || value == "null");
    node.kind = is_null ? YamlNode::Kind::kNull : YamlNode::Kind::kScalar;
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, anchor, YamlNode::Kind::kList);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, anchor, YamlNode::Kind::kMap);
  }
  void OnMapEnd() override { close(); }

 private:
  std::uint32_t add_node(YamlNode node) {
    if (tree_.nodes.size() >= kMaxNodes) throw YAML::ParserException(YAML::Mark(), "the file has too many values");
    tree_.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(tree_.nodes.size() - 1);
  }

  std::uint32_t add(const YAML::Mark& mark, YAML::anchor_t anchor) {
    YamlNode node;
    node.begin = static_cast<std::uint32_t>(std::max(mark.pos, 0));
    const std::uint32_t index = add_node(std::move(node));
    if (anchor != 0) anchors_[anchor] = index;
    place(index);
    return index;
  }

  // Puts a node into the innermost open list or map.
  void place(std::uint32_t index) {
    if (open_.empty()) return;
    YamlNode& parent = tree_.nodes[open_.back()];
    if (parent.is_list()) {
      parent.children.emplace_back(0, index);
    } else if (keys_.back().has_key) {
      parent.children.emplace_back(keys_.back().key, index);
      keys_.back().has_key = false;
    } else {
      keys_.back() = {index, true};
    }
  }

  void open(const YAML::Mark& mark, YAML::anchor_t anchor, YamlNode::Kind kind) {
    if (open_.size() >= kMaxDepth) throw YAML::ParserException(mark, "the file is nested too deeply");
    const std::uint32_t index = add(mark, anchor);
    tree_.nodes[index].kind = kind;
    open_.push_back(index);
    keys_.push_back({});
  }

  void close() {
    open_.pop_back();
    keys_.pop_back();
  }

  struct Key {
    std::uint32_t key = 0;
    bool has_key = false;
  };

  YamlTree& tree_;
  std::vector<std::uint32_t> open_;
  std::vector<Key> keys_;
  std::unordered_map<YAML::anchor_t, std::uint32_t> anchors_;
};

}  // namespace

YamlTree read_yaml(std::string_view text) {
  YamlTree tree;
  try {
    TextBuffer buffer(text);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    TreeBuilder builder(tree);
    parser.HandleNextDocument(builder);
  } catch (const YAML::Exception& exception) {
    tree.error = exception.msg;
    tree.error_begin = static_cast<std::uint32_t>(
        std::clamp<std::size_t>(static_cast<std::size_t>(std::max(exception.mark.pos, 0)), 0, text.size()));
  }
  if (tree.nodes.empty()) tree.nodes.emplace_back();
  return tree;
}

}  // namespace halint
