// Resources of `http` itself, of its variables and of its upstreams.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "nginx/maker.h"

namespace halint {

using namespace nginx_context;

namespace {

// Directives that choose the server of an upstream. Two of them contradict each other.
constexpr std::string_view kMethods[] = {"hash", "ip_hash", "least_conn", "least_time", "random", "fair"};

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// `max_fails=3` -> `3`; null if no argument begins like this.
const NginxWord* option(const NginxDirective& line, std::string_view name, std::string_view& value) {
  for (const NginxWord& word : line.arguments.subspan(std::min<std::size_t>(1, line.arguments.size()))) {
    if (!word.text.starts_with(name)) continue;
    value = word.text.substr(name.size());
    return &word;
  }
  return nullptr;
}

bool has_word(const NginxDirective& line, std::string_view text, Span& span) {
  for (const NginxWord& word : line.arguments) {
    if (word.text != text) continue;
    span = word.span;
    return true;
  }
  return false;
}

// The size of the name of a cache in `proxy_cache_path ... keys_zone=app:10m`.
std::string_view zone_name(std::string_view text) {
  return text.substr(0, text.find(':'));
}

}  // namespace

void NginxMaker::make() {
  const NginxBlock& tree = root_.tree;
  if (tree.context == kMain) {
    for (const auto& block : tree.blocks) {
      if (block->context == kHttp && block->head->name.text == "http") make_http(*block);
    }
    add_other_sockets(tree);
  } else if (tree.context == kHttp) {
    make_http(tree);
  } else if (tree.context == kServer || tree.context == kLocation) {
    // Locations of a server that is elsewhere.
    constants_ = NginxConstants(tree);
    make_lines(tree, "");
    make_locations(tree, unknown(tree.gaps.front()), "", "");
  }
}

void NginxMaker::make_http(const NginxBlock& http) {
  http_ = &http;
  upstreams_.clear();
  sockets_.clear();
  std::string_view address;
  if (http.head != nullptr) {
    address = unique("http");
    NginxBody body(arena_);
    std::vector<Value> zones;
    for (std::string_view directive :
         {"proxy_cache_path", "fastcgi_cache_path", "uwsgi_cache_path", "scgi_cache_path"}) {
      for (const NginxDirective* line : http.find(directive)) {
        std::string_view value;
        const NginxWord* word = option(*line, "keys_zone=", value);
        if (word != nullptr) zones.push_back(text(zone_name(value), word->span));
      }
    }
    const Unknown* rest = http.gaps.empty() ? nullptr : &unknown(http.gaps.front()).why();
    body.add("cache_zones", Value::list(arena_, zones, {}, rest));
    add_setting(http, body, "server_tokens", "server_tokens");
    add_resource("nginx_http", "http", address, http, body);
    add_opaque(http, address);
  }
  make_lines(http, address);
  for (const auto& block : http.blocks) {
    if (block->context == kData) make_variable_block(*block);
    if (block->context == kData) make_site_patterns(*block, address);
    if (block->context == kUpstream) make_upstream(*block, address);
  }
  for (const auto& block : http.blocks) {
    if (block->context != kServer) continue;
    for (const NginxDirective* line : block->find("listen")) {
      NginxSocket& socket = sockets_[socket_key(line->argument(0))];
      if (socket.first == nullptr) socket.first = block.get();
      Span span;
      bool is_given = has_word(*line, "default_server", span) || has_word(*line, "default", span);
      if (is_given && socket.given == nullptr) socket.given = block.get();
    }
  }
  for (const auto& block : http.blocks) {
    if (block->context == kServer) make_server(*block, address);
  }
}

void NginxMaker::make_variable_block(const NginxBlock& block) {
  std::string_view kind = block.head->name.text;
  std::span<const NginxWord> words = block.head->arguments;
  bool is_known = kind == "map" || kind == "geo" || kind == "split_clients";
  if (!is_known || words.empty()) return;
  NginxBody body(arena_);
  // `geo $x` looks at the client's address.
  bool has_source = words.size() > 1;
  if (has_source) {
    body.add("source", text(words[0]), words[0].span);
  } else {
    body.add_text("source", "$remote_addr");
  }
  body.add("variable", text(words.back()), words.back().span);
  body.add_text("form", kind);
  std::vector<Value> patterns, values;
  for (const NginxDirective* line : block.lines) {
    patterns.push_back(text(line->name));
    if (!line->arguments.empty()) values.push_back(text(line->arguments.front()));
  }
  const Unknown* rest = block.gaps.empty() ? nullptr : &unknown(block.gaps.front()).why();
  body.add("patterns", Value::list(arena_, patterns, {}, rest));
  body.add("values", Value::list(arena_, values, {}, rest));
  std::string_view address = unique(fmt::format("{}[{}]", kind, words.back().text));
  add_resource("nginx_variable", words.back().text, address, block, body);
}

void NginxMaker::add_methods(const NginxBlock& upstream, NginxBody& body) {
  std::vector<Value> methods;
  const NginxDirective* late_method = nullptr;
  bool has_keepalive = false;
  Span method_span;
  for (const NginxDirective* line : upstream.lines) {
    has_keepalive |= line->name.text == "keepalive";
    if (std::ranges::find(kMethods, line->name.text) == std::end(kMethods)) continue;
    methods.push_back(text(line->name.text, line->whole));
    method_span = line->whole;
    if (has_keepalive && late_method == nullptr) late_method = line;
    if (line->name.text == "hash")
      body.add("hash_key", text(line->arguments.empty() ? line->name : line->arguments[0]));
  }
  const Unknown* rest = upstream.gaps.empty() ? nullptr : &unknown(upstream.gaps.front()).why();
  body.add("methods", Value::list(arena_, methods, method_span, rest), method_span);
  Span late = late_method == nullptr ? Span() : late_method->whole;
  body.add_flag("has_method_after_keepalive", late_method != nullptr, late);
}

void NginxMaker::make_upstream(const NginxBlock& upstream, std::string_view http) {
  std::string_view name = upstream.head->argument(0);
  std::string_view address = unique(fmt::format("upstream[{}]", name));
  upstreams_.emplace(in_small_letters(name), address);
  NginxBody body(arena_);
  body.add("http", http.empty() ? unknown(root_.tree.gaps.front()) : text(http));
  add_methods(upstream, body);
  body.add_flag("is_dynamic", upstream.find_one("balancer_by_lua_block") != nullptr ||
                                  upstream.find_one("balancer_by_lua_file") != nullptr ||
                                  upstream.find_one("state") != nullptr);
  add_resource("nginx_upstream", name, address, upstream, body);
  add_opaque(upstream, address);
  for (const NginxDirective* line : upstream.find("server")) make_upstream_server(*line, address);
}

void NginxMaker::make_upstream_server(const NginxDirective& line, std::string_view upstream) {
  if (line.arguments.empty()) return;
  const NginxWord& where = line.arguments.front();
  NginxHost host = read_host(where.text);
  NginxBody body(arena_);
  body.add("upstream", text(upstream));
  if (host.is_known) {
    // One server however it is spelled: the port of `server a` is 80.
    body.add_text("host", host.host, where.span);
    body.add_flag("is_unix", host.is_unix);
    if (!host.is_unix) body.add_integer("port", host.port.value_or(80), where.span);
    std::string endpoint = host.is_unix ? host.host : fmt::format("{} {}", host.host, host.port.value_or(80));
    body.add_text("endpoint", endpoint, where.span);
  } else {
    Value why = unknown({where.span, fmt::format("`{}` holds a variable", where.text)});
    for (std::string_view key : {"host", "endpoint", "port"}) body.add(key, why, where.span);
  }
  Span span;
  for (std::string_view flag : {"backup", "down", "resolve"}) {
    if (has_word(line, flag, span)) body.add_flag(flag, true, span);
  }
  for (std::string_view key : {"max_fails", "weight", "max_conns"}) {
    std::string_view value;
    const NginxWord* word = option(line, fmt::format("{}=", key), value);
    if (word == nullptr) continue;
    if (auto number = number_of(value)) body.add_integer(key, *number, word->span);
  }
  for (std::string_view key : {"fail_timeout", "slow_start"}) {
    std::string_view value;
    const NginxWord* word = option(line, fmt::format("{}=", key), value);
    if (word != nullptr) body.add(key, text(value, word->span), word->span);
  }
  std::string_view address = unique(fmt::format("{}/server[{}]", upstream, where.text));
  add_resource("nginx_upstream_server", where.text, address, line.header, line.whole, body);
}

}  // namespace halint
