// Terraform's functions over values that may be partly unknown.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "base/file_system.h"
#include "base/result.h"
#include "base/span.h"
#include "graph/value.h"
#include "terraform/read_terraform.h"

namespace halint {

// What `file()` and its sisters may see. Nothing outside of `workspace` is ever read.
struct FileReader {
  const FileSystem& files;
  std::string workspace;  // Directory, as FileSystem spells it: "." is its root.
  std::string directory;  // What relative paths are relative to: the directory of the root module.
};

// What a function needs besides its arguments.
struct FunctionContext {
  Arena& arena;
  const TerraformLimits& limits;
  const FileReader* files = nullptr;  // Null: the contents of files are unknown.
  bool is_beyond_limit = false;       // Out: the call failed at a limit that Terraform has too.
};

struct Function;

// The function of that name, with or without the prefix `core::`; null if Terraform has none. Also null for what the
// evaluator does itself, since the arguments are not just values: `try`, `can`, `templatefile`, `templatestring`.
const Function* find_function(std::string_view name);

// How many arguments the function of that name takes; none if there is no such function.
struct Arity {
  std::size_t least = 0;
  std::size_t most = 0;
};
constexpr std::size_t kAnyNumber = std::numeric_limits<std::size_t>::max();
std::optional<Arity> arity_of_function(std::string_view name);

// The known function whose name is nearest, for "did you mean"; empty if none is near.
std::string_view nearest_function(std::string_view name);

// Calls `function`. `arguments` are expanded already (`f(xs...)`). When the call is wrong (number or type of the
// arguments, no such element, bad format) `error` gets a sentence, lower case, without period and without the name of
// the function, and the result is unknown with reason kInvalid. What hits a limit says so in the same way, with reason
// kLimit.
Value call_function(FunctionContext& context, const Function& function, std::span<const Value> arguments, Span call,
                    std::string& error);

// The result of a call whose arguments cannot be told apart, `f(xs...)` with unknown `xs`: unknown for the reason of
// the first unknown argument.
Value call_unknown(FunctionContext& context, std::string_view name, std::span<const Value> arguments, Span call);

// The text of a file for `templatefile`. Fails outside of the workspace.
Result<std::string> read_workspace_file(const FileReader& reader, std::string_view path, std::uint64_t max_bytes);

}  // namespace halint
