// Reads a command line with CLI11, so that every command says the same about the same mistake.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"

namespace CLI {
class App;
}

namespace halint {

// Parses `arguments` into the variables that `app`'s options are bound to, and words without a flag into `words`.
// Returns what to say and how to end instead, if the line asks for help or is wrong.
std::optional<Outcome> parse_flags(CLI::App& app, const std::vector<std::string>& arguments,
                                   std::vector<std::string>& words);

// "`--fail-on` does not know `eror`", with the choices, and the one that was probably meant. Nothing if it is one.
std::optional<Outcome> check_choice(std::string_view flag, const std::string& word,
                                    std::span<const std::string_view> choices);

}  // namespace halint
