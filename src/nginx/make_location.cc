// Resources of locations, and of the conditions that act like them.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "nginx/maker.h"

namespace halint {

using namespace nginx_context;

namespace {

// Directives that pass a request on; the last four name no scheme.
constexpr std::string_view kPasses[] = {"proxy_pass", "grpc_pass", "fastcgi_pass",
                                        "uwsgi_pass", "scgi_pass", "memcached_pass"};

struct Pattern {
  std::string_view modifier;  // "=", "^~", "~", "~*", "@", "if", "limit_except", or "".
  std::string text;
};

Pattern pattern_of(const NginxDirective& head) {
  Pattern pattern;
  if (head.name.text != "location") {
    pattern.modifier = head.name.text;
    for (const NginxWord& word : head.arguments) {
      pattern.text += (pattern.text.empty() ? "" : " ");
      pattern.text += word.text;
    }
    return pattern;
  }
  std::string_view first = head.argument(0);
  if (head.arguments.size() > 1) {
    pattern.modifier = first;
    pattern.text = head.argument(1);
    return pattern;
  }
  // `location ~^/x`: the modifier may stick to the pattern.
  for (std::string_view modifier : {"~*", "^~", "=", "~", "@"}) {
    if (!first.starts_with(modifier)) continue;
    pattern.modifier = modifier;
    pattern.text = first.substr(modifier.size());
    return pattern;
  }
  pattern.text = first;
  return pattern;
}

}  // namespace

void NginxMaker::make_locations(const NginxBlock& block, const Value& server, std::string_view server_address,
                                std::string_view parent) {
  constexpr NginxContexts kPlaces = kLocation | kServerIf | kLocationIf | kLimitExcept;
  for (const auto& inner : block.blocks) {
    if ((inner->context & kPlaces) != 0) make_location(*inner, server, server_address, parent);
  }
}

void NginxMaker::make_location(const NginxBlock& block, const Value& server, std::string_view server_address,
                               std::string_view parent) {
  Pattern pattern = pattern_of(*block.head);
  std::string_view around = parent.empty() ? server_address : parent;
  std::string label = pattern.modifier.empty() || pattern.modifier == "@"
                          ? fmt::format("{}{}", pattern.modifier, pattern.text)
                          : fmt::format("{} {}", pattern.modifier, pattern.text);
  std::string address = fmt::format("{}{}location[{}]", around, around.empty() ? "" : "/", label);
  if (block.head->name.text != "location")
    address = fmt::format("{}{}{}[{}]", around, around.empty() ? "" : "/", block.head->name.text, pattern.text);
  std::string_view own = unique(std::move(address));

  NginxBody body(arena_);
  body.add("server", server);
  if (!parent.empty()) body.add("parent", text(parent));
  body.add_text("modifier", pattern.modifier, block.head->header);
  body.add_text("pattern", pattern.text, block.head->header);
  for (std::string_view key : {"alias", "try_files", "internal", "deny"}) {
    Value value = this->own(block, key);
    if (!value.is_absent()) body.add(key, value, block.find_one(key) == nullptr ? Span() : block.find_one(key)->whole);
  }
  std::vector<Value> directives;
  for (const NginxDirective* line : block.lines) directives.push_back(text(line->name));
  const Unknown* rest = block.gaps.empty() ? nullptr : &unknown(block.gaps.front()).why();
  body.add("directives", Value::list(arena_, directives, {}, rest));
  auto is_condition = [](const auto& inner) { return inner->head->name.text == "if"; };
  body.add_flag("has_conditions", std::ranges::any_of(block.blocks, is_condition));
  for (std::string_view key : {"root", "expires", "proxy_cache"}) add_setting(block, body, key, key);
  Value next = setting_list(block, "proxy_next_upstream");
  if (!next.is_absent()) {
    const NginxDirective* line = block.find_one("proxy_next_upstream");
    body.add("proxy_next_upstream", next, line == nullptr ? Span() : line->whole);
  }
  add_pass(block, body);
  add_answer(block, body);
  add_request_headers(block, body);
  add_response_headers(block, body);
  add_client_use(block, body);
  add_access(block, body);
  add_resource("nginx_location", label, own, block, body);
  add_opaque(block, own);
  make_lines(block, own);
  make_condition(block, around);
  make_locations(block, server, server_address, own);
}

void NginxMaker::add_pass(const NginxBlock& block, NginxBody& body) {
  for (std::string_view name : kPasses) {
    const NginxDirective* line = block.find_one(name);
    if (line == nullptr || line->arguments.empty()) continue;
    const NginxWord& word = line->arguments.front();
    bool has_scheme = name == "proxy_pass" || (name == "grpc_pass" && word.text.find("://") != word.text.npos);
    NginxTarget target = read_target(constants_.fill_in(word.text, block), has_scheme);
    body.add_text("pass_by", name.substr(0, name.find('_')), line->whole);
    body.add("pass", text(target.text, word.span), line->whole);
    body.add_text("pass_scheme", target.scheme, word.span);
    if (!target.host.is_known) {
      Value why =
          unknown({word.span, fmt::format("`{}` holds a variable that differs from request to request", word.text)});
      for (std::string_view key : {"pass_host", "upstream"}) body.add(key, why, line->whole);
      body.add_flag("is_pass_variable", true, line->whole);
      return;
    }
    body.add_text("pass_host", target.host.host, line->whole);
    if (target.host.port) body.add_integer("pass_port", *target.host.port, line->whole);
    body.add_flag("is_pass_unix", target.host.is_unix, line->whole);
    body.add_flag("is_pass_variable", false, line->whole);
    Value upstream = upstream_of(target, line->whole);
    if (!upstream.is_absent()) body.add("upstream", upstream, line->whole);
    return;
  }
  if (!block.gaps.empty()) body.add("pass", unknown(block.gaps.front()));
}

// The group that the target names; unknown if it may be in a part that was not read.
Value NginxMaker::upstream_of(const NginxTarget& target, const Span& span) {
  if (target.host.port || target.host.is_unix) return {};
  auto found = upstreams_.find(target.host.host);
  if (found != upstreams_.end()) return text(found->second, span);
  const NginxGap* gap = http_ == nullptr      ? &root_.tree.gaps.front()
                        : http_->gaps.empty() ? nullptr
                                              : &http_->gaps.front();
  return gap == nullptr ? Value() : unknown(*gap);
}

// `proxy_set_header` as it is in effect: name in small letters -> value.
void NginxMaker::add_request_headers(const NginxBlock& block, NginxBody& body) {
  NginxSetting setting = find_setting(block, "proxy_set_header");
  const NginxGap* gap = setting.gap != nullptr ? setting.gap : setting.more;
  if (gap != nullptr) return body.add("request_headers", unknown(*gap));
  std::vector<Member> members;
  for (const NginxDirective* line : setting.lines) {
    if (line->arguments.size() < 2) continue;
    members.push_back({arena_.copy(in_small_letters(line->argument(0))), text(line->arguments[1]), line->whole});
  }
  Span span = setting.where == &block && setting.is_set() ? setting.lines.front()->whole : Span();
  body.add("request_headers", Value::map(arena_, std::move(members), span), span);
}

}  // namespace halint
