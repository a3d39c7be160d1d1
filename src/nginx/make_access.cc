// Who may come in: addresses, passwords, limits; and what becomes of a refusal.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "nginx/maker.h"

namespace halint {
namespace {

// `zone=shop:10m` -> `shop`; empty if no argument says it.
std::string_view zone_in(const NginxDirective& line, std::string_view option) {
  for (const NginxWord& word : line.arguments) {
    if (word.text.starts_with(option)) return word.text.substr(option.size(), word.text.find(':') - option.size());
  }
  return {};
}

}  // namespace

// `allow` and `deny` in their order: of the nearest block that has one of them.
void NginxMaker::add_access(const NginxBlock& block, NginxBody& body) {
  const NginxGap* gap = nullptr;
  std::vector<Value> rules;
  for (const NginxBlock* at = &block; at != nullptr && rules.empty(); at = at->parent) {
    if (gap == nullptr && !at->gaps.empty()) gap = &at->gaps.front();
    for (const NginxDirective* line : at->lines) {
      bool is_rule = line->name.text == "allow" || line->name.text == "deny";
      if (is_rule) rules.push_back(text(fmt::format("{} {}", line->name.text, line->argument(0)), line->whole));
    }
  }
  Span span = rules.empty() ? Span() : rules.front().origin();
  body.add("access_rules", Value::list(arena_, rules, span, gap == nullptr ? nullptr : &unknown(*gap).why()), span);
  add_setting(block, body, "satisfy", "satisfy");
  add_setting(block, body, "auth_basic", "auth_basic");
  Value pages = setting_list(block, "error_page");
  if (!pages.is_absent()) body.add("error_pages", pages);
  bool has_rewrite = !block.find("rewrite").empty() || !block.find("break").empty();
  if (!has_rewrite && !block.gaps.empty()) {
    body.add("has_rewrite", unknown(block.gaps.front()));
  } else {
    body.add_flag("has_rewrite", has_rewrite);
  }
  add_limits(block, body);
}

// What `limit_req` and `limit_conn` count by: the key of their zones.
void NginxMaker::add_limits(const NginxBlock& block, NginxBody& body) {
  std::vector<Value> keys;
  const NginxGap* gap = nullptr;
  Span span;
  auto add_key = [&](std::string_view definition, std::string_view option, std::string_view zone) {
    const NginxBlock* top = http_;
    if (top == nullptr) return;
    for (const NginxDirective* line : top->find(definition)) {
      if (zone_in(*line, option) == zone) keys.push_back(text(line->argument(0), line->whole));
    }
  };
  for (bool is_requests : {true, false}) {
    NginxSetting setting = find_setting(block, is_requests ? "limit_req" : "limit_conn");
    if (gap == nullptr) gap = setting.gap != nullptr ? setting.gap : setting.more;
    for (const NginxDirective* line : setting.lines) {
      if (setting.where == &block) span = line->whole;
      if (is_requests)
        add_key("limit_req_zone", "zone=", zone_in(*line, "zone="));
      else
        add_key("limit_conn_zone", "zone=", line->argument(0));
    }
  }
  body.add("limit_keys", Value::list(arena_, keys, span, gap == nullptr ? nullptr : &unknown(*gap).why()), span);
}

// Sockets of `stream` and `mail` are not read: somebody else may listen where no server of `http` does.
void NginxMaker::add_other_sockets(const NginxBlock& tree) {
  for (const auto& block : tree.blocks) {
    std::string_view name = block->head == nullptr ? std::string_view() : block->head->name.text;
    if (name != "stream" && name != "mail") continue;
    Opaque& part = configuration_.opaque.emplace_back();
    part.address = arena_.copy(name);
    part.reason = fmt::format("`{}` listens on sockets too, and is not read", name);
    part.span = block->head->header;
    std::vector<Value> https;
    for (const Resource& resource : configuration_.resources) {
      if (resource.type == "nginx_http") https.push_back(text(resource.address));
    }
    std::vector<Member> inputs = {{"block", Value::list(arena_, https), part.span}};
    part.inputs = Value::map(arena_, std::move(inputs));
  }
}

}  // namespace halint
