// Resources of lines that put something of the request into an answer, a header or a target.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "nginx/maker.h"

namespace halint {

using namespace nginx_context;

namespace {

using Origin = NginxPiece::Origin;

// What a line says, and where.
struct Line {
  const NginxWord* name = nullptr;  // Of a header.
  const NginxWord* value = nullptr;
  bool is_sent = false;      // The value becomes a line of what is sent: a line break in it begins another one.
  bool is_redirect = false;  // Of `rewrite`.
};

bool is_pass(std::string_view name) {
  constexpr std::string_view kNames[] = {"proxy_pass", "grpc_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass"};
  return std::ranges::find(kNames, name) != std::end(kNames);
}

bool begins_as_address(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://") || text.starts_with("$scheme");
}

bool is_redirect_code(std::string_view code) {
  constexpr std::string_view kCodes[] = {"301", "302", "303", "307", "308"};
  return std::ranges::find(kCodes, code) != std::end(kCodes);
}

// Null: the line is of no interest.
std::optional<Line> read_line(const NginxDirective& line) {
  std::string_view name = line.name.text;
  const std::size_t count = line.arguments.size();
  Line result;
  if (count == 0) return std::nullopt;
  if (name == "valid_referers" || name == "proxy_cache") return result;
  if (name == "return") {
    result.value = &line.arguments[count - 1];
    result.is_sent = count == 1 || is_redirect_code(line.argument(0));
    return count == 1 && !begins_as_address(line.argument(0)) ? std::nullopt : std::optional(result);
  }
  if (name == "rewrite" && count >= 2) {
    result.value = &line.arguments[1];
    std::string_view flag = line.argument(2);
    result.is_redirect = result.is_sent =
        flag == "redirect" || flag == "permanent" || begins_as_address(line.argument(1));
    return result.is_redirect ? std::optional(result) : std::nullopt;
  }
  if (name == "add_header" || name == "add_trailer" || name == "proxy_set_header" || name == "grpc_set_header") {
    if (count < 2) return std::nullopt;
    result.name = &line.arguments[0];
    result.value = &line.arguments[1];
    result.is_sent = true;
    return result;
  }
  if (name == "more_set_headers") {
    // `-t TYPES` and `-s CODES` come first; then each word is a header.
    for (std::size_t i = 0; i < count; ++i) {
      if (line.argument(i) == "-t" || line.argument(i) == "-s") {
        ++i;
      } else if (!line.argument(i).starts_with('-') &&
                 (result.value == nullptr || line.argument(i).find('\n') != std::string_view::npos)) {
        result.value = &line.arguments[i];
      }
    }
    result.is_sent = true;
    return result.value == nullptr ? std::nullopt : std::optional(result);
  }
  if (!is_pass(name)) return std::nullopt;
  result.value = &line.arguments[0];
  result.is_sent = name == "proxy_pass";
  return result;
}

// What variables do to a text, collected over all that it may be.
struct Findings {
  std::vector<std::string> names;
  const NginxGap* gap = nullptr;  // Something unknown may do it too.

  void add(const NginxPiece& piece) {
    if (piece.origin == Origin::kUnknown) {
      gap = &piece.gap;
    } else if (std::ranges::find(names, piece.text) == names.end()) {
      names.push_back(piece.text);
    }
  }
};

bool may_hold_any(const ByteSet& bytes, std::string_view characters) {
  return std::ranges::any_of(characters, [&](char c) { return bytes.test(static_cast<unsigned char>(c)); });
}

void find_line_breaks(const NginxText& text, Findings& found) {
  for (const NginxPiece& piece : text) {
    bool is_breaking = piece.origin == Origin::kRequest && piece.bytes.test('\n');
    if (is_breaking || piece.origin == Origin::kUnknown) found.add(piece);
  }
}

void find_written_breaks(const NginxText& text, Findings& found) {
  for (const NginxPiece& piece : text) {
    bool is_breaking = piece.origin == Origin::kText && piece.text.find('\n') != piece.text.npos;
    if (is_breaking || piece.origin == Origin::kUnknown) found.add(piece);
  }
}

// A name without a dot is none of another network, and a domain that comes after it keeps it there.
bool chooses_host(const NginxPiece& piece, const NginxPiece* next) {
  if (piece.origin == Origin::kUnknown) return true;
  bool is_pinned = next != nullptr && next->origin == Origin::kText && next->text.size() > 1 && next->text[0] == '.' &&
                   next->text[1] != '/' && !may_hold_any(piece.bytes, "/?#:@\\");
  return piece.bytes.test('.') && !is_pinned;
}

// Which variables decide the host of a target.
void find_hosts(const NginxText& text, bool has_scheme, Findings& found) {
  bool is_host = !has_scheme;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const NginxPiece& piece = text[i];
    if (piece.origin == Origin::kText) {
      std::string_view rest = piece.text;
      std::size_t colon = is_host ? rest.npos : rest.find("://");
      if (colon != rest.npos) {
        is_host = true;
        rest.remove_prefix(colon + 3);
      }
      if (rest.starts_with("unix:")) return;
      if (is_host && rest.find_first_of("/?") != rest.npos) return;
    } else if (piece.origin != Origin::kHarmless) {
      if (piece.origin == Origin::kRequest && piece.begins_with_slash) return;
      if (chooses_host(piece, i + 1 < text.size() ? &text[i + 1] : nullptr)) found.add(piece);
    }
  }
}

// `Host $http_host`: all that a client sends is there.
void find_sent_hosts(const NginxText& text, Findings& found) {
  for (const NginxPiece& piece : text) {
    if (piece.origin == Origin::kRequest || piece.origin == Origin::kUnknown) found.add(piece);
  }
}

}  // namespace

