// The members of nodes as rules see them.
// SPDX-License-Identifier: Apache-2.0
#include "rules/members.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "cel/types.h"

namespace halint {
namespace {

using Kind = Type::Kind;
using Source = MemberRef::Source;

Type simple(Kind kind) {
  return {kind, {}, nullptr};
}
Type list(Kind element) {
  return {Kind::kList, {}, std::make_shared<const Type>(simple(element))};
}
Type map(Kind element) {
  return {Kind::kMap, {}, std::make_shared<const Type>(simple(element))};
}

struct PolicyEntry {
  std::string_view name;
  PolicyMember member;
  Type type;
};

std::vector<PolicyEntry> policy_entries() {
  return {
      {"target_azs", PolicyMember::kTargetAzs, simple(Kind::kInt)},
      {"region_azs", PolicyMember::kRegionAzs, simple(Kind::kInt)},
      {"required_fraction", PolicyMember::kRequiredFraction, simple(Kind::kDouble)},
      {"private_prefix_max", PolicyMember::kPrivatePrefixMax, simple(Kind::kInt)},
      {"bastion_max_prefix", PolicyMember::kBastionMaxPrefix, map(Kind::kInt)},
      {"ssh_ports", PolicyMember::kSshPorts, list(Kind::kInt)},
      {"cpu_target", PolicyMember::kCpuTarget, list(Kind::kInt)},
      {"tls_backend", PolicyMember::kTlsBackend, simple(Kind::kString)},
      {"asg_min", PolicyMember::kAsgMin, simple(Kind::kInt)},
      {"min_grace", PolicyMember::kMinGrace, simple(Kind::kInt)},
      {"backup_days", PolicyMember::kBackupDays, simple(Kind::kInt)},
      {"time_zone", PolicyMember::kTimeZone, simple(Kind::kString)},
      {"collation", PolicyMember::kCollation, simple(Kind::kString)},
      {"cache_cluster_mode", PolicyMember::kCacheClusterMode, simple(Kind::kString)},
      {"ipv6", PolicyMember::kIpv6, simple(Kind::kString)},
  };
}

struct CommonEntry {
  std::string_view name;
  CommonMember member;
  Type type;
};

std::vector<CommonEntry> common_entries() {
  return {
      {"address", CommonMember::kAddress, simple(Kind::kString)},
      {"name", CommonMember::kName, simple(Kind::kString)},
      {"kind", CommonMember::kKind, simple(Kind::kString)},
      {"type", CommonMember::kType, simple(Kind::kString)},
      {"format", CommonMember::kFormat, simple(Kind::kString)},
      {"is_external", CommonMember::kIsExternal, simple(Kind::kBool)},
      {"raw", CommonMember::kRaw, simple(Kind::kDynamic)},
  };
}

std::string joined(const std::vector<std::string>& kinds) {
  std::string result;
  for (const std::string& kind : kinds) result += (result.empty() ? "" : "|") + kind;
  return result;
}

Type type_of_edge(const EdgeInfo& edge) {
  Type node{Kind::kNode, joined(edge.to), nullptr};
  return edge.is_many ? cel::list_of(std::move(node)) : node;
}

}  // namespace

Members::Members(const Schema& schema) : schema_(schema) {
  std::vector<std::vector<Entry>> entries;
  std::size_t kinds = 0;
  for (const KindInfo& kind : schema.kinds()) {
    entries.push_back(entries_of(kind));
    kinds = std::max<std::size_t>(kinds, kind.id.index + 1u);
  }
  std::vector<Entry> policy;
  for (const PolicyEntry& entry : policy_entries()) {
    add(policy, entry.name, entry.type, Source::kPolicy, static_cast<std::uint16_t>(entry.member));
  }
  refs_.resize(kinds * names_.size());
  types_.resize(kinds);
  policy_.resize(names_.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::size_t kind = schema.kinds()[i].id.index;
    for (const Entry& entry : entries[i]) {
      refs_[kind * names_.size() + entry.number] = entry.ref;
      types_[kind].emplace_back(entry.number, entry.type);
    }
  }
  for (const Entry& entry : policy) {
    policy_[entry.number] = entry.ref;
    policy_types_.emplace_back(entry.number, entry.type);
  }
}

std::uint32_t Members::number_of(std::string_view name) {
  const auto [found, is_new] = numbers_.emplace(name, static_cast<std::uint32_t>(names_.size()));
  if (is_new) names_.emplace_back(name);
  return found->second;
}

void Members::add(std::vector<Entry>& entries, std::string_view name, const Type& type, Source source,
                  std::uint16_t id) {
  const std::uint32_t number = number_of(name);
  for (const Entry& entry : entries) {
    if (entry.number == number) return;
  }
  entries.push_back({number, type, {source, type.kind, id}});
}

std::vector<Members::Entry> Members::entries_of(const KindInfo& kind) {
  std::vector<Entry> entries;
  for (const FactInfo& fact : Topology::facts()) {
    const bool applies = fact.receiver == kind.name ||
                         std::find(kind.groups.begin(), kind.groups.end(), fact.receiver) != kind.groups.end();
    if (applies) add(entries, fact.name, fact.type, Source::kFact, fact.id.index);
  }
  for (const AttributeInfo& attribute : kind.attributes) {
    add(entries, attribute.name, attribute.type, Source::kAttribute, attribute.id.index);
  }
  for (const EdgeInfo& edge : kind.edges) add(entries, edge.name, type_of_edge(edge), Source::kEdge, edge.id.index);
  for (const KindInfo& other : schema_.kinds()) {
    for (const EdgeInfo& edge : other.edges) {
      if (edge.reverse.empty() || std::find(edge.to.begin(), edge.to.end(), kind.name) == edge.to.end()) continue;
      const std::uint32_t number = number_of(edge.reverse);
      const auto same =
          std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.number == number; });
      if (same != entries.end() && same->ref.source != Source::kReverse) continue;
      if (same != entries.end()) {  // Two edges with one reverse: the sources of both.
        reverse_[same->ref.id].push_back(edge.id);
        same->type = cel::join(same->type, cel::list_of({Kind::kNode, other.name, nullptr}));
        continue;
      }
      add(entries, edge.reverse, cel::list_of({Kind::kNode, other.name, nullptr}), Source::kReverse,
          static_cast<std::uint16_t>(reverse_.size()));
      reverse_.push_back({edge.id});
    }
  }
  for (const CommonEntry& entry : common_entries()) {
    add(entries, entry.name, entry.type, Source::kCommon, static_cast<std::uint16_t>(entry.member));
  }
  return entries;
}

