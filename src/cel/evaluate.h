// Program -> value, three-valued: what is unknown is carried along, with its reason.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/arena.h"
#include "cel/environment.h"
#include "cel/expression.h"

namespace re2 {
class RE2;
}

namespace halint::cel {

// Compiled regular expressions, for one thread.
class RegexCache {
 public:
  RegexCache();
  ~RegexCache();
  // Null if the pattern is wrong; `error` then says why.
  const re2::RE2* find(std::string_view pattern, std::string& error);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Steps that one check may take: an item that is looked at is a step, too.
constexpr std::uint64_t kBudget = 5'000'000;

// Evaluates programs of one host. Values live in `arena`. Not thread-safe.
class Evaluator {
 public:
  Evaluator(Arena& arena, Host& host, RegexCache& regexes, std::uint64_t budget = kBudget)
      : arena_(&arena), host_(host), regexes_(regexes), budget_(budget) {}

  // May be called again by the host while it answers `variable`.
  Outcome evaluate(const Expr& expr);

  // Starts anew: results from now on live in `arena`, and `budget` steps may be taken.
  void reset(Arena& arena, std::uint64_t budget) {
    arena_ = &arena;
    budget_ = budget;
  }
  Arena& arena() { return *arena_; }

 private:
  Outcome visit(const Expr& expr);
  Outcome member(const Expr& expr);
  Outcome member_of(const Outcome& target, const Expr& expr);
  Outcome has(const Expr& expr);
  Outcome index(const Expr& expr);
  Outcome call(const Expr& expr);
  Outcome unary(const Expr& expr);
  Outcome binary(const Expr& expr);
  Outcome logic(const Expr& expr);
  Outcome conditional(const Expr& expr);
  Outcome list(const Expr& expr);
  Outcome map(const Expr& expr);
  Outcome macro(const Expr& expr);
  Outcome quantifier(const Expr& expr, const Outcome& range);
  Outcome exists_one(const Expr& expr, const Outcome& range);
  Outcome filter(const Expr& expr, const Outcome& range);
  Outcome map_items(const Expr& expr, const Outcome& range);
  Outcome sort_by(const Expr& expr, const Outcome& range);
  Outcome body(const Expr& expr, std::size_t which, const Value& item);
  const Unknown* doubt_of(const Value& item, const Outcome& range);

  Outcome fail(std::string message);
  // False if the budget does not allow so many more steps.
  bool spend(std::uint64_t steps);
  static std::uint64_t size_of(const Value& value);
  Outcome truth(Truth value, const Unknown* why);

  Arena* arena_;
  Host& host_;
  RegexCache& regexes_;
  std::uint64_t budget_;
  std::vector<Outcome> locals_;
  std::size_t base_ = 0;  // Where the locals of the current program begin.
};

// The bool in an outcome. Unknown if it is unknown, or failed.
Truth truth_of(const Outcome& outcome);

}  // namespace halint::cel