// `internal` stands in the location, or in one around it.
Value NginxMaker::is_internal(const NginxBlock& block) const {
  constexpr NginxContexts kPlaces = kLocation | kLocationIf | kLimitExcept;
  Value perhaps = Value::boolean(false);
  for (const NginxBlock* at = &block; at != nullptr && (at->context & kPlaces) != 0; at = at->parent) {
    if (at->find_one("internal") != nullptr) return Value::boolean(true);
    if (!at->gaps.empty() && !perhaps.is_unknown()) perhaps = unknown(at->gaps.front());
  }
  return perhaps;
}

void NginxMaker::make_lines(const NginxBlock& block, std::string_view scope) {
  for (const NginxDirective* line : block.lines) make_line(block, *line, scope);
}

void NginxMaker::make_line(const NginxBlock& block, const NginxDirective& line, std::string_view scope) {
  std::optional<Line> read = read_line(line);
  if (!read) return;
  std::string_view value = read->value == nullptr ? std::string_view() : read->value->text;
  bool is_plain = value.find('$') == value.npos && value.find('\n') == value.npos;
  if (read->value != nullptr && is_plain) return;

  std::string_view directive = line.name.text;
  NginxCaptures own;
  if (directive == "rewrite") own = request_data_.captures_of_rewrite(line, read->is_redirect);
  std::string header = read->name == nullptr ? std::string() : in_small_letters(read->name->text);
  bool has_scheme = directive == "proxy_pass" || (directive == "grpc_pass" && value.find("://") != value.npos);
  std::vector<NginxText> texts = request_data_.expand(value, block, directive == "rewrite" ? &own : nullptr);
  Findings breaks, hosts, written;
  for (const NginxText& text : texts) {
    if (read->is_sent) find_line_breaks(text, breaks);
    if (read->is_sent) find_written_breaks(text, written);
    if (is_pass(directive)) find_hosts(text, has_scheme, hosts);
    if (header == "host" && directive == "proxy_set_header") find_sent_hosts(text, hosts);
  }
  Value internal = is_internal(block);
  Value multiline =
      written.gap != nullptr && written.names.empty() ? unknown(*written.gap) : Value::boolean(!written.names.empty());
  auto reason = [](const Findings& found) { return found.gap == nullptr ? std::string() : found.gap->reason; };
  std::string meaning = fmt::format("{} {} {} {} {} {}", fmt::join(breaks.names, " "), reason(breaks),
                                    fmt::join(hosts.names, " "), reason(hosts), to_text(internal), to_text(multiline));
  if (!lines_.emplace(&line, std::move(meaning)).second) return;

  NginxBody body(arena_);
  auto list = [&](const Findings& found) {
    std::vector<Value> items;
    for (const std::string& name : found.names) items.push_back(text(name));
    return Value::list(arena_, items, read->value == nullptr ? line.whole : read->value->span,
                       found.gap == nullptr ? nullptr : &unknown(*found.gap).why());
  };
  std::vector<Value> words;
  for (const NginxWord& word : line.arguments) words.push_back(text(word));
  body.add("scope", scope.empty() ? unknown(root_.tree.gaps.front()) : text(scope));
  body.add_text("directive", directive, line.name.span);
  body.add("words", Value::list(arena_, words), line.whole);
  if (!header.empty()) body.add_text("header", header, read->name->span);
  if (read->value != nullptr) body.add("value", text(*read->value), read->value->span);
  body.add("is_multiline", multiline, line.whole);
  body.add("is_internal", internal);
  body.add("line_breaks", list(breaks), line.whole);
  body.add("host_sources", list(hosts), line.whole);
  std::string label = header.empty() ? std::string(directive) : fmt::format("{}[{}]", directive, header);
  std::string_view address = unique(fmt::format("{}{}{}", scope, scope.empty() ? "" : "/", label));
  add_resource("nginx_line", directive, address, line.header, line.whole, body);
}

}  // namespace halint
