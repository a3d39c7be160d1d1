// Patterns for paths and addresses, whose cost is bounded whatever the pattern.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace halint {

// `*` any text without a slash, `**` any text, `**/` any directories or none, `?` one character that is no slash,
// `{a,b}` alternatives (they nest), `\x` the character x. Brackets mean themselves, since addresses are full of them,
// unless they are asked for.
class Glob {
 public:
  enum class Brackets : std::uint8_t {
    kLiteral,
    kClass,  // `[a-z]`, `[^/]`, `[!x]`: one of these characters, or none of them. Never a slash.
  };
  explicit Glob(std::string_view pattern, Brackets brackets = Brackets::kLiteral);

  // Takes at most text x pattern steps.
  bool matches(std::string_view text) const;

  // A state of the automaton that `matches` runs: it reads the text once, in several states at the same time.
  struct State {
    enum class Kind : std::uint8_t { kLiteral, kClass, kNoSlash, kAny, kSplit, kMatch };
    Kind kind = Kind::kMatch;
    char32_t literal = 0;  // kClass: which of the classes.
    std::uint32_t next = 0;
    std::uint32_t other = 0;  // kSplit: the second way on.
  };

  // The characters between brackets.
  struct Class {
    bool is_negated = false;
    std::vector<std::pair<char32_t, char32_t>> ranges;  // Both ends belong to it.
  };

 private:
  std::vector<Class> classes_;  // Before the states, whose making fills them.
  std::vector<State> states_;
};

// For a pattern that is used once.
inline bool glob_match(std::string_view pattern, std::string_view text) {
  return Glob(pattern).matches(text);
}

}  // namespace halint
