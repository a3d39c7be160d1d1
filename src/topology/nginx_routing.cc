// Which server and which location of an nginx configuration a request meets.
// SPDX-License-Identifier: Apache-2.0
#include "topology/nginx_routing.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace halint {
namespace {

Value unknown(const Graph& graph, std::string_view detail) {
  Unknown why;
  why.reason = UnknownReason::kUnsupported;
  why.detail = graph.arena().copy(detail);
  return Value::unknown(graph.arena(), why);
}

enum class Match : std::uint8_t { kNo, kYes, kUnknown };

// nginx's regular expressions are those of PCRE, of which RE2 knows the greater part.
Match matches(std::string_view pattern, std::string_view text, bool ignores_case) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(!ignores_case);
  options.set_encoding(re2::RE2::Options::EncodingLatin1);
  std::string spelled(pattern);
  // `(?<name>x)`: RE2 wants a P.
  for (std::size_t at = spelled.find("(?<"); at != std::string::npos; at = spelled.find("(?<", at + 4)) {
    if (at + 3 < spelled.size() && spelled[at + 3] != '=' && spelled[at + 3] != '!') spelled.insert(at + 2, "P");
  }
  const re2::RE2 compiled(spelled, options);
  if (!compiled.ok()) return Match::kUnknown;
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), compiled) ? Match::kYes : Match::kNo;
}

// Nodes in the order in which the configuration has them.
std::vector<NodeId> in_order(const Targets& targets) {
  std::vector<NodeId> nodes;
  for (const Link& link : targets.links) nodes.push_back(link.node);
  std::ranges::sort(nodes);
  return nodes;
}

struct Location {
  NodeId id;
  std::string_view modifier, pattern;
};

class LocationSearch {
 public:
  LocationSearch(const Graph& graph, std::string_view path) : graph_(graph), path_(path) {}

  // Reads the locations of a server; false if they are not all known.
  bool read(NodeId server) {
    const Targets all = graph_.sources(server, "nginx_location", "server");
    if (all.rest != nullptr) why_ = all.rest;
    for (NodeId id : in_order(all)) {
      const Value& modifier = graph_.attribute(id, "modifier");
      const Value& pattern = graph_.attribute(id, "pattern");
      if (!modifier.is(ValueKind::kString) || !pattern.is(ValueKind::kString)) continue;
      const Targets parent = graph_.targets(id, "parent");
      std::uint32_t key = parent.links.empty() ? kTop : parent.links.front().node.index;
      inside_[key].push_back({id, modifier.as_string(), pattern.as_string()});
    }
    return why_ == nullptr;
  }

  Value find() {
    bool is_final = false;
    const Location* found = find_in(kTop, 0, is_final);
    if (why_ != nullptr) return Value::unknown(why_);
    if (!is_sure_) return unknown(graph_, "a regular expression of a location is one that halint does not understand");
    return found == nullptr ? Value::null() : Value::node(found->id);
  }

 private:
  static constexpr std::uint32_t kTop = 0xFFFFFFFF;

  // `is_final`: nothing that comes later can be better.
  const Location* find_in(std::uint32_t parent, int depth, bool& is_final) {
    constexpr int kDeepest = 100;  // As deep as the front end reads.
    const auto level = inside_.find(parent);
    if (level == inside_.end() || depth > kDeepest) return nullptr;
    const Location* best = nullptr;
    for (const Location& location : level->second) {
      if (location.modifier == "=" && location.pattern == path_) {
        is_final = true;
        return &location;
      }
      bool is_prefix = (location.modifier.empty() || location.modifier == "^~") && path_.starts_with(location.pattern);
      if (is_prefix && (best == nullptr || location.pattern.size() > best->pattern.size())) best = &location;
    }
    const bool skips_patterns = best != nullptr && best->modifier == "^~";
    if (best != nullptr) {
      const Location* inner = find_in(best->id.index, depth + 1, is_final);
      if (inner != nullptr) best = inner;
      if (is_final) return best;
    }
    return skips_patterns ? best : find_pattern(level->second, best, depth, is_final);
  }

