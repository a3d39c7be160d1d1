// Where nginx passes requests to, and where it listens: the parts of `http://app:8080/x` and `[::]:443`.
// SPDX-License-Identifier: Apache-2.0
#include "nginx/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace halint {
namespace {

std::optional<int> read_port(std::string_view text) {
  int port = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  bool is_port = error == std::errc() && end == text.data() + text.size() && port > 0 && port < 65536;
  return is_port ? std::optional(port) : std::nullopt;
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool encloses(const NginxBlock& outer, const NginxBlock* inner) {
  for (; inner != nullptr; inner = inner->parent) {
    if (inner == &outer) return true;
  }
  return false;
}

}  // namespace

std::string_view variable_at(std::string_view text, std::size_t& length) {
  bool has_brace = text.substr(1).starts_with('{');
  std::size_t begin = has_brace ? 2 : 1, end = begin;
  while (end < text.size() && is_name_character(text[end])) ++end;
  length = end + (has_brace && end < text.size() && text[end] == '}' ? 1 : 0);
  return text.substr(begin, end - begin);
}

std::string in_small_letters(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string socket_key(std::string_view listen) {
  NginxHost host = read_listen(listen);
  if (host.is_unix || !host.port) return std::string(listen);
  bool is_any = host.host.empty() || host.host == "0.0.0.0";
  return fmt::format("{}:{}", is_any ? "*" : host.host, *host.port);
}

NginxHost read_host(std::string_view text) {
  NginxHost result;
  result.is_known = text.find('$') == text.npos;
  if (text.starts_with("unix:")) {
    result.is_unix = true;
    result.host = text;
    return result;
  }
  std::size_t colon = text.rfind(':');
  std::size_t bracket = text.rfind(']');
  bool has_port = colon != text.npos && (bracket == text.npos || colon > bracket);
  if (has_port) result.port = read_port(text.substr(colon + 1));
  std::string_view host = has_port ? text.substr(0, colon) : text;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  result.host = in_small_letters(host);
  return result;
}

NginxHost read_listen(std::string_view text) {
  NginxHost result;
  if (!text.empty() && text.find_first_not_of("0123456789") == text.npos) {
    result.port = read_port(text);
    return result;
  }
  result = read_host(text);
  if (result.host == "*") result.host.clear();
  if (!result.port && !result.is_unix && result.is_known && text.find(':') == text.npos) result.port = 80;
  if (!result.port && text.ends_with(']')) result.port = 80;
  return result;
}

NginxTarget read_target(std::string_view text, bool has_scheme) {
  NginxTarget target;
  target.text = text;
  std::size_t colon = text.find("://");
  if (has_scheme && colon != text.npos && text.find('$') > colon) {
    target.scheme = in_small_letters(text.substr(0, colon));
    text.remove_prefix(colon + 3);
  } else if (has_scheme) {
    target.host.is_known = false;
    return target;
  }
  // `http://unix:/run/app.sock:/path`.
  std::size_t end = text.starts_with("unix:") ? text.find(':', 5) : text.find_first_of("/?");
  target.host = read_host(text.substr(0, end));
  return target;
}

void NginxConstants::collect(const NginxBlock& block) {
  for (const NginxDirective* line : block.find("set")) {
    if (!line->argument(0).starts_with('$')) continue;
    Setting setting = {line->argument(1), &block, true};
    auto [place, is_new] = settings_.try_emplace(in_small_letters(line->argument(0).substr(1)), setting);
    if (!is_new) place->second.is_single = false;
  }
  for (const auto& inner : block.blocks) collect(*inner);
}

std::optional<std::string_view> NginxConstants::value_of(std::string_view name, const NginxBlock& block) const {
  auto found = settings_.find(in_small_letters(name));
  if (found == settings_.end()) return std::nullopt;
  const Setting& setting = found->second;
  bool is_constant = setting.is_single && setting.value.find('$') == setting.value.npos;
  if (!is_constant || !encloses(*setting.where, &block)) return std::nullopt;
  // In an `if` it is set for some requests only; something that was not read may set it again.
  for (const NginxBlock* at = &block; at != nullptr && at->head != nullptr; at = at->parent) {
    if (!at->gaps.empty()) return std::nullopt;
    if (at == setting.where) break;
  }
  bool is_condition = (setting.where->context & (nginx_context::kServerIf | nginx_context::kLocationIf)) != 0;
  if (is_condition && setting.where != &block) return std::nullopt;
  return setting.value;
}

std::string NginxConstants::fill_in(std::string_view text, const NginxBlock& block) const {
  std::string result;
  while (!text.empty()) {
    std::size_t dollar = std::min(text.find('$'), text.size());
    result += text.substr(0, dollar);
    text.remove_prefix(dollar);
    if (text.empty()) break;
    std::size_t length = 0;
    std::string_view name = variable_at(text, length);
    std::optional<std::string_view> value = name.empty() ? std::nullopt : value_of(name, block);
    result += value.value_or(text.substr(0, length));
    text.remove_prefix(length);
  }
  return result;
}

}  // namespace halint
