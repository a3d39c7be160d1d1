// Patterns for paths and addresses, whose cost is bounded whatever the pattern.
//
// A pattern becomes an automaton: `a*{b,c}` is
//   0 literal a   1 split 2|3   2 no slash, back to 1   3 split 4|6   4 literal b   5 go to 8   6 (split)   7 literal c
//   8 match
// `matches` keeps the set of states that it can be in, so nothing is tried twice.
// SPDX-License-Identifier: Apache-2.0
#include "base/glob.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/text.h"

namespace halint {
namespace {

using State = Glob::State;
using Kind = Glob::State::Kind;

// For each `{` that has a `}`: true at its place, at its `}`, and at the commas between them.
std::vector<bool> find_groups(std::string_view pattern) {
  std::vector<bool> in_group(pattern.size(), false);
  std::vector<std::pair<std::size_t, std::vector<std::size_t>>> open;  // Place of `{`, places of its commas.
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    char c = pattern[i];
    if (c == '\\') {
      ++i;
    } else if (c == '{') {
      open.push_back({i, {}});
    } else if (c == ',' && !open.empty()) {
      open.back().second.push_back(i);
    } else if (c == '}' && !open.empty()) {
      in_group[i] = in_group[open.back().first] = true;
      for (std::size_t comma : open.back().second) in_group[comma] = true;
      open.pop_back();
    }
  }
  return in_group;
}

class Builder {
 public:
  Builder(std::string_view pattern, std::vector<Glob::Class>* classes)
      : pattern_(pattern), classes_(classes), in_group_(find_groups(pattern)) {}

  std::vector<State> build() {
    while (at_ < pattern_.size()) step();
    add(Kind::kMatch);
    return std::move(states_);
  }

 private:
  struct Group {
    std::uint32_t split;               // Where the current alternative begins.
    std::vector<std::uint32_t> jumps;  // Where an alternative ends: to be led behind the group.
  };

  // A state that leads to the one that follows.
  std::uint32_t add(Kind kind, char32_t literal = 0) {
    auto here = static_cast<std::uint32_t>(states_.size());
    states_.push_back({kind, literal, here + 1, here + 1});
    return here;
  }

  void step() {
    char c = pattern_[at_];
    if (c == '*') return add_stars();
    if (in_group_[at_]) return add_group_mark(c);
    if (c == '?') {
      add(Kind::kNoSlash);
      ++at_;
      return;
    }
    if (c == '[' && classes_ != nullptr && add_class()) return;
    add(Kind::kLiteral, next_character());
  }

  char32_t next_character() {
    if (pattern_[at_] == '\\' && at_ + 1 < pattern_.size()) ++at_;
    CodePoint point = decode_utf8(pattern_, at_);
    at_ += point.size;
    return point.value;
  }

  // False where no bracket closes it: then it means itself.
  bool add_class() {
    std::size_t begin = at_++;
    Glob::Class made;
    made.is_negated = at_ < pattern_.size() && (pattern_[at_] == '^' || pattern_[at_] == '!');
    if (made.is_negated) ++at_;
    while (at_ < pattern_.size() && pattern_[at_] != ']') {
      char32_t low = next_character();
      bool is_range = at_ + 1 < pattern_.size() && pattern_[at_] == '-' && pattern_[at_ + 1] != ']';
      if (is_range) ++at_;
      made.ranges.emplace_back(low, is_range ? next_character() : low);
    }
    if (at_ >= pattern_.size() || made.ranges.empty()) {
      at_ = begin;
      return false;
    }
    ++at_;
    add(Kind::kClass, static_cast<char32_t>(classes_->size()));
    classes_->push_back(std::move(made));
    return true;
  }

