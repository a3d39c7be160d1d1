// Redirects of nginx to https that ask only nginx's own scheme.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

#include "topology/nginx_answers.h"

namespace halint {
namespace {

std::string in_small_letters(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

// `${host}` is `$host`.
std::string without_braces(std::string_view text) {
  std::string result;
  for (char c : text) {
    if (c != '{' && c != '}') result += c;
  }
  return result;
}

// The parts of `https://$host$request_uri`.
struct HttpsAddress {
  std::string host, rest;
};

bool read_https(std::string_view text, HttpsAddress& address) {
  constexpr std::string_view kScheme = "https://";
  const std::string plain = in_small_letters(without_braces(text));
  if (!plain.starts_with(kScheme)) return false;
  std::size_t end = kScheme.size();
  // A host ends at a path, or at a variable that follows its first character.
  while (end < plain.size() && plain[end] != '/' && plain[end] != '?') {
    if (plain[end] == '$' && end > kScheme.size()) break;
    ++end;
  }
  address.host = plain.substr(kScheme.size(), end - kScheme.size());
  if (address.host.ends_with(":443")) address.host.resize(address.host.size() - 4);
  address.rest = plain.substr(end);
  return true;
}

bool is_own_host(FactContext& facts, NodeId server, const std::string& host) {
  if (host == "$host" || host == "$http_host") return true;
  const Value& names = facts.graph.attribute(server, "names");
  if (!names.is(ValueKind::kList)) return false;
  if (host == "$server_name") return !names.items().empty();
  return std::ranges::any_of(names.items(), [&](const Value& name) {
    return name.is(ValueKind::kString) && in_small_letters(name.as_string()) == host;
  });
}

bool keeps_path(const std::string& rest) {
  return rest.starts_with("$request_uri") || rest.starts_with("$uri") || rest.starts_with("/$request_uri");
}

// `($scheme = http)`: true of every request that comes without TLS to nginx.
bool is_true_of_plain(std::string_view condition) {
  std::string text;
  for (char c : condition) {
    if (std::isspace(static_cast<unsigned char>(c)) == 0 && c != '"' && c != '\'') text += c;
  }
  constexpr std::array<std::string_view, 7> kConditions = {"($scheme=http)",   "($scheme!=https)", "($scheme~http$)",
                                                           "($scheme~^http$)", "($https=)",        "($https!=on)",
                                                           "($ssl_protocol=)"};
  return std::ranges::find(kConditions, text) != kConditions.end();
}

std::string_view text_of(const Value& value) {
  return value.is(ValueKind::kString) ? value.as_string() : std::string_view();
}

// What one server answers, block by block.
class Redirects {
 public:
  Redirects(FactContext& facts, NodeId server)
      : facts_(facts),
        server_(server),
        locations_(facts.sources(server, facts.names.nginx_location, facts.names.to_server)) {}

  Value find() {
    add(server_, !has_condition(server_), false);
    for (const NodeItem& location : locations_.items()) {
      const std::string_view modifier = text_of(facts_.graph.attribute(location.node, "modifier"));
      const bool is_top = around(location.node) == server_;
      if (modifier == "if") {
        // A condition that stands in a location holds for its requests only.
        if (is_true_of_plain(text_of(facts_.graph.attribute(location.node, "pattern"))))
          add(location.node, true, !is_top);
      } else if (modifier != "limit_except" && modifier != "@") {
        add(location.node, !has_condition(location.node), true);
      }
    }
    found_.add_rest(locations_.rest());
    return found_.to_value(facts_.arena());
  }

 private:
  NodeId around(NodeId location) { return facts_.target(location, facts_.names.to_parent).value_or(server_); }

  // A condition in the same block may have answered before.
  bool has_condition(NodeId scope) {
    return std::ranges::any_of(locations_.items(), [&](const NodeItem& item) {
      return text_of(facts_.graph.attribute(item.node, "modifier")) == "if" && around(item.node) == scope;
    });
  }

  void add(NodeId scope, bool is_certain, bool must_keep_path) {
    const Value& code = facts_.graph.attribute(scope, "return_code");
    if (code.is_unknown()) return found_.add_rest(&code.why());
    if (!code.is(ValueKind::kNumber)) return;
    constexpr std::array<std::int64_t, 5> kRedirects = {301, 302, 303, 307, 308};
    HttpsAddress address;
    const Value& text = facts_.graph.attribute(scope, "return_text");
    if (std::ranges::find(kRedirects, code.as_integer()) == kRedirects.end() || !read_https(text_of(text), address))
      return;
    if (!is_own_host(facts_, server_, address.host) || (must_keep_path && !keeps_path(address.rest))) return;
    found_.add(scope, facts_.node(scope).header, is_certain);
  }

  FactContext& facts_;
  NodeId server_;
  NodeSet locations_, found_;
};

}  // namespace

Value nginx_server_https_redirects(FactContext& facts, NodeId server) {
  return Redirects(facts, server).find();
}

}  // namespace halint
