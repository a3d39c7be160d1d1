// What the formats share: findings and halint's own diagnostics as one list, and words about them.
// SPDX-License-Identifier: Apache-2.0
#include "report/parts.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/text.h"

namespace halint {
namespace {

std::string_view path_of(const Sources& sources, const Span& span) {
  return span.is_known() ? sources.path(span.file) : std::string_view();
}

void add(Counts& counts, Severity severity) {
  switch (severity) {
    case Severity::kError:
      ++counts.error;
      return;
    case Severity::kWarning:
      ++counts.warning;
      return;
    case Severity::kNote:
      ++counts.note;
      return;
  }
}

bool is_same_place(const Evidence& a, const Evidence& b) {
  return a.span == b.span && a.text == b.text;
}

bool reads_the_same(const Finding& a, const Finding& b) {
  auto same_evidence = [](const std::vector<Evidence>& left, const std::vector<Evidence>& right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), is_same_place);
  };
  auto same_origins = [](const ValueOrigin& left, const ValueOrigin& right) {
    return left.span == right.span && left.text == right.text;
  };
  return a.rule == b.rule && a.severity == b.severity && a.span == b.span && a.message == b.message &&
         a.label == b.label && a.impact == b.impact && a.when == b.when && a.ignored == b.ignored &&
         a.projects == b.projects && same_evidence(a.evidence, b.evidence) && same_evidence(a.path, b.path) &&
         a.assumptions == b.assumptions &&
         std::equal(a.origins.begin(), a.origins.end(), b.origins.begin(), b.origins.end(), same_origins);
}

}  // namespace

Finding as_finding(const Diagnostic& diagnostic) {
  Finding finding;
  finding.rule = diagnostic.rule;
  finding.severity = diagnostic.severity;
  finding.message = diagnostic.message;
  finding.span = diagnostic.span;
  finding.help = diagnostic.help;
  for (const Note& note : diagnostic.notes) finding.evidence.push_back({note.span, note.text});
  return finding;
}

Listing::Listing(const Report& report, const Sources& sources) {
  converted_.reserve(report.diagnostics.size());
  items_.reserve(report.findings.size() + report.diagnostics.size());
  for (const Diagnostic& diagnostic : report.diagnostics) converted_.push_back(as_finding(diagnostic));
  for (const Finding& finding : converted_) items_.push_back(&finding);
  for (const Finding& finding : report.findings) items_.push_back(&finding);
  auto key = [&](const Finding& finding) {
    return std::tuple(path_of(sources, finding.span), finding.span.begin, std::string_view(finding.rule),
                      std::string_view(finding.id));
  };
  std::stable_sort(items_.begin(), items_.end(), [&](const Finding* a, const Finding* b) { return key(*a) < key(*b); });
}

Counts count(const Report& report) {
  Counts counts;
  for (const Finding& finding : report.findings) add(counts, finding.severity);
  for (const Diagnostic& diagnostic : report.diagnostics) add(counts, diagnostic.severity);
  return counts;
}

std::string in_words(const Counts& counts) {
  std::string words;
  auto say = [&](std::size_t number, std::string_view noun) {
    if (number == 0) return;
    if (!words.empty()) words += ", ";
    words += plural(number, noun);
  };
  say(counts.error, "error");
  say(counts.warning, "warning");
  say(counts.note, "note");
  return words;
}

std::vector<Repeated> without_repetition(const std::vector<const Finding*>& items) {
  std::vector<Repeated> result;
  // Those with the same words at the place that is looked at: a place may have thousands.
  std::map<std::pair<std::string_view, std::string_view>, std::vector<std::size_t>> here;
  for (const Finding* finding : items) {
    if (result.empty() || result.back().finding.span != finding->span) here.clear();
    std::vector<std::size_t>& alike = here[{finding->rule, finding->message}];
    const auto first = std::find_if(alike.begin(), alike.end(),
                                    [&](std::size_t i) { return reads_the_same(result[i].finding, *finding); });
    if (first == alike.end()) {
      alike.push_back(result.size());
      result.push_back({*finding});
      continue;
    }
    std::vector<Subject>& subjects = result[*first].finding.subjects;
    subjects.insert(subjects.end(), finding->subjects.begin(), finding->subjects.end());
    ++result[*first].times;
  }
  return result;
}

std::string escape_lines(std::string_view text) {
  std::string result;
  while (true) {
    std::size_t feed = text.find('\n');
    result += escape_controls(text.substr(0, feed));
    if (feed == text.npos) return result;
    result += '\n';
    text.remove_prefix(feed + 1);
  }
}

std::string_view short_address(std::string_view address) {
  std::size_t hash = address.find('#');
  return hash == std::string_view::npos ? address : address.substr(hash + 1);
}

std::string_view root_of(std::string_view address) {
  std::size_t colon = address.find(':'), hash = address.find('#');
  if (colon == std::string_view::npos || hash == std::string_view::npos || colon > hash) return {};
  return address.substr(colon + 1, hash - colon - 1);
}

Span first_line_of(const Sources& sources, const Span& span) {
  std::string_view text = sources.text(span);
  std::size_t end = std::min(text.find('\n'), text.size());
  if (end < text.size() && end > 0 && text[end - 1] == '\r') --end;
  return {span.file, span.begin, span.begin + static_cast<std::uint32_t>(end)};
}

}  // namespace halint
