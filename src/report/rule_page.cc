// The page of a rule in docs/rules: reasons, help and examples as Markdown.
// SPDX-License-Identifier: Apache-2.0
#include "report/rule_page.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <iterator>

namespace halint {
namespace {

std::string_view heading_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kBad:
      return "A finding";
    case Verdict::kGood:
      return "No finding";
    case Verdict::kInconclusive:
      return "Inconclusive";
  }
  return "";
}

std::string_view language_of(Format format) {
  switch (format) {
    case Format::kTerraform:
      return "hcl";
    case Format::kCloudFormation:
      return "yaml";
    case Format::kNginx:
      return "nginx";
  }
  return "";
}

std::string_view heading_of(Format format) {
  switch (format) {
    case Format::kTerraform:
      return "Examples in Terraform";
    case Format::kCloudFormation:
      return "Examples in CloudFormation";
    case Format::kNginx:
      return "Examples in nginx";
  }
  return "";
}

// `help` may hold CEL in braces, which only a finding can fill in: here it is shown as code.
std::string with_holes_as_code(std::string_view text) {
  std::string result;
  for (char c : text) {
    const bool is_brace = c == '{' || c == '}';
    result += is_brace ? '`' : c;
  }
  // A hole inside of code is code already.
  for (std::size_t at = result.find("``"); at != result.npos; at = result.find("``", at)) result.erase(at, 1);
  return result;
}

void add_example(const RuleExample& example, std::string& page) {
  fmt::format_to(std::back_inserter(page), "\n### {}{}{}\n", heading_of(example.verdict),
                 example.name.empty() ? "" : ": ", example.name);
  for (const auto& [name, value] : example.variables) {
    std::string_view flag = example.format == Format::kCloudFormation ? "--param" : "--var";
    fmt::format_to(std::back_inserter(page), "\nWith `{} {}={}`.\n", flag, name, value);
  }
  for (const std::string& name : example.unset) {
    fmt::format_to(std::back_inserter(page), "\nWithout a value of `{}`.\n", name);
  }
  for (const auto& [file, content] : example.files) {
    if (example.files.size() > 1) fmt::format_to(std::back_inserter(page), "\n`{}`:\n", file);
    fmt::format_to(std::back_inserter(page), "\n```{}\n{}{}```\n", language_of(example.format), content,
                   content.ends_with('\n') ? "" : "\n");
  }
}

}  // namespace

std::string rule_page(const Rule& rule) {
  const RuleProse prose = read_prose(rule);
  std::string page = fmt::format("<!-- Generated from {} by scripts/update_readme.py. -->\n# {}\n\n{}\n\n", rule.file,
                                 rule.id, rule.title);
  fmt::format_to(std::back_inserter(page), "Severity: {} · runs for each `{}` · tags: {}\n", name_of(rule.severity),
                 rule.each, fmt::join(rule.tags, ", "));
  if (!prose.why.empty()) page += "\n## Why\n\n" + prose.why + "\n";
  if (!prose.help.empty()) page += "\n## What to do\n\n" + with_holes_as_code(prose.help) + "\n";
  if (!prose.links.empty()) fmt::format_to(std::back_inserter(page), "\nSee {}\n", fmt::join(prose.links, ", "));
  std::string_view heading;
  for (const RuleExample& example : read_examples(rule)) {
    if (heading_of(example.format) != heading)
      fmt::format_to(std::back_inserter(page), "\n## {}\n", heading = heading_of(example.format));
    add_example(example, page);
  }
  return page;
}

}  // namespace halint
