// IP addresses and address ranges: RFC 4291 and RFC 4632 text, and arithmetic on prefixes.
// SPDX-License-Identifier: Apache-2.0
#include "base/cidr.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace halint {
namespace {

// A decimal number without sign, spaces or leading zeros, at most `limit`.
std::optional<int> parse_decimal(std::string_view text, int limit) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  if (value > limit) return std::nullopt;
  return value;
}

std::optional<std::uint32_t> parse_v4(std::string_view text) {
  std::uint32_t address = 0;
  for (int octet = 0; octet < 4; ++octet) {
    std::size_t dot = text.find('.');
    if ((dot == std::string_view::npos) != (octet == 3)) return std::nullopt;
    std::optional<int> value = parse_decimal(text.substr(0, dot), 255);
    if (!value) return std::nullopt;
    address = address << 8 | static_cast<std::uint32_t>(*value);
    if (octet < 3) text.remove_prefix(dot + 1);
  }
  return address;
}

// One to four hexadecimal digits.
std::optional<std::uint16_t> parse_group(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  unsigned value = 0;
  for (char c : text) {
    int digit = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : -1;
    if (digit < 0) return std::nullopt;
    value = value << 4 | static_cast<unsigned>(digit);
  }
  return static_cast<std::uint16_t>(value);
}

// Groups between single colons; the last may be an IPv4 address if `may_end_in_v4`. False if malformed.
bool parse_groups(std::string_view text, bool may_end_in_v4, std::vector<std::uint16_t>& groups) {
  if (text.empty()) return true;
  for (;;) {
    std::size_t colon = text.find(':');
    std::string_view part = text.substr(0, colon);
    bool is_last = colon == std::string_view::npos;
    if (is_last && may_end_in_v4 && part.find('.') != std::string_view::npos) {
      std::optional<std::uint32_t> v4 = parse_v4(part);
      if (!v4) return false;
      groups.push_back(static_cast<std::uint16_t>(*v4 >> 16));
      groups.push_back(static_cast<std::uint16_t>(*v4));
      return true;
    }
    std::optional<std::uint16_t> group = parse_group(part);
    if (!group || groups.size() >= 8) return false;
    groups.push_back(*group);
    if (is_last) return true;
    text.remove_prefix(colon + 1);
  }
}

std::optional<IpAddress> parse_v6(std::string_view text) {
  std::size_t gap = text.find("::");
  std::vector<std::uint16_t> head, tail;
  if (gap == std::string_view::npos) {
    if (!parse_groups(text, true, head) || head.size() != 8) return std::nullopt;
  } else {
    if (!parse_groups(text.substr(0, gap), false, head) || !parse_groups(text.substr(gap + 2), true, tail))
      return std::nullopt;
    if (head.size() + tail.size() > 7) return std::nullopt;  // `::` stands for at least one group.
    head.resize(8 - tail.size());
    head.insert(head.end(), tail.begin(), tail.end());
  }
  IpAddress address{.is_v6 = true};
  for (int i = 0; i < 4; ++i) {
    address.high = address.high << 16 | head[static_cast<std::size_t>(i)];
    address.low = address.low << 16 | head[static_cast<std::size_t>(i) + 4];
  }
  return address;
}

// A mask of the upper `count` bits of 64.
std::uint64_t upper_bits(int count) {
  if (count <= 0) return 0;
  if (count >= 64) return ~std::uint64_t{0};
  return ~std::uint64_t{0} << (64 - count);
}

std::uint16_t group_of(const IpAddress& address, int i) {
  std::uint64_t half = i < 4 ? address.high : address.low;
  return static_cast<std::uint16_t>(half >> (48 - 16 * (i % 4)));
}

