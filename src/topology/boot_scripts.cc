// What machines run when they first start.
// SPDX-License-Identifier: Apache-2.0
#include "topology/boot_scripts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>

#include "base/base64.h"

namespace halint {
namespace {

bool is_word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// User data of launch templates is base64; that of instances may be. A script is text and never by chance base64.
std::string decoded(std::string_view text) {
  std::optional<std::string> plain = decode_base64(text);
  if (!plain || plain->empty()) return std::string(text);
  bool is_text = std::ranges::none_of(*plain, [](unsigned char c) { return c < 0x20 && std::isspace(c) == 0; });
  return is_text ? *plain : std::string(text);
}

void append_known(const Value& value, int depth, std::string& text, bool& is_known) {
  constexpr int kDeepest = 16;
  if (depth > kDeepest) return;
  if (value.is(ValueKind::kString)) {
    text += decoded(value.as_string());
    is_known = true;
  } else if (value.is(ValueKind::kTemplate)) {
    for (const Value& part : value.items()) append_known(part, depth + 1, text, is_known);
  } else if (value.is_unknown() && value.symbol() != nullptr && value.symbol()->kind == Symbol::Kind::kCall) {
    // A call with an argument that is not wholly known: its name holds what is.
    std::string_view call = value.symbol()->address;
    if (call.find('"') == call.npos) return;
    text += call;
    is_known = true;
  }
}

// The node whose `user_data` a machine starts with. None if there is none; `is_sure` tells whether that is known.
std::optional<NodeId> writer_of(const Graph& graph, NodeId machine, bool& is_sure) {
  is_sure = true;
  if (!graph.attribute(machine, "user_data").is_unset()) return machine;
  const Targets templates = graph.targets(machine, "launch_template");
  if (templates.links.size() == 1 && templates.links.front().is_certain && templates.rest == nullptr)
    return templates.links.front().node;
  is_sure = templates.links.empty() && templates.rest == nullptr;
  return std::nullopt;
}

}  // namespace

std::vector<BootScript> boot_scripts(const Graph& graph) {
  std::vector<BootScript> scripts;
  std::map<std::string_view, std::size_t> by_block;
  for (KindId kind : graph.schema().kinds_named("compute")) {
    for (NodeId machine : graph.nodes_of(kind)) {
      if (graph.node(machine).is_external) continue;
      bool is_sure = true;
      const std::optional<NodeId> writer = writer_of(graph, machine, is_sure);
      if (!writer && is_sure) continue;
      const NodeId written = writer.value_or(machine);
      auto [place, is_new] = by_block.emplace(without_instance_key(graph.node(written).address), scripts.size());
      if (is_new) {
        BootScript& script = scripts.emplace_back();
        script.written = written;
        if (const AttributeInfo* info =
                graph.schema().find_attribute(graph.schema().kind(graph.node(written).kind).name, "user_data");
            info != nullptr && writer) {
          const Value& data = graph.attribute(written, info->id);
          append_known(data, 0, script.text, script.is_known);
          script.is_known = script.is_known || data.is_unset();
          script.span = graph.attribute_span(written, info->id);
        }
      }
      scripts[place->second].machines.push_back(machine);
    }
  }
  return scripts;
}

std::string boot_text(const Graph& graph, NodeId machine) {
  bool is_sure = true;
  const std::optional<NodeId> writer = writer_of(graph, machine, is_sure);
  std::string text;
  bool is_known = false;
  if (writer) append_known(graph.attribute(*writer, "user_data"), 0, text, is_known);
  return text;
}

bool mentions_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if (at > 0 && is_word_character(text[at - 1])) continue;
    if (end < text.size() && is_word_character(text[end])) continue;
    return true;
  }
  return false;
}

bool starts_containers(std::string_view text) {
  constexpr std::array<std::string_view, 7> kWords = {"docker",  "podman",     "nerdctl", "containerd",
                                                      "kubelet", "kubernetes", "ecs"};
  return std::ranges::any_of(kWords, [&](std::string_view word) { return mentions_word(text, word); });
}

}  // namespace halint
