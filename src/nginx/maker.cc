// Makes resources out of a configuration's blocks: what all kinds of them share.
// SPDX-License-Identifier: Apache-2.0
#include "nginx/maker.h"

#include <fmt/format.h>

#include "base/text.h"
#include "nginx/resources.h"
#include "nginx/trouble.h"

namespace halint {

void NginxBody::add_text(std::string_view key, std::string_view text, Span span) {
  add(key, Value::string(arena_, arena_.copy(text), span), span);
}

Value NginxMaker::text(const NginxWord& word) const {
  return Value::string(arena_, word.text, word.span);
}

Value NginxMaker::text(std::string_view text, Span span) const {
  return Value::string(arena_, arena_.copy(text), span);
}

Value NginxMaker::unknown(const NginxGap& gap) const {
  Unknown why;
  why.reason = UnknownReason::kExternal;
  why.detail = arena_.copy(std::string_view(gap.reason));
  return Value::unknown(arena_, why, gap.span);
}

Value NginxMaker::setting(const NginxBlock& block, std::string_view name) const {
  NginxSetting setting = find_setting(block, name);
  if (setting.gap != nullptr) return unknown(*setting.gap);
  if (!setting.is_set() || setting.lines.back()->arguments.empty()) return {};
  return text(setting.lines.back()->arguments.front());
}

Value NginxMaker::setting_list(const NginxBlock& block, std::string_view name) const {
  NginxSetting setting = find_setting(block, name);
  const NginxGap* gap = setting.gap != nullptr ? setting.gap : setting.more;
  std::vector<Value> items;
  for (const NginxDirective* line : setting.lines) {
    for (const NginxWord& word : line->arguments) items.push_back(text(word));
  }
  if (setting.gap != nullptr) return unknown(*setting.gap);
  if (items.empty() && gap == nullptr) return {};
  return Value::list(arena_, items, items.empty() ? Span() : items.front().origin(),
                     gap == nullptr ? nullptr : &unknown(*gap).why());
}

void NginxMaker::add_setting(const NginxBlock& block, NginxBody& body, std::string_view key,
                             std::string_view name) const {
  Value value = setting(block, name);
  if (value.is_absent()) return;
  const NginxDirective* line = block.find_one(name);
  body.add(key, value, line == nullptr ? Span() : line->whole);
}

Value NginxMaker::own(const NginxBlock& block, std::string_view name) const {
  const NginxDirective* line = block.find_one(name);
  if (line == nullptr) return block.gaps.empty() ? Value() : unknown(block.gaps.front());
  return line->arguments.empty() ? Value::boolean(true, line->header) : text(line->arguments.front());
}

std::string_view NginxMaker::unique(std::string base) {
  std::string address = base;
  // Where the last namesake got its number, the search goes on.
  for (int& number = namesakes_[base]; !addresses_.insert(address).second;)
    address = fmt::format("{}#{}", base, ++number + 1);
  return arena_.copy(std::string_view(address));
}

void NginxMaker::add_resource(std::string_view type, std::string_view name, std::string_view address,
                              const NginxBlock& block, NginxBody& body) {
  Span header = block.head == nullptr ? Span() : block.head->header;
  add_resource(type, name, address, header, block.head == nullptr ? Span() : block.head->whole, body);
}

void NginxMaker::add_resource(std::string_view type, std::string_view name, std::string_view address, Span header,
                              Span whole, NginxBody& body) {
  if (configuration_.resources.size() >= limits_.resources) {
    if (is_full_) return;
    is_full_ = true;
    configuration_.diagnostics.push_back(nginx_limit_exceeded(
        header, fmt::format("the configuration has more than {} servers, locations and the like; what is beyond was "
                            "left out",
                            limits_.resources)));
    configuration_.opaque.push_back({"rest", "", "", "a limit was hit", header, {}});
    return;
  }
  body.add("id", text(address));
  Resource& resource = configuration_.resources.emplace_back();
  resource.address = address;
  resource.type = type;
  resource.name = arena_.copy(name);
  resource.format = Format::kNginx;
  resource.body = body.take();
  resource.header = header;
  resource.whole = whole;
}

void NginxMaker::add_opaque(const NginxBlock& block, std::string_view address) {
  std::size_t number = 0;
  for (const NginxGap& gap : block.gaps) {
    Opaque& part = configuration_.opaque.emplace_back();
    part.address = arena_.copy(fmt::format("{}/include[{}]", address, number++));
    part.reason = gap.reason;
    part.span = gap.span;
    std::vector<Member> inputs = {{"block", text(address), gap.span}};
    part.inputs = Value::map(arena_, std::move(inputs));
  }
}

Configuration make_configuration(const NginxRoot& root, const std::string& name, const NginxLimits& limits) {
  Configuration configuration;
  configuration.root = name;
  configuration.format = Format::kNginx;
  configuration.diagnostics = root.diagnostics;
  configuration.files = root.files;
  NginxMaker(root, configuration, limits).make();
  return configuration;
}

}  // namespace halint
