// What the parts of a regular expression can match: the bytes that a capture may hold, and whether it is anchored.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nginx/byte_classes.h"

namespace halint {

// A part of an expression of PCRE. Of what is not known here (conditions that look around, references back) there is no
// tree at all.
struct RegexPart {
  enum class Kind : std::uint8_t {
    kSet,
    kSequence,
    kChoice,
    kRepeat,
    kGroup,  // One that captures.
    kStart,
    kEnd,
    kEmpty,
  };
  Kind kind = Kind::kEmpty;
  ByteSet bytes;                      // Of a set.
  bool is_dot = false;                // A set that is written as `.`.
  bool is_literal = false;            // A set that is written as one character.
  std::uint32_t least = 1, most = 1;  // Of a repetition; `most` is at most 1000, which stands for more.
  std::string name;                   // Of a group; may be empty.
  std::vector<RegexPart> parts;
};

struct RegexGroup {
  std::string name;  // Empty if it has none.
  ByteSet bytes;     // What may stand in it.
  bool begins_with_slash = false;
};

struct RegexTree {
  RegexPart root;
  std::vector<RegexGroup> groups;  // `$1` is the first.
};

// Null: it is not understood.
std::optional<RegexTree> parse_regex(std::string_view pattern);

// All that an expression matches, from `^` to `$`: whatever it is asked about consists of these bytes. Null: it does
// not look at the whole text.
std::optional<ByteSet> bytes_of_whole(const RegexTree& tree);

}  // namespace halint
