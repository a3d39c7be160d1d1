// IP addresses and address ranges of both families: parsing, containment, and whether ranges cover the world.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace halint {

// 128 bits, the address left-aligned: an IPv4 address stands in the upper 32 bits of `high`, so that prefixes of
// both families are compared by the same code.
struct IpAddress {
  bool is_v6 = false;
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  int bits() const { return is_v6 ? 128 : 32; }
  friend auto operator<=>(const IpAddress&, const IpAddress&) = default;
};

// A range such as 10.0.0.0/16. `address` is as written: it may have bits beyond the prefix ("10.0.0.7/16").
struct Cidr {
  IpAddress address;
  int prefix_length = 0;

  friend bool operator==(const Cidr&, const Cidr&) = default;
};

// Strict: four decimal octets without leading zeros, or RFC 4291 text. No surrounding space, no zone.
std::optional<IpAddress> parse_ip(std::string_view text);
// An address, `/`, and a prefix length.
std::optional<Cidr> parse_cidr(std::string_view text);

// Canonical text (RFC 5952 for IPv6).
std::string to_text(const IpAddress& address);
std::string to_text(const Cidr& range);

// The first and the last address of a range.
IpAddress first_of(const Cidr& range);
IpAddress last_of(const Cidr& range);
// The range without bits beyond its prefix.
Cidr masked(const Cidr& range);

// Ranges of different families never contain or overlap each other.
bool contains(const Cidr& outer, const Cidr& inner);
bool contains(const Cidr& outer, const IpAddress& address);
bool overlaps(const Cidr& a, const Cidr& b);

// Wholly inside RFC 1918 (10/8, 172.16/12, 192.168/16) or the unique local addresses of IPv6 (fc00::/7). The shared
// space of carriers (100.64/10) is not private: strangers sit there.
bool is_private(const Cidr& range);

// The ranges together are all of IPv4, or all of IPv6: 0.0.0.0/0, ::/0, 0.0.0.0/1 with 128.0.0.0/1, ...
bool covers_world(std::span<const Cidr> ranges);

}  // namespace halint
