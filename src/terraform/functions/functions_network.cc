// Terraform's functions on IP addresses and address ranges.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "base/cidr.h"
#include "terraform/functions/function_table.h"
#include "terraform/values/convert.h"
#include "terraform/values/operators.h"
#include "terraform/values/unknowns.h"

namespace halint {
namespace {

using Wide = unsigned __int128;

Wide bits_of(const IpAddress& address) {
  return static_cast<Wide>(address.high) << 64 | address.low;
}

IpAddress address_of(Wide bits, bool is_v6) {
  return {is_v6, static_cast<std::uint64_t>(bits >> 64), static_cast<std::uint64_t>(bits)};
}

// One in the last place of a prefix: addresses stand at the upper end of 128 bits.
Wide unit_of(int prefix_length) {
  return prefix_length == 0 ? 0 : static_cast<Wide>(1) << (128 - prefix_length);
}

// Terraform reads "010.0.0.0/08" as 10.0.0.0/8.
std::string without_leading_zeros(std::string_view text) {
  std::string out;
  bool is_v6 = text.find(':') != std::string_view::npos;
  std::size_t slash = std::min(text.find('/'), text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool starts_number = i == 0 || text[i - 1] == '.' || text[i - 1] == '/';
    bool is_decimal = !is_v6 || i > slash;
    if (starts_number && is_decimal) {
      while (i + 1 < text.size() && text[i] == '0' && text[i + 1] >= '0' && text[i + 1] <= '9') ++i;
    }
    out += text[i];
  }
  return out;
}

std::optional<Cidr> read_range(std::string_view text) {
  return parse_cidr(without_leading_zeros(text));
}

Value no_range(const Call& call, std::string_view text) {
  return call.fail(fmt::format("\"{}\" is no address range like 10.0.0.0/16", text));
}

// A whole number that may need more than 64 bits, with its sign apart.
bool whole_number(const Value& number, Wide& magnitude, bool& is_negative) {
  if (number.is_integer()) {
    std::int64_t value = number.as_integer();
    is_negative = value < 0;
    magnitude = is_negative ? -static_cast<Wide>(value) : static_cast<Wide>(value);
    return true;
  }
  if (std::string_view digits = number.digits(); !digits.empty()) {
    constexpr std::size_t kMostDigits = 38;  // Fit in 128 bits.
    is_negative = digits.starts_with('-');
    if (is_negative) digits.remove_prefix(1);
    if (digits.size() > kMostDigits || digits.find('.') != digits.npos) return false;
    magnitude = 0;
    for (char digit : digits) magnitude = magnitude * 10 + static_cast<unsigned>(digit - '0');
    return true;
  }
  double value = number.as_number();
  constexpr double kLimit = 1e38;
  if (std::nearbyint(value) != value || std::abs(value) > kLimit) return false;
  is_negative = value < 0;
  magnitude = static_cast<Wide>(std::abs(value));
  return true;
}

Value cidrhost(const Call& call) {
  std::optional<Cidr> range = read_range(call.text(0));
  if (!range) return no_range(call, call.text(0));
  Wide number = 0;
  bool is_negative = false;
  if (!whole_number(call[1], number, is_negative)) return call.fail("the host number must be a whole number");
  int host_bits = range->address.bits() - range->prefix_length;
  bool fits = host_bits >= 128 ||
              (is_negative ? number <= static_cast<Wide>(1) << host_bits : number < static_cast<Wide>(1) << host_bits);
  if (!fits) {
    return call.fail(fmt::format("a prefix of {} has no room for the host number {}", range->prefix_length,
                                 *identity_text(call[1])));
  }
  Wide unit = unit_of(range->address.bits());
  Wide base = bits_of(first_of(*range));
  if (is_negative) {
    Wide last = bits_of(last_of(*range));
    return call.string(to_text(address_of(last - (number - 1) * unit, range->address.is_v6)));
  }
  return call.string(to_text(address_of(base + number * unit, range->address.is_v6)));
}

Value cidrnetmask(const Call& call) {
  std::optional<Cidr> range = read_range(call.text(0));
  if (!range) return no_range(call, call.text(0));
  if (range->address.is_v6) return call.fail("IPv6 ranges have no netmask");
  IpAddress all{false, ~std::uint64_t{0} << 32, 0};
  return call.string(to_text(first_of({all, range->prefix_length})));
}

Value cidrsubnet(const Call& call) {
  std::optional<Cidr> range = read_range(call.text(0));
  if (!range) return no_range(call, call.text(0));
  std::int64_t new_bits = call.integer(1);
  Wide number = 0;
  bool is_negative = false;
  if (!whole_number(call[2], number, is_negative)) return call.fail("the number of the subnet must be whole");
  if (new_bits > range->address.bits() - range->prefix_length) {
    return call.fail(fmt::format("a prefix of {} cannot be extended by {} bits", range->prefix_length, new_bits));
  }
  // Terraform takes away bits too, and leaves what stands behind the shorter prefix.
  bool is_known_to_terraform = new_bits >= -range->prefix_length && !is_negative;
  if (!is_known_to_terraform) return call.fail("the number must not be negative, nor may more bits go than there are");
  bool fits = new_bits < 0 || new_bits >= 128 || number < static_cast<Wide>(1) << new_bits;
  if (!fits)
    return call.fail(
        fmt::format("an extension of {} bits has no room for the subnet {}", new_bits, *identity_text(call[2])));
  int length = range->prefix_length + static_cast<int>(new_bits);
  Wide bits = bits_of(first_of(*range)) + number * unit_of(length);
  return call.string(to_text(Cidr{address_of(bits, range->address.is_v6), length}));
}

// One after the other, each on the next boundary of its own size.
Value cidrsubnets(const Call& call) {
  for (std::size_t i = 1; i < call.size(); ++i) {
    if (call[i].is_unset()) return call.fail("an argument is null");
  }
  if (!call[0].is(ValueKind::kString) || std::ranges::any_of(call.arguments.subspan(1), &Value::is_unknown)) {
    // As many as there are numbers.
    Value whole = call.unknown();
    std::vector<Value> items;
    for (std::size_t i = 1; i < call.size(); ++i) {
      items.push_back(
          part_of_unknown(call.arena, whole, {Step::Kind::kIndex, {}, static_cast<std::int64_t>(i) - 1}, {}));
    }
    return call.list(items);
  }
  std::optional<Cidr> range = read_range(call.text(0));
  if (!range) return no_range(call, call.text(0));
  Wide last = bits_of(last_of(*range));
  Wide next = bits_of(first_of(*range));
  bool is_full = false;
  std::vector<std::string> subnets;
  for (std::size_t i = 1; i < call.size(); ++i) {
    std::string error;
    Value number = to_number(call.arena, call[i], error);
    if (!error.empty() || !number.is_integer()) return call.fail("the new bits must be whole numbers");
    std::int64_t new_bits = number.as_integer();
    if (new_bits < 1 || new_bits > 32) return call.fail("the new bits must be between 1 and 32");
    int length = range->prefix_length + static_cast<int>(new_bits);
    if (length > range->address.bits()) return call.fail("there are not enough bits for the subnets");
    Wide size = unit_of(length);
    Wide begin = (next + size - 1) / size * size;
    bool wraps = begin < next;
    if (is_full || wraps || begin > last) {
      return call.fail(fmt::format("there is no room left for a subnet with a prefix of {} bits", length));
    }
    subnets.push_back(to_text(Cidr{address_of(begin, range->address.is_v6), length}));
    next = begin + size;
    is_full = next < begin || next > last;
  }
  return call.strings(subnets);
}

// OpenTofu's.
Value cidrcontains(const Call& call) {
  std::optional<Cidr> outer = read_range(call.text(0));
  if (!outer) return no_range(call, call.text(0));
  std::string_view text = call.text(1);
  if (std::optional<Cidr> inner = read_range(text)) {
    if (inner->address.is_v6 != outer->address.is_v6) return call.fail("the families of the addresses differ");
    return call.boolean(contains(*outer, *inner));
  }
  std::optional<IpAddress> address = parse_ip(without_leading_zeros(text));
  if (!address) return no_range(call, text);
  if (address->is_v6 != outer->address.is_v6) return call.fail("the families of the addresses differ");
  return call.boolean(contains(*outer, *address));
}

constexpr Function kFunctions[] = {
    {"cidrcontains", "ss", cidrcontains}, {"cidrhost", "sn", cidrhost},        {"cidrnetmask", "s", cidrnetmask},
    {"cidrsubnet", "sin", cidrsubnet},    {"cidrsubnets", "Sv*", cidrsubnets},
};

}  // namespace

std::span<const Function> network_functions() {
  return kFunctions;
}

}  // namespace halint
