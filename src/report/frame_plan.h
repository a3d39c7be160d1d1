// Which places of a finding are shown together in one code frame, which get their own, which are only listed.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/code_frame.h"
#include "rules/finding.h"

namespace halint {

// One code frame. Without labels: a note that has no place.
struct PlannedFrame {
  std::string note;  // Printed above as `note: ...`. Empty for the primary frame.
  std::vector<FrameLabel> labels;
};

struct FramePlan {
  PlannedFrame primary;             // No labels if the finding has no place.
  std::vector<PlannedFrame> notes;  // In the order of the argument.
  std::vector<Evidence> rest;       // What found no room.
};

FramePlan plan_frames(const Sources& sources, const Finding& finding);

}  // namespace halint
