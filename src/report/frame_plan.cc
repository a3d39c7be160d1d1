// Which places of a finding are shown together in one code frame, which get their own, which are only listed.
// SPDX-License-Identifier: Apache-2.0
#include "report/frame_plan.h"

#include <algorithm>
#include <cstdint>

namespace halint {
namespace {

constexpr std::size_t kMostNotes = 3;
// Places of one file that are at most so many lines apart share a frame.
constexpr std::uint32_t kNear = 5;
constexpr std::size_t kMostLabels = 6;
constexpr std::size_t kMostOnALine = 3;

bool has_room(const Sources& sources, const PlannedFrame& frame, const Span& span) {
  if (frame.labels.empty() || frame.labels.size() >= kMostLabels) return false;
  if (frame.labels.front().span.file != span.file) return false;
  std::uint32_t line = sources.begin_of(span).line;
  std::size_t on_line = 0;
  bool near = false;
  for (const FrameLabel& label : frame.labels) {
    std::uint32_t other = sources.begin_of(label.span).line;
    if (other == line) ++on_line;
    if (std::max(line, other) - std::min(line, other) <= kNear) near = true;
  }
  return near && on_line < kMostOnALine;
}

bool says(const PlannedFrame& frame, const Evidence& evidence) {
  if (frame.labels.empty()) return frame.note == evidence.text;
  if (frame.labels.front().span == evidence.span && frame.note == evidence.text) return true;
  return std::any_of(frame.labels.begin(), frame.labels.end(), [&](const FrameLabel& label) {
    return label.span == evidence.span && label.text == evidence.text;
  });
}

bool says(const FramePlan& plan, const Evidence& evidence) {
  return says(plan.primary, evidence) ||
         std::any_of(plan.notes.begin(), plan.notes.end(),
                     [&](const PlannedFrame& note) { return says(note, evidence); }) ||
         std::any_of(plan.rest.begin(), plan.rest.end(),
                     [&](const Evidence& other) { return other.span == evidence.span && other.text == evidence.text; });
}

bool shows_span(const FramePlan& plan, const Span& span) {
  auto shows = [&](const PlannedFrame& frame) {
    return std::any_of(frame.labels.begin(), frame.labels.end(),
                       [&](const FrameLabel& label) { return label.span == span; });
  };
  return shows(plan.primary) || std::any_of(plan.notes.begin(), plan.notes.end(), shows);
}

bool shows_line(const Sources& sources, const FramePlan& plan, const Span& span) {
  if (!span.is_known()) return false;
  std::uint32_t line = sources.begin_of(span).line;
  auto shows = [&](const PlannedFrame& frame) {
    return std::any_of(frame.labels.begin(), frame.labels.end(), [&](const FrameLabel& label) {
      return label.span.file == span.file && sources.begin_of(label.span).line == line;
    });
  };
  return shows(plan.primary) || std::any_of(plan.notes.begin(), plan.notes.end(), shows);
}

void place(const Sources& sources, FramePlan& plan, const Evidence& evidence) {
  if (says(plan, evidence)) return;
  if (evidence.span.is_known()) {
    std::vector<FrameLabel>& labels = plan.primary.labels;
    if (!labels.empty() && labels.front().text.empty() && labels.front().span == evidence.span) {
      labels.front().text = evidence.text;
      return;
    }
    if (has_room(sources, plan.primary, evidence.span)) {
      labels.push_back({evidence.span, evidence.text});
      return;
    }
    for (PlannedFrame& note : plan.notes) {
      if (!has_room(sources, note, evidence.span)) continue;
      note.labels.push_back({evidence.span, evidence.text});
      return;
    }
  }
  // A second frame of the same place (of each instance of a block, say) would only repeat the first one.
  if (plan.notes.size() >= kMostNotes || shows_span(plan, evidence.span)) {
    plan.rest.push_back(evidence);
    return;
  }
  PlannedFrame note{evidence.text, {}};
  if (evidence.span.is_known()) note.labels.push_back({evidence.span, ""});
  plan.notes.push_back(std::move(note));
}

}  // namespace

FramePlan plan_frames(const Sources& sources, const Finding& finding) {
  FramePlan plan;
  if (finding.span.is_known()) plan.primary.labels.push_back({finding.span, finding.label});
  for (const Evidence& evidence : finding.evidence) place(sources, plan, evidence);
  // The origin of a value explains the evidence, so it comes last; and only if its line is not shown anyway.
  for (const ValueOrigin& origin : finding.origins) {
    if (!shows_line(sources, plan, origin.span)) place(sources, plan, {origin.span, origin.text});
  }
  return plan;
}

}  // namespace halint
