// The worlds of a template: each combination of the inputs without value that decide its conditions.
// SPDX-License-Identifier: Apache-2.0
#include "cloudformation/evaluate/worlds.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <iterator>

#include "base/text.h"

namespace halint {
namespace {

constexpr std::size_t kFewValues = 4;

std::vector<Choice> choices_for(const Undecided& input) {
  std::vector<Choice> choices;
  if (input.is_truth) {
    choices.push_back({input.key, input.name, Choice::Kind::kTrue, "", {}});
    choices.push_back({input.key, input.name, Choice::Kind::kFalse, "", {}});
    return choices;
  }
  // Of many allowed values, those that nothing compares are one case.
  const bool is_listed =
      !input.allowed.empty() && (input.allowed.size() <= kFewValues || input.values.size() >= input.allowed.size());
  for (const std::string& value : is_listed ? input.allowed : input.values)
    choices.push_back({input.key, input.name, Choice::Kind::kValue, value, {}});
  if (!is_listed) choices.push_back({input.key, input.name, Choice::Kind::kOther, "", input.values});
  return choices;
}

std::string text_of(const Choice& choice) {
  const std::string name = fmt::format("`{}`", escape_controls(choice.name));
  switch (choice.kind) {
    case Choice::Kind::kTrue:
      return name + " holds";
    case Choice::Kind::kFalse:
      return name + " does not hold";
    case Choice::Kind::kValue:
      return choice.value.empty() ? name + " is empty" : fmt::format("{} is {}", name, escape_controls(choice.value));
    case Choice::Kind::kOther:
      break;
  }
  if (choice.excluded.size() == 1 && choice.excluded[0].empty()) return name + " is not empty";
  std::string values;
  for (const std::string& value : choice.excluded)
    values += fmt::format("{}{}", values.empty() ? "" : " or ", value.empty() ? "empty" : escape_controls(value));
  return fmt::format("{} is not {}", name, values);
}

}  // namespace

std::vector<Configuration> evaluate_worlds(const CloudFormationWorkspace::State& state, const TemplateFile& root,
                                           const CloudFormationOptions& options) {
  std::vector<Diagnostic> diagnostics;
  const GivenParameters given = read_parameters(state, options, diagnostics);
  std::vector<Configuration> worlds;
  std::deque<World> open = {World()};
  std::uint64_t steps = 0;
  std::size_t left_open = 0;
  while (!open.empty()) {
    World world = std::move(open.front());
    open.pop_front();
    Configuration configuration;
    configuration.root = root.path;
    configuration.format = Format::kCloudFormation;
    TemplateEvaluator evaluator(state, options, given, world, configuration, steps);
    evaluator.run(root);
    std::vector<Undecided> undecided = evaluator.take_undecided();
    if (!undecided.empty()) {
      std::vector<Choice> choices = choices_for(undecided.front());
      if (worlds.size() + open.size() + choices.size() <= options.limits.worlds) {
        for (Choice& choice : choices) {
          World next = world;
          next.push_back(std::move(choice));
          open.push_back(std::move(next));
        }
        continue;
      }
      left_open = std::max(left_open, undecided.size());
    }
    for (const Choice& choice : world) configuration.world.push_back({choice.name, text_of(choice)});
    worlds.push_back(std::move(configuration));
  }
  Configuration& first = worlds.front();
  if (left_open > 0) {
    const TemplateNode* conditions = root.root.find("Conditions");
    diagnostics.push_back(template_unread(
        conditions != nullptr ? conditions->span : root.root.span,
        fmt::format("conditions depend on too many inputs without value: {} were tried, {} more left open",
                    plural(worlds.size(), "combination"), plural(left_open, "input")),
        "give some of them a value: --param NAME=VALUE"));
  }
  first.diagnostics.insert(first.diagnostics.end(), std::make_move_iterator(diagnostics.begin()),
                           std::make_move_iterator(diagnostics.end()));
  first.diagnostics.insert(first.diagnostics.end(), root.diagnostics.begin(), root.diagnostics.end());
  return worlds;
}

}  // namespace halint