  const Location* find_pattern(const std::vector<Location>& level, const Location* best, int depth, bool& is_final) {
    for (const Location& location : level) {
      if (location.modifier != "~" && location.modifier != "~*") continue;
      const Match match = matches(location.pattern, path_, location.modifier == "~*");
      if (match == Match::kUnknown) is_sure_ = false;
      if (match == Match::kNo) continue;
      const Location* inner = find_in(location.id.index, depth + 1, is_final);
      is_final = true;
      return inner != nullptr ? inner : &location;
    }
    return best;
  }

  const Graph& graph_;
  std::string_view path_;
  std::map<std::uint32_t, std::vector<Location>> inside_;  // By the location around them.
  const Unknown* why_ = nullptr;
  bool is_sure_ = true;
};

// How well a server's name fits: greater is better, 0 not at all.
std::size_t fit_of(std::string_view name, std::string_view host, bool& is_sure) {
  constexpr std::size_t kExact = 3'000'000, kLeading = 2'000'000, kTrailing = 1'000'000, kPattern = 1;
  if (name.starts_with('~')) {
    const Match match = matches(name.substr(1), host, true);
    if (match == Match::kUnknown) is_sure = false;
    return match == Match::kYes ? kPattern : 0;
  }
  if (name == host) return kExact;
  if (name.starts_with('.') && (host == name.substr(1) || host.ends_with(name))) {
    return host == name.substr(1) ? kExact : kLeading + name.size();
  }
  if (name.starts_with("*.") && host.ends_with(name.substr(1)) && host.size() > name.size() - 1) {
    return kLeading + name.size();
  }
  bool is_trailing = name.ends_with(".*") && host.starts_with(name.substr(0, name.size() - 1));
  return is_trailing ? kTrailing + name.size() : 0;
}

}  // namespace

Value nginx_location_for(const Graph& graph, NodeId server, std::string_view path) {
  LocationSearch search(graph, path);
  search.read(server);
  return search.find();
}

Value nginx_server_for(const Graph& graph, NodeId http, std::int64_t port, std::string_view host) {
  const Targets servers = graph.sources(http, "nginx_server", "http");
  if (servers.rest != nullptr) return Value::unknown(servers.rest);
  Value best = Value::null(), answering = Value::null();
  std::size_t best_fit = 0;
  bool is_sure = true;
  for (NodeId server : in_order(servers)) {
    const Targets listens = graph.sources(server, "nginx_listen", "server");
    if (listens.rest != nullptr) return Value::unknown(listens.rest);
    bool is_there = false;
    for (const Link& link : listens.links) {
      const Value& own = graph.attribute(link.node, "port");
      if (own.is_unknown()) return own;
      if (!own.is(ValueKind::kNumber) || own.as_integer() != port) continue;
      is_there = true;
      const Value& is_default = graph.attribute(link.node, "is_default");
      if (is_default.is(ValueKind::kBool) && is_default.as_bool()) answering = Value::node(server);
      if (is_default.is_unknown() && answering.is_null()) answering = is_default;
    }
    if (!is_there) continue;
    const Value& names = graph.attribute(server, "names");
    if (names.is_unknown()) return names;
    for (const Value& name : names.is(ValueKind::kList) ? names.items() : std::span<const Value>()) {
      if (!name.is(ValueKind::kString)) return name.is_unknown() ? name : unknown(graph, "a name is not known");
      const std::size_t fit = fit_of(name.as_string(), host, is_sure);
      if (fit <= best_fit) continue;
      best_fit = fit;
      best = Value::node(server);
    }
  }
  if (!is_sure && best_fit < 2) return unknown(graph, "a `server_name` is a pattern that halint does not understand");
  return best_fit > 0 ? best : answering;
}

}  // namespace halint
