// Patterns for paths and addresses, whose cost is bounded whatever the pattern.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace halint {

// `*` any text without a slash, `**` any text, `**/` any directories or none, `?` one character that is no slash,
// `{a,b}` alternatives (they nest), `\x` the character x. Brackets mean themselves: addresses are full of them.
class Glob {
 public:
  explicit Glob(std::string_view pattern);

  // Takes at most text x pattern steps.
  bool matches(std::string_view text) const;

  // A state of the automaton that `matches` runs: it reads the text once, in several states at the same time.
  struct State {
    enum class Kind : std::uint8_t { kLiteral, kNoSlash, kAny, kSplit, kMatch };
    Kind kind = Kind::kMatch;
    char32_t literal = 0;
    std::uint32_t next = 0;
    std::uint32_t other = 0;  // kSplit: the second way on.
  };

 private:
  std::vector<State> states_;
};

// For a pattern that is used once.
inline bool glob_match(std::string_view pattern, std::string_view text) {
  return Glob(pattern).matches(text);
}

}  // namespace halint
