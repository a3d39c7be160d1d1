// What a rule is, and the set of rules of a run.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/source_file.h"
#include "base/span.h"
#include "graph/resource.h"
#include "graph/schema.h"

namespace halint {

enum class RuleStatus : std::uint8_t { kStable, kPreview, kDeprecated };

// The values that rules compare with, `policy.x` in CEL. The defaults are the profile `recommended`.
struct Policy {
  std::int64_t target_azs = 2;
  std::int64_t region_azs = 3;
  double required_fraction = 0.5;
  std::int64_t private_prefix_max = 24;
  std::int64_t bastion_max_prefix_ipv4 = 24;
  std::int64_t bastion_max_prefix_ipv6 = 56;
  std::vector<std::int64_t> ssh_ports = {22};
  std::vector<std::int64_t> cpu_target = {40, 70};
  std::string tls_backend = "any";
  std::int64_t asg_min = 2;
  std::int64_t min_grace = 60;
  std::int64_t backup_days = 7;
  std::string time_zone, collation, cache_cluster_mode, ipv6;
};

// A word of `fix`: `{ set: db_instance.multi_az, to: "true", safety: safe }`.
struct RuleFix {
  std::string set;
  std::string to;
  std::string safety;
};

// The prose of a rule: read when somebody asks.
struct RuleProse {
  std::string why;
  std::string help;  // May hold CEL in braces.
  std::string owner;
  std::vector<std::string> links;
  std::vector<std::string> replaces;
  std::vector<RuleFix> fixes;
};

enum class Verdict : std::uint8_t { kBad, kGood, kInconclusive };

// One case of `examples`: input, and what the rule must say to it. Expectations are comments in the texts.
struct RuleExample {
  Format format = Format::kTerraform;
  Verdict verdict = Verdict::kBad;
  std::string name;                          // "" if it has none.
  std::map<std::string, std::string> files;  // A lone text is `main.tf`, `template.yaml`, `nginx.conf`.
  std::vector<std::pair<std::string, std::string>> variables;  // `vars` or `params`
  std::vector<std::string> unset;                              // Variables whose default is to be taken away.
  std::uint32_t line = 1;                                      // In the rule file.
};

struct RuleLogic;  // rule_logic.h
struct RuleReport;

// A rule as `halint rules` lists it. Everything else is read on demand, so that starting costs nothing.
struct Rule {
  std::string id;
  std::string title;
  Severity severity = Severity::kError;
  RuleStatus status = RuleStatus::kStable;
  std::vector<std::string> tags;
  std::string each;  // A kind of nodes, or a group of kinds.
  bool runs_on_external = false;

  std::string_view file;  // "rules/nat/nat-gateway-single-az.yaml"
  std::string_view text;  // The whole file. Lives as long as the RuleSet (built in: for ever).
  FileId source;          // Unknown if built in.
};

// The prose and the examples of a rule, read anew by each call.
RuleProse read_prose(const Rule& rule);
std::vector<RuleExample> read_examples(const Rule& rule);

// Owns rules, sorted by id.
class RuleSet {
 public:
  RuleSet();
  RuleSet(RuleSet&&);
  RuleSet& operator=(RuleSet&&);
  ~RuleSet();

  std::span<const Rule* const> rules() const;
  // Null if there is none of that id.
  const Rule* find(std::string_view id) const;
  // The nearest id to a misspelt one; "" if none is near.
  std::string_view suggest(std::string_view id) const;

  // The rules that run: `select` (empty: all but previews), without `ignore`. Items are ids, globs (`nat-*`),
  // `tag:x`, `severity:x`, `all`. An exact id beats a glob, a glob beats a tag or severity; at the same rank `ignore`
  // wins. A preview runs only if selected by its exact id. Items that name nothing are added to `unknown`.
  std::vector<const Rule*> select(std::span<const std::string> select, std::span<const std::string> ignore,
                                  std::vector<std::string>* unknown = nullptr) const;

  // The logic of one of these rules, and what it says when it fires: compiled when first asked. Thread-safe.
  const RuleLogic& logic(const Rule& rule) const;
  const RuleReport& report(const Rule& rule) const;

 private:
  friend class RuleLoader;
  struct State;
  std::unique_ptr<State> state_;
};

// Rules of a user, or of a test. Reads and compiles everything, so all errors are found; they point into `sources`.
// Faulty rules are left out. Expressions are checked against `schema`, which must outlive the set.
Parsed<RuleSet> load_rules(Sources& sources, std::span<const NamedText> files, const Schema& schema);
// The rules that are compiled into the binary, read as far as needed. Tests prove that they load without error.
const RuleSet& builtin_rules();

}  // namespace halint
