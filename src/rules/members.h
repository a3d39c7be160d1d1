// The members of nodes as rules see them: attributes, edges both ways, facts, and what every node has.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cel/environment.h"
#include "graph/schema.h"
#include "topology/topology.h"

namespace halint {

// `policy` is written like a node, so that its members are checked like those of nodes.
constexpr NodeId kPolicyNode{0xFFFFFFFF};

enum class PolicyMember : std::uint16_t {
  kTargetAzs,
  kRegionAzs,
  kRequiredFraction,
  kPrivatePrefixMax,
  kBastionMaxPrefix,
  kSshPorts,
  kCpuTarget,
  kTlsBackend,
  kAsgMin,
  kMinGrace,
  kBackupDays,
  kTimeZone,
  kCollation,
  kCacheClusterMode,
  kIpv6,
};

enum class CommonMember : std::uint16_t { kAddress, kName, kKind, kType, kFormat, kIsExternal, kRaw };

// Where a member comes from.
struct MemberRef {
  enum class Source : std::uint8_t { kNone, kCommon, kPolicy, kFact, kAttribute, kEdge, kReverse };
  Source source = Source::kNone;
  Type::Kind type = Type::Kind::kDynamic;
  std::uint16_t id = 0;  // Of the enum, fact, attribute, edge; of kReverse an index into `reverse_edges`.
};

class Members : public cel::Vocabulary {
 public:
  // `schema` must outlive it.
  explicit Members(const Schema& schema);

  std::optional<Type> member_type(std::string_view kind, std::string_view name) const override;
  std::vector<std::string> member_names(std::string_view kind) const override;
  std::uint32_t member_number(std::string_view name) const override;
  bool overlap(std::string_view kind, std::string_view other) const override;

  // What a member of that number is for nodes of a kind.
  MemberRef find(KindId kind, std::uint32_t number) const {
    return number < names_.size() ? refs_[kind.index * names_.size() + number] : MemberRef{};
  }
  MemberRef find_policy(std::uint32_t number) const { return number < names_.size() ? policy_[number] : MemberRef{}; }
  std::string_view name(std::uint32_t number) const { return names_[number]; }
  // Edges that lead to the node, of a kReverse member.
  const std::vector<EdgeId>& reverse_edges(MemberRef ref) const { return reverse_[ref.id]; }
  const Schema& schema() const { return schema_; }

 private:
  struct Entry {
    std::uint32_t number;
    Type type;
    MemberRef ref;
  };
  // Members of one kind, in order of precedence: the first of a name counts.
  std::vector<Entry> entries_of(const KindInfo& kind);
  void add(std::vector<Entry>& entries, std::string_view name, const Type& type, MemberRef::Source source,
           std::uint16_t id);
  std::uint32_t number_of(std::string_view name);
  std::vector<KindId> kinds_of(std::string_view kind) const;

  const Schema& schema_;
  std::vector<std::string> names_;
  std::unordered_map<std::string_view, std::uint32_t> numbers_;     // Views into the schema, or literals.
  std::vector<std::vector<std::pair<std::uint32_t, Type>>> types_;  // Of each kind.
  std::vector<std::pair<std::uint32_t, Type>> policy_types_;
  std::vector<MemberRef> refs_;  // kind x number
  std::vector<MemberRef> policy_;
  std::vector<std::vector<EdgeId>> reverse_;
};

}  // namespace halint
