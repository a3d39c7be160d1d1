// Resources of servers and of the sockets that they listen on.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "nginx/maker.h"

namespace halint {

using namespace nginx_context;

void NginxMaker::make_server(const NginxBlock& server, std::string_view http) {
  constants_ = NginxConstants(server);
  std::vector<Value> names;
  for (const NginxDirective* line : server.find("server_name")) {
    for (const NginxWord& word : line->arguments) names.push_back(text(word));
  }
  const NginxDirective* listen = server.find_one("listen");
  std::string_view name = names.empty() ? std::string_view("_") : names.front().as_string();
  NginxHost socket = listen == nullptr ? read_listen("80") : read_listen(server.find("listen").front()->argument(0));
  std::string port = socket.port ? fmt::format(":{}", *socket.port) : std::string();
  std::string_view address = unique(fmt::format("server[{}{}]", name, port));

  NginxBody body(arena_);
  body.add("http", http.empty() ? unknown(root_.tree.gaps.front()) : text(http));
  const Unknown* rest = server.gaps.empty() ? nullptr : &unknown(server.gaps.front()).why();
  const NginxDirective* name_line = server.find_one("server_name");
  body.add("names", Value::list(arena_, names, {}, rest), name_line == nullptr ? Span() : name_line->whole);
  add_setting(server, body, "server_tokens", "server_tokens");
  add_setting(server, body, "root", "root");
  add_answer(server, body);
  add_response_headers(server, body);
  add_client_use(server, body);
  add_access(server, body);
  add_resource("nginx_server", name, address, server, body);
  add_opaque(server, address);
  make_lines(server, address);
  make_listens(server, address);
  make_locations(server, text(address), address, "");
}

void NginxMaker::make_listens(const NginxBlock& server, std::string_view address) {
  bool has_tls = false;
  for (const NginxDirective* line : server.find("ssl")) has_tls |= line->argument(0) == "on";
  for (const NginxDirective* line : server.find("listen")) {
    NginxHost host = read_listen(line->argument(0));
    NginxBody body(arena_);
    body.add("server", text(address));
    body.add_text("address", host.is_unix ? host.host : host.host.empty() ? "*" : host.host, line->header);
    if (host.port) {
      body.add_integer("port", *host.port, line->header);
    } else if (!host.is_unix) {
      body.add("port", unknown({line->header, "the port is not written as a number"}));
    }
    auto has = [&](std::string_view word) {
      return std::ranges::find(line->arguments, word, &NginxWord::text) != line->arguments.end();
    };
    body.add_flag("is_tls", has("ssl") || has("quic") || has_tls);
    body.add_flag("has_proxy_protocol", has("proxy_protocol"));
    const NginxSocket& socket = sockets_.at(socket_key(line->argument(0)));
    if (socket.given == nullptr && !http_->gaps.empty()) {
      body.add("is_default", unknown(http_->gaps.front()));
    } else {
      body.add_flag("is_default", (socket.given != nullptr ? socket.given : socket.first) == &server);
    }
    std::string_view own = unique(fmt::format("{}/listen[{}]", address, line->argument(0)));
    add_resource("nginx_listen", line->argument(0), own, line->header, line->whole, body);
  }
  if (!server.find("listen").empty() || !server.gaps.empty()) return;
  // Without `listen`, nginx takes port 80.
  NginxBody body(arena_);
  body.add("server", text(address));
  body.add_text("address", "*");
  body.add_integer("port", 80);
  body.add("is_default", unknown({server.head->header, "there is no `listen`"}));
  std::string_view own = unique(fmt::format("{}/listen[80]", address));
  add_resource("nginx_listen", "80", own, server.head->header, server.head->header, body);
}

// `return 301 https://...;`
void NginxMaker::add_answer(const NginxBlock& block, NginxBody& body) {
  const auto lines = block.find("return");
  if (lines.empty()) {
    if (!block.gaps.empty()) body.add("return_code", unknown(block.gaps.front()));
    return;
  }
  const NginxDirective& line = *lines.front();
  if (line.arguments.empty()) return;
  int code = 302;
  std::string_view first = line.argument(0);
  auto [end, error] = std::from_chars(first.data(), first.data() + first.size(), code);
  bool has_code = error == std::errc() && end == first.data() + first.size();
  body.add_integer("return_code", has_code ? code : 302, line.whole);
  std::size_t target = has_code ? 1 : 0;
  if (target < line.arguments.size()) body.add("return_text", text(line.arguments[target]), line.whole);
}

namespace {

// Names of the headers; `is_certain` leaves out those whose value a variable gives, since an empty one is not sent.
std::vector<std::string> header_names(const NginxSetting& setting, bool is_certain) {
  std::vector<std::string> names;
  for (const NginxDirective* line : setting.lines) {
    if (line->arguments.empty() || (is_certain && line->argument(1).starts_with('$'))) continue;
    names.push_back(in_small_letters(line->argument(0)));
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace

// The headers that an answer gets, and those of the blocks around that the block's own headers replace.
void NginxMaker::add_response_headers(const NginxBlock& block, NginxBody& body) {
  NginxSetting setting = find_setting(block, "add_header");
  NginxSetting inherit = find_setting(block, "add_header_inherit");
  bool is_merged = inherit.is_set() && inherit.lines.back()->argument(0) == "merge";
  std::vector<std::string> names = header_names(setting, false), lost;
  if (setting.where == &block && block.parent != nullptr && !is_merged) {
    NginxSetting outer = find_setting(*block.parent, "add_header");
    if (outer.gap == nullptr) std::ranges::set_difference(header_names(outer, true), names, std::back_inserter(lost));
  }
  auto list = [&](const std::vector<std::string>& texts) {
    std::vector<Value> items;
    for (const std::string& name : texts) items.push_back(text(name));
    return items;
  };
  const NginxGap* gap = setting.gap != nullptr ? setting.gap : setting.more;
  if (gap == nullptr && is_merged) gap = inherit.gap;
  Span span = setting.is_set() ? setting.lines.front()->whole : Span();
  Span own = setting.where == &block ? span : Span();
  if (setting.gap != nullptr || is_merged) {
    static const NginxGap kMerged = {{}, "`add_header_inherit` merges the headers"};
    body.add("response_headers", unknown(setting.gap != nullptr ? *setting.gap : kMerged));
  } else {
    body.add("response_headers",
             Value::list(arena_, list(names), span, gap == nullptr ? nullptr : &unknown(*gap).why()), own);
  }
  if (!lost.empty() && setting.more != nullptr) {
    body.add("lost_headers", unknown(*setting.more));
  } else {
    body.add("lost_headers", Value::list(arena_, list(lost), own), own);
  }
}

// What the block does with the client's address, and whether it knows the real one behind a load balancer.
void NginxMaker::add_client_use(const NginxBlock& block, NginxBody& body) {
  Value ranges = setting_list(block, "set_real_ip_from");
  if (!ranges.is_absent()) body.add("real_ip_from", ranges);
  add_setting(block, body, "real_ip_header", "real_ip_header");
}

}  // namespace halint
