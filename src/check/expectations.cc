// Reads what a test input expects of halint, and compares it with a report.
// SPDX-License-Identifier: Apache-2.0
#include "check/expectations.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace halint {
namespace {

constexpr std::string_view kBlank = " \t\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

bool is_verdict(std::string_view word) {
  return word == "error" || word == "warning" || word == "note" || word == "inconclusive";
}

bool is_slug(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

// "error: rds-single-az". False if it is something else.
bool read_label(std::string_view text, Mark& mark) {
  text = trimmed(text);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view verdict = text.substr(0, colon);
  const std::string_view rule = trimmed(text.substr(colon + 1));
  if (!is_verdict(verdict) || !is_slug(rule)) return false;
  mark.verdict = verdict;
  mark.rule = rule;
  return true;
}

// Where the carets of a comment line begin and end, in bytes of the line. Nothing if the line is no mark.
struct Carets {
  std::size_t begin = 0;
  std::size_t end = 0;
};
std::optional<Carets> find_carets(std::string_view line) {
  std::size_t at = line.find_first_not_of(kBlank);
  if (at == std::string_view::npos) return std::nullopt;
  if (line[at] == '#') {
    ++at;
  } else if (line.substr(at, 2) == "//") {
    at += 2;
  } else {
    return std::nullopt;
  }
  const std::size_t begin = line.find_first_not_of(kBlank, at);
  if (begin == std::string_view::npos || line[begin] != '^') return std::nullopt;
  const std::size_t end = line.find_first_not_of('^', begin);
  return Carets{begin, end == std::string_view::npos ? line.size() : end};
}

// One thing that halint said.
struct Said {
  std::string_view verdict;
  std::string_view rule;
  std::string_view message;
  Span span;
  bool needs_mark = true;
  bool is_marked = false;
};

std::vector<Said> all_said(const Report& report) {
  std::vector<Said> all;
  for (const Finding& f : report.findings) all.push_back({name_of(f.severity), f.rule, f.message, f.span});
  for (const Diagnostic& d : report.diagnostics) {
    all.push_back({name_of(d.severity), d.rule, d.message, d.span, d.severity != Severity::kNote});
  }
  for (const Inconclusive& i : report.inconclusive) all.push_back({"inconclusive", i.rule, i.reason, i.span, false});
  return all;
}

std::string place_of(const Sources& sources, const Span& span) {
  if (!span.is_known()) return "(no place)";
  const Position begin = sources.begin_of(span);
  return fmt::format("{}:{}:{}", sources.path(span.file), begin.line, begin.column);
}

}  // namespace

std::vector<Mark> read_marks(const Sources& sources, FileId file) {
  std::vector<Mark> marks;
  const SourceFile& source = sources.file(file);
  std::uint32_t marked = 0;  // The latest line that is no mark.
  for (std::uint32_t number = 1; number <= source.line_starts.size(); ++number) {
    const std::string_view line = sources.line(file, number);
    const std::optional<Carets> carets = find_carets(line);
    if (!carets) {
      marked = number;
      continue;
    }
    const std::uint32_t start = source.line_starts[number - 1];
    Mark mark;
    mark.comment = {file, start, start + static_cast<std::uint32_t>(line.size())};
    if (marked != 0 && read_label(line.substr(carets->end), mark)) {
      const auto offset_above = [&](std::size_t at) {
        const auto here = static_cast<std::uint32_t>(start + at);
        return sources.offset_at(file, marked, sources.column_in(file, here, Encoding::kUtf32), Encoding::kUtf32);
      };
      mark.carets = {file, offset_above(carets->begin), offset_above(carets->end)};
    }
    marks.push_back(std::move(mark));
  }
  return marks;
}

std::vector<Mark> read_marks_beside(const Sources& sources, FileId file, std::string_view text) {
  std::vector<Mark> marks;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    Mark mark;
    mark.comment = {file, 0, 0};
    std::uint32_t row = 0;
    std::uint32_t column = 0;
    const char* last = line.data() + line.size();
    const auto [colon, row_error] = std::from_chars(line.data(), last, row);
    if (row_error == std::errc() && row > 0 && colon != last && *colon == ':') {
      const auto [rest, column_error] = std::from_chars(colon + 1, last, column);
      const std::string_view label(rest, static_cast<std::size_t>(last - rest));
      if (column_error == std::errc() && column > 0 && read_label(label, mark)) {
        const std::uint32_t at = sources.offset_at(file, row, column - 1, Encoding::kUtf32);
        mark.carets = {file, at, at + 1};
      }
    }
    if (!mark.carets.is_known()) mark.rule.clear();
    marks.push_back(std::move(mark));
  }
  return marks;
}

std::vector<std::string> compare(const Sources& sources, std::span<const Mark> marks, const Report& report) {
  std::vector<std::string> differences;
  std::vector<Said> all = all_said(report);
  for (const Mark& mark : marks) {
    if (mark.rule.empty()) {
      differences.push_back(fmt::format("{}: a line with carets that is no mark: write `#  ^^^ error: rule`",
                                        place_of(sources, mark.comment)));
      continue;
    }
    bool is_met = false;
    for (Said& said : all) {
      if (said.rule != mark.rule || said.verdict != mark.verdict || !said.span.contains(mark.carets)) continue;
      said.is_marked = true;
      is_met = true;
    }
    if (!is_met) {
      differences.push_back(fmt::format("{}: expected here, but not found: {}[{}]", place_of(sources, mark.carets),
                                        mark.verdict, mark.rule));
    }
  }
  for (const Said& said : all) {
    if (said.is_marked || !said.needs_mark) continue;
    differences.push_back(fmt::format("{}: found, but not expected: {}[{}]: {}", place_of(sources, said.span),
                                      said.verdict, said.rule, said.message));
  }
  return differences;
}

}  // namespace halint
