// Terraform's conversions, and its functions on secrets.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "terraform/functions/function_table.h"
#include "terraform/values/convert.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

using Kind = TypeConstraint::Kind;

Value convert_to(const Call& call, const TypeConstraint& type) {
  std::string error;
  Value converted = convert(call.arena, call[0], type, error);
  return error.empty() ? converted : call.fail(error);
}

Value tobool(const Call& call) {
  return convert_to(call, {Kind::kBool, {}, {}});
}

Value tonumber(const Call& call) {
  return convert_to(call, {Kind::kNumber, {}, {}});
}

Value tostring(const Call& call) {
  return convert_to(call, {Kind::kString, {}, {}});
}

Value tolist(const Call& call) {
  return convert_to(call, {Kind::kList, {TypeConstraint{}}, {}});
}

Value toset(const Call& call) {
  return convert_to(call, {Kind::kSet, {TypeConstraint{}}, {}});
}

Value tomap(const Call& call) {
  return convert_to(call, {Kind::kMap, {TypeConstraint{}}, {}});
}

Value sensitive(const Call& call) {
  return call[0].with_sensitive();
}

// A secret that was marked deeper inside stays one, as in Terraform.
Value nonsensitive(const Call& call) {
  return call[0].with_sensitive(false);
}

Value issensitive(const Call& call) {
  return call.boolean(call[0].is_sensitive());
}

Value ephemeralasnull(const Call& call) {
  return call[0];
}

// `list("a", "b")` and `map("k", 1)` are from before Terraform 0.12. Old modules that nobody runs any more use them.
Value old_list(const Call& call) {
  std::vector<Value> items(call.arguments.begin(), call.arguments.end());
  return call.list(items);
}

Value old_map(const Call& call) {
  if (call.size() % 2 != 0) return call.fail("the arguments must be pairs of key and value");
  std::vector<Member> members;
  for (std::size_t i = 0; i < call.size(); i += 2) {
    if (call[i].is_unknown() || call[i].is(ValueKind::kTemplate)) return call.unknown();
    if (!call[i].is(ValueKind::kString)) return call.fail("the keys must be strings");
    members.push_back({call.text(i), call[i + 1], call[i + 1].origin()});
  }
  return Value::map(call.arena, std::move(members)).with_uniform();
}

constexpr Function kFunctions[] = {
    {"ephemeralasnull", "v", ephemeralasnull, Secrets::kParts},
    {"issensitive", "v", issensitive, Secrets::kOwn},
    {"list", "v*", old_list, Secrets::kParts},
    {"map", "v*", old_map, Secrets::kParts},
    {"nonsensitive", "v", nonsensitive, Secrets::kOwn},
    {"sensitive", "v", sensitive, Secrets::kParts},
    {"tobool", "v", tobool, Secrets::kParts},
    {"tolist", "v", tolist, Secrets::kParts},
    {"tomap", "v", tomap, Secrets::kParts},
    {"tonumber", "v", tonumber, Secrets::kParts},
    {"toset", "v", toset, Secrets::kParts},
    {"tostring", "v", tostring, Secrets::kParts},
};

}  // namespace

std::span<const Function> conversion_functions() {
  return kFunctions;
}

}  // namespace halint
