// What the AWS provider knows of a certificate's validation before apply: one option for each of its names.
// SPDX-License-Identifier: Apache-2.0
#include "terraform/evaluate/validation_options.h"

#include <fmt/format.h>

#include <set>
#include <vector>

#include "terraform/values/convert.h"

namespace halint {
namespace {

Value option_of(Arena& arena, std::string_view address, std::string_view name, Span origin) {
  std::vector<Member> members = {{"domain_name", Value::string(arena, name, origin), {}}};
  for (std::string_view part : {"resource_record_name", "resource_record_type", "resource_record_value"}) {
    const Step path[] = {{Step::Kind::kAttribute, "domain_validation_options", 0},
                         {Step::Kind::kAttribute, name, 0},
                         {Step::Kind::kAttribute, part, 0}};
    const auto* symbol = arena.make<Symbol>(Symbol::Kind::kResource, address, arena.copy(std::span<const Step>(path)));
    std::string_view detail = arena.copy(
        std::string_view(fmt::format("`{}.domain_validation_options` has a `{}` known after apply", address, part)));
    members.push_back(
        {part, Value::unknown(arena, {UnknownReason::kComputed, detail, {}, symbol, Shape::kAny}, origin), {}});
  }
  return Value::map(arena, std::move(members), origin);
}

}  // namespace

Value validation_options(Arena& arena, std::string_view address, const Value& domain, const Value& others,
                         const Value& method) {
  if (!domain.is(ValueKind::kString) || !method.is(ValueKind::kString) || method.as_string() != "DNS") return {};
  std::set<std::string_view> names = {domain.as_string()};
  if (!others.is_unset()) {
    const bool is_list = others.is(ValueKind::kList) || others.is(ValueKind::kSet);
    if (!is_list || others.rest() != nullptr) return {};
    for (const Value& name : others.items()) {
      if (!name.is(ValueKind::kString) || name.is_maybe()) return {};
      names.insert(name.as_string());
    }
  }
  std::vector<Value> options;
  for (std::string_view name : names) options.push_back(option_of(arena, address, name, domain.origin()));
  return set_of(arena, std::move(options), domain.origin());
}

}  // namespace halint
