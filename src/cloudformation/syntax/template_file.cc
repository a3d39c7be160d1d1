// One file as a template: told from other YAML and JSON by what it says, not by its name.
// SPDX-License-Identifier: Apache-2.0
#include "cloudformation/syntax/template_file.h"

#include <algorithm>
#include <cctype>
#include <span>
#include <string>
#include <utility>

#include "base/text.h"

namespace halint {
namespace {

constexpr std::string_view kVersion = "AWSTemplateFormatVersion";

bool is_letter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

// `Type: AWS::EC2::VPC`, `"Type" : "AWS::EC2::VPC"`.
bool has_resource_type(std::string_view text) {
  for (std::size_t at = text.find("Type"); at != text.npos; at = text.find("Type", at + 4)) {
    std::size_t next = text.find_first_not_of("\"' \t", at + 4);
    if (next == text.npos || text[next] != ':') continue;
    next = text.find_first_not_of("\"' \t\r\n", next + 1);
    if (next == text.npos) return false;
    std::size_t end = next;
    while (end < text.size() && is_letter(text[end])) ++end;
    if (end > next && text.substr(end).starts_with("::")) return true;
  }
  return false;
}

bool is_json(std::string_view text) {
  if (has_byte_order_mark(text)) text.remove_prefix(kByteOrderMark.size());
  std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin != text.npos && text[begin] == '{';
}

bool is_template(const TemplateNode& root) {
  if (!root.is_map()) return false;
  if (root.find(kVersion) != nullptr) return true;
  const TemplateNode* resources = root.find("Resources");
  if (resources == nullptr || !resources->is_map()) return false;
  return std::ranges::any_of(resources->members, [](const TemplateMember& member) {
    if (member.key.starts_with("Fn::ForEach")) return true;
    const TemplateNode* type = member.value.find("Type");
    return type != nullptr && type->is_text() && type->text.find("::") != std::string_view::npos;
  });
}

void add_transforms(const TemplateNode& node, std::vector<std::string_view>& transforms) {
  if (node.is_text()) transforms.push_back(node.text);
  if (node.is_map()) {
    const TemplateNode* name = node.find("Name");
    if (name != nullptr && name->is_text()) transforms.push_back(name->text);
  }
  for (const TemplateNode& item : node.items) {
    if (!item.is_list()) add_transforms(item, transforms);
  }
}

// The outermost and the innermost entry around or after `offset`, below the sections.
struct Place {
  Span block;
  Span entry;
};

bool begins_in(const TemplateMember& member, std::uint32_t begin, std::uint32_t end) {
  return begin <= member.key_span.begin && member.key_span.begin < end;
}

const TemplateMember* find_entry(const TemplateNode& node, std::uint32_t begin, std::uint32_t end, int depth) {
  if (depth > 200) return nullptr;
  for (const TemplateMember& member : node.members) {
    if (begins_in(member, begin, end)) return &member;
    Span span = member.span();
    if (span.begin >= end || span.end < begin) continue;
    if (const TemplateMember* inner = find_entry(member.value, begin, end, depth + 1)) return inner;
  }
  for (const TemplateNode& item : node.items) {
    if (item.span.begin >= end || item.span.end < begin) continue;
    if (const TemplateMember* inner = find_entry(item, begin, end, depth + 1)) return inner;
  }
  return nullptr;
}

void find_remarks(std::string_view text, TemplateFile& file) {
  for (std::size_t at = text.find(kRemarkWord); at != text.npos; at = text.find(kRemarkWord, at + 1)) {
    std::size_t line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    std::size_t sign = text.rfind('#', at);
    if (sign == text.npos || sign < line) continue;
    std::size_t line_end = std::min(text.find('\n', at), text.size());
    std::string_view said = remark_text(text.substr(sign, line_end - sign));
    if (said.empty() || said.data() != text.data() + at) continue;
    Remark remark;
    remark.text = said;
    remark.span = {file.file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + said.size())};
    std::size_t begin = line, end = sign;
    if (!trails_code(text, static_cast<std::uint32_t>(sign))) {
      // The next line that is not blank and no comment.
      begin = line_end;
      for (;;) {
        std::size_t first = text.find_first_not_of(" \t\r\n", begin);
        if (first == text.npos) break;
        begin = first;
        end = std::min(text.find('\n', first), text.size());
        if (text[first] != '#') break;
        begin = end;
      }
    }
    remark.leads_file = text.find_first_not_of(" \t\r\n") == sign;
    const TemplateMember* entry =
        find_entry(file.root, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), 0);
    if (entry != nullptr) remark.target = entry->span();
    remark.block = remark.target;
    for (const TemplateMember& section : file.root.members) {
      for (const TemplateMember& member : section.value.members) {
        if (remark.target.is_known() && member.span().contains(remark.target)) remark.block = member.span();
      }
    }
    file.remarks.push_back(remark);
  }
}

