// What an expression may use: variables, members of nodes, functions; and who answers when it is evaluated.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "graph/resource.h"
#include "graph/type.h"
#include "graph/value.h"

namespace halint::cel {

// A value and, where it is not wholly certain, the main reason: what a report names if the whole cannot be decided.
struct Outcome {
  Value value;
  const Unknown* why = nullptr;  // Non-null if the value is unknown, an interval, or a list with uncertain items.
  bool failed = false;           // An error of CEL; `value` is unknown and `why` says what went wrong.
};

// Answers while an expression is evaluated. Implemented on the graph by rules/, by tables in tests.
class Host {
 public:
  virtual ~Host() = default;

  // A variable of the environment.
  virtual Outcome variable(std::uint32_t index) = 0;
  // A member of a node, by the number that Vocabulary gave it. Null if it is unset.
  virtual Outcome member(NodeId node, std::uint32_t member) = 0;
  // Whether it is set. Content that is unknown counts as set.
  virtual Truth has(NodeId node, std::uint32_t member) = 0;

  virtual Truth same_node(NodeId a, NodeId b) = 0;
  virtual Truth same_zone(const ZoneTerm& a, const ZoneTerm& b) = 0;
  virtual Multiplicity multiplicity(NodeId node) = 0;
  // Why it is not known whether, or how many times, a node exists. Null if there is no doubt.
  virtual const Unknown* doubt(NodeId node) = 0;
};

// Knows the members of nodes when an expression is checked.
class Vocabulary {
 public:
  virtual ~Vocabulary() = default;

  // The type of `node.name`. A kind is one kind, a group, several joined by `|`, or "" for any. Nullopt: no such
  // member.
  virtual std::optional<Type> member_type(std::string_view kind, std::string_view name) const = 0;
  // Names for suggestions.
  virtual std::vector<std::string> member_names(std::string_view kind) const = 0;
  // The number by which Host::member knows a name. Requires: some kind has it.
  virtual std::uint32_t member_number(std::string_view name) const = 0;
  // Whether a node can be of both kinds.
  virtual bool overlap(std::string_view kind, std::string_view other) const = 0;
};

class RegexCache;

// What a function is called with, and how it fails.
struct Call {
  Arena& arena;
  Host& host;
  RegexCache& regexes;
  std::string error;             // Set by fail().
  const Unknown* why = nullptr;  // The first reason among the arguments.

  // Requires: returned at once.
  Value fail(std::string message) {
    error = message.empty() ? "the function failed" : std::move(message);
    return Value::null();
  }
  // The result cannot be known, for the reason of the arguments, or of a value that was looked up.
  Value unknown();
  Value unknown_because(const Value& value);
};

// A function or method. Several may share a name.
struct Function {
  std::string_view name;  // ".contains" is a method.
  // "list<T>, int -> T": types as `to_text(Type)` writes them, and T (any type, the same everywhere), `range` (cidr or
  // string), `number` (int or double). A method's receiver comes first.
  std::string_view signature;
  Value (*run)(Call&, std::span<const Value>) = nullptr;
  // Strict functions are not called with arguments that are unknown, intervals or templates: their result is unknown.
  // Lists are passed in any case; their items may be uncertain.
  bool is_strict = true;
};

struct Variable {
  std::string name;
  Type type;
};

struct Environment {
  const Vocabulary* vocabulary = nullptr;
  std::vector<Variable> variables;
  std::span<const Function> functions;  // Besides the standard ones.
};

}  // namespace halint::cel
