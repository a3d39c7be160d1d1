// Addresses and ranges: the names of Kubernetes' `ip` and `cidr` libraries, on strings that are read each time.
// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <string>
#include <string_view>

#include "base/cidr.h"
#include "cel/functions.h"
#include "cel/operations.h"

namespace halint::cel {
namespace {

using Args = std::span<const Value>;

// An address is a range of one.
bool read(Call& call, const Value& value, Cidr& range) {
  if (const std::optional<Cidr> parsed = parse_range(value.as_string())) {
    range = *parsed;
    return true;
  }
  call.fail("`" + std::string(value.as_string()) + "` is no address range");
  return false;
}

Value text(Call& call, const std::string& content) {
  return Value::string(call.arena, call.arena.copy(std::string_view(content)));
}

Value cidr(Call& call, Args args) {
  if (!parse_cidr(args[0].as_string()))
    return call.fail("`" + std::string(args[0].as_string()) + "` is no address range");
  return args[0];
}

Value ip(Call& call, Args args) {
  const std::optional<IpAddress> address = parse_ip(args[0].as_string());
  if (!address) return call.fail("`" + std::string(args[0].as_string()) + "` is no IP address");
  return args[0];
}

Value is_cidr(Call&, Args args) {
  return Value::boolean(parse_cidr(args[0].as_string()).has_value());
}
Value is_ip(Call&, Args args) {
  return Value::boolean(parse_ip(args[0].as_string()).has_value());
}

Value contains_range(Call& call, Args args) {
  Cidr outer, inner;
  if (!read(call, args[0], outer) || !read(call, args[1], inner)) return {};
  return Value::boolean(contains(outer, inner));
}

Value overlaps_range(Call& call, Args args) {
  Cidr a, b;
  if (!read(call, args[0], a) || !read(call, args[1], b)) return {};
  return Value::boolean(overlaps(a, b));
}

Value prefix_length(Call& call, Args args) {
  Cidr range;
  return read(call, args[0], range) ? Value::integer(range.prefix_length) : Value();
}

Value is_private_range(Call& call, Args args) {
  Cidr range;
  return read(call, args[0], range) ? Value::boolean(is_private(range)) : Value();
}

Value family(Call& call, Args args) {
  Cidr range;
  return read(call, args[0], range) ? Value::integer(range.address.is_v6 ? 6 : 4) : Value();
}

Value mask(Call& call, Args args) {
  Cidr range;
  return read(call, args[0], range) ? text(call, to_text(masked(range))) : Value();
}

Value address(Call& call, Args args) {
  Cidr range;
  return read(call, args[0], range) ? text(call, to_text(range.address)) : Value();
}

Value inside(Call& call, const Value& value, std::string_view v4, std::string_view v6) {
  Cidr range;
  if (!read(call, value, range)) return {};
  return Value::boolean(contains(*parse_cidr(v4), range) || contains(*parse_cidr(v6), range));
}

Value is_unspecified(Call& call, Args args) {
  return inside(call, args[0], "0.0.0.0/32", "::/128");
}
Value is_loopback(Call& call, Args args) {
  return inside(call, args[0], "127.0.0.0/8", "::1/128");
}

constexpr Function kFunctions[] = {
    {"cidr", "range -> cidr", cidr},
    {"ip", "range -> cidr", ip},
    {"isCIDR", "range -> bool", is_cidr},
    {"isIP", "range -> bool", is_ip},
    {".containsCIDR", "cidr, range -> bool", contains_range},
    {".containsIP", "cidr, range -> bool", contains_range},
    {".overlaps", "cidr, range -> bool", overlaps_range},
    {".prefixLength", "cidr -> int", prefix_length},
    {".isPrivate", "cidr -> bool", is_private_range},
    {".family", "cidr -> int", family},
    {".masked", "cidr -> cidr", mask},
    {".ip", "cidr -> cidr", address},
    {".isUnspecified", "cidr -> bool", is_unspecified},
    {".isLoopback", "cidr -> bool", is_loopback},
};

}  // namespace

std::span<const Function> cidr_functions() {
  return kFunctions;
}

}  // namespace halint::cel
