// What stacks export and others import, across the templates of the workspace.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "cloudformation/evaluate/evaluator.h"

namespace halint {
namespace {

constexpr char kAnything = '\x01';  // In a pattern: a part that is not known.
constexpr std::size_t kLongestPattern = 500;

// A name with a sign for each part that is not known: "${AWS::StackName}-Vpc".
std::string pattern_of(const Value& name) {
  if (std::optional<std::string> text = text_of(name)) return *text;
  std::string pattern;
  if (!name.is(ValueKind::kTemplate)) return {kAnything};
  for (const Value& part : name.items()) {
    if (part.is(ValueKind::kString)) {
      pattern += part.as_string();
    } else if (!pattern.ends_with(kAnything)) {
      pattern += kAnything;
    }
  }
  return pattern;
}

// Whether some text fits both patterns.
bool may_be_same(std::string_view a, std::string_view b) {
  if (a.size() > kLongestPattern || b.size() > kLongestPattern) return true;
  std::vector<bool> row(b.size() + 1), next(b.size() + 1);
  // row[j]: what is left of `a` from i and of `b` from j may be the same.
  for (std::size_t i = a.size() + 1; i-- > 0;) {
    for (std::size_t j = b.size() + 1; j-- > 0;) {
      bool ends = i == a.size() && j == b.size();
      bool a_any = i < a.size() && a[i] == kAnything, b_any = j < b.size() && b[j] == kAnything;
      bool fits = ends || (a_any && (row[j] || (j < b.size() && next[j + 1]))) ||
                  (b_any && (next[j + 1] || (i < a.size() && row[j])));
      if (!fits && i < a.size() && j < b.size() && a[i] == b[j]) fits = row[j + 1];
      next[j] = fits;
    }
    std::swap(row, next);
  }
  return row[0];
}

}  // namespace

std::vector<Export> TemplateEvaluator::exports_of(const TemplateFile& file) {
  root_ = make_stack(file, "", nullptr);
  set_root_parameters(*root_);
  fill(*root_);
  std::vector<Export> exports;
  for (const Entry& entry : root_->outputs) {
    const Node* mark = entry.body->find("Export");
    const Node* name = mark != nullptr ? mark->find("Name") : nullptr;
    if (name != nullptr)
      exports.push_back({&file, pattern_of(evaluate(*root_, *name, entry.loop)), std::string(entry.id)});
  }
  return exports;
}

// The exporting stack as it would be made by itself. Its resources are named "FILE#Vpc" here.
Stack& TemplateEvaluator::foreign_stack(const TemplateFile& file) {
  std::unique_ptr<Stack>& stack = foreign_[&file];
  if (stack == nullptr) {
    stack = make_stack(file, keep(file.path + "#"), nullptr);
    set_root_parameters(*stack);
    fill(*stack);
  }
  return *stack;
}

// What is known of the value that another template exports; else unknown, and two imports of one name are the same.
Value TemplateEvaluator::import_value(Stack& stack, const Value& name, Span span) {
  const std::string pattern = pattern_of(name);
  std::vector<const Export*> fitting;
  for (const Export& candidate : workspace_.exports) {
    const bool is_anything = pattern == std::string(1, kAnything) || candidate.name == std::string(1, kAnything);
    if (candidate.file != stack.file && !is_anything && may_be_same(pattern, candidate.name))
      fitting.push_back(&candidate);
  }
  std::string identity = identity_of(name);
  std::string text = text_of(name).value_or(identity.empty() ? "its name" : identity);
  std::string detail = fmt::format("another stack exports `{}`", escape_controls(text));
  if (fitting.size() > 1)
    detail = fmt::format("`{}` and `{}` may both export `{}`", fitting[0]->file->path, fitting[1]->file->path,
                         escape_controls(text));
  if (fitting.size() == 1) {
    Stack& exporter = foreign_stack(*fitting[0]->file);
    auto output = exporter.output_index.find(fitting[0]->output);
    const Node* value = output != exporter.output_index.end() ? output->second->body->find("Value") : nullptr;
    if (value != nullptr && exporter.open_outputs.insert(output->first).second) {
      Value result = evaluate(exporter, *value, output->second->loop);
      exporter.open_outputs.erase(output->first);
      return result;
    }
  }
  Unknown why = {.reason = UnknownReason::kExternal, .detail = keep(detail), .decide = {}};
  if (identity.empty()) return Value::unknown(arena_, why, span);
  return unknown_of(Symbol::Kind::kCall, fmt::format("Fn::ImportValue({})", identity), {}, why, span);
}

}  // namespace halint
