// What an unknown value may stand for. The value of a call (`var.own ? aws_vpc.a.id : var.vpc_id`) has as identity a
// text that says how it was made; the resources named there are what it may be. What it may be, absence must reckon
// with. SPDX-License-Identifier: Apache-2.0
#include <cctype>

#include "graph/graph_builder.h"

namespace halint {
namespace {

constexpr int kDeepest = 16;

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

// Where the address begins that goes on at `at`: `module.net[0].` before `aws_subnet.a`.
std::size_t address_begin(std::string_view text, std::size_t at) {
  while (at > 0) {
    char c = text[at - 1];
    if (c == ']') {
      std::size_t open = text.rfind('[', at - 1);
      if (open == std::string_view::npos) return at;
      at = open;
    } else if (is_word(c) || c == '.') {
      --at;
    } else {
      return at;
    }
  }
  return at;
}

}  // namespace

GraphBuilder::Mentions GraphBuilder::mentions_in_text(const Names& names, std::string_view text) const {
  Mentions mentions;
  std::string_view previous;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    std::string_view word = text.substr(at, end - at);
    bool is_chain = end < text.size() && text[end] == '.';
    bool is_inner = at > 0 && text[at - 1] == '.';
    if (is_chain && word == "data") mentions.is_data = true;
    // The names of what could not be written out: they tell nothing of what they hold.
    if (is_chain && (word == "local" || (word == "var" && is_inner))) mentions.is_anything = true;
    if (is_chain && previous != "data" && names.types.contains(word)) {
      std::size_t name_end = end + 1;
      while (name_end < text.size() && is_word(text[name_end])) ++name_end;
      std::size_t begin = address_begin(text, at);
      auto group = names.groups.find(text.substr(begin, name_end - begin));
      if (group == names.groups.end()) {
        mentions.is_anything = true;
      } else {
        mentions.instances.insert(mentions.instances.end(), group->second.begin(), group->second.end());
      }
    }
    previous = word;
    at = end;
  }
  return mentions;
}

GraphBuilder::Mentions GraphBuilder::mentions_in(std::uint32_t configuration, const Symbol& symbol) const {
  const Names& names = names_[configuration];
  Mentions mentions;
  switch (symbol.kind) {
    case Symbol::Kind::kVariable:
    case Symbol::Kind::kModule:
      break;
    case Symbol::Kind::kResource:
    case Symbol::Kind::kData:
      mentions.instances = find_instances(names, symbol).instances;
      mentions.is_data = symbol.kind == Symbol::Kind::kData;
      break;
    case Symbol::Kind::kCall:
      mentions = mentions_in_text(names, symbol.address);
      break;
  }
  return mentions;
}

// Whether something that is made here may be meant. A variable of the root means what was there before.
bool GraphBuilder::may_be_made_here(std::uint32_t configuration, const Unknown& why) const {
  if (why.symbol == nullptr) return true;
  if (why.symbol->kind == Symbol::Kind::kVariable) return false;
  if (why.symbol->kind != Symbol::Kind::kCall) return true;
  Mentions mentions = mentions_in(configuration, *why.symbol);
  return mentions.is_anything || mentions.is_data || !mentions.instances.empty();
}

// Whether what a data source asks for depends on something that is made here: `vpc_id = aws_vpc.main.id`.
bool GraphBuilder::reads_back(std::uint32_t configuration, const Value& value, int depth) const {
  if (depth > kDeepest) return true;
  if (value.is(ValueKind::kList) || value.is(ValueKind::kSet) || value.is(ValueKind::kTemplate)) {
    for (const Value& item : value.items()) {
      if (reads_back(configuration, item, depth + 1)) return true;
    }
    return !value.is(ValueKind::kTemplate) && value.rest() != nullptr &&
           reads_back(configuration, Value::unknown(value.rest()), depth + 1);
  }
  if (value.is(ValueKind::kMap)) {
    for (const Member& member : value.members()) {
      if (reads_back(configuration, member.value, depth + 1)) return true;
    }
    return false;
  }
  if (value.symbol() == nullptr) return value.is_unknown() && value.why().reason != UnknownReason::kVariable;
  Mentions mentions = mentions_in(configuration, *value.symbol());
  if (mentions.is_anything) return true;
  for (std::uint32_t index : mentions.instances) {
    const Resource& resource = *instances_[index].resource;
    if (!resource.is_data || reads_back(configuration, resource.body, depth + 1)) return true;
  }
  return false;
}

}  // namespace halint