std::string one_line(const TemplateNode* node) {
  std::string text(node != nullptr && node->is_text() ? node->text : std::string_view());
  std::ranges::replace_if(
      text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

// `{rule: SLUG, reason: TEXT, until: DATE}` as the comment that says the same.
std::string as_comment(const TemplateNode& entry) {
  std::string said(kRemarkWord);
  if (std::string rule = one_line(entry.find("rule")); !rule.empty()) said += "[" + rule + "]";
  if (std::string until = one_line(entry.find("until")); !until.empty()) said += " until " + until;
  if (std::string reason = one_line(entry.find("reason")); !reason.empty()) said += ": " + reason;
  return said;
}

// `Metadata: {halint: {ignore: [...]}}` of each resource: the only way to speak to halint in JSON.
void find_metadata_remarks(TemplateFile& file) {
  const TemplateNode* resources = file.section("Resources");
  if (resources == nullptr) return;
  for (const TemplateMember& resource : resources->members) {
    const TemplateNode* said = resource.value.find("Metadata");
    if (said != nullptr) said = said->find("halint");
    if (said != nullptr) said = said->find("ignore");
    if (said == nullptr) continue;
    std::span<const TemplateNode> entries = said->is_list() ? std::span(said->items) : std::span(said, 1);
    for (const TemplateNode& entry : entries) {
      Remark remark;
      remark.text = file.arena.copy(as_comment(entry));
      remark.span = entry.span;
      remark.target = remark.block = resource.span();
      file.remarks.push_back(remark);
    }
  }
}

// What breaks off before its resources is a template if it says so: in the first column, or as a name in JSON.
bool says_template(std::string_view text) {
  auto begins = [&](std::string_view name, std::size_t from) {
    std::size_t at = text.find(name, from);
    while (at != text.npos && at != 0 && std::string_view("\n\"'").find(text[at - 1]) == std::string_view::npos)
      at = text.find(name, at + 1);
    return at;
  };
  if (begins(kVersion, 0) != text.npos) return true;
  for (std::size_t at = begins("Resources", 0); at != text.npos; at = begins("Resources", at + 1)) {
    std::size_t next = text.find_first_not_of("\"' \t", at + std::string_view("Resources").size());
    if (next != text.npos && text[next] == ':') return text.find("AWS::", next) != text.npos;
  }
  return false;
}

}  // namespace

const TemplateNode* TemplateFile::section(std::string_view name) const {
  const TemplateNode* found = root.find(name);
  return found != nullptr && found->is_map() ? found : nullptr;
}

bool TemplateFile::has_transform(std::string_view prefix) const {
  return std::ranges::any_of(transforms, [&](std::string_view name) { return name.starts_with(prefix); });
}

bool is_template_name(std::string_view name) {
  return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json") || name.ends_with(".template");
}

bool may_be_template(std::string_view text) {
  // Lists of resource types, as registries of schemas have them, say neither.
  bool has_resources = text.find("Resources") != text.npos;
  return has_resources && (text.find(kVersion) != text.npos || has_resource_type(text));
}

bool read_template(std::string_view text, FileId id, const TemplateLimits& limits, TemplateFile& file) {
  file.file = id;
  if (std::optional<std::size_t> bad = first_invalid_utf8(text)) {
    auto at = static_cast<std::uint32_t>(*bad);
    file.diagnostics.push_back(template_error({id, at, at + 1}, "this byte is not UTF-8", "save the file in UTF-8"));
    return true;
  }
  TemplateTree tree = is_json(text) ? read_json_template(text, id, file.arena, limits)
                                    : read_yaml_template(text, id, file.arena, limits);
  file.diagnostics = std::move(tree.diagnostics);
  auto found = std::ranges::find_if(tree.documents, is_template);
  if (found == tree.documents.end()) {
    bool is_broken = std::ranges::any_of(
        file.diagnostics, [](const Diagnostic& d) { return d.rule == "syntax-error" || d.rule == "limit-exceeded"; });
    return is_broken && says_template(text);
  }
  file.root = std::move(*found);
  if (const TemplateNode* transform = file.root.find("Transform")) add_transforms(*transform, file.transforms);
  // Rain fills in modules before CloudFormation sees the template.
  if (text.find("Rain::Module") != text.npos) file.transforms.push_back("Rain");
  find_remarks(text, file);
  find_metadata_remarks(file);
  return true;
}

}  // namespace halint