// "" is any kind; "a|b" are both.
std::vector<KindId> Members::kinds_of(std::string_view kind) const {
  std::vector<KindId> result;
  if (kind.empty()) {
    for (const KindInfo& info : schema_.kinds()) result.push_back(info.id);
    return result;
  }
  for (std::size_t begin = 0; begin <= kind.size();) {
    const std::size_t end = std::min(kind.find('|', begin), kind.size());
    for (KindId id : schema_.kinds_named(kind.substr(begin, end - begin))) result.push_back(id);
    begin = end + 1;
  }
  return result;
}

std::optional<Type> Members::member_type(std::string_view kind, std::string_view name) const {
  const auto number = numbers_.find(name);
  if (number == numbers_.end()) return std::nullopt;
  std::optional<Type> result;
  const auto look = [&](const std::vector<std::pair<std::uint32_t, Type>>& types) {
    for (const auto& [candidate, type] : types) {
      if (candidate != number->second) continue;
      result = result ? cel::join(*result, type) : type;
      return;
    }
  };
  if (kind == "policy") {
    look(policy_types_);
    return result;
  }
  for (KindId id : kinds_of(kind)) look(types_[id.index]);
  return result;
}

std::vector<std::string> Members::member_names(std::string_view kind) const {
  std::vector<std::string> result;
  const auto add = [&](const std::vector<std::pair<std::uint32_t, Type>>& types) {
    for (const auto& [number, type] : types) result.push_back(names_[number]);
  };
  if (kind == "policy") {
    add(policy_types_);
  } else {
    for (KindId id : kinds_of(kind)) add(types_[id.index]);
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

std::uint32_t Members::member_number(std::string_view name) const {
  const auto found = numbers_.find(name);
  return found == numbers_.end() ? 0xFFFFFFFFu : found->second;
}

bool Members::overlap(std::string_view kind, std::string_view other) const {
  if (kind.empty() || other.empty() || kind == other) return true;
  const std::vector<KindId> first = kinds_of(kind);
  const std::vector<KindId> second = kinds_of(other);
  return std::any_of(first.begin(), first.end(),
                     [&](KindId id) { return std::find(second.begin(), second.end(), id) != second.end(); });
}

}  // namespace halint
