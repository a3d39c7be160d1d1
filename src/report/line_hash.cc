// Hashes of lines as GitHub's upload action for SARIF computes them, so that it finds its own value in our report.
//
// A line's hash is the polynomial u0 * 37^99 + u1 * 37^98 + ... + u99 modulo 2^64 over the 100 units that follow its
// start. Blanks and tabs are skipped, a line break of any kind is one line feed, 65535 stands for the end of the
// file, and zeros follow. Written over the whole text, the sum rolls: add one unit, take one away.
// SPDX-License-Identifier: Apache-2.0
#include "report/line_hash.h"

#include <cstdint>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.h"

namespace halint {
namespace {

constexpr std::size_t kWindow = 100;
constexpr std::uint64_t kBase = 37;
constexpr char16_t kEndOfFile = 65535;
constexpr char32_t kReplacement = 0xFFFD;  // What a byte that is not UTF-8 is read as.

// The units that count, and where lines start among them.
struct Units {
  std::vector<char16_t> units;
  std::vector<std::size_t> line_starts;
};

void append_utf16(std::vector<char16_t>& units, char32_t value) {
  if (value < 0x10000) {
    units.push_back(static_cast<char16_t>(value));
    return;
  }
  units.push_back(static_cast<char16_t>(0xD800 + ((value - 0x10000) >> 10)));
  units.push_back(static_cast<char16_t>(0xDC00 + ((value - 0x10000) & 0x3FF)));
}

Units units_of(std::string_view text) {
  Units result;
  bool line_starts = true;
  auto begin_line = [&] {
    if (line_starts) result.line_starts.push_back(result.units.size());
    line_starts = false;
  };
  for (std::size_t i = 0; i < text.size();) {
    CodePoint point = decode_utf8(text, i);
    // A line feed counts as part of the carriage return before it only if nothing stands between, not even a blank.
    bool ends_crlf = text[i] == '\n' && i > 0 && text[i - 1] == '\r';
    i += point.size;
    if (point.value == U' ' || point.value == U'\t' || ends_crlf) continue;
    begin_line();
    bool breaks = point.value == U'\n' || point.value == U'\r';
    append_utf16(result.units, !point.valid ? kReplacement : breaks ? U'\n' : point.value);
    line_starts = breaks;
  }
  begin_line();
  result.units.push_back(kEndOfFile);
  return result;
}

}  // namespace

std::vector<std::string> line_hashes(std::string_view text) {
  Units all = units_of(text);
  std::uint64_t leaving = 1;  // 37^100: the weight of the unit that leaves the window.
  for (std::size_t i = 0; i < kWindow; ++i) leaving *= kBase;
  auto unit = [&](std::size_t i) -> std::uint64_t { return i < all.units.size() ? all.units[i] : 0; };

  std::vector<std::string> hashes;
  std::unordered_map<std::uint64_t, std::size_t> seen;
  std::uint64_t hash = 0;
  std::size_t end = 0;  // `hash` covers the 100 units before `end`.
  for (std::size_t start : all.line_starts) {
    for (; end < start + kWindow; ++end) {
      hash = hash * kBase + unit(end);
      if (end >= kWindow) hash -= leaving * unit(end - kWindow);
    }
    hashes.push_back(fmt::format("{:x}:{}", hash, ++seen[hash]));
  }
  return hashes;
}

}  // namespace halint
