// Reads a command line with CLI11.
// SPDX-License-Identifier: Apache-2.0
#include "cli/flags.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

#include "base/text.h"

namespace halint {
namespace {

// The usage line is part of each description.
class HelpText : public CLI::Formatter {
 public:
  std::string make_usage(const CLI::App*, std::string) const override { return {}; }
};

Outcome unknown_flag(const CLI::App& app, const std::string& flag) {
  std::vector<std::string> known;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  }
  const std::string name = flag.substr(0, flag.find('='));
  const auto meant = did_you_mean(name, known);
  return trouble(fmt::format("unknown flag `{}`", escape_controls(name)),
                 meant ? fmt::format("did you mean `{}`?", *meant) : fmt::format("halint help {}", app.get_name()));
}

}  // namespace

std::optional<Outcome> parse_flags(CLI::App& app, const std::vector<std::string>& arguments,
                                   std::vector<std::string>& words) {
  // CLI11 takes "[a]" among positional words for a list, and a path may look like that: it gets the flags only.
  const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
  std::vector<std::string> flags(arguments.begin(), dashes);
  std::reverse(flags.begin(), flags.end());  // As CLI11 wants it.
  app.allow_extras();
  app.formatter(std::make_shared<HelpText>());
  try {
    app.parse(std::move(flags));
  } catch (const CLI::CallForHelp&) {
    Outcome help;
    help.output = app.help();
    while (help.output.ends_with("\n\n")) help.output.pop_back();
    return help;
  } catch (const CLI::ParseError& error) {
    return trouble(error.what(), fmt::format("halint help {}", app.get_name()));
  }
  for (const std::string& word : app.remaining()) {
    if (word.size() > 1 && word.front() == '-') return unknown_flag(app, word);
    words.push_back(word);
  }
  if (dashes != arguments.end()) words.insert(words.end(), dashes + 1, arguments.end());
  return std::nullopt;
}

std::optional<Outcome> check_choice(std::string_view flag, const std::string& word,
                                    std::span<const std::string_view> choices) {
  if (std::find(choices.begin(), choices.end(), word) != choices.end()) return std::nullopt;
  const auto meant = did_you_mean(word, choices);
  return trouble(fmt::format("`{}` does not know `{}`", flag, escape_controls(word)),
                 fmt::format("{}choose one of {}", meant ? fmt::format("did you mean `{}`? ", *meant) : "",
                             fmt::join(choices, ", ")));
}

}  // namespace halint
