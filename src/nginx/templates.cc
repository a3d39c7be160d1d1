// Texts that become nginx configurations only when a program fills them in.
// SPDX-License-Identifier: Apache-2.0
#include "nginx/templates.h"

#include <algorithm>
#include <set>
#include <utility>

#include "nginx/target.h"

namespace halint {
namespace {

constexpr std::pair<std::string_view, std::string_view> kEndings[] = {
    {".j2", "a Jinja template"},          {".jinja", "a Jinja template"}, {".jinja2", "a Jinja template"},
    {".erb", "an ERB template"},          {".epp", "a Puppet template"},  {".tmpl", "a Go template"},
    {".gotmpl", "a Go template"},         {".ctmpl", "a Go template"},    {".tftpl", "a Terraform template"},
    {".template", "a template"},          {".tpl", "a template"},         {".mustache", "a Mustache template"},
    {".envsubst", "an envsubst template"}};

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// `{{ .Port }}`, `{{ port }}`, `{{if ...}}` on one line; not the braces of JSON in a log format.
bool has_double_braces(std::string_view text) {
  for (std::size_t at = text.find("{{"); at != text.npos; at = text.find("{{", at + 1)) {
    std::string_view rest = text.substr(at + 2);
    rest = rest.substr(0, rest.find('\n'));
    std::size_t close = rest.find("}}");
    if (close == rest.npos) continue;
    rest = rest.substr(0, close);
    std::size_t first = rest.find_first_not_of("-~ \t");
    if (first == rest.npos) continue;
    if (is_name_character(rest[first]) || rest[first] == '.' || rest[first] == '$' || rest[first] == '/') return true;
  }
  return false;
}

bool has_pair(std::string_view text, std::string_view open, std::string_view close) {
  std::size_t at = text.find(open);
  return at != text.npos && text.find(close, at) != text.npos;
}

// Variables that the file itself defines: nginx does not tell their case apart.
void add_defined(std::span<const NginxDirective> directives, std::set<std::string>& names) {
  constexpr std::string_view kDefining[] = {
      "set", "map", "geo", "split_clients", "auth_request_set", "perl_set", "js_set", "set_by_lua_block"};
  for (const NginxDirective& directive : directives) {
    if (std::ranges::find(kDefining, directive.name.text) != std::end(kDefining)) {
      for (const NginxWord& word : directive.arguments) {
        if (word.text.starts_with('$')) names.insert(in_small_letters(word.text.substr(1)));
      }
    }
    add_defined(directive.block, names);
  }
}

// `${PORT}`: nginx's own variables are written in small letters.
bool has_environment_variable(const NginxFile& file, std::string_view text) {
  std::set<std::string> defined;
  bool is_collected = false;
  for (std::size_t at = text.find("${"); at != text.npos; at = text.find("${", at + 1)) {
    std::string_view name = text.substr(at + 2);
    name = name.substr(0, name.find('}'));
    bool is_upper = name.size() > 1 && name.size() < 100 && std::ranges::all_of(name, [](char c) {
                      return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
                    });
    if (!is_upper) continue;
    if (!std::exchange(is_collected, true)) add_defined(file.directives, defined);
    if (!defined.contains(in_small_letters(name))) return true;
  }
  return false;
}

// Without comments: what stands in them is nobody's template.
std::string without_comments(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    std::size_t first = line.find_first_not_of(" \t");
    if (first == line.npos || line[first] != '#') result += line;
    result += '\n';
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return result;
}

}  // namespace

std::string_view name_without_template_ending(std::string_view name) {
  for (const auto& [ending, language] : kEndings) {
    if (name.ends_with(ending) && name.size() > ending.size()) return name.substr(0, name.size() - ending.size());
  }
  return {};
}

std::string template_language(std::string_view name, std::string_view text, const NginxFile& file) {
  for (const auto& [ending, language] : kEndings) {
    if (name.ends_with(ending)) return std::string(language);
  }
  if (text.find('\0') != text.npos) return "";  // Binary data.
  std::string code = without_comments(text);
  if (has_pair(code, "<%", "%>")) return "an ERB template";
  bool has_braces = has_double_braces(code);
  if (file.has_syntax_error && has_pair(code, "{%", "%}")) return "a Jinja template";
  if (has_braces) {
    bool is_go = code.find("{{ .") != code.npos || code.find("{{.") != code.npos || code.find("{{ $") != code.npos ||
                 code.find("{{ end }}") != code.npos;
    return is_go ? "a Go template" : "a template with `{{ }}`";
  }
  return has_environment_variable(file, code) ? "an envsubst template" : "";
}

bool mentions_nginx_directives(std::string_view text) {
  for (std::string_view mark : {"server {", "server{", "proxy_pass ", "server_name ", "upstream ", "fastcgi_pass "}) {
    if (text.find(mark) != text.npos) return true;
  }
  return false;
}

}  // namespace halint
