// How much of a configuration is known, and why the rest is not: for `--statistics`.
// SPDX-License-Identifier: Apache-2.0
#include "graph/value_statistics.h"

#include <algorithm>

namespace halint {
namespace {

// Deeper and larger values exist in hostile input only; what lies beyond is not counted.
constexpr int kDeepest = 300;
constexpr std::size_t kMostValues = 2'000'000;

// Nobody knows it before it is made, so it is no gap of ours.
bool is_unknown_to_all(UnknownReason reason) {
  return reason == UnknownReason::kComputed || reason == UnknownReason::kImpure;
}

class Counter {
 public:
  explicit Counter(ValueStatistics& to) : to_(to) {}

  // Requires: `value` belongs to one resource. True if nothing in it is a gap.
  bool count(const Value& value) {
    is_complete_ = true;
    walk(value, 0);
    return is_complete_;
  }

  void add_unknown(const Unknown* why) {
    ++to_.values;
    if (why == nullptr) return;
    ++to_.unknown[static_cast<std::size_t>(why->reason)];
    if (is_unknown_to_all(why->reason)) return;
    is_complete_ = false;
    ++to_.details[std::string(why->detail)];
  }

 private:
  void walk(const Value& value, int depth) {
    if (depth > kDeepest || visited_++ > kMostValues) return;
    switch (value.kind()) {
      case ValueKind::kAbsent:
        return;
      case ValueKind::kUnknown:
        return add_unknown(&value.why());
      case ValueKind::kInterval:
        return add_unknown(value.bounds().why);
      case ValueKind::kTemplate:
        return add_unknown(first_gap(value));
      case ValueKind::kList:
      case ValueKind::kSet:
        for (const Value& item : value.items()) walk(item, depth + 1);
        if (value.rest() != nullptr) add_unknown(value.rest());
        return;
      case ValueKind::kMap:
        for (const Member& member : value.members()) walk(member.value, depth + 1);
        return;
      default:
        ++to_.values;
    }
  }

  // Why a text is not known. Of several reasons the first that could be helped.
  static const Unknown* first_gap(const Value& text) {
    const Unknown* found = nullptr;
    for (const Value& part : text.items()) {
      const Unknown* why = part.is_unknown() ? &part.why() : nullptr;
      if (part.is(ValueKind::kInterval)) why = part.bounds().why;
      if (why == nullptr) continue;
      if (found == nullptr || is_unknown_to_all(found->reason)) found = why;
    }
    return found;
  }

  ValueStatistics& to_;
  std::size_t visited_ = 0;
  bool is_complete_ = true;
};

}  // namespace

std::string_view name_of(UnknownReason reason) {
  constexpr std::array<std::string_view, kUnknownReasons> kNames = {
      "variable", "data", "computed", "external", "impure", "invalid", "limit", "multiplicity", "unsupported"};
  return kNames[static_cast<std::size_t>(reason)];
}

std::string_view describe(UnknownReason reason) {
  constexpr std::array<std::string_view, kUnknownReasons> kWords = {
      "variable without value", "read from the cloud", "known after apply", "not in these files", "differs in each run",
      "wrong expression",       "beyond a limit",      "unknown instance",  "not supported"};
  return kWords[static_cast<std::size_t>(reason)];
}

void add(ValueStatistics& sum, const ValueStatistics& part) {
  sum.resources += part.resources;
  sum.complete += part.complete;
  sum.values += part.values;
  for (std::size_t i = 0; i < kUnknownReasons; ++i) sum.unknown[i] += part.unknown[i];
  for (const auto& [detail, count] : part.details) sum.details[detail] += count;
}

ValueStatistics count_values(const Configuration& configuration) {
  ValueStatistics statistics;
  for (const Resource& resource : configuration.resources) {
    Counter counter(statistics);
    bool is_complete = counter.count(resource.body);
    // How many there are is a value too.
    const Multiplicity& multiplicity = resource.multiplicity;
    if (multiplicity.least != multiplicity.most) {
      counter.add_unknown(multiplicity.why);
      is_complete = false;
    }
    if (resource.is_data) continue;
    ++statistics.resources;
    if (is_complete) ++statistics.complete;
  }
  return statistics;
}

}  // namespace halint
