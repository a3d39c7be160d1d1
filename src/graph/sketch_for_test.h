// Draws configurations for tests in a few lines, so that tests of the graph and above need no front end:
//
//   aws_vpc.main { cidr_block = "10.0.0.0/16" }
//   aws_subnet.a[0] { vpc_id = aws_vpc.main.id, az = data.aws_availability_zones.all.names[0] }
//   aws_subnet.some[?]* { vpc_id = var.vpc }           # `*` a summary, `?` may not be there
//   aws_route_table.r { vpc_id = aws_subnet.some[?count.index].vpc_id, route { cidr_block = "0.0.0.0/0" }, more = ? }
//   opaque module.eks { vpc_id = aws_vpc.main.id }     # not read; told of these inputs
//   opaque module.sg = "a/b/aws" { ... }               # the same, with its source
//
// Values: "text ${var.x}", 1, true, null, `?` (unknown, without identity), [a, b, ...] (`...`: there may be more),
// { a = 1 }, and references. Blocks are lists of maps.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cassert>
#include <cctype>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/resource.h"

namespace halint {

class Sketch {
 public:
  explicit Sketch(std::string_view text) {
    text_ = arena().copy(text);
    skip();
    while (at_ < text_.size()) statement();
  }

  Configuration take() { return std::move(configuration_); }

 private:
  Arena& arena() { return *configuration_.arena; }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip() {
    while (at_ < text_.size()) {
      if (text_[at_] == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (std::isspace(static_cast<unsigned char>(text_[at_])) || text_[at_] == ',') {
        ++at_;
      } else {
        return;
      }
    }
  }
  bool accept(std::string_view token) {
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    skip();
    return true;
  }
  void expect(char token) {
    bool is_there = accept({&token, 1});
    assert(is_there && "a sketch must be well-formed");
    if (!is_there) std::abort();
  }

  // `aws_subnet.a["x"].id`, up to the first character that belongs to no reference.
  std::string_view chain() {
    std::size_t begin = at_;
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (c == '[') {
        at_ = text_.find(']', at_) + 1;
      } else if (std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' || c == '-') {
        ++at_;
      } else {
        break;
      }
    }
    std::string_view result = text_.substr(begin, at_ - begin);
    skip();
    return result;
  }

