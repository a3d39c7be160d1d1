// Resources of checks that tell one's own sites from others by `Origin` or `Referer`.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "nginx/maker.h"
#include "nginx/origin_check.h"

namespace halint {

namespace {

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

// Whether a condition trusts what it matches. One that refuses it, or that only counts it, names strangers.
bool is_trusting(const NginxBlock& condition, std::string_view comparison, bool is_origin) {
  if (comparison.starts_with('!')) return true;
  for (const NginxDirective* line : condition.lines) {
    std::string_view first = line->argument(0);
    if (line->name.text == "return" && (first.starts_with('4') || first.starts_with('5'))) return false;
    if (line->name.text == "deny") return false;
  }
  auto is_header = [](const NginxDirective* line) {
    return is_one_of(line->name.text, {"add_header", "more_set_headers"});
  };
  return is_origin || std::ranges::any_of(condition.lines, is_header);
}

}  // namespace

void NginxMaker::make_condition(const NginxBlock& condition, std::string_view scope) {
  if (condition.head->name.text != "if" || condition.head->arguments.size() < 3) return;
  const std::span<const NginxWord> words = condition.head->arguments;
  // `(` and `)` may be words of their own, or stick to the first and the last one.
  std::size_t first = words[0].text == "(" ? 1 : 0;
  if (words.size() < first + 3) return;
  std::string variable = in_small_letters(words[first].text);
  if (first == 0 && variable.starts_with('(')) variable.erase(0, 1);
  std::string_view comparison = words[first + 1].text;
  bool is_origin = variable == "$http_origin";
  if (!is_origin && variable != "$http_referer") return;
  if (!is_one_of(comparison, {"~", "~*", "!~", "!~*"}) || !is_trusting(condition, comparison, is_origin)) return;
  NginxWord pattern = words[first + 2];
  bool is_last = words.size() == first + 3;
  if (is_last && !pattern.is_quoted && pattern.text.ends_with(')')) pattern.text.remove_suffix(1);
  make_site_check(*condition.head, pattern, variable, comparison.ends_with('*'), scope);
}

void NginxMaker::make_site_patterns(const NginxBlock& table, std::string_view http) {
  if (table.head->name.text != "map" || table.head->argument(0) != "$http_origin") return;
  for (const NginxDirective* line : table.lines) {
    NginxWord pattern = line->name;
    bool is_trusted = !is_one_of(line->argument(0), {"", "0", "deny", "false", "off", "no"});
    if (!pattern.text.starts_with('~') || !is_trusted) continue;
    bool ignores_case = pattern.text.starts_with("~*");
    pattern.text.remove_prefix(ignores_case ? 2 : 1);
    make_site_check(*line, pattern, "$http_origin", ignores_case, http);
  }
}

void NginxMaker::make_site_check(const NginxDirective& line, const NginxWord& pattern, std::string_view variable,
                                 bool ignores_case, std::string_view scope) {
  if (!lines_.emplace(&line, "a check of sites").second) return;
  SiteCheck check =
      check_sites(pattern.text, ignores_case, variable == "$http_origin" ? SiteHeader::kOrigin : SiteHeader::kReferer);
  std::string_view directive = line.name.text == "if" ? "if" : "map";
  NginxBody body(arena_);
  body.add("scope", scope.empty() ? unknown(root_.tree.gaps.front()) : text(scope));
  body.add_text("directive", directive, line.name.span);
  std::vector<Value> words = {text(variable), text(pattern)};
  body.add("words", Value::list(arena_, words), line.header);
  body.add("value", text(pattern), pattern.span);
  if (!check.is_understood) {
    body.add("impostor", unknown({pattern.span, "the regular expression is not understood"}), pattern.span);
  } else if (!check.impostor.empty()) {
    body.add_text("impostor", check.impostor, pattern.span);
  }
  std::string_view address = unique(fmt::format("{}{}{}[{}]", scope, scope.empty() ? "" : "/", directive, variable));
  add_resource("nginx_line", directive, address, line.header, line.header, body);
}

}  // namespace halint
