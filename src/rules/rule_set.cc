// The rules of a run: loading, finding, selecting, and compiling them when they are first needed.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <optional>

#include "base/glob.h"
#include "base/text.h"
#include "rules/builtin_rules.h"
#include "rules/plain_logic.h"
#include "rules/rule.h"
#include "rules/rule_keys.h"
#include "rules/rule_logic.h"

namespace halint {

struct RuleSet::State {
  struct Entry {
    Rule rule;
    std::string text;  // What `rule.text` looks at, unless it is built in.
    std::once_flag logic_once, report_once;
    std::unique_ptr<RuleLogic> logic;
    std::unique_ptr<RuleReport> report;
  };
  std::vector<std::unique_ptr<Entry>> entries;  // Sorted by id.
  std::vector<const Rule*> rules;               // The same.
  const Schema* schema = nullptr;
  std::once_flag members_once;
  std::unique_ptr<Members> members;

  const Members& known_members() {
    std::call_once(members_once, [this] { members = std::make_unique<Members>(*schema); });
    return *members;
  }

  void sort() {
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a->rule.id < b->rule.id; });
    rules.clear();
    for (const auto& entry : entries) rules.push_back(&entry->rule);
  }

  Entry* find(std::string_view id) const {
    const auto found = std::lower_bound(entries.begin(), entries.end(), id,
                                        [](const auto& entry, std::string_view name) { return entry->rule.id < name; });
    return found != entries.end() && (*found)->rule.id == id ? found->get() : nullptr;
  }
};

// Fills sets.
class RuleLoader {
 public:
  static RuleSet builtin() {
    RuleSet set;
    set.state_->schema = &builtin_schema();
    for (const NamedText& file : builtin_rule_files()) {
      auto entry = std::make_unique<RuleSet::State::Entry>();
      entry->rule.file = file.name;
      entry->rule.text = file.text;
      Rule plain = entry->rule;
      if (read_plain_header(file.text, plain)) {
        entry->rule = std::move(plain);
      } else {
        std::vector<Diagnostic> diagnostics;
        read_header(read_yaml(without_examples(file.text)), entry->rule, diagnostics);
      }
      set.state_->entries.push_back(std::move(entry));
    }
    set.state_->sort();
    return set;
  }

  static Parsed<RuleSet> load(Sources& sources, std::span<const NamedText> files, const Schema& schema) {
    Parsed<RuleSet> result;
    RuleSet::State& state = *result.value.state_;
    state.schema = &schema;
    for (const NamedText& file : files) {
      auto entry = std::make_unique<RuleSet::State::Entry>();
      entry->text = file.text;
      entry->rule.text = entry->text;
      entry->rule.source = sources.add(std::string(file.name), std::string(file.text));
      entry->rule.file = sources.path(entry->rule.source);
      const std::size_t before = result.diagnostics.size();
      load_entry(state, *entry, result.diagnostics);
      if (result.diagnostics.size() == before) state.entries.push_back(std::move(entry));
    }
    state.sort();
    return result;
  }

 private:
  static void load_entry(RuleSet::State& state, RuleSet::State::Entry& entry, std::vector<Diagnostic>& diagnostics) {
    const std::size_t before = diagnostics.size();
    const YamlTree yaml = read_yaml(entry.rule.text);
    read_header(yaml, entry.rule, diagnostics);
    if (!yaml.error.empty() || !yaml.root().is_map()) return;
    for (const auto& other : state.entries) {
      if (other->rule.id != entry.rule.id || entry.rule.id.empty()) continue;
      RuleFaults(entry.rule, diagnostics)
          .add(*yaml.find(yaml.root(), "id"), 0, entry.rule.id.size(),
               fmt::format("there is another rule `{}` in {}", entry.rule.id, other->rule.file));
    }
    check_prose(yaml, entry.rule, diagnostics);
    examples_of(yaml, entry.rule, diagnostics);
    std::unique_ptr<RuleLogic> logic = compile_logic(entry.rule, yaml, state.known_members(), diagnostics);
    std::unique_ptr<RuleReport> report = compile_report(*logic, yaml, diagnostics);
    if (diagnostics.size() > before) return;
    std::call_once(entry.logic_once, [&] { entry.logic = std::move(logic); });
    std::call_once(entry.report_once, [&] { entry.report = std::move(report); });
  }
};