  Span here(std::size_t begin) const {
    return {FileId{1}, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
  }

  // Splits off the first segment: `aws_subnet`, `[0]`.
  static std::string_view segment(std::string_view& chain) {
    if (chain.starts_with('.')) chain.remove_prefix(1);
    std::size_t end = chain.starts_with('[') ? chain.find(']') + 1 : std::min(chain.find_first_of(".["), chain.size());
    std::string_view result = chain.substr(0, end);
    chain.remove_prefix(end);
    return result;
  }

  static Step step_of(std::string_view segment) {
    if (!segment.starts_with('[')) return {Step::Kind::kAttribute, segment, 0};
    std::string_view inner = segment.substr(1, segment.size() - 2);
    if (inner == "*") return {Step::Kind::kSplat, {}, 0};
    if (inner.starts_with('?')) return {Step::Kind::kSome, inner.substr(1), 0};
    if (inner.starts_with('"')) return {Step::Kind::kAttribute, inner.substr(1, inner.size() - 2), 0};
    return {Step::Kind::kIndex, {}, std::atoll(std::string(inner).c_str())};
  }

  Value reference(std::string_view whole, Span span) {
    std::string_view rest = whole;
    Symbol symbol;
    std::string_view first = segment(rest);
    if (first == "var") {
      symbol.kind = Symbol::Kind::kVariable;
      segment(rest);
    } else if (first == "module" && rest.find(".aws_") == std::string_view::npos) {
      symbol.kind = Symbol::Kind::kModule;
      segment(rest);
    } else {
      symbol.kind = whole.find("data.") == std::string_view::npos ? Symbol::Kind::kResource : Symbol::Kind::kData;
      while (!first.starts_with("aws_")) first = segment(rest);
      segment(rest);
      // The key belongs to the address; of an unknown one only that it is one.
      if (rest.starts_with("[0") || rest.starts_with("[1") || rest.starts_with("[\"") || rest.starts_with("[2"))
        segment(rest);
    }
    symbol.address = whole.substr(0, whole.size() - rest.size());
    if (rest.starts_with("[?") && symbol.kind == Symbol::Kind::kResource) {
      symbol.address = arena().copy(std::string(symbol.address) + "[?]");
    }
    std::vector<Step> path;
    while (!rest.empty()) path.push_back(step_of(segment(rest)));
    symbol.path = arena().copy(path);
    Unknown unknown;
    unknown.reason = symbol.kind == Symbol::Kind::kVariable   ? UnknownReason::kVariable
                     : symbol.kind == Symbol::Kind::kModule   ? UnknownReason::kExternal
                     : symbol.kind == Symbol::Kind::kResource ? UnknownReason::kComputed
                                                              : UnknownReason::kData;
    unknown.detail = arena().copy("`" + std::string(whole) + "` is not known");
    unknown.symbol = arena().make<Symbol>(symbol);
    return Value::unknown(arena(), unknown, span);
  }

  Value quoted() {
    std::size_t begin = at_++;
    std::vector<Value> parts;
    while (peek() != '"') {
      // `$host` is text.
      std::size_t end = std::min(text_.find('"', at_), text_.find("${", at_));
      if (end > at_) parts.push_back(Value::string(arena(), text_.substr(at_, end - at_), here(begin)));
      at_ = end;
      if (peek() != '$') continue;
      at_ += 2;
      parts.push_back(reference(chain(), here(begin)));
      ++at_;  // The brace.
    }
    ++at_;
    Span span = here(begin);
    skip();
    if (parts.empty()) return Value::string(arena(), "", span);
    return Value::text_template(arena(), parts, span);
  }

  Value list() {
    std::size_t begin = at_;
    expect('[');
    std::vector<Value> items;
    const Unknown* rest = nullptr;
    while (peek() != ']') {
      if (accept("...")) {
        rest =
            arena().make<Unknown>(Unknown{UnknownReason::kUnsupported, "there may be more", {}, nullptr, Shape::kAny});
      } else {
        items.push_back(value());
      }
    }
    expect(']');
    return Value::list(arena(), items, here(begin), rest);
  }

  Value value() {
    std::size_t begin = at_;
    char c = peek();
    if (c == '"') return quoted();
    if (c == '[') return list();
    if (c == '{') return body();
    if (accept("?")) {
      return Value::unknown(arena(), {UnknownReason::kUnsupported, "it is not known", {}, nullptr, Shape::kAny},
                            here(begin));
    }
    std::string_view word = chain();
    if (word == "true" || word == "false") return Value::boolean(word == "true", here(begin));
    if (word == "null") return Value::null(here(begin));
    if (!word.empty() && (std::isdigit(static_cast<unsigned char>(word[0])) || word[0] == '-')) {
      return Value::real(std::strtod(std::string(word).c_str(), nullptr), here(begin));
    }
    return reference(word, here(begin));
  }

  Value body() {
    std::size_t begin = at_;
    expect('{');
    std::vector<Member> members;
    std::vector<std::pair<std::string_view, std::vector<Value>>> blocks;
    std::vector<Span> block_spans;
    while (peek() != '}') {
      std::size_t start = at_;
      std::string_view name = chain();
      if (accept("=")) {
        Value assigned = value();
        members.push_back({name, assigned, here(start)});
        continue;
      }
      Value block = body();
      std::size_t i = 0;
      while (i < blocks.size() && blocks[i].first != name) ++i;
      if (i == blocks.size()) {
        blocks.push_back({name, {}});
        block_spans.push_back(here(start));
      }
      blocks[i].second.push_back(block);
    }
    expect('}');
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      members.push_back({blocks[i].first, Value::list(arena(), blocks[i].second, block_spans[i]), block_spans[i]});
    }
    return Value::map(arena(), std::move(members), here(begin));
  }

  void statement() {
    std::size_t begin = at_;
    if (accept("opaque")) {
      Opaque part;
      part.address = chain();
      if (accept("=")) part.source = quoted().as_string();
      part.reason = "module `" + std::string(part.address) + "` is not installed";
      if (peek() == '{') part.inputs = body();
      configuration_.opaque.push_back(part);
      return;
    }
    Resource resource;
    resource.address = chain();
    if (accept("*")) resource.multiplicity = {0, Multiplicity::kInfinite};
    if (accept("?")) resource.multiplicity = {0, 1};
    resource.header = here(begin);
    std::string_view rest = resource.address;
    resource.type = segment(rest);
    while (!resource.type.starts_with("aws_")) {
      resource.is_data = resource.is_data || resource.type == "data";
      resource.type = segment(rest);
    }
    std::size_t before = static_cast<std::size_t>(resource.type.data() - resource.address.data());
    if (before > 0 && !resource.is_data) resource.scope = resource.address.substr(0, before - 1);
    resource.name = segment(rest);
    resource.body = body();
    resource.whole = here(begin);
    configuration_.resources.push_back(resource);
  }

  Configuration configuration_;
  std::string_view text_;
  std::size_t at_ = 0;
};

inline std::vector<Configuration> sketch(std::string_view text) {
  std::vector<Configuration> configurations;
  configurations.push_back(Sketch(text).take());
  return configurations;
}

}  // namespace halint
