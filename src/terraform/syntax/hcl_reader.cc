// Builds syntax from a parsed tree: files, blocks and attributes.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/syntax/hcl_reader.h"

#include <fmt/format.h>

#include <unordered_set>

#include "terraform/syntax/trouble.h"

namespace halint {

Body finish_body(HclFile& into, HclContents& contents) {
  std::unordered_set<std::string_view> seen;
  for (const Attribute& attribute : contents.attributes) {
    if (seen.insert(attribute.name).second) continue;
    into.diagnostics.push_back(syntax_error(attribute.name_span,
                                            fmt::format("`{}` is set twice in the same block", attribute.name),
                                            "remove one of the two"));
  }
  Body body;
  body.attributes = into.arena.copy(contents.attributes);
  body.blocks = into.arena.copy(contents.blocks);
  return body;
}

void HclReader::read_file(HclContents& contents) {
  if (walk_.node() == HclNode::kBody) {
    collect(contents);
  } else {
    walk_.each_child([&] {
      if (walk_.node() == HclNode::kBody || walk_.node() == HclNode::kError)
        collect(contents);
      else
        collect_one(contents);
    });
  }
}

// Of the file `x = <<EOT ... EOT`, in which a template file is wrapped: the line feed before the end is not part of
// it.
const Expression* HclReader::read_wrapped_template() {
  is_template_file_ = true;
  HclContents contents;
  read_file(contents);
  return contents.attributes.empty() ? nullptr : contents.attributes[0].value;
}

bool HclReader::is_too_deep() {
  if (depth_ < nesting_) return false;
  if (!said_too_deep_) {
    said_too_deep_ = true;
    into_.diagnostics.push_back(
        limit_exceeded(span(), fmt::format("expressions or blocks nest deeper than {} levels", nesting_),
                       "split the expression into locals"));
  }
  return true;
}

void HclReader::collect(HclContents& contents) {
  if (is_too_deep()) return;
  Deeper deeper(depth_);
  walk_.each_child([&] { collect_one(contents); });
}

void HclReader::collect_one(HclContents& contents) {
  switch (walk_.node()) {
    case HclNode::kAttribute:
      read_attribute(contents);
      break;
    case HclNode::kBlock:
      read_block(contents);
      break;
    case HclNode::kBody:
    case HclNode::kError:  // What is whole inside of a broken region counts.
      collect(contents);
      break;
    default:
      break;
  }
}

void HclReader::read_attribute(HclContents& contents) {
  Attribute attribute;
  attribute.span = span();
  walk_.each_child([&] {
    if (walk_.node() == HclNode::kIdentifier && attribute.name.empty()) {
      attribute.name = text();
      attribute.name_span = span();
    } else if (walk_.node() == HclNode::kExpression) {
      attribute.value = expression();
    }
  });
  if (attribute.value != nullptr) contents.attributes.push_back(attribute);
}

void HclReader::read_block(HclContents& contents) {
  if (is_too_deep()) return;
  Deeper deeper(depth_);
  Block block;
  block.span = span();
  block.header = span();
  std::vector<Label> labels;
  HclContents inner;
  walk_.each_child([&] {
    switch (walk_.node()) {
      case HclNode::kIdentifier:
        if (block.type.empty())
          block.type = text();
        else
          labels.push_back({text(), span()});
        block.header.end = span().end;
        break;
      case HclNode::kStringLit:
        expect_plain_label();
        labels.push_back({unescape_quoted(arena_, quoted_text()), span()});
        block.header.end = span().end;
        break;
      case HclNode::kBody:
      case HclNode::kError:
        collect(inner);
        break;
      default:
        break;
    }
  });
  block.labels = arena_.copy(labels);
  block.body = finish_body(into_, inner);
  contents.blocks.push_back(block);
}

// A label is a name, not a value.
void HclReader::expect_plain_label() {
  std::string_view label = quoted_text();
  for (std::size_t at = label.find('{'); at != label.npos; at = label.find('{', at + 1)) {
    std::string_view before = label.substr(0, at);
    bool is_sequence =
        (before.ends_with('$') && !before.ends_with("$$")) || (before.ends_with('%') && !before.ends_with("%%"));
    if (!is_sequence) continue;
    into_.diagnostics.push_back(syntax_error(span(), "a label cannot hold an interpolation", "write a fixed name"));
    return;
  }
}

// The text between the quotes of a string_lit.
std::string_view HclReader::quoted_text() const {
  std::string_view quoted = text();
  return quoted.size() >= 2 ? quoted.substr(1, quoted.size() - 2) : std::string_view();
}
}  // namespace halint
