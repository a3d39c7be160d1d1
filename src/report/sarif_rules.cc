// The rules of a SARIF report: what code scanning shows beside an alert.
// SPDX-License-Identifier: Apache-2.0
#include "report/sarif_rules.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace halint {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLongestDescription = 1024;  // GitHub's limit, in characters.
constexpr std::size_t kMostTags = 10;              // What GitHub shows.

// What a descriptor says, wherever the rule comes from.
struct Description {
  std::string title;
  std::string why;
  std::string help;
  Severity level = Severity::kWarning;
  std::vector<std::string> tags;
  std::vector<std::string> links;
  std::vector<std::string> old_ids;
  bool is_preview = false;
};

// halint's own diagnostics have no rule file.
struct OwnDiagnostic {
  std::string_view id;
  std::string_view title;
  std::string_view why;
  Severity level;
};
constexpr OwnDiagnostic kOwnDiagnostics[] = {
    {"syntax-error", "A file cannot be fully parsed",
     "What stands in the broken part was not checked, so a fault in it would stay hidden.", Severity::kError},
    {"limit-exceeded", "A limit on the size of the input was hit",
     "halint bounds its work on any input. What lies beyond the limit was not checked.", Severity::kError},
    {"invalid-configuration", "A configuration is not valid",
     "It names what is not declared, or goes round in a circle. Terraform refuses it, and what depends on it is not "
     "known here.",
     Severity::kWarning},
    {"not-analysed", "Something that looks relevant was left out",
     "halint reads only what is there, and only formats that it knows: no module is downloaded, no template is run.",
     Severity::kNote},
    {"unused-suppression", "A suppression silences nothing",
     "It hides what may come later, and makes readers believe that something is known and accepted here.",
     Severity::kWarning},
    {"expired-suppression", "The last day of a suppression has passed",
     "What was accepted for a time is due, and the finding is back.", Severity::kWarning},
    {"suppression-expires-soon", "A suppression ends within 14 days",
     "Its finding comes back then, and may block a change that has nothing to do with it.", Severity::kNote},
    {"suppression-without-reason", "A suppression gives no reason",
     "Nobody can judge later whether what was accepted is still acceptable.", Severity::kWarning},
    {"unknown-rule", "A suppression names no rule that there is",
     "It silences nothing: the name is misspelled, or old.", Severity::kWarning},
};

Description describe_own(std::string_view id, Severity level) {
  for (const OwnDiagnostic& own : kOwnDiagnostics) {
    if (own.id == id) return {std::string(own.title), std::string(own.why), "", own.level, {}, {}, {}, false};
  }
  return {fmt::format("halint reports {}", id), "", "", level, {}, {}, {}, false};
}

Description describe(const Rule& rule) {
  RuleProse prose = read_prose(rule);
  return {rule.title, prose.why,   prose.help,     rule.severity,
          rule.tags,  prose.links, prose.replaces, rule.status == RuleStatus::kPreview};
}

std::string shortened(const std::string& text) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size();) {
    // The last three are kept for the dots.
    if (characters == kLongestDescription - 3 && text.size() - i > 3) return text.substr(0, i) + "...";
    CodePoint point = decode_utf8(text, i);
    characters += point.valid && point.value >= 0x10000 ? 2 : 1;
    i += point.size;
  }
  return text;
}

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

std::string help_page(const Description& description, std::string_view emphasis) {
  std::string page = description.title + ".";
  if (!description.why.empty()) page += "\n\n" + trimmed(description.why);
  if (!description.help.empty()) {
    page += fmt::format("\n\n{}How to fix it:{} {}", emphasis, emphasis, trimmed(description.help));
  }
  if (!description.links.empty()) page += "\n";
  for (const std::string& link : description.links) page += "\n- " + link;
  return page;
}

Json properties_of(const Description& description) {
  Json tags = Json::array();
  for (std::size_t i = 0; i < std::min(description.tags.size(), kMostTags); ++i) tags.push_back(description.tags[i]);
  Json properties = {{"tags", std::move(tags)}, {"precision", description.is_preview ? "high" : "very-high"}};
  bool is_security = std::find(description.tags.begin(), description.tags.end(), "security") != description.tags.end();
  auto set = [&](const char* number, const char* word) {
    if (is_security) {
      properties["security-severity"] = number;
    } else {
      properties["problem.severity"] = word;
    }
  };
  // A number makes it a security alert. A missing second zone is not a vulnerability, so other rules get a word.
  switch (description.level) {
    case Severity::kError:
      set("8.0", "error");
      break;
    case Severity::kWarning:
      set("5.5", "warning");
      break;
    case Severity::kNote:
      set("2.0", "recommendation");
      break;
  }
  return properties;
}

Json descriptor_of(const std::string& id, const Description& description, const RenderOptions& options) {
  std::string full = description.why.empty() ? description.title : trimmed(description.why);
  Json descriptor = {{"id", id}, {"name", pascal_case(id)}};
  if (!description.old_ids.empty()) descriptor["deprecatedIds"] = description.old_ids;
  descriptor["shortDescription"] = {{"text", shortened(description.title)}};
  descriptor["fullDescription"] = {{"text", shortened(full)}, {"markdown", shortened(full)}};
  descriptor["defaultConfiguration"] = {{"level", name_of(description.level)}};
  if (!options.docs_url.empty()) {
    std::string_view base = options.docs_url;
    while (base.ends_with('/')) base.remove_suffix(1);
    descriptor["helpUri"] = fmt::format("{}/rules/{}.md", base, id);
  }
  descriptor["help"] = {{"text", help_page(description, "")}, {"markdown", help_page(description, "**")}};
  descriptor["properties"] = properties_of(description);
  return descriptor;
}

}  // namespace

std::string pascal_case(std::string_view slug) {
  std::string name;
  bool starts_word = true;
  for (char c : slug) {
    if (c == '-') {
      starts_word = true;
      continue;
    }
    name += starts_word && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    starts_word = false;
  }
  return name;
}

SarifRules sarif_rules(const Report& report, const Listing& listing, const RuleSet& rules,
                       const RenderOptions& options) {
  struct Use {
    const Rule* rule;  // Null for halint's own diagnostics.
    Severity level;
  };
  std::map<std::string, Use> used;
  for (const Rule* rule : options.active_rules) used.emplace(rule->id, Use{rule, rule->severity});
  auto use = [&](const std::string& id, Severity level) {
    if (!used.contains(id)) used.emplace(id, Use{rules.find(id), level});
  };
  for (const Finding* finding : listing.items()) use(finding->rule, finding->severity);
  for (const Inconclusive& check : report.inconclusive) use(check.rule, check.severity);
  if (options.show_suppressed) {
    for (const Suppressed& item : report.suppressed) use(item.finding.rule, item.finding.severity);
  }
  SarifRules result;
  for (const auto& [id, use_of] : used) {
    Description description = use_of.rule != nullptr ? describe(*use_of.rule) : describe_own(id, use_of.level);
    result.indices.emplace(id, result.descriptors.size());
    result.descriptors.push_back(descriptor_of(id, description, options));
  }
  return result;
}

}  // namespace halint