std::string v6_to_text(const IpAddress& address) {
  // The longest run of two or more zero groups is written `::`, the first one of equals.
  int best = -1, best_length = 1;
  for (int i = 0; i < 8; ++i) {
    int end = i;
    while (end < 8 && group_of(address, end) == 0) ++end;
    if (end - i > best_length) {
      best = i;
      best_length = end - i;
    }
    if (end > i) i = end;
  }
  std::string text;
  for (int i = 0; i < 8; ++i) {
    if (i == best) {
      text += "::";
      i += best_length - 1;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    text += fmt::format("{:x}", group_of(address, i));
  }
  return text;
}

bool family_covers_world(std::vector<Cidr> ranges) {
  if (ranges.empty()) return false;
  std::sort(ranges.begin(), ranges.end(), [](const Cidr& a, const Cidr& b) { return first_of(a) < first_of(b); });
  // `next` is the first address that no range so far covers.
  IpAddress next{.is_v6 = ranges.front().address.is_v6};
  const IpAddress end = last_of({.address = next, .prefix_length = 0});
  for (const Cidr& range : ranges) {
    if (first_of(range) > next) return false;
    IpAddress last = last_of(range);
    if (last == end) return true;
    if (last < next) continue;
    next = last;
    if (next.is_v6) {
      if (++next.low == 0) ++next.high;
    } else {
      next.high += std::uint64_t{1} << 32;
    }
  }
  return false;
}

}  // namespace

std::optional<IpAddress> parse_ip(std::string_view text) {
  if (text.find(':') != std::string_view::npos) return parse_v6(text);
  std::optional<std::uint32_t> v4 = parse_v4(text);
  if (!v4) return std::nullopt;
  return IpAddress{.is_v6 = false, .high = std::uint64_t{*v4} << 32};
}

std::optional<Cidr> parse_cidr(std::string_view text) {
  std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  std::optional<IpAddress> address = parse_ip(text.substr(0, slash));
  if (!address) return std::nullopt;
  std::optional<int> length = parse_decimal(text.substr(slash + 1), address->bits());
  if (!length) return std::nullopt;
  return Cidr{.address = *address, .prefix_length = *length};
}

std::string to_text(const IpAddress& address) {
  if (address.is_v6) return v6_to_text(address);
  auto bits = static_cast<std::uint32_t>(address.high >> 32);
  return fmt::format("{}.{}.{}.{}", bits >> 24, bits >> 16 & 255, bits >> 8 & 255, bits & 255);
}

std::string to_text(const Cidr& range) {
  return fmt::format("{}/{}", to_text(range.address), range.prefix_length);
}

IpAddress first_of(const Cidr& range) {
  IpAddress first = range.address;
  first.high &= upper_bits(range.prefix_length);
  first.low &= upper_bits(range.prefix_length - 64);
  return first;
}

IpAddress last_of(const Cidr& range) {
  IpAddress last = range.address;
  last.high |= ~upper_bits(range.prefix_length);
  last.low |= ~upper_bits(range.prefix_length - 64);
  if (!last.is_v6) {
    last.high &= upper_bits(32);
    last.low = 0;
  }
  return last;
}

Cidr masked(const Cidr& range) {
  return {.address = first_of(range), .prefix_length = range.prefix_length};
}

bool contains(const Cidr& outer, const Cidr& inner) {
  return outer.prefix_length <= inner.prefix_length && contains(outer, inner.address);
}

bool contains(const Cidr& outer, const IpAddress& address) {
  if (outer.address.is_v6 != address.is_v6) return false;
  return first_of({.address = address, .prefix_length = outer.prefix_length}) == first_of(outer);
}

bool overlaps(const Cidr& a, const Cidr& b) {
  return contains(a, b) || contains(b, a);
}

bool is_private(const Cidr& range) {
  constexpr std::uint64_t kV4 = std::uint64_t{1} << 32;
  static constexpr std::array kPrivate = {
      Cidr{.address = {.is_v6 = false, .high = 0x0A000000 * kV4}, .prefix_length = 8},
      Cidr{.address = {.is_v6 = false, .high = 0xAC100000 * kV4}, .prefix_length = 12},
      Cidr{.address = {.is_v6 = false, .high = 0xC0A80000 * kV4}, .prefix_length = 16},
      Cidr{.address = {.is_v6 = true, .high = 0xFC00ull << 48}, .prefix_length = 7},
  };
  return std::any_of(kPrivate.begin(), kPrivate.end(), [&](const Cidr& block) { return contains(block, range); });
}

bool covers_world(std::span<const Cidr> ranges) {
  std::vector<Cidr> v4, v6;
  for (const Cidr& range : ranges) (range.address.is_v6 ? v6 : v4).push_back(range);
  return family_covers_world(std::move(v4)) || family_covers_world(std::move(v6));
}

}  // namespace halint
