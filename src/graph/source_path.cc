// Finding what a schema's path names in a resource's body.
// SPDX-License-Identifier: Apache-2.0
#include "graph/source_path.h"

#include <algorithm>
#include <span>

namespace halint {
namespace {

using Steps = std::span<const SourcePath::Step>;

void follow(Steps steps, const Value& value, Span span, bool is_maybe, Found& found);

void add(const Value& value, Span span, bool is_maybe, Found& found) {
  // An empty text gives nothing: so objects are written whose members must all be there.
  bool is_empty = value.is(ValueKind::kString) && value.as_string().empty();
  if (!value.is_unset() && !is_empty) found.items.push_back({is_maybe ? value.with_maybe() : value, span});
}

// Each item of a list goes on by itself.
void follow_each(Steps rest, const Value& value, Span span, bool is_maybe, Found& found) {
  if (value.is_unset()) return;
  if (value.is_unknown()) {
    found.rest = &value.why();
    return;
  }
  if (!value.is(ValueKind::kList) && !value.is(ValueKind::kSet)) return follow(rest, value, span, is_maybe, found);
  for (const Value& item : value.items()) follow(rest, item, span, is_maybe || item.is_maybe(), found);
  if (value.rest() != nullptr) found.rest = value.rest();
}

const Member* find_member(const Value& map, std::string_view key) {
  std::span<const Member> members = map.members();
  auto found = std::ranges::lower_bound(members, key, {}, &Member::key);
  return found != members.end() && found->key == key ? &*found : nullptr;
}

void follow(Steps steps, const Value& value, Span span, bool is_maybe, Found& found) {
  if (steps.empty()) return add(value, span, is_maybe, found);
  // A block that may stand once is a list of one.
  if (value.is(ValueKind::kList) || value.is(ValueKind::kSet)) {
    if (value.rest() != nullptr && value.items().empty()) found.items.push_back({Value::unknown(value.rest()), span});
    if (!value.items().empty())
      follow(steps, value.items().front(), span, is_maybe || value.items().front().is_maybe(), found);
    return;
  }
  if (value.is_unknown()) {
    if (std::ranges::any_of(steps, &SourcePath::Step::each)) {
      found.rest = &value.why();
    } else {
      add(value, span, is_maybe, found);
    }
    return;
  }
  if (!value.is(ValueKind::kMap)) return;
  const Member* member = find_member(value, steps.front().name);
  if (member == nullptr) return;
  Span place = member->span.is_known() ? member->span : span;
  if (steps.front().each) return follow_each(steps.subspan(1), member->value, place, is_maybe, found);
  follow(steps.subspan(1), member->value, place, is_maybe, found);
}

}  // namespace

void find_values(const SourcePath& path, const Value& block, const Value& resource, Found& found) {
  follow(path.steps, path.from_resource ? resource : block, {}, false, found);
}

}  // namespace halint