  void add_stars() {
    std::size_t begin = at_;
    while (at_ < pattern_.size() && pattern_[at_] == '*') ++at_;
    bool starts_part = begin == 0 || pattern_[begin - 1] == '/' || (in_group_[begin - 1] && pattern_[begin - 1] != '}');
    bool is_double = at_ - begin > 1;
    bool directories = is_double && starts_part && at_ < pattern_.size() && pattern_[at_] == '/';
    std::uint32_t skip = directories ? add(Kind::kSplit) : 0;
    std::uint32_t loop = add(Kind::kSplit);
    states_[add(is_double ? Kind::kAny : Kind::kNoSlash)].next = loop;
    states_[loop].other = static_cast<std::uint32_t>(states_.size());
    if (!directories) return;
    add(Kind::kLiteral, U'/');
    ++at_;
    states_[skip].other = static_cast<std::uint32_t>(states_.size());
  }

  void add_group_mark(char mark) {
    ++at_;
    if (mark == '{') {
      groups_.push_back({add(Kind::kSplit), {}});
      return;
    }
    Group& group = groups_.back();
    if (mark == ',') {
      group.jumps.push_back(add(Kind::kSplit));
      states_[group.split].other = static_cast<std::uint32_t>(states_.size());
      group.split = add(Kind::kSplit);
      return;
    }
    auto behind = static_cast<std::uint32_t>(states_.size());
    for (std::uint32_t jump : group.jumps) states_[jump].next = states_[jump].other = behind;
    groups_.pop_back();
  }

  std::string_view pattern_;
  std::vector<Glob::Class>* classes_;  // Null where brackets mean themselves.
  std::vector<bool> in_group_;
  std::size_t at_ = 0;
  std::vector<Group> groups_;
  std::vector<State> states_;
};

// States that are active together, each once.
class StateSet {
 public:
  explicit StateSet(const std::vector<State>& states) : states_(states), has_(states.size(), false) {}

  void add(std::uint32_t start) {
    std::vector<std::uint32_t> pending = {start};
    while (!pending.empty()) {
      std::uint32_t id = pending.back();
      pending.pop_back();
      if (has_[id]) continue;
      has_[id] = true;
      ids_.push_back(id);
      if (states_[id].kind != Kind::kSplit) continue;
      pending.push_back(states_[id].next);
      pending.push_back(states_[id].other);
    }
  }

  bool has(std::uint32_t id) const { return has_[id]; }
  const std::vector<std::uint32_t>& ids() const { return ids_; }
  void clear() {
    for (std::uint32_t id : ids_) has_[id] = false;
    ids_.clear();
  }

 private:
  const std::vector<State>& states_;
  std::vector<bool> has_;
  std::vector<std::uint32_t> ids_;
};

bool has_character(const Glob::Class& one, char32_t value) {
  bool is_listed =
      std::ranges::any_of(one.ranges, [&](const auto& range) { return value >= range.first && value <= range.second; });
  return value != U'/' && is_listed != one.is_negated;
}

bool accepts(const State& state, const std::vector<Glob::Class>& classes, char32_t value) {
  switch (state.kind) {
    case Kind::kLiteral:
      return state.literal == value;
    case Kind::kClass:
      return has_character(classes[state.literal], value);
    case Kind::kNoSlash:
      return value != U'/';
    case Kind::kAny:
      return true;
    case Kind::kSplit:
    case Kind::kMatch:
      return false;
  }
  return false;
}

}  // namespace

Glob::Glob(std::string_view pattern, Brackets brackets)
    : states_(Builder(pattern, brackets == Brackets::kClass ? &classes_ : nullptr).build()) {}

bool Glob::matches(std::string_view text) const {
  StateSet active(states_), next(states_);
  active.add(0);
  for (std::size_t i = 0; i < text.size() && !active.ids().empty();) {
    CodePoint point = decode_utf8(text, i);
    i += point.size;
    next.clear();
    for (std::uint32_t id : active.ids()) {
      if (accepts(states_[id], classes_, point.value)) next.add(states_[id].next);
    }
    active.clear();
    for (std::uint32_t id : next.ids()) active.add(id);
  }
  return active.has(static_cast<std::uint32_t>(states_.size() - 1));
}

}  // namespace halint
