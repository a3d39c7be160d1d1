// Which variables in a line hold what a client has sent, and what it can put there: followed through `set`, captures of
// regular expressions and `map`.
// SPDX-License-Identifier: Apache-2.0
#include "nginx/request_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "nginx/own_variables.h"
#include "nginx/target.h"

namespace halint {

using namespace nginx_context;

namespace {

using Origin = NginxPiece::Origin;

constexpr int kMostDepth = 12;
constexpr std::size_t kMostTexts = 8;
// A line is short; what variables make of it need not be.
constexpr std::size_t kMostLineWork = 5'000;
constexpr std::size_t kMostWork = 20'000'000;
constexpr NginxContexts kConditions = kServerIf | kLocationIf;

bool is_regex_operator(std::string_view word) {
  return word == "~" || word == "~*" || word == "!~" || word == "!~*";
}

// `if ($x ~ re)`: the words inside the brackets.
std::vector<std::string_view> words_of_condition(const NginxDirective& head) {
  std::vector<std::string_view> words;
  for (const NginxWord& word : head.arguments) words.push_back(word.text);
  if (words.empty()) return words;
  if (words.front().starts_with('(')) words.front().remove_prefix(1);
  if (words.back().ends_with(')')) words.back().remove_suffix(1);
  std::erase_if(words, [](std::string_view word) { return word.empty(); });
  return words;
}

// A location, or `if ($uri ~ ...)`.
bool asks_for_path(const NginxDirective& head) {
  if (head.name.text == "location") return true;
  std::vector<std::string_view> words = words_of_condition(head);
  bool is_path = words.size() == 3 && (words[0] == "$uri" || words[0] == "$document_uri");
  return head.name.text == "if" && is_path && words[1].starts_with('~');
}

// The block whose requests a condition is about.
const NginxBlock& base_of(const NginxBlock& block) {
  const NginxBlock* at = &block;
  while ((at->context & kConditions) != 0 && at->parent != nullptr && at->head != nullptr) at = at->parent;
  return *at;
}

bool is_around(const NginxBlock& outer, const NginxBlock* inner) {
  for (; inner != nullptr; inner = inner->parent) {
    if (inner == &outer) return true;
  }
  return false;
}

const NginxGap* gap_around(const NginxBlock& block) {
  for (const NginxBlock* at = &block; at != nullptr; at = at->parent) {
    if (!at->gaps.empty()) return &at->gaps.front();
  }
  return nullptr;
}

}  // namespace

RequestData::RequestData(const NginxBlock& tree) : tree_(tree) {
  collect(tree);
}

void RequestData::collect_names(const NginxBlock& base, const NginxBlock& where, const NginxDirective& line,
                                std::string_view pattern) {
  if (pattern.find("(?") == pattern.npos) return;
  const RegexTree* tree = tree_of(line, pattern);
  if (tree == nullptr) return;
  for (const RegexGroup& group : tree->groups) {
    if (!group.name.empty()) assignments_[{in_small_letters(group.name), &base}].push_back({&where, &line, true});
  }
}

const RegexTree* RequestData::tree_of(const NginxDirective& line, std::string_view pattern) {
  auto [place, is_new] = regexes_.try_emplace(&line);
  if (is_new) place->second = parse_regex(pattern);
  return place->second ? &*place->second : nullptr;
}

// A condition that looks at a variable and refuses the request may let nothing through that would do harm.
void RequestData::collect_check(const NginxBlock& condition) {
  const NginxDirective* answer = condition.find_one("return");
  if (answer == nullptr || !(answer->argument(0).starts_with('4') || answer->argument(0).starts_with('5'))) return;
  for (std::string_view word : words_of_condition(*condition.head)) {
    if (!word.starts_with('$') || word.size() < 2) continue;
    std::string name = in_small_letters(word.substr(1));
    if (name.starts_with('{') && name.ends_with('}')) name = name.substr(1, name.size() - 2);
    checks_[{name, &base_of(condition)}].push_back(&condition);
  }
}

// Recursion is as deep as blocks nest, which the parser limits.
void RequestData::collect(const NginxBlock& block) {
  const NginxBlock& base = base_of(block);
  for (const NginxDirective* line : block.find("set")) {
    if (line->argument(0).starts_with('$'))
      assignments_[{in_small_letters(line->argument(0).substr(1)), &base}].push_back({&block, line, false});
  }
  if (!block.find("rewrite").empty()) asking_.insert(&block);
  for (const NginxDirective* line : block.find("rewrite")) collect_names(base, block, *line, line->argument(0));
  for (const NginxDirective* line : block.find("server_name")) {
    for (const NginxWord& word : line->arguments) collect_names(base, block, *line, word.text);
  }
  if (block.head != nullptr && block.head->name.text == "location") {
    std::string_view last = block.head->arguments.empty() ? "" : block.head->arguments.back().text;
    if (block.head->arguments.size() == 1) last.remove_prefix(std::min(last.find_first_not_of("~*"), last.size()));
    if (block.head->argument(0).starts_with('~')) collect_names(base, block, *block.head, last);
  } else if (block.head != nullptr && block.head->name.text == "if") {
    std::vector<std::string_view> words = words_of_condition(*block.head);
    if (words.size() == 3 && is_regex_operator(words[1])) {
      collect_names(base, block, *block.head, words[2]);
      if (block.parent != nullptr) asking_.insert(block.parent);
    }
    collect_check(block);
  }
  for (const auto& inner : block.blocks) {
    bool is_table = inner->context == kData && !inner->head->arguments.empty();
    std::string_view kind = inner->head->name.text;
    if (is_table && (kind == "map" || kind == "geo" || kind == "split_clients")) {
      std::string_view name = inner->head->arguments.back().text;
      if (name.starts_with('$')) tables_.try_emplace(in_small_letters(name.substr(1)), inner.get());
    } else if (!is_table) {
      collect(*inner);
    }
  }
}

std::vector<NginxText> RequestData::expand(std::string_view text, const NginxBlock& block, const NginxCaptures* own) {
  if (depth_ == 0) line_work_ = 0;
  std::vector<NginxText> texts(1);
  auto append = [&](const std::vector<NginxText>& more) {
    std::vector<NginxText> longer;
    for (const NginxText& head : texts) {
      for (const NginxText& tail : more) {
        if (longer.size() >= kMostTexts) break;
        NginxText& both = longer.emplace_back(head);
        both.insert(both.end(), tail.begin(), tail.end());
        line_work_ += both.size();
        work_ += both.size();
      }
    }
    texts = std::move(longer);
  };
  while (!text.empty()) {
    if (line_work_ > kMostLineWork || work_ > kMostWork)
      return {{unknown_piece("$", {{}, "variables are filled in too often"})}};
    std::size_t dollar = std::min(text.find('$'), text.size());
    if (dollar > 0) append({{literal_piece(text.substr(0, dollar))}});
    text.remove_prefix(dollar);
    if (text.empty()) break;
    std::size_t length = 0;
    std::string_view name = variable_at(text, length);
    if (name.empty()) {
      append({{literal_piece(text.substr(0, 1))}});
      text.remove_prefix(1);
      continue;
    }
    append(variable(in_small_letters(name), block, own));
    text.remove_prefix(length);
  }
  return texts;
}

std::vector<NginxText> RequestData::variable(const std::string& name, const NginxBlock& block,
                                             const NginxCaptures* own) {
  if (depth_ >= kMostDepth) return {{unknown_piece("$" + name, {{}, "variables lead to each other too often"})}};
  std::size_t number = 0;
  if (std::from_chars(name.data(), name.data() + name.size(), number).ptr == name.data() + name.size())
    return {{numbered(number, block, own)}};
  if (own != nullptr && own->tree != nullptr) {
    for (const RegexGroup& group : own->tree->groups) {
      if (in_small_letters(group.name) != name) continue;
      // nginx escapes numbered captures only.
      return {{own->source.origin == Origin::kRequest
                   ? request_piece("$" + name, group.bytes & own->source.bytes, group.begins_with_slash)
                   : own->source}};
    }
  }
  for (const NginxBlock* at = &base_of(block); at != nullptr; at = at->parent) {
    auto check = checks_.find({name, at});
    if (check == checks_.end()) continue;
    auto refuses = [&](const NginxBlock* condition) { return !is_around(*condition, &block); };
    if (std::ranges::any_of(check->second, refuses)) {
      return {{unknown_piece("$" + name, {check->second.front()->head->header,
                                          fmt::format("a condition on `${}` may refuse what is harmful", name)})}};
    }
  }
  if (auto texts = assigned(name, block)) return *texts;
  auto table = tables_.find(name);
  if (table != tables_.end()) return {{mapped(name, *table->second)}};
  NginxPiece piece = built_in(name, block);
  // The path that a `rewrite` fills in is one that its expression has let through.
  bool is_asked = own != nullptr && own->tree != nullptr && own->source.text == "$uri";
  if (is_asked && (name == "uri" || name == "document_uri")) {
    if (auto whole = bytes_of_whole(*own->tree)) piece.bytes &= *whole;
  }
  return {{piece}};
}

std::optional<std::vector<NginxText>> RequestData::assigned(const std::string& name, const NginxBlock& block) {
  std::vector<NginxText> texts;
  const NginxGap* open = nullptr;  // Something that was not read and may set it.
  for (const NginxBlock* at = &base_of(block); at != nullptr; at = at->parent) {
    auto found = assignments_.find({name, at});
    bool is_found = found != assignments_.end();
    // The last one that happens whenever a request comes here hides those before it.
    const Assignment* certain = nullptr;
    for (std::size_t i = 0; is_found && i < found->second.size(); ++i) {
      if (is_around(*found->second[i].where, &block)) certain = &found->second[i];
    }
    auto hides = [&](const NginxGap& gap) {
      return certain != nullptr && gap.span.is_known() && gap.span.file == certain->line->whole.file &&
             gap.span.end <= certain->line->whole.begin;
    };
    if (open == nullptr && at->head != nullptr && !std::ranges::all_of(at->gaps, hides)) open = &at->gaps.front();
    if (open != nullptr && (is_found || !texts.empty())) return {{{unknown_piece("$" + name, *open)}}};
    for (std::size_t i = 0; is_found && i < found->second.size(); ++i) {
      const Assignment& one = found->second[i];
      if (is_around(*one.where, &block) && &one != certain) continue;
      for (NginxText& text : assignment(name, one)) {
        if (texts.size() < kMostTexts) texts.push_back(std::move(text));
      }
    }
    if (certain != nullptr) return texts;
  }
  if (texts.empty()) return std::nullopt;
  return texts;
}

std::vector<NginxText> RequestData::assignment(const std::string& name, const Assignment& assignment) {
  ++depth_;
  std::vector<NginxText> texts;
  if (!assignment.is_capture) {
    texts = expand(assignment.line->argument(1), *assignment.where);
    --depth_;
    return texts;
  }
  const std::string_view kind = assignment.line->name.text;
  NginxPiece source = harmless_piece("$" + name);
  if (kind == "location" || kind == "rewrite") {
    source = built_in("uri", *assignment.where->parent);
  } else if (kind == "if") {
    auto looked_at = expand(words_of_condition(*assignment.line).front(), *assignment.where->parent);
    source = looked_at.size() == 1 && looked_at.front().size() == 1
                 ? looked_at.front().front()
                 : unknown_piece("$" + name, {assignment.line->header, "it is not known what the condition looks at"});
  }
  --depth_;
  if (source.origin != Origin::kRequest) {
    source.text = "$" + name;
    return {{source}};
  }
  const std::optional<RegexTree>& tree = regexes_.at(assignment.line);
  auto group = std::ranges::find(tree->groups, name, [](const RegexGroup& one) { return in_small_letters(one.name); });
  return {{request_piece("$" + name, group->bytes & source.bytes, group->begins_with_slash)}};
}

NginxCaptures RequestData::captures_of_rewrite(const NginxDirective& line, bool is_redirect) {
  NginxCaptures captures;
  captures.tree = tree_of(line, line.argument(0));
  captures.source = request_piece("$uri", ~ByteSet(), true);
  captures.is_escaped = is_redirect;
  return captures;
}

std::optional<NginxCaptures> RequestData::captures_of_head(const NginxBlock& block) {
  if (block.head == nullptr) return std::nullopt;
  const NginxDirective& head = *block.head;
  NginxCaptures captures;
  std::string_view pattern;
  if (head.name.text == "location") {
    std::string_view first = head.argument(0);
    if (!first.starts_with('~')) return std::nullopt;
    pattern = head.arguments.size() > 1 ? head.argument(1) : first.substr(first.starts_with("~*") ? 2 : 1);
    captures.source = request_piece("$uri", ~ByteSet(), true);
  } else if (head.name.text == "if") {
    std::vector<std::string_view> words = words_of_condition(head);
    if (words.size() != 3 || !is_regex_operator(words[1])) return std::nullopt;
    pattern = words[2];
    ++depth_;
    auto looked_at = expand(words[0], *block.parent);
    --depth_;
    captures.source = looked_at.size() == 1 && looked_at.front().size() == 1
                          ? looked_at.front().front()
                          : unknown_piece(words[0], {head.header, "it is not known what the condition looks at"});
  } else {
    return std::nullopt;
  }
  captures.tree = tree_of(head, pattern);
  return captures;
}

NginxPiece RequestData::numbered(std::size_t number, const NginxBlock& block, const NginxCaptures* own) {
  std::string name = fmt::format("${}", number);
  std::optional<NginxCaptures> found;
  if (own != nullptr) {
    found = *own;
  } else {
    for (const NginxBlock* at = &block; at != nullptr && !found; at = at->parent) {
      // Which expression was the last one to be asked depends on the request.
      if (asking_.contains(at))
        return unknown_piece(name, {at->head == nullptr ? Span() : at->head->header,
                                    fmt::format("several regular expressions may give `{}` its value", name)});
      found = captures_of_head(*at);
    }
  }
  if (!found) {
    const NginxGap* gap = gap_around(block);
    return gap == nullptr ? harmless_piece(name) : unknown_piece(name, *gap);
  }
  if (found->source.origin != Origin::kRequest || found->is_escaped) {
    NginxPiece piece = found->is_escaped ? harmless_piece(name) : found->source;
    if (piece.origin == Origin::kText) piece.origin = Origin::kHarmless;
    piece.text = name;
    return piece;
  }
  if (found->tree == nullptr)
    return unknown_piece(name, {{}, fmt::format("the regular expression behind `{}` is not understood", name)});
  if (number == 0 || number > found->tree->groups.size()) return harmless_piece(name);
  const RegexGroup& group = found->tree->groups[number - 1];
  return request_piece(name, group.bytes & found->source.bytes, group.begins_with_slash);
}

// `$uri`: the decoded path. What the location lets through is known of some.
NginxPiece RequestData::path_at(const std::string& name, const NginxBlock& block) {
  NginxPiece piece = request_piece("$" + name, ~ByteSet(), name != "request_filename");
  piece.bytes.reset(0);
  for (const NginxBlock* at = &block; at != nullptr; at = at->parent) {
    if (at->head == nullptr || !asks_for_path(*at->head)) continue;
    if (at->head->name.text == "location" && at->head->argument(0).starts_with('=')) return harmless_piece("$" + name);
    std::optional<NginxCaptures> captures = captures_of_head(*at);
    if (!captures) continue;
    if (captures->tree == nullptr)
      return unknown_piece("$" + name, {at->head->header, "the regular expression of the location is not understood"});
    if (auto whole = bytes_of_whole(*captures->tree)) piece.bytes &= *whole;
  }
  return piece;
}

NginxPiece RequestData::built_in(const std::string& name, const NginxBlock& block) {
  if (name == "uri" || name == "document_uri" || name == "request_filename") return path_at(name, block);
  if (name == "request_uri") return request_piece("$request_uri", line_bytes(), true);
  bool is_sent = name == "args" || name == "query_string" || name == "request" || name == "request_body" ||
                 name.starts_with("arg_") || name.starts_with("http_") || name.starts_with("cookie_");
  if (is_sent) return request_piece("$" + name, line_bytes());
  if (is_own_variable(name)) return harmless_piece("$" + name);
  const NginxGap* gap = gap_around(block);
  if (gap != nullptr) return unknown_piece("$" + name, *gap);
  return harmless_piece("$" + name);
}

}  // namespace halint