RuleSet::RuleSet() : state_(std::make_unique<State>()) {}
RuleSet::RuleSet(RuleSet&&) = default;
RuleSet& RuleSet::operator=(RuleSet&&) = default;
RuleSet::~RuleSet() = default;

std::span<const Rule* const> RuleSet::rules() const {
  return state_->rules;
}

const Rule* RuleSet::find(std::string_view id) const {
  const State::Entry* entry = state_->find(id);
  return entry != nullptr ? &entry->rule : nullptr;
}

std::string_view RuleSet::suggest(std::string_view id) const {
  std::vector<std::string_view> ids;
  for (const Rule* rule : state_->rules) ids.push_back(rule->id);
  return did_you_mean(id, ids).value_or("");
}

const RuleLogic& RuleSet::logic(const Rule& rule) const {
  State::Entry* entry = state_->find(rule.id);
  assert(entry != nullptr && "the rule belongs to this set");
  std::call_once(entry->logic_once, [&] {
    YamlTree yaml;
    if (!read_plain_logic(entry->rule.text, yaml)) yaml = read_yaml(without_examples(entry->rule.text));
    std::vector<Diagnostic> diagnostics;
    entry->logic = compile_logic(entry->rule, yaml, state_->known_members(), diagnostics);
    assert(diagnostics.empty() && "rules that are built in are sound");
    if (!diagnostics.empty()) entry->logic->require = nullptr;
  });
  return *entry->logic;
}

const RuleReport& RuleSet::report(const Rule& rule) const {
  State::Entry* entry = state_->find(rule.id);
  assert(entry != nullptr && "the rule belongs to this set");
  const RuleLogic& logic = this->logic(rule);
  std::call_once(entry->report_once, [&] {
    std::vector<Diagnostic> diagnostics;
    entry->report = compile_report(logic, read_yaml(without_examples(entry->rule.text)), diagnostics);
    assert(diagnostics.empty() && "rules that are built in are sound");
  });
  return *entry->report;
}

namespace {

// How exactly an item names a rule. Higher wins.
enum class Rank { kNone, kAll, kTag, kGlob, kExact };

Rank rank_of(std::string_view item, const Rule& rule) {
  if (item == rule.id) return Rank::kExact;
  if (item == "all") return Rank::kAll;
  if (item.starts_with("tag:")) {
    return std::find(rule.tags.begin(), rule.tags.end(), item.substr(4)) != rule.tags.end() ? Rank::kTag : Rank::kNone;
  }
  if (item.starts_with("severity:")) return item.substr(9) == name_of(rule.severity) ? Rank::kTag : Rank::kNone;
  return item.find_first_of("*?{") != std::string_view::npos && glob_match(item, rule.id) ? Rank::kGlob : Rank::kNone;
}

Rank best_rank(std::span<const std::string> items, const Rule& rule) {
  Rank best = Rank::kNone;
  for (const std::string& item : items) best = std::max(best, rank_of(item, rule));
  return best;
}

}  // namespace

std::vector<const Rule*> RuleSet::select(std::span<const std::string> select, std::span<const std::string> ignore,
                                         std::vector<std::string>* unknown) const {
  std::vector<const Rule*> result;
  for (const Rule* rule : state_->rules) {
    const Rank wanted = select.empty() ? Rank::kAll : best_rank(select, *rule);
    if (wanted == Rank::kNone || (rule->status == RuleStatus::kPreview && wanted != Rank::kExact)) continue;
    const Rank unwanted = best_rank(ignore, *rule);
    // What is on by default has no rank of its own: everything that ignores it wins.
    if (unwanted != Rank::kNone && (select.empty() || unwanted >= wanted)) continue;
    result.push_back(rule);
  }
  if (unknown == nullptr) return result;
  for (std::span<const std::string> items : {select, ignore}) {
    for (const std::string& item : items) {
      const bool names_some =
          item == "all" || std::any_of(state_->rules.begin(), state_->rules.end(),
                                       [&](const Rule* rule) { return rank_of(item, *rule) != Rank::kNone; });
      if (!names_some) unknown->push_back(item);
    }
  }
  return result;
}

Parsed<RuleSet> load_rules(Sources& sources, std::span<const NamedText> files, const Schema& schema) {
  return RuleLoader::load(sources, files, schema);
}

const RuleSet& builtin_rules() {
  static const RuleSet kRules = RuleLoader::builtin();
  return kRules;
}

}  // namespace halint
