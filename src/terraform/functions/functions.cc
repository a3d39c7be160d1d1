// Finds functions, checks and converts their arguments, and calls them.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/functions/functions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/text.h"
#include "terraform/functions/function_table.h"
#include "terraform/values/convert.h"
#include "terraform/values/number_text.h"
#include "terraform/values/text.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

// All functions, sorted by name. Made once.
const std::vector<const Function*>& all_functions() {
  static const std::vector<const Function*> kAll = [] {
    std::vector<const Function*> all;
    for (std::span<const Function> table :
         {string_functions(), regex_functions(), format_functions(), collection_functions(), set_functions(),
          numeric_functions(), network_functions(), encoding_functions(), codec_functions(), time_functions(),
          hash_functions(), file_functions(), conversion_functions()}) {
      for (const Function& function : table) all.push_back(&function);
    }
    std::ranges::sort(all, {}, &Function::name);
    return all;
  }();
  return kAll;
}

// One parameter of a signature.
struct Parameter {
  char letter = 'v';
  bool is_optional = false;
  bool is_repeated = false;
};

struct Signature {
  std::vector<Parameter> parameters;
  std::size_t least = 0;
  std::size_t most = 0;

  const Parameter& of(std::size_t index) const { return parameters[std::min(index, parameters.size() - 1)]; }
};

Signature read_signature(std::string_view text) {
  Signature signature;
  for (char c : text) {
    if (c == '?') {
      signature.parameters.back().is_optional = true;
      --signature.least;
    } else if (c == '*' || c == '+') {
      signature.parameters.back().is_repeated = true;
      signature.most = std::numeric_limits<std::size_t>::max();
      if (c == '*') --signature.least;
    } else {
      signature.parameters.push_back({c, false, false});
      ++signature.least;
      ++signature.most;
    }
  }
  return signature;
}

std::string count_error(const Signature& signature, std::size_t given) {
  std::string wanted = signature.least == signature.most ? fmt::format("{}", signature.least)
                       : signature.most == std::numeric_limits<std::size_t>::max()
                           ? fmt::format("at least {}", signature.least)
                           : fmt::format("{} to {}", signature.least, signature.most);
  std::size_t last = signature.least == signature.most ? signature.least : 2;
  return fmt::format("takes {} argument{}, but {} given", wanted, last == 1 ? "" : "s",
                     given == 1 ? "1 is" : fmt::format("{} are", given));
}

std::string_view wanted_word(char letter) {
  switch (letter) {
    case 's':
    case 'S':
      return "a string";
    case 'n':
    case 'i':
      return "a number";
    case 'b':
      return "a bool";
    case 'm':
      return "a map or object";
    default:
      return "a list, set or tuple";
  }
}

enum class Fit { kFits, kUnknown, kWrong };

Fit fit_known(const Value& value) {
  if (value.is_unknown() || value.is(ValueKind::kTemplate) || value.is(ValueKind::kInterval)) return Fit::kUnknown;
  return Fit::kFits;
}

Fit fit_strings(Arena& arena, Value& list, std::string& why) {
  std::vector<Value> items(list.items().begin(), list.items().end());
  for (Value& item : items) item = to_string(arena, item, why);
  if (!why.empty()) return Fit::kWrong;
  bool is_set = list.is(ValueKind::kSet);
  Value made = is_set ? Value::set(arena, items, list.origin(), list.rest())
                      : Value::list(arena, items, list.origin(), list.rest()).with_uniform();
  list = list.is_sensitive() ? made.with_sensitive() : made;
  return Fit::kFits;
}

// Converts one argument as its parameter wants it.
Fit fit(Arena& arena, char letter, Value& value, std::string& why) {
  if (letter == 'v') return Fit::kFits;
  if (value.is_unset()) {
    why = "must not be null";
    return Fit::kWrong;
  }
  switch (letter) {
    case 's':
    case 'S':
      value = to_string(arena, value, why);
      if (!why.empty()) return Fit::kWrong;
      return letter == 'S' ? Fit::kFits : fit_known(value);
    case 'n':
    case 'i':
      value = to_number(arena, value, why);
      if (!why.empty()) return Fit::kWrong;
      if (letter == 'i' && value.is(ValueKind::kNumber) && !value.is_integer()) {
        why = "must be a whole number";
        return Fit::kWrong;
      }
      return fit_known(value);
    case 'b':
      value = to_bool(arena, value, why);
      return why.empty() ? fit_known(value) : Fit::kWrong;
    case 'm':
      if (value.is_unknown()) return Fit::kUnknown;
      return value.is(ValueKind::kMap) ? Fit::kFits : Fit::kWrong;
    case 'l':
    case 'L':
      if (value.is_unknown()) return Fit::kUnknown;
      if (!value.is(ValueKind::kList) && !value.is(ValueKind::kSet)) return Fit::kWrong;
      return letter == 'L' ? fit_strings(arena, value, why) : Fit::kFits;
    default:
      return Fit::kFits;
  }
}

std::string_view ordinal(std::size_t index) {
  static constexpr std::string_view kWords[] = {"first", "second", "third", "fourth", "fifth"};
  return index < std::size(kWords) ? kWords[index] : "last";
}

Value invalid_call(Arena& arena, std::string_view name, std::string_view message, Span span, std::string& error) {
  error = message;
  return invalid(arena, fmt::format("`{}`: {}", name, message), span);
}

}  // namespace

