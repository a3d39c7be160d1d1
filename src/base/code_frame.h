// Code frames: a few lines of a file with places underlined and explained, as every text output shows them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/source_file.h"
#include "base/span.h"

namespace halint {

// Escape sequences that begin a colour, and the one that ends it. All empty: plain text.
struct Palette {
  std::string_view error;
  std::string_view warning;
  std::string_view note;
  std::string_view help;
  std::string_view reset;

  std::string_view of(Severity severity) const {
    return severity == Severity::kError ? error : severity == Severity::kWarning ? warning : note;
  }
};

constexpr Palette kPlain = {};
constexpr Palette kColored = {"\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[1;32m", "\x1b[0m"};

// `text` in a colour; without colour, as it is.
std::string colored(std::string_view text, std::string_view color, const Palette& palette);

// A place to underline. Of a span of several lines, the first line is.
struct FrameLabel {
  Span span;
  std::string text;  // Beside the underline. May be empty.
};

// From where people look at paths, which are stored relative to the root of the workspace.
struct Viewpoint {
  std::string here = ".";  // The working directory, relative to the root: "infra".
  std::string root;        // Only if the working directory is not in the workspace: the root as seen from it: "a/b".
};
// "infra/net/a.tf" seen from "infra/app" is "../net/a.tf".
std::string path_seen_from(const Viewpoint& viewpoint, std::string_view path);

// How wide line numbers are: one width for all frames of a message, so that their bars are in line.
std::size_t digits_of(const Sources& sources, const Span& span);

struct FrameStyle {
  std::size_t gutter = 1;  // The largest `digits_of` of all spans of the message.
  std::string_view color;  // Of `^^^^` and its label.
  Palette palette;
  Viewpoint viewpoint;
};

//   --> infra/nat.tf:7:1
//    |
//  7 | resource "aws_nat_gateway" "this" {
//    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the primary label
//  ...
//  9 |   count = 1
//    |           - a secondary label
//    |
//
// The first label is the primary one. Requires: labels is not empty; all spans are known, and in one file.
std::string code_frame(const Sources& sources, std::span<const FrameLabel> labels, const FrameStyle& style);

// The first line of a frame alone.
std::string location_line(const Sources& sources, const Span& span, const FrameStyle& style);

// "infra/nat.tf:7:1", fit for a terminal.
std::string location_of(const Sources& sources, const Span& span, const Viewpoint& viewpoint);

}  // namespace halint
