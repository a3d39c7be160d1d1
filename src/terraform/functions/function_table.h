// How a Terraform function is declared inside the function files: one table for each, one call for all.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "terraform/functions/functions.h"

namespace halint {

// A call whose arguments fit the signature.
struct Call {
  FunctionContext& context;
  Arena& arena;
  const Function& function;
  std::span<const Value> arguments;
  Span span;
  std::string& error;

  std::size_t size() const { return arguments.size(); }
  const Value& operator[](std::size_t index) const { return arguments[index]; }
  // Requires: a parameter 's', 'n', 'i', 'b'.
  std::string_view text(std::size_t index) const { return arguments[index].as_string(); }
  std::int64_t integer(std::size_t index) const { return arguments[index].as_integer(); }
  bool truth(std::size_t index) const { return arguments[index].as_bool(); }

  // The call is wrong; `message` is a sentence without the name of the function.
  Value fail(std::string message) const;
  // The result would be larger than the limits allow.
  Value too_large(std::string_view what) const;
  // Depends on an argument that is not known.
  Value unknown() const;
  // For other reasons than an argument.
  Value unknown(UnknownReason reason, std::string_view detail) const;

  Value string(std::string_view text) const;  // Copies.
  Value strings(const std::vector<std::string>& texts) const;
  Value boolean(bool value) const;
  Value integer_value(std::int64_t value) const;
  Value tuple(const std::vector<Value>& items, const Unknown* rest = nullptr) const;
  Value list(const std::vector<Value>& items, const Unknown* rest = nullptr) const;
  bool exceeds_items(std::uint64_t count) const { return count > context.limits.collection_items; }
  bool exceeds_bytes(std::uint64_t count) const { return count > context.limits.string_bytes; }
};

// What makes the result of a call secret.
enum class Secrets {
  kSpread,  // Any secret in the arguments, however deep.
  kParts,   // A secret argument; the result hands on parts of the arguments, which carry their own marks.
  kOwn,     // The function decides.
};

// `signature` has one letter for each parameter:
//   s n i b   a known string, number, whole number, bool: converted; an unknown argument makes the result unknown
//   S         a string that may be unknown or a template
//   l         a known list, tuple or set (its items may be unknown)
//   m         a known map or object
//   L         a list of strings: as `l`, the known items converted
//   v         anything, null too
//   w         anything but null
// `?` after a letter: may be left out; `*` and `+`: any number of arguments, at least none or one.
struct Function {
  std::string_view name;
  std::string_view signature;
  Value (*body)(const Call& call);
  Secrets secrets = Secrets::kSpread;
};

// One table for each file.
std::span<const Function> string_functions();
std::span<const Function> regex_functions();
std::span<const Function> format_functions();
std::span<const Function> collection_functions();
std::span<const Function> set_functions();
std::span<const Function> numeric_functions();
std::span<const Function> network_functions();
std::span<const Function> encoding_functions();
std::span<const Function> codec_functions();
std::span<const Function> time_functions();
std::span<const Function> hash_functions();
std::span<const Function> file_functions();
std::span<const Function> conversion_functions();

// A list of which it is not certain which items it has.
bool is_open(const Value& list);
// Items, or members' values, that are certainly there.
std::size_t certain_items(const Value& list);
// The bounds of the number of items.
Value count_items(const Call& call, const Value& list);

}  // namespace halint