Value Call::fail(std::string message) const {
  error = std::move(message);
  return invalid(arena, fmt::format("`{}`: {}", function.name, error), span);
}

Value Call::too_large(std::string_view what) const {
  error = fmt::format("the result would be {} beyond the limit", what);
  std::string detail = fmt::format("the result of `{}` would be {} beyond the limit", function.name, what);
  return unknown(UnknownReason::kLimit, detail);
}

Value Call::unknown() const {
  return unknown_result(arena, function.name, arguments, span);
}

Value Call::unknown(UnknownReason reason, std::string_view detail) const {
  return Value::unknown(arena, {reason, arena.copy(detail), {}, nullptr, Shape::kAny}, span);
}

Value Call::string(std::string_view text) const {
  return Value::string(arena, arena.copy(std::string_view(normalized(text))));
}

Value Call::strings(const std::vector<std::string>& texts) const {
  std::vector<Value> items;
  items.reserve(texts.size());
  for (const std::string& text : texts) items.push_back(string(text).with_origin(deciding_origin(arguments, span)));
  return list(items);
}

Value Call::boolean(bool value) const {
  return Value::boolean(value);
}

Value Call::integer_value(std::int64_t value) const {
  return Value::integer(value);
}

Value Call::tuple(const std::vector<Value>& items, const Unknown* rest) const {
  return Value::list(arena, items, {}, rest);
}

Value Call::list(const std::vector<Value>& items, const Unknown* rest) const {
  return Value::list(arena, items, {}, rest).with_uniform();
}

bool is_open(const Value& list) {
  return list.rest() != nullptr || std::ranges::any_of(list.items(), &Value::is_maybe);
}

std::size_t certain_items(const Value& list) {
  if (list.is(ValueKind::kMap)) return list.members().size();
  return static_cast<std::size_t>(std::ranges::count_if(list.items(), [](const Value& v) { return !v.is_maybe(); }));
}

Value count_items(const Call& call, const Value& list) {
  std::size_t all = list.is(ValueKind::kMap) ? list.members().size() : list.items().size();
  std::size_t certain = certain_items(list);
  if (list.rest() == nullptr) {
    if (certain == all) return Value::integer(static_cast<std::int64_t>(all));
    return Value::interval(call.arena, {static_cast<double>(certain), static_cast<double>(all), first_unknown(list)});
  }
  return Value::interval(call.arena,
                         {static_cast<double>(certain), std::numeric_limits<double>::infinity(), list.rest()});
}

const Function* find_function(std::string_view name) {
  if (name.starts_with("core::")) name.remove_prefix(6);
  const std::vector<const Function*>& all = all_functions();
  auto found = std::ranges::lower_bound(all, name, {}, &Function::name);
  return found != all.end() && (*found)->name == name ? *found : nullptr;
}

std::optional<Arity> arity_of_function(std::string_view name) {
  if (name.starts_with("core::")) name.remove_prefix(6);
  // The evaluator does these itself.
  if (name == "try") return Arity{1, kAnyNumber};
  if (name == "can") return Arity{1, 1};
  if (name == "templatefile" || name == "templatestring") return Arity{2, 2};
  const Function* function = find_function(name);
  if (function == nullptr) return std::nullopt;
  Signature signature = read_signature(function->signature);
  return Arity{signature.least, signature.most};
}

std::string_view nearest_function(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Function* function : all_functions()) names.push_back(function->name);
  return did_you_mean(name, names).value_or(std::string_view());
}

Value call_function(FunctionContext& context, const Function& function, std::span<const Value> arguments, Span call,
                    std::string& error) {
  Arena& arena = context.arena;
  Signature signature = read_signature(function.signature);
  if (arguments.size() < signature.least || arguments.size() > signature.most) {
    return invalid_call(arena, function.name, count_error(signature, arguments.size()), call, error);
  }
  std::vector<Value> fitted(arguments.begin(), arguments.end());
  bool is_unknown = false;
  for (std::size_t i = 0; i < fitted.size(); ++i) {
    std::string why;
    Fit result = fit(arena, signature.of(i).letter, fitted[i], why);
    if (result == Fit::kWrong) {
      if (why.empty())
        why = fmt::format("must be {}, not {}", wanted_word(signature.of(i).letter), kind_word(fitted[i]));
      std::string which = fitted.size() == 1 ? "the argument" : fmt::format("the {} argument", ordinal(i));
      std::string_view joint = why.starts_with("must") ? " " : ": ";
      return invalid_call(arena, function.name, which + std::string(joint) + why, call, error);
    }
    is_unknown = is_unknown || result == Fit::kUnknown;
  }
  Call made{context, arena, function, fitted, call, error};
  Value result = is_unknown ? made.unknown() : function.body(made);
  if (!result.origin().is_known()) result = result.with_origin(deciding_origin(arguments, call));
  if (function.secrets == Secrets::kOwn) return result;
  bool is_deep = function.secrets == Secrets::kSpread;
  bool is_secret = std::ranges::any_of(
      arguments, [&](const Value& argument) { return is_deep ? holds_secret(argument) : argument.is_sensitive(); });
  return is_secret ? result.with_sensitive() : result;
}

Value call_unknown(FunctionContext& context, std::string_view name, std::span<const Value> arguments, Span call) {
  bool is_secret = std::ranges::any_of(arguments, holds_secret);
  Value result = unknown_result(context.arena, name, arguments, call);
  return is_secret ? result.with_sensitive() : result;
}

}  // namespace halint
