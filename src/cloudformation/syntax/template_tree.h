// A CloudFormation template as a tree: what YAML and JSON have in common, with the place of everything.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/remark.h"

namespace halint {

struct TemplateMember;

// Short forms are written out: `!Ref X` is the map `{Ref: X}`, `!Sub "a"` is `{Fn::Sub: a}`.
struct TemplateNode {
  enum class Form : std::uint8_t { kNull, kText, kList, kMap };
  Form form = Form::kNull;
  bool is_bare = false;                  // kText: without quotes, so it may be meant as a number or a truth value.
  bool is_short = false;                 // kMap: a short form.
  Span span = {};                        // From its first to its last sign, the tag included.
  std::string_view text = {};            // kText: escapes resolved.
  std::uint32_t text_at = 0;             // kText: where `text` stands in the file sign by sign; 0 if it does not.
  std::vector<TemplateNode> items = {};  // kList
  std::vector<TemplateMember> members;   // kMap, in the order of the file. Keys are unique.

  bool is(Form other) const { return form == other; }
  bool is_text() const { return form == Form::kText; }
  bool is_list() const { return form == Form::kList; }
  bool is_map() const { return form == Form::kMap; }
  // Null if there is no such member.
  const TemplateNode* find(std::string_view key) const;
};

struct TemplateMember {
  std::string_view key;
  Span key_span = {};
  TemplateNode value = {};
  Span span() const { return {key_span.file, key_span.begin, value.span.end}; }
};

struct TemplateLimits {
  std::uint32_t nesting = 200;
  std::uint32_t nodes = 2'000'000;  // Of one file, aliases filled in.
};

// The documents of a file. What comes after an error is not read. `text` must outlive the result.
struct TemplateTree {
  std::vector<TemplateNode> documents;
  std::vector<Diagnostic> diagnostics;
};

// Requires: valid UTF-8.
TemplateTree read_yaml_template(std::string_view text, FileId file, Arena& arena, const TemplateLimits& limits);
TemplateTree read_json_template(std::string_view text, FileId file, Arena& arena, const TemplateLimits& limits);

Diagnostic template_error(Span span, std::string message, std::string help = "");
Diagnostic template_limit(Span span, std::string message, std::string help = "");
// The text is sound, but CloudFormation would refuse what it says.
Diagnostic template_invalid(Span span, std::string message, std::string help = "");
// Something that belongs to the infrastructure was not read.
Diagnostic template_unread(Span span, std::string message, std::string help = "");

// Of two members with one key, the second is a diagnostic, and the last one counts.
void unify_members(TemplateNode& map, std::vector<Diagnostic>& diagnostics);

}  // namespace halint
