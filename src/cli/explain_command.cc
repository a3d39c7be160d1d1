// `halint explain NAME`: a rule with its reasons and examples, or a kind of the graph with all that can be asked of it.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "cli/command.h"
#include "cli/flags.h"
#include "graph/schema.h"
#include "graph/schema_mapping.h"
#include "report/rule_page.h"
#include "rules/rule.h"
#include "topology/topology.h"

namespace halint {
namespace {

// Each line of `text` below `margin`.
std::string indented(std::string_view text, std::string_view margin) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) fmt::format_to(std::back_inserter(result), "{}{}", margin, text.substr(0, end));
    result += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

std::string_view title_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kBad:
      return "gives a finding";
    case Verdict::kGood:
      return "gives none";
    case Verdict::kInconclusive:
      return "is inconclusive";
  }
  return "";
}

std::string describe_example(const RuleExample& example) {
  std::string text = fmt::format("\nthis {} {}{}\n", name_of(example.format), title_of(example.verdict),
                                 example.name.empty() ? "" : fmt::format(" ({})", example.name));
  for (const auto& [name, value] : example.variables) text += fmt::format("  with --var {}={}\n", name, value);
  for (const std::string& name : example.unset) text += fmt::format("  without a value of `{}`\n", name);
  for (const auto& [file, content] : example.files) {
    if (example.files.size() > 1) text += fmt::format("  {}\n", file);
    text += indented(content, "    ");
  }
  return text;
}

std::string describe_rule(const Rule& rule) {
  const RuleProse prose = read_prose(rule);
  std::string text = fmt::format("{}: {}\n", rule.id, rule.title);
  text += fmt::format("  {}; runs for each {}; {}\n", name_of(rule.severity), rule.each, fmt::join(rule.tags, ", "));
  if (!prose.why.empty()) text += "\nwhy\n" + indented(prose.why, "  ");
  if (!prose.help.empty()) text += "\nhelp\n" + indented(prose.help, "  ");
  for (const RuleExample& example : read_examples(rule)) text += describe_example(example);
  if (!prose.links.empty()) text += fmt::format("\nread more\n  {}\n", fmt::join(prose.links, "\n  "));
  return text;
}

std::string spelling_of(const SourcePath& path) {
  std::string text = path.from_resource ? "/" : "";
  for (std::size_t i = 0; i < path.steps.size(); ++i) {
    if (i > 0) text += '.';
    text += path.steps[i].name;
    if (path.steps[i].each) text += "[*]";
  }
  return text;
}

// How Terraform spells a kind: its resource types, and the paths that each attribute is read from.
struct Spellings {
  std::vector<std::string> types;
  std::set<std::string> of(AttributeId id) const;
  std::vector<const Mapping*> mappings;
};

std::set<std::string> Spellings::of(AttributeId id) const {
  std::set<std::string> paths;
  for (const Mapping* mapping : mappings) {
    for (const AttributeSource& source : mapping->attributes) {
      if (source.id != id) continue;
      for (const SourcePath& path : source.from) paths.insert(spelling_of(path));
    }
  }
  return paths;
}

Spellings spellings_of(const Schema& schema, KindId kind) {
  Spellings spellings;
  for (const std::string& type : schema.resource_types(Format::kTerraform)) {
    bool makes_it = false;
    for (const Mapping& mapping : schema.mappings(Format::kTerraform, type)) {
      if (mapping.kind != kind) continue;
      spellings.mappings.push_back(&mapping);
      makes_it = true;
    }
    if (makes_it) spellings.types.push_back(type);
  }
  return spellings;
}

std::string describe_kind(const Schema& schema, const KindInfo& kind) {
  const Spellings spellings = spellings_of(schema, kind.id);
  std::string text = fmt::format("{}: {}\n", kind.name, kind.doc);
  if (!kind.groups.empty()) text += fmt::format("  belongs to: {}\n", fmt::join(kind.groups, ", "));
  if (!spellings.types.empty()) text += fmt::format("  in Terraform: {}\n", fmt::join(spellings.types, ", "));

  if (!kind.attributes.empty()) text += "\nattributes\n";
  for (const AttributeInfo& attribute : kind.attributes) {
    text += fmt::format("  {}  {}  {}\n", attribute.name, to_text(attribute.type), attribute.doc);
    const std::set<std::string> paths = spellings.of(attribute.id);
    if (!paths.empty()) text += fmt::format("      Terraform: {}\n", fmt::join(paths, ", "));
  }
  if (!kind.edges.empty()) text += "\nedges\n";
  for (const EdgeInfo& edge : kind.edges) {
    text += fmt::format("  {}  {} {}  {}\n", edge.name, edge.is_many ? "list of" : "one", fmt::join(edge.to, ", "),
                        edge.doc);
  }
  std::string back;
  for (const KindInfo& other : schema.kinds()) {
    for (const EdgeInfo& edge : other.edges) {
      const bool leads_here = std::find(edge.to.begin(), edge.to.end(), kind.name) != edge.to.end();
      if (!edge.reverse.empty() && leads_here) back += fmt::format("  {}  list of {}\n", edge.reverse, other.name);
    }
  }
  if (!back.empty()) text += "\nwhat leads here\n" + back;

  std::string facts;
  for (const FactInfo& fact : Topology::facts()) {
    const FactInfo* known = Topology::find_fact(schema, kind.name, fact.name);
    if (known && known->id == fact.id) facts += fmt::format("  {}  {}  {}\n", fact.name, to_text(fact.type), fact.doc);
  }
  if (!facts.empty()) text += "\nfacts\n" + facts;
  return text;
}

Outcome unknown_name(const std::string& name) {
  std::vector<std::string> known;
  for (const Rule* rule : builtin_rules().rules()) known.push_back(rule->id);
  for (const KindInfo& kind : builtin_schema().kinds()) known.push_back(kind.name);
  const auto meant = did_you_mean(name, known);
  return trouble(fmt::format("there is neither a rule nor a kind `{}`", escape_controls(name)),
                 meant ? fmt::format("did you mean `{}`?", *meant)
                       : "`halint rules` lists the rules; kinds are such as `subnet` or `db_instance`");
}

}  // namespace

Outcome run_explain(const Invocation& invocation) {
  CLI::App app(
      "Explains a rule, or a kind of the graph that rules speak about.\n\nusage: halint explain [--source] [--format "
      "text|markdown] NAME",
      "explain");
  bool wants_source = false;
  app.add_flag("--source", wants_source, "print the rule's file");
  std::string format = "text";
  app.add_option("--format", format, "text (default), or markdown: the page of a rule in docs/rules")
      ->check(CLI::IsMember({"text", "markdown"}));
  std::vector<std::string> names;
  if (auto instead = parse_flags(app, invocation.arguments, names)) return *instead;
  if (names.size() != 1) return trouble("`halint explain` takes one name", "halint explain rds-single-az");

  Outcome outcome;
  if (const Rule* rule = builtin_rules().find(names.front())) {
    const bool is_page = format == "markdown";
    outcome.output = wants_source ? std::string(rule->text) : is_page ? rule_page(*rule) : describe_rule(*rule);
    return outcome;
  }
  if (const KindInfo* kind = builtin_schema().find_kind(names.front()); kind && !wants_source) {
    outcome.output = describe_kind(builtin_schema(), *kind);
    return outcome;
  }
  return unknown_name(names.front());
}

}  // namespace halint
