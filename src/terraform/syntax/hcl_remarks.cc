// Finds the comments of an HCL file that speak to halint.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/syntax/hcl_remarks.h"

#include <algorithm>

#include "base/remark.h"
#include "terraform/syntax/hcl_brackets.h"

namespace halint {
namespace {

// What a comment at some place stands on.
struct Place {
  Span next;   // The attribute or block that comes first after it, in the body where it stands.
  Span block;  // The outermost block around it.
};

Span earlier(Span a, Span b) {
  if (!a.is_known()) return b;
  return b.is_known() && b.begin < a.begin ? b : a;
}

// Bodies nest no deeper than the parser allows.
void find_place(const Body& body, std::uint32_t offset, Place& place) {
  Span next;
  for (const Attribute& attribute : body.attributes) {
    // A comment between the items of a long value is about the attribute that holds it.
    bool is_around = attribute.span.begin <= offset && offset < attribute.span.end;
    if (is_around) next = attribute.span;
    if (attribute.span.begin >= offset) next = earlier(next, attribute.span);
  }
  for (const Block& block : body.blocks) {
    if (block.span.begin <= offset && offset < block.span.end) {
      if (!place.block.is_known()) place.block = block.span;
      return find_place(block.body, offset, place);
    }
    if (block.span.begin >= offset) next = earlier(next, block.span);
  }
  place.next = next;
}

bool leads(const Body& body, std::uint32_t offset) {
  auto is_later = [&](const auto& item) { return item.span.begin > offset; };
  return std::ranges::all_of(body.attributes, is_later) && std::ranges::all_of(body.blocks, is_later);
}

Span span_of(FileId file, std::string_view part, std::string_view text) {
  auto begin = static_cast<std::uint32_t>(part.data() - text.data());
  return {file, begin, begin + static_cast<std::uint32_t>(part.size())};
}

void find_in_json(HclFile& file, const JsonNode& node, Span block, int depth, std::string_view text) {
  for (const JsonNode& item : node.items) find_in_json(file, item, block, depth, text);
  for (const JsonMember& member : node.members) {
    // The labels of a block are two objects deep at most; what lies below belongs to the block.
    find_in_json(file, member.value, depth < 3 ? member.value.span : block, depth + 1, text);
    bool is_remark = member.key.text == "//" && member.value.text.starts_with(kRemarkWord);
    if (!is_remark) continue;
    Remark remark = {member.value.text, member.value.span, node.span, depth < 3 ? node.span : block, depth == 0};
    file.remarks.push_back(remark);
  }
}

}  // namespace

void find_remarks(HclFile& file, std::string_view text) {
  if (text.find(kRemarkWord) == text.npos) return;
  for (const Span& comment : find_comments(text, file.file)) {
    std::string_view spoken = remark_text(text.substr(comment.begin, comment.end - comment.begin));
    if (spoken.empty()) continue;
    Place place;
    find_place(file.body, comment.begin, place);
    Remark remark = {spoken, span_of(file.file, spoken, text), place.next, place.block,
                     leads(file.body, comment.begin)};
    if (trails_code(text, comment.begin)) remark.target = line_before(file.file, text, comment.begin);
    if (!remark.block.is_known()) remark.block = remark.target;
    file.remarks.push_back(remark);
  }
}

void find_remarks(HclFile& file, const JsonNode& root, std::string_view text) {
  if (text.find(kRemarkWord) != text.npos) find_in_json(file, root, root.span, 0, text);
}

}  // namespace halint
