// Reads what a test input expects of halint, written into the input itself, and compares it with a report.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_file.h"
#include "check/check.h"

namespace halint {

// A comment line below the line that it is about:
//
//     multi_az = false
//     #          ^^^^^ error: rds-single-az
//
// Several such lines may follow each other, for one and the same line above them. Without carets, below the line or at
// its end (`multi_az = false  # error: rds-single-az`), the mark is about anything that begins on the line.
struct Mark {
  Span place;  // What the carets point at: it lies inside the span of the finding. Without carets: the line.
  bool has_carets = true;
  Span comment;         // The mark itself. With no `rule`, it cannot be read as a mark.
  std::string verdict;  // "error", "warning", "note", "inconclusive".
  std::string rule;
};

// The marks in the comments of a file (`#` and `//`).
std::vector<Mark> read_marks(const Sources& sources, FileId file);

// The same for a file that cannot hold comments: `text` has a line `LINE:COLUMN VERDICT: RULE` for each mark.
std::vector<Mark> read_marks_beside(const Sources& sources, FileId file, std::string_view text);

// What differs, a sentence each; empty if all is as expected. Every finding, and halint's own errors and warnings,
// need a mark; every mark needs something that it marks. Notes and inconclusive checks may go without a mark.
// One mark may stand for several findings of its rule (the instances of one block).
std::vector<std::string> compare(const Sources& sources, std::span<const Mark> marks, const Report& report);

}  // namespace halint
