// The report for people: header, code frames, impact, fix.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/code_frame.h"
#include "base/file_system.h"
#include "base/text.h"
#include "report/frame_plan.h"
#include "report/parts.h"

namespace halint {
namespace {

// Writes one finding. `gutter` is the same for all its frames, so that their bars are in line.
class Writer {
 public:
  Writer(const Sources& sources, const RenderOptions& options) : sources_(sources) {
    style_.palette = options.color ? kColored : kPlain;
    style_.viewpoint = options.viewpoint;
  }

  void finding(const Finding& finding, bool has_rule, std::size_t times = 1);
  void suppressed(const Suppressed& item);
  void inconclusive(const Inconclusive& check);
  std::string take() { return std::move(out_); }

 private:
  void header(std::string_view word, std::string_view color, std::string_view rule, std::string_view message);
  void note(const PlannedFrame& frame);
  void list(std::string_view title, const std::vector<Evidence>& places, std::size_t first_number);
  void line(std::string_view name, std::string_view text);
  void help(std::string_view text);
  void via(const Finding& finding);
  void set_gutter(const FramePlan& plan);
  std::string painted(std::string_view text, std::string_view color) const {
    return colored(text, color, style_.palette);
  }

  const Sources& sources_;
  FrameStyle style_;
  std::string out_;
};

// Prose may have several lines: those that follow are indented.
std::string indented(std::string_view text, std::size_t indent) {
  std::string out;
  while (!text.empty()) {
    std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view piece = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (piece.ends_with(' ') || piece.ends_with('\r')) piece.remove_suffix(1);
    if (!out.empty()) out += '\n';
    if (!out.empty() && !piece.empty()) out += std::string(indent, ' ');
    out += escape_controls(piece);
  }
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

void Writer::set_gutter(const FramePlan& plan) {
  style_.gutter = 1;
  auto widen = [&](const PlannedFrame& frame) {
    for (const FrameLabel& label : frame.labels) {
      style_.gutter = std::max(style_.gutter, digits_of(sources_, label.span));
    }
  };
  widen(plan.primary);
  for (const PlannedFrame& note : plan.notes) widen(note);
}

void Writer::header(std::string_view word, std::string_view color, std::string_view rule, std::string_view message) {
  out_ += painted(fmt::format("{}[{}]", word, escape_controls(rule)), color);
  out_ += fmt::format(": {}\n", escape_controls(message));
}

void Writer::note(const PlannedFrame& frame) {
  out_ += fmt::format("{}: {}\n", painted("note", style_.palette.note), escape_controls(frame.note));
  style_.color = style_.palette.note;
  if (!frame.labels.empty()) out_ += code_frame(sources_, frame.labels, style_);
}

//   4  infra/a.tf:12:26   the route table of the other zone
//  10  infra/long.tf:6:1  points at it
void Writer::list(std::string_view title, const std::vector<Evidence>& places, std::size_t first_number) {
  out_ += fmt::format("{}\n", title);
  std::vector<std::string> locations;
  std::size_t width = 0;
  for (const Evidence& place : places) {
    locations.push_back(place.span.is_known() ? location_of(sources_, place.span, style_.viewpoint) : "");
    width = std::max(width, display_width(locations.back()));
  }
  std::size_t digits = std::max(style_.gutter + 2, std::to_string(first_number + places.size() - 1).size() + 1);
  for (std::size_t i = 0; i < places.size(); ++i) {
    std::string padding(width - display_width(locations[i]), ' ');
    std::string row = fmt::format("{:>{}}  {}{}  {}", first_number + i, digits, locations[i], padding,
                                  escape_controls(places[i].text));
    while (row.ends_with(' ')) row.pop_back();
    out_ += row + "\n";
  }
}

void Writer::line(std::string_view name, std::string_view text) {
  if (text.empty()) return;
  std::string start = fmt::format("{}= {}: ", std::string(style_.gutter + 1, ' '), name);
  out_ += fmt::format("{}{}\n", start, indented(text, start.size()));
}

void Writer::help(std::string_view text) {
  if (text.empty()) return;
  out_ += fmt::format("{}: {}\n", painted("help", style_.palette.help), indented(text, 6));
}

// The address of the module that the call at `depth` makes: "module.a.module.b["x"]" at depth 1. Empty if unclear.
std::string_view module_at(std::string_view address, std::size_t depth) {
  std::size_t i = 0;
  for (std::size_t seen = 0;; ++seen) {
    if (!address.substr(i).starts_with("module.")) return {};
    i += 7;
    bool quoted = false, in_brackets = false;
    for (; i < address.size() && (in_brackets || address[i] != '.'); ++i) {
      char c = address[i];
      if (quoted && c == '\\') {
        ++i;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '[' || c == ']')) {
        in_brackets = c == '[';
      }
    }
    i = std::min(i, address.size());
    if (seen == depth) return address.substr(0, i);
    ++i;
    if (i >= address.size()) return {};
  }
}

void Writer::via(const Finding& finding) {
  constexpr std::size_t kMost = 3;
  std::vector<std::string> calls;
  for (const Subject& subject : finding.subjects) {
    for (std::size_t depth = 0; depth < subject.via.size(); ++depth) {
      if (!subject.via[depth].is_known()) continue;
      std::string place = location_of(sources_, subject.via[depth], style_.viewpoint);
      std::string_view module = module_at(short_address(subject.address), depth);
      std::string call = module.empty() ? place : fmt::format("{} ({})", module, place);
      if (std::find(calls.begin(), calls.end(), call) == calls.end()) calls.push_back(std::move(call));
    }
  }
  std::string text;
  for (std::size_t i = 0; i < std::min(calls.size(), kMost); ++i) text += (i > 0 ? ", " : "") + calls[i];
  if (calls.size() > kMost) text += fmt::format(" and {} more", calls.size() - kMost);
  line("via", text);
}

void Writer::finding(const Finding& finding, bool has_rule, std::size_t times) {
  FramePlan plan = plan_frames(sources_, finding);
  set_gutter(plan);
  std::string_view color = style_.palette.of(finding.severity);
  header(name_of(finding.severity), color, finding.rule, finding.message);
  style_.color = color;
  if (!plan.primary.labels.empty()) out_ += code_frame(sources_, plan.primary.labels, style_);
  for (const PlannedFrame& frame : plan.notes) note(frame);
  std::string note_word = painted("note", style_.palette.note);
  if (!plan.rest.empty()) {
    list(fmt::format("{}: {}", note_word, plural(plan.rest.size(), "more place")), plan.rest, plan.notes.size() + 1);
  }
  if (!finding.path.empty()) {
    list(fmt::format("{}: {}", painted("path", style_.palette.note), plural(finding.path.size(), "hop")), finding.path,
         1);
  }
  line("impact", finding.impact);
  line("when", finding.when);
  line("in", fmt::format("{}", fmt::join(finding.projects, ", ")));
  line("ignored", finding.ignored);
  for (const std::string& assumption : finding.assumptions) line("assumes", assumption);
  via(finding);
  if (times > 1) line("times", std::to_string(times));
  help(finding.help);
  if (has_rule) line("explain", "halint explain " + finding.rule);
}

void Writer::suppressed(const Suppressed& item) {
  const Finding& finding = item.finding;
  style_.gutter = finding.span.is_known() ? digits_of(sources_, finding.span) : 1;
  header("suppressed", "", finding.rule, finding.message);
  if (finding.span.is_known()) out_ += location_line(sources_, finding.span, style_);
  line("reason", item.reason);
  line("until", item.until);
  line("by", location_of(sources_, item.span, style_.viewpoint));
}

void Writer::inconclusive(const Inconclusive& check) {
  style_.gutter = check.span.is_known() ? digits_of(sources_, check.span) : 1;
  header("inconclusive", "", check.rule, fmt::format("`{}` could not be checked", short_address(check.address)));
  if (check.span.is_known()) out_ += location_line(sources_, check.span, style_);
  line("because", check.reason);
  line("decide", check.decide);
  // A module's file is read for each root that calls it: say for which one.
  std::string_view root = root_of(check.address);
  bool is_elsewhere = check.span.is_known() && sources_.path(check.span.file) != root &&
                      directory_of(sources_.path(check.span.file)) != root;
  if (is_elsewhere) line("in", path_seen_from(style_.viewpoint, root));
}

}  // namespace

std::string render_finding(const Finding& finding, const Sources& sources, const RuleSet& rules,
                           const RenderOptions& options, std::size_t times) {
  Writer writer(sources, options);
  writer.finding(finding, rules.find(finding.rule) != nullptr, times);
  return writer.take();
}

std::string render_full(const Report& report, const Sources& sources, const RuleSet& rules,
                        const RenderOptions& options) {
  Listing listing(report, sources);
  std::string out;
  std::size_t shown = 0;
  for (const Repeated& block : without_repetition(listing.items())) {
    if (options.max_findings > 0 && shown >= options.max_findings) break;
    out += render_finding(block.finding, sources, rules, options, block.times) + "\n";
    shown += block.times;
  }
  if (shown < listing.items().size()) {
    out += fmt::format("{} not shown.\n\n", plural(listing.items().size() - shown, "more finding"));
  }
  if (options.show_suppressed) {
    for (const Suppressed& item : report.suppressed) {
      Writer writer(sources, options);
      writer.suppressed(item);
      out += writer.take() + "\n";
    }
  }
  if (options.show_inconclusive) {
    for (const Inconclusive& check : report.inconclusive) {
      Writer writer(sources, options);
      writer.inconclusive(check);
      out += writer.take() + "\n";
    }
    for (const std::string& reason : report.left_out) out += fmt::format("left out: {}\n", escape_controls(reason));
    if (!report.left_out.empty()) out += "\n";
  }
  return out + render_summary(report, options);
}

std::string render_diagnostics(const std::vector<Diagnostic>& diagnostics, const Sources& sources,
                               const RenderOptions& options) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!out.empty()) out += "\n";
    Writer writer(sources, options);
    writer.finding(as_finding(diagnostic), false);
    out += writer.take();
  }
  return out;
}

}  // namespace halint
