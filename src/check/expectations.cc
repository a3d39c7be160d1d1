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

// Where the text of a comment begins that stands alone on its line. Nothing if the line is something else.
std::optional<std::size_t> begin_of_comment(std::string_view line) {
  const std::size_t at = line.find_first_not_of(kBlank);
  if (at == std::string_view::npos) return std::nullopt;
  if (line[at] == '#') return at + 1;
  if (line.substr(at, 2) == "//") return at + 2;
  return std::nullopt;
}

// The label of a comment at the end of a line: "multi_az = false  # error: rds-single-az".
bool read_label_at_end(std::string_view line, Mark& mark) {
  const std::size_t hash = line.rfind("# ");
  return hash != std::string_view::npos && read_label(line.substr(hash + 1), mark);
}

// Reads the marks of a file, line by line.
class MarkReader {
 public:
  MarkReader(const Sources& sources, FileId file) : sources_(sources), file_(file) {}

  std::vector<Mark> read() {
    const std::size_t count = sources_.file(file_).line_starts.size();
    for (std::uint32_t number = 1; number <= count; ++number) read_line(number);
    return std::move(marks_);
  }

 private:
  void read_line(std::uint32_t number) {
    const std::string_view line = sources_.line(file_, number);
    const Span whole = span_of(number);
    Mark mark;
    mark.comment = whole;
    const std::optional<std::size_t> comment = begin_of_comment(line);
    if (!comment) {
      marked_ = number;
      mark.has_carets = false;
      mark.place = whole;
      if (read_label_at_end(line, mark)) marks_.push_back(std::move(mark));
      return;
    }
    const std::size_t carets = line.find_first_not_of(kBlank, *comment);
    if (marked_ != 0 && carets != std::string_view::npos && line[carets] == '^') {
      const std::size_t end = std::min(line.find_first_not_of('^', carets), line.size());
      if (read_label(line.substr(end), mark)) {
        mark.place = {file_, offset_above(whole.begin + carets), offset_above(whole.begin + end)};
      }
      marks_.push_back(std::move(mark));
    } else if (marked_ != 0 && read_label(line.substr(*comment), mark)) {
      mark.has_carets = false;
      mark.place = span_of(marked_);
      marks_.push_back(std::move(mark));
    } else {
      marked_ = number;
    }
  }

  // The line without its ending.
  Span span_of(std::uint32_t number) const {
    const std::uint32_t begin = sources_.file(file_).line_starts[number - 1];
    return {file_, begin, begin + static_cast<std::uint32_t>(sources_.line(file_, number).size())};
  }

  // The place of the same column in the marked line.
  std::uint32_t offset_above(std::size_t offset) const {
    const std::uint32_t column = sources_.column_in(file_, static_cast<std::uint32_t>(offset), Encoding::kUtf32);
    return sources_.offset_at(file_, marked_, column, Encoding::kUtf32);
  }

  const Sources& sources_;
  FileId file_;
  std::uint32_t marked_ = 0;  // The latest line that is no mark.
  std::vector<Mark> marks_;
};

bool is_about(const Mark& mark, const Span& span) {
  if (mark.has_carets) return span.contains(mark.place);
  return span.file == mark.place.file && mark.place.begin <= span.begin && span.begin <= mark.place.end;
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
  return MarkReader(sources, file).read();
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
        mark.place = {file, at, at + 1};
      }
    }
    if (!mark.place.is_known()) mark.rule.clear();
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
      if (said.rule != mark.rule || said.verdict != mark.verdict || !is_about(mark, said.span)) continue;
      said.is_marked = true;
      is_met = true;
    }
    if (!is_met) {
      differences.push_back(fmt::format("{}: expected here, but not found: {}[{}]", place_of(sources, mark.place),
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
